#include "base/zip.h"

#include <zip.h>

enum { DAY = (20 << 9) | (1 << 5) | 1 /* 2000-01-01 in the format of DOS: whenever it is written */ };

static bool add(zip_t *archive, const struct zip_entry *entry)
{
    zip_source_t *source = zip_source_buffer(archive, entry->bytes, entry->length, 0);
    zip_int64_t index = source == NULL ? -1 : zip_file_add(archive, entry->name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_set_file_compression(archive, (zip_uint64_t)index, entry->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) == 0 &&
           zip_file_set_dostime(archive, (zip_uint64_t)index, 0, DAY, 0) == 0;
}

/* The archive is closed into the source, which stays to be read. All of it reaches out, or nothing. */
static enum status take(zip_source_t *source, struct buf *out, struct fail *fail)
{
    char part[16384];
    zip_int64_t length = 0;
    struct buf whole;
    if (zip_source_open(source) != 0)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    buf_init(&whole, out->limit);
    while ((length = zip_source_read(source, part, sizeof part)) > 0)
        buf_add(&whole, part, (size_t)length);
    zip_source_close(source);
    if (length == 0)
        return buf_move(out, &whole, "the ZIP archive", fail);
    buf_free(&whole);
    return FAIL(fail, STATUS_MEMORY, "out of memory");
}

enum status zip_write(const struct zip_entry entries[], size_t count, struct buf *out, struct fail *fail)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *archive = source == NULL ? NULL : zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    if (archive == NULL) {
        zip_source_free(source);
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    }
    zip_source_keep(source); /* the archive gives up its own hold when it is closed */
    bool good = true;
    for (size_t i = 0; i < count && good; i++)
        good = add(archive, &entries[i]);
    if (!good || zip_close(archive) != 0) {
        zip_discard(archive);
        zip_source_free(source);
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    }
    enum status status = take(source, out, fail);
    zip_source_free(source);
    return status;
}
