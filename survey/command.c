/* Reads the command line by the tables commands.def and options.def and runs the command. */
#include "survey/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


struct option_row {
    const char *name;
    enum option_kind kind;
    const char *value;
    const char *fallback;
    int64_t lowest, highest;
    const char *help;
};

#define OPTION(id, name, kind, value, fallback, lowest, highest, help) \
    { name, kind, value, fallback, lowest, highest, help },
static const struct option_row options[OPT_COUNT] = {
#include "survey/options.def"
};
#undef OPTION

static const struct command *find_command(const struct command commands[], size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static void print_overview(FILE *out, const struct command commands[], size_t command_count,
                           const struct language *language)
{
    fprintf(out, "%s\n\n", tr(language, N_("querschnitt – measures the intercultural opening of an administration")));
    fprintf(out, "%s: querschnitt COMMAND [--help]\n\n", tr(language, N_("Usage")));
    for (size_t i = 0; i < command_count; i++)
        fprintf(out, "  %-11s %s\n", commands[i].name, tr(language, commands[i].help));
}

static void print_help(FILE *out, const struct command *command, const struct language *language)
{
    fprintf(out, "%s: querschnitt %s %s\n\n%s\n\n", tr(language, N_("Usage")), command->name, command->words,
            tr(language, command->help));
    for (int i = 0; i < OPT_COUNT; i++) {
        if ((command->options & UINT64_C(1) << i) == 0)
            continue;
        char left[40];
        snprintf(left, sizeof left, "--%s %s", options[i].name, options[i].value == NULL ? "" : options[i].value);
        fprintf(out, "  %-24s %s", left, tr(language, options[i].help));
        if (options[i].fallback != NULL)
            fprintf(out, " (%s)", options[i].fallback);
        fputc('\n', out);
    }
}

enum status command_usage(const struct arguments *arguments, struct fail *fail)
{
    const struct command *command = arguments->command;
    return FAIL(fail, STATUS_USAGE, "usage: querschnitt %s %s (see querschnitt %s --help)", command->name,
                command->words, command->name);
}

static enum status read_number(const struct option_row *option, const char *text, int64_t *number, struct fail *fail)
{
    char *end = NULL;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < option->lowest || value > option->highest)
        return FAIL(fail, STATUS_INPUT, "--%s takes a whole number from %lld to %lld", option->name,
                    (long long)option->lowest, (long long)option->highest);
    *number = value;
    return STATUS_OK;
}

static int find_option(const struct command *command, const char *name, size_t length)
{
    for (int i = 0; i < OPT_COUNT; i++)
        if ((command->options & UINT64_C(1) << i) != 0 && strlen(options[i].name) == length &&
            strncmp(options[i].name, name, length) == 0)
            return i;
    return -1;
}

/* One word that starts with a dash; *position moves over a value that stands in the next word. */
static enum status read_option(const struct command *command, char *const words[], int count, int *position,
                               struct arguments *arguments, struct fail *fail)
{
    const char *word = words[*position];
    const char *name = strcmp(word, "-o") == 0 ? "output" : word + 2;
    size_t length = strcspn(name, "=");
    int id = word[1] == '-' || name != word + 2 ? find_option(command, name, length) : -1;
    if (id < 0)
        return FAIL(fail, STATUS_INPUT, "%s: there is no such option here (see querschnitt %s --help)", word,
                    command->name);
    arguments->given[id] = true;
    const char *value = name[length] == '=' ? name + length + 1 : NULL;
    if (options[id].kind == OPTION_FLAG)
        return value == NULL ? STATUS_OK : FAIL(fail, STATUS_INPUT, "--%s takes no value", options[id].name);
    if (value == NULL && *position + 1 < count)
        value = words[++*position];
    if (value == NULL)
        return FAIL(fail, STATUS_INPUT, "--%s needs a value: --%s %s", options[id].name, options[id].name,
                    options[id].value);
    arguments->texts[id] = value;
    return options[id].kind == OPTION_NUMBER ? read_number(&options[id], value, &arguments->numbers[id], fail)
                                             : STATUS_OK;
}

static enum status read_arguments(const struct command *command, char *const words[], int count,
                                  struct arguments *arguments, struct fail *fail)
{
    for (int i = 0; i < OPT_COUNT; i++) {
        arguments->texts[i] = options[i].fallback;
        if (options[i].kind == OPTION_NUMBER && options[i].fallback != NULL)
            arguments->numbers[i] = strtoll(options[i].fallback, NULL, 10);
    }
    enum status status = STATUS_OK;
    for (int i = 0; i < count && status == STATUS_OK; i++) {
        if (words[i][0] == '-' && words[i][1] != '\0')
            status = read_option(command, words, count, &i, arguments, fail);
        else if (arguments->word_count < WORD_MAX)
            arguments->words[arguments->word_count++] = words[i];
        else
            status = command_usage(arguments, fail);
    }
    if (arguments->texts[OPT_language] != NULL)
        arguments->language = language_staff(language_find(arguments->texts[OPT_language], arguments->language));
    fail->language = arguments->language;
    if (status == STATUS_OK && !arguments->given[OPT_help] &&
        (arguments->word_count < command->word_min || arguments->word_count > command->word_max))
        status = command_usage(arguments, fail);
    return status;
}

int command_main(const struct command commands[], size_t command_count, int count, char *const words[])
{
    const struct language *language = language_staff(language_find(getenv("LANG"), languages[0]));
    if (count < 2 || strcmp(words[1], "--help") == 0 || strcmp(words[1], "help") == 0) {
        print_overview(count < 2 ? stderr : stdout, commands, command_count, language);
        return count < 2 ? 2 : 0;
    }
    const struct command *command = find_command(commands, command_count, strcmp(words[1], "--version") == 0 ? "version" : words[1]);
    if (command == NULL) {
        fprintf(stderr, tr(language, N_("querschnitt: there is no command %s; querschnitt --help lists them\n")),
                words[1]);
        return 2;
    }
    struct fail fail = { .language = language };
    struct arguments arguments = { .command = command, .language = language };
    enum status status = read_arguments(command, words + 2, count - 2, &arguments, &fail);
    if (status != STATUS_OK) {
        fprintf(stderr, "querschnitt: %s\n", fail.what);
        return 2;
    }
    if (arguments.given[OPT_help]) {
        print_help(stdout, command, arguments.language);
        return 0;
    }
    status = command->run(&arguments, &fail);
    if (status != STATUS_OK && fail.what[0] != '\0')
        fprintf(stderr, "querschnitt: %s\n", fail.what);
    return status == STATUS_OK ? 0 : status == STATUS_USAGE ? 2 : 1;
}
