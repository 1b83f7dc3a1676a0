/* wave rehearse: with the key at hand (in the wave's folder, or files named with --box-key), or by challenge and answer
 * when it is kept elsewhere. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "survey/boxkey.h"
#include "survey/commands/waves.h"
#include "survey/wave.h"

static enum status with_key(const struct arguments *arguments, const char *name, const char *path, const char *other,
                            struct fail *fail)
{
    char first[256] = "";
    char second[256] = "";
    unsigned char secret[HPKE_PRIVATE];
    enum status status = command_passphrase(arguments, PASSPHRASE, first, sizeof first, fail);
    if (status == STATUS_OK && other != NULL)
        status = command_passphrase(arguments, PASSPHRASE_SECOND, second, sizeof second, fail);
    if (status == STATUS_OK)
        status = other == NULL ? boxkey_open(path, first, secret, fail)
                               : boxkey_open_split(path, first, other, second, secret, fail);
    if (status == STATUS_OK)
        status = wave_rehearse(arguments->texts[OPT_dir], name, secret, fail);
    sodium_memzero(secret, sizeof secret);
    sodium_memzero(first, sizeof first);
    sodium_memzero(second, sizeof second);
    return status;
}

/* done is false while the answer is still to come. */
static enum status rehearse(const struct arguments *arguments, const char *name, bool *done, struct fail *fail)
{
    const char *dir = arguments->texts[OPT_dir];
    char path[WAVE_PATH_ROOM];
    struct manifest manifest;
    enum status status = wave_manifest(dir, name, &manifest, fail);
    *done = true;
    if (status != STATUS_OK)
        return status;
    if (arguments->texts[OPT_answer] != NULL)
        return wave_challenge_answer(dir, name, arguments->texts[OPT_answer], fail);
    if (arguments->texts[OPT_box_key] != NULL)
        return with_key(arguments, name, arguments->texts[OPT_box_key], arguments->texts[OPT_split], fail);
    if (strcmp(manifest.key, "server") == 0) {
        wave_path(path, dir, name, "box.key");
        return with_key(arguments, name, path, NULL, fail);
    }
    *done = false;
    status = wave_challenge(dir, name, fail);
    wave_path(path, dir, name, "challenge");
    if (status == STATUS_OK)
        printf(tr(arguments->language,
                  N_("Carry %s to the machine of the staff council. There: querschnitt box-key test %s --challenge FILE. "
                     "It prints an answer to read out. Then here: querschnitt wave rehearse %s --answer TEXT\n")),
               path, strcmp(manifest.key, "split") == 0 ? "KEY OTHER" : "KEY", name);
    return status;
}

enum status wave_rehearse_verb(const struct arguments *arguments, struct store *store, const char *name,
                               struct fail *fail)
{
    struct wave wave;
    bool done = false;
    enum status status = store_wave_find(store, name, &wave, fail);
    if (status == STATUS_OK)
        status = rehearse(arguments, name, &done, fail);
    if (status != STATUS_OK || !done)
        return status;
    printf(tr(arguments->language, N_("The wave %s is rehearsed: its key opens what browsers seal.\n")), name);
    return store_audit_add(store, "command line", "wave rehearse", name, fail);
}
