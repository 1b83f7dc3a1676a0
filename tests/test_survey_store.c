/* Contract of the store, run against every engine of stores.def: statements, draws, the analysis' closed doors, the
 * log. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "survey/store_private.h"

struct fixture {
    const struct store_engine *engine;
    char dir[64];
    struct store *store;
    struct arena arena;
    int64_t wave;
};

static void begin(struct fixture *fixture, const struct store_engine *engine)
{
    struct wave wave = { .name = "2025", .year = 2025, .state = WAVE_OPEN, .closes = "2025-06-30" };
    *fixture = (struct fixture){ .engine = engine, .dir = "/tmp/querschnitt-store-XXXXXX" };
    assert_non_null(mkdtemp(fixture->dir));
    arena_init(&fixture->arena, 16 << 20);
    assert_int_equal(engine->open(fixture->dir, STORE_WRITE, &fixture->store, NULL), STATUS_OK);
    assert_int_equal(store_wave_add(fixture->store, &wave, &fixture->wave, NULL), STATUS_OK);
}

static void end(struct fixture *fixture)
{
    char path[128];
    store_close(fixture->store);
    arena_free(&fixture->arena);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", fixture->dir);
    unlink(path);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite-journal", fixture->dir);
    unlink(path);
    rmdir(fixture->dir);
}

static void statements_prepare(struct fixture *fixture)
{
    for (int i = 0; i < SQL_COUNT; i++) {
        struct query query;
        query_open(&query, fixture->store, (enum sql)i, NULL);
        if (query.status != STATUS_OK)
            fail_msg("%s: %s", store_statements[i].name, sqlite3_errmsg(fixture->store->db));
        assert_int_equal(query_close(&query), STATUS_OK);
    }
}

static void analysis_is_shut_out(struct fixture *fixture)
{
    struct store *reader = NULL;
    assert_int_equal(fixture->engine->open(fixture->dir, STORE_ANALYSE, &reader, NULL), STATUS_OK);
    for (int i = 0; i < SQL_COUNT; i++) {
        struct query query;
        query_open(&query, reader, (enum sql)i, NULL);
        bool touches = strstr(store_statements[i].text, "invitation") || strstr(store_statements[i].text, "account");
        if (touches && query.status != STATUS_DENIED)
            fail_msg("%s is not denied", store_statements[i].name);
        if (store_statements[i].readers == STORE_ANALYSE && query.status != STATUS_OK)
            fail_msg("%s is denied", store_statements[i].name);
    }
    assert_int_not_equal(store_fact_set(reader, "city", "X", NULL), STATUS_OK);
    store_close(reader);
}

static void draws(struct fixture *fixture)
{
    struct invitation invitations[] = { { .unit = "51" }, { .unit = "" } };
    unsigned char first[32] = { 1 };
    unsigned char second[32] = { 2 };
    unsigned char unknown[32] = { 9 };
    struct draw draw = { .wave = fixture->wave };
    invitations[0].code_hash[0] = 7;
    invitations[1].code_hash[0] = 8;
    assert_int_equal(store_invite(fixture->store, fixture->wave, invitations, 2, NULL), STATUS_OK);
    static const struct {
        int code, blinded;
        enum draw_result expected;
        const char *unit;
    } steps[] = {
        { 2, 0, DRAW_UNKNOWN, "untouched" },  { 0, 0, DRAW_NEW, "51" }, { 0, 0, DRAW_REPEAT, "51" },
        { 0, 1, DRAW_CONFLICT, "untouched" }, { 1, 1, DRAW_NEW, "" },
    };
    const unsigned char *codes[] = { invitations[0].code_hash, invitations[1].code_hash, unknown };
    const unsigned char *blinded[] = { first, second };
    for (size_t i = 0; i < COUNT(steps); i++) {
        snprintf(draw.unit, sizeof draw.unit, "untouched");
        memcpy(draw.code_hash, codes[steps[i].code], 32);
        memcpy(draw.blinded_hash, blinded[steps[i].blinded], 32);
        assert_int_equal(store_draw(fixture->store, &draw, NULL), STATUS_OK);
        assert_int_equal(draw.result, steps[i].expected);
        assert_string_equal(draw.unit, steps[i].unit);
    }
    struct draw elsewhere = { .wave = fixture->wave + 1 };
    memcpy(elsewhere.code_hash, codes[0], 32);
    assert_int_equal(store_draw(fixture->store, &elsewhere, NULL), STATUS_OK);
    assert_int_equal(elsewhere.result, DRAW_UNKNOWN); /* a code of another wave */
    assert_int_equal(store_invite(fixture->store, fixture->wave, invitations, 1, NULL), STATUS_CONFLICT);
}

