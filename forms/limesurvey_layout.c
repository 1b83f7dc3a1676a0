/* Lays a form out as LimeSurvey's questions: types, arrays, codes, numbers. */
#include "forms/limesurvey_write.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "forms/qtype.h"

static const struct put_type types[] = {
    { "single", 'L', "listradio", true, false },
    { "scale", 'L', "listradio", true, false },
    { "situation", 'L', "listradio", true, false },
    { "yesno", 'L', "listradio", true, false },
    { "nps", 'L', "listradio", true, false },
    { "consent", 'M', "multiplechoice", false, true },
    { "multiple", 'M', "multiplechoice", false, true },
    { "text", 'T', "longfreetext", false, false },
    { "number", 'N', "numerical", false, false },
    { "slider", 'K', "multiplenumeric", false, false },
    { "date", 'D', "date", false, false },
    { "ranking", 'R', "ranking", true, false },
    { "sum", 'K', "multiplenumeric", false, true },
    { "note", 'X', "boilerplate", false, false },
    { "calculated", '*', "equation", false, false },
};
static const struct put_type short_text = { "text", 'S', "shortfreetext", false, false };
static const struct put_type array = { "array", 'F', "arrays/array", true, true };

static const struct put_type *type_of(const struct item *item)
{
    if (strcmp(item->type->id, "text") == 0 && item->lines == 1)
        return &short_text;
    for (size_t i = 0; i < COUNT(types); i++)
        if (strcmp(types[i].id, item->type->id) == 0)
            return &types[i];
    return &types[0];
}

static bool same_text(const struct text *a, const struct text *b)
{
    for (size_t i = 0; i < FORM_LANGUAGE_MAX; i++)
        if ((a->in[i] == NULL) != (b->in[i] == NULL) || (a->in[i] != NULL && strcmp(a->in[i], b->in[i]) != 0))
            return false;
    return true;
}

static bool has_text(const struct text *text)
{
    for (size_t i = 0; i < FORM_LANGUAGE_MAX; i++)
        if (text->in[i] != NULL)
            return true;
    return false;
}

static bool same_options(const struct item *a, const struct item *b)
{
    if (a->option_count != b->option_count)
        return false;
    for (size_t i = 0; i < a->option_count; i++) {
        const struct option *x = &a->options[i];
        const struct option *y = &b->options[i];
        if (strcmp(x->code, y->code) != 0 || x->missing != y->missing || x->points != y->points ||
            !same_text(&x->label, &y->label))
            return false;
    }
    return true;
}

/* An array has one list of options, one help, one mark for all its rows. */
static bool is_array(const struct form *form, const struct page *page)
{
    const struct item *first = &form->items[page->item_first];
    if (!page->matrix || page->item_count < 2 || page->rotate > 0 ||
        (strcmp(first->type->id, "single") != 0 && strcmp(first->type->id, "scale") != 0))
        return false;
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &first[i];
        if (item->type != first->type || item->required != first->required || item->off || item->shuffle ||
            item->options_from != NULL || item->initial != NULL || item->valid_if != NULL || item->option_count < 2 ||
            has_text(&item->hint) || !same_options(first, item))
            return false;
    }
    return true;
}

/* Letters and digits of wanted, at most most of them, a letter first when asked. */
static void plain(const char *wanted, size_t most, bool letter, char out[PUT_CODE_MAX + 1])
{
    size_t length = 0;
    if (letter && !isalpha((unsigned char)wanted[0]))
        out[length++] = 'Q';
    for (; *wanted != '\0' && length < most; wanted++)
        if (isalnum((unsigned char)*wanted))
            out[length++] = *wanted;
    if (length == 0)
        out[length++] = 'A';
    out[length] = '\0';
}

/* A code nobody has yet; LimeSurvey's databases do not tell large letters from small ones. */
static void choose(const char *wanted, size_t most, bool letter, const struct put_code *taken(const void *, size_t),
                   const void *context, size_t count, struct put_code *code)
{
    plain(wanted, most, letter, code->text);
    for (size_t n = 2; n < 100000; n = n < 9 ? n + 1 : count + n) { /* soon a number nobody has */
        bool used = false;
        for (size_t i = 0; i < count && !used; i++)
            used = strcasecmp(taken(context, i)->text, code->text) == 0;
        if (!used)
            return;
        char number[24];
        int digits = snprintf(number, sizeof number, "%zu", n % 1000000);
        plain(wanted, most - (size_t)digits, letter, code->text);
        strcat(code->text, number);
    }
}

static const struct put_code *put_taken(const void *context, size_t i)
{
    return &((const struct put *)context)[i].code;
}

