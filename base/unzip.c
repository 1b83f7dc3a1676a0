/* libzip reads the list of entries at once, so that list is measured before libzip sees the archive. */
#include "base/unzip.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { PORTION = 64 * 1024, END_LENGTH = 22, END_COMMENT_MAX = 0xFFFF };

struct unzip {
    const char *name;
    zip_t *archive;
    size_t limit;
    size_t inflated; /* of all entries so far */
};

static uint32_t little_endian(const char *bytes, size_t count)
{
    uint32_t value = 0;
    while (count-- > 0)
        value = value << 8 | (unsigned char)bytes[count];
    return value;
}

/* Every place that may be the end record is looked at, because libzip chooses among them itself. */
static enum status measure(const char *name, const char *bytes, size_t length, struct fail *fail)
{
    bool found = false;
    size_t reach = END_LENGTH + END_COMMENT_MAX;
    size_t first = length > reach ? length - reach : 0;
    for (size_t i = first; length >= END_LENGTH && i <= length - END_LENGTH; i++) {
        if (memcmp(bytes + i, "PK\5\6", 4) != 0)
            continue;
        found = true;
        if (little_endian(bytes + i + 10, 2) > UNZIP_ENTRY_MAX ||
            little_endian(bytes + i + 12, 4) > UNZIP_DIRECTORY_MAX)
            return FAIL(fail, STATUS_LIMIT, "%s: the archive has more than %d entries", name, (int)UNZIP_ENTRY_MAX);
    }
    return found ? STATUS_OK : FAIL(fail, STATUS_INPUT, "%s: this is not a spreadsheet, or the file was cut off", name);
}

enum status unzip_open(const char *name, const char *bytes, size_t length, size_t limit, struct unzip **unzip,
                       struct fail *fail)
{
    enum status status = measure(name, bytes, length, fail);
    if (status != STATUS_OK)
        return status;
    struct unzip *made = calloc(1, sizeof *made);
    zip_source_t *source = zip_source_buffer_create(bytes, length, 0, NULL);
    if (made == NULL || source == NULL) {
        free(made);
        zip_source_free(source);
        return FAIL(fail, STATUS_MEMORY, "%s: out of memory", name);
    }
    made->name = name;
    made->limit = limit;
    made->archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    if (made->archive == NULL) {
        free(made);
        zip_source_free(source);
        return FAIL(fail, STATUS_INPUT, "%s: this is not a spreadsheet, or the file is damaged", name);
    }
    *unzip = made;
    return STATUS_OK;
}

void unzip_close(struct unzip *unzip)
{
    if (unzip == NULL)
        return;
    zip_discard(unzip->archive);
    free(unzip);
}

bool unzip_has(const struct unzip *unzip, const char *entry)
{
    return zip_name_locate(unzip->archive, entry, 0) >= 0;
}

static enum status too_large(const struct unzip *unzip, struct fail *fail)
{
    return FAIL(fail, STATUS_LIMIT, "%s: unpacked, the file is larger than %zu MB", unzip->name, unzip->limit >> 20);
}

static enum status inflate(struct unzip *unzip, const zip_stat_t *entry, zip_file_t *file, unzip_portion *portion,
                           void *context, struct fail *fail)
{
    char bytes[PORTION];
    uint64_t inflated = 0;
    for (;;) {
        zip_int64_t length = zip_fread(file, bytes, sizeof bytes);
        if (length < 0)
            return FAIL(fail, STATUS_INPUT, "%s: the file is damaged (%s)", unzip->name, entry->name);
        if (length == 0)
            return STATUS_OK;
        inflated += (uint64_t)length;
        unzip->inflated += (size_t)length;
        if (unzip->inflated > unzip->limit)
            return too_large(unzip, fail);
        if (inflated > UNZIP_RATE_FREE && inflated / UNZIP_RATE_MAX > entry->comp_size)
            return FAIL(fail, STATUS_LIMIT, "%s: %s is packed more than %d to 1, as no real spreadsheet is",
                        unzip->name, entry->name, (int)UNZIP_RATE_MAX);
        enum status status = portion(context, bytes, (size_t)length, fail);
        if (status != STATUS_OK)
            return status;
    }
}

enum status unzip_stream(struct unzip *unzip, const char *entry, unzip_portion *portion, void *context,
                         struct fail *fail)
{
    zip_int64_t place = zip_name_locate(unzip->archive, entry, 0);
    zip_stat_t found;
    if (place < 0 || zip_stat_index(unzip->archive, (zip_uint64_t)place, 0, &found) != 0)
        return FAIL(fail, STATUS_MISSING, "%s: %s is missing in the file", unzip->name, entry);
    if ((found.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && found.encryption_method != ZIP_EM_NONE)
        return FAIL(fail, STATUS_INPUT, "%s: the file is protected by a password: save it without one", unzip->name);
    if ((found.valid & ZIP_STAT_SIZE) == 0 || (found.valid & ZIP_STAT_COMP_SIZE) == 0)
        return FAIL(fail, STATUS_INPUT, "%s: the file is damaged (%s)", unzip->name, entry);
    if (found.size > unzip->limit - unzip->inflated)
        return too_large(unzip, fail);
    zip_file_t *file = zip_fopen_index(unzip->archive, (zip_uint64_t)place, 0);
    if (file == NULL)
        return FAIL(fail, STATUS_INPUT, "%s: the file is damaged (%s)", unzip->name, entry);
    enum status status = inflate(unzip, &found, file, portion, context, fail);
    zip_fclose(file);
    return status;
}

static enum status append(void *context, const char *bytes, size_t length, struct fail *fail)
{
    struct buf *out = context;
    buf_add(out, bytes, length);
    return buf_status(out, "the entry", fail);
}

enum status unzip_read(struct unzip *unzip, const char *entry, struct buf *out, struct fail *fail)
{
    return unzip_stream(unzip, entry, append, out, fail);
}