static void draw_keeps_the_file_size(struct fixture *fixture)
{
    enum { MANY = 500 };
    static struct invitation invitations[MANY];
    struct stat before;
    struct stat after;
    char path[128];
    unsigned char blinded[32];
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", fixture->dir);
    for (int i = 0; i < MANY; i++) {
        memset(invitations[i].code_hash, i * 37 % 251, 32);
        memcpy(invitations[i].code_hash, &i, sizeof i);
        invitations[i].unit = "51";
    }
    assert_int_equal(store_invite(fixture->store, fixture->wave, invitations, MANY, NULL), STATUS_OK);
    assert_int_equal(stat(path, &before), 0);
    memset(blinded, 0xEE, sizeof blinded);
    for (int i = 0; i < 50; i++) {
        struct draw draw = { .wave = fixture->wave };
        memcpy(draw.code_hash, invitations[i].code_hash, 32);
        memcpy(draw.blinded_hash, blinded, 32);
        assert_int_equal(store_draw(fixture->store, &draw, NULL), STATUS_OK);
        assert_int_equal(draw.result, DRAW_NEW);
    }
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_size, after.st_size);
    assert_int_equal(after.st_mode & 077, 0); /* nobody else may read it */
}

/* A reminder replaces the code unless it was drawn or exchanged for a card: one valid code a person, never two, never none. */
static void a_reminder_replaces_the_code(struct fixture *fixture)
{
    enum { PEOPLE = 3 };
    struct recipient people[PEOPLE];
    const struct recipient *due = NULL;
    struct arena arena;
    size_t count = 0;
    bool given = false;
    arena_init(&arena, 1 << 20);
    for (int i = 0; i < PEOPLE; i++) {
        people[i] = (struct recipient){ .line = (uint32_t)i + 2, .unit = "51", .language = "de", .email = "", .address = "" };
        memset(people[i].id, 0xA0 + i, sizeof people[i].id);
    }
    assert_int_equal(store_recipients_add(fixture->store, fixture->wave, people, PEOPLE, NULL), STATUS_OK);
    assert_int_equal(store_recipients_due(fixture->store, &arena, fixture->wave, &due, &count, NULL), STATUS_OK);
    assert_int_equal(count, PEOPLE);
    for (int i = 0; i < PEOPLE; i++) {
        unsigned char hash[32];
        memset(hash, 0x10 + i, sizeof hash);
        assert_int_equal(store_recipient_code(fixture->store, fixture->wave, &people[i], hash, &given, NULL), STATUS_OK);
        assert_true(given);
        assert_int_equal(store_recipient_sent(fixture->store, &people[i], NULL), STATUS_OK);
    }
    struct draw draw = { .wave = fixture->wave };
    memset(draw.code_hash, 0x10, 32);
    assert_int_equal(store_draw(fixture->store, &draw, NULL), STATUS_OK);
    assert_int_equal(draw.result, DRAW_NEW);
    assert_int_equal(store_recipients_again(fixture->store, fixture->wave, NULL), STATUS_OK);
    assert_int_equal(store_recipients_due(fixture->store, &arena, fixture->wave, &due, &count, NULL), STATUS_OK);
    assert_int_equal(count, PEOPLE - 1);
    unsigned char fresh[32];
    memset(fresh, 0x70, sizeof fresh);
    assert_int_equal(store_recipient_code(fixture->store, fixture->wave, &people[0], fresh, &given, NULL), STATUS_OK);
    assert_false(given); /* drawn meanwhile */
    assert_int_equal(store_recipient_code(fixture->store, fixture->wave, &people[1], fresh, &given, NULL), STATUS_OK);
    assert_true(given);
    struct draw old = { .wave = fixture->wave };
    memset(old.code_hash, 0x11, 32);
    assert_int_equal(store_draw(fixture->store, &old, NULL), STATUS_OK);
    assert_int_equal(old.result, DRAW_UNKNOWN);
    memcpy(old.code_hash, fresh, 32);
    assert_int_equal(store_draw(fixture->store, &old, NULL), STATUS_OK);
    assert_int_equal(old.result, DRAW_NEW);
    assert_int_equal(store_recipients_forget(fixture->store, fixture->wave, NULL), STATUS_OK);
    uint64_t left = 1;
    assert_int_equal(store_recipient_count(fixture->store, fixture->wave, &left, NULL), STATUS_OK);
    assert_int_equal(left, 0);
    arena_free(&arena);
}

