/* For fuzzing the importers: a file made of arbitrary bytes, read in both ways into a store that stays as it was.
 *
 * The first byte chooses the kind (modulo kinds) and what follows: bit 6, the rest is the file as it is; otherwise the header of
 * the kind stands first and every following byte fills one field: below 0xC0 a word that may belong there, else so many
 * raw bytes. Bit 7: what passed the check is stored as well, and taken back. */
#ifndef TESTS_IMPORT_FUZZ_H
#define TESTS_IMPORT_FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "survey/import.h"

#define FUZZ_UNITS \
    "org_id;bezeichnung;ebene;ober_id;publikum;im_bericht\nS;Stadt;STADT;;0;1\nFB10;Innere Dienste;FB;S;0;1\nFB50;Soziales;FB;S;1;1\n"
#define FUZZ_HASH "0123456789abcdef0123456789abcde"

struct fuzz_store {
    char dir[64];
    struct store *store;
};
static struct fuzz_store fuzz_store; /* one for all inputs: making one takes longer than everything else */

static inline void fuzz_must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

static inline void fuzz_remove(void)
{
    char path[128];
    store_close(fuzz_store.store);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", fuzz_store.dir);
    unlink(path);
    rmdir(fuzz_store.dir);
}

static inline enum status fuzz_take(const struct import_file *file, struct arena *arena, struct import_report *report)
{
    struct fail fail = { 0 };
    arena_init(arena, 64 << 20);
    return import_bytes(fuzz_store.store, arena, file, report, &fail);
}

static inline void fuzz_begin(void)
{
    static const char *const files[][2] = {
        { "units", FUZZ_UNITS },
        { "recommendations", "emp_id;titel;beschluss_datum;vorlage_nr\nE01;a;;\nE02;b;;\n" },
        { "measures", "mass_id;emp_id;titel;org_id;beginn_soll;ende_soll;budget_eur;indikator_id;zielwert;zielwert_begruendung\n"
                      "M01;E01;a;FB10;2024-01-01;2025-12-31;;;;\n" },
    };
    strcpy(fuzz_store.dir, "/tmp/querschnitt-fuzz-XXXXXX");
    fuzz_must(mkdtemp(fuzz_store.dir) != NULL, "no folder");
    fuzz_must(store_open(fuzz_store.dir, STORE_WRITE, &fuzz_store.store, NULL) == STATUS_OK, "no store");
    for (size_t i = 0; i < COUNT(files); i++) {
        struct arena arena;
        struct import_report report;
        const struct import_file file = { .kind = files[i][0], .bytes = files[i][1], .length = strlen(files[i][1]), .user = "fuzz",
                                          .accept_warnings = true };
        fuzz_must(fuzz_take(&file, &arena, &report) == STATUS_OK, "the fixture is refused");
        arena_free(&arena);
    }
    atexit(fuzz_remove);
}

/* The number-th word of the codes of the column ("T, B, A"), then of those that fit often. */
static inline void fuzz_word(struct buf *out, const char *what, unsigned number)
{
    static const char *const often[] = { "", "*", "0", "1", "9", "12", "1,5", "0.5", "2025", "2024", "2025-06-30", "30.06.2025",
                                         "2024-01-01", "FB10", "FB50", "S", "E01", "M01", "x", "E 9b", "A 13", "Summe", "deu",
                                         "2,0E+07", "-1", "4294967296", FUZZ_HASH "0", FUZZ_HASH "1", FUZZ_HASH "2",
                                         "05916000", "5916000", "1980", "2004" };
    size_t codes = 1;
    for (const char *c = what; *c != '\0'; c++)
        codes += *c == ',';
    number %= (unsigned)(2 * codes + COUNT(often)); /* codes are twice as likely */
    if (number >= 2 * codes) {
        buf_add_string(out, often[number - 2 * codes]);
        return;
    }
    for (number %= (unsigned)codes; number > 0; number--)
        what = strchr(what, ',') + 1;
    what += strspn(what, " ");
    buf_add(out, what, strcspn(what, ",;"));
}

