/* Tables: widths of columns, rules, rows over as many pages as needed, heads repeated as artifacts. */
#include "reports/pdf_press.h"

#include <math.h>

static const struct pdf_style head_style = { PDF_SEMIBOLD, PDF_BOLD, 8.4, 11.2, GREY, true };
static const struct pdf_style cell_style = { PDF_REGULAR, PDF_SEMIBOLD, 8.8, 11.6, INK, true };
static const struct pdf_style total_style = { PDF_BOLD, PDF_BOLD, 8.8, 11.6, INK, true };

enum { COLUMN_MAX = 24 };

static const double row_pitch = 13.6;
static const double wrapped_padding = 3.0; /* more room around a row of several lines */
static const double spare_most = 48.0; /* added to a column when there is room: the eye must find its row */
static const double caption_below = 4.0;
static const double head_padding = 4.2;
static const double body_above = 2.0; /* between the head's rule and the first row */

struct grid {
    const struct doc_table *table;
    double notes; /* height of the notes below */
    struct layout caption;
    struct pdf_style head, cell, total;
    double left[COLUMN_MAX], width[COLUMN_MAX]; /* of the texts, without gutter */
    double gutter; /* left of every column but the first */
    double full;
    struct layout heads[COLUMN_MAX];
    double head_height;
    size_t number;
    bool stacked;      /* ranges stand below their values */
    bool narrow_heads; /* long words of heads may be divided, so that columns of words become wider */
};

/* Figures of one width only in columns of numbers: they make words look spaced out. */
static struct pdf_style cell_style_of(const struct grid *grid, size_t row, size_t column)
{
    bool total = grid->table->total != NULL && grid->table->total[row];
    struct pdf_style style = total ? grid->total : grid->cell;
    style.tabular = column > 0 && grid->table->numeric != NULL && grid->table->numeric[column];
    return style;
}

static bool is_numeric(const struct grid *grid, size_t column)
{
    return column > 0 && grid->table->numeric != NULL && grid->table->numeric[column];
}

/* What a column asks for: floor keeps numbers whole and nothing else, tight divides words decently, least keeps words
 * whole, wanted sets every cell on one line (heads may take two or three). */
struct wish {
    double floor, tight, least, wanted;
};

static struct wish measure_column(struct press *press, const struct grid *grid, size_t column)
{
    const struct doc_table *table = grid->table;
    const double head_wanted = 84.0, whole_word = 38.0;
    const double syllables = 0.42; /* of a long word: what a column needs to divide it decently */
    struct wish wish = { .least = press_widest(press, &grid->head, table->heads[column]) };
    wish.tight = wish.least * syllables;
    if (grid->narrow_heads && is_numeric(grid, column))
        wish.least = fmax(0.62 * wish.least, fmin(wish.least, whole_word)); /* long ones divided once */
    wish.floor = fmin(wish.tight, 20.0);
    if (!grid->narrow_heads)
        wish.wanted = fmin(press_natural(press, &grid->head, table->heads[column]), head_wanted);
    wish.wanted = fmax(wish.wanted, wish.least);
    for (size_t row = 0; row < table->row_count; row++) {
        const char *text = table->cells[row * table->column_count + column].text;
        const struct pdf_style style = cell_style_of(grid, row, column);
        double natural = press_natural(press, &style, text);
        double whole = is_numeric(grid, column) && !grid->stacked ? natural : press_widest(press, &style, text);
        wish.wanted = fmax(wish.wanted, natural);
        wish.least = fmax(wish.least, whole);
        wish.tight = fmax(wish.tight, is_numeric(grid, column) ? whole : whole * syllables);
        wish.floor = fmax(wish.floor, is_numeric(grid, column) ? whole : fmin(wish.tight, 32.0));
    }
    return wish;
}

/* One width between two wishes, so that all columns together fill the room. */
static double between(double low, double high, double low_sum, double high_sum, double room)
{
    return low + (high - low) * (room - low_sum) / (high_sum - low_sum);
}

enum fit { FIT_WHOLE, FIT_DIVIDED, FIT_BROKEN /* even numbers had to be broken */ };

