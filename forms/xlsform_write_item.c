/* The row of one question: the nearest type of XLSForm, and what it cannot say in columns of this program's own. */
#include <stdio.h>
#include <string.h>

#include "forms/expression.h"
#include "forms/xlsform_write.h"

#define OWN "querschnitt::"

static const char *const plain_columns[] = { "required",   "relevant",   "constraint", "calculation",
                                             "appearance", "parameters", "default" };
static const char *const own_columns[] = {
    OWN "role",       OWN "type",          OWN "list",         OWN "off",     OWN "sensitive",
    OWN "detached",   OWN "detached_with", OWN "options_from", OWN "show_if", OWN "valid_if",
    OWN "value",      OWN "choose_min",    OWN "choose_max",   OWN "min",     OWN "max",
    OWN "step",       OWN "decimals",      OWN "grain",        OWN "total",   OWN "lines",
    OWN "length_max", OWN "initial",       OWN "shuffle",      OWN "rotate",  OWN "matrix",
};

void xlsform_item_columns(struct xlsform_out *out)
{
    grid_init(&out->survey, &out->arena);
    grid_column(&out->survey, "type", true);
    grid_column(&out->survey, "name", true);
    xlsform_text_columns(out, &out->survey, "label");
    xlsform_text_columns(out, &out->survey, "hint");
    for (size_t i = 0; i < COUNT(plain_columns); i++)
        grid_column(&out->survey, plain_columns[i], false);
    xlsform_text_columns(out, &out->survey, "constraint_message");
    for (size_t i = 0; i < COUNT(own_columns); i++)
        grid_column(&out->survey, own_columns[i], false);
    xlsform_text_columns(out, &out->survey, OWN "unit");
    xlsform_text_columns(out, &out->survey, OWN "low");
    xlsform_text_columns(out, &out->survey, OWN "high");
}

static void set(struct xlsform_out *out, const char *head, const char *text)
{
    out->survey.full = out->survey.full || text == NULL;
    grid_set(&out->survey, head, text);
}

static const char *number_text(struct xlsform_out *out, int64_t number, unsigned decimals)
{
    struct buf text;
    buf_init(&text, 64);
    number_write(number, decimals, &text);
    const char *copy = arena_string(&out->arena, text.bytes);
    buf_free(&text);
    out->survey.full = out->survey.full || copy == NULL;
    return copy != NULL ? copy : "";
}

static const char *date_text(struct xlsform_out *out, int64_t number, enum date_grain grain)
{
    struct buf text;
    buf_init(&text, 64);
    date_write(number, grain, &text);
    const char *copy = arena_string(&out->arena, text.bytes);
    buf_free(&text);
    out->survey.full = out->survey.full || copy == NULL;
    return copy != NULL ? copy : "";
}

/* "select_one LIST"; without a list of its own the choices come from a file the city has. */
static void set_select(struct xlsform_out *out, const struct item *item, const char *type, const char *list)
{
    if (item->options_from != NULL) {
        xlsform_out_lose(out, N_("a file of choices that has to be supplied"), N_("choices that the city supplies"));
        set(out, "type", arena_format(&out->arena, "%s_from_file %s.csv", type, item->options_from));
        grid_set(&out->survey, OWN "type", item->type->id);
        grid_set(&out->survey, OWN "list", list);
    } else
        set(out, "type", arena_format(&out->arena, "%s %s", type, list != NULL ? list : ""));
}

static void write_choice(struct xlsform_out *out, const struct item *item, const char *list)
{
    const char *id = item->type->id;
    bool scale = strcmp(id, "scale") == 0;
    if (strcmp(id, "consent") == 0) {
        grid_set(&out->survey, "type", "acknowledge");
        grid_set(&out->survey, OWN "type", id);
        grid_set(&out->survey, OWN "list", list);
        return;
    }
    set_select(out, item, "select_one", list);
    if (scale)
        grid_set(&out->survey, "appearance", "likert");
    else if (strcmp(id, "single") != 0) {
        grid_set(&out->survey, OWN "type", id);
        grid_set(&out->survey, OWN "list", list);
    }
}

static void write_number(struct xlsform_out *out, const struct item *item)
{
    const char *min = number_text(out, item->min, item->decimals);
    const char *max = number_text(out, item->max, item->decimals);
    bool slider = strcmp(item->type->id, "slider") == 0;
    if (slider)
        set(out, "parameters",
            arena_format(&out->arena, "start=%s end=%s step=%s", min, max,
                         item->step > 0 ? number_text(out, item->step, item->decimals) : "1"));
    else
        set(out, "constraint", arena_format(&out->arena, ". >= %s and . <= %s", min, max));
    grid_set(&out->survey, "type", slider ? "range" : item->decimals > 0 ? "decimal" : "integer");
    grid_set(&out->survey, OWN "min", min);
    grid_set(&out->survey, OWN "max", max);
    if (item->step > 0)
        grid_set(&out->survey, OWN "step", number_text(out, item->step, item->decimals));
    grid_set(&out->survey, OWN "decimals", number_text(out, item->decimals, 0));
    if (item->step > 0 && !slider)
        xlsform_out_lose(out, NULL, N_("the step between numbers"));
}

static void write_date(struct xlsform_out *out, const struct item *item)
{
    static const char *const grains[] = { [DATE_YEAR] = "year", [DATE_QUARTER] = "quarter", [DATE_MONTH] = "month" };
    grid_set(&out->survey, "type", "date");
    grid_set(&out->survey, "appearance", item->grain == DATE_YEAR ? "year" : "month-year");
    grid_set(&out->survey, OWN "grain", grains[item->grain]);
    grid_set(&out->survey, OWN "min", date_text(out, item->min, item->grain));
    grid_set(&out->survey, OWN "max", date_text(out, item->max, item->grain));
    if (item->grain == DATE_QUARTER)
        xlsform_out_lose(out, N_("year and month"), N_("a date by quarters"));
}