static inline void fuzz_rows(struct buf *out, const struct import_kind *kind, const uint8_t *bytes, size_t length)
{
    struct import_column column;
    import_template(kind, out);
    for (size_t i = 0; length > 0;) {
        if (!import_column_at(kind, i, NULL, &column)) {
            buf_add_string(out, "\n");
            i = 0;
            continue;
        }
        const uint8_t byte = *bytes++;
        length--;
        buf_add_string(out, i == 0 ? "" : ";");
        if (byte < 0xC0) {
            fuzz_word(out, column.what, byte);
        } else {
            const size_t raw = length < (byte & 0x3Fu) ? length : byte & 0x3Fu;
            buf_add(out, bytes, raw);
            bytes += raw;
            length -= raw;
        }
        i++;
    }
}

/* Findings are in order, readable, and as many as were counted. */
static inline void fuzz_check_report(const struct import_report *report, enum status status)
{
    size_t errors = 0, warnings = 0;
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct finding *finding = &report->findings[i];
        fuzz_must(utf8_valid(finding->message, strlen(finding->message)), "a message is no UTF-8");
        fuzz_must(i == 0 || status == STATUS_LIMIT || finding[-1].line <= finding->line || report->rows == 0, "out of order");
        errors += finding->severity == SEVERITY_ERROR;
        warnings += finding->severity == SEVERITY_WARNING;
    }
    if (report->finding_count < FINDING_MAX)
        fuzz_must(errors == report->errors && warnings == report->warnings, "findings are missing");
    fuzz_must((status == STATUS_OK) == (report->errors == 0 && !report->unaccepted) || status > STATUS_INPUT, "status and errors differ");
}

static inline void fuzz_check_same(const struct import_report *a, const struct import_report *b)
{
    fuzz_must(a->finding_count == b->finding_count && a->rows == b->rows && strcmp(a->sha256, b->sha256) == 0, "reports differ");
    for (size_t i = 0; i < a->finding_count; i++)
        fuzz_must(strcmp(a->findings[i].message, b->findings[i].message) == 0 && a->findings[i].line == b->findings[i].line,
                  "findings differ");
}

/* Checked in both ways of reading; then, if asked for, stored and taken back. */
static inline void fuzz_file(const struct import_kind *kind, const struct buf *bytes, bool store)
{
    struct arena arenas[3];
    struct import_report reports[3];
    struct buf own;
    buf_init(&own, 16 << 20);
    buf_add(&own, bytes->bytes, bytes->length);
    struct import_file file = { .kind = kind->kind, .bytes = bytes->bytes, .length = bytes->length, .user = "fuzz", .dry_run = true };
    const enum status checked = fuzz_take(&file, &arenas[0], &reports[0]);
    fuzz_check_report(&reports[0], checked);
    file.own = &own;
    file.bytes = own.bytes;
    fuzz_must(fuzz_take(&file, &arenas[1], &reports[1]) == checked, "both ways of reading differ");
    fuzz_check_same(&reports[0], &reports[1]);
    if (store) {
        struct delivery undone;
        file = (struct import_file){ .kind = kind->kind, .bytes = bytes->bytes, .length = bytes->length, .user = "fuzz",
                                     .accept_warnings = true };
        fuzz_must(fuzz_take(&file, &arenas[2], &reports[2]) == checked, "checked and stored differ");
        if (checked == STATUS_OK)
            fuzz_must(import_undo(fuzz_store.store, "fuzz", &undone, NULL) == STATUS_OK, "it cannot be taken back");
        arena_free(&arenas[2]);
    }
    arena_free(&arenas[0]);
    arena_free(&arenas[1]);
    buf_free(&own);
}

static inline void fuzz_import(const struct import_kind *kind, uint8_t how, const uint8_t *bytes, size_t length)
{
    struct buf text;
    if (fuzz_store.store == NULL)
        fuzz_begin();
    buf_init(&text, 16 << 20);
    if ((how & 0x40) != 0)
        buf_add(&text, bytes, length);
    else
        fuzz_rows(&text, kind, bytes, length);
    if (!text.failed && text.bytes != NULL)
        fuzz_file(kind, &text, (how & 0x80) != 0);
    buf_free(&text);
}

#endif
