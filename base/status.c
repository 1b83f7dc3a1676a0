/* Keeps the first failure and writes its sentence in the reader's language. */
#include "base/status.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"

enum status fail_set(struct fail *fail, enum status status, const char *format, ...)
{
    if (fail == NULL || fail->status != STATUS_OK)
        return status;
    fail->status = status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(fail->what, sizeof fail->what, tr(fail->language, format), arguments);
    va_end(arguments);
    return status;
}

enum status fail_errno(struct fail *fail, const char *call, const char *path)
{
    int number = errno;
    char reason[128];
    if (strerror_r(number, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "errno %d", number);
    return FAIL(fail, STATUS_IO, "%s: %s: %s", path, call, reason);
}
