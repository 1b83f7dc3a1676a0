/* Reading a release: finding tables and cells, and the words for signs and comparisons. */
#include "analysis/release.h"

#include <math.h>
#include <string.h>

const struct release_table *release_table(const struct release *release, const char *id)
{
    for (size_t i = 0; i < release->table_count; i++)
        if (strcmp(release->tables[i].id, id) == 0)
            return &release->tables[i];
    return NULL;
}

const struct released *release_cell(const struct release *release, const char *table, const char *row, size_t column)
{
    static const struct released pending = { .sign = SIGN_PENDING, .value = (double)NAN, .low = (double)NAN,
                                             .high = (double)NAN };
    const struct release_table *found = release_table(release, table);
    for (size_t r = 0; found != NULL && column < found->column_count && r < found->row_count; r++)
        if (strcmp(found->rows[r].id, row) == 0)
            return &found->cells[r * found->column_count + column];
    return &pending;
}

const char *release_label(const struct release *release, const struct release_label *label,
                          const struct language *language)
{
    if (label->name != NULL)
        return label->name;
    if (label->text != NULL)
        return form_text(release->form, label->text, language_code(language));
    return label->key == NULL ? "" : tr(language, label->key);
}

const char *release_word(enum release_word word, const struct language *language)
{
    switch (word) {
    case WORD_NONE:
        return "";
    case WORD_HIGHER:
        return tr(language, N_("higher"));
    case WORD_SLIGHTLY_HIGHER:
        return tr(language, N_("slightly higher"));
    case WORD_EQUAL:
        return tr(language, N_("practically equal"));
    case WORD_SLIGHTLY_LOWER:
        return tr(language, N_("slightly lower"));
    case WORD_LOWER:
        return tr(language, N_("lower"));
    case WORD_UNDECIDED:
        return tr(language, N_("not decidable with these data"));
    case WORD_TOO_FEW:
        return tr(language, N_("too few answers"));
    }
    return "";
}

const char *release_sign(enum release_sign sign)
{
    switch (sign) {
    case SIGN_SHOWN:
        return "";
    case SIGN_SECRET:
        return "g";
    case SIGN_UNSAFE:
        return "u";
    case SIGN_VOID:
        return "x";
    case SIGN_PENDING:
        return "…";
    }
    return "";
}

const char *release_sign_text(enum release_sign sign, const struct language *language)
{
    switch (sign) {
    case SIGN_SHOWN:
        return "";
    case SIGN_SECRET:
        return tr(language, N_("kept secret"));
    case SIGN_UNSAFE:
        return tr(language, N_("too few answers for a reliable figure"));
    case SIGN_VOID:
        return tr(language, N_("makes no sense here"));
    case SIGN_PENDING:
        return tr(language, N_("not yet available"));
    }
    return "";
}
