/* Reader of the native form format: YAML by libyaml's event API, every scalar a string (else "no" becomes false).
 * The grammar is documented in docs/forms.md. Every fault is reported with line and column. */
#ifndef FORMS_FORM_YAML_H
#define FORMS_FORM_YAML_H

#include "forms/form.h"

/* Called for every fault. where is like "file.yaml:12:3". */
typedef void form_fault(void *context, const char *where, const char *message);

/* bytes: at most 4 MiB of UTF-8. name is used in messages. *form lives in the arena.
 * STATUS_INPUT when there was at least one fault (fail then holds the first). */
MUST_USE enum status form_parse_yaml(struct arena *arena, const char *name, const char *bytes, size_t length,
                                     const struct form **form, form_fault *fault, void *context, struct fail *fail);

/* Of a tree that is there already, on the way to a text: the form has no hash yet. */
struct yaml_node;
MUST_USE enum status form_make_yaml(struct arena *arena, const char *name, const struct yaml_node *root,
                                    const struct form **form, form_fault *fault, void *context, struct fail *fail);

#endif
