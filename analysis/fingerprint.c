/* Canonical text of all cells, hashed with libsodium, which takes no lock: a child of a threaded server comes here.
 * Two releases with the same published figures have the same fingerprint. */
#include "analysis/fingerprint.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static int add_table(crypto_hash_sha256_state *context, const struct release_table *table)
{
    char line[512];
    int good = 1;
    for (size_t r = 0; good && r < table->row_count; r++)
        for (size_t c = 0; good && c < table->column_count; c++) {
            const struct released *cell = &table->cells[r * table->column_count + c];
            int length = snprintf(line, sizeof line, "%s|%s|%zu|%d|%.10g|%.10g|%.10g|%u|%d|%d\n", table->id,
                                  table->rows[r].id, c, (int)cell->sign, cell->value, cell->low, cell->high,
                                  cell->base, (int)cell->word, (int)cell->cap);
            good = length > 0 && (size_t)length < sizeof line &&
                   crypto_hash_sha256_update(context, (const unsigned char *)line, (unsigned long long)length) == 0;
        }
    return good;
}

static int add_text(crypto_hash_sha256_state *context, const char *text)
{
    return crypto_hash_sha256_update(context, (const unsigned char *)text, strlen(text) + 1) == 0;
}

static int add_measures(crypto_hash_sha256_state *context, const struct release *release)
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
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state context;
    int good = crypto_hash_sha256_init(&context) == 0;
    for (size_t i = 0; good && i < release->table_count; i++)
        good = add_table(&context, &release->tables[i]);
    good = good && add_measures(&context, release) && crypto_hash_sha256_final(&context, digest) == 0;
    if (!good)
        return FAIL(fail, STATUS_CRYPTO, "the fingerprint of the release cannot be computed");
    sodium_bin2hex(hex, 65, digest, sizeof digest);
    return STATUS_OK;
}
