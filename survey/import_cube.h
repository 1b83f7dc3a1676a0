/* Rule V12: deliveries of one cube that tell the same margin must tell the same number. */
#ifndef SURVEY_IMPORT_CUBE_H
#define SURVEY_IMPORT_CUBE_H

#include "survey/import_private.h"

/* Order by the nine dimensions; 0 for the same combination. */
int cube_row_compare(const struct cube_row *a, const struct cube_row *b);

/* Compares every two deliveries (rows with the same dimensions filled) on the dimensions they share; each difference is
 * a finding. Margins with a suppressed cell are not compared; rounded cells may differ by 2 each. */
MUST_USE enum status import_check_margins(struct import *import, const struct cube *cube, const struct unit *units,
                                          size_t unit_count, struct fail *fail);

#endif
