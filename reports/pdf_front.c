/* Title block, and the table of contents with page numbers and links. */
#include "reports/pdf_press.h"

#include <math.h>

static const struct pdf_style style_author = { PDF_SEMIBOLD, PDF_BOLD, 10.5, 14.0, BLUE, false };
static const struct pdf_style style_title = { PDF_BOLD, PDF_BOLD, 27.0, 33.0, INK, false };
static const struct pdf_style style_subtitle = { PDF_REGULAR, PDF_SEMIBOLD, 13.0, 18.0, GREY, false };
static const struct pdf_style style_date = { PDF_REGULAR, PDF_SEMIBOLD, 9.6, 14.2, GREY, false };
static const struct pdf_style style_banner = { PDF_SEMIBOLD, PDF_BOLD, 9.6, 14.2, WARNING, false };
static const struct pdf_style style_contents = { PDF_BOLD, PDF_BOLD, 14.0, 18.0, BLUE, false };
/* Three densities: the contents become closer before they spill over to another page. */
static const struct density {
    struct pdf_style styles[2]; /* of chapters and of what is in them */
    double above[2];
} densities[] = {
    { { { PDF_SEMIBOLD, PDF_BOLD, 9.6, 14.2, INK, true }, { PDF_REGULAR, PDF_SEMIBOLD, 9.6, 14.2, INK, true } },
      { 6.0, 1.5 } },
    { { { PDF_SEMIBOLD, PDF_BOLD, 9.2, 13.0, INK, true }, { PDF_REGULAR, PDF_SEMIBOLD, 9.2, 13.0, INK, true } },
      { 4.5, 0.8 } },
    { { { PDF_SEMIBOLD, PDF_BOLD, 8.8, 11.9, INK, true }, { PDF_REGULAR, PDF_SEMIBOLD, 8.8, 11.9, INK, true } },
      { 3.5, 0.3 } },
};
static const struct density lists_density = {
    { { PDF_SEMIBOLD, PDF_BOLD, 8.2, 10.8, INK, true }, { PDF_REGULAR, PDF_SEMIBOLD, 8.2, 10.8, INK, true } }, { 0.0, 0.2 }
};

enum { ENTRY_INDENT = 13, NUMBER_ROOM = 34 };

struct press_entry {
    struct press_entry *next;
    const struct pdf_place *place;
    struct pdf_link *link;
    struct pdf_slot *slot;
    size_t page;
    double top, bottom, left;
};

static void set_text(struct press *press, const char *type, const struct pdf_style *style, const char *text,
                     double below)
{
    if (text == NULL || *text == '\0')
        return;
    struct layout layout = press_balanced(press, style, text, MEASURE);
    press_lines(press, pdf_tag_new(&press->tags, press->document, type), PAGE_LEFT, style, &layout);
    press->y += below;
}

void press_title(struct press *press)
{
    const struct doc *doc = press->doc;
    struct buf date;
    buf_init(&date, 200);
    if (doc->year > 0)
        buf_date(&date, doc->language, doc->year, doc->month, doc->day);
    const char *day = arena_string(&press->arena, date.bytes == NULL ? "" : date.bytes);
    if (day == NULL || date.failed)
        press->canvas.failed = true;
    buf_free(&date);
    press->y += 6.0;
    set_text(press, "P", &style_author, doc->author, 7.0);
    set_text(press, "H1", &style_title, doc->title, 7.0);
    set_text(press, "P", &style_subtitle, doc->subtitle, 6.0);
    set_text(press, "P", &style_date, day, 2.0);
    set_text(press, "P", &style_banner, doc->banner, 2.0);
    pdf_artifact(&press->canvas, "/Type/Layout");
    pdf_draw_rule(&press->canvas, PAGE_LEFT, PAGE_LEFT + MEASURE, press->y + 8.0, 0.9, INK);
    pdf_mark_end(&press->canvas);
    press->y += 28.0;
}

/* How an entry is set: chapters stand out, what is in them is indented; figures and tables are all alike. */
struct rank {
    unsigned style;
    double indent;
};

static struct rank rank_of(const struct pdf_place *place)
{
    if (place->block->kind != DOC_HEADING)
        return (struct rank){ 1, 0 };
    return place->block->level > 1 ? (struct rank){ 1, ENTRY_INDENT } : (struct rank){ 0, 0 };
}

static struct layout layout_entry(struct press *press, const struct pdf_place *place, const struct density *density)
{
    struct rank rank = rank_of(place);
    return press_layout(press, &density->styles[rank.style], place->text, MEASURE - NUMBER_ROOM - rank.indent, true);
}

static double contents_height(struct press *press, enum doc_listed listed, const struct density *density)
{
    double height = 0.0;
    for (const struct pdf_place *place = press->places[listed]; place != NULL; place = place->next) {
        unsigned style = rank_of(place).style;
        if (!doc_lists(place->block, listed))
            continue;
        struct layout layout = layout_entry(press, place, density);
        height += density->above[style] + density->styles[style].leading * (double)layout.line_count;
    }
    return height;
}

