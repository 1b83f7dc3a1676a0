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
    for (size_t i = 0; i < FORM_TYPE_MAX && qtypes[i] != NULL; i++) {
        if (counts->by_type[i] == 0)
            continue;
        buf_format(out, "%s\"%s\":%zu", between, qtypes[i]->id, counts->by_type[i]);
        between = ",";
    }
    buf_add_byte(out, '}');
}

static void write_losses(const struct form_report *report, struct buf *out)
{
    buf_add_string(out, ",\"lost\":[");
    for (size_t i = 0; i < report->loss_count; i++) {
        buf_add_string(out, i > 0 ? ",{\"where\":" : "{\"where\":");
        json_write_string(out, report->losses[i].where);
        buf_add_string(out, ",\"what\":");
        json_write_string(out, report->losses[i].what);
        buf_add_string(out, ",\"kept_as\":");
        if (report->losses[i].instead != NULL)
            json_write_string(out, report->losses[i].instead);
        else
            buf_add_string(out, "null");
        buf_add_byte(out, '}');
    }
    buf_add_byte(out, ']');
}

static void write_languages(const struct form *form, const bool wanted[], const char *name, struct buf *out)
{
    const char *between = "";
    buf_format(out, ",\"%s\":[", name);
    for (size_t i = 0; form != NULL && i < form->language_count; i++) {
        if (wanted != NULL && !wanted[i])
            continue;
        buf_add_string(out, between);
        json_write_string(out, form->languages[i]);
        between = ",";
    }
    buf_add_byte(out, ']');
}

static void write_untranslated(const struct form_report *report, struct buf *out)
{
    const struct form *form = report->form;
    buf_format(out, ",\"texts\":%zu,\"untranslated\":{", report->counts.texts);
    for (size_t i = 1; form != NULL && i < form->language_count; i++) {
        buf_add_string(out, i > 1 ? "," : "");
        json_write_string(out, form->languages[i]);
        buf_format(out, ":%zu", report->counts.missing[i]);
    }
    buf_add_byte(out, '}');
}

void form_check_json(const struct form_report *report, struct buf *out)
{
    const struct form *form = report->form;
    const struct form_counts *counts = &report->counts;
    buf_format(out, "{\"ok\":%s,\"format\":", report->error_count == 0 ? "true" : "false");
    json_write_string(out, report->format);
    buf_add_string(out, ",\"title\":");
    json_write_string(out, form != NULL ? form_text(form, &form->title, form->languages[0]) : "");
    write_languages(form, NULL, "languages", out);
    write_languages(form, form != NULL ? form->draft : NULL, "drafts", out);
    buf_format(out, ",\"pages\":%zu,\"questions\":%zu,\"answers\":%zu", counts->pages, counts->questions,
               counts->answers);
    write_types(counts, out);
    write_untranslated(report, out);
    write_losses(report, out);
    write_messages("warnings", report->warnings, report->warning_count, out);
    write_messages("errors", report->errors, report->error_count, out);
    buf_add_byte(out, '}');
}
