/* Are our structures suited? Scale and items, and how many cannot judge: that share is a result of its own. */
#include <math.h>
#include <string.h>

#include "reports/tell.h"

/* Item that the most people cannot judge; NULL when none is shown. */
static const struct release_row *least_known(const struct tell *tell, const struct released **cell)
{
    const struct release_table *table = release_table(tell->release, "o1.items");
    const struct release_row *found = NULL;
    for (size_t row = 0; table != NULL && table->column_count > 6 && row < table->row_count; row++) {
        const struct released *here = &table->cells[row * table->column_count + 6];
        if (here->sign == SIGN_SHOWN && (found == NULL || here->value > (*cell)->value)) {
            found = &table->rows[row];
            *cell = here;
        }
    }
    return found;
}

static void ways(const struct tell *tell)
{
    tell_chart(tell, &(struct tell_chart){ .id = "o5", .form = CHART_DOTS, .value = 2, .reference = TELL_NO_COLUMN,
                                           .caption = tr(tell->language, "Applications for each 100 people reached"),
                                           .key_value = tr(tell->language, "applications, with range"),
                                           .axis = tr(tell->language, "for each 100 people"),
                                           .lowest = 0, .highest = (double)NAN });
}

static const struct tell_part further[] = {
    { "o2", N_("Letters and forms people understand"), NULL, NULL },
    { "o3", N_("Whom the services reach"), NULL, NULL },
    { "o4", N_("Networks inside and outside"), NULL, NULL },
    { "o5", N_("Ways to reach people"), ways, NULL },
};

static void survey(const struct tell *tell)
{
    const struct language *language = tell->language;
    if (!tell_delivered(tell, "o1")) {
        tell_missing(tell, tr(language, "results on the structures"),
                     tr(language, "Needed is a closed survey with the questions on structures."));
        return;
    }
    const struct released *score = tell_cell(tell, "o1", "total", 0);
    if (score->sign == SIGN_SHOWN) {
        doc_heading(tell->doc, 2, "structures-score", tell_format(tell, tr(language, "Structures: %s of 100 points"),
                                                            tell_value(tell, score, RELEASE_SCORE)));
        doc_paragraph(tell->doc, tell_format(tell, tr(language, "Mean of the statements on letters, interpreting, "
                                                           "leadership, planning and staffing (%s)."),
                                       tell_evidence(tell, score, RELEASE_SCORE)));
    } else {
        doc_heading(tell->doc, 2, "structures-score", tr(language, "Structures from the view of staff"));
    }
    const struct released *cell = NULL;
    const struct release_row *row = least_known(tell, &cell);
    if (row != NULL)
        doc_paragraph(tell->doc, tell_format(tell, tr(language, "Many cannot judge this: at the statement “%s” these are "
                                                           "%s (%s). That is a result too: what staff do not know "
                                                           "cannot help them."),
                                       tell_label(tell, row), tell_value(tell, cell, RELEASE_PERCENT),
                                       tell_evidence(tell, cell, RELEASE_PERCENT)));
    tell_items(tell, "o1.items", tr(language, "Structures: answers to the single statements, per cent"));
    tell_table(tell, &(struct tell_table){ .id = "o1.items", .head = tr(language, "Statement"), .column_first = 5,
                                            .column_count = 2, .base = true,
                                            .caption = tr(language, "Structures: favourable answers and “cannot "
                                                                    "judge”") });
    tell_note(tell, "o1");
}

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    doc_heading(doc, 1, "structures", tr(doc->language, N_("Are our structures suited?")));
    survey(&tell);
    (void)tell_chapter(&tell, &(struct tell_chapter){ .id = "structures", .parts = further, .count = COUNT(further) });
}

const struct section section_structures = {
    .id = "structures",
    .title = N_("Are our structures suited?"),
    .build = build,
};
