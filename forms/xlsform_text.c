/* Texts of a row in all languages: ${name} becomes {ID}, other braces are doubled, control characters go. */
#include <string.h>

#include "forms/xlsform.h"

enum { NAME_MAX_BYTES = 200, TEXT_MAX = 64 * 1024 };

/* "${ name }" at text: the item it names, and where the text goes on. NULL and *next set for a name nobody has;
 * NULL and *next NULL when this is no reference at all. */
static const struct xlsform_item *reference(const struct xlsform *form, const char *text, const char **next)
{
    *next = NULL;
    const char *end = strncmp(text, "${", 2) == 0 ? strchr(text, '}') : NULL;
    if (end == NULL || end - text > NAME_MAX_BYTES)
        return NULL;
    char name[NAME_MAX_BYTES + 1];
    const char *from = text + 2 + strspn(text + 2, " ");
    size_t length = (size_t)(end - from);
    while (length > 0 && from[length - 1] == ' ')
        length--;
    if (from > end || length == 0 || memchr(from, '\n', length) != NULL)
        return NULL;
    memcpy(name, from, length);
    name[length] = '\0';
    *next = end + 1;
    return xlsform_known(form, name);
}

static bool can_be_shown(const struct xlsform_item *item)
{
    return item != NULL && !item->item.off && !item->kept && strcmp(item->item.type->id, "note") != 0;
}

static const char *convert(struct xlsform *form, const char *cell)
{
    struct buf out;
    buf_init(&out, TEXT_MAX * 2);
    while (*cell != '\0') {
        const char *next = NULL;
        const struct xlsform_item *named = reference(form, cell, &next);
        if (can_be_shown(named)) {
            buf_format(&out, "{%s}", named->item.id);
        } else if (form->native && next != NULL) {
            buf_add(&out, cell, (size_t)(next - cell)); /* as it was written: this program names only what is asked */
        } else if (next != NULL) {
            xlsform_lose(form, N_("three dots"), N_("the text repeats “%.*s”, which is not asked here before"),
                         (int)(next - cell), cell);
            buf_add_string(&out, "…");
        } else if (*cell == '{' && !form->native)
            buf_add_string(&out, "{{");
        else if ((unsigned char)*cell >= ' ' || *cell == '\n' || *cell == '\t')
            buf_add_byte(&out, *cell);
        cell = next != NULL ? next : cell + 1;
    }
    const char *text = out.failed ? NULL : arena_copy(form->arena, out.bytes != NULL ? out.bytes : "", out.length);
    buf_free(&out);
    if (text == NULL)
        xlsform_full(form);
    return text != NULL && text[0] != '\0' ? text : NULL;
}

bool xlsform_text(struct xlsform *form, const struct xlsform_sheet *sheet, const struct table_row *row,
                  enum xlsform_key key, const char *native, struct text *text)
{
    *text = (struct text){ { NULL } };
    if (sheet->table == NULL)
        return false;
    for (int pass = 0; pass < 2; pass++) /* a column without a language counts where its language has none */
        for (size_t i = 0; i < sheet->table->column_count; i++) {
            const struct xlsform_column *column = &sheet->columns[i];
            size_t position = column->position < 0 ? 0 : (size_t)column->position;
            if (column->key != key || (column->position < 0) != (pass == 1) || row->cells[i][0] == '\0' ||
                (native != NULL && strcmp(column->native, native) != 0) || text->in[position] != NULL)
                continue;
            text->in[position] = convert(form, row->cells[i]);
        }
    size_t first = 0;
    while (first < form->form->language_count && text->in[first] == NULL)
        first++;
    if (first == form->form->language_count)
        return false;
    if (first > 0 && !form->native) {
        xlsform_lose(form, NULL, N_("a text is missing in %s: the one in %s stands there"), form->form->languages[0],
                     form->form->languages[first]);
        text->in[0] = text->in[first];
    }
    return true;
}

void xlsform_plain(struct xlsform *form, const char *plain, struct text *text)
{
    *text = (struct text){ { NULL } };
    text->in[0] = convert(form, plain);
    if (text->in[0] == NULL)
        text->in[0] = "…";
}

void xlsform_word(struct xlsform *form, const char *english, struct text *text)
{
    *text = (struct text){ { NULL } };
    text->in[0] = english;
    for (size_t i = 0; i < form->form->language_count; i++) {
        const struct language *language = language_find(form->form->languages[i], NULL);
        const char *word = language != NULL ? tr(language, english) : english;
        if (word != english || strcmp(form->form->languages[i], "en") == 0)
            text->in[i] = word; /* no word yet: the base language stands there and is marked as such */
    }
}
