/* What an invitation says, once as text and once as HTML. German is the language people will read most. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/html.h"
#include "base/i18n.h"
#include "survey/invite.h"

enum { PARAGRAPH_ROOM = 1200, MESSAGE_MAX = 64 * 1024 };

struct writing {
    const struct language *language;
    struct buf *text;
    struct html html;
};

/* A paragraph in both parts; link NULL: none. */
static void paragraph(struct writing *writing, const char *text, const char *link)
{
    buf_format(writing->text, "%s\n", text);
    HTML(&writing->html, "<p>");
    html_text(&writing->html, text);
    if (link != NULL) {
        buf_format(writing->text, "%s\n", link);
        HTML(&writing->html, "<br/><a");
        HTML_ATTR(&writing->html, "href", link);
        HTML(&writing->html, ">");
        html_text(&writing->html, link);
        HTML(&writing->html, "</a>");
    }
    buf_add_byte(writing->text, '\n');
    HTML(&writing->html, "</p>\n");
}

static void until(const struct invite *invite, const struct language *language, char *out, size_t room)
{
    int date[3] = { 0 };
    struct buf day;
    buf_init(&day, 128);
    if (sscanf(invite->manifest.closes, "%4d-%2d-%2d", &date[0], &date[1], &date[2]) == 3)
        buf_date(&day, language, date[0], date[1], date[2]);
    snprintf(out, room, "%s", day.bytes == NULL ? invite->manifest.closes : day.bytes);
    buf_free(&day);
}

static void write_body(const struct invite *invite, struct writing *writing, const char *title, const char *code,
                       bool reminder)
{
    const struct language *language = writing->language;
    char text[PARAGRAPH_ROOM];
    char link[512];
    char day[128];
    until(invite, language, day, sizeof day);
    paragraph(writing, tr(language, N_("Good day,")), NULL);
    snprintf(text, sizeof text, tr(language, N_("%s asks everybody who works here: “%s”. Taking part is voluntary, and you can skip every question.")),
             invite->city[0] == '\0' ? tr(language, N_("the administration")) : invite->city, title);
    paragraph(writing, text, NULL);
    if (reminder)
        paragraph(writing,
                  tr(language, N_("Nobody has taken part with your code yet. That is all we know, and this is why we write "
                                  "again. Below is a new link; the one from our earlier letter or e-mail no longer works.")),
                  NULL);
    snprintf(link, sizeof link, "%s/w/%s/#%s.%s", invite->manifest.issuer, invite->manifest.wave, code,
             invite->fingerprint);
    paragraph(writing, tr(language, N_("Your personal link. It works once; please do not pass it on:")), link);
    sodium_memzero(link, sizeof link);
    snprintf(text, sizeof text, tr(language, N_("You can take part until %s.")), day);
    paragraph(writing, text, NULL);
    snprintf(text, sizeof text, tr(language, N_("Check code of the survey: %s. It must be the same on the notice board and on the intranet. If it is not, please do not take part and tell the staff council.")),
             invite->check);
    paragraph(writing, text, NULL);
    snprintf(link, sizeof link, "%s/w/%s/privacy", invite->manifest.issuer, invite->manifest.wave);
    paragraph(writing,
              tr(language, N_("Nobody can tell from the stored data who gave which answers. How this works and what it depends on:")),
              link);
    snprintf(text, sizeof text, tr(language, N_("If you would rather not take part with this link: the staff council has cards and questionnaires on paper. %s")),
             invite->staff_council);
    paragraph(writing, text, NULL);
}

enum status invite_notice(const struct invite *invite, const struct language *language, struct buf *out,
                          struct fail *fail)
{
    const char *title = form_text(invite->form, &invite->form->title, language_code(language));
    char day[128];
    until(invite, language, day, sizeof day);
    buf_format(out, "%s\n\n", title);
    buf_format(out, tr(language, N_("%s asks everybody who works here: “%s”. Taking part is voluntary, and you can skip every question.")),
               invite->city[0] == '\0' ? tr(language, N_("the administration")) : invite->city, title);
    buf_format(out, "\n\n%s %s/w/%s/\n",
               tr(language, N_("With the link from your e-mail, or with the code from your letter or card at:")),
               invite->manifest.issuer, invite->manifest.wave);
    buf_format(out, tr(language, N_("You can take part until %s.")), day);
    buf_add_string(out, "\n\n");
    buf_format(out, tr(language, N_("Check code of the survey: %s. It must be the same in your letter or e-mail and on the "
                                    "survey's page. If it is not, please do not take part and tell the staff council.")),
               invite->check);
    buf_format(out, "\n\n%s\n\n%s\n%s/w/%s/privacy\n\n",
               tr(language, N_("Have you begun and not sent your answers yet? Please open the survey again on the same "
                               "device and press “Send”. We cannot write to you: who has sent answers nobody can see.")),
               tr(language, N_("Nobody can tell from the stored data who gave which answers. How this works and what it depends on:")),
               invite->manifest.issuer, invite->manifest.wave);
    buf_format(out, tr(language, N_("If you have no link or would rather not use it: the staff council has cards and "
                                    "questionnaires on paper. %s")),
               invite->staff_council);
    buf_add_string(out, "\n\n");
    return buf_status(out, "the notice", fail);
}

enum status invite_write(const struct invite *invite, const struct language *language, const char *code, bool reminder,
                         struct invite_message *message, struct fail *fail)
{
    const char *title = form_text(invite->form, &invite->form->title, language_code(language));
    struct writing writing = { .language = language, .text = &message->text };
    buf_init(&message->text, MESSAGE_MAX);
    buf_init(&writing.html.out, MESSAGE_MAX);
    snprintf(message->subject, sizeof message->subject,
             tr(language, reminder ? N_("Reminder: %s") : N_("Your invitation: %s")), title);
    HTML(&writing.html, "<!DOCTYPE html>\n<html");
    HTML_ATTR(&writing.html, "lang", language_code(language));
    HTML(&writing.html, "><head><meta charset=\"utf-8\"/><title>");
    html_text(&writing.html, message->subject);
    HTML(&writing.html, "</title></head><body>\n");
    write_body(invite, &writing, title, code, reminder);
    HTML(&writing.html, "</body></html>\n");
    message->html = writing.html.out;
    enum status status = buf_status(&message->text, "the e-mail", fail);
    return status == STATUS_OK ? buf_status(&message->html, "the e-mail", fail) : status;
}

void invite_message_free(struct invite_message *message)
{
    struct buf *const parts[] = { &message->text, &message->html };
    for (size_t i = 0; i < COUNT(parts); i++) {
        if (parts[i]->bytes != NULL)
            sodium_memzero(parts[i]->bytes, parts[i]->length);
        buf_free(parts[i]);
    }
}
