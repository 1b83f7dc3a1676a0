/* What runs libfreexl: never returns; to be called in a child process only. */
#ifndef BASE_XLS_CHILD_H
#define BASE_XLS_CHILD_H

#include <stddef.h>

/* How the child ends. */
enum xls_exit { XLS_EXIT_OK, XLS_EXIT_DAMAGED, XLS_EXIT_PROTECTED, XLS_EXIT_LIMIT };

/* Marks of the records it writes: 'S' a sheet with its name, 'R' a row with its number, 'C' a cell with its column and
 * text; then 'E'. Numbers are uint32_t, texts follow their length; all in the order of this machine. */
_Noreturn void xls_child(int file, int out, size_t memory_max, unsigned seconds_max);

#endif
