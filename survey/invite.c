/* The order of events is what makes it safe to interrupt: hash stored, message out, marked as sent. Killed before the mark,
 * the person is due again and gets another code, which replaces the first. */
#include "survey/invite.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/env.h"
#include "reports/paper.h"
#include "survey/credential.h"

enum { MAIL_MAX = 256 * 1024, FAILURES_IN_A_ROW_MAX = 5, LINK_ROOM = 512 };

enum status invite_open(struct arena *arena, struct store *store, const char *dir, const char *wave,
                        struct invite *invite, struct fail *fail)
{
    *invite = (struct invite){ .store = store, .dir = dir };
    enum status status = store_wave_find(store, wave, &invite->wave, fail);
    if (status == STATUS_OK && invite->wave.state != WAVE_FROZEN && invite->wave.state != WAVE_OPEN)
        status = FAIL(fail, STATUS_CONFLICT, "%s is closed or not frozen yet: nobody can be invited", wave);
    if (status == STATUS_OK)
        status = wave_manifest(dir, wave, &invite->manifest, fail);
    if (status == STATUS_OK)
        status = wave_form(arena, dir, wave, &invite->form, fail);
    if (status != STATUS_OK)
        return status;
    (void)!store_fact(store, "city", invite->city, sizeof invite->city, NULL);
    (void)!store_fact(store, "staff_council", invite->staff_council, sizeof invite->staff_council, NULL);
    (void)!store_fact(store, "demo", invite->demo, sizeof invite->demo, NULL);
    sodium_bin2hex(invite->fingerprint, sizeof invite->fingerprint, invite->manifest.fingerprint,
                   sizeof invite->manifest.fingerprint);
    manifest_print(&invite->manifest, invite->check);
    return STATUS_OK;
}

static const struct language *language_of(const struct recipient *recipient)
{
    const struct language *language = language_exact(recipient->language);
    return language == NULL ? language_default : language;
}

static enum status new_code(char printed[CODE_ROOM], unsigned char hash[32], struct fail *fail)
{
    char code[CODE_LENGTH + 1];
    enum status status = code_make(printed, fail);
    if (status == STATUS_OK)
        status = code_read(printed, code, fail);
    if (status == STATUS_OK)
        code_hash(code, hash);
    sodium_memzero(code, sizeof code);
    return status;
}

/* A new code for the person; *given is false when the person has taken part meanwhile. */
static enum status renew(const struct invite *invite, const struct recipient *recipient, char printed[CODE_ROOM],
                         bool *given, struct fail *fail)
{
    unsigned char hash[32];
    enum status status = new_code(printed, hash, fail);
    return status == STATUS_OK ? store_recipient_code(invite->store, invite->wave.id, recipient, hash, given, fail)
                               : status;
}

static enum status write_mail(const struct invite *invite, const struct recipient *recipient, const char *from,
                              const char *code, bool reminder, struct buf *out, struct fail *fail)
{
    struct invite_message message = { 0 };
    unsigned char noise[12];
    char boundary[2 * sizeof noise + 1];
    randombytes_buf(noise, sizeof noise);
    sodium_bin2hex(boundary, sizeof boundary, noise, sizeof noise);
    const struct language *language = language_of(recipient);
    enum status status = invite_write(invite, language, code, reminder, &message, fail);
    const struct mail mail = { .from = from,
                               .to = recipient->email,
                               .subject = message.subject,
                               .text = message.text.bytes,
                               .html = message.html.bytes,
                               .language = language_code(language),
                               .boundary = boundary,
                               .now = env_system.now(env_system.state) };
    if (status == STATUS_OK)
        status = mail_build(&mail, out, fail);
    invite_message_free(&message);
    return status;
}

/* One person. STATUS_IO: the message did not go out, the person stays due. */
static enum status mail_one(const struct invite *invite, struct mail_line *line, const struct recipient *recipient,
                            const char *from, bool reminder, bool *given, struct fail *fail)
{
    char code[CODE_ROOM];
    struct buf message;
    buf_init(&message, MAIL_MAX);
    enum status status = renew(invite, recipient, code, given, fail);
    if (status == STATUS_OK && *given)
        status = write_mail(invite, recipient, from, code, reminder, &message, fail);
    sodium_memzero(code, sizeof code);
    if (status == STATUS_OK && *given)
        status = mail_send(line, from, recipient->email, &message, fail);
    if (message.bytes != NULL)
        sodium_memzero(message.bytes, message.length);
    buf_free(&message);
    return status == STATUS_OK ? store_recipient_sent(invite->store, recipient, fail) : status;
}

