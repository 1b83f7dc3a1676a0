/* Plain text on purpose: it is read, printed and signed without this program, and kept for years. */
#include "survey/minutes.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/env.h"
#include "base/i18n.h"

enum { TEXT_MAX = 64 * 1024, BLOCK = 1 << 16 };

/* SHA-256 of the box as `sha256sum` shows it. STATUS_MISSING: the box lies on another machine. */
static enum status hash_box(const char *path, char hex[65], struct fail *fail)
{
    unsigned char block[BLOCK];
    unsigned char hash[32];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT ? STATUS_MISSING : fail_errno(fail, "open", path);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good = context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1;
    ssize_t length = 0;
    while (good && (length = read(file, block, sizeof block)) > 0)
        good = EVP_DigestUpdate(context, block, (size_t)length) == 1;
    good = good && length == 0 && EVP_DigestFinal_ex(context, hash, NULL) == 1;
    EVP_MD_CTX_free(context);
    close(file);
    if (!good)
        return fail_errno(fail, "read", path);
    sodium_bin2hex(hex, 65, hash, sizeof hash);
    return STATUS_OK;
}

static void title(struct buf *out, const char *text)
{
    buf_format(out, "%s\n", text);
    for (const char *c = text; *c != '\0'; c++)
        if (((unsigned char)*c & 0xc0) != 0x80) /* one mark a character, not a byte */
            buf_add_byte(out, '=');
    buf_add_string(out, "\n\n");
}

static void head(struct buf *out, const struct language *language, const char *day, const struct manifest *manifest)
{
    char hex[65];
    char printed[48];
    sodium_bin2hex(hex, sizeof hex, manifest->fingerprint, sizeof manifest->fingerprint);
    manifest_print(manifest, printed);
    buf_format(out, tr(language, N_("Wave: %s\nDay: %s\nCheck code: %s\nFingerprint (SHA-256 of the manifest): %s\n")),
               manifest->wave, day, printed, hex);
}

static void sign(struct buf *out, const struct language *language)
{
    static const char *const parties[] = { N_("For the personnel office"), N_("For the staff council") };
    for (size_t i = 0; i < COUNT(parties); i++)
        buf_format(out, "\n%s: ______________________________  %s: ____________\n", tr(language, parties[i]),
                   tr(language, N_("Date")));
}

enum status minutes_closing(struct store *store, const char *dir, const struct wave *wave, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    char box[65] = "";
    char day[11];
    struct manifest manifest;
    struct buf out;
    uint64_t invited = 0;
    uint64_t drawn = 0;
    env_local_day(env_system.now(env_system.state), day);
    enum status status = wave_manifest(dir, wave->name, &manifest, fail);
    if (status == STATUS_OK)
        status = store_turnout(store, wave->id, &invited, &drawn, fail);
    wave_path(path, dir, wave->name, "ballots.box");
    if (status == STATUS_OK)
        status = hash_box(path, box, fail);
    if (status == STATUS_MISSING)
        status = STATUS_OK;
    buf_init(&out, TEXT_MAX);
    for (const struct language *language = language_staff_next(NULL); language != NULL;) {
        title(&out, tr(language, N_("Minutes of the closing of the survey")));
        head(&out, language, day, &manifest);
        buf_format(&out, tr(language, N_("Invited: %llu\nBallots drawn: %llu\n")), (unsigned long long)invited,
                   (unsigned long long)drawn);
        if (box[0] != '\0')
            buf_format(&out, tr(language, N_("SHA-256 of the ballot box (ballots.box, once the server has let go of it): "
                                             "%s\n")),
                       box);
        else
            buf_add_string(&out, tr(language, N_("SHA-256 of the ballot box (sha256sum ballots.box on the collector's "
                                                 "machine): ______________________________\n")));
        buf_format(&out, "\n%s\n%s\n",
                   tr(language, N_("The issuer's private key was overwritten and removed. From now on nobody can make "
                                   "another ballot for this wave.")),
                   tr(language, N_("Whoever counts holds the box against this hash first.")));
        sign(&out, language);
        language = language_staff_next(language);
        buf_add_string(&out, language == NULL ? "" : "\n\n");
    }
    wave_path(path, dir, wave->name, MINUTES_CLOSING);
    if (status == STATUS_OK)
        status = buf_status(&out, path, fail);
    if (status == STATUS_OK)
        status = buf_write_file(&out, path, 0644, fail);
    buf_free(&out);
    return status;
}

enum status minutes_deletion(const struct deletion *deletion, const char *path, struct fail *fail)
{
    static const char *const stays[] = {
        N_("the counted answers without names, sorted, and the published list of receipts: until the reports that rest "
           "on them are no longer needed, as agreed with the staff council"),
        N_("invited and drawn per unit, as numbers: with the results"),
        N_("questionnaire, manifest and minutes: with the results, as proof of how the survey was run"),
        N_("this protocol and the row in the audit log: as long as the instance exists"),
    };
    struct buf out;
    buf_init(&out, TEXT_MAX);
    for (const struct language *language = language_staff_next(NULL); language != NULL;) {
        title(&out, tr(language, N_("Protocol of the deletion")));
        head(&out, language, deletion->day, deletion->manifest);
        buf_format(&out, tr(language, N_("Ordered by: %s\nDeletion was due from: %s\n")), deletion->person,
                   deletion->manifest->deletes);
        if (deletion->wave->state != WAVE_COUNTED)
            buf_format(&out, "%s\n", tr(language, N_("The wave was never counted: its ballots are lost.")));
        buf_format(&out, "\n%s\n", tr(language, N_("Deleted (files are overwritten first):")));
        for (size_t k = 0; k < deletion->file_count; k++)
            buf_format(&out, "* %s\n", deletion->files[k]);
        buf_format(&out, tr(language, N_("* %llu invitations: hashes of codes and of blinded messages\n")),
                   (unsigned long long)deletion->codes);
        buf_format(&out, "\n%s\n", tr(language, N_("What stays, and until when:")));
        for (size_t k = 0; k < COUNT(stays); k++)
            buf_format(&out, "* %s\n", tr(language, stays[k]));
        buf_format(&out, "\n%s\n", tr(language, N_("Copies elsewhere (backups, the box on the counting machine, the key "
                                                   "of the staff council) are not reached from here and have to be "
                                                   "destroyed by their holders.")));
        sign(&out, language);
        language = language_staff_next(language);
        buf_add_string(&out, language == NULL ? "" : "\n\n");
    }
    enum status status = buf_status(&out, path, fail);
    if (status == STATUS_OK)
        status = buf_write_file(&out, path, 0644, fail);
    buf_free(&out);
    return status;
}
