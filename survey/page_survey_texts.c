/* Texts the client shows on its own (progress, faults, receipt) and the privacy notice. */
#include <stdio.h>
#include <string.h>

#include "survey/page_survey.h"

/* clang-format off */
static const struct client_text {
    const char *key, *text;
} client_texts[] = {
    { "progress", N_("Page {page} of {pages}: {title}") },
    { "at-most", N_("You can choose at most {count} answers.") },
    { "prefilled", N_("Filled in from your invitation. You can change or clear it.") },
    { "not-answered", N_("not answered") },
    { "change", N_("Change") },
    { "change-question", N_("Change the answer to: {question}") },
    { "review-count", N_("You have answered {answered} of {shown} questions. Nothing has been sent yet.") },
    { "code-fault", N_("This code is not complete or has a typing error. It has 21 characters, in groups of five.") },
    { "discard", N_("Delete all answers now? Your code has been used: you can then not take part with it again.") },
    { "copied", N_("Copied.") },
    { "copy-by-hand", N_("The receipt is selected: please copy it with the keyboard.") },
    { "receipt-signed", N_("The signature of the ballot box on this receipt was checked: it is genuine.") },
    { "receipt-unchecked", N_("Your browser cannot check the signature of the ballot box. The receipt is valid all the same.") },
    { "receipt-malformed", N_("A receipt has 64 characters: digits and the letters a to f.") },
    { "receipt-found", N_("Your questionnaire was counted. It is one of {count} in the published list.") },
    { "receipt-absent", N_("This receipt is not in the published list of {count}. Check it for typing errors; if it is right, ask the staff council.") },
    { "receipt-root", N_("Check sum of the list, computed here: {root}") },
    { "problem-network", N_("The connection was lost. Nothing is lost: please try again.") },
    { "problem-server", N_("The server could not answer. Nothing is lost: please try again in a moment.") },
    { "problem-box-full", N_("The ballot box cannot take more at the moment. Please keep this window open and tell the staff council.") },
    { "problem-fingerprint", N_("Stop: the check code of this page is not the one of your invitation. Do not take part here. Please tell the staff council.") },
    { "problem-manifest", N_("Stop: the keys of this survey are not valid. Do not take part here. Please tell the staff council.") },
    { "problem-signature", N_("Stop: the server did not sign with the key of this survey. Do not take part here. Please tell the staff council.") },
    { "problem-receipt", N_("The ballot box sent a receipt that does not belong to your questionnaire. Please tell the staff council.") },
    { "problem-form", N_("The questionnaire was changed while you were reading. Please open your link again.") },
    { "problem-missing", N_("The list is not published yet. It appears here after the count.") },
    { "problem-unknown-code", N_("This code is not known here. Please compare it with your letter.") },
    { "problem-already-drawn", N_("This code has been used already. Each code works once. If it was not you, please tell the staff council.") },
    { "problem-closed", N_("This survey is closed. Answers can no longer be sent.") },
    { "problem-not-open", N_("This survey is not open yet. Please come back later with the same code.") },
    { "problem-bad-credential", N_("The ballot box does not accept this ballot. Please tell the staff council.") },
    { "problem-already-sent", N_("A questionnaire with this ballot has been sent already.") },
    { "problem-too-long", N_("Your free text is too long to be sealed. Please shorten it.") },
    { "problem-insecure", N_("This page needs a secure connection (https) and a current browser to seal your answers.") },
    { "problem-broken", N_("Your browser cannot do what this page needs. Please use a current browser, or ask the staff council for a card.") },
};
/* clang-format on */

void survey_page_texts(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<template id=\"texts\">");
    for (size_t i = 0; i < COUNT(client_texts); i++) {
        HTML(html, "<p");
        HTML_ATTR(html, "data-key", client_texts[i].key);
        HTML(html, ">");
        html_text(html, tr(page->language, client_texts[i].text));
        HTML(html, "</p>");
    }
    HTML(html, "</template>");
}

static void paragraph(const struct survey_page *page, const char *title, const char *text)
{
    HTML(page->html, "<h3>");
    html_text(page->html, title);
    HTML(page->html, "</h3><p>");
    html_text(page->html, text);
    HTML(page->html, "</p>");
}

void survey_page_privacy(const struct survey_page *page)
{
    const struct language *language = page->language;
    HTML(page->html, "<section class=\"notice\" id=\"privacy\"><h2>");
    html_text(page->html, tr(language, N_("Voluntary, and separated from your name")));
    HTML(page->html, "</h2><p>");
    html_text(page->html, tr(language, N_("You do not have to take part, and you can skip every question.")));
    HTML(page->html, "</p>");
    paragraph(page, tr(language, N_("What we promise")),
              tr(language, N_("Nobody can tell from the stored data who gave which answers: not the personnel office, "
                              "not the IT department, not a thief of the disk. This follows from the method: your "
                              "browser fetches a ballot with your code. The server signs it blindly and cannot "
                              "recognise it later. Your browser then seals your answers so that only the staff "
                              "council can open them after closing, without names and in sorted order.")));
    paragraph(page, tr(language, N_("What is stored")),
              tr(language, N_("That a ballot was fetched for your code, but not when: for the response rate and for "
                              "reminders. And your sealed questionnaire, without time, internet address or order.")));
    paragraph(
        page, tr(language, N_("What this depends on")),
        tr(language, N_("It holds as long as three things are true. First: the staff council and those who run the "
                        "server do not secretly work together. Second: this page was not tampered with; compare "
                        "the check code with the notice board. Third: your device is not monitored. Somebody "
                        "who records the network while you take part sees that you take part, not what you "
                        "answer.")));
    char text[600];
    snprintf(text, sizeof text,
             tr(language, N_("What you write in free text can give you away, and so can rare combinations of answers. "
                             "Results of groups below %u people are therefore not shown.")),
             page->manifest->smallest_group);
    paragraph(page, tr(language, N_("What we cannot prevent")), text);
    HTML(page->html, "</section>");
}
