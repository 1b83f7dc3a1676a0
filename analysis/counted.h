/* Cells from registers: counts of things are open, counts of people are not. Shared by the indicators of analysis/registers.h. */
#ifndef ANALYSIS_COUNTED_H
#define ANALYSIS_COUNTED_H

#include "analysis/shared.h"

/* Year of the reported wave. */
int counted_year(const struct inputs *inputs);
/* Position in sample->departments of the department the unit is reported under; -1 when there is none, as for all units. */
int counted_department(const struct sample *sample, int unit);

/* Share of things (documents, advertisements), per cent: nobody to protect; below least things it is not reliable (u). Their
 * numbers are cell_open. */
void counted_share(struct raw_cell *cell, double part, double whole, double least);

/* Least people on each side of a share: as in counts of the personnel office, and for those who come, leave or rise. */
enum { COUNTED_SIDES = 5, COUNTED_FLOW = 10 };

/* People of a register: a number like a personnel count (rounded to 5, at least 5). */
void counted_people(struct raw_cell *cell, uint32_t people);
/* Those who come, leave or rise: ten at least, for colleagues know who they are. */
void counted_flow(struct raw_cell *cell, uint32_t people);
/* Share of people with Wilson's range, per cent; the exact number is not printed beside it. Protected like answers: few on
 * one of its sides hide it. Where the numbers stand in the table too, its column follows theirs. */
void counted_rate(struct raw_cell *cell, uint32_t part, uint32_t whole, uint32_t least);

#endif
