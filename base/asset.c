/* Looks up a built-in file by name. */
#include "base/asset.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *key, const void *element)
{
    return strcmp(key, ((const struct asset *)element)->name);
}

const struct asset *asset_find(const char *name)
{
    return bsearch(name, assets, asset_count, sizeof assets[0], compare);
}
