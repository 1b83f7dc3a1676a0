/* Is this file the report of this release? The report is made again and compared byte by byte; a file that differs is
 * asked for the fingerprint that stands in it. Nothing of the file is trusted or shown. */
#include <string.h>

#include "reports/section.h"
#include "survey/results.h"

enum { FILE_MAX_BYTES = 256 << 20, MARK_HEX = 64 };
static const char mark[] = "urn:querschnitt:";

static const char *find(const struct buf *bytes, const char *text, size_t from)
{
    const size_t length = strlen(text);
    for (size_t i = from; i + length <= bytes->length; i++)
        if (bytes->bytes[i] == *text && memcmp(bytes->bytes + i, text, length) == 0)
            return bytes->bytes + i;
    return NULL;
}

/* The file names the figures of this release. */
static enum verdict verdict_of(const struct buf *bytes, const char *fingerprint)
{
    const char *found = find(bytes, mark, 0);
    if (found == NULL)
        return VERDICT_FOREIGN;
    const size_t rest = bytes->length - (size_t)(found - bytes->bytes) - (sizeof mark - 1);
    return rest >= MARK_HEX && strlen(fingerprint) == MARK_HEX &&
                   memcmp(found + sizeof mark - 1, fingerprint, MARK_HEX) == 0
               ? VERDICT_FIGURES
               : VERDICT_OTHER;
}

enum status results_verify(const struct results *results, const char *path, enum verdict *verdict,
                           const struct language **language, struct fail *fail)
{
    struct buf file;
    struct buf made;
    buf_init(&file, FILE_MAX_BYTES);
    buf_init(&made, FILE_MAX_BYTES);
    enum status status = buf_read_file(&file, path, fail);
    const bool html = file.length > 5 && memcmp(file.bytes, "%PDF-", 5) != 0;
    bool same = false;
    *language = NULL;
    for (const struct language *each = language_staff_next(NULL); each != NULL; each = language_staff_next(each))
        for (enum edition edition = EDITION_REPORT; edition < EDITION_COUNT && status == STATUS_OK && !same; edition++) {
            size_t pages = 0;
            buf_clear(&made);
            status = report_write(results->release, &results->remarks, each, edition, html, &made, &pages, fail);
            same = status == STATUS_OK && made.length == file.length &&
                   memcmp(made.bytes, file.bytes, file.length) == 0;
            *language = same ? each : NULL;
        }
    if (status == STATUS_OK)
        *verdict = same ? VERDICT_SAME : verdict_of(&file, results->release->fingerprint);
    buf_free(&file);
    buf_free(&made);
    return status;
}
