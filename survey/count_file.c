/* Large lists are never held in memory twice: lines go to the disk and into the hash as they come. */
#include "survey/count_file.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static void beside(const struct count_file *file, char path[WAVE_PATH_ROOM + 8])
{
    snprintf(path, WAVE_PATH_ROOM + 8, "%s.new", file->path);
}

enum status count_file_open(struct count_file *file, const char *folder, const char *name, unsigned mode,
                            struct fail *fail)
{
    char path[WAVE_PATH_ROOM + 8];
    snprintf(file->name, sizeof file->name, "%s", name);
    folder_path(file->path, folder, name);
    beside(file, path);
    crypto_hash_sha256_init(&file->hash);
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, (mode_t)mode);
    file->beside = descriptor >= 0;
    file->stream = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (descriptor >= 0 && file->stream == NULL)
        close(descriptor);
    return file->stream == NULL ? fail_errno(fail, "open", path) : STATUS_OK;
}

void count_file_add(struct count_file *file, const void *bytes, size_t length)
{
    if (fwrite(bytes, 1, length, file->stream) == length) /* else ferror stays set */
        crypto_hash_sha256_update(&file->hash, bytes, length);
}

void count_file_hash(struct count_file *file, const unsigned char hash[32])
{
    char line[66];
    sodium_bin2hex(line, sizeof line, hash, 32);
    line[64] = '\n';
    count_file_add(file, line, 65);
}

enum status count_file_close(struct count_file *file, struct fail *fail)
{
    unsigned char hash[32];
    bool good = ferror(file->stream) == 0 && fflush(file->stream) == 0 && fsync(fileno(file->stream)) == 0;
    enum status status = good ? STATUS_OK : fail_errno(fail, "write", file->path);
    if (fclose(file->stream) != 0 && status == STATUS_OK)
        status = fail_errno(fail, "close", file->path);
    file->stream = NULL;
    crypto_hash_sha256_final(&file->hash, hash);
    sodium_bin2hex(file->sha256, sizeof file->sha256, hash, sizeof hash);
    return status;
}

enum status count_file_keep(struct count_file *file, struct fail *fail)
{
    char path[WAVE_PATH_ROOM + 8];
    beside(file, path);
    if (rename(path, file->path) != 0)
        return fail_errno(fail, "rename", path);
    file->beside = false;
    return STATUS_OK;
}

void count_file_drop(struct count_file *file)
{
    char path[WAVE_PATH_ROOM + 8];
    if (file->stream != NULL)
        (void)fclose(file->stream);
    file->stream = NULL;
    if (file->beside) {
        beside(file, path);
        (void)unlink(path);
    }
    file->beside = false;
}
