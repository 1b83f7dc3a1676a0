/* box-key: the staff council's own tool. Needs no instance and no network: the machine may be one that is never online. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "survey/boxkey.h"
#include "survey/challenge.h"
#include "survey/commands/commands.h"

enum { PASSPHRASE_ROOM = 256, TRIAL_BYTES = 32, PATH_MAX_HERE = 4096 };

struct passphrases {
    char first[PASSPHRASE_ROOM], second[PASSPHRASE_ROOM];
};

static enum status create(const struct arguments *arguments, const char *path, struct passphrases *typed,
                          struct fail *fail)
{
    const char *other = arguments->texts[OPT_split];
    const struct language *language = arguments->language;
    unsigned char public[HPKE_PUBLIC];
    char public_path[PATH_MAX_HERE];
    if (snprintf(public_path, sizeof public_path, "%s.pub", path) >= (int)sizeof public_path)
        return FAIL(fail, STATUS_LIMIT, "the path %.100s… is too long", path);
    if (access(public_path, F_OK) == 0)
        return FAIL(fail, STATUS_CONFLICT, "%s exists already; a key is never replaced", public_path);
    enum status status = command_passphrase(arguments, PASSPHRASE_NEW, typed->first, sizeof typed->first, fail);
    if (status == STATUS_OK && other != NULL)
        status = command_passphrase(arguments, PASSPHRASE_SECOND_NEW, typed->second, sizeof typed->second, fail);
    if (status == STATUS_OK)
        status = other == NULL ? boxkey_create(path, typed->first, public, fail)
                               : boxkey_create_split(path, typed->first, other, typed->second, public, fail);
    if (status == STATUS_OK)
        status = boxkey_public_write(public_path, other != NULL, public, fail);
    if (status != STATUS_OK)
        return status;
    if (other == NULL)
        printf(tr(language, N_("The key of the ballot box stands in %s. Keep it twice, in two safe places, and the "
                               "passphrase apart from it.\n")),
               path);
    else
        printf(tr(language, N_("The two halves of the key stand in %s and %s. Give each to another person with its own "
                               "passphrase; keep each twice.\n")),
               path, other);
    printf(tr(language, N_("Whoever loses key or passphrase loses the survey: nobody can open the ballots then.\n"
                           "Hand on only %s. It goes to the server: querschnitt wave freeze NAME --box-key %s\n")),
           public_path, public_path);
    return STATUS_OK;
}

/* Seals something to the public half and opens it again: proves files and passphrases. */
static enum status seal_open_test(const unsigned char public[HPKE_PUBLIC], const unsigned char secret[HPKE_PRIVATE],
                                  struct fail *fail)
{
    static const char purpose[] = "querschnitt box-key test";
    const struct hpke_context context = { .aead = HPKE_AES_256_GCM,
                                          .info = (const unsigned char *)purpose,
                                          .info_length = sizeof purpose - 1 };
    unsigned char value[TRIAL_BYTES];
    unsigned char opened[TRIAL_BYTES] = { 0 };
    unsigned char sealed[HPKE_PUBLIC + TRIAL_BYTES + HPKE_TAG];
    randombytes_buf(value, sizeof value);
    enum status status = hpke_seal(public, &context, value, sizeof value, NULL, sealed, fail);
    if (status == STATUS_OK)
        status = hpke_open(secret, &context, sealed, sizeof sealed, opened, fail);
    if (status == STATUS_OK && sodium_memcmp(value, opened, sizeof value) != 0)
        status = FAIL(fail, STATUS_CRYPTO, "what was sealed came out different: check this machine's memory");
    return status;
}

static enum status answer_challenge(const struct arguments *arguments, const unsigned char secret[HPKE_PRIVATE],
                                    struct fail *fail)
{
    struct challenge challenge;
    struct manifest shown = { 0 };
    char answer[CHALLENGE_ANSWER_ROOM];
    char check_code[48];
    enum status status = challenge_read(arguments->texts[OPT_challenge], &challenge, fail);
    if (status == STATUS_OK)
        status = challenge_open(&challenge, secret, answer, fail);
    if (status != STATUS_OK)
        return status;
    memcpy(shown.fingerprint, challenge.fingerprint, sizeof shown.fingerprint);
    manifest_print(&shown, check_code);
    printf(tr(arguments->language, N_("Wave %s, check code %s. Compare it with the notice board.\n"
                                      "Answer to read out: %s\n")),
           challenge.wave, check_code, answer);
    sodium_memzero(answer, sizeof answer);
    return STATUS_OK;
}

static enum status test(const struct arguments *arguments, const char *path, const char *other,
                        struct passphrases *typed, struct fail *fail)
{
    unsigned char secret[HPKE_PRIVATE];
    struct boxkey_facts facts;
    enum status status = boxkey_look(path, &facts, fail);
    if (status == STATUS_OK && facts.half && other == NULL)
        status = FAIL(fail, STATUS_CONFLICT, "%s is one half of a key: name both files", path);
    if (status == STATUS_OK)
        status = command_passphrase(arguments, PASSPHRASE, typed->first, sizeof typed->first, fail);
    if (status == STATUS_OK && other != NULL)
        status = command_passphrase(arguments, PASSPHRASE_SECOND, typed->second, sizeof typed->second, fail);
    if (status == STATUS_OK)
        status = other == NULL ? boxkey_open(path, typed->first, secret, fail)
                               : boxkey_open_split(path, typed->first, other, typed->second, secret, fail);
    if (status == STATUS_OK)
        status = seal_open_test(facts.public, secret, fail);
    if (status == STATUS_OK)
        puts(tr(arguments->language, other == NULL
                                         ? N_("The key works: file and passphrase open what is sealed to it.")
                                         : N_("The key works: both halves together open what is sealed to it.")));
    if (status == STATUS_OK && arguments->texts[OPT_challenge] != NULL)
        status = answer_challenge(arguments, secret, fail);
    sodium_memzero(secret, sizeof secret);
    return status;
}

enum status run_box_key(const struct arguments *arguments, struct fail *fail)
{
    const char *verb = arguments->words[0];
    bool making = strcmp(verb, "create") == 0;
    struct passphrases typed = { .first = "" };
    if ((!making && strcmp(verb, "test") != 0) || (making && arguments->word_count == 3) ||
        (making && arguments->given[OPT_challenge]) || (!making && arguments->given[OPT_split]))
        return command_usage(arguments, fail);
    enum status status =
        making ? create(arguments, arguments->words[1], &typed, fail)
               : test(arguments, arguments->words[1], arguments->word_count == 3 ? arguments->words[2] : NULL, &typed,
                      fail);
    sodium_memzero(&typed, sizeof typed);
    return status;
}
