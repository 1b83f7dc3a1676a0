/* Duplicates, limits and references of a whole form. */
#include "forms/form_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "forms/expression.h"
#include "forms/piping.h"
#include "forms/qtype.h"

struct check {
    const struct form *form;
    form_found *found;
    void *context;
    const struct language *ui;
    struct form_counts counts;
    char where[FORM_ID_MAX + 32];
    uint32_t line, column;
};

static void find(struct check *check, enum finding_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void find(struct check *check, enum finding_kind kind, const char *format, ...)
{
    char message[FAIL_WHAT_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, tr(check->ui, format), arguments);
    va_end(arguments);
    if (kind == FINDING_FAULT)
        check->counts.faults++;
    else
        check->counts.warnings++;
    if (check->found != NULL)
        check->found(check->context, &(struct form_finding){ kind, check->where, check->line, check->column, message });
}

static void stand_at(struct check *check, const char *what, const char *id, uint32_t line, uint32_t column)
{
    snprintf(check->where, sizeof check->where, "%s%s%.64s", what, what[0] != '\0' ? " " : "", id);
    check->line = line;
    check->column = column;
}

static void check_text(struct check *check, const struct text *text, const char *what)
{
    if (text->in[0] == NULL)
        return; /* optional, or reported by the reader */
    check->counts.texts++;
    for (size_t i = 1; i < check->form->language_count; i++)
        if (text->in[i] == NULL) {
            check->counts.missing[i]++;
            find(check, FINDING_WARNING, N_("“%s” is not translated (%s)"), what, check->form->languages[i]);
        }
}

static void find_pipe(void *context, const char *word, bool known)
{
    struct check *check = context;
    if (known)
        find(check, FINDING_WARNING, N_("{%s} stands for an answer that comes later: it stays empty"), word);
    else
        find(check, FINDING_WARNING, N_("{%s} names no question: it is shown as it stands"), word);
}

/* Marks of the base language; translations are meant to have the same. */
static void check_pipes(struct check *check, const struct text *text, size_t before)
{
    if (text->in[0] != NULL)
        pipe_check(check->form, text->in[0], before, find_pipe, check);
}

static void check_options(struct check *check, const struct item *item)
{
    bool missing[FORM_LANGUAGE_MAX] = { false };
    for (size_t i = 0; i < item->option_count; i++) {
        const struct option *option = &item->options[i];
        if (item_option(item, option->code) != (int)i)
            find(check, FINDING_FAULT, N_("the code “%s” occurs twice"), option->code);
        if (option->points >= 0 && !item->type->points)
            find(check, FINDING_FAULT, N_("option “%s” has points, which the type %s does not have"), option->code,
                 item->type->id);
        if (option->points < 0 && item->type->points && !option->missing)
            find(check, FINDING_FAULT, N_("option “%s” needs points (0 to 3)"), option->code);
        if (option->exclusive && item->type->kind != QTYPE_SET)
            find(check, FINDING_FAULT, N_("option “%s” is exclusive, but only one can be chosen anyway"), option->code);
        check->counts.texts++;
        for (size_t language = 1; language < check->form->language_count; language++) {
            check->counts.missing[language] += option->label.in[language] == NULL ? 1 : 0;
            missing[language] = missing[language] || option->label.in[language] == NULL;
        }
    }
    for (size_t language = 1; language < check->form->language_count; language++)
        if (missing[language])
            find(check, FINDING_WARNING, N_("“%s” is not translated (%s)"), "options",
                 check->form->languages[language]);
}

static bool has_options(const struct item *item)
{
    switch (item->type->kind) {
    case QTYPE_CHOICE:
    case QTYPE_SET:
    case QTYPE_ORDER:
    case QTYPE_AMOUNTS: return true;
    case QTYPE_TEXT:
    case QTYPE_NUMBER:
    case QTYPE_DATE:
    case QTYPE_NONE: return false;
    }
    return false;
}

static void check_kind(struct check *check, const struct item *item)
{
    const enum qtype_kind kind = item->type->kind;
    const char *fault = item->type->fault != NULL ? item->type->fault(item) : NULL;
    const size_t least = item->type == qtype_find("consent") ? 1 : 2;
    if (fault != NULL)
        find(check, FINDING_FAULT, "%s", tr(check->ui, fault));
    if (!has_options(item) && (item->option_count > 0 || item->options_from != NULL))
        find(check, FINDING_FAULT, N_("a question of the type “%s” has no options"), item->type->id);
    if (has_options(item) && item->option_count < least && item->options_from == NULL)
        find(check, FINDING_FAULT, N_("at least two options are needed"));
    if (kind == QTYPE_TEXT && !item->detached)
        find(check, FINDING_FAULT, N_("a free text must be detached: it could be joined with everything else"));
    if (kind == QTYPE_SET && item->option_count > FORM_SET_MAX)
        find(check, FINDING_FAULT, N_("%zu options; “multiple” can have at most %d"), item->option_count,
             (int)FORM_SET_MAX);
    if ((kind == QTYPE_SET || kind == QTYPE_ORDER) && item->choose_max > item->option_count)
        find(check, FINDING_FAULT, N_("choose_max %u is more than the %zu options"), item->choose_max,
             item->option_count);
    if (kind != QTYPE_SET && kind != QTYPE_ORDER && item->choose_max > 0)
        find(check, FINDING_FAULT, N_("choose_max belongs to “multiple” and “ranking” only"));
}

static void check_detached(struct check *check, const struct item *item)
{
    if (item->detached_with == NULL)
        return;
    const struct item *with = form_item(check->form, item->detached_with);
    if (!item->detached)
        find(check, FINDING_FAULT, N_("detached_with is given, but not detached"));
    if (with == NULL)
        find(check, FINDING_FAULT, N_("there is no question “%s”"), item->detached_with);
    else if (with == item || with->detached)
        find(check, FINDING_FAULT, N_("“%s” is detached itself"), item->detached_with);
    else if (with->type->kind != QTYPE_CHOICE)
        find(check, FINDING_FAULT, N_("only a question with one answer of a list can be kept with another, not “%s”"),
             item->detached_with);
}

static void check_item(struct check *check, size_t position)
{
    const struct item *item = &check->form->items[position];
    stand_at(check, "", item->id, item->line, item->column);
    if (form_item(check->form, item->id) != item)
        find(check, FINDING_FAULT, N_("the id “%s” occurs twice"), item->id);
    check_text(check, &item->label, "text");
    check_text(check, &item->hint, "hint");
    check_pipes(check, &item->label, position);
    check_pipes(check, &item->hint, position);
    check_text(check, &item->valid_text, "valid_text");
    check_text(check, &item->unit, "unit");
    check_text(check, &item->low, "low");
    check_text(check, &item->high, "high");
    check_options(check, item);
    check_kind(check, item);
    check_detached(check, item);
    check->counts.answers += item->option_count;
    for (size_t i = 0; i < FORM_TYPE_MAX && qtypes[i] != NULL; i++)
        check->counts.by_type[i] += qtypes[i] == item->type ? 1 : 0;
}

/* Whether both have the same codes in the same order, as far as the shorter list goes. */
static bool options_agree(const struct item *left, const struct item *right)
{
    size_t count = left->option_count < right->option_count ? left->option_count : right->option_count;
    for (size_t i = 0; i < count; i++)
        if (strcmp(left->options[i].code, right->options[i].code) != 0)
            return false;
    return left->option_count > 0 && right->option_count > 0;
}

static void check_page(struct check *check, size_t position)
{
    const struct page *page = &check->form->pages[position];
    const struct item *items = &check->form->items[page->item_first];
    stand_at(check, "page", page->id, page->item_count > 0 ? items[0].line : 0,
             page->item_count > 0 ? items[0].column : 0);
    for (size_t i = 0; i < position; i++)
        if (strcmp(check->form->pages[i].id, page->id) == 0)
            find(check, FINDING_FAULT, N_("the id “%s” occurs twice"), page->id);
    check_text(check, &page->title, "title");
    check_text(check, &page->intro, "intro");
    check_pipes(check, &page->title, page->item_first);
    check_pipes(check, &page->intro, page->item_first);
    if (page->rotate > page_drawable(check->form, page))
        find(check, FINDING_FAULT, N_("rotate is %u, but there are only %zu questions"), page->rotate,
             page_drawable(check->form, page));
    for (size_t i = 0; page->matrix && i < page->item_count; i++)
        if (!options_agree(&items[0], &items[i]) ||
            (items[i].type->kind != QTYPE_CHOICE && items[i].type->kind != QTYPE_SET))
            find(check, FINDING_FAULT, N_("a matrix needs questions with the same options; %s has others"),
                 items[i].id);
}

/* Options of a scale that count: "cannot judge" is not a step. */
static size_t step_count(const struct item *item)
{
    size_t count = 0;
    for (size_t i = 0; i < item->option_count; i++)
        count += item->options[i].missing ? 0 : 1;
    return count;
}

static void check_scale(struct check *check, size_t position)
{
    const struct scale *scale = &check->form->scales[position];
    const struct item *items = check->form->items;
    stand_at(check, "scale", scale->id, 0, 0);
    for (size_t i = 0; i < position; i++)
        if (strcmp(check->form->scales[i].id, scale->id) == 0)
            find(check, FINDING_FAULT, N_("the id “%s” occurs twice"), scale->id);
    check_text(check, &scale->title, "title");
    if (scale->item_count == 0)
        find(check, FINDING_FAULT, N_("a scale needs at least one question"));
    if (scale->answered_min == 0 || scale->answered_min > scale->item_count)
        find(check, FINDING_FAULT, N_("answered_min must be from 1 to the number of questions (%zu)"),
             scale->item_count);
    for (size_t i = 0; i < scale->item_count; i++) {
        const struct item *item = &items[scale->items[i]];
        for (size_t j = 0; j < i; j++)
            if (scale->items[j] == scale->items[i])
                find(check, FINDING_FAULT, N_("question %s stands twice in the scale"), item->id);
        if (item->type->kind != QTYPE_CHOICE || item->detached)
            find(check, FINDING_FAULT, N_("question %s cannot be part of a scale"), item->id);
        else if (step_count(item) != step_count(&items[scale->items[0]]))
            find(check, FINDING_FAULT, N_("question %s has %zu steps, the first one has %zu"), item->id,
                 step_count(item), step_count(&items[scale->items[0]]));
    }
}

/* An item whose condition no combination of answers can meet. */
static void check_reachable(struct check *check)
{
    for (size_t i = 0; i < check->form->item_count; i++) {
        const struct item *item = &check->form->items[i];
        const struct page *page = &check->form->pages[item->page];
        if ((item->show_if == NULL || expression_possible(check->form, item->show_if)) &&
            (page->show_if == NULL || expression_possible(check->form, page->show_if)))
            continue;
        stand_at(check, "", item->id, item->line, item->column);
        find(check, FINDING_WARNING, N_("nobody can ever see this question: its condition cannot be met"));
    }
}

static void check_notices(struct check *check)
{
    const struct form *form = check->form;
    for (size_t i = 0; i < form->notice_count; i++) {
        stand_at(check, "notice", form->notices[i].id, 0, 0);
        if (form_notice(form, form->notices[i].id) != &form->notices[i])
            find(check, FINDING_FAULT, N_("the id “%s” occurs twice"), form->notices[i].id);
        check_text(check, &form->notices[i].title, "title");
        check_text(check, &form->notices[i].body, "body");
    }
}

void form_check(const struct form *form, form_found *found, void *context, const struct language *ui,
                struct form_counts *counts)
{
    struct check check = { .form = form, .found = found, .context = context, .ui = ui };
    check.counts.form = form;
    check.counts.pages = form->page_count;
    check.counts.questions = form->item_count;
    stand_at(&check, "form", form->id != NULL ? form->id : "", 0, 0);
    check_text(&check, &form->title, "title");
    for (size_t i = 0; i < form->item_count; i++)
        check_item(&check, i);
    for (size_t i = 0; i < form->page_count; i++)
        check_page(&check, i);
    for (size_t i = 0; i < form->scale_count; i++)
        check_scale(&check, i);
    check_notices(&check);
    check_reachable(&check);
    if (counts != NULL)
        *counts = check.counts;
}
