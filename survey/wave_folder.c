/* What stands in a wave's folder, read without the database: manifest, form and the units it was bound to. The collector
 * and the counting machine know nothing else of a wave. */
#include <stdio.h>
#include <string.h>

#include "forms/format.h"
#include "survey/wave.h"

enum { FORM_MAX = 4 << 20, FORM_ARENA_MAX = 256 << 20, UNITS_MAX = 1 << 20, MANIFEST_MAX = 8192 };

void wave_path(char path[WAVE_PATH_ROOM], const char *dir, const char *wave, const char *file)
{
    int length = snprintf(path, WAVE_PATH_ROOM, "%s/waves/%s/%s", dir, wave, file);
    if (length < 0 || length >= WAVE_PATH_ROOM)
        path[0] = '\0';
}

void wave_folder(char folder[WAVE_PATH_ROOM], const char *dir, const char *wave)
{
    int length = snprintf(folder, WAVE_PATH_ROOM, "%s/waves/%s", dir, wave);
    if (length < 0 || length >= WAVE_PATH_ROOM)
        folder[0] = '\0';
}

void folder_path(char path[WAVE_PATH_ROOM], const char *folder, const char *file)
{
    int length = snprintf(path, WAVE_PATH_ROOM, "%s/%s", folder, file);
    if (length < 0 || length >= WAVE_PATH_ROOM)
        path[0] = '\0';
}

enum status folder_manifest(const char *folder, struct manifest *manifest, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct buf bytes;
    folder_path(path, folder, "manifest");
    buf_init(&bytes, MANIFEST_MAX);
    enum status status = buf_read_file(&bytes, path, fail);
    if (status == STATUS_OK)
        status = manifest_read(bytes.bytes == NULL ? "" : bytes.bytes, bytes.length, manifest, fail);
    buf_free(&bytes);
    return status;
}

enum status wave_manifest(const char *dir, const char *wave, struct manifest *manifest, struct fail *fail)
{
    char folder[WAVE_PATH_ROOM];
    if (!wave_name_ok(wave))
        return FAIL(fail, STATUS_MISSING, "there is no wave %s", wave);
    wave_folder(folder, dir, wave);
    enum status status = folder_manifest(folder, manifest, fail);
    if (status == STATUS_OK && strcmp(manifest->wave, wave) != 0)
        status = FAIL(fail, STATUS_INPUT, "%s/manifest belongs to the wave %s", folder, manifest->wave);
    return status;
}

enum status wave_form_bytes(const char *form, struct buf *out, struct fail *fail)
{
    struct arena arena;
    const struct form *read = NULL;
    arena_init(&arena, FORM_ARENA_MAX);
    enum status status = format_read(&arena, form, &read, out, NULL, fail);
    arena_free(&arena);
    return status;
}

/* Lines "code TAB name"; the names were checked when they were written. */
static enum status read_units(struct arena *arena, const char *path, struct listed **entries, size_t *count,
                              struct fail *fail)
{
    struct buf bytes;
    buf_init(&bytes, UNITS_MAX);
    enum status status = buf_read_file(&bytes, path, fail);
    char *text = status == STATUS_OK ? arena_copy(arena, bytes.bytes == NULL ? "" : bytes.bytes, bytes.length) : NULL;
    *entries = ARENA_NEW(arena, struct listed, FORM_OPTION_MAX);
    *count = 0;
    if (status == STATUS_OK && (text == NULL || *entries == NULL))
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for %s", path);
    while (status == STATUS_OK && *text != '\0') {
        char *end = strchr(text, '\n');
        char *tab = strchr(text, '\t');
        if (end == NULL || tab == NULL || tab > end || *count == FORM_OPTION_MAX) {
            status = FAIL(fail, STATUS_INPUT, "%s is damaged: each line is a code, a tab and a name", path);
            break;
        }
        *tab = '\0';
        *end = '\0';
        (*entries)[(*count)++] = (struct listed){ .code = text, .name = tab + 1 };
        text = end + 1;
    }
    buf_free(&bytes);
    return status;
}

enum status folder_form(struct arena *arena, const char *folder, const struct form **form, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct buf bytes;
    struct listed *entries = NULL;
    const struct form *plain = NULL;
    size_t count = 0;
    buf_init(&bytes, FORM_MAX);
    folder_path(path, folder, "form.yaml");
    enum status status = buf_read_file(&bytes, path, fail);
    if (status == STATUS_OK)
        status = form_parse_yaml(arena, "form.yaml", bytes.bytes == NULL ? "" : bytes.bytes, bytes.length, &plain, NULL,
                                 NULL, fail);
    folder_path(path, folder, "units.tsv");
    if (status == STATUS_OK)
        status = read_units(arena, path, &entries, &count, fail);
    if (status == STATUS_OK)
        status = form_bind(arena, plain, "units", entries, count, form, fail);
    buf_free(&bytes);
    return status;
}

enum status wave_form(struct arena *arena, const char *dir, const char *wave, const struct form **form,
                      struct fail *fail)
{
    char folder[WAVE_PATH_ROOM];
    if (!wave_name_ok(wave))
        return FAIL(fail, STATUS_MISSING, "there is no wave %s", wave);
    wave_folder(folder, dir, wave);
    return folder_form(arena, folder, form, fail);
}
