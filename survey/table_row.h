/* Between the files of tables: one row from fields to the struct, with what it may refer to. */
#ifndef SURVEY_TABLE_ROW_H
#define SURVEY_TABLE_ROW_H

#include "survey/table.h"

struct table_context {
    const struct unit *units;
    size_t unit_count;
    struct unit_spans spans;
    const struct registers *registers; /* tables before this one */
};

/* Row import->row of import->csv into the struct; faults become findings, and the member keeps what an empty field means. */
void table_read_row(const struct table *table, struct import *import, const struct table_context *context, void *row);

/* The stored rows of one table that count now, as a table of texts with the columns of the description. */
MUST_USE enum status table_stored(struct store *store, struct arena *arena, const struct table *table, struct csv *csv,
                                  struct fail *fail);
/* Adds to the delivery being made the rows of import->csv that keep[] names (NULL: all). */
MUST_USE enum status table_store(const struct table *table, struct import *import, const bool keep[], struct fail *fail);

#endif
