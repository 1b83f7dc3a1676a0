/* How long the questionnaire takes: reading and answering, by a model of two kinds of readers.
 *
 * A model, not a measurement: the pilot measures. Words are read once where they are printed once (a matrix shows its
 * options once, and a list of options that the question before had, too, is not read again). */
#ifndef FORMS_DURATION_H
#define FORMS_DURATION_H

#include "forms/form.h"

struct reader {
    double words_per_minute;
    double answering; /* times the seconds that a type of question takes (qtype.h) */
};

/* 180 words a minute; 130 words a minute and 30 % more for answering. */
extern const struct reader reader_median, reader_slow;

struct duration {
    double words; /* not whole where a page shows a part of its questions, drawn at random */
    double seconds;
};

/* For a person who sees these items (form->item_count of them; NULL: all that are switched on) in a language of the
 * form, by its position. The notice "welcome" is read, too. */
struct duration duration_estimate(const struct form *form, const bool shown[], size_t language,
                                  const struct reader *reader);

#endif
