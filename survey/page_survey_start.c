/* The start of a visit: what the survey is, the form for code and device, drafts, and what to do without JavaScript. The
 * client fills in and shows (survey/client/80_start.js). Not responsible for questions and receipt. */
#include "forms/render.h"
#include "survey/page_privacy.h"

/* --- without the client --- */

static void write_other_ways(const struct survey_page *page)
{
    static const char *const ways[] = {
        N_("a card with a code from the staff council, for a shared device (kiosk) or your own phone"),
        N_("the questionnaire on paper"),
        N_("another device with a current browser: your letter works there too"),
    };
    HTML(page->html, "<p>");
    survey_page_text(page, N_("You can take part all the same:"));
    HTML(page->html, "</p><ul>");
    for (size_t i = 0; i < COUNT(ways); i++) {
        HTML(page->html, "<li>");
        survey_page_text(page, ways[i]);
        HTML(page->html, "</li>");
    }
    HTML(page->html, "</ul>");
}

/* An old browser does not even read the script: this panel appears by itself unless the client takes it away. */
static void write_unable(const struct survey_page *page)
{
    HTML(page->html, "<noscript><div class=\"panel\"><h2>");
    survey_page_text(page, N_("This page needs JavaScript"));
    HTML(page->html, "</h2><p>");
    survey_page_text(page, N_("Your own device seals the answers before it sends them. That does not work without "
                              "JavaScript, and we do not want to see your answers on the server instead."));
    HTML(page->html, "</p>");
    write_other_ways(page);
    HTML(page->html, "</div></noscript><div id=\"unable\" class=\"panel late\"><h2>");
    survey_page_text(page, N_("Nothing happens here?"));
    HTML(page->html, "</h2><p>");
    survey_page_text(page, N_("Then your browser is too old for this page: it cannot seal your answers."));
    HTML(page->html, "</p>");
    write_other_ways(page);
    HTML(page->html, "</div>");
}

/* --- what this device remembers --- */

static void write_resume(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<div id=\"resume\" class=\"panel\" hidden=\"hidden\"><h2>");
    survey_page_text(page, N_("There is a draft on this device"));
    HTML(html, "</h2><p id=\"resume-note\"></p><p class=\"buttons\">");
    survey_page_button(page, "resume-go", NULL, N_("Go on"));
    survey_page_button(page, "resume-drop", "plain", N_("Delete the draft"));
    HTML(html, "</p></div>");
}

static void write_kept(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<div id=\"kept\" class=\"panel\" hidden=\"hidden\"><h2>");
    survey_page_text(page, N_("You have sent answers from this device"));
    HTML(html, "</h2><p>");
    survey_page_text(page, N_("The key for changes lies here. With it and your code you can change or withdraw them."));
    HTML(html, "</p><p class=\"buttons\">");
    survey_page_button(page, "kept-go", NULL, N_("Change or withdraw"));
    survey_page_button(page, "kept-drop", "plain", N_("Delete the key"));
    HTML(html, "</p></div>");
}

/* --- the form --- */

static void write_check(const struct survey_page *page)
{
    HTML(page->html, "<div id=\"check\" class=\"check\" hidden=\"hidden\"><h3>");
    survey_page_text(page, N_("Check code of this survey"));
    HTML(page->html, "</h3><p><code id=\"check-code\"></code></p><p>");
    survey_page_text(page, N_("The same characters must stand on the notice board of the staff council."));
    HTML(page->html, "</p></div>");
}

static void write_compare(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<div id=\"compare\" class=\"panel\" tabindex=\"-1\" role=\"group\" aria-labelledby=\"compare-title\" "
               "hidden=\"hidden\"><h2 id=\"compare-title\">");
    survey_page_text(page, N_("Please compare the check code"));
    HTML(html, "</h2><p>");
    survey_page_text(page, page->kiosk
                               ? N_("For the person who sets this device up: are the characters on this page the "
                                    "same as on the notice board? This is asked once; then only cards of this "
                                    "survey are taken here.")
                               : N_("You typed the code yourself, so your browser cannot compare it for you. Are the "
                                    "characters above the same as on the notice board?"));
    HTML(html, "</p><p class=\"buttons\">");
    survey_page_button(page, "compare-yes", NULL, N_("Yes, they are the same"));
    survey_page_button(page, "compare-no", "plain", N_("No"));
    HTML(html, "</p></div>");
}

static void write_code(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<label for=\"code\">");
    survey_page_text(page, page->kiosk ? N_("The code on your card") : N_("Your code"));
    HTML(html, "</label><input id=\"code\" type=\"text\" autocapitalize=\"characters\" spellcheck=\"false\" "
               "autocomplete=\"off\" maxlength=\"400\" aria-describedby=\"code-fault code-hint\"/>"
               "<p id=\"code-fault\" class=\"fault\" aria-live=\"polite\"></p><p id=\"code-hint\" class=\"hint\">");
    survey_page_text(page, page->kiosk ? N_("Type it or scan the square pattern. Every card works once.")
                                       : N_("It stands in your letter and works once."));
    HTML(html, "</p><div id=\"recovery\" hidden=\"hidden\"><label for=\"recovery-input\">");
    survey_page_text(page, N_("Your recovery code"));
    HTML(html, "</label><textarea id=\"recovery-input\" rows=\"2\" autocapitalize=\"characters\" spellcheck=\"false\" "
               "autocomplete=\"off\" maxlength=\"100\" aria-describedby=\"recovery-input-fault recovery-hint\">"
               "</textarea>"
               "<p id=\"recovery-input-fault\" class=\"fault\" aria-live=\"polite\"></p>"
               "<p id=\"recovery-hint\" class=\"hint\">");
    survey_page_text(page, N_("33 characters in groups of four. You wrote it down or printed it."));
    HTML(html, "</p></div>");
}

