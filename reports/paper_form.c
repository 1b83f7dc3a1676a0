/* The questionnaire on paper: a first page that says what to do, the questions section after section, the thanks. The
 * same for everybody: nothing on it tells one copy from another. */
#include "forms/expression.h"
#include "forms/paper_order.h"
#include "reports/paper_question.h"

#define FORM_TOP MILLIMETRE(21.0)
#define FORM_LIMIT (PAGE_HEIGHT - MILLIMETRE(16.0))

static const struct pdf_style style_section = { PDF_BOLD, PDF_BOLD, 14.0, 18.0, BLUE, false };
static const struct pdf_style style_text = { PDF_REGULAR, PDF_SEMIBOLD, 9.8, 14.0, INK, false };

/* A text that goes with an option is set with its question. */
static bool is_set(const struct form *form, const struct item *item)
{
    return paper_printed(item) && paper_owner(form, item, NULL) == NULL;
}

/* Notes are no questions: rotation does not choose among them. */
static size_t shown_count(const struct form *form, const struct page *page, bool notes)
{
    size_t count = 0;
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &form->items[page->item_first + i];
        count += is_set(form, item) && (notes || paper_asked(item));
    }
    return count;
}

/* The condition that all questions of the page share; NULL when they differ. */
static const struct expression *shared_condition(struct questionnaire *paper, const struct page *page)
{
    const struct expression *shared = NULL;
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &paper->form->items[page->item_first + i];
        if (!is_set(paper->form, item))
            continue;
        if (item->show_if == NULL)
            return NULL;
        if (shared == NULL)
            shared = item->show_if;
        paper->known = shared;
        bool same = question_condition(paper, item) == NULL;
        paper->known = NULL;
        if (!same)
            return NULL;
    }
    return shown_count(paper->form, page, true) > 1 ? shared : NULL;
}

static const char *rotation_text(struct questionnaire *paper, const struct page *page, size_t shown)
{
    if (page->rotate == 0 || page->rotate >= shown)
        return NULL;
    return arena_format(&paper->sheet.press.arena,
                        tr(paper->sheet.wave->language, N_("Please answer only %u of these %zu questions, chosen by "
                                                           "chance, for example with closed eyes.")),
                        page->rotate, shown);
}

static void set_questions(struct questionnaire *paper, const struct page *page, const struct question *first)
{
    struct press *press = &paper->sheet.press;
    for (size_t i = 0; i < page->item_count && press->status == STATUS_OK; i++) {
        const struct item *item = &paper->form->items[page->item_first + i];
        if (!is_set(paper->form, item))
            continue;
        const struct question *question = first != NULL ? first : question_measure(paper, item);
        if (first == NULL) {
            double height = question_height(question);
            bool whole = height <= press->limit - press->top;
            press_room(press, QUESTION_GAP, whole ? height : MILLIMETRE(60.0));
        }
        question_set(paper, question);
        first = NULL;
    }
}

static const struct item *first_item(const struct form *form, const struct page *page)
{
    for (size_t i = 0; i < page->item_count; i++)
        if (is_set(form, &form->items[page->item_first + i]))
            return &form->items[page->item_first + i];
    return NULL;
}

/* Heading, introduction and the first question (or the first rows of a matrix) stand together. */
static void set_section(struct questionnaire *paper, const struct page *page)
{
    struct press *press = &paper->sheet.press;
    const size_t shown = shown_count(paper->form, page, true);
    if (shown == 0 || press->status != STATUS_OK)
        return;
    paper->known = page->show_if == NULL ? shared_condition(paper, page) : NULL;
    const char *title = question_text(paper, &page->title);
    const char *intro = question_text(paper, &page->intro);
    const struct expression *above = page->show_if != NULL ? page->show_if : paper->known;
    const char *only_if = above == NULL ? NULL : paper_condition(paper, above);
    const char *rotation = rotation_text(paper, page, shown_count(paper->form, page, false));
    const bool matrix = matrix_fits(paper, page);
    const struct question *first = matrix ? NULL : question_measure(paper, first_item(paper->form, page));
    const double gaps = 16.0; /* between the texts of a section's beginning */
    double ahead = matrix ? matrix_start(paper, page) : question_height(first);
    ahead += sheet_height(press, &style_section, title, FORM_WIDTH) +
             sheet_height(press, &style_text, intro, FORM_WIDTH) +
             sheet_height(press, &style_only_if, only_if, FORM_WIDTH) +
             sheet_height(press, &style_text, rotation, FORM_WIDTH) + gaps;
    press_room(press, SECTION_GAP, ahead <= press->limit - press->top ? ahead : MILLIMETRE(80.0));
    paper->section = pdf_tag_new(&press->tags, press->document, "Sect");
    press_place(press, LISTED_HEADINGS);
    flow_text(paper, "H2", &style_section, &page->title, title, 0.0);
    flow_paragraphs(paper, &page->intro, &style_text);
    flow_text(paper, "P", &style_only_if, NULL, only_if, 3.0);
    flow_text(paper, "P", &style_text, NULL, rotation, 3.0);
    press->y += 6.0;
    if (matrix)
        matrix_set(paper, page);
    else
        set_questions(paper, page, first);
    paper->known = NULL;
}

static enum status set_all(struct questionnaire *paper)
{
    struct press *press = &paper->sheet.press;
    press_page(press);
    paper->section = pdf_tag_new(&press->tags, press->document, "Sect");
    if (press->status == STATUS_OK)
        cover_set(paper);
    if (press->status == STATUS_OK)
        press_page(press);
    for (size_t i = 0; i < paper->form->page_count && press->status == STATUS_OK; i++)
        set_section(paper, &paper->form->pages[i]);
    if (press->status == STATUS_OK)
        closing_set(paper);
    flow_numbers(paper);
    return press->status;
}

/* Bookmarks: the title, and every section with a question. */
static void add_headings(struct questionnaire *paper)
{
    struct doc *doc = &paper->sheet.doc;
    doc_heading(doc, 1, "title", doc->title);
    for (size_t i = 0; i < paper->form->page_count; i++) {
        const struct page *page = &paper->form->pages[i];
        if (shown_count(paper->form, page, true) > 0)
            doc_heading(doc, 2, page->id, question_text(paper, &page->title));
    }
}

enum status paper_form(struct arena *arena, const struct paper_wave *wave, const struct form *form,
                       const char *form_language, struct buf *out, struct fail *fail)
{
    struct questionnaire paper = { .form = form, .language = form_language };
    const char *title = form_text(form, &form->title, form_language);
    sheet_init(&paper.sheet, arena, wave, title);
    add_headings(&paper);
    enum status status = sheet_open(&paper.sheet, fail);
    struct press *press = &paper.sheet.press;
    if (status == STATUS_OK) {
        press->owner = &paper;
        hyphen_init(&press->hyphen, form_language);
        sheet_turn(press, form_language);
        press->furnish = flow_furnish;
        press->top = FORM_TOP;
        press->limit = FORM_LIMIT;
        status = set_all(&paper);
    }
    if (status == STATUS_OK)
        status = press_write(press, out);
    sheet_close(&paper.sheet);
    return status;
}
