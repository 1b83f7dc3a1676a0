/* The machine-readable result of `form check --json`. */
#include <string.h>

#include "forms/form_check.h"
#include "forms/qtype.h"

static void write_messages(const char *name, const struct form_message messages[], size_t count, struct buf *out)
{
    buf_format(out, ",\"%s\":[", name);
    for (size_t i = 0; i < count; i++) {
        buf_add_string(out, i > 0 ? ",{\"where\":" : "{\"where\":");
        json_write_string(out, messages[i].where);
        buf_add_string(out, ",\"message\":");
        json_write_string(out, messages[i].message);
        buf_add_byte(out, '}');
    }
    buf_add_byte(out, ']');
}

static void write_types(const struct form_counts *counts, struct buf *out)
{
    const char *between = "";
    buf_add_string(out, ",\"types\":{");
    for (size_t i = 0; counts != NULL && i < FORM_TYPE_MAX && qtypes[i] != NULL; i++) {
        if (counts->by_type[i] == 0)
            continue;
        buf_format(out, "%s\"%s\":%zu", between, qtypes[i]->id, counts->by_type[i]);
        between = ",";
    }
    buf_add_byte(out, '}');
}

void form_check_json(const char *format, const struct form *form, const struct form_counts *counts,
                     const struct form_message errors[], size_t error_count, const struct form_message warnings[],
                     size_t warning_count, struct buf *out)
{
    buf_format(out, "{\"ok\":%s,\"format\":", error_count == 0 ? "true" : "false");
    json_write_string(out, format);
    buf_add_string(out, ",\"title\":");
    json_write_string(out, form != NULL ? form_text(form, &form->title, form->languages[0]) : "");
    buf_add_string(out, ",\"languages\":[");
    for (size_t i = 0; form != NULL && i < form->language_count; i++) {
        buf_add_string(out, i > 0 ? "," : "");
        json_write_string(out, form->languages[i]);
    }
    buf_format(out, "],\"pages\":%zu,\"questions\":%zu,\"answers\":%zu", counts != NULL ? counts->pages : 0,
               counts != NULL ? counts->questions : 0, counts != NULL ? counts->answers : 0);
    write_types(counts, out);
    buf_add_string(out, ",\"lost\":[]");
    write_messages("warnings", warnings, warning_count, out);
    write_messages("errors", errors, error_count, out);
    buf_add_byte(out, '}');
}
