/* The registry: every line of indicators.def in its order. */
#include "analysis/indicator.h"

#include <string.h>

#define INDICATOR(name) extern const struct indicator ind_##name;
#include "analysis/indicators.def"
#undef INDICATOR

const struct indicator *const indicators[] = {
#define INDICATOR(name) &ind_##name,
#include "analysis/indicators.def"
#undef INDICATOR
    NULL,
};

const struct indicator *indicator_find(const char *id)
{
    for (size_t i = 0; indicators[i] != NULL; i++)
        if (strcmp(indicators[i]->id, id) == 0)
            return indicators[i];
    return NULL;
}
