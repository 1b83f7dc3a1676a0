/* The end of a visit and what may come up on the way: waiting before sending, receipt, and the dialogs for recovery code,
 * withdrawal and an unattended shared device. The client fills in and shows. */
#include "survey/page_survey.h"

static void open_dialog(const struct survey_page *page, const char *id, const char *role, const char *title_id,
                        const char *title)
{
    HTML(page->html, "<dialog");
    HTML_ATTR(page->html, "id", id);
    if (role != NULL)
        HTML_ATTR(page->html, "role", role);
    HTML_ATTR(page->html, "aria-labelledby", title_id);
    HTML(page->html, "><h2 tabindex=\"-1\"");
    HTML_ATTR(page->html, "id", title_id);
    HTML(page->html, ">");
    survey_page_text(page, title);
    HTML(page->html, "</h2>");
}

static void write_waiting(const struct survey_page *page)
{
    HTML(page->html, "<section id=\"waiting\" hidden=\"hidden\"><h2 id=\"waiting-title\" tabindex=\"-1\">");
    survey_page_text(page, N_("Your answers are sealed and will be sent"));
    HTML(page->html, "</h2><div class=\"panel\"><p id=\"waiting-until\"></p><p id=\"waiting-leave\"></p>"
                     "<p class=\"buttons\">");
    survey_page_button(page, "send-now", NULL, N_("Send now"));
    HTML(page->html, "<button type=\"button\" class=\"plain recovery-open\">");
    survey_page_text(page, N_("Show the recovery code"));
    HTML(page->html, "</button></p></div></section>");
}

static void write_keys(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<div class=\"panel\"><h3>");
    survey_page_text(page, N_("Change or withdraw later"));
    HTML(html, "</h3><p id=\"receipt-next\"></p><p class=\"buttons\"><button type=\"button\" "
               "class=\"plain recovery-open\">");
    survey_page_text(page, N_("Show the recovery code"));
    HTML(html, "</button></p><div id=\"keep-key-row\" class=\"option\" hidden=\"hidden\">"
               "<input type=\"checkbox\" id=\"keep-key\"/><label for=\"keep-key\">");
    survey_page_text(page, N_("Keep the key for changes on this device (no answers)"));
    HTML(html, "</label></div><p id=\"keep-key-status\" role=\"status\"></p></div>");
}

static void write_receipt(const struct survey_page *page, const struct placeholder placeholders[], size_t count)
{
    struct html *html = page->html;
    HTML(html, "<section id=\"receipt\" hidden=\"hidden\"><h2 id=\"receipt-title\" tabindex=\"-1\">");
    survey_page_text(page, N_("Your questionnaire has arrived"));
    HTML(html, "</h2><p>");
    survey_page_text(page, N_("Your answers are no longer on this page."));
    HTML(html, " <span id=\"receipt-clears\" hidden=\"hidden\">");
    survey_page_text(page, page->kiosk ? N_("After one minute without input the receipt is deleted too.")
                                       : N_("After 2 minutes without input the receipt is deleted too."));
    HTML(html, "</span></p><p class=\"buttons\" hidden=\"hidden\"><button type=\"button\" id=\"done\">");
    survey_page_text(page, N_("Done: delete everything here"));
    HTML(html, "</button></p><div class=\"panel\"><h3>");
    survey_page_text(page, N_("Receipt"));
    HTML(html, "</h3><p><code id=\"receipt-code\"></code></p><p id=\"receipt-signed\"></p><p class=\"buttons\">");
    survey_page_button(page, "receipt-copy", NULL, N_("Copy"));
    survey_page_button(page, "receipt-print", "plain", N_("Print"));
    HTML(html, "</p><p id=\"receipt-status\" role=\"status\"></p><p><span id=\"receipt-for\"></span>");
    if (!page->kiosk) {
        HTML(html, " <span id=\"receipt-check\">");
        survey_page_link(page, "receipt", N_("Check a receipt"));
        HTML(html, "</span>");
    }
    HTML(html, "</p></div>");
    write_keys(page);
    const struct notice *closing = form_notice(page->form, "closing");
    if (closing != NULL)
        form_render_notice(page->form, closing, page->form_language, placeholders, count, html);
    HTML(html, "</section>");
}

static void write_recovery(const struct survey_page *page)
{
    struct html *html = page->html;
    open_dialog(page, "recovery-show", NULL, "recovery-title", N_("Your recovery code"));
    HTML(html, "<p id=\"recovery-for\"></p><p><code id=\"recovery-code\"></code></p><p>");
    survey_page_text(page,
                     N_("Keep it apart from your letter and show it to nobody: whoever has both codes can replace or "
                        "withdraw your answers. Nobody can read your answers with them."));
    HTML(html, "</p><p class=\"buttons\">");
    survey_page_button(page, "recovery-close", NULL, N_("Close"));
    survey_page_button(page, "recovery-copy", "plain", N_("Copy"));
    survey_page_button(page, "recovery-print", "plain", N_("Print"));
    HTML(html, "</p><p id=\"recovery-status\" role=\"status\"></p></dialog>");
}

static void write_withdraw(const struct survey_page *page)
{
    static const char *const happens[] = {
        N_("Your sealed answers in the ballot box are overwritten. They are not counted."),
        N_("From what is stored nobody can see who withdrew. Your code stays used."),
        N_("Until the survey closes you can send new answers with both codes."),
    };
    struct html *html = page->html;
    open_dialog(page, "withdraw", NULL, "withdraw-title", N_("Withdraw your answers?"));
    HTML(html, "<ul>");
    for (size_t i = 0; i < COUNT(happens); i++) {
        HTML(html, "<li>");
        survey_page_text(page, happens[i]);
        HTML(html, "</li>");
    }
    HTML(html, "</ul><p class=\"buttons\">");
    survey_page_button(page, "withdraw-go", NULL, N_("Withdraw now"));
    survey_page_button(page, "withdraw-stop", "plain", N_("Cancel"));
    HTML(html, "</p></dialog>");
}

/* The seconds change every second; what is read aloud changes every ten. */
static void write_idle(const struct survey_page *page)
{
    struct html *html = page->html;
    open_dialog(page, "idle", "alertdialog", "idle-title", N_("Are you still there?"));
    HTML(html, "<p>");
    survey_page_text(page, N_("Others use this device too. If you do nothing, everything on this page is deleted."));
    HTML(html, "</p><p id=\"idle-seconds\" aria-hidden=\"true\"></p><p id=\"idle-said\" class=\"aloud\" "
               "role=\"status\"></p><p class=\"buttons\">");
    survey_page_button(page, "idle-go", NULL, N_("Go on"));
    survey_page_button(page, "idle-end", "plain", N_("Delete everything now"));
    HTML(html, "</p></dialog>");
}

void survey_page_end(const struct survey_page *page, const struct placeholder placeholders[], size_t count)
{
    write_waiting(page);
    write_receipt(page, placeholders, count);
    write_recovery(page);
    write_withdraw(page);
    write_idle(page);
}
