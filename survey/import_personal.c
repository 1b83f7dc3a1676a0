/* Looks for content that has no place in a table of counts: names, addresses, numbers of persons (rule V03). */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "survey/import_private.h"

static bool looks_like_mail(const char *text)
{
    const char *at = strchr(text, '@');
    return at != NULL && at > text && strchr(at, '.') != NULL;
}

/* Two letters, two digits, 11 to 30 more letters or digits; blanks between them are common. */
static bool looks_like_iban(const char *text)
{
    char packed[40];
    size_t length = 0;
    for (; *text != '\0' && length < sizeof packed - 1; text++)
        if (*text != ' ')
            packed[length++] = *text;
    packed[length] = '\0';
    if (length < 15 || length > 34 || !isupper((unsigned char)packed[0]) || !isupper((unsigned char)packed[1]) ||
        !isdigit((unsigned char)packed[2]) || !isdigit((unsigned char)packed[3]))
        return false;
    size_t digits = 0;
    for (size_t i = 4; i < length; i++) {
        if (!isdigit((unsigned char)packed[i]) && !isupper((unsigned char)packed[i]))
            return false;
        digits += isdigit((unsigned char)packed[i]) != 0;
    }
    return digits >= 8;
}

/* German social insurance number: 8 digits, the first letter of the name at birth, 3 digits. */
static bool looks_like_insurance(const char *text)
{
    if (strlen(text) != 12 || !isupper((unsigned char)text[8]))
        return false;
    for (size_t i = 0; i < 12; i++)
        if (i != 8 && !isdigit((unsigned char)text[i]))
            return false;
    return true;
}

/* "Muster, Erika": capital, letters, comma, blank, capital. Only where no names of units are expected. */
static bool looks_like_name(const char *text)
{
    const char *comma = strstr(text, ", ");
    return isupper((unsigned char)text[0]) && comma != NULL && comma - text >= 2 && isupper((unsigned char)comma[2]) &&
           islower((unsigned char)comma[3]) && strpbrk(text, "0123456789") == NULL;
}

static bool is_title_column(const char *name)
{
    return strcasecmp(name, "bezeichnung") == 0 || strcasecmp(name, "gebiet_name") == 0 ||
           strcasecmp(name, "quelle") == 0;
}

void import_find_persons(const struct csv *csv, struct import_report *report, struct arena *arena,
                         const struct language *language)
{
    static const char *const personal[] = { "name",         "vorname",        "nachname",
                                            "familienname", "personalnummer", "geburtsdatum",
                                            "strasse",      "straße",         "anschrift",
                                            "email",        "e-mail",         "iban",
                                            "telefon",      "sv_nummer",      "sozialversicherungsnummer",
                                            "pers_nr",      "konto" };
    for (size_t column = 0; column < csv->column_count; column++)
        for (size_t i = 0; i < COUNT(personal); i++)
            if (strcasecmp(csv->header[column], personal[i]) == 0)
                import_finding(report, arena, language, SEVERITY_ERROR, "V03",
                               csv->row_count > 0 ? csv->lines[0] - 1 : 1, csv->header[column],
                               N_("this column is for personal data; export the file again without it"));
    for (size_t row = 0; row < csv->row_count; row++)
        for (size_t column = 0; column < csv->column_count; column++) {
            const char *text = csv->fields[row * csv->column_count + column];
            if (text[0] == '\0' || text[1] == '\0')
                continue;
            if (looks_like_mail(text) || looks_like_iban(text) || looks_like_insurance(text) ||
                (!is_title_column(csv->header[column]) && looks_like_name(text)))
                import_finding(report, arena, language, SEVERITY_ERROR, "V03", csv->lines[row], csv->header[column],
                               N_("this looks like personal data (a name, an address, a number of a person); remove it "
                                  "from the export"));
        }
}
