/* What the readers of the kinds of files share: rows go to table_add in order. */
#ifndef FORMS_TABLE_PRIVATE_H
#define FORMS_TABLE_PRIVATE_H

#include "forms/table.h"

/* A new table at the end; NULL when there is no room. */
struct table *tables_add(struct arena *arena, struct tables *tables, const char *name, size_t length);

/* The first row of a table is its header. Cells are copied. */
MUST_USE enum status table_add(struct arena *arena, const char *file, struct table *table, const struct sheet_row *row,
                               struct fail *fail);

/* Both take text in UTF-8. */
MUST_USE enum status tables_read_csv(struct arena *arena, const char *name, char *text, struct tables *tables,
                                     struct fail *fail);
MUST_USE enum status tables_read_md(struct arena *arena, const char *name, char *text, struct tables *tables,
                                    struct fail *fail);

#endif
