/* UTF-8 at the border: check, normalise, convert Windows-1252 and UTF-16. Inside the program text is always NFC. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

bool utf8_valid(const char *bytes, size_t length); /* also refuses NUL and surrogates */
/* Code points of a valid string; what a person would count is close to it after NFC. */
size_t utf8_count(const char *string);
/* Decodes one code point of a valid string; returns its length in bytes (0 at the end). */
size_t utf8_next(const char *string, int32_t *point);
void utf8_add(struct buf *out, int32_t point); /* appends one code point */

enum encoding { ENCODING_UTF8, ENCODING_UTF8_BOM, ENCODING_WINDOWS_1252, ENCODING_UTF16LE };
const char *encoding_name(enum encoding encoding); /* "UTF-8" … */

/* Whether it is UTF-8 in NFC already: utf8_import would write the same bytes. Neither BOM nor NUL in it. */
bool utf8_is_normal(const char *bytes, size_t length);

/* BOM decides; else valid UTF-8; else Windows-1252 (schema.md section 1). Writes NFC UTF-8 without BOM to out. */
MUST_USE enum status utf8_import(const char *bytes, size_t length, struct buf *out, enum encoding *encoding,
                                 struct fail *fail);

/* Replaces UTF-16LE behind its BOM by its UTF-8 where it stands, which needs no second copy of a large file. False, and *own is
 * as it was: no such BOM, not valid, or the beginning needs more room than it has. The result may have to be normalised. */
bool utf8_replace_utf16(struct buf *own);

/* The same for bytes that nobody else needs: left alone where they are right already, replaced otherwise, and what they were is
 * wiped. *skip: bytes of a BOM at the start of *own. own->bytes may become NULL for an empty text. */
MUST_USE enum status utf8_import_own(struct buf *own, enum encoding *encoding, size_t *skip, struct fail *fail);

#endif
