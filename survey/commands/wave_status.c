/* wave status: where each wave stands and what has to happen next. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "survey/commands/waves.h"
#include "survey/housekeeping.h"
#include "survey/office.h"
#include "survey/wave_view.h"

enum { MEMORY = 1 << 20, SENTENCE_MAX = 1024 };

static json_t *to_json(const struct wave_view *view, const char *next)
{
    static const char *const states[] = { "new", "frozen", "open", "closed", "counted" };
    /* Asked again and again while the wave is open, an exact number would tell when somebody takes part. */
    json_t *drawn = view->wave.state == WAVE_OPEN ? json_null() : json_integer((json_int_t)view->drawn);
    return json_pack("{s:s, s:i, s:s, s:b, s:s, s:I, s:s, s:s, s:b, s:s, s:I, s:o, s:s, s:b, s:s, s:s}", "wave",
                     view->wave.name, "year", view->wave.year, "state", states[view->wave.state], "rehearsal",
                     view->wave.rehearsal, "closes", view->wave.closes, "days_left", (json_int_t)view->days_left,
                     "check_code", view->check_code, "key", view->manifest.key, "rehearsed", view->rehearsal.done,
                     "rehearsed_day", view->rehearsal.done ? view->rehearsal.day : "", "invited",
                     (json_int_t)view->invited, "drawn", drawn, "deletes", view->manifest.deletes,
                     "deletion_due", view->deletion_due, "erased", view->wave.erased, "next", next);
}

static void line(const struct language *language, const char *label, const char *value)
{
    printf("  %s: %s\n", tr(language, label), value);
}

static void print(const struct wave_view *view, const char *next, const struct language *language)
{
    char days[64] = "";
    char text[256];
    printf("%s\t%d\t%s%s\n", view->wave.name, view->wave.year, tr(language, office_state(view->wave.state)),
           view->wave.rehearsal ? tr(language, N_(" (rehearsal)")) : "");
    if (view->days_left > 0)
        snprintf(days, sizeof days, tr_plural(language, " (%lu day left)", " (%lu days left)",
                                              (unsigned long)view->days_left),
                 (unsigned long)view->days_left);
    snprintf(text, sizeof text, "%s%s", view->wave.closes, days);
    line(language, N_("Last day for answers"), text);
    line(language, N_("Check code"), view->check_code);
    line(language, N_("Key of the ballot box"), tr(language, wave_key_place(&view->manifest)));
    if (view->wave.erased[0] != '\0') {
        line(language, N_("Deleted"), view->wave.erased);
    } else {
        line(language, N_("Rehearsed"), view->rehearsal.done ? view->rehearsal.day : tr(language, N_("no")));
        snprintf(text, sizeof text, "%s%s", view->manifest.deletes,
                 view->deletion_due ? tr(language, N_(" (due)")) : "");
        line(language, N_("To be deleted from"), text);
    }
    line(language, N_("Next"), next);
}

static enum status show(const struct arguments *arguments, struct store *store, const struct wave *wave,
                        const char *today, json_t *list, struct fail *fail)
{
    struct wave_view view;
    struct buf next;
    buf_init(&next, SENTENCE_MAX);
    enum status status = wave_view(store, arguments->texts[OPT_dir], wave, today, &view, fail);
    if (status == STATUS_OK) {
        wave_view_next(&view, arguments->language, &next);
        status = buf_status(&next, "the status", fail);
    }
    if (status == STATUS_OK && list != NULL &&
        json_array_append_new(list, to_json(&view, next.bytes)) != 0)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the list of waves");
    if (status == STATUS_OK && list == NULL)
        print(&view, next.bytes, arguments->language);
    buf_free(&next);
    return status;
}

enum status wave_status_verb(const struct arguments *arguments, struct store *store, const char *name,
                             struct fail *fail)
{
    struct arena arena;
    arena_init(&arena, MEMORY);
    const struct wave *waves = NULL;
    size_t count = 0;
    char today[11];
    struct wave wave;
    int64_t now = env_system.now(env_system.state);
    env_local_day(now, today);
    json_t *list = arguments->given[OPT_json] ? json_array() : NULL;
    enum status status = housekeeping_close(store, arguments->texts[OPT_dir], now, fail);
    enum status found = name != NULL ? store_wave_find(store, name, &wave, fail)
                                     : store_waves(store, &arena, &waves, &count, fail);
    if (found == STATUS_OK && name != NULL) {
        waves = &wave;
        count = 1;
    }
    status = status == STATUS_OK ? found : status;
    for (size_t i = 0; i < count; i++) { /* one whose folder was moved away does not hide the others */
        enum status shown = show(arguments, store, &waves[i], today, list, fail);
        status = status == STATUS_OK ? shown : status;
    }
    if (list != NULL && (status == STATUS_OK || count > 1)) {
        json_t *root = json_pack("{s:O}", "waves", list);
        char *text = json_dumps(root, JSON_COMPACT);
        puts(text == NULL ? "{}" : text);
        free(text);
        json_decref(root);
    }
    json_decref(list);
    arena_free(&arena);
    return status;
}
