#include "survey/wave_tables.h"

#include <fnmatch.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { LIST_MAX = 256 << 10, TABLES_MAX = 400, COLUMNS_MAX = 64, PATTERN_ROOM = 64 };

static const char first_line[] = "querschnitt-tables-1";
static const char readers_line[] = "readers=personnel office, staff council, council, public: the same tables for all";
static const char column_mark[] = " | ";

bool leave_out_ok(const char *patterns)
{
    return strlen(patterns) < LEAVE_OUT_ROOM &&
           strspn(patterns, "abcdefghijklmnopqrstuvwxyz0123456789.*_- ") == strlen(patterns);
}

/* Every other table says how many stand behind its figures by the ballots in these. */
static bool needed(const char *id)
{
    return strncmp(id, "dq1.", 4) == 0;
}

static enum status strike(struct plan *plan, struct planned_table *kept, const char *pattern, struct fail *fail)
{
    size_t count = 0, struck = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const bool fits = fnmatch(pattern, plan->tables[i].id, 0) == 0;
        if (fits && needed(plan->tables[i].id))
            return FAIL(fail, STATUS_INPUT, "the table %s cannot be left out: the others rest on the ballots in it",
                        plan->tables[i].id);
        struck += fits;
        if (!fits)
            kept[count++] = plan->tables[i];
    }
    if (struck == 0)
        return FAIL(fail, STATUS_INPUT, "no table of this survey is called %s; querschnitt wave tables lists them", pattern);
    *plan = (struct plan){ kept, count };
    return STATUS_OK;
}

enum status tables_without(struct store *store, struct arena *arena, const struct form *form, const char *leave_out,
                           struct wave_tables *tables, struct fail *fail)
{
    struct wave_tables made = { .fixed = true };
    char pattern[PATTERN_ROOM];
    enum status status = policy_read(store, &made.least, fail);
    if (status == STATUS_OK)
        status = plan_build(arena, form, &made.plan, fail);
    struct planned_table *kept = ARENA_NEW(arena, struct planned_table, made.plan.count + 1);
    if (status == STATUS_OK && kept == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the list of tables");
    for (const char *at = leave_out; status == STATUS_OK && *(at += strspn(at, " ")) != '\0'; at += strcspn(at, " ")) {
        const size_t length = strcspn(at, " ");
        snprintf(pattern, sizeof pattern, "%.*s", (int)(length < sizeof pattern ? length : sizeof pattern - 1), at);
        status = strike(&made.plan, kept, pattern, fail);
    }
    if (status == STATUS_OK)
        *tables = made;
    return status;
}

enum status tables_next(struct store *store, struct arena *arena, const struct form *form, struct wave_tables *tables,
                        struct fail *fail)
{
    char leave_out[LEAVE_OUT_ROOM] = "";
    enum status status = store_fact(store, "leave_out", leave_out, sizeof leave_out, NULL);
    if (status != STATUS_OK && status != STATUS_MISSING)
        return FAIL(fail, status, "the setting leave_out cannot be read");
    return tables_without(store, arena, form, leave_out, tables, fail);
}

static void hash(const char *bytes, size_t length, char hex[65])
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256((const unsigned char *)bytes, length, digest);
    sodium_bin2hex(hex, 65, digest, sizeof digest);
}

enum status tables_list_write(const struct wave_tables *tables, struct buf *out, char hex[65], struct fail *fail)
{
    char thresholds[POLICY_TEXT];
    policy_print(&tables->least, thresholds);
    buf_format(out, "%s\n%s\n%s\n", first_line, thresholds, readers_line);
    for (size_t i = 0; i < tables->plan.count; i++) {
        const struct planned_table *table = &tables->plan.tables[i];
        buf_format(out, "%s\t%s\t%s\t", table->id, table->indicator, table->title);
        for (size_t c = 0; c < table->column_count; c++)
            buf_format(out, "%s%s", c == 0 ? "" : column_mark, table->columns[c]);
        buf_add_byte(out, '\n');
    }
    enum status status = buf_status(out, "the list of tables", fail);
    if (status == STATUS_OK)
        hash(out->bytes, out->length, hex);
    return status;
}