static const struct put_code *code_taken(const void *context, size_t i)
{
    return &((const struct put_code *)context)[i];
}

static void code_options(struct layout *layout, size_t position)
{
    const struct item *item = &layout->form->items[position];
    const struct put *put = &layout->puts[layout->put_of[position]];
    size_t most = put->type->subquestions && put->rows == 0 ? PUT_CODE_MAX : PUT_ANSWER_MAX;
    struct put_code *codes = ARENA_NEW(layout->arena, struct put_code, item->option_count + 1);
    layout->failed = layout->failed || codes == NULL;
    layout->options[position] = codes;
    for (size_t i = 0; codes != NULL && i < item->option_count; i++)
        choose(item->options[i].code, most, false, code_taken, codes, i, &codes[i]);
}

static void add_put(struct layout *layout, size_t page, size_t item, size_t rows)
{
    const struct form *form = layout->form;
    struct put *put = &layout->puts[layout->count];
    const char *wanted = rows > 0 ? form->pages[page].id : form->items[item].id;
    *put = (struct put){
        .type = rows > 0 ? &array : type_of(&form->items[item]), .page = page, .item = item, .rows = rows
    };
    choose(wanted, PUT_CODE_MAX, true, put_taken, layout->puts, layout->count, &put->code);
    for (size_t i = 0; i < (rows > 0 ? rows : 1); i++) {
        layout->put_of[item + i] = layout->count;
        if (rows > 0)
            choose(form->items[item + i].id, PUT_CODE_MAX, false, code_taken, &layout->rows[item], i,
                   &layout->rows[item + i]);
    }
    layout->count++;
}

size_t put_row_count(const struct layout *layout, const struct put *put)
{
    const struct item *item = &layout->form->items[put->item];
    if (put->rows > 0)
        return put->rows;
    return put->type->subquestions ? item->option_count : strcmp(put->type->id, "slider") == 0 ? 1 : 0;
}

size_t put_answer_count(const struct layout *layout, const struct put *put)
{
    return put->type->answers ? layout->form->items[put->item].option_count : 0;
}

enum status layout_make(struct layout *layout, struct fail *fail)
{
    const struct form *form = layout->form;
    layout->puts = ARENA_NEW(layout->arena, struct put, form->item_count + 1);
    layout->rows = ARENA_NEW(layout->arena, struct put_code, form->item_count + 1);
    layout->put_of = ARENA_NEW(layout->arena, size_t, form->item_count + 1);
    layout->options = ARENA_NEW(layout->arena, struct put_code *, form->item_count + 1);
    if (layout->puts == NULL || layout->rows == NULL || layout->put_of == NULL || layout->options == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    for (size_t i = 0; i < form->page_count; i++) {
        const struct page *page = &form->pages[i];
        if (page->item_count > 0 && is_array(form, page))
            add_put(layout, i, page->item_first, page->item_count);
        else
            for (size_t j = 0; j < page->item_count; j++)
                add_put(layout, i, page->item_first + j, 0);
    }
    for (size_t i = 0; i < form->item_count; i++)
        code_options(layout, i);
    size_t row = layout->count + 1;
    size_t answer = 1;
    for (size_t i = 0; i < layout->count; i++) {
        layout->puts[i].row_first = row;
        layout->puts[i].answer_first = answer;
        row += put_row_count(layout, &layout->puts[i]);
        answer += put_answer_count(layout, &layout->puts[i]);
    }
    return layout->failed ? FAIL(fail, STATUS_MEMORY, "out of memory") : STATUS_OK;
}

const char *layout_name(struct layout *layout, size_t item)
{
    const struct put *put = &layout->puts[layout->put_of[item]];
    const char *row = put->rows > 0 ? layout->rows[item].text : strcmp(put->type->id, "slider") == 0 ? "1" : "";
    const char *name = arena_format(layout->arena, "%s%s%s", put->code.text, row[0] != '\0' ? "_" : "", row);
    layout->failed = layout->failed || name == NULL;
    return name != NULL ? name : "";
}

void layout_lose(struct layout *layout, const char *where, const char *instead, const char *what)
{
    if (layout->hooks != NULL && layout->hooks->lost != NULL)
        layout->hooks->lost(layout->hooks->context, where, tr(layout->ui, what),
                            instead != NULL ? tr(layout->ui, instead) : NULL);
}

const char *put_language(const char *code)
{
    return strcmp(code, "de-simple") == 0 ? "de-easy" : code;
}

bool put_default_fits(const struct item *item)
{
    return strcmp(item->type->id, "number") == 0 || strcmp(item->type->id, "multiple") == 0 ||
           (item->type->kind == QTYPE_CHOICE && strcmp(item->type->id, "consent") != 0);
}
