/* What reading groups and reading questions of LimeSurvey share: memory, languages, texts. */
#include "forms/limesurvey_make.h"

#include <string.h>

#include "base/i18n.h"

void *making_new(struct making *making, size_t count, size_t size)
{
    void *memory = arena_get(making->arena, count > 0 ? count : 1, size);
    if (memory == NULL && making->status == STATUS_OK)
        making->status =
            FAIL(making->fail, STATUS_MEMORY, N_("The file is too large for the memory set aside for it."));
    return memory;
}

int lime_language(const struct lime_survey *survey, const char *code)
{
    for (size_t i = 0; i < survey->language_count; i++)
        if (strcmp(survey->languages[i], code) == 0)
            return (int)i;
    return -1;
}

void making_give(struct making *making, const struct lime_row *row, const char *column, struct text *text)
{
    int language = lime_language(making->survey, lime_value(row, "language"));
    const char *value = lime_value(row, column);
    if (language >= 0 && value[0] != '\0' && text->in[language] == NULL)
        text->in[language] = value;
}

void making_give_all(struct making *making, const struct lime_sorted *rows, const char *key, const char *column,
                     struct text *text)
{
    size_t first;
    size_t count = lime_rows(rows, key, &first);
    for (size_t i = first; i < first + count; i++)
        making_give(making, rows->rows[i], column, text);
}
