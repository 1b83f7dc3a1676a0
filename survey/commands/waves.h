/* What the files behind `querschnitt wave` share. */
#ifndef SURVEY_COMMANDS_WAVES_H
#define SURVEY_COMMANDS_WAVES_H

#include "survey/commands/commands.h"

/* Closes what is over, then prints one wave or (name NULL) all of them. */
MUST_USE enum status wave_status_verb(const struct arguments *arguments, struct store *store, const char *name,
                                      struct fail *fail);
MUST_USE enum status wave_rehearse_verb(const struct arguments *arguments, struct store *store, const char *name,
                                        struct fail *fail);
/* The list of tables of that wave; name NULL: of the next one, tried with the figures of the newest counted one. */
MUST_USE enum status wave_tables_verb(const struct arguments *arguments, struct store *store, const char *name,
                                      struct fail *fail);

#endif
