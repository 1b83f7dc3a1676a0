/* Small files go through memory, compressed for those who can; a large list goes from the disk to the line, since many may
 * fetch it at once. */
#include "survey/published.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "survey/reply.h"
#include "survey/wave.h"

enum { MEMORY_MAX = 2 << 20, ETAG_ROOM = 40 };

#define TEXT "text/plain; charset=utf-8"

/* clang-format off */
const struct published published[] = {
    { "manifest",        "application/json", N_("The survey's keys and rules; its SHA-256 is the check code of the survey.") },
    { "tables.txt",      TEXT, N_("The tables the survey publishes, fixed before it opened, with the thresholds; the manifest holds its check sum.") },
    { "result.json",     "application/json", N_("The numbers, the root and the check sums of the other files; closes with the check code of the result.") },
    { "leaves.txt",      TEXT, N_("The receipts of all counted questionnaires, sorted, one a line.") },
    { "withdrawn.txt",   TEXT, N_("The receipts of all questionnaires that were taken back.") },
    { "credentials.txt", TEXT, N_("The ballots of all counted questionnaires with the survey's signature: nobody can make one without the key.") },
    { "drawn.txt",       TEXT, N_("Fingerprints of all codes with which a ballot was fetched.") },
    { "issuer.pem",      "application/x-pem-file", N_("The public key the signatures are checked with.") },
};
/* clang-format on */
const size_t published_count = COUNT(published);

const struct published *published_find(const char *file)
{
    for (size_t i = 0; i < published_count; i++)
        if (strcmp(published[i].file, file) == 0)
            return &published[i];
    return NULL;
}

bool published_exists(struct service *service, const char *wave, const struct published *row)
{
    char path[WAVE_PATH_ROOM];
    wave_path(path, service->dir, wave, row->file);
    return access(path, R_OK) == 0;
}

static enum status send_small(struct response *response, const char *path, char etag[ETAG_ROOM], struct fail *fail)
{
    unsigned char hash[32];
    enum status status = buf_read_file(&response->page.out, path, NULL); /* its sentence would show a path of the server */
    if (status != STATUS_OK)
        return FAIL(fail, status, "this file cannot be read at the moment");
    crypto_hash_sha256(hash, (const unsigned char *)(response->page.out.bytes == NULL ? "" : response->page.out.bytes),
                       response->page.out.length);
    sodium_bin2hex(etag, 33, hash, 16);
    return STATUS_OK;
}

enum status published_file(struct service *service, const struct request *request, struct response *response,
                           struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct stat facts;
    const char *slash = strrchr(request->path, '/');
    const struct published *row = published_find(slash == NULL ? "" : slash + 1);
    char *etag = arena_get(request->arena, ETAG_ROOM, 1);
    if (row == NULL || !wave_name_ok(request->parts[0]))
        return reply_refuse(request, response, 404, "unknown-wave", N_("There is no such survey."));
    wave_path(path, service->dir, request->parts[0], row->file);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return reply_refuse(request, response, 404, "missing", N_("This is not published (yet)."));
    enum status status = fstat(file, &facts) != 0 || etag == NULL ? fail_errno(fail, "fstat", row->file) : STATUS_OK;
    if (status == STATUS_OK && facts.st_size > MEMORY_MAX) {
        snprintf(etag, ETAG_ROOM, "%llx-%llx%lx", (unsigned long long)facts.st_size,
                 (unsigned long long)facts.st_mtim.tv_sec, (unsigned long)facts.st_mtim.tv_nsec);
        response->from_file = true;
        response->file = file;
        response->file_length = (uint64_t)facts.st_size;
    } else {
        close(file);
        if (status == STATUS_OK)
            status = send_small(response, path, etag, fail);
    }
    response->etag = etag;
    response->content_type = row->type;
    response->allow_origin = "*"; /* public, and the client on the issuer's page compares both faces */
    response->cache = true;
    return status;
}
