/* audit log: what administrators did. audit verify: a counted wave against its published files; needs no instance. */
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "survey/commands/commands.h"
#include "survey/commands/job.h"
#include "survey/verify.h"

static enum status audit_log(const struct arguments *arguments, struct fail *fail)
{
    struct arena arena;
    arena_init(&arena, 256 << 20);
    struct store *store = NULL;
    const struct audit_row *rows = NULL;
    size_t count = 0;
    bool intact = false;
    enum status status = command_store(arguments, &store, fail);
    if (status == STATUS_OK)
        status = store_audit(store, &arena, &rows, &count, &intact, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        printf("%s\t%s\t%s\t%s\n", rows[i].day, rows[i].user, rows[i].action, rows[i].detail);
    if (status == STATUS_OK && !intact)
        status = FAIL(fail, STATUS_CRYPTO, "the log was changed after it was written: its chain of hashes does not hold");
    store_close(store);
    arena_free(&arena);
    return status;
}

/* A wave of the instance, else a folder with downloaded files. */
static void find_folder(const struct arguments *arguments, char folder[WAVE_PATH_ROOM])
{
    const char *word = arguments->words[1];
    char path[WAVE_PATH_ROOM];
    if (wave_name_ok(word)) {
        wave_folder(folder, arguments->texts[OPT_dir], word);
        folder_path(path, folder, "manifest");
        if (access(path, F_OK) == 0)
            return;
    }
    snprintf(folder, WAVE_PATH_ROOM, "%s", word);
}

static void print_sentence(void *context, const char *sentence)
{
    (void)context;
    printf("✓ %s\n", sentence);
    fflush(stdout);
}

static const char *found_word(enum found found)
{
    switch (found) {
    case FOUND_NOT_ASKED: return "";
    case FOUND_COUNTED: return "counted";
    case FOUND_WITHDRAWN: return "withdrawn";
    case FOUND_ABSENT: return "absent";
    }
    return "";
}

static void print_json(const struct verified *verified, bool good, const struct fail *fail)
{
    const struct count_result *result = &verified->result;
    char fingerprint[65];
    char printed[48] = "";
    sodium_bin2hex(fingerprint, sizeof fingerprint, verified->manifest.fingerprint, 32);
    if (verified->manifest.wave[0] != '\0')
        manifest_print(&verified->manifest, printed);
    json_t *json = json_pack("{s:b, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:s, s:s, s:s}", "ok", good, "wave",
                             verified->manifest.wave, "fingerprint", fingerprint, "check_code", printed, "invited",
                             (json_int_t)result->invited, "drawn", (json_int_t)result->drawn, "ballots",
                             (json_int_t)result->ballots, "invalid", (json_int_t)result->invalid, "withdrawn",
                             (json_int_t)result->withdrawn, "root", result->root, "check", result->check, "fault",
                             good ? "" : fail->what);
    if (good && verified->receipt != FOUND_NOT_ASKED)
        json_object_set_new(json, "receipt", json_string(found_word(verified->receipt)));
    if (good && verified->code != FOUND_NOT_ASKED)
        json_object_set_new(json, "code", json_string(verified->code == FOUND_COUNTED ? "drawn" : "not drawn"));
    char *text = json_dumps(json, JSON_COMPACT);
    printf("%s\n", text == NULL ? "{\"ok\":false}" : text);
    free(text);
    json_decref(json);
}

static void print_found(const struct language *language, const struct verified *verified)
{
    static const char *const receipts[] = {
        [FOUND_NOT_ASKED] = "",
        [FOUND_COUNTED] = N_("The receipt is in the list: this questionnaire was counted."),
        [FOUND_WITHDRAWN] = N_("The receipt is in the list of those taken back: this questionnaire was not counted."),
        [FOUND_ABSENT] = N_("The receipt is in neither list. After a change only the newest receipt is listed; if this is "
                            "the newest, ask the staff council."),
    };
    if (verified->receipt != FOUND_NOT_ASKED)
        printf("%s\n", tr(language, receipts[verified->receipt]));
    if (verified->code != FOUND_NOT_ASKED)
        printf("%s\n", tr(language, verified->code == FOUND_COUNTED
                                        ? N_("A ballot was drawn with this code.")
                                        : N_("No ballot was drawn with this code.")));
    printf("%s\n", tr(language, N_("Everything that can be checked from the published files holds.")));
}

static enum status audit_verify(const struct arguments *arguments, struct fail *fail)
{
    char folder[WAVE_PATH_ROOM];
    struct verified verified;
    struct job job;
    bool json = arguments->given[OPT_json];
    find_folder(arguments, folder);
    const struct verify verify = { .folder = folder, .tables = true,
                                   .receipt = arguments->texts[OPT_receipt],
                                   .code = arguments->texts[OPT_code],
                                   .answers = true,
                                   .steps = &job.steps,
                                   .say = json ? NULL : print_sentence };
    job_begin(&job, arguments->language);
    enum status status = verify_files(&verify, &verified, fail);
    job_end(&job);
    if (json)
        print_json(&verified, status == STATUS_OK, fail);
    else if (status == STATUS_OK)
        print_found(arguments->language, &verified);
    if (status == STATUS_OK && verified.receipt == FOUND_ABSENT)
        status = FAIL(fail, STATUS_MISSING, "this receipt is not in the published lists");
    return status;
}

enum status run_audit(const struct arguments *arguments, struct fail *fail)
{
    bool verify = strcmp(arguments->words[0], "verify") == 0;
    if (verify ? arguments->word_count != 2 : strcmp(arguments->words[0], "log") != 0 || arguments->word_count != 1)
        return command_usage(arguments, fail);
    return verify ? audit_verify(arguments, fail) : audit_log(arguments, fail);
}
