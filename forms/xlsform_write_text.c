/* Cells of an XLSForm that is being written: texts in all languages, numbers, flags; and losses. */
#include <stdio.h>
#include <string.h>

#include "forms/xlsform_write.h"

void xlsform_out_lose(struct xlsform_out *out, const char *instead, const char *what)
{
    if (out->hooks != NULL && out->hooks->lost != NULL)
        out->hooks->lost(out->hooks->context, out->where, tr(out->ui, what),
                         instead != NULL ? tr(out->ui, instead) : NULL);
}

const char *xlsform_head(struct xlsform_out *out, const char *head, size_t language)
{
    const char *code = out->form->languages[language];
    const struct language *known = language_find(code, NULL);
    const char *name = known != NULL && strcmp(language_code(known), code) == 0 ? language_name(known) : code;
    return arena_format(&out->arena, "%s::%s (%s)", head, name, code);
}

void xlsform_text_columns(struct xlsform_out *out, struct grid *grid, const char *head)
{
    for (size_t i = 0; i < out->form->language_count; i++)
        grid_column(grid, xlsform_head(out, head, i), false);
}

static bool is_blank(const char *text, size_t length)
{
    return length >= 1 && (strchr(" \t\r\n", text[0]) != NULL || (length >= 2 && memcmp(text, "\xC2\xA0", 2) == 0));
}

/* A spreadsheet keeps neither blanks around a text nor control characters in it. */
static void check_text(struct xlsform_out *out, const char *text)
{
    size_t length = strlen(text);
    bool outer = length > 0 && (is_blank(text, length) || is_blank(text + length - 1, 1) ||
                                (length >= 2 && is_blank(text + length - 2, 2) && text[length - 2] == '\xC2'));
    bool control = false;
    for (const char *c = text; *c != '\0'; c++)
        control = control || ((unsigned char)*c < ' ' && *c != '\n' && *c != '\t');
    if (outer && !out->outer_blanks)
        xlsform_out_lose(out, NULL, N_("blanks and line ends around texts"));
    if (control && !out->controls)
        xlsform_out_lose(out, NULL, N_("control characters in texts"));
    out->outer_blanks = out->outer_blanks || outer;
    out->controls = out->controls || control;
}

/* The id in "{ID}" at text when there is such a question; its length, 0 otherwise. */
static size_t piped(const struct xlsform_out *out, const char *text)
{
    char id[FORM_ID_MAX + 1];
    size_t length = strcspn(text + 1, "{}");
    if (length == 0 || length > FORM_ID_MAX || text[1 + length] != '}')
        return 0;
    memcpy(id, text + 1, length);
    id[length] = '\0';
    return form_item(out->form, id) != NULL ? length : 0;
}

static const char *convert(struct xlsform_out *out, const char *text)
{
    if (strchr(text, '{') == NULL)
        return text;
    struct buf changed;
    buf_init(&changed, 4 << 20);
    while (*text != '\0') {
        size_t length = *text == '{' ? piped(out, text) : 0;
        if (length > 0) {
            buf_format(&changed, "$%.*s", (int)length + 2, text);
            text += length + 2;
        } else if (text[0] == '{' && text[1] == '{') {
            buf_add_string(&changed, "{{");
            text += 2;
        } else
            buf_add_byte(&changed, *text++);
    }
    const char *copy = changed.failed ? NULL : arena_copy(&out->arena, changed.bytes, changed.length);
    buf_free(&changed);
    out->survey.full = out->survey.full || copy == NULL;
    return copy;
}

void xlsform_set_text(struct xlsform_out *out, struct grid *grid, const char *head, const struct text *text)
{
    for (size_t i = 0; i < out->form->language_count; i++) {
        if (text->in[i] == NULL)
            continue;
        const char *name = xlsform_head(out, head, i);
        const char *cell = convert(out, text->in[i]);
        grid->full = grid->full || name == NULL || cell == NULL;
        if (grid->full)
            return;
        check_text(out, text->in[i]);
        grid_set(grid, name, cell);
    }
}

void xlsform_set_flag(struct grid *grid, const char *head, bool flag)
{
    grid_set(grid, head, flag ? "yes" : NULL);
}

void xlsform_set_number(struct xlsform_out *out, struct grid *grid, const char *head, int64_t number, unsigned decimals)
{
    struct buf text;
    buf_init(&text, 64);
    number_write(number, decimals, &text);
    const char *copy = arena_string(&out->arena, text.bytes);
    buf_free(&text);
    grid->full = grid->full || copy == NULL;
    grid_set(grid, head, copy);
}

void xlsform_set_count(struct xlsform_out *out, struct grid *grid, const char *head, unsigned count)
{
    if (count > 0)
        xlsform_set_number(out, grid, head, count, 0);
}
