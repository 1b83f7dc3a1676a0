/* The answer to one item. Which field counts follows from the item's type (qtype.h); the answers of one person are in
 * answers.h. */
#ifndef FORMS_ANSWER_H
#define FORMS_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ANSWER_NONE = 255, ANSWERS_TEXT_MAX = 2000 /* code points */ };

struct answer {
    uint8_t choice;       /* position of the option, ANSWER_NONE when not answered (single, scale) */
    uint32_t set;         /* bit per option (multiple); 0 when not answered */
    const char *text;     /* text items, and dates as the canonical JSON has them; NULL when not answered */
    bool given;           /* number: answered */
    int64_t number;       /* number: in units of 10^-decimals; date: years, quarters or months since year 0 */
    const uint8_t *order; /* ranking: positions of options, best first; NULL when not answered */
    size_t order_count;
    const int64_t *amounts; /* constant sum: one per option; NULL when not answered */
};

#endif
