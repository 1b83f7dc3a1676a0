/* One line on standard error. No time and no number: the journal adds enough. */
#include "survey/tell.h"

#include <stdio.h>

void tell_operator(const char *sentence)
{
    fprintf(stderr, "querschnitt: %s\n", sentence);
}