static void a_card_takes_the_place_of_a_code(struct fixture *fixture)
{
    struct invitation invitations[3] = { { .unit = "51" }, { .unit = "51" }, { .unit = "", .card = true } };
    enum card_result result = CARD_UNKNOWN;
    struct cards cards = { 0 };
    for (int i = 0; i < 3; i++)
        memset(invitations[i].code_hash, 0x40 + i, 32);
    const unsigned char *codes[] = { invitations[0].code_hash, invitations[1].code_hash, invitations[2].code_hash };
    assert_int_equal(store_invite(fixture->store, fixture->wave, invitations, 3, NULL), STATUS_OK);
    assert_int_equal(store_card_take(fixture->store, fixture->wave, codes[2], &result, NULL), STATUS_OK);
    assert_int_equal(result, CARD_UNKNOWN); /* a card is no personal code */
    assert_int_equal(store_card_take(fixture->store, fixture->wave, codes[0], &result, NULL), STATUS_OK);
    assert_int_equal(result, CARD_TAKEN);
    assert_int_equal(store_card_take(fixture->store, fixture->wave, codes[0], &result, NULL), STATUS_OK);
    assert_int_equal(result, CARD_BEFORE);
    assert_int_equal(store_card_take(fixture->store, fixture->wave, codes[1], &result, NULL), STATUS_OK);
    assert_int_equal(result, CARD_NONE_LEFT);
    assert_int_equal(store_cards(fixture->store, fixture->wave, &cards, NULL), STATUS_OK);
    assert_true(cards.made == 1 && cards.handed_out == 1 && cards.used == 0);
    assert_int_equal(store_card_back(fixture->store, fixture->wave, codes[1], &result, NULL), STATUS_OK);
    assert_int_equal(result, CARD_UNKNOWN); /* none was handed out for it */
    assert_int_equal(store_card_back(fixture->store, fixture->wave, codes[0], &result, NULL), STATUS_OK);
    assert_int_equal(result, CARD_TAKEN);
    assert_int_equal(store_card_take(fixture->store, fixture->wave, codes[0], &result, NULL), STATUS_OK);
    assert_int_equal(result, CARD_TAKEN);
    struct draw draw = { .wave = fixture->wave };
    memcpy(draw.code_hash, codes[0], 32);
    assert_int_equal(store_draw(fixture->store, &draw, NULL), STATUS_OK);
    assert_int_equal(draw.result, DRAW_TAKEN);
    memcpy(draw.code_hash, codes[1], 32);
    draw.card_only = true;
    assert_int_equal(store_draw(fixture->store, &draw, NULL), STATUS_OK);
    assert_int_equal(draw.result, DRAW_PERSONAL);
    memcpy(draw.code_hash, codes[2], 32);
    assert_int_equal(store_draw(fixture->store, &draw, NULL), STATUS_OK);
    assert_int_equal(draw.result, DRAW_NEW);
    assert_int_equal(store_card_back(fixture->store, fixture->wave, codes[0], &result, NULL), STATUS_OK);
    assert_int_equal(result, CARD_ALL_USED); /* the only card was used: the code must not come back */
}

static void waves_go_forward(struct fixture *fixture)
{
    struct wave wave;
    int64_t id = 0;
    assert_int_equal(store_wave_find(fixture->store, "2025", &wave, NULL), STATUS_OK);
    assert_int_equal(wave.state, WAVE_OPEN);
    assert_int_equal(store_wave_add(fixture->store, &wave, &id, NULL), STATUS_CONFLICT);
    assert_int_equal(store_wave_state(fixture->store, wave.id, WAVE_CLOSED, NULL), STATUS_OK);
    assert_int_equal(store_wave_state(fixture->store, wave.id, WAVE_OPEN, NULL), STATUS_CONFLICT);
    assert_int_equal(store_wave_find(fixture->store, "1999", &wave, NULL), STATUS_MISSING);
}

