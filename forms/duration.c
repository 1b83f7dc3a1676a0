/* Adds up words and answering times over the pages. */
#include "forms/duration.h"

#include <string.h>

#include "forms/qtype.h"
#include "forms/readability.h"

const struct reader reader_median = { 180.0, 1.0 };
const struct reader reader_slow = { 130.0, 1.3 };

static double words_of(const struct form *form, const struct text *text, size_t language)
{
    struct readability counts = { 0 };
    readability_add(&counts, form_text(form, text, form->languages[language]));
    return (double)counts.words;
}

static bool same_options(const struct item *left, const struct item *right)
{
    if (left->option_count != right->option_count)
        return false;
    for (size_t i = 0; i < left->option_count; i++)
        if (left->options[i].label.in[0] != right->options[i].label.in[0] &&
            (left->options[i].label.in[0] == NULL || right->options[i].label.in[0] == NULL ||
             strcmp(left->options[i].label.in[0], right->options[i].label.in[0]) != 0))
            return false;
    return true;
}

static double item_words(const struct form *form, const struct item *item, const struct item *before, size_t language)
{
    double words = words_of(form, &item->label, language) + words_of(form, &item->hint, language);
    if (before != NULL && same_options(before, item))
        return words;
    for (size_t i = 0; i < item->option_count; i++)
        words += words_of(form, &item->options[i].label, language);
    return words;
}

static void add_page(struct duration *duration, const struct form *form, const struct page *page, const bool shown[],
                     size_t language, const struct reader *reader)
{
    double words = 0.0;
    double seconds = 0.0;
    size_t count = 0;
    const struct item *before = NULL;
    for (size_t i = page->item_first; i < page->item_first + page->item_count; i++) {
        const struct item *item = &form->items[i];
        if (item->off || (shown != NULL && !shown[i]))
            continue;
        words += item_words(form, item, before, language);
        seconds += item->type->seconds * reader->answering;
        before = item;
        count++;
    }
    if (count == 0)
        return;
    const double part = page->rotate > 0 && page->rotate < count ? (double)page->rotate / (double)count : 1.0;
    words = words * part + words_of(form, &page->title, language) + words_of(form, &page->intro, language);
    duration->words += words;
    duration->seconds += seconds * part + words * 60.0 / reader->words_per_minute;
}

struct duration duration_estimate(const struct form *form, const bool shown[], size_t language,
                                  const struct reader *reader)
{
    struct duration duration = { 0 };
    const struct notice *welcome = form_notice(form, "welcome");
    if (welcome != NULL)
        duration.words = words_of(form, &welcome->body, language);
    duration.seconds = duration.words * 60.0 / reader->words_per_minute;
    for (size_t i = 0; i < form->page_count; i++)
        add_page(&duration, form, &form->pages[i], shown, language, reader);
    return duration;
}