/* Cuts the text at the first mark, or at its end; returns what stands before. */
static char *cut(char **text, const char *mark)
{
    char *piece = *text, *end = strstr(*text, mark);
    if (end == NULL) {
        *text += strlen(*text);
        return piece;
    }
    *end = '\0';
    *text = end + strlen(mark);
    return piece;
}

static bool read_table(struct arena *arena, char *line, struct planned_table *table)
{
    const char **columns = ARENA_NEW(arena, const char *, COLUMNS_MAX);
    size_t count = 0;
    *table = (struct planned_table){ .id = cut(&line, "\t"), .indicator = cut(&line, "\t"), .title = cut(&line, "\t"),
                                     .columns = columns };
    while (columns != NULL && *line != '\0' && count < COLUMNS_MAX)
        columns[count++] = cut(&line, column_mark);
    table->column_count = count;
    return columns != NULL && table->id[0] != '\0' && table->title[0] != '\0' && *line == '\0';
}

enum status tables_list_read(struct arena *arena, const char *bytes, struct wave_tables *tables, struct fail *fail)
{
    struct wave_tables read = { .fixed = true };
    char *text = arena_string(arena, bytes);
    struct planned_table *list = ARENA_NEW(arena, struct planned_table, TABLES_MAX);
    if (text == NULL || list == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the list of tables");
    const bool known = strcmp(cut(&text, "\n"), first_line) == 0;
    enum status status = policy_scan(cut(&text, "\n"), &read.least, NULL);
    bool good = known && status == STATUS_OK && strcmp(cut(&text, "\n"), readers_line) == 0;
    read.plan.tables = list;
    while (good && *text != '\0' && read.plan.count < TABLES_MAX) {
        struct planned_table *table = &list[read.plan.count];
        good = read_table(arena, cut(&text, "\n"), table) && plan_find(&read.plan, table->id) == NULL;
        read.plan.count++;
    }
    if (!good || *text != '\0' || read.plan.count == 0)
        return FAIL(fail, STATUS_INPUT, "this is no list of tables of this version");
    *tables = read;
    return STATUS_OK;
}

enum status tables_of_manifest(struct arena *arena, const char *path, const struct manifest *manifest,
                               struct wave_tables *tables, struct fail *fail)
{
    char hex[65];
    struct buf bytes;
    *tables = (struct wave_tables){ .fixed = false };
    if (manifest->tables[0] == '\0')
        return STATUS_OK;
    buf_init(&bytes, LIST_MAX);
    enum status status = buf_read_file(&bytes, path, fail);
    if (status == STATUS_OK) {
        hash(bytes.bytes == NULL ? "" : bytes.bytes, bytes.length, hex);
        if (strcmp(hex, manifest->tables) != 0)
            status = FAIL(fail, STATUS_CONFLICT, "%s is not the list of tables the survey %s was frozen with: bring it back from a "
                                                 "backup. Without it nothing is released", path, manifest->wave);
    }
    if (status == STATUS_OK)
        status = tables_list_read(arena, bytes.bytes, tables, fail);
    buf_free(&bytes);
    return status;
}

enum status wave_tables(struct arena *arena, const char *dir, const char *wave, struct wave_tables *tables,
                        struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct manifest manifest;
    *tables = (struct wave_tables){ .fixed = false };
    wave_path(path, dir, wave, TABLES_FILE);
    enum status status = wave_manifest(dir, wave, &manifest, fail);
    return status == STATUS_OK ? tables_of_manifest(arena, path, &manifest, tables, fail) : status;
}

enum status tables_beyond(struct arena *arena, const struct form *form, const struct wave_tables *tables,
                          struct plan *beyond, struct fail *fail)
{
    struct plan all = { 0 };
    size_t count = 0;
    *beyond = (struct plan){ 0 };
    if (!tables->fixed)
        return STATUS_OK;
    enum status status = plan_build(arena, form, &all, fail);
    struct planned_table *kept = ARENA_NEW(arena, struct planned_table, all.count + 1);
    if (status == STATUS_OK && kept == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the list of tables");
    for (size_t i = 0; i < all.count && status == STATUS_OK; i++)
        if (plan_find(&tables->plan, all.tables[i].id) == NULL)
            kept[count++] = all.tables[i];
    if (status == STATUS_OK)
        *beyond = (struct plan){ kept, count };
    return status;
}
