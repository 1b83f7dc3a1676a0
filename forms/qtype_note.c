/* A text between the questions; nothing is answered. */
#include "forms/qtype.h"

#include "forms/render.h"

extern const struct qtype qtype_note;

static void render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html)
{
    (void)ui; /* no word of the program in it */
    item_render_group(form, item, "div", html);
    item_render_language(form, &item->label, language, html);
    HTML(html, ">");
    form_render_piped(form, &item->label, language, html);
    HTML(html, "</div>");
}

const struct qtype qtype_note = {
    .id = "note",
    .title = N_("text without a question"),
    .kind = QTYPE_NONE,
    .seconds = 0.0,
    .render = render,
};
