/* Writes generated expressions with generated answers and what they are worth here, one JSON object a line, for the
 * browser's half of the language to be held against (expression_cases.mjs). Usage: expression_cases COUNT SEED
 *
 * {"expression":…,"answers":{"A":"1",…},"missing":["A-9"],"calculated":{"K":…},"own":…,"value":…,"truth":true}
 * A value is null (missing), true/false, {"number":"hex"}, {"text":"…"} or {"set":["a"]}; numbers as hexadecimal
 * doubles. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "forms/expression.h"
#include "forms/form_yaml.h"
#include "forms/qtype.h"

static const char yaml[] =
    "form: f\nversion: \"1\"\ntitle: T\nlanguages: [de]\nfree_text: yes\noptions:\n"
    "  steps: [{code: \"1\", de: A}, {code: \"02\", de: B}, {code: \"3.5\", de: C}, {code: x, de: D}, "
    "{code: \"9\", missing: yes, de: E}]\npages:\n  - id: P\n    title: P\n    items:\n"
    "      - {id: A, type: single, text: T, options: steps}\n"
    "      - {id: B, type: single, text: T, options: steps}\n"
    "      - {id: S, type: multiple, text: T, options: steps}\n"
    "      - {id: N, type: number, text: T, min: \"-100\", max: \"1000000\", decimals: \"2\"}\n"
    "      - {id: M, type: number, text: T, min: \"0\", max: \"7\"}\n"
    "      - {id: D, type: date, text: T, min: 2024-01, max: 2026-12}\n"
    "      - {id: T, type: text, text: T, detached: yes}\n"
    "      - {id: R, type: ranking, text: T, options: steps}\n"
    "      - {id: U, type: sum, text: T, total: \"10\", options: steps}\n"
    "      - {id: K, type: calculated, value: \"N / 3 + M\"}\n"
    "      - {id: L, type: calculated, value: \"if(A = 1, B, coalesce(M, 5))\"}\n"
    "      - {id: Z, type: number, text: T, min: \"0\", max: \"9\"}\n";

static const char *const ids[] = { "A", "B", "S", "N", "M", "D", "R", "U", "K", "L" };
static const char *const codes[] = { "1", "02", "\"3.5\"", "x", "9", "2.0", "\"x\"", "\"2024-07\"", "\"\"", "7" };

struct maker {
    struct seeded random;
    struct buf out;
    unsigned depth;
};

static uint32_t any(struct maker *maker, uint32_t bound)
{
    return seeded_below(&maker->random, bound);
}

static void write_expression(struct maker *maker);

static void write_call(struct maker *maker)
{
    static const struct {
        const char *name;
        uint32_t least, most;
    } calls[] = { { "answered", 1, 1 }, { "selected", 2, 2 }, { "count", 1, 3 },  { "sum", 1, 4 },
                  { "min", 1, 4 },      { "max", 1, 4 },      { "int", 1, 1 },    { "number", 1, 1 },
                  { "if", 3, 3 },       { "coalesce", 1, 3 }, { "length", 1, 1 }, { "round", 1, 1 } };
    const uint32_t call = any(maker, COUNT(calls));
    const uint32_t count = calls[call].least + any(maker, calls[call].most - calls[call].least + 1);
    buf_format(&maker->out, "%s(", calls[call].name);
    for (uint32_t i = 0; i < count; i++) {
        buf_add_string(&maker->out, i > 0 ? ", " : "");
        if (call == 1 && i == 1)
            buf_add_string(&maker->out, any(maker, 2) == 0 ? "\"x\"" : "1");
        else
            write_expression(maker);
    }
    if (call == 11 && any(maker, 2) == 0)
        buf_format(&maker->out, ", %u", any(maker, 7));
    buf_add_byte(&maker->out, ')');
}

static void write_leaf(struct maker *maker)
{
    switch (any(maker, 5)) {
    case 0: buf_format(&maker->out, "%u", any(maker, 12)); return;
    case 1: buf_format(&maker->out, "%u.%02u", any(maker, 100), any(maker, 100)); return;
    case 2: buf_add_string(&maker->out, any(maker, 8) == 0 ? "value" : "answered(T)"); return;
    default: buf_add_string(&maker->out, ids[any(maker, COUNT(ids))]); return;
    }
}

static void write_expression(struct maker *maker)
{
    static const char *const signs[] = { " + ",  " - ", " * ",  " / ",   " mod ", " < ",
                                         " <= ", " > ", " >= ", " and ", " or " };
    if (maker->depth == 4 || any(maker, 4) == 0) {
        write_leaf(maker);
        return;
    }
    maker->depth++;
    buf_add_byte(&maker->out, '(');
    switch (any(maker, 6)) {
    case 0: write_call(maker); break;
    case 1:
        buf_add_string(&maker->out, any(maker, 2) == 0 ? "not " : "-");
        buf_add_byte(&maker->out, '(');
        write_expression(maker);
        buf_add_byte(&maker->out, ')');
        break;
    case 2:
        write_expression(maker);
        buf_format(&maker->out, " %s %s", any(maker, 2) == 0 ? "=" : "!=", codes[any(maker, COUNT(codes))]);
        break;
    case 3:
        write_expression(maker);
        buf_format(&maker->out, " in (%s, %s)", codes[any(maker, COUNT(codes))], codes[any(maker, COUNT(codes))]);
        break;
    default:
        write_expression(maker);
        buf_add_string(&maker->out, signs[any(maker, COUNT(signs))]);
        write_expression(maker);
        break;
    }
    buf_add_byte(&maker->out, ')');
    maker->depth--;
}

/* Answers as JSON, read by the types themselves; a third is left out. */
static void answer(struct maker *maker, struct arena *arena, const struct form *form, struct answers *answers)
{
    static const char *const singles[] = { "\"1\"", "\"02\"", "\"3.5\"", "\"x\"", "\"9\"" };
    static const char *const sets[] = { "[\"1\"]", "[\"x\",\"9\"]", "[\"1\",\"02\",\"3.5\"]", "[\"9\"]" };
    static const char *const numbers[] = { "0", "3", "-2.25", "0.1", "99.99", "123456.78", "7" };
    static const char *const dates[] = { "\"2024-01\"", "\"2024-07\"", "\"2026-12\"" };
    static const char *const sums[] = { "{\"1\":10}", "{\"02\":4,\"x\":6}" };
    static const char *const texts[] = { "\"a\"", "\"\xC3\xA4\xE2\x82\xAC\"" };
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        struct fail fail = { 0 };
        const char *json = NULL;
        if (item->type->parse == NULL || any(maker, 3) == 0)
            continue;
        switch (item->type->kind) {
        case QTYPE_CHOICE: json = singles[any(maker, COUNT(singles))]; break;
        case QTYPE_SET:
        case QTYPE_ORDER: json = sets[any(maker, COUNT(sets))]; break;
        case QTYPE_NUMBER:
            json = item->decimals > 0 ? numbers[any(maker, COUNT(numbers))] : numbers[any(maker, 2)];
            break;
        case QTYPE_DATE: json = dates[any(maker, COUNT(dates))]; break;
        case QTYPE_AMOUNTS: json = sums[any(maker, COUNT(sums))]; break;
        case QTYPE_TEXT: json = texts[any(maker, COUNT(texts))]; break;
        case QTYPE_NONE: break;
        }
        json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);
        if (item->type->parse(arena, item, value, &answers->items[i], &fail) != STATUS_OK) {
            fprintf(stderr, "%s: %s: %s\n", item->id, json, fail.what);
            exit(1);
        }
        json_decref(value);
    }
}

