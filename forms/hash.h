/* SHA-256 as 64 hex digits: the identity of a form. */
#ifndef FORMS_HASH_H
#define FORMS_HASH_H

#include <stddef.h>

#include "base/status.h"

MUST_USE enum status hash_hex(const void *bytes, size_t length, char hex[65], struct fail *fail);

#endif
