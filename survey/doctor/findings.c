/* How a check speaks. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "survey/doctor/private.h"

enum { TEXT_MAX = 1024 };

static void keep(struct findings *findings, enum level level, const char *text)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->rows[i].check == findings->check && strcmp(findings->rows[i].text, text) == 0)
            return;
    const char *kept = findings->count == FINDING_MAX ? NULL : arena_string(findings->arena, text);
    if (kept == NULL) {
        findings->dropped++;
        return;
    }
    findings->rows[findings->count++] =
        (struct finding){ .level = level, .check = findings->check, .title = findings->title, .text = kept };
}

void found(struct findings *findings, enum level level, const char *format, ...)
{
    char text[TEXT_MAX];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, tr(findings->language, format), values);
    va_end(values);
    keep(findings, level, text);
}

void found_at(struct findings *findings, enum level level, const char *file, unsigned line, const char *format, ...)
{
    char text[TEXT_MAX];
    va_list values;
    int length = snprintf(text, sizeof text, "%s:%u: ", file, line);
    if (length < 0 || length >= (int)sizeof text)
        length = 0;
    va_start(values, format);
    vsnprintf(text + length, sizeof text - (size_t)length, tr(findings->language, format), values);
    va_end(values);
    keep(findings, level, text);
}

bool found_worse(const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->rows[i].check == findings->check && findings->rows[i].level != LEVEL_GOOD)
            return true;
    return false;
}
