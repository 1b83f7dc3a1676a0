/* Tables as JSON for the commands protect and attack (docs/secrecy.md). */
#ifndef SURVEY_LATTICE_JSON_H
#define SURVEY_LATTICE_JSON_H

#include <jansson.h>

#include "analysis/attack.h"
#include "analysis/suppress.h"
#include "base/arena.h"

/* The file as a document of docs/secrecy.md, and the lattice in it; cell i is cells[i] of the document and group i.
 * A name that ends with .jj is read as such and turned into the same document. *document: the caller frees (json_decref).
 * STATUS_MISSING, STATUS_IO, STATUS_INPUT, STATUS_CONFLICT (names cell or relation), STATUS_LIMIT, STATUS_MEMORY. */
MUST_USE enum status lattice_json_read(struct arena *arena, const char *path, json_t **document,
                                       struct lattice *lattice, struct fail *fail);

/* The same from memory; bytes end with a NUL at bytes[length]; name decides on the format and stands in the sentences. */
MUST_USE enum status lattice_json_parse(struct arena *arena, const char *bytes, size_t length, const char *name,
                                        json_t **document, struct lattice *lattice, struct fail *fail);

/* Writes status "secondary" to what was hidden in addition. */
void lattice_json_mark(json_t *document, const struct lattice *lattice);
/* Interval of each protected cell, and the counts of the audit under "audit". */
void lattice_json_audit(json_t *document, const struct lattice *lattice, const struct interval found[],
                        const struct attack_result *result);

#endif
