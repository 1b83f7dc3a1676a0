/* The count and the database: what is known of the codes goes out, the counted answers come in. */
#include <dirent.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms/form.h"
#include "survey/boxkey.h"
#include "survey/count.h"
#include "survey/count_file.h"

/* --- turnout --- */

static int by_hash(const void *left, const void *right)
{
    return memcmp(left, right, 32);
}

static enum status write_turnout(const char *folder, uint64_t invited, unsigned char (*hashes)[32], size_t count,
                                 struct fail *fail)
{
    struct count_file drawn = { 0 };
    struct count_file numbers = { 0 };
    char text[96];
    snprintf(text, sizeof text, "{\"invited\":%" PRIu64 ",\"drawn\":%zu}\n", invited, count);
    enum status status = count_file_open(&drawn, folder, "drawn.txt", 0644, fail);
    if (status == STATUS_OK)
        status = count_file_open(&numbers, folder, "turnout.json", 0644, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        count_file_hash(&drawn, hashes[i]);
    if (status == STATUS_OK)
        status = count_file_close(&drawn, fail);
    if (status == STATUS_OK) {
        count_file_add(&numbers, text, strlen(text));
        status = count_file_close(&numbers, fail);
    }
    if (status == STATUS_OK)
        status = count_file_keep(&drawn, fail);
    if (status == STATUS_OK)
        status = count_file_keep(&numbers, fail);
    count_file_drop(&drawn);
    count_file_drop(&numbers);
    return status;
}

enum status count_turnout(struct store *store, const char *dir, const struct wave *wave, struct fail *fail)
{
    char folder[WAVE_PATH_ROOM];
    struct arena arena;
    unsigned char(*hashes)[32] = NULL;
    uint64_t invited = 0;
    size_t count = 0;
    if (wave->state != WAVE_CLOSED && wave->state != WAVE_COUNTED)
        return FAIL(fail, STATUS_CONFLICT, "close the wave %s before counting it", wave->name);
    wave_folder(folder, dir, wave->name);
    arena_init(&arena, (size_t)BALLOTS_MAX * 40);
    enum status status = store_drawn(store, &arena, wave->id, &invited, &hashes, &count, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        count_drawn(hashes[i], hashes[i]);
    if (status == STATUS_OK && count > 0)
        qsort(hashes, count, sizeof *hashes, by_hash); /* the order of the code hashes disappears */
    if (status == STATUS_OK)
        status = write_turnout(folder, invited, hashes, count, fail);
    arena_free(&arena);
    return status;
}

/* --- answers into the database --- */

enum { TEXTS_MAX = 65 };

struct texts { /* answers.txt and the detached files, whole; rows point into them */
    struct buf bytes[TEXTS_MAX];
    size_t count;
    struct counted *rows;
    size_t row_count, row_room;
};

static bool add_row(struct texts *texts, const char *item, const char *line)
{
    if (texts->row_count == texts->row_room) {
        size_t room = texts->row_room == 0 ? 4096 : texts->row_room * 2;
        void *larger = realloc(texts->rows, room * sizeof *texts->rows);
        if (larger == NULL)
            return false;
        texts->rows = larger;
        texts->row_room = room;
    }
    texts->rows[texts->row_count++] = (struct counted){ .item = item, .line = line };
    return true;
}

static enum status add_text(struct texts *texts, const char *folder, const char *name, const char *item,
                            struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct buf *text = &texts->bytes[texts->count++];
    buf_init(text, (size_t)8 << 30);
    folder_path(path, folder, name);
    enum status status = buf_read_file(text, path, fail);
    for (char *line = text->bytes; status == STATUS_OK && line != NULL && *line != '\0';) {
        char *end = strchr(line, '\n');
        if (end == NULL)
            return FAIL(fail, STATUS_INPUT, "%s is not complete: its last line does not end", path);
        *end = '\0';
        if (!add_row(texts, item, line))
            return FAIL(fail, STATUS_MEMORY, "not enough memory to keep %zu answers", texts->row_count);
        line = end + 1;
    }
    return status;
}

enum status count_keep(struct store *store, const char *dir, const struct wave *wave,
                       const struct count_result *result, struct fail *fail)
{
    char folder[WAVE_PATH_ROOM];
    struct count_result copy = *result;
    const struct form *form = NULL;
    struct arena arena;
    struct buf json;
    struct texts *texts = calloc(1, sizeof *texts);
    if (texts == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to count");
    wave_folder(folder, dir, wave->name);
    arena_init(&arena, 64 << 20);
    buf_init(&json, 4096);
    enum status status = folder_form(&arena, folder, &form, fail);
    if (status == STATUS_OK)
        status = add_text(texts, folder, "answers.txt", NULL, fail);
    for (size_t i = 0; status == STATUS_OK && i < form->item_count; i++) {
        char name[96];
        if (!form->items[i].detached || form->items[i].off)
            continue;
        if (texts->count == TEXTS_MAX)
            status = FAIL(fail, STATUS_LIMIT, "the questionnaire has more than %d detached questions", TEXTS_MAX - 1);
        snprintf(name, sizeof name, "detached-%.64s.txt", form->items[i].id);
        if (status == STATUS_OK)
            status = add_text(texts, folder, name, form->items[i].id, fail);
    }
    count_result_write(&copy, &json);
    if (status == STATUS_OK)
        status = store_count(store, wave->id, texts->rows, texts->row_count, json.bytes, fail);
    for (size_t i = 0; i < texts->count; i++) {
        if (texts->bytes[i].bytes != NULL)
            sodium_memzero(texts->bytes[i].bytes, texts->bytes[i].length);
        buf_free(&texts->bytes[i]);
    }
    free(texts->rows);
    free(texts);
    buf_free(&json);
    arena_free(&arena);
    return status;
}

/* --- on the machine of the instance --- */

enum status count_closed(struct store *store, const char *dir, const char *name, struct wave *wave, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    enum status status = store_wave_find(store, name, wave, fail);
    if (status == STATUS_OK && wave->state != WAVE_CLOSED && wave->state != WAVE_COUNTED)
        status = FAIL(fail, STATUS_CONFLICT, "close the wave %s before counting it", name);
    wave_path(path, dir, name, "ballots.box"); /* after the deletion the codes are gone too: the old lists must stay */
    if (status == STATUS_OK && access(path, F_OK) != 0)
        status = FAIL(fail, STATUS_MISSING, "%s: there is no ballot box", path);
    return status;
}

enum status count_here(struct store *store, const char *dir, const char *name, const struct count_request *request,
                       struct count_result *result, struct fail *fail)
{
    char folder[WAVE_PATH_ROOM];
    char path[WAVE_PATH_ROOM];
    unsigned char secret[HPKE_PRIVATE];
    struct count_result made = { 0 };
    struct wave wave;
    enum status status = count_closed(store, dir, name, &wave, fail);
    wave_folder(folder, dir, name);
    wave_path(path, dir, name, "box.key");
    if (status == STATUS_OK && request->secret == NULL)
        status = boxkey_open(path, request->passphrase, secret, fail);
    if (status == STATUS_OK)
        status = count_turnout(store, dir, &wave, fail);
    if (status == STATUS_OK) {
        const struct count_job job = { .folder = folder,
                                       .secret = request->secret == NULL ? secret : request->secret,
                                       .steps = request->steps };
        status = count_folder(&job, &made, fail);
    }
    sodium_memzero(secret, sizeof secret);
    if (status == STATUS_OK)
        status = count_keep(store, dir, &wave, &made, fail);
    if (status == STATUS_OK)
        *result = made;
    return status;
}

enum status count_wave(struct store *store, const char *dir, const char *wave, const char *passphrase,
                       struct count_result *result, struct fail *fail)
{
    const struct count_request request = { .passphrase = passphrase };
    return count_here(store, dir, wave, &request, result, fail);
}
