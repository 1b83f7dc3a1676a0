/* DQ6: planned cells that are kept secret, and answers that stand behind no figure below the city. Of the release itself. */
#include <string.h>

#include "analysis/shared.h"

/* Whether any figure that rests on answers is shown for the department of that row. */
static bool told(const struct basis *basis, const char *unit)
{
    for (size_t t = 0; t < basis->count; t++) {
        const struct raw_table *table = basis->tables[t];
        for (size_t r = 0; r < table->row_count && strncmp(table->id, "dq1.", 4) != 0; r++)
            for (size_t c = 0; c < table->column_count && strcmp(table->rows[r].id, unit) == 0; c++) {
                size_t at = r * table->column_count + c;
                if (table->signs[at] == SIGN_SHOWN && table->cells[at].kind == RAW_ANSWERS)
                    return true;
            }
    }
    return false;
}

/* Share of all ballots, per cent; NaN when their number is not shown. A figure is shown only for departments whose ballots
 * are, so that the rest is the difference to the total. */
static double untold(const struct basis *basis)
{
    const struct raw_table *ballots = basis_table(basis, "dq1.unit");
    double all = NOT_A_NUMBER, behind = 0;
    for (size_t r = 0; ballots != NULL && r < ballots->row_count; r++) {
        size_t at = r * ballots->column_count + 1;
        if (ballots->signs[at] != SIGN_SHOWN)
            continue;
        if (ballots->rows[r].total)
            all = ballots->cells[at].value;
        else if (told(basis, ballots->rows[r].id))
            behind += ballots->cells[at].value;
    }
    return all > 0 ? 100 * (all - behind) / all : NOT_A_NUMBER;
}

static enum status review(const struct basis *basis, struct result *result, struct fail *fail)
{
    (void)fail;
    struct raw_table *table = result_table(result, "dq6", N_("Figures kept secret"), 1, 4);
    table_column(table, 0, N_("Planned cells"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("Kept secret"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 2, N_("Share kept secret"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 3, N_("Answers shown for the whole city only"), RELEASE_PERCENT, FOLLOWS_NONE);
    size_t row = table_row(result, table, "report", LABEL_KEY(N_("This report")));
    double planned = 0, secret = 0, rest = untold(basis);
    for (size_t t = 0; t < basis->count; t++) {
        size_t cells = basis->tables[t]->row_count * basis->tables[t]->column_count;
        planned += (double)cells;
        for (size_t i = 0; i < cells; i++)
            secret += basis->tables[t]->signs[i] == SIGN_SECRET;
    }
    if (!(planned > 0))
        return STATUS_OK;
    cell_open(table_cell(table, row, 0), planned);
    cell_open(table_cell(table, row, 1), secret);
    cell_open(table_cell(table, row, 2), 100 * secret / planned);
    if (!isnan(rest))
        cell_open(table_cell(table, row, 3), rest);
    return STATUS_OK;
}

const struct indicator ind_dq6 = {
    .id = "dq6",
    .title = N_("Suppressed cells"),
    .definition = N_("Share of the planned table cells that are kept secret to protect people, and share of the answers that stand behind "
                     "no figure below the whole city."),
    .misreading = N_("More than 30 % means that the tables are too fine: join departments before the next survey. Fewer is not better at "
                     "any price."),
    .method = N_("Counted when all tables are protected; cells without data or without a meaning are planned cells, too."),
    .source = N_("This report"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = 10,
    .review = review,
};