/* Mail servers refuse senders that are too fast. */
static void pause_for(unsigned per_minute)
{
    if (per_minute == 0)
        return;
    const struct timespec gap = { 60 / per_minute, (long)(60 % per_minute) * 1000000000L / (long)per_minute };
    nanosleep(&gap, NULL);
}

static void note_failure(struct invite_report *report, const struct recipient *recipient, const struct fail *why)
{
    if (report->failed++ == 0) {
        report->line = recipient->line;
        report->why = *why;
    }
}

/* Positions 0 … count - 1 in random order. The rows of invitations are written in it: where a row lies in the file must not
 * tell which line of the list it belongs to, once the list is gone. */
static size_t *mixed(struct arena *arena, size_t count)
{
    size_t *order = count < UINT32_MAX ? ARENA_NEW(arena, size_t, count + 1) : NULL;
    for (size_t i = 0; order != NULL && i < count; i++) { /* Fisher and Yates, inside out */
        size_t j = randombytes_uniform((uint32_t)(i + 1));
        order[i] = order[j];
        order[j] = i;
    }
    return order;
}

enum status invite_by_mail(const struct invite *invite, const struct mail_server *server, const char *from,
                           bool reminder, const struct invite_progress *progress, struct invite_report *report,
                           struct fail *fail)
{
    struct arena arena;
    struct mail_line *line = NULL;
    const struct recipient *due = NULL;
    size_t count = 0;
    unsigned in_a_row = 0;
    arena_init(&arena, (size_t)512 << 20);
    *report = (struct invite_report){ 0 };
    enum status status = store_recipients_due(invite->store, &arena, invite->wave.id, &due, &count, fail);
    const size_t *order = mixed(&arena, count);
    if (status == STATUS_OK && order == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for %zu recipients", count);
    if (status == STATUS_OK)
        status = mail_connect(server, &line, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        const struct recipient *recipient = &due[order[i]];
        struct fail why = { .language = fail == NULL ? NULL : fail->language };
        bool given = false;
        if (progress != NULL)
            progress->step(progress->context, i, count);
        if (recipient->email[0] == '\0')
            continue;
        if (report->sent + report->failed > 0)
            pause_for(invite->per_minute);
        enum status sent = mail_one(invite, line, recipient, from, reminder, &given, &why);
        if (sent == STATUS_OK) {
            report->sent += given;
            report->drawn += !given;
            in_a_row = 0;
            continue;
        }
        note_failure(report, recipient, &why);
        if (sent != STATUS_IO || ++in_a_row == FAILURES_IN_A_ROW_MAX)
            status = FAIL(fail, sent, "%s", why.what);
    }
    if (progress != NULL)
        progress->step(progress->context, count, count);
    mail_close(line);
    arena_free(&arena);
    return status;
}

static bool make_link(const struct invite *invite, struct arena *arena, const char *printed, struct paper_code *code)
{
    code->code = arena_string(arena, printed);
    code->link = arena_format(arena, "%s/w/%s/#%s.%s", invite->manifest.issuer, invite->manifest.wave, printed,
                              invite->fingerprint);
    return code->code != NULL && code->link != NULL;
}

static bool frame(const struct invite *invite, struct arena *arena, const struct language *language,
                  struct paper_wave *wave)
{
    *wave = (struct paper_wave){ .language = language,
                                 .city = invite->city,
                                 .wave = invite->manifest.wave,
                                 .title = form_text(invite->form, &invite->form->title, language_code(language)),
                                 .check = invite->check,
                                 .closes = invite->manifest.closes,
                                 .address = arena_format(arena, "%s/w/%s/", invite->manifest.issuer,
                                                         invite->manifest.wave),
                                 .staff_council = invite->staff_council[0] == '\0' ? NULL : invite->staff_council,
                                 .demo = invite->demo[0] == '\0' ? NULL : "MUSTER" };
    return wave->address != NULL;
}

static void cut_lines(char *address, const char *lines[PAPER_RECIPIENT_LINES])
{
    size_t used = 0;
    while (*address != '\0' && used < PAPER_RECIPIENT_LINES) {
        char *end = strchr(address, '\n');
        lines[used++] = address;
        if (end == NULL)
            return;
        *end = '\0';
        address = end + 1;
    }
}

static enum status add_letter(const struct invite *invite, struct arena *arena, const struct recipient *recipient,
                              struct paper_letter *letter, bool *given, struct fail *fail)
{
    char code[CODE_ROOM];
    enum status status = renew(invite, recipient, code, given, fail);
    char *address = arena_string(arena, recipient->address);
    if (status == STATUS_OK && (address == NULL || !make_link(invite, arena, code, &letter->code)))
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the letters");
    if (status == STATUS_OK)
        cut_lines(address, letter->recipient);
    letter->language = language_of(recipient);
    letter->title = form_text(invite->form, &invite->form->title, language_code(letter->language));
    sodium_memzero(code, sizeof code);
    return status;
}

enum status invite_by_letter(const struct invite *invite, struct arena *arena, const struct recipient **chosen,
                             size_t *count, struct buf *pdf, struct invite_report *report, struct fail *fail)
{
    const struct recipient *due = NULL;
    size_t due_count = 0;
    size_t used = 0;
    struct paper_wave wave;
    *report = (struct invite_report){ 0 };
    enum status status = store_recipients_due(invite->store, arena, invite->wave.id, &due, &due_count, fail);
    struct paper_letter *letters = ARENA_NEW(arena, struct paper_letter, due_count + 1);
    struct recipient *sent = ARENA_NEW(arena, struct recipient, due_count + 1);
    bool *given = ARENA_NEW(arena, bool, due_count + 1);
    const size_t *order = mixed(arena, due_count);
    if (status == STATUS_OK && (letters == NULL || sent == NULL || given == NULL || order == NULL || !frame(invite, arena, language_default, &wave)))
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the letters");
    for (size_t i = 0; i < due_count && used < PAPER_LETTERS_MAX && status == STATUS_OK; i++) {
        size_t k = order[i];
        if (due[k].email[0] != '\0')
            continue;
        status = add_letter(invite, arena, &due[k], &letters[k], &given[k], fail);
        report->drawn += status == STATUS_OK && !given[k];
        used += status == STATUS_OK && given[k];
    }
    used = 0;
    for (size_t i = 0; i < due_count && status == STATUS_OK; i++)
        if (given[i]) { /* in the order of the list again, as the envelopes lie */
            letters[used] = letters[i];
            sent[used++] = due[i];
        }
    if (status == STATUS_OK && used == 0)
        status = FAIL(fail, STATUS_MISSING, "nobody is due for a letter: all have theirs, or have an e-mail address");
    if (status == STATUS_OK)
        status = paper_letters(arena, &wave, letters, used, pdf, fail);
    *chosen = sent;
    *count = status == STATUS_OK ? used : 0;
    report->sent = *count;
    return status;
}

enum status invite_letters_sent(const struct invite *invite, const struct recipient *letters, size_t count,
                                struct fail *fail)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = store_recipient_sent(invite->store, &letters[i], fail);
    return status;
}