/* The loosest density that needs no more pages than the closest; figures and tables are always close. */
static const struct density *choose_density(struct press *press, enum doc_listed listed)
{
    const double slack = 16.0; /* an entry does not break over pages */
    const struct density *best = &densities[COUNT(densities) - 1];
    double fewest = 0.0;
    if (listed != LISTED_HEADINGS)
        return &lists_density;
    for (size_t i = COUNT(densities); i-- > 0;) {
        double over = contents_height(press, listed, &densities[i]) - (PAGE_LIMIT - press->y);
        double pages = over <= 0 ? 1 : 1 + ceil((over + slack) / (PAGE_LIMIT - PAGE_TOP));
        if (best == &densities[i] || pages <= fewest) {
            best = &densities[i];
            fewest = pages;
        }
    }
    return best;
}

static void set_entry(struct press *press, struct pdf_tag *contents, const struct pdf_place *place,
                      const struct density *density)
{
    struct rank rank = rank_of(place);
    const struct pdf_style *style = &density->styles[rank.style];
    double left = PAGE_LEFT + rank.indent;
    struct layout layout = layout_entry(press, place, density);
    double height = style->leading * (double)layout.line_count;
    press_room(press, density->above[rank.style], height);
    struct press_entry *entry = ARENA_NEW(&press->arena, struct press_entry, 1);
    if (entry == NULL) {
        press->status = FAIL(press->fail, STATUS_MEMORY, "the report needs more memory than it may use");
        return;
    }
    struct pdf_tag *item = pdf_tag_new(&press->tags, contents, "TOCI");
    struct pdf_tag *link = pdf_tag_new(&press->tags, pdf_tag_new(&press->tags, item, "Reference"), "Link");
    double baseline = press_baseline(style, press->y);
    pdf_mark(&press->canvas, link);
    pdf_draw_lines(&press->canvas, left, baseline, style, layout.first, layout.line_count, MARK_LEFT, 0.0, false);
    struct pdf_slot *slot = pdf_draw_slot(&press->canvas, PAGE_LEFT + MEASURE, baseline + height - style->leading,
                                          style);
    pdf_mark_end(&press->canvas);
    size_t page = press->canvas.page_count - 1;
    *entry = (struct press_entry){ .place = place, .slot = slot, .page = page, .top = press->y - 0.5,
                                   .bottom = press->y + height + 0.5, .left = left,
                                   .link = pdf_tag_link(&press->tags, link, page) };
    if (press->last_entry == NULL)
        press->first_entry = entry;
    else
        press->last_entry->next = entry;
    press->last_entry = entry;
    press->y += height;
}

/* The table of contents brings its title; lists of figures and tables stand below a heading of their own. */
void press_contents(struct press *press, enum doc_listed listed)
{
    struct pdf_tag *parent = press->section == NULL ? press->document : press->section;
    if (listed == LISTED_HEADINGS) {
        const char *title = tr(press->doc->language, N_("Contents"));
        press_room(press, press->before == DOC_BREAK ? 0.0 : 20.0, 80.0);
        struct layout layout = press_layout(press, &style_contents, title, MEASURE, false);
        press_lines(press, pdf_tag_new(&press->tags, parent, "P"), PAGE_LEFT, &style_contents, &layout);
        press->y += 2.0;
    }
    const struct density *density = choose_density(press, listed);
    struct pdf_tag *contents = pdf_tag_new(&press->tags, parent, "TOC");
    for (const struct pdf_place *place = press->places[listed]; place != NULL; place = place->next)
        if (doc_lists(place->block, listed) && press->status == STATUS_OK)
            set_entry(press, contents, place, density);
}

static void write_link(struct press *press, const struct press_entry *entry, struct buf *text)
{
    buf_clear(text);
    buf_add_string(text, "/Type/Annot/Subtype/Link/Border[0 0 0]/F 4/Rect[");
    const double width = PAGE_LEFT + MEASURE - entry->left;
    const double left = pdf_canvas_left(&press->canvas, entry->left, width);
    const double box[4] = { left, PAGE_HEIGHT - entry->bottom, left + width, PAGE_HEIGHT - entry->top };
    for (size_t i = 0; i < COUNT(box); i++) {
        pdf_number(text, box[i]);
        buf_add_byte(text, ' ');
    }
    buf_add_string(text, "]/Contents");
    pdf_text_string(text, entry->place->text);
    buf_format(text, "/StructParent %zu/Dest", entry->link->key);
    pdf_destination(text, entry->place);
    pdf_object_add_text(press->file, entry->link->object, text);
    buf_format(&press->canvas.pages[entry->page].annotations, "%u 0 R ", pdf_object_id(entry->link->object));
}

void press_contents_numbers(struct press *press)
{
    for (struct press_entry *entry = press->first_entry; entry != NULL; entry = entry->next)
        if (entry->slot != NULL)
            entry->slot->text = press_page_label(press, entry->place->page_index);
}

void press_contents_links(struct press *press)
{
    struct buf text;
    buf_init(&text, 64 * 1024);
    for (const struct press_entry *entry = press->first_entry; entry != NULL; entry = entry->next)
        if (entry->link != NULL)
            write_link(press, entry, &text);
    buf_free(&text);
}