/* How many may be chosen, for other programs. */
static void write_chosen(struct xlsform_out *out, const struct item *item)
{
    struct buf rule;
    buf_init(&rule, 64 * 1024);
    if (item->choose_min > 0)
        buf_format(&rule, "count-selected(.) >= %u", item->choose_min);
    if (item->choose_max > 0)
        buf_format(&rule, "%scount-selected(.) <= %u", rule.length > 0 ? " and " : "", item->choose_max);
    for (size_t i = 0; i < item->option_count; i++)
        if (item->options[i].exclusive)
            buf_format(&rule, "%snot(selected(., '%s') and count-selected(.) > 1)", rule.length > 0 ? " and " : "",
                       item->options[i].code);
    if (rule.length > 0)
        set(out, "constraint", arena_string(&out->arena, rule.bytes));
    buf_free(&rule);
}

static void write_type(struct xlsform_out *out, const struct item *item, const char *list)
{
    switch (item->type->kind) {
    case QTYPE_CHOICE: write_choice(out, item, list); break;
    case QTYPE_SET:
        set_select(out, item, "select_multiple", list);
        write_chosen(out, item);
        break;
    case QTYPE_ORDER: set(out, "type", arena_format(&out->arena, "rank %s", list != NULL ? list : "")); break;
    case QTYPE_TEXT:
        grid_set(&out->survey, "type", "text");
        if (item->lines != 1)
            grid_set(&out->survey, "appearance", "multiline");
        break;
    case QTYPE_NUMBER: write_number(out, item); break;
    case QTYPE_DATE: write_date(out, item); break;
    case QTYPE_AMOUNTS:
        grid_set(&out->survey, "type", "text");
        grid_set(&out->survey, OWN "type", item->type->id);
        grid_set(&out->survey, OWN "list", list);
        xlsform_set_number(out, &out->survey, OWN "total", item->max, 0);
        xlsform_out_lose(out, N_("a text"), N_("a sum spread over several things"));
        break;
    case QTYPE_NONE: grid_set(&out->survey, "type", item->value != NULL ? "calculate" : "note"); break;
    }
}

/* Expressions stand in the language of this program. */
void xlsform_set_expression(struct xlsform_out *out, const char *head, const struct expression *expression)
{
    struct buf text;
    if (expression == NULL)
        return;
    buf_init(&text, 64 * 1024);
    expression_write_text(expression, &text);
    set(out, head, text.failed ? NULL : arena_string(&out->arena, text.bytes));
    buf_free(&text);
}

static void write_expressions(struct xlsform_out *out, const struct item *item)
{
    xlsform_set_expression(out, OWN "show_if", item->show_if);
    xlsform_set_expression(out, OWN "valid_if", item->valid_if);
    xlsform_set_expression(out, OWN "value", item->value);
    if (item->show_if != NULL)
        xlsform_out_lose(out, N_("other programs always show the question"), N_("the condition of the question"));
    if (item->valid_if != NULL)
        xlsform_out_lose(out, N_("other programs take every answer"), N_("the rule for answers"));
    if (item->value != NULL)
        xlsform_out_lose(out, N_("other programs know no value"), N_("the computed value"));
}

static void write_own(struct xlsform_out *out, const struct item *item)
{
    struct grid *grid = &out->survey;
    xlsform_set_flag(grid, OWN "off", item->off && (item->type->kind != QTYPE_TEXT || out->form->free_text));
    xlsform_set_flag(grid, OWN "sensitive", item->sensitive);
    xlsform_set_flag(grid, OWN "detached", item->detached);
    grid_set(grid, OWN "detached_with", item->detached_with);
    grid_set(grid, OWN "options_from", item->options_from);
    xlsform_set_count(out, grid, OWN "choose_min", item->choose_min);
    xlsform_set_count(out, grid, OWN "choose_max", item->choose_max);
    xlsform_set_count(out, grid, OWN "lines", item->lines);
    xlsform_set_count(out, grid, OWN "length_max", item->length_max);
    xlsform_set_flag(grid, OWN "shuffle", item->shuffle);
    grid_set(grid, OWN "initial", item->initial);
    xlsform_set_text(out, grid, OWN "unit", &item->unit);
    xlsform_set_text(out, grid, OWN "low", &item->low);
    xlsform_set_text(out, grid, OWN "high", &item->high);
    xlsform_set_flag(grid, "required", item->required);
    if (item->shuffle)
        grid_set(grid, "parameters", "randomize=true");
    if (item->unit.in[0] != NULL || item->low.in[0] != NULL || item->high.in[0] != NULL)
        xlsform_out_lose(out, NULL, N_("the unit or the words at the ends"));
    if (item->detached)
        xlsform_out_lose(out, N_("other programs store it together with them"),
                         N_("the answer is stored apart from all others"));
    if (item->off)
        xlsform_out_lose(out, N_("other programs ask it"), N_("the question is switched off"));
}

void xlsform_write_item(struct xlsform_out *out, size_t position)
{
    const struct item *item = &out->form->items[position];
    out->where = item->id;
    grid_row(&out->survey);
    grid_set(&out->survey, "name", item->id);
    xlsform_set_text(out, &out->survey, "label", &item->label);
    xlsform_set_text(out, &out->survey, "hint", &item->hint);
    xlsform_set_text(out, &out->survey, "constraint_message", &item->valid_text);
    write_type(out, item, out->lists[position]);
    write_expressions(out, item);
    write_own(out, item);
}
