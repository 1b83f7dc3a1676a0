/* The list of people who are invited by name: a CSV of the personnel office, read and checked. Storing it is store.h's,
 * sending codes invite.h's work. */
#ifndef SURVEY_RECIPIENTS_H
#define SURVEY_RECIPIENTS_H

#include "survey/import.h"

enum { RECIPIENT_MAX = 200000, ADDRESS_LINES = 6 };

/* Columns: org_id, sprache (language code; German when empty), email, name, zeile1 … zeile4; each row needs an e-mail
 * address or a name with at least one line of address. The unit becomes its department. Everything lives in the arena.
 * Rows come back in random order with random ids.
 *
 * STATUS_INPUT when there is an error finding; findings never repeat a value. */
MUST_USE enum status recipients_read(struct arena *arena, const struct unit units[], size_t unit_count,
                                     const char *bytes, size_t length, const struct language *language,
                                     struct recipient **recipients, struct import_report *report, struct fail *fail);

/* Whether text can stand in an SMTP command and a header: one @, no blanks, quotes, brackets or control characters. */
bool mail_address_ok(const char *text);

#endif
