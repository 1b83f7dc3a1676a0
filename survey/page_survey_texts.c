/* Texts the client shows on its own: progress, faults, receipt, recovery. */
#include "survey/page_survey.h"

/* clang-format off */
static const struct client_text client_texts[] = {
    { "progress", N_("Page {page} of {pages}: {title}") },
    { "at-most", N_("You can choose at most {count} answers.") },
    { "at-least", N_("Please choose at least {count} answers.") },
    { "fault-required", N_("This question is still open. You can also go on without an answer.") },
    { "fault-invalid", N_("This answer does not fit. Please check it.") },
    { "fault-number", N_("Please enter a number, without words or spaces.") },
    { "fault-range", N_("Please enter a number from {low} to {high}.") },
    { "fault-whole", N_("Please enter a whole number.") },
    { "fault-decimals", N_("Please enter at most {count} digits after the decimal sign.") },
    { "fault-step", N_("Please enter a number in steps of {step}, beginning with {low}.") },
    { "fault-date", N_("Please choose every part of the date.") },
    { "fault-date-range", N_("Please choose a date from {low} to {high}.") },
    { "fault-places", N_("Please give the places from 1 on, without a gap.") },
    { "fault-amount", N_("Please enter whole amounts only.") },
    { "fault-sum", N_("The amounts must make {total} together. Now they make {sum}.") },
    { "summary-clear", N_("Remove the answer") },
    { "place-taken", N_("Place {place} was taken from: {option}") },
    { "untouched", N_("no answer yet") },
    { "prefilled", N_("Filled in from your invitation. You can change or clear it.") },
    { "not-answered", N_("not answered") },
    { "change", N_("Change") },
    { "change-question", N_("Change the answer to: {question}") },
    { "review-count", N_("You have answered {answered} of {shown} questions. Nothing has been sent yet.") },
    { "code-fault", N_("This code is not complete or has a typing error. It has 21 characters, in groups of five.") },
    { "discard", N_("Delete everything on this page now? Your code has been used: without the recovery code you can then not take part with it again.") },
    { "mode-new", N_("Take part") },
    { "mode-new-go", N_("Begin") },
    { "mode-resume", N_("Continue here") },
    { "mode-resume-note", N_("With your code and the recovery code you go on on this device. The questionnaire starts empty: answers never leave a device before you send them.") },
    { "mode-resume-go", N_("Go on") },
    { "mode-again", N_("Change or withdraw") },
    { "mode-again-note", N_("You need your code and the recovery code. If you change your answers, you fill in the whole questionnaire again; what you send then takes the place of the first answers.") },
    { "mode-key-note", N_("The key for changes lies on this device: your code is enough. If you change your answers, you fill in the whole questionnaire again; what you send then takes the place of the first answers.") },
    { "mode-again-go", N_("Change answers") },
    { "recovery-fault", N_("This recovery code is not complete or has a typing error. It has 33 characters.") },
    { "recovery-during", N_("With your code and this recovery code you can go on on another device, and change or withdraw your answers until {date}. Your answers do not come along: on another device the questionnaire starts empty.") },
    { "recovery-after", N_("With your code and this recovery code you can change or withdraw your answers until {date}.") },
    { "draft-note", N_("You began to answer and can go on where you stopped.") },
    { "draft-sealed", N_("Your answers are sealed, but their arrival was not confirmed. Go on to send the same again and get your receipt. They are counted only once.") },
    { "waiting", N_("They go out at a random moment within the next {count} minutes, so that the time of arrival tells less about you. Please leave this window open until the receipt appears.") },
    { "waiting-own", N_("If you close the window, they are sent at once, but you see no receipt. Open this page on this device again: it sends the same once more and shows the receipt.") },
    { "waiting-other", N_("If you close the window, they are sent at once, but you see no receipt and cannot get it later: the sealed answers exist only here. With the recovery code you could only send a change and get a receipt for that.") },
    { "idle-left", N_("{count} seconds left") },
    { "done-sent", N_("Your questionnaire has arrived") },
    { "done-changed", N_("Your change has arrived") },
    { "done-withdrawn", N_("Your answers are withdrawn") },
    { "proof-sent", N_("After the count you can see with it that your questionnaire was counted. It does not tell what you answered.") },
    { "proof-changed", N_("This receipt takes the place of the earlier one: only what you sent last is counted.") },
    { "proof-withdrawn", N_("This receipt proves that the withdrawal has arrived. Your earlier receipt is no longer valid.") },
    { "next-sent", N_("Until {date} you can change or withdraw your answers. You need your code and the recovery code for it. After this window is closed nobody can show you the recovery code again.") },
    { "next-withdrawn", N_("Your answers are not counted. Until {date} you can send new ones with your code and the recovery code.") },
    { "key-kept", N_("The key is kept here. It opens no answers.") },
    { "key-dropped", N_("The key is deleted from this device.") },
    { "answers-copy", N_("Copy my answers") },
    { "answers-print", N_("Print my answers") },
    { "answers-delete", N_("Delete everything") },
    { "replace", N_("Replace the answers sent before") },
    { "copied", N_("Copied.") },
    { "copy-by-hand", N_("The text is selected: please copy it with the keyboard.") },
    { "receipt-signed", N_("The signature of the ballot box on this receipt was checked: it is genuine.") },
    { "receipt-unchecked", N_("Your browser cannot check the signature of the ballot box. The receipt is valid all the same.") },
    { "receipt-malformed", N_("A receipt has 64 characters: digits and the letters a to f.") },
    { "receipt-found", N_("Your questionnaire was counted. It is one of {count} in the published list.") },
    { "receipt-absent", N_("This receipt is not in the published list of {count}. Check it for typing errors; if it is right, ask the staff council.") },
    { "receipt-withdrawn", N_("This questionnaire was withdrawn and not counted. If you did not withdraw it yourself, tell the staff council and show this receipt.") },
    { "receipt-help", N_("If you changed your answers later, only the newest receipt stands in the list. If this is your newest one, show it to the staff council: it is signed by the ballot box and proves that your questionnaire had arrived.") },
    { "receipt-root-good", N_("The list is complete and unchanged: its check sum is the published one.") },
    { "receipt-root-bad", N_("Attention: the list does not have the published check sum. Please tell the staff council.") },
    { "receipt-root-open", N_("Your browser cannot compute the check sum of the list on this connection.") },
    { "code-unused", N_("No. No ballot was fetched with this code. {count} other codes were used.") },
    { "code-used", N_("Yes. A ballot was fetched with this code. If it was not you, please tell the staff council.") },
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
    { "problem-already-drawn", N_("This code has been used already. If you began on another device, you need the recovery code as well. If it was not you, please tell the staff council.") },
    { "problem-closed", N_("This survey is closed. Answers can no longer be sent.") },
    { "problem-not-open", N_("This survey is not open yet. Please come back later with the same code.") },
    { "problem-bad-credential", N_("The ballot box does not accept this ballot. Please tell the staff council.") },
    { "problem-already-sent", N_("Answers have been sent with this code before: from another device, or just now when the connection broke. Shall the answers here take their place?") },
    { "problem-bad-edit-key", N_("The ballot box does not accept this recovery code. Please compare it with what you wrote down.") },
    { "problem-other-seed", N_("This recovery code does not belong to this code. Please compare both with your notes.") },
    { "problem-too-many", N_("These answers have been changed 16 times. More is not possible; what you sent last counts.") },
    { "problem-personal-code", N_("This is a personal code from a letter. A shared device takes cards only, because with a personal code the time could tell who answered. Please use your own device or take a card.") },
    { "problem-closed-late", N_("The survey was closed before your answers arrived. They were not sent and do not count. They exist only on this page.") },
    { "problem-unknown-wave", N_("There is no survey at this address. Please compare the link with your letter.") },
    { "problem-malformed", N_("This page and the server do not understand each other. Please open your link again.") },
    { "problem-too-long", N_("Your free text is too long to be sealed. Please shorten it.") },
    { "problem-insecure", N_("This page needs a secure connection: its address must begin with https. Please type the address of your letter. If it does, tell the staff council; a card or the questionnaire on paper works too.") },
    { "problem-broken", N_("Your browser cannot do what this page needs: it cannot seal your answers. Please use a current browser, or ask the staff council for a card or the questionnaire on paper.") },
};
/* clang-format on */

void survey_page_template(const struct survey_page *page, const char *id, const struct client_text texts[],
                          size_t count)
{
    struct html *html = page->html;
    HTML(html, "<template");
    HTML_ATTR(html, "id", id);
    HTML(html, ">");
    for (size_t i = 0; i < count; i++) {
        HTML(html, "<p");
        HTML_ATTR(html, "data-key", texts[i].key);
        HTML(html, ">");
        html_text(html, tr(page->language, texts[i].text));
        HTML(html, "</p>");
    }
    HTML(html, "</template>");
}

void survey_page_texts(const struct survey_page *page)
{
    survey_page_template(page, "texts", client_texts, COUNT(client_texts));
}
