/* Canonical text of all cells, hashed. Two releases with the same published figures have the same fingerprint. */
#include "analysis/fingerprint.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

static int add_table(EVP_MD_CTX *context, const struct release_table *table)
{
    char line[512];
    int good = 1;
    for (size_t r = 0; good && r < table->row_count; r++)
        for (size_t c = 0; good && c < table->column_count; c++) {
            const struct released *cell = &table->cells[r * table->column_count + c];
            int length = snprintf(line, sizeof line, "%s|%s|%zu|%d|%.10g|%.10g|%.10g|%u|%d|%d\n", table->id,
                                  table->rows[r].id, c, (int)cell->sign, cell->value, cell->low, cell->high,
                                  cell->base, (int)cell->word, (int)cell->cap);
            good = length > 0 && (size_t)length < sizeof line && EVP_DigestUpdate(context, line, (size_t)length);
        }
    return good;
}

static int add_text(EVP_MD_CTX *context, const char *text)
{
    return EVP_DigestUpdate(context, text, strlen(text) + 1);
}

static int add_measures(EVP_MD_CTX *context, const struct release *release)
{
    char line[256];
    int good = 1;
    for (size_t i = 0; good && i < release->recommendation_count; i++)
        good = add_text(context, release->recommendations[i].id) && add_text(context, release->recommendations[i].title);
    for (size_t i = 0; good && i < release->measure_count; i++) {
        const struct measure *measure = &release->measures[i];
        snprintf(line, sizeof line, "%d|%d|%d|%.10g|%.10g", measure->recommendation, measure->begins, measure->ends,
                 measure->budget, measure->target);
        good = add_text(context, measure->id) && add_text(context, measure->title) && add_text(context, line) &&
               add_text(context, measure->indicator) && add_text(context, measure->target_reason);
    }
    for (size_t i = 0; good && i < release->status_count; i++) {
        const struct measure_status *status = &release->statuses[i];
        snprintf(line, sizeof line, "%d|%d|%d|%.10g", status->measure, status->year, (int)status->state, status->spent);
        good = add_text(context, line) && add_text(context, status->evidence) && add_text(context, status->reason);
    }
    return good;
}

enum status release_fingerprint(const struct release *release, char hex[65], struct fail *fail)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int good = context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL);
    for (size_t i = 0; good && i < release->table_count; i++)
        good = add_table(context, &release->tables[i]);
    good = good && add_measures(context, release);
    good = good && EVP_DigestFinal_ex(context, digest, &length) && length == 32;
    EVP_MD_CTX_free(context);
    if (!good)
        return FAIL(fail, STATUS_CRYPTO, "the fingerprint of the release cannot be computed");
    for (size_t i = 0; i < 32; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    return STATUS_OK;
}
