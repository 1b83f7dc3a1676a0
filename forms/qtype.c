/* The table of question types. */
#include "forms/qtype.h"

#include <string.h>

#define QTYPE(name) extern const struct qtype qtype_##name;
#include "forms/qtypes.def"
#undef QTYPE

const struct qtype *const qtypes[] = {
#define QTYPE(name) &qtype_##name,
#include "forms/qtypes.def"
#undef QTYPE
    NULL,
};

const struct qtype *qtype_find(const char *id)
{
    for (size_t i = 0; qtypes[i] != NULL; i++)
        if (strcmp(qtypes[i]->id, id) == 0)
            return qtypes[i];
    return NULL;
}
