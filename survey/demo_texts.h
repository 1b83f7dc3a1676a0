/* What the invented personnel office writes into the demo's report. */
#ifndef SURVEY_DEMO_TEXTS_H
#define SURVEY_DEMO_TEXTS_H

#include "survey/store.h"

/* In every language of reports; the texts stay open for changes. */
MUST_USE enum status demo_texts(struct store *store, const char *wave, struct fail *fail);

#endif
