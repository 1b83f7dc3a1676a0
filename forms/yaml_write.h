/* Writes block YAML that yaml_tree.h reads back to the same strings. Not responsible for what a form is made of
 * (form_yaml_write.h). */
#ifndef FORMS_YAML_WRITE_H
#define FORMS_YAML_WRITE_H

#include "base/buf.h"

struct yaml_writer {
    struct buf *out;
    unsigned depth; /* steps of two blanks */
    bool entry;     /* the next line begins an entry of a list */
};

/* key and value on a line of their own, a text of several lines as a block. Blanks at the end are left out, as the reader
 * would leave them out; a value that is then empty, or NULL, is not written at all. key NULL: an entry of a list. */
void yaml_write_string(struct yaml_writer *writer, const char *key, const char *value);
/* A value that needs no quotes in any YAML: a number, a date, a list of ids in brackets. */
void yaml_write_word(struct yaml_writer *writer, const char *key, const char *word);
void yaml_write_number(struct yaml_writer *writer, const char *key, unsigned number); /* 0: not written */
void yaml_write_flag(struct yaml_writer *writer, const char *key, bool flag);         /* false: not written */

/* "key:", and what follows stands inside of it until the end. */
void yaml_write_open(struct yaml_writer *writer, const char *key);
/* The next key begins an entry of a list; it ends with yaml_write_end() too. */
void yaml_write_entry(struct yaml_writer *writer);
void yaml_write_end(struct yaml_writer *writer);

#endif
