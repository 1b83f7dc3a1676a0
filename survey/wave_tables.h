/* The list of tables a wave publishes, with the thresholds it was promised with: fixed when the wave is frozen, bound by its
 * manifest, part of the staff council's package, held against every release. Format: docs/secrecy.md.
 * Not responsible for which tables there are (analysis/plan.h) or for leaving out the others (analysis/disclose.h). */
#ifndef SURVEY_WAVE_TABLES_H
#define SURVEY_WAVE_TABLES_H

#include "survey/policy.h"
#include "survey/wave.h"

#define TABLES_FILE "tables.txt"
enum { LEAVE_OUT_ROOM = 1024 };

struct wave_tables {
    bool fixed; /* false: the wave was frozen before there were lists; plan is empty and every table may be published */
    struct plan plan;
    struct policy least; /* thresholds promised with it */
};

/* Patterns of table ids parted by blanks, shorter than LEAVE_OUT_ROOM. */
bool leave_out_ok(const char *patterns);

/* What a wave with this questionnaire would be frozen with now: every table but those of the setting leave_out. STATUS_INPUT: a
 * pattern of leave_out fits no table, or one that the others rest on. */
MUST_USE enum status tables_next(struct store *store, struct arena *arena, const struct form *form,
                                 struct wave_tables *tables, struct fail *fail);
/* The same with a list of patterns that is not stored: ids parted by blanks, "*" for any part of one. */
MUST_USE enum status tables_without(struct store *store, struct arena *arena, const struct form *form, const char *leave_out,
                                    struct wave_tables *tables, struct fail *fail);

/* The file; hex: its SHA-256. */
MUST_USE enum status tables_list_write(const struct wave_tables *tables, struct buf *out, char hex[65], struct fail *fail);
/* bytes end with a NUL. STATUS_INPUT: no such file. */
MUST_USE enum status tables_list_read(struct arena *arena, const char *bytes, struct wave_tables *tables, struct fail *fail);
/* Of a frozen wave. STATUS_CONFLICT: the file is not the one the manifest names. */
MUST_USE enum status wave_tables(struct arena *arena, const char *dir, const char *wave, struct wave_tables *tables,
                                 struct fail *fail);
/* The same from the published files: path is that of the list. */
MUST_USE enum status tables_of_manifest(struct arena *arena, const char *path, const struct manifest *manifest,
                                        struct wave_tables *tables, struct fail *fail);
/* Tables this version makes of the questionnaire that are not on the list: they are not published. */
MUST_USE enum status tables_beyond(struct arena *arena, const struct form *form, const struct wave_tables *tables,
                                   struct plan *beyond, struct fail *fail);

#endif
