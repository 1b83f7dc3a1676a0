/* Translations of a form that lie in files of their own (docs/forms.md, "Overlays"): put into the tree of its file, before
 * the form is made of it. Not responsible for which files there are (library.h). */
#ifndef FORMS_OVERLAY_H
#define FORMS_OVERLAY_H

#include "forms/format.h"
#include "forms/yaml_tree.h"

/* name: of the overlay, for messages; code: the language it must be in. What it translates and the form does not have is
 * reported as lost; so is a text the form has in that language already. STATUS_INPUT when it is no overlay.
 * root is changed; what is added lives in the arena. */
MUST_USE enum status overlay_merge(struct arena *arena, struct yaml_node *root, const char *name, const char *bytes,
                                   size_t length, const char *code, const struct form_hooks *hooks, struct fail *fail);

#endif
