/* Takes releases from the instance and writes them as PDF, JSON or text. */
#include "survey/results.h"

#include <jansson.h>
#include <math.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <string.h>
#include <time.h>

#include "reports/cells.h"
#include "reports/cover.h"
#include "reports/figures.h"
#include "reports/short.h"
#include "survey/release_json.h"
#include "survey/release_make.h"
#include "survey/wave.h"

enum { RESULTS_MEMORY_MAX = 1 << 30, PDF_MAX = 256 << 20 };

/* The release in force; the first of all is made here. */
static enum status find_stored(struct store *reader, struct arena *arena, const char *dir, const char *wave,
                               struct stored_release *stored, struct fail *fail)
{
    enum status status = store_release(reader, arena, wave, stored, NULL);
    if (status != STATUS_MISSING)
        return status == STATUS_OK ? status : FAIL(fail, status, "the stored release of %s cannot be read", wave);
    status = release_make(reader, dir, wave, 0, "release", fail);
    return status == STATUS_OK ? store_release(reader, arena, wave, stored, fail) : status;
}

/* A named wave must be counted: the analysis has nothing else. */
static enum status find_wave(struct store *reader, const char *wanted, char name[33], struct fail *fail)
{
    struct wave wave;
    if (wanted == NULL)
        return store_wave_newest(reader, name, fail);
    if (store_wave_find(reader, wanted, &wave, NULL) != STATUS_OK || wave.state != WAVE_COUNTED || wave.rehearsal)
        return FAIL(fail, STATUS_MISSING, "there is no counted wave %s", wanted);
    snprintf(name, 33, "%s", wave.name);
    return STATUS_OK;
}

enum status results_open(struct results *results, const char *dir, const char *wave, struct fail *fail)
{
    struct store *store = NULL;
    struct stored_release stored = { 0 };
    const struct form *form = NULL;
    char name[33], data[65];
    *results = (struct results){ 0 };
    arena_init(&results->arena, RESULTS_MEMORY_MAX);
    enum status status = store_open(dir, STORE_ANALYSE, &store, fail);
    if (status == STATUS_OK)
        status = find_wave(store, wave, name, fail);
    if (status == STATUS_OK)
        status = find_stored(store, &results->arena, dir, name, &stored, fail);
    if (status == STATUS_OK)
        status = wave_form(&results->arena, dir, name, &form, fail);
    if (status == STATUS_OK)
        status = release_json_read(&results->arena, stored.document, form, &results->release, fail);
    if (status == STATUS_OK)
        status = store_release_logged(store, name, stored.version, results->release->fingerprint, fail);
    if (status == STATUS_OK)
        status = store_remarks(store, &results->arena, name, &results->remarks, fail);
    if (status == STATUS_OK)
        status = store_release_data(store, name, data, fail);
    if (status == STATUS_OK) {
        results->version = stored.version;
        memcpy(results->created, stored.created, sizeof results->created);
        results->late = strcmp(data, stored.data) != 0;
    }
    store_close(store);
    return status;
}

void results_close(struct results *results)
{
    arena_free(&results->arena);
    results->release = NULL;
}

static double cpu_seconds(void)
{
    struct timespec now;
    return clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) == 0 ? (double)now.tv_sec + (double)now.tv_nsec * 1e-9 : 0;
}

static void sha256_hex(const struct buf *bytes, char hex[65])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_Digest(bytes->bytes, bytes->length, digest, &length, EVP_sha256(), NULL);
    sodium_bin2hex(hex, 65, digest, 32);
}

static bool ends_in(const char *path, const char *ending)
{
    const size_t length = strlen(path);
    const size_t own = strlen(ending);
    return length > own && strcmp(path + length - own, ending) == 0;
}

enum status report_write(const struct release *release, const struct remarks *remarks, const struct language *language,
                         enum edition edition, bool html, struct buf *out, size_t *pages, struct fail *fail)
{
    struct arena arena;
    struct doc doc;
    arena_init(&arena, RESULTS_MEMORY_MAX);
    doc_init(&doc, &arena, language);
    if (edition == EDITION_SHORT)
        short_build(release, remarks, &doc);
    else
        report_build(release, remarks, &doc);
    enum status status = doc_status(&doc, fail);
    *pages = 0;
    if (status == STATUS_OK && html)
        status = doc_write_page(&doc, out, fail);
    else if (status == STATUS_OK)
        status = doc_write_pdf(&doc, out, pages, fail);
    arena_free(&arena);
    return status;
}

enum status results_report(const struct results *results, const struct language *language, const char *path,
                           struct report_facts *facts, struct fail *fail)
{
    double start = cpu_seconds();
    struct buf bytes;
    buf_init(&bytes, PDF_MAX);
    enum status status = report_write(results->release, &results->remarks, language, EDITION_REPORT, ends_in(path, ".html"), &bytes,
                                      &facts->pages, fail);
    if (status == STATUS_OK) {
        sha256_hex(&bytes, facts->sha256);
        facts->bytes = bytes.length;
        status = buf_write_file(&bytes, path, 0644, fail);
    }
    facts->seconds = cpu_seconds() - start;
    buf_free(&bytes);
    return status;
}

enum status cover_write(const struct release *release, const struct remarks *remarks, const struct language *language,
                        const char *name, struct buf *out, struct fail *fail)
{
    bool odt = ends_in(name, ".odt");
    struct arena arena;
    struct doc doc;
    if (!odt && !ends_in(name, ".md"))
        return FAIL(fail, STATUS_USAGE, "%s: the cover paper is written as .odt or .md", name);
    arena_init(&arena, RESULTS_MEMORY_MAX);
    doc_init(&doc, &arena, language);
    cover_build(release, remarks, &doc);
    enum status status = odt ? doc_write_odt(&doc, out, fail) : doc_write_markdown(&doc, out, fail);
    arena_free(&arena);
    return status;
}

