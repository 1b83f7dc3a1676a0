/* Private to xlsform_write*.c and form_xlsform.c: writes a form as XLSForm. What an XLSForm has no word for stands in
 * columns "querschnitt::…", which this program reads again and others pass over. */
#ifndef FORMS_XLSFORM_WRITE_H
#define FORMS_XLSFORM_WRITE_H

#include "base/i18n.h"
#include "forms/format.h"
#include "forms/grid.h"
#include "forms/measure.h"
#include "forms/qtype.h"

struct xlsform_out {
    struct arena arena;
    const struct form *form;
    const struct form_hooks *hooks;
    const struct language *ui;
    struct fail *fail;
    struct grid survey, choices, settings, notices, scales;
    const char **lists;          /* by item: name of its list of choices, NULL without options */
    const char *where;           /* for losses */
    bool outer_blanks, controls; /* a text had some: said once */
};

enum status xlsform_write(const struct form *form, const struct form_hooks *hooks, struct buf *out, struct fail *fail);

/* --- xlsform_write_text.c ---------------------------------------------------------------------------------------- */
void xlsform_out_lose(struct xlsform_out *out, const char *instead, const char *what);
/* "label::Deutsch (de)" */
const char *xlsform_head(struct xlsform_out *out, const char *head, size_t language);
void xlsform_text_columns(struct xlsform_out *out, struct grid *grid, const char *head);
/* {ID} becomes ${ID}. */
void xlsform_set_text(struct xlsform_out *out, struct grid *grid, const char *head, const struct text *text);
void xlsform_set_flag(struct grid *grid, const char *head, bool flag);
void xlsform_set_number(struct xlsform_out *out, struct grid *grid, const char *head, int64_t number,
                        unsigned decimals);
void xlsform_set_count(struct xlsform_out *out, struct grid *grid, const char *head, unsigned count);

/* --- xlsform_write_item.c: the row of one question -----------------------------------------------------------------
 */
void xlsform_item_columns(struct xlsform_out *out);
void xlsform_set_expression(struct xlsform_out *out, const char *head, const struct expression *expression);
void xlsform_write_item(struct xlsform_out *out, size_t position);

/* --- xlsform_write_choices.c ---------------------------------------------------------------------------------------
 */
void xlsform_write_choices(struct xlsform_out *out);

#endif