enum status invite_cards(const struct invite *invite, struct arena *arena, size_t count, struct buf *pdf,
                         struct fail *fail)
{
    struct paper_wave wave;
    struct invitation *invitations = ARENA_NEW(arena, struct invitation, count + 1);
    struct paper_code *codes = ARENA_NEW(arena, struct paper_code, count + 1);
    enum status status = wave_room(invite->store, invite->dir, &invite->wave, count, fail);
    if (status == STATUS_OK && (invitations == NULL || codes == NULL || !frame(invite, arena, language_default, &wave)))
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for %zu cards", count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        char code[CODE_ROOM];
        invitations[i] = (struct invitation){ .unit = "", .card = true };
        status = new_code(code, invitations[i].code_hash, fail);
        if (status == STATUS_OK && !make_link(invite, arena, code, &codes[i]))
            status = FAIL(fail, STATUS_MEMORY, "not enough memory for %zu cards", count);
        sodium_memzero(code, sizeof code);
    }
    /* Codes are random, so the order of the sheet and the order of the rows have nothing to do with each other. */
    if (status == STATUS_OK)
        status = paper_cards(arena, &wave, codes, count, pdf, fail);
    if (status == STATUS_OK)
        status = store_invite(invite->store, invite->wave.id, invitations, count, fail);
    char fact[64]; /* for the privacy notice */
    snprintf(fact, sizeof fact, "cards.%s", invite->wave.name);
    return status == STATUS_OK ? store_fact_set(invite->store, fact, "1", fail) : status;
}
