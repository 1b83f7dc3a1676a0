/* Immigration history from the five questions M1–M5, under eight definitions, with three-valued logic: an unknown
 * answer makes a definition unknown only where it could change the result. Asks nothing about countries. */
#ifndef ANALYSIS_RECODE_H
#define ANALYSIS_RECODE_H

#include "analysis/inputs.h"

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

/* Codes of M1–M5 as in the questionnaire; 9 (or anything that is no code) = unknown. */
struct origins {
    uint8_t citizenship;  /* M1: 1 by birth, 2 later, 3 none */
    uint8_t born;         /* M2: 1 in Germany, 2 elsewhere */
    uint8_t mother;       /* M3: 1 in Germany, came 2 since 1956, 3 1950–55, 4 before 1950, 5 never */
    uint8_t father;       /* M4 */
    uint8_t parents_german; /* M5, by birth: 1 both, 2 one, 3 neither */
};

/* out has DEFINITION_COUNT places. */
void recode(const struct origins *origins, enum truth out[]);

/* Whether every question the definition looks at was answered. A share counts such people only: one "yes" is enough to
 * know of a history, but only four answers show that there is none, so counting everybody who can be decided would lose
 * people without a history at each skipped question and overstate the share (docs/decisions/0003). */
bool recode_complete(const struct origins *origins, enum definition definition);

const char *definition_code(enum definition definition); /* "TINTG_2021" */
const char *definition_name(enum definition definition); /* English, to translate */

#endif
