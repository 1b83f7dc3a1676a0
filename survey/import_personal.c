/* Refuses a file with content that has no place in a table of counts: names, addresses, numbers of persons (rule V03). */
#include <strings.h>

#include "survey/import_private.h"

/* Columns whose fields are words. */
static enum personal_place place_of(const char *name)
{
    static const char *const words[] = { "bezeichnung", "gebiet_name", "quelle",      "titel",  "nachweis", "begruendung",
                                         "zielwert_begruendung", "partner_art", "zielgruppe", "dienst", "bildung" };
    for (size_t i = 0; i < COUNT(words); i++)
        if (strcasecmp(name, words[i]) == 0)
            return PERSONAL_WORDS;
    return PERSONAL_CODES;
}

bool import_personal_column(const char *name)
{
    static const char *const personal[] = { "name",         "vorname",        "nachname",
                                            "familienname", "personalnummer", "geburtsdatum",
                                            "strasse",      "straße",         "anschrift",
                                            "email",        "e-mail",         "iban",
                                            "telefon",      "sv_nummer",      "sozialversicherungsnummer",
                                            "pers_nr",      "konto" };
    for (size_t i = 0; i < COUNT(personal); i++)
        if (strcasecmp(name, personal[i]) == 0)
            return true;
    return false;
}

void import_personal_columns(const struct csv *csv, struct import_report *report, struct arena *arena,
                             const struct language *language, enum personal_place places[])
{
    for (size_t column = 0; column < csv->column_count; column++) {
        places[column] = place_of(csv->header[column]);
        if (import_personal_column(csv->header[column]))
            import_finding(report, arena, language, SEVERITY_ERROR, "V03", csv->row_count > 0 ? csv->lines[0] - 1 : 1,
                           csv->header[column],
                           N_("this column is for personal data; export the file again without it"));
    }
}

void import_personal_row(const struct csv *csv, size_t row, const enum personal_place places[],
                         struct import_report *report, struct arena *arena, const struct language *language)
{
    for (size_t column = 0; column < csv->column_count; column++)
        if (personal_looks(csv_field(csv, row, column), places[column]))
            import_finding(report, arena, language, SEVERITY_ERROR, "V03", csv->lines[row], csv->header[column],
                           N_("this looks like personal data (a name, an address, a number of a person); remove it "
                              "from the export"));
}
