/* A sheet that is being made: columns in a fixed order of which only those appear that hold something. */
#ifndef FORMS_GRID_H
#define FORMS_GRID_H

#include "base/arena.h"
#include "base/xlsx_write.h"

enum { GRID_COLUMN_MAX = 512, GRID_ROW_MAX = 65536 };

struct grid {
    struct arena *arena;
    const char *heads[GRID_COLUMN_MAX];
    bool used[GRID_COLUMN_MAX];
    size_t column_count;
    const char ***rows;
    size_t row_count, row_room;
    bool full; /* memory or a bound: sticks */
};

void grid_init(struct grid *grid, struct arena *arena);
/* head is kept. always: appears even when it is empty. */
void grid_column(struct grid *grid, const char *head, bool always);
void grid_row(struct grid *grid);
/* In the last row; text is kept, NULL and "" are nothing. A head without a column is a mistake of the caller. */
void grid_set(struct grid *grid, const char *head, const char *text);
void grid_write(const struct grid *grid, struct xlsx_write *write, const char *sheet);

#endif
