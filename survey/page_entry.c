/* The screen of the clerk who types paper questionnaires: beginning of a session, sheet, check, second entry,
 * comparison and report of differences, all in one document, so that nothing of a sheet crosses the network before it
 * is sent. The script (survey/entry) fills in and shows. Not responsible for the questions (page_entry_sheet.c). */
#include "survey/page_entry.h"

static void write_paragraph(const struct survey_page *page, const char *text)
{
    HTML(page->html, "<p>");
    survey_page_text(page, text);
    HTML(page->html, "</p>");
}

static void open_view(const struct survey_page *page, const char *id, const char *title_id, const char *title)
{
    HTML(page->html, "<section class=\"view\" hidden=\"hidden\"");
    HTML_ATTR(page->html, "id", id);
    HTML_ATTR(page->html, "aria-labelledby", title_id);
    HTML(page->html, "><h2 tabindex=\"-1\"");
    HTML_ATTR(page->html, "id", title_id);
    HTML(page->html, ">");
    survey_page_text(page, title);
    HTML(page->html, "</h2>");
}

/* --- beginning --- */

static void write_check_code(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<div id=\"compare\" class=\"panel\" hidden=\"hidden\"><h3 id=\"compare-title\" tabindex=\"-1\">");
    survey_page_text(page, N_("Please compare the check code"));
    HTML(html, "</h3><p><code id=\"check-code\"></code></p>");
    write_paragraph(page,
                    N_("Are these characters the same as on the notice board of the staff council and on the cards? "
                       "This is asked once; keep the address of this page as a bookmark afterwards."));
    HTML(html, "<p class=\"buttons\">");
    survey_page_button(page, "compare-yes", NULL, N_("Yes, they are the same"));
    survey_page_button(page, "compare-no", "plain", N_("No"));
    HTML(html, "</p></div>");
}

static void write_rate(const struct survey_page *page, unsigned every, const char *text)
{
    struct html *html = page->html;
    HTML(html, "<div class=\"option\"><input type=\"radio\" name=\"every\"");
    buf_format(&html->out, " id=\"every-%u\" value=\"%u\"", every, every);
    if (every == 10)
        HTML_ATTR(html, "checked", "checked");
    HTML(html, "/><label");
    buf_format(&html->out, " for=\"every-%u\"", every);
    HTML(html, ">");
    survey_page_text(page, text);
    HTML(html, "</label></div>");
}

static void write_rules(const struct survey_page *page)
{
    static const char *const rules[] = {
        N_("First the code of the card, typed or scanned. Then question by question as on paper."),
        N_("Type the printed number of the crossed answer and press Enter: “7”. Several answers: “1 3 4”."),
        N_("Nothing crossed: press Enter at once, or type a dash."),
        N_("Back: arrow up, or Shift and Tab. The mouse works everywhere, too."),
        N_("More crossed than the question allows: no answer. A filled box is a correction, only the cross counts."),
        N_("Type what stands there, not what you think was meant. Names in free text: leave them out; a "
           "new line there: Shift and Enter."),
    };
    HTML(page->html, "<ul>");
    for (size_t i = 0; i < COUNT(rules); i++) {
        HTML(page->html, "<li>");
        survey_page_text(page, rules[i]);
        HTML(page->html, "</li>");
    }
    HTML(page->html, "</ul>");
}

static void write_begin(const struct survey_page *page)
{
    struct html *html = page->html;
    open_view(page, "begin", "begin-title", N_("Type in paper questionnaires"));
    write_check_code(page);
    HTML(html, "<div id=\"settings\" hidden=\"hidden\">");
    write_rules(page);
    write_paragraph(page,
                    N_("This page keeps nothing on this device. A sheet exists only here until you send it, and the "
                       "card is used only then. What you send is sealed first: nobody can read it before the "
                       "count."));
    HTML(html, "<fieldset class=\"panel\"><legend>");
    survey_page_text(page, N_("How many sheets are typed twice, as a check?"));
    HTML(html, "</legend>");
    write_rate(page, 5, N_("one sheet in 5"));
    write_rate(page, 10, N_("one sheet in 10"));
    write_rate(page, 20, N_("one sheet in 20"));
    write_rate(page, 0, N_("none"));
    HTML(html, "<p class=\"hint\">");
    survey_page_text(page, N_("Chance decides which. You learn it when you send the sheet."));
    HTML(html, "</p></fieldset><p class=\"buttons\">");
    survey_page_button(page, "begin-go", NULL, N_("Begin typing"));
    HTML(html, "</p></div></section>");
}

/* --- a sheet --- */

static void write_sheet(const struct survey_page *page, struct arena *arena)
{
    struct html *html = page->html;
    open_view(page, "sheet", "sheet-title", N_("Sheet"));
    HTML(html, "<p id=\"said\" class=\"said\" role=\"status\"></p><p id=\"sent-receipt\" hidden=\"hidden\">");
    survey_page_button(page, "receipt-show", "link", N_("Show its receipt"));
    HTML(html, "<span role=\"status\"><code id=\"receipt-code\"></code></span></p>"
               "<form id=\"fields\" novalidate=\"novalidate\" autocomplete=\"off\"><div class=\"card-code\">"
               "<label for=\"code\">");
    survey_page_text(page, N_("The code on the card"));
    HTML(html, "</label><input id=\"code\" type=\"text\" autocapitalize=\"characters\" spellcheck=\"false\" "
               "autocomplete=\"off\" maxlength=\"400\" aria-describedby=\"code-fault\"/>"
               "<p id=\"code-fault\" class=\"fault\" aria-live=\"polite\"></p></div>");
    entry_write_sheet(page, arena);
    HTML(html, "<p class=\"buttons\"><button type=\"submit\" id=\"sheet-done\">");
    survey_page_text(page, N_("Sheet finished"));
    HTML(html, "</button> ");
    survey_page_button(page, "sheet-discard", "plain", N_("Discard this sheet"));
    survey_page_button(page, "sheet-report", "plain", N_("Report of differences, end"));
    HTML(html, "</p></form></section>");
}

