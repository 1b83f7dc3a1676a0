/* The tables beside the workforce cube, as the demo city's offices would send them: one file a kind with all its years. */
#ifndef SURVEY_DEMO_REGISTERS_H
#define SURVEY_DEMO_REGISTERS_H

#include "survey/demo_city.h"

/* Kinds of tables.def, in the order in which they can be imported. */
const char *demo_register_kind(size_t i); /* NULL past the end */
/* The file of a kind. The same city gives the same bytes. Errors stick in the buf. */
void demo_register_csv(const struct demo_city *city, const char *kind, struct buf *out);

#endif
