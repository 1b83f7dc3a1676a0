/* Bounds of numbers from a constraint like ". >= 0 and . <= 120" or from "start=0 end=10 step=1", and defaults. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/xlsform.h"

enum { WIDE = 1000000 /* whole units on both sides when nobody says what makes sense */ };

struct bounds {
    const char *low, *high; /* decimals as written; NULL: none */
    bool above, below;      /* the bound itself is not allowed */
};

static const char *skip(const char *text)
{
    return text + strspn(text, " \t\n()");
}

static const char *take_number(struct xlsform *form, const char **text)
{
    size_t length = strspn(*text, "-");
    length += strspn(*text + length, "0123456789.");
    if (length == 0 || length > 20 || !isdigit((unsigned char)(*text)[length - 1]))
        return NULL;
    const char *number = arena_copy(form->arena, *text, length);
    if (number == NULL)
        xlsform_full(form);
    *text += length;
    return number;
}

/* One comparison "OP NUMBER" behind the dot, or "NUMBER OP" before it (turned around). */
static bool take_comparison(struct xlsform *form, const char **text, struct bounds *bounds)
{
    bool dot_first = **text == '.' && !isdigit((unsigned char)(*text)[1]);
    const char *number = NULL;
    if (dot_first)
        (*text)++;
    else if ((number = take_number(form, text)) == NULL)
        return false;
    *text = skip(*text);
    char sign = **text;
    if (sign != '<' && sign != '>')
        return false;
    (*text)++;
    bool equal = **text == '=';
    *text = skip(*text + (equal ? 1 : 0));
    if (dot_first && (number = take_number(form, text)) == NULL)
        return false;
    if (!dot_first && *(*text)++ != '.')
        return false;
    bool low = dot_first ? sign == '>' : sign == '<';
    if (low) {
        bounds->low = number;
        bounds->above = !equal;
    } else {
        bounds->high = number;
        bounds->below = !equal;
    }
    return true;
}

static bool take_constraint(struct xlsform *form, const char *text, struct bounds *bounds)
{
    text = skip(text);
    while (*text != '\0') {
        if (!take_comparison(form, &text, bounds))
            return false;
        text = skip(text);
        if (strncmp(text, "and", 3) == 0)
            text = skip(text + 3);
        else if (*text != '\0')
            return false;
    }
    return bounds->low != NULL || bounds->high != NULL;
}

/* The value of "key=" in a list of parameters; NULL when there is none. */
static const char *parameter(struct xlsform *form, const char *list, const char *key)
{
    size_t length = strlen(key);
    for (const char *at = list; (at = strstr(at, key)) != NULL; at += length) {
        const char *sign = at + length + strspn(at + length, " ");
        if ((at != list && strchr(" ,;", at[-1]) == NULL) || *sign != '=')
            continue;
        sign += 1 + strspn(sign + 1, " ");
        return take_number(form, &sign);
    }
    return NULL;
}

static unsigned decimals_of(const char *number)
{
    const char *point = number != NULL ? strchr(number, '.') : NULL;
    size_t count = point != NULL ? strlen(point + 1) : 0;
    return count > NUMBER_DECIMALS_MAX ? NUMBER_DECIMALS_MAX : (unsigned)count;
}

static int64_t read_bound(const char *number, unsigned decimals, int64_t fallback)
{
    int64_t units = 0;
    return number != NULL && number_read(number, decimals, &units) ? units : fallback;
}

bool xlsform_bounds(struct xlsform *form, enum xlsform_kind kind, const char *constraint, const char *parameters,
                    struct item *item)
{
    struct bounds bounds = { 0 };
    const char *step = NULL;
    bool simple = constraint[0] == '\0' || take_constraint(form, constraint, &bounds);
    if (!simple)
        bounds = (struct bounds){ 0 };
    if (kind == KIND_RANGE) {
        const char *start = parameter(form, parameters, "start");
        const char *end = parameter(form, parameters, "end");
        step = parameter(form, parameters, "step");
        bounds.low = start != NULL ? start : "1";
        bounds.high = end != NULL ? end : "10";
        step = step != NULL ? step : "1";
        bounds.above = bounds.below = false;
    } else if (kind == KIND_PERCENT && constraint[0] == '\0')
        bounds = (struct bounds){ .low = "0", .high = "100" };
    unsigned low = decimals_of(bounds.low);
    unsigned high = decimals_of(bounds.high);
    unsigned own = step != NULL ? decimals_of(step) : kind == KIND_DECIMAL ? 2 : 0;
    item->decimals = low > high ? low : high;
    item->decimals = item->decimals > own ? item->decimals : own;
    int64_t wide = WIDE * decimal_units(item->decimals);
    item->min = read_bound(bounds.low, item->decimals, -wide) + (bounds.above ? 1 : 0);
    item->max = read_bound(bounds.high, item->decimals, wide) - (bounds.below ? 1 : 0);
    item->step = step != NULL ? read_bound(step, item->decimals, 1) : 0;
    if (item->max < item->min) { /* a range counted downwards */
        int64_t swapped = item->min;
        item->min = item->max;
        item->max = swapped;
    }
    if (item->step < 0)
        item->step = -item->step;
    if (item->min == item->max || (item->step > 0 && (item->max - item->min) % item->step != 0)) {
        xlsform_lose(form, N_("a number with wide bounds"), N_("bounds and step do not fit together"));
        item->min = -wide;
        item->max = wide;
        item->step = 0;
    } else if (bounds.low == NULL || bounds.high == NULL)
        xlsform_lose(form, N_("wide bounds: give “min” and “max”"),
                     N_("nothing says from where to where the number goes"));
    return simple;
}

