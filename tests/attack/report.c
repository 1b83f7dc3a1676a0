/* What the harness prints: lines for people, or one JSON document. */
#include "attack.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"

static struct {
    bool json;
    struct buf rows;
    const char *part;
} report;

void report_json(bool on)
{
    report.json = on;
    buf_init(&report.rows, 64 << 20);
}

void report_part(const char *name, const char *title)
{
    report.part = name;
    if (!report.json)
        printf("\n== %s: %s\n", name, title);
    fflush(stdout);
}

void report_row(const char *json)
{
    buf_format(&report.rows, "%s%s", report.rows.length == 0 ? "" : ",\n", json);
}

void report_line(const char *format, ...)
{
    va_list arguments;
    if (report.json)
        return;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
}

unsigned report_check(bool good, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    report_line("%-4s  %s", good ? "ok" : "FAIL", text);
    if (report.json) {
        char row[1024];
        for (char *at = text; *at != '\0'; at++)
            if (*at == '"' || *at == '\\' || (unsigned char)*at < 32)
                *at = '\'';
        snprintf(row, sizeof row, "{\"part\":\"%s\",\"check\":\"%s\",\"ok\":%s}", report.part, text,
                 good ? "true" : "false");
        report_row(row);
    }
    return good ? 0 : 1;
}

void report_end(unsigned failed)
{
    if (report.json)
        printf("{\"failed\":%u,\"rows\":[\n%s\n]}\n", failed, report.rows.bytes == NULL ? "" : report.rows.bytes);
    else
        printf("\n%s\n", failed == 0 ? "every check holds" : "FAILED");
    buf_free(&report.rows);
}
