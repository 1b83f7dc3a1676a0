/* The statements of the report's first page, for the cover paper too. */
#ifndef REPORTS_SUMMARY_H
#define REPORTS_SUMMARY_H

#include "reports/tell.h"

bool summary_statements(const struct tell *tell); /* false: there was none to make */

#endif
