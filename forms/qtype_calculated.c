/* A value computed from earlier answers, for conditions and for texts that name it. Never asked, never sent, never
 * stored: whoever has the answers can compute it. */
#include "forms/qtype.h"

extern const struct qtype qtype_calculated;

static const char *fault(const struct item *item)
{
    return item->value != NULL ? NULL : N_("a calculated value needs “value”");
}

static void render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html)
{
    (void)language, (void)ui; /* nobody sees it */
    item_render_group(form, item, "div", html);
    HTML(html, " hidden=\"hidden\"></div>");
}

const struct qtype qtype_calculated = {
    .id = "calculated",
    .title = N_("calculated value"),
    .kind = QTYPE_NONE,
    .seconds = 0.0,
    .fault = fault,
    .render = render,
};
