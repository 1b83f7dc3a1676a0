/* Does a text look like data about a person? For files that must hold counts only (rule V03 of schema.md). */
#ifndef SURVEY_PERSONAL_H
#define SURVEY_PERSONAL_H

#include <stdbool.h>

/* What a column is meant for decides what in it is suspicious. */
enum personal_place {
    PERSONAL_CODES, /* codes, numbers, days: names and addresses have no business there */
    PERSONAL_WORDS, /* names of units, places, sources, reasons: "Goethestraße 12" may be a unit's address */
};

/* An e-mail address, bank account (IBAN with its check digits), social insurance number or telephone number; outside of words
 * also a person's name ("Muster, Erika") or a postal address. text: UTF-8. */
bool personal_looks(const char *text, enum personal_place place);

#endif