static void count_replaces(struct fixture *fixture)
{
    const struct counted lines[] = { { NULL, "{}" }, { NULL, "{}" }, { "D8", "{\"D8\":[\"1\"]}" } };
    struct query query;
    int64_t number = 0;
    for (int i = 0; i < 2; i++)
        assert_int_equal(store_count(fixture->store, fixture->wave, lines, 3, "{}", NULL), STATUS_OK);
    query_open(&query, fixture->store, SQL_counted_number, NULL);
    query_bind(&query, 1, fixture->wave);
    query_bind(&query, 2, "");
    assert_int_equal(query_single(&query, &number), STATUS_OK);
    assert_int_equal(number, 2);
    struct wave wave;
    assert_int_equal(store_wave_find(fixture->store, "2025", &wave, NULL), STATUS_OK);
    assert_int_equal(wave.state, WAVE_COUNTED);
}

static const char *remark_now(struct fixture *fixture, struct arena *arena)
{
    struct remarks remarks;
    arena_init(arena, 1 << 20);
    assert_int_equal(store_remarks(fixture->store, arena, "2025", &remarks, NULL), STATUS_OK);
    const char *text = remark_text(&remarks, "said", language_default);
    return text == NULL ? "(none)" : text;
}

static void texts_go_back_until_frozen(struct fixture *fixture)
{
    static const char *const typed[] = { "one", "two", "two", "" };
    struct remark remark = { "said", "de", "" };
    struct arena arena;
    bool before = true;
    assert_int_equal(store_remark_put(fixture->store, "2031", &remark, NULL), STATUS_MISSING);
    assert_int_equal(store_remark_undo(fixture->store, "2025", &remark, NULL), STATUS_OK); /* nothing to go back to */
    for (size_t i = 0; i < COUNT(typed); i++) {
        remark.text = typed[i];
        assert_int_equal(store_remark_put(fixture->store, "2025", &remark, NULL), STATUS_OK);
    }
    assert_string_equal(remark_now(fixture, &arena), "(none)");
    arena_free(&arena);
    assert_int_equal(store_remark_before(fixture->store, "2025", &remark, &before, NULL), STATUS_OK);
    assert_true(before);
    assert_int_equal(store_remark_undo(fixture->store, "2025", &remark, NULL), STATUS_OK);
    assert_string_equal(remark_now(fixture, &arena), "two");
    arena_free(&arena);
    assert_int_equal(store_remarks_freeze(fixture->store, "2025", "2025-12-01", NULL), STATUS_OK);
    remark.text = "three";
    assert_int_equal(store_remark_put(fixture->store, "2025", &remark, NULL), STATUS_CONFLICT);
    assert_int_equal(store_remark_undo(fixture->store, "2025", &remark, NULL), STATUS_CONFLICT);
    assert_int_equal(store_remarks_freeze(fixture->store, "2025", "2025-12-02", NULL), STATUS_CONFLICT);
    assert_string_equal(remark_now(fixture, &arena), "two");
    arena_free(&arena);
}

static void heads_count_once(struct fixture *fixture)
{
    const struct unit units[] = { { .id = "S", .name = "Stadt", .level = UNIT_CITY },
                                  { .id = "D1", .name = "Dezernat", .level = UNIT_DIVISION },
                                  { .id = "51", .name = "Jugend", .level = UNIT_DEPARTMENT },
                                  { .id = "D2", .name = "Kultur", .level = UNIT_DIVISION } };
    const char *const parents[] = { "", "S", "D1", "S" };
    struct cube_row rows[3];
    /* D1 has fewer heads than the department below it: its own staff. The city has the sum of all. */
    const uint32_t heads[] = { 4, 90, 94 };
    const char *const ids[] = { "D1", "51", "S" };
    for (size_t i = 0; i < 3; i++)
        rows[i] = (struct cube_row){ .band = CUBE_ALL,
                                     .employment = '*',
                                     .leadership = CUBE_ALL,
                                     .sex = '*',
                                     .age = CUBE_ALL,
                                     .fixed_term = CUBE_ALL,
                                     .part_time = CUBE_ALL,
                                     .german = CUBE_ALL,
                                     .heads = heads[i] };
    const struct cube cube = { .year = 2025, .month = 6, .day = 30, .rows = rows, .row_count = 3 };
    const struct unit *list = NULL;
    const struct participation *found = NULL;
    size_t list_count = 0;
    size_t count = 0;
    assert_int_equal(store_units(fixture->store, units, parents, 4, NULL), STATUS_OK);
    assert_int_equal(store_cube(fixture->store, &cube, ids, NULL), STATUS_OK);
    assert_int_equal(store_unit_list(fixture->store, &fixture->arena, &list, &list_count, NULL), STATUS_OK);
    assert_int_equal(list_count, 4);
    for (size_t i = 0; i < list_count; i++)
        assert_true(list[i].parent < (int)i);
    assert_int_equal(store_heads(fixture->store, &fixture->arena, list, list_count, &found, &count, NULL), STATUS_OK);
    uint32_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += found[i].invited;
    assert_int_equal(total, 94);
}

