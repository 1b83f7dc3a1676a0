/* Files built into the program: style sheets, scripts, fonts, translations, forms, SQL. Listed in CMake's
 * querschnitt_assets(); found by the name given there. */
#ifndef BASE_ASSET_H
#define BASE_ASSET_H

#include <stddef.h>

struct asset {
    const char *name; /* "survey/assets/client.js" */
    const unsigned char *bytes; /* a NUL follows, not counted */
    size_t length;
    char etag[17]; /* first 16 hex digits of the SHA-256 */
};

extern const struct asset assets[]; /* sorted by name; generated */
extern const size_t asset_count;

const struct asset *asset_find(const char *name); /* NULL when there is none */

#endif
