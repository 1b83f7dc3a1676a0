/* The staff council's package. The order is that of the decision: what is asked of the council, which survey, what is stored,
 * what will be published, what staff are told, and last the questionnaire, which is long. */
#include "reports/package.h"

#include <string.h>

enum { OPTIONS_MOST = 40 }; /* a longer list is the city's own, of units or languages: its length says enough */

/* --- texts --- */

static const char *kept(struct doc *doc, const char *text)
{
    if (text == NULL && doc->status == STATUS_OK)
        doc->status = STATUS_MEMORY;
    return text == NULL ? "" : text;
}

static void heading(struct doc *doc, const char *anchor, const char *text)
{
    doc_heading(doc, 1, anchor, tr(doc->language, text));
}

static void say(struct doc *doc, const char *text)
{
    doc_paragraph(doc, tr(doc->language, text));
}

static void list(struct doc *doc, const char *const texts[], size_t count)
{
    const char **items = ARENA_NEW(doc->arena, const char *, count);
    for (size_t i = 0; items != NULL && i < count; i++)
        items[i] = tr(doc->language, texts[i]);
    if (items == NULL)
        kept(doc, NULL);
    else
        doc_list(doc, items, count);
}

static const char *number(struct doc *doc, unsigned value)
{
    struct buf text;
    buf_init(&text, 32);
    buf_number(&text, doc->language, value, 0);
    const char *copy = text.failed ? NULL : arena_copy(doc->arena, text.bytes, text.length);
    buf_free(&text);
    return kept(doc, copy);
}

/* --- chapters --- */

static void decision(struct doc *doc)
{
    static const char *const points[] = {
        N_("the questionnaire, word for word"),
        N_("the list of tables that will be published, and the thresholds below which nothing is shown"),
        N_("who keeps the key of the ballot box"),
        N_("the last day for answers, and the day from which ballots, keys and codes are deleted"),
        N_("what is stored, and what staff are told about it"),
    };
    heading(doc, "decision", N_("What the staff council decides on"));
    say(doc, N_("This paper was made by the program from what is in force. It names everything the staff council decides on "
                "before the survey opens:"));
    list(doc, points, COUNT(points));
    say(doc, N_("The check code stands for questionnaire, list of tables, days and key together: if one question, one table or "
                "one day were changed, it would be another one. Compare it with the notice board and with the page of the survey."));
}

static void facts(const struct package *package, struct doc *doc)
{
    const struct language *language = doc->language;
    struct doc_cell *cells = ARENA_NEW(doc->arena, struct doc_cell, 2 * package->fact_count);
    const char *heads[] = { tr(language, N_("Fixed")), tr(language, N_("Value")) };
    heading(doc, "survey", N_("The survey"));
    if (cells == NULL) {
        kept(doc, NULL);
        return;
    }
    for (size_t i = 0; i < package->fact_count; i++) {
        cells[2 * i] = (struct doc_cell){ .text = package->facts[i].label };
        cells[2 * i + 1] = (struct doc_cell){ .text = package->facts[i].value };
    }
    doc_table(doc, &(struct doc_table){ .caption = tr(language, N_("What is fixed for this survey")), .heads = heads,
                                        .column_count = 2, .cells = cells, .row_count = package->fact_count });
}

static void stored(struct doc *doc)
{
    static const char *const points[] = {
        N_("Per invitation: the hash of the code, the unit, whether a ballot was drawn, and whether a card was handed out "
           "for it. No time, no name."),
        N_("Where invitations go out by letter or e-mail, until the survey closes: the list of recipients with name and "
           "address or e-mail address, unit, language, and which hash is valid for whom. So reminders reach only those "
           "who have not taken part. When the survey closes, the list is deleted."),
        N_("Per ballot: sealed bytes in a random place of a file of fixed size. No time, no address, no order."),
        N_("After the count: the answers without names, sorted by their content; languages and free text apart from all "
           "other answers."),
        N_("From the personnel office: counts of heads, never persons."),
        N_("Per account of this office: login name, role, hash of the password."),
        N_("What administrators did, with the day."),
    };
    heading(doc, "stored", N_("What is stored"));
    list(doc, points, COUNT(points));
}

static void thresholds(const struct package_threshold rows[], size_t count, struct doc *doc)
{
    const char **items = ARENA_NEW(doc->arena, const char *, count);
    for (size_t i = 0; items != NULL && i < count; i++)
        items[i] = kept(doc, arena_format(doc->arena, "%s: %s", tr(doc->language, rows[i].text),
                                          number(doc, rows[i].value)));
    if (items == NULL)
        kept(doc, NULL);
    else
        doc_list(doc, items, count);
}

static const char *columns(const struct package_table *table, struct doc *doc)
{
    const char *text = "";
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i][0] != '\0')
            text = kept(doc, arena_format(doc->arena, "%s%s%s", text, text[0] == '\0' ? "" : " · ",
                                          tr(doc->language, table->columns[i])));
    return text[0] == '\0' ? tr(doc->language, N_("the answers to choose from")) : text;
}

static const char *counted(const struct package_table *table, struct doc *doc)
{
    const char *indicator = tr(doc->language, table->indicator);
    return strcmp(table->indicator, table->title) == 0
               ? indicator
               : kept(doc, arena_format(doc->arena, "%s: %s", indicator, tr(doc->language, table->title)));
}