static const char *quoted(struct xlsform *form, const char *text)
{
    struct buf out;
    buf_init(&out, 64 * 1024);
    json_write_string(&out, text);
    const char *copy = out.failed ? NULL : arena_copy(form->arena, out.bytes, out.length);
    buf_free(&out);
    if (copy == NULL)
        xlsform_full(form);
    return copy;
}

/* Position of the choice of that name as written; -1 when there is none. */
static int position_of(const struct xlsform_list *list, const char *name, size_t length)
{
    for (size_t i = 0; i < list->option_count; i++)
        if (strlen(list->names[i]) == length && strncmp(list->names[i], name, length) == 0)
            return (int)i;
    return -1;
}

/* "b a" as ["a","b"]; false when a name is no choice. */
static bool read_set(const struct xlsform_list *list, const char *cell, size_t option_count, struct buf *out)
{
    uint64_t chosen = 0;
    for (; *cell != '\0'; cell += strspn(cell, " ")) {
        size_t length = strcspn(cell, " ");
        int position = position_of(list, cell, length);
        if (position < 0 || (size_t)position >= option_count || position >= FORM_SET_MAX)
            return false;
        chosen |= UINT64_C(1) << position;
        cell += length;
    }
    const char *separator = "[";
    for (size_t i = 0; i < FORM_SET_MAX; i++)
        if ((chosen >> i & 1) != 0) {
            buf_format(out, "%s\"%s\"", separator, list->options[i].code);
            separator = ",";
        }
    buf_add_string(out, "]");
    return chosen != 0;
}

static const char *default_number(struct xlsform *form, const char *cell, const struct item *item)
{
    int64_t units = 0;
    struct buf out;
    buf_init(&out, 64);
    const char *text = NULL;
    if (number_read(cell, item->decimals, &units) && units >= item->min && units <= item->max) {
        number_write(units, item->decimals, &out);
        text = arena_string(form->arena, out.bytes);
    }
    buf_free(&out);
    return text;
}

static const char *default_choices(struct xlsform *form, const char *cell, const struct xlsform_list *list,
                                   const struct item *item)
{
    if (item->type->kind == QTYPE_CHOICE) {
        int position = position_of(list, cell, strlen(cell));
        return position >= 0 ? quoted(form, list->options[position].code) : NULL;
    }
    struct buf out;
    buf_init(&out, 4096);
    bool good = read_set(list, cell, item->option_count, &out);
    const char *text = good && !out.failed ? arena_string(form->arena, out.bytes) : NULL;
    buf_free(&out);
    return text;
}

/* "2010-06-15" or what of it the grain keeps. */
static const char *default_date(struct xlsform *form, const char *cell, const struct item *item)
{
    char text[8];
    int64_t number = 0;
    snprintf(text, sizeof text, "%.*s", item->grain == DATE_YEAR ? 4 : 7, cell);
    return date_read(text, item->grain, &number) && number >= item->min && number <= item->max ? quoted(form, text)
                                                                                               : NULL;
}

void xlsform_default(struct xlsform *form, const char *cell, const struct xlsform_list *list, struct item *item)
{
    if (cell[0] == '\0')
        return;
    switch (item->type->kind) {
    case QTYPE_CHOICE:
    case QTYPE_SET:
        if (list != NULL)
            item->initial = default_choices(form, cell, list, item);
        break;
    case QTYPE_NUMBER: item->initial = default_number(form, cell, item); break;
    case QTYPE_DATE: item->initial = default_date(form, cell, item); break;
    case QTYPE_TEXT:
    case QTYPE_ORDER:
    case QTYPE_AMOUNTS:
    case QTYPE_NONE: break;
    }
    if (item->initial == NULL)
        xlsform_lose(form, NULL, N_("the value “%.60s” that stands there at first"), cell);
}
