/* Texts of the form on paper: in the paper's language, marked where they exist only in another, with a pointer where a
 * screen would repeat an earlier answer. */
#include <string.h>

#include "forms/paper_order.h"
#include "forms/piping.h"
#include "forms/qtype.h"
#include "forms/render.h"
#include "reports/paper_question.h"

enum { TEXT_MAX = 1 << 20 };

static const char *pointer_to(const struct questionnaire *paper, const struct item *item)
{
    const struct language *language = paper->sheet.wave->language;
    const unsigned number = paper_number(paper->form, item);
    if (number == 0)
        return tr(language, N_("(follows from your answers)"));
    return arena_format(paper->sheet.doc.arena, tr(language, N_("(your answer to question %u)")), number);
}

const char *question_text(const struct questionnaire *paper, const struct text *text)
{
    const char *at = form_text(paper->form, text, paper->language);
    if (strchr(at, '{') == NULL)
        return at;
    struct buf out;
    buf_init(&out, TEXT_MAX);
    while (*at != '\0') {
        const struct item *item = NULL;
        const size_t mark = pipe_mark(paper->form, at, &item);
        const bool twice = at[0] == '{' && at[1] == '{';
        if (mark > 0) {
            const char *pointer = pointer_to(paper, item);
            buf_add_string(&out, pointer == NULL ? "" : pointer);
        } else {
            buf_add_byte(&out, *at);
        }
        at += mark > 0 ? mark : twice ? 2 : 1;
    }
    const char *kept = out.failed || out.bytes == NULL ? NULL : arena_string(paper->sheet.doc.arena, out.bytes);
    buf_free(&out);
    return kept == NULL ? form_text(paper->form, text, paper->language) : kept;
}

struct pdf_tag *question_tag(struct questionnaire *paper, struct pdf_tag *parent, const char *type,
                             const struct text *text)
{
    struct pdf_tag *tag = pdf_tag_new(&paper->sheet.press.tags, parent, type);
    if (tag == NULL || text == NULL)
        return tag;
    const char *language = form_text_language(paper->form, text, paper->language);
    if (strcmp(language, language_code(paper->sheet.doc.language)) != 0)
        tag->language = language;
    return tag;
}