/* Widths from wishes. */
static enum fit share_width(struct press *press, struct grid *grid)
{
    const size_t count = grid->table->column_count;
    const double room = MEASURE - grid->gutter * (double)(count - 1);
    struct wish wishes[COLUMN_MAX];
    struct wish sum = { 0 };
    for (size_t i = 0; i < count; i++) {
        wishes[i] = measure_column(press, grid, i);
        sum.floor += wishes[i].floor;
        sum.tight += wishes[i].tight;
        sum.least += wishes[i].least;
        sum.wanted += wishes[i].wanted;
    }
    const double spare = fmin((room - sum.wanted) / (double)count, spare_most);
    double x = PAGE_LEFT;
    for (size_t i = 0; i < count; i++) {
        const struct wish *wish = &wishes[i];
        if (spare >= 0.0)
            grid->width[i] = wish->wanted + spare;
        else if (sum.least <= room)
            grid->width[i] = between(wish->least, wish->wanted, sum.least, sum.wanted, room);
        else if (sum.tight <= room)
            grid->width[i] = between(wish->tight, wish->least, sum.tight, sum.least, room);
        else if (sum.floor <= room)
            grid->width[i] = between(wish->floor, wish->tight, sum.floor, sum.tight, room);
        else
            grid->width[i] = wish->floor * room / sum.floor;
        grid->left[i] = x;
        x += grid->width[i] + grid->gutter;
    }
    grid->full = x - grid->gutter - PAGE_LEFT;
    return sum.least <= room ? FIT_WHOLE : sum.floor <= room ? FIT_DIVIDED : FIT_BROKEN;
}

/* A wide table becomes smaller, down to the least size of the brief, and closer; then ranges go below their values; then
 * words are divided. Below that size it goes only to keep numbers whole. */
static void fit_grid(struct press *press, struct grid *grid)
{
    static const double steps[][2] = { { 8.8, 12.0 }, { 8.4, 11.0 }, { 8.0, 9.0 }, { 7.8, 7.0 },
                                       { 7.4, 6.0 },  { 7.0, 5.0 },  { 6.6, 4.0 }, { 6.0, 4.0 } };
    const size_t readable = 3; /* the last step of the brief */
    for (int stacked = 0; stacked < 2; stacked++)
        for (size_t i = 0; i < (stacked ? COUNT(steps) : readable + 1); i++) {
            grid->stacked = stacked;
            grid->cell.size = grid->total.size = steps[i][0];
            grid->head.size = fmin(head_style.size, steps[i][0]);
            grid->gutter = steps[i][1];
            enum fit fit = share_width(press, grid);
            if (fit == FIT_WHOLE || (fit == FIT_DIVIDED && stacked && i >= readable))
                return;
        }
}

static void draw_rule(struct press *press, const struct grid *grid, double y, double width, uint32_t colour)
{
    pdf_artifact(&press->canvas, "/Type/Layout");
    pdf_draw_rule(&press->canvas, PAGE_LEFT, PAGE_LEFT + grid->full, y, width, colour);
    pdf_mark_end(&press->canvas);
}

static void draw_cell(struct press *press, const struct grid *grid, size_t column, const struct pdf_style *style,
                      const struct layout *layout, double top)
{
    pdf_draw_lines(&press->canvas, grid->left[column], press_baseline(style, top), style, layout->first,
                   layout->line_count, is_numeric(grid, column) ? MARK_RIGHT : MARK_LEFT, grid->width[column], true);
}

/* tags: the row of the head, NULL when the head is repeated as an artifact. */
static void draw_head(struct press *press, const struct grid *grid, struct pdf_tag *row)
{
    draw_rule(press, grid, press->y, 0.9, INK);
    double bottom = press->y + grid->head_height - head_padding;
    if (row == NULL)
        pdf_artifact(&press->canvas, "/Type/Pagination");
    for (size_t i = 0; i < grid->table->column_count; i++) {
        if (row != NULL) {
            struct pdf_tag *cell = pdf_tag_new(&press->tags, row, "TH");
            if (cell != NULL)
                cell->attributes = "/O/Table/Scope/Column";
            pdf_mark(&press->canvas, cell);
        }
        draw_cell(press, grid, i, &grid->head, &grid->heads[i],
                  bottom - (double)grid->heads[i].line_count * grid->head.leading);
        if (row != NULL)
            pdf_mark_end(&press->canvas);
    }
    if (row == NULL)
        pdf_mark_end(&press->canvas);
    press->y += grid->head_height;
    draw_rule(press, grid, press->y, 0.45, INK);
    press->y += body_above;
}

static double row_height(const struct grid *grid, const struct layout *cells)
{
    size_t lines = 1;
    for (size_t i = 0; i < grid->table->column_count; i++)
        lines = cells[i].line_count > lines ? cells[i].line_count : lines;
    return row_pitch + (lines > 1 ? wrapped_padding : 0.0) + (double)(lines - 1) * grid->cell.leading;
}

