/* What the parts of the YAML writer share: form_yaml_write.c (form, pages, items), _options.c and _text.c. */
#ifndef FORMS_WRITE_H
#define FORMS_WRITE_H

#include "forms/form.h"
#include "forms/yaml_write.h"

/* Options under a name: those of the item, which several items may have. */
struct written_list {
    const char *name; /* NULL: written in place */
    const struct item *item;
    size_t uses;
};

struct write {
    const struct form *form;
    struct yaml_writer yaml;
    struct arena *arena;
    struct written_list *lists;
    size_t list_count;
    size_t *list_of;    /* by item: its list, SIZE_MAX when its options are not written */
    bool *is_companion; /* by item: it stands as write_in at an option of an item before it */
};

bool write_has(const struct text *text);
/* A string where there is only the base language, else a mapping. Nothing when there is no text. */
void write_text(struct write *write, const char *key, const struct text *text);

/* What the type alone makes of such an item: its options, its range. */
void write_bare(const struct write *write, const struct item *item, struct item *bare);

/* Finds the lists and write-ins. */
MUST_USE enum status write_find_lists(struct write *write, struct fail *fail);
void write_lists(struct write *write);
void write_options(struct write *write, const struct item *item);

#endif