static void audit_tells_of_changes(struct fixture *fixture)
{
    const struct audit_row *rows = NULL;
    size_t count = 0;
    bool intact = false;
    assert_int_equal(store_audit_add(fixture->store, "a", "import", "units", NULL), STATUS_OK);
    assert_int_equal(store_audit_add(fixture->store, "b", "user add", "c", NULL), STATUS_OK);
    assert_int_equal(store_audit(fixture->store, &fixture->arena, &rows, &count, &intact, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_true(intact);
    assert_int_not_equal(sqlite3_exec(fixture->store->db, "UPDATE audit SET person = 'x'", NULL, NULL, NULL),
                         SQLITE_OK);
    assert_int_equal(sqlite3_exec(fixture->store->db,
                                  "DROP TRIGGER audit_keep; UPDATE audit SET person = 'x' WHERE id = 1", NULL, NULL,
                                  NULL),
                     SQLITE_OK);
    assert_int_equal(store_audit(fixture->store, &fixture->arena, &rows, &count, &intact, NULL), STATUS_OK);
    assert_false(intact);
}

static void transaction_undone(struct fixture *fixture)
{
    char value[16];
    assert_int_equal(store_begin(fixture->store, NULL), STATUS_OK);
    assert_int_equal(store_fact_set(fixture->store, "city", "X", NULL), STATUS_OK);
    assert_int_equal(store_end(fixture->store, STATUS_INPUT, NULL), STATUS_INPUT);
    assert_int_equal(store_fact(fixture->store, "city", value, sizeof value, NULL), STATUS_MISSING);
}

static const struct contract {
    const char *name;
    void (*run)(struct fixture *fixture);
} contracts[] = {
    { "every statement prepares", statements_prepare },
    { "the analysis cannot name invitations and accounts", analysis_is_shut_out },
    { "draws: new, repeat, conflict, unknown", draws },
    { "a draw changes in place", draw_keeps_the_file_size },
    { "a reminder replaces the code", a_reminder_replaces_the_code },
    { "a card takes the place of a code", a_card_takes_the_place_of_a_code },
    { "waves go forward only", waves_go_forward },
    { "a count replaces the one before", count_replaces },
    { "texts go back until they are frozen", texts_go_back_until_frozen },
    { "every head counts once", heads_count_once },
    { "the audit log tells of changes", audit_tells_of_changes },
    { "a failed transaction leaves nothing", transaction_undone },
};

struct plan {
    const struct store_engine *engine;
    const struct contract *contract;
    char name[128];
};

static void check(void **state)
{
    const struct plan *plan = *state;
    struct fixture fixture;
    begin(&fixture, plan->engine);
    plan->contract->run(&fixture);
    end(&fixture);
}

int main(void)
{
    enum { ENGINE_MAX = 8 };
    static struct plan plans[ENGINE_MAX * COUNT(contracts)];
    static struct CMUnitTest tests[COUNT(plans)];
    size_t count = 0;
    for (size_t e = 0; store_engines[e] != NULL && e < ENGINE_MAX; e++)
        for (size_t i = 0; i < COUNT(contracts); i++, count++) {
            plans[count] = (struct plan){ .engine = store_engines[e], .contract = &contracts[i] };
            snprintf(plans[count].name, sizeof plans[count].name, "%s: %s", store_engines[e]->name, contracts[i].name);
            tests[count] = (struct CMUnitTest){ plans[count].name, check, NULL, NULL, &plans[count] };
        }
    return _cmocka_run_group_tests("store", tests, count, NULL, NULL);
}
