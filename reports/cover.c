#include "reports/cover.h"

#include <string.h>

#include "reports/summary.h"

enum { COMMITTEE_MAX = 20, COMMITTEE_COLUMNS = 4 };

struct cover {
    struct tell tell;
    const struct remarks *remarks;
};

static const char *field(const struct cover *cover, const char *place, const char *otherwise)
{
    const char *text = remark_text(cover->remarks, place, cover->tell.language);
    return text == NULL ? otherwise : text;
}

static const char *blank(const struct cover *cover)
{
    return tr(cover->tell.language, "[please fill in]");
}

static void fields(const struct cover *cover)
{
    const struct tell *tell = &cover->tell;
    const struct language *language = tell->language;
    const char *subject = tell_format(tell, tr(language, "Intercultural opening of the administration: report %d"),
                                      tell->release->year);
    const char *const rows[][2] = {
        { tr(language, "Number of the paper"), field(cover, "cover.number", blank(cover)) },
        { tr(language, "Subject"), field(cover, "cover.subject", subject) },
        { tr(language, "Status"), tr(language, "public") },
        { tr(language, "Kind of paper"), tr(language, "report to the council") },
        { tr(language, "Author"), field(cover, "cover.author", blank(cover)) },
        { tr(language, "Lead department"), field(cover, "cover.lead", blank(cover)) },
        { tr(language, "Person in charge"), field(cover, "cover.editor", blank(cover)) },
    };
    struct doc_cell cells[2 * COUNT(rows)];
    const char *heads[] = { tr(language, "Field"), tr(language, "Entry") };
    for (size_t i = 0; i < 2 * COUNT(rows); i++)
        cells[i] = (struct doc_cell){ .text = rows[i / 2][i % 2] };
    doc_table(tell->doc, &(struct doc_table){ .caption = tr(language, "The paper"), .heads = heads, .column_count = 2,
                                              .cells = cells, .row_count = COUNT(rows) });
}

/* Next part up to the mark, without blanks around; "" is an en dash. */
static const char *next_part(const struct tell *tell, const char **rest, const char *marks)
{
    const char *text = *rest + strspn(*rest, " ");
    size_t length = strcspn(text, marks);
    *rest = text + length + (text[length] == marks[0]);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return length == 0 ? "–" : tell_format(tell, "%.*s", (int)length, text);
}

static void committees(const struct cover *cover)
{
    const struct tell *tell = &cover->tell;
    const struct language *language = tell->language;
    struct doc_cell cells[COMMITTEE_MAX * COMMITTEE_COLUMNS];
    const char *heads[] = { tr(language, "Committee"), tr(language, "Role"), tr(language, "Date"), tr(language, "Result") };
    const char *rest = field(cover, "cover.committees", tr(language, "Council; for information"));
    size_t rows = 0;
    doc_heading(tell->doc, 1, "committees", tr(language, "Course of consultation"));
    for (rest += strspn(rest, "\n"); *rest != '\0' && rows < COMMITTEE_MAX; rows++) {
        for (size_t column = 0; column < COMMITTEE_COLUMNS; column++)
            cells[rows * COMMITTEE_COLUMNS + column].text = next_part(tell, &rest, ";\n");
        rest += strcspn(rest, "\n");
        rest += strspn(rest, "\n ");
    }
    for (size_t i = 0; i < rows * COMMITTEE_COLUMNS; i++)
        cells[i].spoken = NULL;
    doc_table(tell->doc, &(struct doc_table){ .caption = tr(language, "Course of consultation"), .heads = heads,
                                              .column_count = COMMITTEE_COLUMNS, .cells = cells, .row_count = rows });
}

static void chapter(const struct cover *cover, const char *place, const char *title, const char *otherwise)
{
    doc_heading(cover->tell.doc, 1, place, title);
    remark_write(cover->tell.doc, 2, place, field(cover, place, otherwise));
}

static void facts(const struct cover *cover)
{
    const struct tell *tell = &cover->tell;
    const struct language *language = tell->language;
    doc_heading(tell->doc, 1, "facts", tr(language, "Facts of the case"));
    remark_write(tell->doc, 2, "cover.facts",
                 field(cover, "cover.facts",
                       tr(language, "Once a year the administration measures how far its intercultural opening has come. The "
                                    "report is attached.")));
    doc_heading(tell->doc, 2, "abstract", tr(language, "In short"));
    if (!summary_statements(tell))
        doc_paragraph(tell->doc, tr(language, "No wave has been counted yet. Figures appear here after the count."));
    const char *advice = remark_text(cover->remarks, "advice", language);
    if (advice != NULL) {
        doc_heading(tell->doc, 2, "advice", tr(language, "Recommendations to the council"));
        remark_write(tell->doc, 3, "cover-advice", advice);
    }
}

void cover_build(const struct release *release, const struct remarks *remarks, struct doc *doc)
{
    struct cover cover = { tell_open(release, doc), remarks };
    const struct tell *tell = &cover.tell;
    const struct language *language = doc->language;
    report_front(release, doc);
    doc->title = tr(language, "Council paper");
    fields(&cover);
    committees(&cover);
    chapter(&cover, "cover.finance", tr(language, "Financial effects"), blank(&cover));
    chapter(&cover, "cover.decision", tr(language, "Proposed decision"), tr(language, "The council takes note of the report."));
    facts(&cover);
    doc_heading(doc, 1, "annexes", tr(language, "Annexes"));
    const char *annex = tell_format(tell, tr(language, "Diversity report %d (PDF), fingerprint of its figures %.16s"),
                                    release->year, release->fingerprint);
    doc_list(doc, &annex, 1);
}
