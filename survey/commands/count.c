/* count: in the instance, in a copied folder on another machine (--from), or bringing the results of such a count back
 * into the instance (--take). */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "survey/boxkey.h"
#include "survey/commands/commands.h"
#include "survey/commands/job.h"
#include "survey/count.h"

enum { PASSPHRASE_ROOM = 256 };

static void print_result(const struct arguments *arguments, const struct count_result *result)
{
    struct count_result copy = *result;
    struct buf json;
    unsigned char check[32] = { 0 };
    char printed[48];
    buf_init(&json, 4096);
    count_result_write(&copy, &json);
    (void)sodium_hex2bin(check, sizeof check, copy.check, 64, NULL, NULL, NULL);
    check_code_print(check, printed);
    if (arguments->given[OPT_json])
        printf("%s\n", json.bytes);
    else
        printf(tr(arguments->language, N_("%llu invited, %llu drawn, %llu ballots, %llu invalid, %llu taken back\n"
                                          "root of the published list: %s\n"
                                          "check code of the result, for the notice board: %s\n")),
               (unsigned long long)result->invited, (unsigned long long)result->drawn,
               (unsigned long long)result->ballots, (unsigned long long)result->invalid,
               (unsigned long long)result->withdrawn, result->root, printed);
    buf_free(&json);
}

/* A rehearsal's passphrase stands in its folder; a real wave's is asked for. */
static enum status read_passphrase(const struct arguments *arguments, const char *folder, char *passphrase,
                                   struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct arguments own = *arguments;
    folder_path(path, folder, "rehearsal-passphrase.txt");
    if (!arguments->given[OPT_box_key] && !arguments->given[OPT_passphrase_file] && access(path, R_OK) == 0)
        own.texts[OPT_passphrase_file] = path;
    return command_passphrase(&own, PASSPHRASE, passphrase, PASSPHRASE_ROOM, fail);
}

/* The key of --box-key, or box.key in the folder; two halves when the file named holds one. */
static enum status read_key(const struct arguments *arguments, const char *folder, unsigned char secret[HPKE_PRIVATE],
                            struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    char first[PASSPHRASE_ROOM] = "";
    char second[PASSPHRASE_ROOM] = "";
    const char *other = arguments->texts[OPT_split];
    struct boxkey_facts facts = { .half = false };
    folder_path(path, folder, "box.key");
    if (arguments->given[OPT_box_key])
        snprintf(path, sizeof path, "%s", arguments->texts[OPT_box_key]);
    else if (access(path, F_OK) != 0)
        return FAIL(fail, STATUS_MISSING, "the key of the ballot box is not in %s: name its file with --box-key", folder);
    enum status status = boxkey_look(path, &facts, fail);
    if (status == STATUS_OK && facts.half != (other != NULL))
        status = facts.half ? FAIL(fail, STATUS_USAGE, "%s is one half of a key: name the other with --split", path)
                            : FAIL(fail, STATUS_USAGE, "%s is a whole key: there is no second half", path);
    if (status == STATUS_OK)
        status = read_passphrase(arguments, folder, first, fail);
    if (status == STATUS_OK && facts.half)
        status = command_passphrase(arguments, PASSPHRASE_SECOND, second, sizeof second, fail);
    if (status == STATUS_OK)
        status = facts.half ? boxkey_open_split(path, first, other, second, secret, fail)
                            : boxkey_open(path, first, secret, fail);
    sodium_memzero(first, sizeof first);
    sodium_memzero(second, sizeof second);
    return status;
}

static enum status count_copy(const struct arguments *arguments, struct count_result *result, struct fail *fail)
{
    unsigned char secret[HPKE_PRIVATE];
    struct job job;
    const char *folder = arguments->texts[OPT_from];
    enum status status = sodium_init() < 0 ? FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes")
                                           : read_key(arguments, folder, secret, fail);
    if (status == STATUS_OK) {
        const struct count_job counting = { .folder = folder, .secret = secret, .steps = &job.steps };
        job_begin(&job, arguments->language);
        status = count_folder(&counting, result, fail);
        job_end(&job);
    }
    sodium_memzero(secret, sizeof secret);
    return status;
}

static enum status count_instance(const struct arguments *arguments, struct store *store, const struct wave *wave,
                                  struct count_result *result, struct fail *fail)
{
    const char *dir = arguments->texts[OPT_dir];
    const char *from = arguments->texts[OPT_take];
    unsigned char secret[HPKE_PRIVATE];
    char folder[WAVE_PATH_ROOM];
    struct job job;
    wave_folder(folder, dir, wave->name);
    enum status status = from == NULL ? read_key(arguments, folder, secret, fail) : STATUS_OK;
    if (status == STATUS_OK) {
        const struct count_request request = { .secret = secret, .steps = &job.steps };
        job_begin(&job, arguments->language);
        status = from == NULL ? count_here(store, dir, wave->name, &request, result, fail)
                              : count_take(store, dir, wave->name, from, &job.steps, result, fail);
        job_end(&job);
    }
    sodium_memzero(secret, sizeof secret);
    if (status == STATUS_OK)
        status = store_audit_add(store, "command line", from == NULL ? "count" : "count elsewhere", wave->name, fail);
    return status;
}

enum status run_count(const struct arguments *arguments, struct fail *fail)
{
    struct store *store = NULL;
    struct wave wave;
    struct count_result result = { 0 };
    enum status status = STATUS_OK;
    if (arguments->given[OPT_from] && (arguments->given[OPT_take] || arguments->word_count > 0))
        return FAIL(fail, STATUS_USAGE, "--from counts a folder on its own: no wave and no --take with it");
    if (arguments->given[OPT_from]) {
        status = count_copy(arguments, &result, fail);
    } else {
        status = command_store(arguments, &store, fail);
        if (status == STATUS_OK)
            status = command_find_wave(store, arguments->word_count == 1 ? arguments->words[0] : NULL, WAVE_CLOSED,
                                       false, &wave, fail);
        if (status == STATUS_OK)
            status = count_instance(arguments, store, &wave, &result, fail);
        store_close(store);
    }
    if (status == STATUS_OK)
        print_result(arguments, &result);
    return status;
}
