/* Writer of the native form format: a form that came from anywhere becomes a file people can read and edit, and
 * form_parse_yaml() reads the same form from it again. Not for forms into which a city's list was bound. */
#ifndef FORMS_FORM_YAML_WRITE_H
#define FORMS_FORM_YAML_WRITE_H

#include "base/buf.h"
#include "forms/form.h"

/* Options that several items share become a list with a name (item->options_list where it is given); a list that begins
 * like another one contains it; options that the type brings itself are not written.
 * STATUS_LIMIT when out is too small, STATUS_MEMORY. */
MUST_USE enum status form_write_yaml(const struct form *form, struct buf *out, struct fail *fail);

#endif
