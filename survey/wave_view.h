/* What a person wants to know of a wave, read from folder and database: for `wave status` and the office. */
#ifndef SURVEY_WAVE_VIEW_H
#define SURVEY_WAVE_VIEW_H

#include "survey/wave.h"

struct language;

struct wave_view {
    struct wave wave;
    struct manifest manifest;
    char check_code[48];
    struct rehearsal rehearsal;
    uint64_t invited, drawn;
    int64_t days_left; /* days on which answers may still come, today included; 0 from closing on */
    bool over;         /* the last day for answers has passed */
    bool deletion_due; /* and not done */
};

/* today: ISO date of the machine's time zone (env_local_day). */
MUST_USE enum status wave_view(struct store *store, const char *dir, const struct wave *wave, const char *today,
                               struct wave_view *view, struct fail *fail);
/* One sentence: what has to happen next, and with which command. */
void wave_view_next(const struct wave_view *view, const struct language *language, struct buf *out);
const char *wave_key_place(const struct manifest *manifest); /* N_(); where the private half of the box key lies */

/* Whether the last day for answers lies before today (both ISO). */
bool wave_over(const char *closes, const char *today);

#endif
