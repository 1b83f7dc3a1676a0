/* Options of an item: from LimeSurvey's answers, from its subquestions, or those its types bring themselves. */
#include "forms/limesurvey_native.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Codes of LimeSurvey are letters and digits already; whatever a file claims, ours are too. */
static const char *option_code(struct lime *lime, const char *wanted, const struct item *item)
{
    char code[FORM_CODE_MAX + 1];
    size_t length = 0;
    for (const char *at = wanted; *at != '\0' && length < FORM_CODE_MAX - 5; at++)
        code[length++] = isalnum((unsigned char)*at) || strchr("_-.", *at) != NULL ? *at : '_';
    if (length == 0)
        code[length++] = '0';
    code[length] = '\0';
    for (unsigned n = 2; item_option(item, code) >= 0 && n <= FORM_OPTION_MAX + 1; n++)
        snprintf(code + length, sizeof code - length, "_%u", n);
    char *kept = arena_string(lime->arena, code);
    if (kept == NULL) {
        lime_fail(lime);
        return "0";
    }
    if (strcmp(kept, wanted) != 0)
        lime_lose(lime, kept, N_("The code “%.40s” cannot be used as it is."), wanted);
    return kept;
}

/* Room for count more; false when the list would be too long: said once, at the first that does not fit. */
static struct option *more_options(struct lime *lime, struct item *item, size_t count)
{
    struct option *all = lime_new(lime, item->option_count + count, sizeof *all);
    if (all == NULL)
        return NULL;
    if (item->option_count > 0)
        memcpy(all, item->options, item->option_count * sizeof *all);
    item->options = all;
    return all;
}

static bool is_full(struct lime *lime, const struct item *item, size_t left)
{
    size_t most = item->type->kind == QTYPE_SET ? FORM_SET_MAX : FORM_OPTION_MAX;
    if (item->option_count < most)
        return false;
    lime_lose(lime, N_("the options before them"), N_("%zu options are too many: at most %zu are possible."), left,
              most);
    return true;
}

/* {"as":"A1","code":"agree","missing":true}: the code and the marks the option had before it went to LimeSurvey. */
static const json_t *native_option(const struct lime *lime, const char *code)
{
    const json_t *options = json_object_get(lime->native_item, "options");
    for (size_t i = 0; i < json_array_size(options); i++)
        if (strcmp(lime_native_string(json_array_get(options, i), "as", ""), code) == 0)
            return json_array_get(options, i);
    return NULL;
}

static void put(struct lime *lime, struct option *all, const char *code, const struct text *label, struct item *item)
{
    struct option *option = &all[item->option_count];
    const json_t *native = native_option(lime, code);
    const json_t *points = json_object_get(native, "points");
    *option = (struct option){ .code = option_code(lime, lime_native_string(native, "code", code), item),
                               .label = *label,
                               .points = -1,
                               .missing = json_is_true(json_object_get(native, "missing")),
                               .exclusive = json_is_true(json_object_get(native, "exclusive")) };
    if (json_is_integer(points) && json_integer_value(points) >= 0 && json_integer_value(points) <= 3)
        option->points = (int8_t)json_integer_value(points);
    if (option->label.in[0] == NULL)
        option->label.in[0] = option->code;
    if (strcmp(option->code, code) != 0) {
        char name[FORM_ID_MAX + FORM_CODE_MAX + 2];
        snprintf(name, sizeof name, LIME_CODE_NAME, item->id, code);
        lime_name(lime, name, 0, option->code);
    }
    item->option_count++;
}

void lime_option_add(struct lime *lime, const char *code, const struct text *label, struct item *item)
{
    struct option *all = is_full(lime, item, 1) ? NULL : more_options(lime, item, 1);
    if (all != NULL)
        put(lime, all, code, label, item);
}

void lime_options_answers(struct lime *lime, const struct lime_question *question, long scale, struct item *item)
{
    struct option *all = more_options(lime, item, question->answer_count);
    for (size_t i = 0; all != NULL && i < question->answer_count; i++) {
        const struct lime_answer *answer = &question->answers[i];
        struct text label;
        if (answer->scale != scale)
            continue;
        if (is_full(lime, item, question->answer_count - i))
            return;
        lime_text(lime, &answer->text, MARKUP_LINE, false, NULL, &label);
        put(lime, all, answer->code, &label, item);
    }
}

void lime_options_rows(struct lime *lime, const struct lime_question *question, long scale, struct item *item)
{
    struct option *all = more_options(lime, item, question->subquestion_count);
    for (size_t i = 0; all != NULL && i < question->subquestion_count; i++) {
        const struct lime_subquestion *row = &question->subquestions[i];
        struct text label;
        if (row->scale != scale)
            continue;
        if (is_full(lime, item, question->subquestion_count - i))
            return;
        lime_text(lime, &row->text, MARKUP_LINE, false, NULL, &label);
        put(lime, all, row->code, &label, item);
    }
}

void lime_options_steps(struct lime *lime, unsigned count, struct item *item)
{
    struct option *all = more_options(lime, item, count);
    for (unsigned i = 1; all != NULL && i <= count; i++) {
        const struct text none = { 0 };
        char code[16];
        snprintf(code, sizeof code, "%u", i);
        put(lime, all, code, &none, item);
        for (size_t j = 1; j < lime->survey->language_count; j++)
            all[item->option_count - 1].label.in[j] = all[item->option_count - 1].code;
    }
}

void lime_options_words(struct lime *lime, const char *const codes[], const char *const words[], size_t count,
                        struct item *item)
{
    struct option *all = more_options(lime, item, count);
    for (size_t i = 0; all != NULL && i < count; i++) {
        struct text label;
        lime_word(lime, words[i], &label);
        put(lime, all, codes[i], &label, item);
    }
}
