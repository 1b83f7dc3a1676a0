/* invite: codes for everybody in the workforce table, or for a list of recipients by e-mail, letter and card. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "survey/commands/commands.h"
#include "survey/invite.h"
#include "survey/recipients.h"

enum { LIST_FILE_MAX = 64 << 20, PDF_MAX = 1 << 30 };

/* One unit name per head, from the delivery "unit, everything else together" of the newest cube. */
static enum status heads_by_unit(struct arena *arena, struct store *store, const char ***units, size_t *count,
                                 struct fail *fail)
{
    const struct participation *heads = NULL;
    const struct unit *list = NULL;
    size_t row_count = 0;
    size_t unit_count = 0;
    enum status status = store_unit_list(store, arena, &list, &unit_count, fail);
    if (status == STATUS_OK)
        status = store_heads(store, arena, list, unit_count, &heads, &row_count, fail);
    *count = 0;
    for (size_t i = 0; i < row_count && status == STATUS_OK; i++)
        *count += heads[i].invited;
    if (status == STATUS_OK && *count == 0)
        status = FAIL(fail, STATUS_MISSING, "nobody to invite: import the workforce table first");
    *units = status == STATUS_OK ? ARENA_NEW(arena, const char *, *count) : NULL;
    if (status == STATUS_OK && *units == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for %zu invitations", *count);
    size_t next = 0;
    for (size_t i = 0; i < row_count && status == STATUS_OK; i++)
        for (uint32_t head = 0; head < heads[i].invited; head++)
            (*units)[next++] = wave_department(list, (size_t)heads[i].unit);
    return status;
}

static enum status write_codes(const struct arguments *arguments, const char *wave, const char *const units[],
                               char (*codes)[CODE_TEXT_ROOM], size_t count, struct fail *fail)
{
    struct manifest manifest;
    struct buf text;
    buf_init(&text, (size_t)1 << 30);
    enum status status = wave_manifest(arguments->texts[OPT_dir], wave, &manifest, fail);
    char fingerprint[65] = "";
    if (status == STATUS_OK)
        sodium_bin2hex(fingerprint, sizeof fingerprint, manifest.fingerprint, sizeof manifest.fingerprint);
    buf_add_string(&text, "org_id;code;link\n");
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        buf_format(&text, "%s;%s;%s/w/%s/#%s.%s\n", units[i], codes[i], manifest.issuer, wave, codes[i], fingerprint);
    if (status == STATUS_OK)
        status = buf_write_file(&text, arguments->texts[OPT_output], 0600, fail);
    if (text.bytes != NULL)
        sodium_memzero(text.bytes, text.length);
    buf_free(&text);
    return status;
}

/* One code a head, in a file: for cities that send the codes themselves. */
static enum status invite_heads(const struct arguments *arguments, struct arena *arena, struct store *store,
                                struct fail *fail)
{
    const char *wave = arguments->words[0];
    const char **units = NULL;
    size_t count = 0;
    if (arguments->texts[OPT_output] == NULL)
        return FAIL(fail, STATUS_USAGE, "name the file for the codes with -o; it is the only place they will stand");
    struct invite invite;
    uint64_t codes_before = 0;
    enum status status = invite_open(arena, store, arguments->texts[OPT_dir], wave, &invite, fail);
    uint64_t listed = 0;
    if (status == STATUS_OK)
        status = store_personal(store, invite.wave.id, &codes_before, fail);
    if (status == STATUS_OK)
        status = store_recipient_count(store, invite.wave.id, &listed, fail);
    if (status == STATUS_OK && (codes_before > 0 || listed > 0))
        status = FAIL(fail, STATUS_CONFLICT,
                      "%s has personal codes or a list of recipients already: everybody would get a second code. If the "
                      "file of the codes is lost, freeze a new wave",
                      wave);
    if (status == STATUS_OK)
        status = heads_by_unit(arena, store, &units, &count, fail);
    if (status == STATUS_OK)
        status = wave_room(store, arguments->texts[OPT_dir], &invite.wave, count, fail);
    char(*codes)[CODE_TEXT_ROOM] = status == STATUS_OK ? arena_get(arena, count, sizeof *codes) : NULL;
    if (status == STATUS_OK && codes == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for %zu invitations", count);
    if (status == STATUS_OK)
        status = wave_invite(store, wave, units, count, codes, fail);
    if (status == STATUS_OK)
        status = write_codes(arguments, wave, units, codes, count, fail);
    if (status == STATUS_OK)
        printf(tr(arguments->language,
                  N_("%zu codes stand in %s. Print or send them, then delete the file: it is the only copy.\n")),
               count, arguments->texts[OPT_output]);
    return status;
}

static void print_findings(const struct import_report *report, const char *path)
{
    for (size_t i = 0; i < report->finding_count; i++)
        if (report->findings[i].severity == SEVERITY_ERROR)
            fprintf(stderr, "%s:%" PRIu32 ":%s: %s\n", path, report->findings[i].line,
                    report->findings[i].column == NULL ? "" : report->findings[i].column,
                    report->findings[i].message);
}

static enum status take_list(const struct arguments *arguments, struct arena *arena, const struct invite *invite,
                             struct fail *fail)
{
    const char *path = arguments->texts[OPT_recipients];
    const struct unit *units = NULL;
    struct recipient *recipients = NULL;
    struct import_report report = { 0 };
    size_t unit_count = 0;
    uint64_t before = 0;
    struct buf bytes;
    buf_init(&bytes, LIST_FILE_MAX);
    enum status status = store_recipient_count(invite->store, invite->wave.id, &before, fail);
    if (status == STATUS_OK && before > 0)
        status = FAIL(fail, STATUS_CONFLICT, "%s has a list of recipients already; nothing was added",
                      invite->wave.name);
    if (status == STATUS_OK)
        status = buf_read_file(&bytes, path, fail);
    if (status == STATUS_OK)
        status = store_unit_list(invite->store, arena, &units, &unit_count, fail);
    if (status == STATUS_OK) {
        status = recipients_read(arena, units, unit_count, bytes.bytes == NULL ? "" : bytes.bytes, bytes.length,
                                 arguments->language, &recipients, &report, fail);
        print_findings(&report, path);
    }
    uint64_t codes = 0;
    if (status == STATUS_OK)
        status = store_personal(invite->store, invite->wave.id, &codes, fail);
    if (status == STATUS_OK && codes > 0)
        status = FAIL(fail, STATUS_CONFLICT,
                      "%s has personal codes already: a list would give people a second one; nothing was added",
                      invite->wave.name);
    if (status == STATUS_OK)
        status = wave_room(invite->store, invite->dir, &invite->wave, report.rows, fail);
    if (status == STATUS_OK)
        status = store_recipients_add(invite->store, invite->wave.id, recipients, report.rows, fail);
    if (status == STATUS_OK)
        printf(tr(arguments->language, N_("%zu people are on the list. Next: --mail, --letters FILE.pdf, or both.\n")),
               report.rows);
    buf_free(&bytes);
    return status;
}

static void step(void *context, size_t done, size_t total)
{
    progress_step(context, done, total);
}

static void print_report(const struct arguments *arguments, const struct invite_report *report)
{
    printf(tr_plural(arguments->language, "%zu message went out.", "%zu messages went out.", (unsigned long)report->sent),
           report->sent);
    if (report->drawn > 0)
        printf(tr_plural(arguments->language, " %zu person has taken part meanwhile.",
                         " %zu people have taken part meanwhile.", (unsigned long)report->drawn),
               report->drawn);
    putchar('\n');
    if (report->failed > 0)
        fprintf(stderr, tr(arguments->language, N_("%zu failed, the first one in line %u of the list: %s. They are due again the next time.\n")),
                report->failed, (unsigned)report->line, report->why.what);
}

static enum status send_mails(const struct arguments *arguments, const struct invite *invite, bool reminder,
                              struct fail *fail)
{
    char url[200] = "";
    char from[260] = "";
    char user[200] = "";
    char password[256] = "";
    struct progress progress;
    struct invite_report report = { 0 };
    if (store_fact(invite->store, "smtp", url, sizeof url, NULL) != STATUS_OK ||
        store_fact(invite->store, "mail_from", from, sizeof from, NULL) != STATUS_OK)
        return FAIL(fail, STATUS_MISSING,
                    "first say which mail server to use: querschnitt config smtp smtps://mail.example.org, and "
                    "querschnitt config mail_from survey@example.org");
    bool login = store_fact(invite->store, "mail_user", user, sizeof user, NULL) == STATUS_OK;
    enum status status = login ? command_passphrase(arguments, PASSPHRASE, password, sizeof password, fail) : STATUS_OK;
    if (status == STATUS_OK) {
        const struct mail_server server = { url, login ? user : NULL, login ? password : NULL };
        const struct invite_progress steps = { step, &progress };
        progress_start(&progress, tr(arguments->language, N_("Sending")));
        status = invite_by_mail(invite, &server, from, reminder, &steps, &report, fail);
        progress_end(&progress);
        print_report(arguments, &report);
    }
    sodium_memzero(password, sizeof password);
    if (status == STATUS_OK && report.failed > 0)
        status = FAIL(fail, STATUS_IO, "%zu messages did not go out; call the command again, without --remind, for them", report.failed);
    return status;
}

static enum status write_pdf(struct buf *pdf, const char *path, struct fail *fail)
{
    enum status status = buf_write_file(pdf, path, 0600, fail);
    if (pdf->bytes != NULL)
        sodium_memzero(pdf->bytes, pdf->length);
    buf_free(pdf);
    return status;
}

static enum status write_letters(const struct arguments *arguments, struct arena *arena, const struct invite *invite,
                                 struct fail *fail)
{
    const struct recipient *letters = NULL;
    struct invite_report report = { 0 };
    struct buf pdf;
    size_t count = 0;
    buf_init(&pdf, PDF_MAX);
    enum status status = invite_by_letter(invite, arena, &letters, &count, &pdf, &report, fail);
    if (status == STATUS_OK)
        status = write_pdf(&pdf, arguments->texts[OPT_letters], fail);
    if (status == STATUS_OK)
        status = invite_letters_sent(invite, letters, count, fail);
    buf_free(&pdf);
    if (status == STATUS_OK)
        printf(tr_plural(arguments->language,
                         "%zu letter stands in %s. Print it, then delete the file: it is the only copy.\n",
                         "%zu letters stand in %s. Print them, then delete the file: it is the only copy.\n",
                         (unsigned long)count),
               count, arguments->texts[OPT_letters]);
    return status;
}

static enum status write_cards(const struct arguments *arguments, struct arena *arena, const struct invite *invite,
                               struct fail *fail)
{
    size_t count = (size_t)arguments->numbers[OPT_cards];
    struct buf pdf;
    if (arguments->texts[OPT_output] == NULL)
        return FAIL(fail, STATUS_USAGE, "name the file for the cards with -o; it is the only place their codes will stand");
    buf_init(&pdf, PDF_MAX);
    enum status status = invite_cards(invite, arena, count, &pdf, fail);
    if (status == STATUS_OK)
        status = write_pdf(&pdf, arguments->texts[OPT_output], fail);
    buf_free(&pdf);
    if (status == STATUS_OK)
        printf(tr(arguments->language, N_("%zu cards stand in %s. Print them, cut them, mix them; then delete the file.\n")),
               count, arguments->texts[OPT_output]);
    return status;
}

static enum status print_notice(const struct invite *invite, struct fail *fail)
{
    struct buf text;
    enum status status = STATUS_OK;
    buf_init(&text, 64 * 1024);
    for (size_t i = 0; i < invite->form->language_count && status == STATUS_OK; i++) {
        const struct language *language = language_exact(invite->form->languages[i]);
        if (language == NULL)
            continue;
        if (text.length > 0)
            buf_add_string(&text, "––––––––––\n\n");
        status = invite_notice(invite, language, &text, fail);
    }
    if (status == STATUS_OK)
        fputs(text.bytes != NULL ? text.bytes : "", stdout);
    buf_free(&text);
    return status;
}

/* The parts in the order in which they build on each other. */
static enum status invite_people(const struct arguments *arguments, struct arena *arena, struct store *store,
                                 struct fail *fail)
{
    struct invite invite;
    bool reminder = arguments->given[OPT_remind];
    enum status status = invite_open(arena, store, arguments->texts[OPT_dir], arguments->words[0], &invite, fail);
    if (status == STATUS_OK && arguments->given[OPT_per_minute])
        invite.per_minute = (unsigned)arguments->numbers[OPT_per_minute];
    if (status == STATUS_OK && arguments->given[OPT_notice])
        status = print_notice(&invite, fail);
    if (status == STATUS_OK && arguments->given[OPT_recipients])
        status = take_list(arguments, arena, &invite, fail);
    if (status == STATUS_OK && reminder)
        status = store_recipients_again(store, invite.wave.id, fail);
    if (status == STATUS_OK && arguments->given[OPT_mail])
        status = send_mails(arguments, &invite, reminder, fail);
    if (status == STATUS_OK && arguments->given[OPT_letters])
        status = write_letters(arguments, arena, &invite, fail);
    if (status == STATUS_OK && arguments->given[OPT_cards])
        status = write_cards(arguments, arena, &invite, fail);
    return status;
}

enum status run_invite(const struct arguments *arguments, struct fail *fail)
{
    bool people = arguments->given[OPT_recipients] || arguments->given[OPT_mail] || arguments->given[OPT_letters] ||
                  arguments->given[OPT_cards] || arguments->given[OPT_notice];
    if (arguments->given[OPT_remind] && !arguments->given[OPT_mail] && !arguments->given[OPT_letters])
        return FAIL(fail, STATUS_USAGE, "a reminder goes out with --mail, with --letters FILE.pdf, or both");
    struct arena arena;
    struct store *store = NULL;
    if (sodium_init() < 0)
        return FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    arena_init(&arena, (size_t)1 << 30);
    enum status status = command_store(arguments, &store, fail);
    if (status == STATUS_OK)
        status = people ? invite_people(arguments, &arena, store, fail) : invite_heads(arguments, &arena, store, fail);
    if (status == STATUS_OK)
        status = store_audit_add(store, "command line", arguments->given[OPT_remind] ? "remind" : "invite",
                                 arguments->words[0], fail);
    store_close(store);
    arena_free(&arena);
    return status;
}