static void draw_row(struct press *press, const struct grid *grid, size_t row, const struct layout *cells,
                     struct pdf_tag *body)
{
    const struct doc_table *table = grid->table;
    struct pdf_tag *tag = pdf_tag_new(&press->tags, body, "TR");
    double height = row_height(grid, cells);
    double padding = height > row_pitch ? wrapped_padding / 2.0 : 0.0;
    double top = press->y + (row_pitch - grid->cell.leading) / 2.0 + padding;
    for (size_t i = 0; i < table->column_count; i++) {
        struct pdf_tag *cell = pdf_tag_new(&press->tags, tag, i == 0 ? "TH" : "TD");
        if (cell != NULL) {
            cell->attributes = i == 0 ? "/O/Table/Scope/Row" : NULL;
            cell->actual = table->cells[row * table->column_count + i].spoken;
        }
        pdf_mark(&press->canvas, cell);
        const struct pdf_style style = cell_style_of(grid, row, i);
        draw_cell(press, grid, i, &style, &cells[i], top);
        pdf_mark_end(&press->canvas);
    }
    press->y += height;
}

static struct layout *layout_row(struct press *press, const struct grid *grid, size_t row)
{
    const size_t count = grid->table->column_count;
    struct layout *cells = ARENA_NEW(&press->arena, struct layout, count);
    if (cells == NULL) {
        press->status = FAIL(press->fail, STATUS_MEMORY, "the report needs more memory than it may use");
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const struct pdf_style style = cell_style_of(grid, row, i);
        const char *text = grid->table->cells[row * count + i].text;
        bool divided = press_widest(press, &style, text) > grid->width[i] + 0.01;
        cells[i] = press_layout(press, &style, text, grid->width[i], divided);
    }
    return cells;
}

/* A head that a page break made: for the eye only. */
static void draw_continuation(struct press *press, const struct grid *grid)
{
    static const struct pdf_style style = { PDF_REGULAR, PDF_SEMIBOLD, 7.8, 10.6, GREY, false };
    const char *text = arena_format(&press->arena, tr(press->doc->language, N_("Table %zu, continued")), grid->number);
    pdf_artifact(&press->canvas, "/Type/Pagination");
    pdf_draw_text(&press->canvas, PAGE_LEFT, press_baseline(&style, press->y), &style, text == NULL ? "" : text,
                  MARK_LEFT);
    pdf_mark_end(&press->canvas);
    press->y += style.leading + 4.0;
    draw_head(press, grid, NULL);
}

static bool is_total(const struct doc_table *table, size_t row)
{
    return table->total != NULL && table->total[row];
}

/* The last two rows and the notes stay together, so that neither a total nor a note is alone on a page. */
static double rows_ahead(struct press *press, const struct grid *grid, size_t row, const struct layout *cells)
{
    double height = row_height(grid, cells);
    if (row + 2 == grid->table->row_count) {
        const struct layout *last = layout_row(press, grid, row + 1);
        height += (last == NULL ? 0.0 : row_height(grid, last)) + grid->notes;
    }
    return height;
}

static void draw_body(struct press *press, const struct grid *grid, struct pdf_tag *table_tag)
{
    const struct doc_table *table = grid->table;
    struct pdf_tag *body = pdf_tag_new(&press->tags, table_tag, "TBody");
    size_t on_page = 0;
    for (size_t row = 0; row < table->row_count && press->status == STATUS_OK; row++) {
        const struct layout *cells = layout_row(press, grid, row);
        if (cells == NULL)
            return;
        if (on_page > 0 && press->y + rows_ahead(press, grid, row, cells) > PAGE_LIMIT) {
            draw_rule(press, grid, press->y, 0.45, INK);
            press_page(press);
            draw_continuation(press, grid);
            on_page = 0;
        }
        if (is_total(table, row) && on_page > 0 && !is_total(table, row - 1))
            draw_rule(press, grid, press->y, 0.45, INK);
        else if (on_page > 0 && on_page % 5 == 0 && row + 1 < table->row_count)
            draw_rule(press, grid, press->y, 0.25, 0xBFBFBF);
        draw_row(press, grid, row, cells, body);
        on_page++;
    }
    draw_rule(press, grid, press->y, 0.9, INK);
}