enum status tables_write(const struct release *release, const struct language *language, const char *name,
                         struct buf *out, struct fail *fail)
{
    if (ends_in(name, ".xlsx"))
        return cells_xlsx(release, language, out, fail);
    if (ends_in(name, ".zip"))
        return cells_open_data(release, language, out, fail);
    return FAIL(fail, STATUS_USAGE, "%s: the tables are written as .xlsx or as .zip with CSV and its description", name);
}

enum status results_export(const struct results *results, enum export_kind kind, const struct language *language,
                           const char *path, struct fail *fail)
{
    struct buf bytes;
    buf_init(&bytes, PDF_MAX);
    size_t pages = 0;
    enum status status = STATUS_OK;
    switch (kind) {
    case EXPORT_COVER: status = cover_write(results->release, &results->remarks, language, path, &bytes, fail); break;
    case EXPORT_TABLES: status = tables_write(results->release, language, path, &bytes, fail); break;
    case EXPORT_FIGURES:
        status = ends_in(path, ".zip") ? figures_write(results->release, language, &bytes, fail)
                                       : FAIL(fail, STATUS_USAGE, "%s: the figures are written as .zip", path);
        break;
    case EXPORT_SHORT:
        status = report_write(results->release, &results->remarks, language, EDITION_SHORT, ends_in(path, ".html"), &bytes,
                              &pages, fail);
        break;
    }
    if (status == STATUS_OK)
        status = buf_write_file(&bytes, path, 0644, fail);
    buf_free(&bytes);
    return status;
}

static json_t *cell_json(const struct released *cell)
{
    if (cell->sign != SIGN_SHOWN)
        return json_pack("{s:s}", "sign", release_sign(cell->sign));
    json_t *object = json_pack("{s:f,s:i}", "value", cell->value, "base", (int)cell->base);
    if (cell->ranged) {
        json_object_set_new(object, "low", json_real(cell->low));
        json_object_set_new(object, "high", json_real(cell->high));
    }
    if (cell->word != WORD_NONE)
        json_object_set_new(object, "word", json_string(release_word(cell->word, NULL)));
    return object;
}

static json_t *table_json(const struct release *release, const struct release_table *table)
{
    json_t *columns = json_array();
    json_t *rows = json_array();
    for (size_t column = 0; column < table->column_count; column++)
        json_array_append_new(columns, json_string(release_label(release, &table->columns[column].label, NULL)));
    for (size_t row = 0; row < table->row_count; row++) {
        json_t *cells = json_array();
        for (size_t column = 0; column < table->column_count; column++)
            json_array_append_new(cells, cell_json(&table->cells[row * table->column_count + column]));
        json_array_append_new(rows, json_pack("{s:s,s:s,s:o}", "id", table->rows[row].id, "label",
                                              release_label(release, &table->rows[row].label, NULL), "cells", cells));
    }
    return json_pack("{s:s,s:s,s:s,s:o,s:o}", "id", table->id, "title",
                     release_label(release, &table->title, NULL), "wave", table->wave, "columns", columns, "rows", rows);
}

enum status results_json(const struct release *release, FILE *out, struct fail *fail)
{
    json_t *tables = json_array();
    for (size_t i = 0; i < release->table_count; i++)
        json_array_append_new(tables, table_json(release, &release->tables[i]));
    json_t *document = json_pack("{s:s,s:s,s:b,s:i,s:I,s:I,s:s,s:o}", "city", release->city, "wave", release->wave,
                                 "demo", release->demo, "year", release->year, "planned", (json_int_t)release->planned,
                                 "suppressed", (json_int_t)release->suppressed, "fingerprint", release->fingerprint,
                                 "tables", tables);
    bool written = document != NULL && json_dumpf(document, out, JSON_COMPACT | JSON_REAL_PRECISION(12)) == 0;
    json_decref(document);
    return written && fputc('\n', out) != EOF ? STATUS_OK : fail_errno(fail, "write", "JSON");
}

static void print_cell(const struct released *cell, const struct language *language, FILE *out)
{
    static const char *const caps[] = { [CAP_NONE] = "", [CAP_AT_LEAST] = "\xE2\x89\xA5 ", [CAP_BELOW] = "< " };
    char value[64];
    char low[64];
    char high[64];
    if (cell->sign != SIGN_SHOWN) {
        fprintf(out, "\t%s", release_sign(cell->sign));
        return;
    }
    number_format(language, cell->value, cell->decimals, value, sizeof value);
    fprintf(out, "\t%s%s", caps[cell->cap], value);
    if (cell->ranged) {
        number_format(language, cell->low, cell->decimals, low, sizeof low);
        number_format(language, cell->high, cell->decimals, high, sizeof high);
        fprintf(out, " (%s – %s)", low, high);
    }
    if (cell->word != WORD_NONE)
        fprintf(out, " %s", release_word(cell->word, language));
}

void results_print(const struct release *release, const struct language *language, FILE *out)
{
    for (size_t i = 0; i < release->table_count; i++) {
        const struct release_table *table = &release->tables[i];
        fprintf(out, "\n%s  %s\n", table->id, release_label(release, &table->title, language));
        for (size_t column = 0; column < table->column_count; column++)
            fprintf(out, "\t%s", release_label(release, &table->columns[column].label, language));
        fputc('\n', out);
        for (size_t row = 0; row < table->row_count; row++) {
            fputs(release_label(release, &table->rows[row].label, language), out);
            for (size_t column = 0; column < table->column_count; column++)
                print_cell(&table->cells[row * table->column_count + column], language, out);
            fputc('\n', out);
        }
    }
}