static void write_check(const struct survey_page *page)
{
    struct html *html = page->html;
    open_view(page, "review", "review-title", N_("Short check"));
    HTML(html, "<p id=\"review-agree\" hidden=\"hidden\"></p><p id=\"review-count\"></p>"
               "<div id=\"review-faults\" hidden=\"hidden\"><h3>");
    survey_page_text(page, N_("To be settled first"));
    HTML(html, "</h3><ul></ul></div><div id=\"review-open\" hidden=\"hidden\"><h3>");
    survey_page_text(page, N_("Without an answer"));
    HTML(html, "</h3><ul></ul></div><p class=\"buttons\">");
    survey_page_button(page, "send", NULL, N_("Send"));
    survey_page_button(page, "review-back", "plain", N_("Back to the sheet"));
    HTML(html, "</p></section>");
}

/* --- second entry --- */

static void write_second(const struct survey_page *page)
{
    open_view(page, "second", "second-title", N_("This sheet is typed a second time"));
    write_paragraph(page, N_("Chance chose it. It is not sent yet."));
    write_paragraph(page,
                    N_("Please let another person type it, if you can. The first entry is not shown, so that both "
                       "are made from the paper alone. Where they differ you decide with the paper in hand."));
    HTML(page->html, "<p class=\"buttons\">");
    survey_page_button(page, "second-go", NULL, N_("Begin the second entry"));
    HTML(page->html, "</p></section>");
}

static void write_differences(const struct survey_page *page)
{
    open_view(page, "differences", "differences-title", N_("What does the paper say?"));
    write_paragraph(page,
                    N_("The two entries differ here. Choose what stands on paper: key 1 for the first entry, key 2 for "
                       "the second. If both are wrong, choose either and mend it in the sheet afterwards."));
    HTML(page->html, "<form id=\"differences-form\" novalidate=\"novalidate\"><div id=\"differences-list\"></div>"
                     "<p id=\"differences-fault\" class=\"fault\" role=\"status\"></p><p class=\"buttons\">"
                     "<button type=\"submit\" id=\"differences-done\">");
    survey_page_text(page, N_("Take over"));
    HTML(page->html, "</button></p></form></section>");
}

/* --- report --- */

static void write_report(const struct survey_page *page)
{
    struct html *html = page->html;
    open_view(page, "report", "report-title", N_("Report of differences"));
    HTML(html,
         "<p id=\"report-day\"></p><div class=\"table\"><table id=\"report-numbers\"><tbody></tbody></table></div>");
    HTML(html, "<p id=\"report-range\"></p><h3>");
    survey_page_text(page, N_("Questions in which the entries differed"));
    HTML(html, "</h3><p id=\"report-none\">");
    survey_page_text(page, N_("None so far."));
    HTML(html,
         "</p><div class=\"table\"><table id=\"report-questions\" hidden=\"hidden\"><thead><tr><th scope=\"col\">");
    survey_page_text(page, N_("No."));
    HTML(html, "</th><th scope=\"col\">");
    survey_page_text(page, N_("Question"));
    HTML(html, "</th><th scope=\"col\" class=\"numeric\">");
    survey_page_text(page, N_("Differing sheets"));
    HTML(html, "</th></tr></thead><tbody></tbody></table></div><p class=\"hint\">");
    survey_page_text(page,
                     N_("This report has no answers and no codes in it. It exists only on this page: print or save it "
                        "before you close it."));
    HTML(html, "</p><p class=\"buttons\">");
    survey_page_button(page, "report-back", NULL, N_("Go on typing"));
    survey_page_button(page, "report-print", "plain", N_("Print"));
    survey_page_button(page, "report-save", "plain", N_("Save as a table (CSV)"));
    survey_page_button(page, "report-end", "plain", N_("End the session"));
    HTML(html, "</p><p id=\"report-said\" role=\"status\"></p></section>");
}

void survey_page_entry(const struct survey_page *page, struct arena *arena)
{
    struct html *html = page->html;
    HTML(html, "<noscript><div class=\"panel\"><h2>");
    survey_page_text(page, N_("This page needs JavaScript"));
    HTML(html, "</h2></div></noscript><div id=\"problem\" class=\"problem\" role=\"alert\" tabindex=\"-1\" "
               "hidden=\"hidden\"><p id=\"problem-text\"></p><p class=\"buttons\">");
    survey_page_button(page, "problem-retry", NULL, N_("Try again"));
    survey_page_button(page, "problem-code", "plain", N_("Type another code"));
    HTML(html, "</p></div>");
    write_begin(page);
    write_sheet(page, arena);
    write_check(page);
    write_second(page);
    write_differences(page);
    write_report(page);
    survey_page_texts(page);
    entry_write_texts(page);
}