/* Height of the first rows of a table, at most so many. */
static double rows_height(struct press *press, const struct grid *grid, size_t most)
{
    double height = 0.0;
    for (size_t row = 0; row < most && row < grid->table->row_count && press->status == STATUS_OK; row++) {
        const struct layout *cells = layout_row(press, grid, row);
        height += cells == NULL ? 0.0 : row_height(grid, cells);
    }
    return height;
}

static void layout_heads(struct press *press, struct grid *grid)
{
    const struct doc_table *table = grid->table;
    size_t lines = 1;
    for (size_t i = 0; i < table->column_count; i++) {
        bool divided = press_widest(press, &grid->head, table->heads[i]) > grid->width[i];
        grid->heads[i] = divided ? press_layout(press, &grid->head, table->heads[i], grid->width[i], true)
                                 : press_balanced(press, &grid->head, table->heads[i], grid->width[i]);
        lines = grid->heads[i].line_count > lines ? grid->heads[i].line_count : lines;
    }
    grid->head_height = 2.0 * head_padding + (double)lines * grid->head.leading;
}

static struct grid prepare(struct press *press, const struct doc_block *block, size_t number)
{
    const double worth = 0.85; /* of the height: else whole words in the heads are better */
    const size_t compared_most = 40;
    const struct doc_table *table = block->table;
    struct grid grid = { .table = table, .notes = press_notes(press, block), .number = number, .head = head_style,
                         .cell = cell_style, .total = total_style };
    if (table->column_count > COLUMN_MAX) {
        press->status = FAIL(press->fail, STATUS_LIMIT, "a table of the report has %zu columns; %d fit on a page",
                             table->column_count, COLUMN_MAX);
        return grid;
    }
    const char *caption = arena_format(&press->arena, tr(press->doc->language, N_("Table %zu: %s")), number,
                                       table->caption);
    grid.caption = press_layout(press, &style_caption, caption == NULL ? "" : caption, MEASURE, false);
    struct grid other = grid;
    fit_grid(press, &grid);
    layout_heads(press, &grid);
    double height = table->row_count > compared_most ? 0.0 : rows_height(press, &grid, table->row_count);
    if (height < 1.5 * row_pitch * (double)table->row_count)
        return grid;
    other.narrow_heads = true;
    fit_grid(press, &other);
    layout_heads(press, &other);
    double other_height = rows_height(press, &other, table->row_count) + other.head_height;
    return other_height < worth * (height + grid.head_height) ? other : grid;
}

/* A table of up to eight rows stays whole, unless too much of the page would stay empty before it: then it begins with two
 * or three, because its last two stay together. A longer one begins with three. */
static double start_height(struct press *press, const struct grid *grid)
{
    const size_t count = grid->table->row_count;
    double height = style_caption.leading * (double)grid->caption.line_count + caption_below + grid->head_height +
                    body_above;
    if (count > 8)
        return height + rows_height(press, grid, 3);
    double whole = height + rows_height(press, grid, count) + grid->notes;
    bool fits = press->y + PLATE_ABOVE + whole <= press->limit;
    return fits || press->limit - press->y <= EMPTY_MOST || count < 4 ? whole : height + rows_height(press, grid, count > 5 ? 3 : 2);
}

double press_table_start(struct press *press, const struct doc_block *block)
{
    const struct grid grid = prepare(press, block, press->table_count + 1);
    return press->status == STATUS_OK ? start_height(press, &grid) : 0.0;
}

void press_table(struct press *press, const struct doc_block *block)
{
    const struct grid grid = prepare(press, block, ++press->table_count);
    if (press->status != STATUS_OK)
        return;
    press_room(press, press->before == DOC_HEADING ? PLATE_BELOW_HEADING : PLATE_ABOVE, start_height(press, &grid));
    press_place(press, LISTED_TABLES);
    struct pdf_tag *tag = pdf_tag_new(&press->tags, press->section, "Table");
    pdf_mark(&press->canvas, pdf_tag_new(&press->tags, tag, "Caption"));
    pdf_draw_lines(&press->canvas, PAGE_LEFT, press_baseline(&style_caption, press->y), &style_caption,
                   grid.caption.first, grid.caption.line_count, MARK_LEFT, 0.0, true);
    pdf_mark_end(&press->canvas);
    press->y += style_caption.leading * (double)grid.caption.line_count + caption_below;
    struct pdf_tag *head = pdf_tag_new(&press->tags, tag, "THead");
    draw_head(press, &grid, pdf_tag_new(&press->tags, head, "TR"));
    draw_body(press, &grid, tag);
}
