/* Which cell formats show a date, and what a number then says. Source of the numbers of built-in formats and of the
 * 1900 calendar (which has a 29th of February 1900): ECMA-376 part 1, 18.8.30 and 18.17.4.1. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/xlsx_private.h"

enum { FORMAT_MAX = 4096, DAYS_TO_1970 = 25569, DAYS_1904 = 1462, DAYS_TO_3000 = 401769 };

struct styles {
    struct xlsx *xlsx;
    struct buf custom; /* unsigned: numbers of own formats that are dates */
    bool in_cells;
    struct buf dates; /* bool per style */
};

/* y, m, d, h, s outside quotes, colours and escapes mean a date. */
static bool is_date_code(const char *code)
{
    for (const char *c = code; *c != '\0'; c++) {
        if (*c == '\\' || *c == '_' || *c == '*') {
            if (c[1] == '\0')
                return false;
            c++;
        } else if (*c == '"' || (*c == '[' && strchr("hHmMsS", c[1]) == NULL)) {
            const char *end = strchr(c + 1, *c == '"' ? '"' : ']');
            if (end == NULL)
                return false;
            c = end;
        } else if (strchr("yYmMdDhHsS", *c) != NULL)
            return true;
    }
    return false;
}

static bool is_date_format(const struct styles *styles, unsigned format)
{
    if ((format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) ||
        (format >= 50 && format <= 58))
        return true;
    for (size_t i = 0; i < styles->custom.length / sizeof format; i++)
        if (memcmp(styles->custom.bytes + i * sizeof format, &format, sizeof format) == 0)
            return true;
    return false;
}

static unsigned number_of(const char *text)
{
    return text != NULL ? (unsigned)strtoul(text, NULL, 10) : 0;
}

static enum status on_open(void *context, const struct xml_element *element, bool *within, struct fail *fail)
{
    struct styles *styles = context;
    if (strcmp(element->name, "numFmt") == 0) {
        const char *code = xml_attribute(element, "formatCode");
        unsigned format = number_of(xml_attribute(element, "numFmtId"));
        if (code != NULL && is_date_code(code))
            buf_add(&styles->custom, &format, sizeof format);
    } else if (strcmp(element->name, "cellXfs") == 0)
        styles->in_cells = true;
    else if (strcmp(element->name, "xf") == 0 && styles->in_cells) {
        bool date = is_date_format(styles, number_of(xml_attribute(element, "numFmtId")));
        buf_add(&styles->dates, &date, sizeof date);
        *within = false;
    } else if (strcmp(element->name, "styleSheet") != 0 && strcmp(element->name, "numFmts") != 0)
        *within = false;
    return styles->dates.failed || styles->custom.failed
               ? FAIL(fail, STATUS_LIMIT, "%s: too many formats", styles->xlsx->name)
               : STATUS_OK;
}

static enum status on_close(void *context, const char *name, struct fail *fail)
{
    (void)fail;
    if (strcmp(name, "cellXfs") == 0)
        ((struct styles *)context)->in_cells = false;
    return STATUS_OK;
}

static enum status on_text(void *context, const char *text, size_t length, struct fail *fail)
{
    (void)context;
    (void)text;
    (void)length;
    (void)fail;
    return STATUS_OK;
}

enum status xlsx_read_styles(struct xlsx *xlsx, const char *entry, struct fail *fail)
{
    static const struct xml_events events = { on_open, on_close, on_text };
    struct styles styles = { .xlsx = xlsx };
    buf_init(&styles.custom, FORMAT_MAX * sizeof(unsigned));
    buf_init(&styles.dates, XLSX_STYLE_MAX * sizeof(bool));
    enum status status = xlsx_stream(xlsx, entry, &events, &styles, fail);
    size_t count = styles.dates.length / sizeof(bool);
    if (status == STATUS_OK && count > 0) {
        xlsx->dates = ARENA_NEW(&xlsx->arena, bool, count);
        if (xlsx->dates == NULL)
            status = FAIL(fail, STATUS_LIMIT, "%s: too many formats", xlsx->name);
        else {
            memcpy(xlsx->dates, styles.dates.bytes, styles.dates.length);
            xlsx->style_count = count;
        }
    }
    buf_free(&styles.custom);
    buf_free(&styles.dates);
    return status;
}

static void write_date(double value, bool since_1904, char text[XLSX_NUMBER_ROOM])
{
    int64_t day = (int64_t)floor(value);
    int64_t second = llround((value - floor(value)) * DAY_SECONDS);
    if (second == DAY_SECONDS) {
        day++;
        second = 0;
    }
    char iso[DAY_ROOM];
    day_write(day - DAYS_TO_1970 + (since_1904 ? DAYS_1904 : (day < 60 ? 1 : 0)), iso);
    int hours = (int)(second / 3600);
    int minutes = (int)(second / 60 % 60);
    int seconds = (int)(second % 60);
    if (day == 0 && !since_1904)
        snprintf(text, XLSX_NUMBER_ROOM, "%02d:%02d:%02d", hours, minutes, seconds);
    else if (second == 0)
        snprintf(text, XLSX_NUMBER_ROOM, "%s", iso);
    else
        snprintf(text, XLSX_NUMBER_ROOM, "%sT%02d:%02d:%02d", iso, hours, minutes, seconds);
}

void xlsx_number(const char *value, bool date, bool since_1904, char text[XLSX_NUMBER_ROOM])
{
    size_t digits = strspn(value, "0123456789");
    if (!date && value[digits] == '\0' && digits > 0 && digits < 16 && (value[0] != '0' || digits == 1)) {
        memcpy(text, value, digits + 1); /* the usual case, quickly */
        return;
    }
    char *end = NULL;
    double number = strtod(value, &end);
    if (end == value || *end != '\0' || !isfinite(number))
        snprintf(text, XLSX_NUMBER_ROOM, "%.39s", value);
    else if (date && number >= 0 && number < DAYS_TO_3000)
        write_date(number, since_1904, text);
    else if (fabs(number) < 1e15 && floor(number) >= number && ceil(number) <= number)
        snprintf(text, XLSX_NUMBER_ROOM, "%.0f", number);
    else
        snprintf(text, XLSX_NUMBER_ROOM, "%.15g", number);
}
