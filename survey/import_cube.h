/* Rules V10 to V12: deliveries of one cube that tell the same margin must tell the same number. */
#ifndef SURVEY_IMPORT_CUBE_H
#define SURVEY_IMPORT_CUBE_H

#include "survey/import_private.h"

/* Order by the nine dimensions; 0 for the same combination. */
int cube_row_compare(const struct cube_row *a, const struct cube_row *b);

/* The dimensions a row fills, as bits; rows of one delivery have the same. */
unsigned cube_row_pattern(const struct cube_row *row);

/* V10 and V11: warnings about the whole file; the cube before is the newest of an earlier day. */
void import_check_unknown(struct import *import, const struct cube *cube);
MUST_USE enum status import_check_change(struct import *import, const struct cube *cube, const struct unit *units,
                                         size_t unit_count, struct fail *fail);

/* Compares every two deliveries (rows with the same dimensions filled) on the dimensions they share; each difference is
 * a finding. Margins with a suppressed cell are not compared; rounded cells may differ by 2 each. */
MUST_USE enum status import_check_margins(struct import *import, const struct cube *cube, const struct unit *units,
                                          size_t unit_count, struct fail *fail);

#endif
