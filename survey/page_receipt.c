/* What came of a wave, for everybody: the numbers, the lists to check them with, and two questions the browser answers by
 * itself from the whole lists (client/93_receipt.js), so that nobody learns who looked up what. Made from the published
 * files alone: both faces show the same page. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "survey/count.h"
#include "survey/page_survey.h"
#include "survey/published.h"

struct receipt_page {
    struct survey_page frame;
    struct service *service;
    bool counted, closed;
    struct count_result result;
};

static void write_text(const struct receipt_page *page, const char *text)
{
    survey_page_text(&page->frame, text);
}

static void write_paragraph(const struct receipt_page *page, const char *text)
{
    HTML(page->frame.html, "<p>");
    write_text(page, text);
    HTML(page->frame.html, "</p>");
}

static void write_day(const struct receipt_page *page, const char *iso)
{
    int year = 0;
    int month = 0;
    int day = 0;
    struct buf text;
    buf_init(&text, 64);
    if (sscanf(iso, "%4d-%2d-%2d", &year, &month, &day) == 3 && month >= 1 && month <= 12 && day >= 1 && day <= 31)
        buf_date(&text, page->frame.language, year, month, day);
    html_text(page->frame.html, text.bytes == NULL ? iso : text.bytes);
    buf_free(&text);
}

static void write_waiting(const struct receipt_page *page)
{
    struct html *html = page->frame.html;
    HTML(html, "<section class=\"notice\"><h2>");
    write_text(page, N_("The result is not published yet"));
    HTML(html, "</h2><p>");
    write_text(page, N_("Last day for answers:"));
    HTML(html, " ");
    write_day(page, page->frame.manifest->closes);
    HTML(html, ". ");
    write_text(page, N_("After that day the questionnaires are counted. The numbers and the lists then stand on this page: "
                        "please come back and keep your receipt until then."));
    HTML(html, "</p></section>");
}

/* --- the two questions --- */

static void write_receipt_form(const struct receipt_page *page)
{
    struct html *html = page->frame.html;
    HTML(html, "<section class=\"notice\"><h2>");
    write_text(page, N_("Was my questionnaire counted?"));
    HTML(html, "</h2>");
    write_paragraph(page, N_("Your browser fetches the whole published list and looks for your receipt itself. "
                             "Nobody learns which receipt you looked for."));
    HTML(html, "<form id=\"receipt-form\" class=\"panel\" novalidate=\"novalidate\" autocomplete=\"off\" "
               "hidden=\"hidden\"><label for=\"receipt-input\">");
    write_text(page, N_("Your receipt (64 characters)"));
    HTML(html, "</label><textarea id=\"receipt-input\" rows=\"3\" spellcheck=\"false\" autocomplete=\"off\" "
               "aria-describedby=\"receipt-result\"></textarea><p class=\"buttons\"><button type=\"submit\" "
               "id=\"receipt-go\">");
    write_text(page, N_("Look it up"));
    HTML(html, "</button></p><progress id=\"receipt-progress\" value=\"0\" max=\"1\"");
    HTML_ATTR(html, "aria-label", tr(page->frame.language, N_("Fetching and checking the list")));
    HTML(html, " hidden=\"hidden\"></progress><div id=\"receipt-result\" role=\"status\"></div></form></section>");
}

static void write_code_form(const struct receipt_page *page)
{
    struct html *html = page->frame.html;
    HTML(html, "<section class=\"notice\"><h2>");
    write_text(page, N_("I did not take part: was my code used?"));
    HTML(html, "</h2>");
    write_paragraph(page, N_("Type the code of your letter. It does not leave this device: your browser fetches the whole "
                             "list of used codes, which holds only fingerprints of them, and looks for yours."));
    HTML(html, "<form id=\"code-form\" class=\"panel\" novalidate=\"novalidate\" autocomplete=\"off\" "
               "hidden=\"hidden\"><label for=\"code-input\">");
    write_text(page, N_("Your invitation code"));
    HTML(html, "</label><input type=\"text\" id=\"code-input\" autocapitalize=\"characters\" spellcheck=\"false\" "
               "autocomplete=\"off\" maxlength=\"60\" aria-describedby=\"code-result\"/><p class=\"buttons\">"
               "<button type=\"submit\" id=\"code-go\">");
    write_text(page, N_("Look it up"));
    HTML(html, "</button></p><progress id=\"code-progress\" value=\"0\" max=\"1\"");
    HTML_ATTR(html, "aria-label", tr(page->frame.language, N_("Fetching and checking the list")));
    HTML(html, " hidden=\"hidden\"></progress><div id=\"code-result\" role=\"status\"></div></form></section>");
}

/* --- the numbers --- */

static void write_number(const struct receipt_page *page, const char *name, uint64_t number, const char *meaning)
{
    struct html *html = page->frame.html;
    char text[64];
    number_format(page->frame.language, (double)number, 0, text, sizeof text);
    HTML(html, "<div class=\"review-row\"><dt>");
    write_text(page, name);
    HTML(html, "<small>");
    write_text(page, meaning);
    HTML(html, "</small></dt><dd><span class=\"given\">");
    html_text(html, text);
    HTML(html, "</span></dd></div>");
}

