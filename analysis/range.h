/* An estimate with its 95 % range. All numbers are NaN when the data do not allow it. */
#ifndef ANALYSIS_RANGE_H
#define ANALYSIS_RANGE_H

#include <math.h>
#include <stdbool.h>

struct range {
    double value, low, high;
};

#define NOT_A_NUMBER ((double)NAN) /* NAN is a float: it must not mix with double in ?: */
#define RANGE_NONE ((struct range){ NOT_A_NUMBER, NOT_A_NUMBER, NOT_A_NUMBER })

#endif