static void write_device(const struct survey_page *page, const char *id, bool chosen, const char *label,
                         const char *hint)
{
    struct html *html = page->html;
    HTML(html, "<div class=\"option\"><input type=\"radio\" name=\"device\"");
    HTML_ATTR(html, "id", id);
    HTML_ATTR(html, "value", id);
    if (chosen)
        HTML_ATTR(html, "checked", "checked");
    HTML(html, "/><label");
    HTML_ATTR(html, "for", id);
    HTML(html, ">");
    survey_page_text(page, label);
    HTML(html, "<small>");
    survey_page_text(page, hint);
    HTML(html, "</small></label></div>");
}

static void write_devices(const struct survey_page *page)
{
    HTML(page->html, "<fieldset id=\"device\"><legend>");
    survey_page_text(page, N_("On which device do you answer?"));
    HTML(page->html, "</legend>");
    write_device(page, "keep", false, N_("My own device"), N_("A draft is kept here until you send it."));
    write_device(page, "shared", false, N_("A device that others use too"),
                 N_("Nothing is kept. After 2 minutes without input everything is deleted."));
    write_device(page, "plain", true, N_("I do not want to say"),
                 N_("Nothing is kept. Leave this window open until you have sent your answers."));
    HTML(page->html, "</fieldset>");
}

static void write_join(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<form id=\"join\" class=\"panel\" novalidate=\"novalidate\" autocomplete=\"off\" hidden=\"hidden\">"
               "<h2 id=\"join-title\" tabindex=\"-1\">");
    survey_page_text(page, N_("Take part"));
    HTML(html, "</h2><p id=\"join-note\" hidden=\"hidden\"></p>");
    write_code(page);
    if (!page->kiosk)
        write_devices(page);
    write_check(page);
    HTML(html, "<p class=\"buttons\"><button type=\"submit\" id=\"join-go\">");
    survey_page_text(page, N_("Begin"));
    HTML(html, "</button> <button type=\"button\" class=\"plain\" id=\"join-withdraw\" hidden=\"hidden\">");
    survey_page_text(page, N_("Withdraw answers"));
    HTML(html, "</button></p><p class=\"ways\">");
    survey_page_button(page, "way-resume", "link", N_("I began on another device"));
    survey_page_button(page, "way-again", "link",
                       N_("I have already sent my answers and want to change or withdraw them"));
    HTML(html, "<button type=\"button\" class=\"link\" id=\"way-new\" hidden=\"hidden\">");
    survey_page_text(page, N_("Take part for the first time"));
    HTML(html, "</button></p></form>");
}

static void write_notice(const struct survey_page *page, const char *id)
{
    const struct notice *notice = form_notice(page->form, id);
    if (notice != NULL)
        form_render_notice(page->form, notice, page->form_language, NULL, 0, page->html);
}

/* The short notice; in full on its own page, or at a kiosk, where nothing leads away, below it. */
static void write_privacy(const struct survey_page *page, const struct privacy *privacy)
{
    struct html *html = page->html;
    HTML(html, "<section class=\"notice\" id=\"privacy\">");
    privacy_write_short(privacy, page->language, html);
    if (page->kiosk) {
        HTML(html, "<details><summary>");
        survey_page_text(page, N_("Data protection in full"));
        HTML(html, "</summary>");
        privacy_write(privacy, page->language, 3, html);
        HTML(html, "</details>");
    } else {
        HTML(html, "<p>");
        survey_page_link(page, "privacy", N_("Data protection in full"));
        HTML(html, "</p>");
    }
    HTML(html, "</section>");
}

static void write_about(const struct survey_page *page, const struct privacy *privacy)
{
    HTML(page->html, "<div class=\"about\">");
    write_notice(page, "welcome");
    write_privacy(page, privacy);
    write_notice(page, "terms");
    HTML(page->html, "</div>");
}

/* A kiosk asks first and explains below: people there hold a card and stand. */
void survey_page_start(const struct survey_page *page, const struct privacy *privacy)
{
    struct html *html = page->html;
    write_unable(page);
    HTML(html, "<section id=\"start\">");
    if (!page->kiosk)
        write_about(page, privacy);
    HTML(html, "<div class=\"entry\">");
    write_resume(page);
    write_kept(page);
    write_join(page);
    write_compare(page);
    HTML(html, "</div>");
    if (page->kiosk)
        write_about(page, privacy);
    HTML(html, "</section>");
}
