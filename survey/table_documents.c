/* What the administration writes to people, and how readable it is (schema.md 3.11). */
#include <string.h>

#include "survey/table.h"

static const char *const kinds[] = { "BRIEF", "FORMULAR", "WEB", "AUSHANG", NULL };
enum { TRANSLATIONS = 6 };

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_UNIT, "org_id", document, unit, COLUMN_KEY),
    TABLE_COLUMN(COLUMN_TEXT, "dok_id", document, id, COLUMN_KEY, .highest = 64),
    TABLE_COLUMN(COLUMN_CODE, "art", document, kind, 0, .codes = kinds),
    TABLE_COLUMN(COLUMN_WHOLE, "auflage_jahr", document, copies, 0, .highest = 1e9),
    TABLE_COLUMN(COLUMN_FLAG, "einfache_sprache_geprueft", document, plain, 0),
    TABLE_COLUMN(COLUMN_FLAG, "test_mit_nutzern", document, tested, 0),
    TABLE_COLUMN(COLUMN_TEXT, "uebersetzungen", document, translations, COLUMN_MAY_EMPTY, .highest = 200),
    TABLE_COLUMN(COLUMN_DAY, "stand", document, day, COLUMN_PAST | COLUMN_MAY_EMPTY),
};

static void check(struct import *import, const struct registers *before, const void *rows, size_t count)
{
    (void)before;
    const struct document *documents = rows;
    for (size_t i = 0; i < count; i++) {
        const char *text = documents[i].translations;
        bool good = true;
        while (*text != '\0' && good) {
            size_t letters = strspn(text, "abcdefghijklmnopqrstuvwxyz");
            good = letters == 2 || letters == 3;
            text += letters;
            text += strspn(text, " ");
        }
        if (!good)
            TABLE_FINDING(import, SEVERITY_ERROR, "CODE", i, TRANSLATIONS,
                          N_("languages are written as ISO codes with blanks between them, for example tr pl ar"));
    }
}

extern const struct table table_documents;
const struct table table_documents = { .kind = "documents",
                                       .file = "schriftstueck",
                                       .title = N_("Letters, forms and web pages"),
                                       .columns = columns,
                                       .column_count = COUNT(columns),
                                       TABLE_ROWS(document, documents, document_count),
                                       .check = check };
