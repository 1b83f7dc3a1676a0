/* The short version over releases made by hand: four pages at most, plain sentences, and no figure of the survey
 * without its range, its base and the response rate. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "reports/short.h"
#include "reports/tell.h"
#include "tests/release_fixture.h"

enum { SENTENCE_MOST = 22, PAGES_MOST = 4 };

static struct short_case {
    struct world_shape shape;
    const char *language, *answers, *response;
} cases[] = {
    { { .fill = FILL_SHOWN, .word = WORD_SLIGHTLY_LOWER }, "de", "Antworten", "Rücklauf" },
    { { .fill = FILL_SHOWN, .word = WORD_UNDECIDED, .long_names = true }, "en", "answers", "response rate" },
    { { .fill = FILL_SECRET }, "de", "Antworten", "Rücklauf" },
    { { .fill = FILL_NOTHING }, "de", "Antworten", "Rücklauf" },
    { { .fill = FILL_NOTHING }, "en", "answers", "response rate" },
};

/* Evidence in brackets is no part of a sentence that has to be short. */
static size_t longest_sentence(const char *text)
{
    size_t most = 0, words = 0;
    bool inside = false, word = false;
    for (; *text != '\0'; text++) {
        inside = *text == '(' ? true : *text == ')' ? false : inside;
        if (inside)
            continue;
        bool blank = *text == ' ';
        words += word && blank ? 1 : 0;
        word = !blank;
        if (*text == '.' || *text == '?' || *text == ':') {
            most = words + 1 > most ? words + 1 : most;
            words = 0;
        }
    }
    return most;
}

static bool of_survey(const struct doc_block *block)
{
    static const char *const figures[] = { "of those who",  "von denen, die", "von 100 Punkten",
                                           "of 100 points", "sagen: Ich",     "say: I" };
    for (size_t i = 0; i < COUNT(figures); i++)
        if (block->kind == DOC_STATEMENT && strncmp(block->text, figures[i], strlen(figures[i])) == 0)
            return true;
    return false;
}

static void check_short(void **state)
{
    const struct short_case *one = *state;
    struct doc doc;
    struct buf out;
    struct fail fail = { 0 };
    size_t pages = 0, figures = 0;
    make_release_of(&one->shape);
    doc_init(&doc, &world.arena, language_find(one->language, NULL));
    short_build(&world.release, NULL, &doc);
    buf_init(&out, 8 << 20);
    if (doc_status(&doc, &fail) != STATUS_OK || doc_write_pdf(&doc, &out, &pages, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    assert_true(pages >= 1 && pages <= PAGES_MOST);
    for (const struct doc_block *block = doc.first; block != NULL; block = block->next) {
        if ((block->kind == DOC_PARAGRAPH || block->kind == DOC_STATEMENT) &&
            longest_sentence(block->text) > SENTENCE_MOST)
            fail_msg("%zu words: %s", longest_sentence(block->text), block->text);
        if (!of_survey(block))
            continue;
        figures++;
        if (strstr(block->text, one->answers) == NULL || strstr(block->text, one->response) == NULL)
            fail_msg("a figure without its base: %s", block->text);
    }
    assert_true(one->shape.fill == FILL_SHOWN ? figures >= 4 : figures == 0);
    buf_free(&out);
    arena_free(&world.arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases)];
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i] = (struct CMUnitTest){ cases[i].language, check_short, NULL, NULL, &cases[i] };
    return cmocka_run_group_tests_name("short version", tests, NULL, NULL);
}
