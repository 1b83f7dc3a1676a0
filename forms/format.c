/* Reads a file of any format: a foreign one becomes the native text first, and only that is what the program uses. */
#include "forms/format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "forms/form_yaml_write.h"
#include "forms/library.h"
#include "forms/yaml_tree.h"

enum { FOREIGN_LENGTH_MAX = 32 << 20 };

#define FORMAT(name) extern const struct format format_##name;
#include "forms/formats.def"
#undef FORMAT

#define FORMAT(name) &format_##name,
const struct format *const formats[] = {
#include "forms/formats.def"
    NULL
};
#undef FORMAT

const struct format *format_find(const char *name)
{
    const size_t length = strlen(name);
    for (size_t i = 0; formats[i] != NULL; i++)
        for (const char *extension = formats[i]->extensions; *extension != '\0';) {
            const size_t size = strcspn(extension, " ");
            if (length > size && strncasecmp(name + length - size, extension, size) == 0)
                return formats[i];
            extension += size + strspn(extension + size, " ");
        }
    return NULL;
}

/* Faults of the native text of a foreign file: its lines mean nothing to the reader, its questions do. */
struct foreign {
    const char *path;
    const struct buf *yaml;
    const struct form_hooks *hooks;
};

/* The last "- id: X" up to that line. */
static void find_id(const struct buf *yaml, unsigned line, char *id, size_t room)
{
    const char *at = yaml->bytes;
    id[0] = '\0';
    for (unsigned i = 1; at != NULL && i <= line; i++) {
        const char *key = at + strspn(at, " ");
        if (strncmp(key, "- id: ", 6) == 0)
            snprintf(id, room, "%.*s", (int)strcspn(key + 6, "\n"), key + 6);
        at = strchr(at, '\n');
        at = at != NULL ? at + 1 : NULL;
    }
}

static void foreign_fault(void *context, const char *where, const char *message)
{
    const struct foreign *foreign = context;
    char id[FORM_ID_MAX + 1];
    char place[512];
    const char *line = strrchr(where, ':'); /* before the column */
    while (line != NULL && line > where && line[-1] != ':')
        line--;
    find_id(foreign->yaml, line != NULL ? (unsigned)strtoul(line, NULL, 10) : 0, id, sizeof id);
    snprintf(place, sizeof place, "%.300s%s%s", foreign->path, id[0] != '\0' ? ": " : "", id);
    if (foreign->hooks != NULL && foreign->hooks->fault != NULL)
        foreign->hooks->fault(foreign->hooks->context, place, message);
}

/* Into the native text. */
static enum status translate(struct arena *arena, const struct format *format, const char *path, const char *bytes,
                             size_t length, struct buf *yaml, const struct form_hooks *hooks, struct fail *fail)
{
    const struct form *form = NULL;
    if (format->read == NULL)
        return FAIL(fail, STATUS_INPUT, "%s: files of this format can be written, but not read", path);
    enum status status = format->read(arena, path, bytes, length, &form, hooks, fail);
    return status == STATUS_OK ? form_write_yaml(form, yaml, fail) : status;
}

enum status format_read_bytes(struct arena *arena, const char *name, const char *bytes, size_t length,
                              const struct form **form, struct buf *yaml, const struct form_hooks *hooks,
                              struct fail *fail)
{
    struct buf text;
    const struct format *format = format_find(name);
    const struct form_hooks none = { 0 };
    const bool foreign = format != NULL && format != formats[0];
    struct foreign place = { name, &text, hooks };
    enum status status = STATUS_OK;
    hooks = hooks != NULL ? hooks : &none;
    buf_init(&text, YAML_LENGTH_MAX);
    if (foreign) {
        status = translate(arena, format, name, bytes, length, &text, hooks, fail);
        bytes = text.bytes != NULL ? text.bytes : "";
        length = text.length;
    }
    if (status == STATUS_OK)
        status = form_parse_yaml(arena, name, bytes, length, form, foreign ? foreign_fault : hooks->fault,
                                 foreign ? (void *)&place : hooks->context, fail);
    if (status == STATUS_OK && yaml != NULL) {
        buf_add(yaml, bytes, length);
        status = buf_status(yaml, name, fail);
    }
    buf_free(&text);
    return status;
}

enum status format_read(struct arena *arena, const char *path, const struct form **form, struct buf *yaml,
                        const struct form_hooks *hooks, struct fail *fail)
{
    struct buf bytes;
    const bool shipped = library_has(path);
    const struct format *format = shipped ? formats[0] : format_find(path);
    buf_init(&bytes, format != NULL && format != formats[0] ? FOREIGN_LENGTH_MAX : YAML_LENGTH_MAX);
    enum status status =
        shipped ? library_text(arena, path, &bytes, hooks, fail) : buf_read_file(&bytes, path, fail);
    if (status == STATUS_OK)
        status = format_read_bytes(arena, path, bytes.bytes != NULL ? bytes.bytes : "", bytes.length, form, yaml, hooks,
                                   fail);
    buf_free(&bytes);
    return status;
}

enum status form_read(struct arena *arena, const char *path, const struct form **form, form_fault *fault, void *context,
                      struct fail *fail)
{
    const struct form_hooks hooks = { .fault = fault, .context = context };
    return format_read(arena, path, form, NULL, &hooks, fail);
}