static void print_value(const struct value *value, const struct scope *scope, struct buf *out)
{
    const char *between = "[";
    switch (value->kind) {
    case VALUE_MISSING: buf_add_string(out, "null"); return;
    case VALUE_TRUTH: buf_add_string(out, value->number != 0.0 ? "true" : "false"); return;
    case VALUE_NUMBER: buf_format(out, "{\"number\":\"%a\"}", value->number); return;
    case VALUE_TEXT:
        buf_add_string(out, "{\"text\":");
        json_write_string(out, value->text);
        buf_add_byte(out, '}');
        return;
    case VALUE_SET: break;
    }
    buf_add_string(out, "{\"set\":");
    struct buf set;
    buf_init(&set, 4096);
    scope->answers->form->items[value->item].type->write(&scope->answers->form->items[value->item],
                                                         &scope->answers->items[value->item], &set);
    json_t *written = json_loads(set.bytes, 0, NULL);
    const char *code;
    json_t *amount;
    size_t i;
    if (json_is_object(written)) {
        json_object_foreach(written, code, amount)
        {
            buf_format(out, "%s\"%s\"", between, code);
            between = ",";
        }
    } else {
        json_array_foreach(written, i, amount)
        {
            buf_format(out, "%s\"%s\"", between, json_string_value(amount));
            between = ",";
        }
    }
    json_decref(written);
    buf_free(&set);
    buf_add_string(out, "]}");
}

