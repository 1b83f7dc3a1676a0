/* Growing bytes with a limit; whole-file reading and replacing. */
#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void buf_init(struct buf *buf, size_t limit)
{
    *buf = (struct buf){ .limit = limit };
}

void buf_free(struct buf *buf)
{
    free(buf->bytes);
    *buf = (struct buf){ .limit = buf->limit };
}

void buf_clear(struct buf *buf)
{
    buf->length = 0;
    buf->failed = false;
    if (buf->bytes != NULL)
        buf->bytes[0] = '\0';
}

static bool make_room(struct buf *buf, size_t length)
{
    if (buf->failed || length > buf->limit || buf->length > buf->limit - length) {
        buf->failed = true;
        return false;
    }
    size_t need = buf->length + length + 1;
    if (need <= buf->room)
        return true;
    size_t room = buf->room < 256 ? 256 : buf->room;
    while (room < need)
        room *= 2;
    char *bytes = realloc(buf->bytes, room);
    if (bytes == NULL) {
        buf->failed = true;
        return false;
    }
    buf->bytes = bytes;
    buf->room = room;
    return true;
}

void buf_add(struct buf *buf, const void *bytes, size_t length)
{
    if (!make_room(buf, length))
        return;
    if (length > 0)
        memcpy(buf->bytes + buf->length, bytes, length);
    buf->length += length;
    buf->bytes[buf->length] = '\0';
}

void buf_add_string(struct buf *buf, const char *string)
{
    buf_add(buf, string, strlen(string));
}

void buf_add_byte(struct buf *buf, char byte)
{
    buf_add(buf, &byte, 1);
}

void buf_format(struct buf *buf, const char *format, ...)
{
    va_list first;
    va_list second;
    va_start(first, format);
    va_copy(second, first);
    int length = vsnprintf(NULL, 0, format, first);
    va_end(first);
    if (length >= 0 && make_room(buf, (size_t)length)) {
        vsnprintf(buf->bytes + buf->length, (size_t)length + 1, format, second);
        buf->length += (size_t)length;
    }
    va_end(second);
}

enum status buf_status(const struct buf *buf, const char *what, struct fail *fail)
{
    if (!buf->failed)
        return STATUS_OK;
    return FAIL(fail, STATUS_LIMIT, "%s is larger than %zu bytes", what, buf->limit);
}

enum status buf_move(struct buf *buf, struct buf *part, const char *what, struct fail *fail)
{
    enum status status = buf_status(part, what, fail);
    if (status == STATUS_OK && part->length > 0) {
        buf_add(buf, part->bytes, part->length);
        status = buf_status(buf, what, fail);
    }
    buf_free(part);
    return status;
}

enum status buf_read_file(struct buf *buf, const char *path, struct fail *fail)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT ? FAIL(fail, STATUS_MISSING, "%s: there is no such file", path)
                               : fail_errno(fail, "open", path);
    enum status status = STATUS_OK;
    char block[16 * 1024];
    while (!buf->failed) {
        ssize_t length = read(file, block, sizeof block);
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            status = fail_errno(fail, "read", path);
        if (length <= 0)
            break;
        buf_add(buf, block, (size_t)length);
    }
    close(file);
    return status != STATUS_OK ? status : buf_status(buf, path, fail);
}

static enum status write_all(int file, const struct buf *buf, const char *path, struct fail *fail)
{
    for (size_t done = 0; done < buf->length;) {
        ssize_t length = write(file, buf->bytes + done, buf->length - done);
        if (length < 0 && errno != EINTR)
            return fail_errno(fail, "write", path);
        if (length > 0)
            done += (size_t)length;
    }
    return fsync(file) == 0 ? STATUS_OK : fail_errno(fail, "fsync", path);
}

enum status buf_write_file(const struct buf *buf, const char *path, unsigned mode, struct fail *fail)
{
    char temporary[4096];
    int length = snprintf(temporary, sizeof temporary, "%s.new", path);
    if (length < 0 || (size_t)length >= sizeof temporary)
        return FAIL(fail, STATUS_LIMIT, "%s: the path is too long", path);
    enum status status = buf_status(buf, path, fail);
    if (status != STATUS_OK)
        return status;
    int file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, (mode_t)mode);
    if (file < 0)
        return fail_errno(fail, "open", temporary);
    status = write_all(file, buf, temporary, fail);
    if (close(file) != 0 && status == STATUS_OK)
        status = fail_errno(fail, "close", temporary);
    if (status == STATUS_OK && rename(temporary, path) != 0)
        status = fail_errno(fail, "rename", path);
    if (status != STATUS_OK)
        unlink(temporary);
    return status;
}