static void tables(const struct package *package, struct doc *doc)
{
    const struct language *language = doc->language;
    const char *heads[] = { tr(language, N_("Table")), tr(language, N_("What is counted")), tr(language, N_("Columns")) };
    struct doc_cell *cells = ARENA_NEW(doc->arena, struct doc_cell, COUNT(heads) * package->table_count);
    if (cells == NULL) {
        kept(doc, NULL);
        return;
    }
    for (size_t i = 0; i < package->table_count; i++) {
        struct doc_cell *row = cells + COUNT(heads) * i;
        row[0] = (struct doc_cell){ .text = package->tables[i].id };
        row[1] = (struct doc_cell){ .text = counted(&package->tables[i], doc) };
        row[2] = (struct doc_cell){ .text = columns(&package->tables[i], doc) };
    }
    doc_table(doc, &(struct doc_table){ .caption = tr(language, N_("Every table the survey publishes")), .heads = heads,
                                        .column_count = COUNT(heads), .cells = cells, .row_count = package->table_count });
}

static void published(const struct package *package, struct doc *doc)
{
    heading(doc, "thresholds", N_("Thresholds in force"));
    thresholds(package->in_force, package->threshold_count, doc);
    heading(doc, "list", N_("What is published"));
    if (package->tables_fixed) {
        say(doc, N_("These tables, and no other ones, are made of the answers and of the personnel office's counts. The list was "
                    "fixed when the survey was frozen; its check sum stands in the manifest and so in the check code. The "
                    "personnel office, the staff council, the council and the public get the same tables: nobody gets finer "
                    "ones. All of them are protected together. These thresholds were promised with the list and can only "
                    "rise:"));
        thresholds(package->promised, package->threshold_count, doc);
        tables(package, doc);
        doc_note(doc, kept(doc, arena_format(doc->arena, "SHA-256 %s", package->tables_hash)));
    } else {
        say(doc, N_("This survey was frozen before such lists were fixed: every table of the program is "
                    "published, protected together with all others."));
    }
    if (package->beyond != NULL)
        doc_paragraph(doc, package->beyond);
}

/* --- the questionnaire --- */

static const char *options(const struct form *form, const struct item *item, struct doc *doc)
{
    const char *code = language_code(doc->language);
    const char *text = "";
    if (item->option_count > OPTIONS_MOST)
        return kept(doc, arena_format(doc->arena, tr(doc->language, N_("a list of %zu to choose from")), item->option_count));
    for (size_t i = 0; i < item->option_count; i++)
        text = kept(doc, arena_format(doc->arena, "%s%s%s", text, i == 0 ? "" : " · ",
                                      form_text(form, &item->options[i].label, code)));
    return text;
}

/* Questions of a scale share their answers: said once. */
static const struct item *same_options(const struct form *form, const struct item *item)
{
    const struct page *page = &form->pages[item->page];
    for (size_t i = page->item_first; item->options_list != NULL && &form->items[i] < item; i++) {
        const struct item *earlier = &form->items[i];
        if (!earlier->off && earlier->options_list != NULL && strcmp(earlier->options_list, item->options_list) == 0)
            return earlier;
    }
    return NULL;
}

static const char *question(const struct form *form, const struct item *item, struct doc *doc)
{
    const struct language *language = doc->language;
    const struct item *earlier = same_options(form, item);
    const char *text = kept(doc, arena_format(doc->arena, "**%s** %s", item->id,
                                              form_text(form, &item->label, language_code(language))));
    if (earlier != NULL)
        text = kept(doc, arena_format(doc->arena, tr(language, N_("%s – answers as in %s.")), text, earlier->id));
    else if (item->option_count > 0)
        text = kept(doc, arena_format(doc->arena, tr(language, N_("%s – answers: %s.")), text, options(form, item, doc)));
    if (item->detached)
        text = kept(doc, arena_format(doc->arena, "%s %s", text, tr(language, N_("(Stored apart from all other answers.)"))));
    return text;
}

static void questions(const struct form *form, const struct page *page, struct doc *doc)
{
    const char **items = ARENA_NEW(doc->arena, const char *, page->item_count + 1);
    size_t count = 0;
    if (items == NULL) {
        kept(doc, NULL);
        return;
    }
    for (size_t i = page->item_first; i < page->item_first + page->item_count; i++)
        if (!form->items[i].off)
            items[count++] = question(form, &form->items[i], doc);
    if (count == 0)
        return;
    doc_heading(doc, 2, kept(doc, arena_format(doc->arena, "page-%s", page->id)),
                form_text(form, &page->title, language_code(doc->language)));
    doc_list(doc, items, count);
}

static void questionnaire(const struct form *form, struct doc *doc)
{
    heading(doc, "questionnaire", N_("The questionnaire in full"));
    doc_paragraph(doc, kept(doc, arena_format(doc->arena, "%s (%s)",
                                              form_text(form, &form->title, language_code(doc->language)),
                                              form->version == NULL ? "–" : form->version)));
    doc_note(doc, kept(doc, arena_format(doc->arena, "SHA-256 %s", form->sha256)));
    for (size_t i = 0; i < form->page_count; i++)
        questions(form, &form->pages[i], doc);
}

/* --- the whole --- */

void package_front(const struct package *package, struct doc *doc)
{
    const struct language *language = doc->language;
    doc->title = kept(doc, arena_format(doc->arena, tr(language, N_("For the staff council: survey %s")), package->wave));
    doc->year = 0; /* it holds as long as the check code does: the same settings give the same bytes on every day */
    doc->subtitle = tr(language, N_("What is decided before the survey opens"));
    doc->author = package->city == NULL ? "Querschnitt" : kept(doc, arena_string(doc->arena, package->city));
    doc->footer = kept(doc, arena_format(doc->arena, "%s · %s", doc->author, doc->title));
    if (package->demo)
        doc->banner = tr(language, N_("Demo with invented data"));
}

void package_build(const struct package *package, struct doc *doc)
{
    decision(doc);
    facts(package, doc);
    stored(doc);
    published(package, doc);
    heading(doc, "notice", N_("The privacy notice respondents read"));
    package->notice(package->notice_context, doc);
    questionnaire(package->form, doc);
}