static bool print_case(struct maker *maker, const struct form *form)
{
    struct arena arena;
    struct answers answers;
    struct value calculated[CALCULATED_MAX];
    bool shown[FORM_ITEM_MAX];
    const struct expression *expression = NULL;
    const struct item *own = form_item(form, "Z");
    struct fail fail = { 0 };
    size_t column = 0;
    arena_init(&arena, 1 << 20);
    maker->depth = 0;
    buf_clear(&maker->out);
    write_expression(maker);
    bool good = answers_create(&arena, form, &answers, NULL) == STATUS_OK &&
                expression_parse(&arena, maker->out.bytes, &expression, &column, &fail) == STATUS_OK &&
                expression_resolve(&arena, form, form->item_count, own, expression, &expression, NULL, NULL, &fail) ==
                    STATUS_OK;
    if (good) {
        answer(maker, &arena, form, &answers);
        answers_shown_values(&answers, shown, calculated, form->item_count);
        const struct scope scope = { &answers, shown, calculated, own };
        const struct value value = expression_value(expression, &scope);
        struct buf line;
        buf_init(&line, 1 << 16);
        buf_add_string(&line, "{\"source\":");
        json_write_string(&line, maker->out.bytes);
        buf_add_string(&line, ",\"expression\":");
        expression_write(expression, &line);
        buf_add_string(&line, ",\"ballot\":");
        answers_write(&answers, &line);
        buf_add_string(&line, ",\"value\":");
        print_value(&value, &scope, &line);
        buf_format(&line, ",\"truth\":%s}", value_truth(&value) ? "true" : "false");
        puts(line.bytes);
        buf_free(&line);
    }
    arena_free(&arena);
    return good;
}

int main(int count, char **words)
{
    struct arena arena;
    const struct form *form = NULL;
    struct fail fail = { 0 };
    struct maker maker = { .depth = 0 };
    if (count != 3)
        return 2;
    arena_init(&arena, 8 << 20);
    buf_init(&maker.out, 1 << 20);
    seeded_init(&maker.random, strtoull(words[2], NULL, 10));
    if (form_parse_yaml(&arena, "cases", yaml, sizeof yaml - 1, &form, NULL, NULL, &fail) != STATUS_OK) {
        fprintf(stderr, "%s\n", fail.what);
        return 1;
    }
    for (size_t i = 0; i < form->item_count; i++)
        if (form->items[i].value != NULL) {
            printf("{\"calculated\":\"%s\",\"expression\":", form->items[i].id);
            struct buf json;
            buf_init(&json, 4096);
            expression_write(form->items[i].value, &json);
            printf("%s}\n", json.bytes);
            buf_free(&json);
        }
    const unsigned long wanted = strtoul(words[1], NULL, 10);
    unsigned long made = 0;
    for (unsigned long tries = 0; made < wanted && tries < 20 * wanted; tries++)
        made += print_case(&maker, form) ? 1 : 0;
    buf_free(&maker.out);
    arena_free(&arena);
    return made == wanted ? 0 : 1;
}
