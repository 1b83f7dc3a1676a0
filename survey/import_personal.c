/* Refuses a file with content that has no place in a table of counts: names, addresses, numbers of persons (rule V03). */
#include <string.h>
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

bool import_known_column(const struct csv *csv, size_t column, const struct import_file *file, const struct import_kind *kind)
{
    struct import_column wanted;
    for (size_t i = 0; file->map != NULL && i < file->map->column_count; i++)
        if (import_map_takes(&file->map->columns[i], csv, column))
            return true;
    for (size_t i = 0; file->map == NULL && import_column_at(kind, i, file->language, &wanted); i++)
        if (strcasecmp(csv->header[column], wanted.name) == 0)
            return true;
    return false;
}

/* Names of columns hardly have four digits in a row; days, years, hashes and numbers of persons have. A hash may be of letters. */
static bool is_like_value(const char *name)
{
    enum { DIGITS = 4, HEX_DIGITS = 16 };
    size_t digits = 0;
    if (strspn(name, "0123456789abcdefABCDEF") >= HEX_DIGITS)
        return true;
    for (; *name != '\0' && digits < DIGITS; name++)
        digits = *name >= '0' && *name <= '9' ? digits + 1 : 0;
    return digits == DIGITS;
}

void import_hide_names(struct csv *csv, const struct import_file *file, const struct import_kind *kind, struct arena *arena)
{
    bool known[CSV_COLUMN_MAX], any = false;
    const bool persons = kind->importer != NULL && kind->importer->persons;
    for (size_t column = 0; column < csv->column_count; column++) {
        known[column] = import_known_column(csv, column, file, kind);
        any = any || known[column];
    }
    for (size_t column = 0; column < csv->column_count && (file->map == NULL || !file->map->headless); column++) {
        const char *name = csv->header[column];
        const bool suspicious = (persons && !any) || is_like_value(name) || personal_looks(name, PERSONAL_CODES);
        if (known[column] || import_personal_column(name) || !suspicious)
            continue;
        const char *number = arena_format(arena, tr(file->language, N_("column %zu")), column + 1);
        csv->header[column] = number == NULL ? "" : number;
    }
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