static void write_numbers(const struct receipt_page *page)
{
    const struct count_result *result = &page->result;
    struct html *html = page->frame.html;
    HTML(html, "<section class=\"notice\"><h2>");
    write_text(page, N_("The numbers"));
    HTML(html, "</h2><dl class=\"numbers\">");
    write_number(page, N_("Invited"), result->invited, N_("codes that were given out"));
    write_number(page, N_("Ballots drawn"), result->drawn, N_("codes with which a ballot was fetched"));
    write_number(page, N_("Questionnaires counted"), result->ballots, N_("sealed questionnaires in the ballot box"));
    write_number(page, N_("of them invalid"), result->invalid,
                 N_("could not be opened or read; they stand in the list, but not in the results"));
    write_number(page, N_("Taken back"), result->withdrawn, N_("withdrawn by the respondents themselves; not counted"));
    HTML(html, "</dl>");
    write_paragraph(page, N_("Counted and taken back together can never be more than ballots drawn, and those never more than "
                             "people invited. Whoever wanted to add questionnaires in secret would need a ballot for each, "
                             "and a ballot needs a code. So at most as many could be added as ballots were drawn and not "
                             "used – or as codes were used of people who did not take part. That is why everybody can check "
                             "here that their own code was not used."));
    HTML(html, "</section>");
}

static void write_code(const struct receipt_page *page, const char *name, const char *code)
{
    struct html *html = page->frame.html;
    HTML(html, "<h3>");
    write_text(page, name);
    HTML(html, "</h3><p><code>");
    html_text(html, code);
    HTML(html, "</code></p>");
}

static void write_codes(const struct receipt_page *page)
{
    struct html *html = page->frame.html;
    char printed[48];
    unsigned char check[32];
    HTML(html, "<section class=\"notice codes\"><h2>");
    write_text(page, N_("Check codes"));
    HTML(html, "</h2>");
    write_paragraph(page, N_("The same codes must stand on the notice board of the staff council. Then everybody looks at the "
                             "same survey and the same result."));
    manifest_print(page->frame.manifest, printed);
    write_code(page, N_("Check code of this survey"), printed);
    if (sodium_hex2bin(check, sizeof check, page->result.check, 64, NULL, NULL, NULL) == 0) {
        check_code_print(check, printed);
        write_code(page, N_("Check code of the result"), printed);
    }
    write_code(page, N_("Root of the list of receipts (check sum over all of them)"), page->result.root);
    HTML(html, "</section>");
}

static void write_downloads(const struct receipt_page *page)
{
    struct html *html = page->frame.html;
    HTML(html, "<section class=\"notice\"><h2>");
    write_text(page, N_("Check it yourself"));
    HTML(html, "</h2>");
    write_paragraph(page, N_("These files are all that is needed to check the count, without trust in those who counted. "
                             "Nothing in them tells who answered what. The documentation of Querschnitt says how, with "
                             "common tools or with the command “querschnitt audit verify”."));
    HTML(html, "<dl class=\"downloads\">");
    for (size_t i = 0; i < published_count; i++) {
        if (!published_exists(page->service, page->frame.manifest->wave, &published[i]))
            continue; /* drawn.txt goes when the wave is erased */
        HTML(html, "<dt><a href=\"");
        html_text(html, published[i].file);
        HTML(html, "\">");
        html_text(html, published[i].file);
        HTML(html, "</a></dt><dd>");
        write_text(page, published[i].about);
        HTML(html, "</dd>");
    }
    HTML(html, "</dl></section>");
}

static void write_script_hint(const struct receipt_page *page)
{
    HTML(page->frame.html, "<noscript><p class=\"panel\">");
    write_text(page, N_("Without JavaScript you can download the list and search it yourself:"));
    HTML(page->frame.html, " <a href=\"leaves.txt\">leaves.txt</a></p></noscript>");
}

enum status page_receipt(struct service *service, const struct request *request, struct response *response,
                         struct fail *fail)
{
    char folder[WAVE_PATH_ROOM];
    struct manifest *manifest = NULL;
    enum status status = survey_page_manifest(service, request, &manifest, fail);
    if (status != STATUS_OK)
        return status;
    struct receipt_page page = {
        .service = service,
        .frame = { .language = request->language,
                   .form_language = language_code(request->language),
                   .manifest = manifest,
                   .city = survey_page_fact(service, request->arena, "city"),
                   .demo = survey_page_fact(service, request->arena, "demo"),
                   .kind = "receipt",
                   .html = &response->page },
    };
    wave_folder(folder, service->dir, manifest->wave);
    page.counted = count_result_file(folder, &page.result, NULL) == STATUS_OK;
    page.closed = published_exists(service, manifest->wave, published_find("drawn.txt"));
    survey_page_open(&page.frame, tr(request->language, page.counted ? N_("Result and receipts") : N_("Check a receipt")));
    survey_page_problem(&page.frame);
    if (!page.counted)
        write_waiting(&page);
    if (page.counted) {
        write_script_hint(&page);
        write_receipt_form(&page);
    }
    if (page.closed)
        write_code_form(&page);
    if (page.counted) {
        write_numbers(&page);
        write_codes(&page);
        write_downloads(&page);
    }
    survey_page_texts(&page.frame);
    survey_page_close(&page.frame);
    return STATUS_OK;
}
