/* Expressions of LimeSurvey, and the conditions of its older versions, as expressions of ours. What cannot be
 * translated is reported: a question is then shown to everybody, an answer accepted, never the reverse by mistake. */
#include <stdio.h>
#include <string.h>

#include "forms/expression_foreign.h"
#include "forms/limesurvey_map.h"

static bool find(void *context, const char *name, struct foreign_name *found)
{
    const struct lime *lime = context;
    const struct lime_name *named = lime_named(lime, name);
    if (named == NULL || named->item >= lime->item_count)
        return false;
    *found = (struct foreign_name){ .item = &lime->items[named->item].item, .code = named->code };
    return true;
}

/* Codes of a file of ours are those the form had before (querschnitt_items). */
static const char *code(void *context, const struct item *item, const char *theirs)
{
    const struct lime *lime = context;
    char name[FORM_ID_MAX + FORM_CODE_MAX + 2];
    snprintf(name, sizeof name, LIME_CODE_NAME, item->id, theirs);
    const struct lime_name *named = lime_named(lime, name);
    return named != NULL ? named->code : theirs;
}

const char *lime_expression(struct lime *lime, const struct item *own, const char *foreign, const char *instead)
{
    const struct foreign reading = { .arena = lime->arena, .own = own, .find = find, .code = code, .context = lime };
    const char *native = NULL;
    foreign += strspn(foreign, " \t\r\n");
    if (foreign[0] == '\0' || strcmp(foreign, "1") == 0)
        return NULL;
    struct fail fail = { .language = lime->ui };
    enum status status = expression_from_limesurvey(&reading, foreign, &native, &fail);
    if (status == STATUS_MEMORY)
        lime_fail(lime);
    else if (status != STATUS_OK)
        lime_lose(lime, instead, N_("The condition “%.200s” cannot be translated: %s."), foreign, fail.what);
    return native;
}

/* One row of "conditions": the field is the name of an answer; "+" before it marks a box of a multiple choice, a bare
 * field of one has the code of the box as its value. False when it looks at something that is no answer. */
static bool write_condition(const struct lime *lime, const struct lime_condition *condition, struct buf *out)
{
    const char *field = condition->field + (condition->field[0] == '+' ? 1 : 0);
    char box[200];
    if (field[0] == '{' || field[0] == '\0') /* a property of a participant */
        return false;
    snprintf(box, sizeof box, "%.100s%.60s", field, condition->value);
    const struct lime_name *named = lime_named(lime, box);
    if (strcmp(condition->method, "RX") == 0)
        return false;
    if (strcmp(condition->method, " ") == 0 || condition->value[0] == '\0')
        buf_format(out, strcmp(condition->method, "!=") == 0 ? "!is_empty(%s.NAOK)" : "is_empty(%s.NAOK)", field);
    else if (named != NULL && named->code != NULL && condition->field[0] != '+')
        buf_format(out, "%s.NAOK %s \"Y\"", box, condition->method);
    else if (condition->value[0] == '@')
        buf_format(out, "%s.NAOK %s %.*s.NAOK", field, condition->method, (int)strcspn(condition->value + 1, "@"),
                   condition->value + 1);
    else if (strpbrk(condition->method, "<>") != NULL) /* the order of numbers, not of texts */
        buf_format(out, "%s.NAOK %s %s", field, condition->method, condition->value);
    else
        buf_format(out, "%s.NAOK %s \"%s\"", field, condition->method, condition->value);
    return strpbrk(condition->value, "\"{\\") == NULL;
}

/* Conditions on the same question are alternatives, those on different ones must all hold; scenarios are alternatives
 * again. That is how LimeSurvey reads the table. */
static bool write_scenario(const struct lime *lime, const struct lime_question *question, long scenario, bool done[],
                           struct buf *out)
{
    size_t asked = 0;
    for (size_t i = 0; i < question->condition_count; i++) {
        if (done[i] || question->conditions[i].scenario != scenario)
            continue;
        buf_add_string(out, asked++ > 0 ? " and (" : "(");
        size_t alternatives = 0;
        for (size_t j = i; j < question->condition_count; j++) {
            const struct lime_condition *other = &question->conditions[j];
            if (done[j] || other->scenario != scenario || strcmp(other->asked, question->conditions[i].asked) != 0)
                continue;
            done[j] = true;
            buf_add_string(out, alternatives++ > 0 ? " or " : "");
            if (!write_condition(lime, other, out))
                return false;
        }
        buf_add_string(out, ")");
    }
    return true;
}

static const char *conditions(struct lime *lime, const struct lime_question *question)
{
    enum { CONDITIONS_MAX = 256 };
    bool done[CONDITIONS_MAX] = { false };
    struct buf out;
    bool good = question->condition_count <= CONDITIONS_MAX;
    buf_init(&out, 16 * 1024);
    for (size_t i = 0; good && i < question->condition_count; i++) {
        if (done[i])
            continue;
        buf_add_string(&out, out.length > 0 ? " or (" : "(");
        good = write_scenario(lime, question, question->conditions[i].scenario, done, &out);
        buf_add_string(&out, ")");
    }
    const char *foreign = good && !out.failed ? arena_copy(lime->arena, out.bytes, out.length) : NULL;
    if (foreign == NULL)
        lime_lose(lime, N_("shown always"), N_("Conditions of the question: %zu."), question->condition_count);
    buf_free(&out);
    return foreign;
}

const char *lime_relevance(struct lime *lime, const struct lime_question *question)
{
    const char *relevance = question->relevance;
    bool empty = relevance[strspn(relevance, " \t\r\n1")] == '\0';
    if (empty && question->condition_count > 0) /* later versions keep both: the expression is the valid one */
        relevance = conditions(lime, question);
    return relevance != NULL ? lime_expression(lime, NULL, relevance, N_("shown always")) : NULL;
}
