/* What stays of an import beside its rows: the delivery, by which it can be undone, and the line in the audit log
 * (V24). Not responsible for checking files (import.c) or for the rows themselves (store_hr.c, table_store.c). */
#include <stdio.h>
#include <string.h>

#include "survey/import_private.h"
#include "survey/store_private.h"

enum status import_delivery(struct store *store, const struct import_report *report, struct fail *fail)
{
    struct query query;
    char day[16];
    int today[3];
    int64_t id = 0;
    import_today(today);
    snprintf(day, sizeof day, "%04d-%02d-%02d", today[0] % 10000, today[1] % 100, today[2] % 100);
    query_open(&query, store, SQL_delivery_add, fail);
    query_bind(&query, 1, report->kind);
    query_bind(&query, 2, day);
    query_bind(&query, 3, (int64_t)report->rows);
    return query_single(&query, &id);
}

enum status import_audit(struct store *store, const struct import_file *file, const struct import_report *report,
                         struct fail *fail)
{
    char detail[256];
    snprintf(detail, sizeof detail, "%s mode=%c map=%s rows=%zu warnings=%zu%s%s sha256=%s", report->kind, report->mode,
             report->map, report->rows, report->warnings,
             report->warnings == 0 ? "" : " accepted-by=", report->warnings == 0 ? "" : file->user, report->sha256);
    return store_audit_add(store, file->user, "import", detail, fail);
}

enum status import_last(struct store *store, struct delivery *delivery, struct fail *fail)
{
    struct query query;
    struct delivery last = { .id = 0 };
    query_open(&query, store, SQL_delivery_last, fail);
    if (query_row(&query)) {
        last.id = query_number(&query, 0);
        snprintf(last.kind, sizeof last.kind, "%s", query_text(&query, 1));
        snprintf(last.day, sizeof last.day, "%s", query_text(&query, 2));
        last.rows = (size_t)query_number(&query, 3);
        snprintf(last.scope, sizeof last.scope, "%s", query_text(&query, 4));
        last.locked = query_number(&query, 5) != 0;
    }
    enum status status = query_close(&query);
    if (status == STATUS_OK && last.id == 0)
        status = FAIL(fail, STATUS_MISSING, "there is no import that could be undone");
    if (status == STATUS_OK)
        *delivery = last;
    return status;
}

/* Empties the table of a kind, as far as the delivery reached, and brings back what stood there. */
static enum status bring_back(struct store *store, const struct delivery *delivery, enum sql clear, enum sql bring,
                              struct fail *fail)
{
    struct query query;
    query_open(&query, store, clear, fail);
    if (clear == SQL_cube_clear)
        query_bind(&query, 1, (const char *)delivery->scope);
    enum status status = query_run(&query);
    if (status != STATUS_OK)
        return status;
    query_open(&query, store, bring, fail);
    query_bind(&query, 1, delivery->id);
    return query_run(&query);
}

static enum status take_back(struct store *store, const struct delivery *delivery, struct fail *fail)
{
    static const struct {
        const char *kind;
        enum sql clear, bring;
    } replaced[] = {
        { "units", SQL_unit_clear, SQL_unit_bring },
        { "workforce", SQL_cube_clear, SQL_cube_bring },
        { "records", SQL_cube_clear, SQL_cube_bring },
        { "population", SQL_reference_empty, SQL_reference_bring },
    };
    for (size_t i = 0; i < COUNT(replaced); i++)
        if (strcmp(delivery->kind, replaced[i].kind) == 0)
            return bring_back(store, delivery, replaced[i].clear, replaced[i].bring, fail);
    return STATUS_OK; /* a table of tables.def: the delivery before is uncovered */
}

enum status import_undo(struct store *store, const char *user, struct delivery *delivery, struct fail *fail)
{
    struct query query;
    struct delivery last;
    char detail[128];
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK)
        status = import_last(store, &last, fail);
    if (status == STATUS_OK && last.locked)
        status = FAIL(fail, STATUS_CONFLICT,
                      "a finished report rests on the last import (%s, %s); it stays. Import a corrected file instead",
                      last.kind, last.day);
    if (status == STATUS_OK)
        status = take_back(store, &last, fail);
    if (status == STATUS_OK) {
        query_open(&query, store, SQL_delivery_undo, fail);
        query_bind(&query, 1, last.id);
        status = query_run(&query);
    }
    if (status == STATUS_OK) {
        snprintf(detail, sizeof detail, "%s rows=%zu of %s", last.kind, last.rows, last.day);
        status = store_audit_add(store, user, "import undone", detail, fail);
    }
    status = store_end(store, status, fail);
    if (status == STATUS_OK)
        *delivery = last;
    return status;
}
