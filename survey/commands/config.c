/* config: settings of the instance, one line each in settings.def. */
#include <stdio.h>
#include <string.h>

#include "survey/commands/commands.h"
#include "survey/policy.h"
#include "survey/recipients.h"
#include "survey/wave_tables.h"

enum { VALUE_MAX = 200 };

static bool text_ok(const char *value)
{
    for (const char *t = value; *t != '\0'; t++)
        if ((unsigned char)*t < 0x20 || *t == 0x7f)
            return false;
    return strlen(value) <= VALUE_MAX;
}

static bool patterns_ok(const char *value)
{
    return leave_out_ok(value);
}

static bool smtp_ok(const char *value)
{
    return text_ok(value) && (strncmp(value, "smtps://", 8) == 0 || strncmp(value, "smtp://", 7) == 0) &&
           strpbrk(value, " @<>\"") == NULL;
}

static bool address_ok(const char *value)
{
    return mail_address_ok(value);
}

static const struct setting {
    const char *name, *what;
    bool (*check)(const char *value);
} settings[] = {
#define SETTING(name, check, what) { #name, what, check##_ok },
#include "survey/settings.def"
#undef SETTING
};

static const struct setting *find(const char *name)
{
    for (size_t i = 0; i < COUNT(settings); i++)
        if (strcmp(settings[i].name, name) == 0)
            return &settings[i];
    return NULL;
}

static void print(const struct arguments *arguments, struct store *store, const struct setting *setting, bool explain)
{
    char value[1024] = "";
    (void)!store_fact(store, setting->name, value, sizeof value, NULL);
    if (explain)
        printf("%-18s %s\n%-18s   %s\n", setting->name, value[0] == '\0' ? "–" : value, "",
               tr(arguments->language, setting->what));
    else
        printf("%s\n", value);
}

enum status run_config(const struct arguments *arguments, struct fail *fail)
{
    struct store *store = NULL;
    const struct setting *setting = arguments->word_count > 0 ? find(arguments->words[0]) : NULL;
    if (arguments->word_count > 0 && setting == NULL)
        return FAIL(fail, STATUS_INPUT, "there is no setting %s; querschnitt config lists them", arguments->words[0]);
    if (arguments->word_count == 2 && !setting->check(arguments->words[1]))
        return FAIL(fail, STATUS_INPUT, "this does not fit %s: %s", setting->name,
                    tr(arguments->language, setting->what));
    enum status status = command_store(arguments, &store, fail);
    if (status == STATUS_OK && arguments->word_count == 2) {
        status = policy_is(setting->name) ? policy_raise(store, setting->name, arguments->words[1], fail)
                                          : store_fact_set(store, setting->name, arguments->words[1], fail);
        if (status == STATUS_OK)
            status = store_audit_add(store, "command line", "config", setting->name, fail);
    } else if (status == STATUS_OK && setting != NULL) {
        print(arguments, store, setting, false);
    } else {
        for (size_t i = 0; i < COUNT(settings) && status == STATUS_OK; i++)
            print(arguments, store, &settings[i], true);
    }
    store_close(store);
    return status;
}
