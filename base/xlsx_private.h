/* What the files xlsx*.c share. */
#ifndef BASE_XLSX_PRIVATE_H
#define BASE_XLSX_PRIVATE_H

#include "base/arena.h"
#include "base/unzip.h"
#include "base/xlsx.h"
#include "base/xml.h"

struct xlsx {
    const char *name;
    struct unzip *unzip;
    size_t limit;
    struct arena arena; /* names and styles */
    const char *sheets[SHEET_MAX];
    const char *entries[SHEET_MAX]; /* of the archive, by the same index */
    size_t sheet_count;
    bool since_1904;
    bool *dates; /* by style: whether it shows a number as date or time */
    size_t style_count;
    struct buf strings; /* shared strings, each with its NUL */
    struct buf starts;  /* uint32_t per shared string */
};

/* Inflates an entry into a handler of XML events. */
MUST_USE enum status xlsx_stream(struct xlsx *xlsx, const char *entry, const struct xml_events *events, void *context,
                                 struct fail *fail);

/* Shared strings into xlsx->strings and ->starts. */
MUST_USE enum status xlsx_read_strings(struct xlsx *xlsx, const char *entry, struct fail *fail);

/* "_x000D_" stands for a character that XML cannot hold: line ends come back, other control characters are left out.
 * Returns the new length. */
size_t xlsx_unescape(char *text, size_t length);

/* Which styles are dates, from styles.xml. */
MUST_USE enum status xlsx_read_styles(struct xlsx *xlsx, const char *entry, struct fail *fail);

/* The text of a number cell: shortest decimal or, when date is set, ISO. */
enum { XLSX_NUMBER_ROOM = 40 };
void xlsx_number(const char *value, bool date, bool since_1904, char text[XLSX_NUMBER_ROOM]);

#endif
