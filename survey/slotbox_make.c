/* Makes a new box: every slot written once with random bytes. It grows under another name and gets its own when it is
 * complete and durable, so an interruption leaves nothing that looks like a box. */
#include "survey/slotbox.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/progress.h"
#include "survey/slotbox_file.h"

enum { DAY = 86400, BLOCK = 1 << 20, BAR_FROM = 256 << 20 };

/* Said before hours of writing, not after. */
static enum status check_room(int file, const char *path, uint64_t wanted, struct fail *fail)
{
    struct statvfs info;
    if (fstatvfs(file, &info) != 0)
        return fail_errno(fail, "fstatvfs", path);
    uint64_t room = (uint64_t)info.f_bavail * info.f_frsize;
    return room > wanted ? STATUS_OK
                         : FAIL(fail, STATUS_LIMIT, "%s needs %llu MB, the disk has %llu MB left; make room and repeat",
                                path, (unsigned long long)(wanted >> 20), (unsigned long long)(room >> 20));
}

static enum status fill(int file, const char *path, uint64_t length, struct fail *fail)
{
    struct progress progress = { 0 };
    unsigned char *block = malloc(BLOCK);
    if (block == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the ballot box %s", path);
    if (length > BAR_FROM)
        progress_start(&progress, tr(fail == NULL ? NULL : fail->language, N_("Filling the ballot box with random bytes")));
    enum status status = STATUS_OK;
    for (uint64_t done = 0; done < length && status == STATUS_OK;) {
        size_t part = length - done < BLOCK ? (size_t)(length - done) : BLOCK;
        if (!box_noise(block, part))
            status = FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
        else if (!box_write(file, block, part, BOX_HEADER + done))
            status = fail_errno(fail, "pwrite", path);
        done += part;
        progress_step(&progress, done >> 20, length >> 20);
    }
    if (status == STATUS_OK)
        progress_end(&progress);
    free(block);
    return status;
}

/* The name appears at once, and never in place of another box. */
static enum status give_name(const char *made, const char *path, struct fail *fail)
{
    char folder[PATH_MAX];
    if (link(made, path) != 0)
        return errno == EEXIST ? FAIL(fail, STATUS_CONFLICT, "%s exists already; a ballot box is never replaced", path)
                               : fail_errno(fail, "link", path);
    (void)unlink(made);
    snprintf(folder, sizeof folder, "%s", path);
    int directory = open(dirname(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = directory >= 0 && fsync(directory) == 0;
    enum status status = done ? STATUS_OK : fail_errno(fail, "fsync", path);
    if (directory >= 0)
        close(directory);
    return status;
}

enum status slotbox_create(const char *path, uint32_t slots, uint32_t sealed_length,
                           const unsigned char fingerprint[32], int64_t opened, struct fail *fail)
{
    struct box_shape shape = { slots + BOX_RESERVE, box_room(sealed_length), sealed_length };
    struct timespec day = { .tv_sec = (time_t)(opened - opened % DAY) };
    const struct timespec times[2] = { day, day };
    uint64_t length = (uint64_t)shape.slots * shape.room;
    char made[PATH_MAX];
    if (access(path, F_OK) == 0)
        return FAIL(fail, STATUS_CONFLICT, "%s exists already; a ballot box is never replaced", path);
    if (snprintf(made, sizeof made, "%s.new", path) >= (int)sizeof made)
        return FAIL(fail, STATUS_LIMIT, "%s: the path is too long", path);
    (void)unlink(made); /* of an interrupted attempt */
    int file = open(made, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return fail_errno(fail, "open", made);
    enum status status = box_file_system(file, path, fail);
    if (status == STATUS_OK)
        status = check_room(file, path, length, fail);
    if (status == STATUS_OK)
        status = box_header_write(file, made, &shape, fingerprint, fail);
    if (status == STATUS_OK)
        status = fill(file, made, length, fail);
    if (status == STATUS_OK && (futimens(file, times) != 0 || fsync(file) != 0))
        status = fail_errno(fail, "fsync", made);
    close(file);
    if (status == STATUS_OK)
        status = give_name(made, path, fail);
    if (status != STATUS_OK)
        (void)unlink(made);
    return status;
}
