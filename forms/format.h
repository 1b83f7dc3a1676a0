/* File formats of questionnaires: one line in formats.def, one descriptor. A format reads foreign bytes into the form
 * model, writes the model, or both; and it says everything that was not taken over. The native format is one of them.
 *
 * Not responsible for checking the form (form_check.h) or for the printed questionnaire (reports/paper.h). */
#ifndef FORMS_FORMAT_H
#define FORMS_FORMAT_H

#include "base/buf.h"
#include "forms/form_yaml.h"

/* Called for each thing that the target cannot express: where ("Q12", "sheet survey, row 7"), what was left out, and
 * what stands in its place (NULL: nothing does). Sentences are in the reader's language. */
typedef void form_lost(void *context, const char *where, const char *what, const char *instead);

struct form_hooks {
    form_fault *fault; /* the file cannot be used */
    form_lost *lost;   /* it can, without this */
    void *context;
};

struct format {
    const char *id;         /* "yaml", "xlsform", "limesurvey", "ddi": as in `form check --json` */
    const char *title;      /* for people; N_() */
    const char *extensions; /* ".xlsx .xls .csv .md": the first is what is written */
    /* NULL: cannot be read. name: of the file, for messages and to tell its kind. The form is not bound to the bytes.
     */
    enum status (*read)(struct arena *arena, const char *name, const char *bytes, size_t length,
                        const struct form **form, const struct form_hooks *hooks, struct fail *fail);
    /* NULL: cannot be written. */
    enum status (*write)(const struct form *form, const struct form_hooks *hooks, struct buf *out, struct fail *fail);
};

extern const struct format *const formats[]; /* NULL at the end */

/* By the extension of a file name, letters of any size; NULL when none fits. */
const struct format *format_find(const char *name);

/* Reads a file of any format, or the shipped form "name" of forms/library when path has no slash and no dot, into a
 * checked form. A foreign file goes through the native format, so that everything the product knows of a form can be
 * written down and its hash is that of the native text. That text is appended to yaml when it is not NULL.
 * STATUS_INPUT when there was at least one fault (fail then holds the first). */
MUST_USE enum status format_read(struct arena *arena, const char *path, const struct form **form, struct buf *yaml,
                                 const struct form_hooks *hooks, struct fail *fail);

/* The same for bytes at hand, such as an upload; name: of the file, for messages and to tell its format. A name without
 * a known ending is read as the native format. */
MUST_USE enum status format_read_bytes(struct arena *arena, const char *name, const char *bytes, size_t length,
                                       const struct form **form, struct buf *yaml, const struct form_hooks *hooks,
                                       struct fail *fail);

/* The same without losses and text; fault may be NULL. */
MUST_USE enum status form_read(struct arena *arena, const char *path, const struct form **form, form_fault *fault,
                               void *context, struct fail *fail);

#endif
