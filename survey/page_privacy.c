/* The privacy notice from the configuration in force. A sentence that depends on it stands in a table by its field; nothing
 * is promised that the place of the key does not bear out. Plain words (B1), German and English. */
#include "survey/page_privacy.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "forms/qtype.h"

enum { TEXT_ROOM = 1024, LIST_MAX = 8, FACT_ROOM = 64 };

/* What follows from the place of the private half of the box key. */
static const struct place {
    const char *key, *opens, *counted, *first;
} places[] = {
    { "server",
      N_("Your browser seals your answers. The key to open them lies on the server. It is locked with a passphrase that "
         "only the staff council knows."),
      N_("After the survey has closed the staff council enters its passphrase. The server then opens all answers "
         "together, without names, and sorts them by their content."),
      N_("The server operator does not log while you take part. This matters because the key lies on the same server.") },
    { "council",
      N_("Your browser seals your answers. The key to open them is kept by the staff council and does not lie on the "
         "server. Nobody else can open them."),
      N_("After the survey has closed the staff council opens all answers together with its key, without names, and "
         "sorts them by their content."),
      N_("The server operator and the staff council do not secretly work together.") },
    { "split",
      N_("Your browser seals your answers. The key to open them has two halves: the staff council keeps one, the "
         "personnel office the other. Neither can open anything alone, and no half lies on the server."),
      N_("After the survey has closed the staff council and the personnel office put their halves together. All answers "
         "are opened together, without names, and sorted by their content."),
      N_("The server operator, the staff council and the personnel office do not all secretly work together.") },
};

static const struct place *find_place(const struct manifest *manifest)
{
    for (size_t i = 0; i < COUNT(places); i++)
        if (strcmp(places[i].key, manifest->key) == 0)
            return &places[i];
    return &places[0]; /* promises least; manifest_read lets no other word pass */
}

/* Into a page, or into a document when doc is not NULL. */
struct writer {
    const struct language *language;
    struct html *html;
    unsigned heading;
    struct doc *doc;
};

/* Its anchor is made of the English words: the same in every language. */
static void add_heading(const struct writer *to, const char *text, const char *said)
{
    char *anchor = arena_format(to->doc->arena, "notice-%s", text);
    for (char *at = anchor; at != NULL && *at != '\0'; at++)
        *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at >= 'a' && *at <= 'z' ? *at : '-';
    doc_heading(to->doc, to->heading, anchor == NULL ? "notice" : anchor, said);
}

static void write_heading(const struct writer *to, const char *text)
{
    const char *said = tr(to->language, text);
    if (to->doc != NULL) {
        add_heading(to, text, said);
        return;
    }
    if (to->heading == 2)
        HTML(to->html, "<h2>");
    else
        HTML(to->html, "<h3>");
    html_text(to->html, said);
    if (to->heading == 2)
        HTML(to->html, "</h2>");
    else
        HTML(to->html, "</h3>");
}

static void write_sentence(const struct writer *to, const char *said)
{
    if (to->doc != NULL) {
        doc_paragraph(to->doc, said);
        return;
    }
    HTML(to->html, "<p>");
    html_text(to->html, said);
    HTML(to->html, "</p>");
}

static void write_plain(const struct writer *to, const char *text)
{
    write_sentence(to, tr(to->language, text));
}

/* A sentence with a number or a date in it. */
__attribute__((format(printf, 2, 3))) static void write_filled(const struct writer *to, const char *format, ...)
{
    char text[TEXT_ROOM];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    write_sentence(to, text);
}

static void write_items(const struct writer *to, const char *const said[LIST_MAX], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        HTML(to->html, "<li>");
        html_text(to->html, said[i]);
        HTML(to->html, "</li>");
    }
}

static void write_list(const struct writer *to, const char *const items[LIST_MAX], bool numbered)
{
    const char *said[LIST_MAX];
    size_t count = 0;
    for (; count < LIST_MAX && items[count] != NULL; count++)
        said[count] = tr(to->language, items[count]);
    if (to->doc != NULL) {
        doc_list(to->doc, said, count);
    } else if (numbered) {
        HTML(to->html, "<ol>");
        write_items(to, said, count);
        HTML(to->html, "</ol>");
    } else {
        HTML(to->html, "<ul>");
        write_items(to, said, count);
        HTML(to->html, "</ul>");
    }
}

/* "2026-06-30" as the language writes it; the manifest's own characters when they are no date. */
void privacy_date(const struct language *language, const char *iso, char out[DATE_ROOM])
{
    int year = 0;
    int month = 0;
    int day = 0;
    struct buf buf;
    snprintf(out, DATE_ROOM, "%s", iso);
    if (sscanf(iso, "%4d-%2d-%2d", &year, &month, &day) != 3 || month < 1 || month > 12 || day < 1 || day > 31)
        return;
    buf_init(&buf, DATE_ROOM);
    buf_date(&buf, language, year, month, day);
    if (!buf.failed)
        snprintf(out, DATE_ROOM, "%.*s", (int)buf.length, buf.bytes);
    buf_free(&buf);
}

/* A fact that is only there or not. */
static bool holds(struct store *store, const char *fact)
{
    char value[FACT_ROOM] = "";
    return store != NULL && store_fact(store, fact, value, sizeof value, NULL) == STATUS_OK && value[0] != '\0';
}

void privacy_read(struct store *store, const struct manifest *manifest, const struct form *form,
                  struct privacy *privacy)
{
    *privacy = (struct privacy){ .manifest = manifest, .text_apart = true };
    for (size_t i = 0; form != NULL && i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        if (item->off)
            continue;
        privacy->detached = privacy->detached || item->detached;
        if (item->type->kind != QTYPE_TEXT)
            continue;
        privacy->free_text = true;
        privacy->text_apart = privacy->text_apart && item->detached;
    }
    char cards[sizeof manifest->wave + sizeof "cards."];
    snprintf(cards, sizeof cards, "cards.%s", manifest->wave);
    privacy->cards = holds(store, cards);
    if (store != NULL && store_recipients_kept(store, manifest->wave, &privacy->email, NULL) != STATUS_OK)
        privacy->email = true; /* rather one sentence too many than too few */
}

/* --- parts --- */

static void write_promise(const struct writer *to, const struct place *place)
{
    write_plain(to, N_("Nobody can read from the stored data who gave which answers: not the personnel office, not the "
                       "IT department, not somebody who steals the disk. This follows from the method: your browser "
                       "fetches a ballot with your code. The server signs it blindly. It does not see the ballot and "
                       "cannot recognise it later."));
    write_plain(to, place->opens);
}

static void write_assumptions(const struct writer *to, const struct place *place)
{
    write_plain(to, N_("This holds as long as three things are true:"));
    write_list(to,
               (const char *const[LIST_MAX]){
                   place->first,
                   N_("This page was not tampered with. Compare the check code with the notice board."),
                   N_("Your device is not monitored, and nobody looks over your shoulder."),
               },
               true);
}

static void write_groups(const struct writer *to, const struct privacy *privacy)
{
    write_filled(to, tr(to->language, N_("Rare combinations of answers can give you away. Results of groups below %u "
                                         "people are therefore not shown.")),
                 privacy->manifest->smallest_group);
}

static void write_stored(const struct writer *to, const struct privacy *privacy)
{
    write_heading(to, N_("What is stored"));
    write_list(to,
               (const char *const[LIST_MAX]){
                   N_("That a ballot was fetched for your code, but not when. We need it for the response rate and so "
                      "that only those get a reminder who have fetched none."),
                   N_("Your sealed questionnaire in a random place: without name, time, internet address or order."),
                   privacy->detached ? N_("After the count: the answers, sorted by content. Some questions, such as the "
                                          "one on languages, are stored apart from all your other answers.")
                                     : N_("After the count: the answers, sorted by content."),
                   privacy->email ? N_("Your e-mail address, or name and address, for invitation and reminders. It is not "
                                       "connected with your answers and is deleted when the survey closes. Every "
                                       "reminder brings a new code.")
                                  : NULL,
               },
               false);
}

static void write_limits(const struct writer *to, const struct privacy *privacy)
{
    write_heading(to, N_("What we cannot prevent"));
    write_plain(to, N_("Whoever records the network while you take part sees that you take part, but not what you "
                       "answer."));
    write_groups(to, privacy);
    write_plain(to, privacy->free_text
                        ? N_("What you write in free text can give you away: names, events, your style.")
                        : N_("This survey asks for no free text."));
    if (privacy->free_text && privacy->text_apart)
        write_plain(to, N_("Free text is stored apart from all your other answers."));
    write_plain(to, N_("The method does not protect you if somebody forces you to show how you answer."));
}

static void write_sending(const struct writer *to, const struct privacy *privacy)
{
    const unsigned delay = privacy->manifest->delay;
    write_heading(to, N_("On your device and on the way"));
    write_plain(to, N_("Your answers stay on your device until you send them. A draft is kept only if you say that it is "
                       "your own device; it is deleted when the answers have arrived. On a device that others use too, "
                       "everything is deleted after 2 minutes without input."));
    if (delay == 0)
        write_plain(to, N_("The answers go out as soon as you press “Send”."));
    else
        write_filled(to, tr(to->language,
                            N_("After “Send” your browser waits for a random time of up to %u minutes, so that the "
                               "time of arrival tells less about you. You can send at once instead.")),
                     delay);
}

static void write_changing(const struct writer *to, const char *closes)
{
    write_heading(to, N_("Change or withdraw"));
    write_filled(to, tr(to->language,
                        N_("Until %s you can change or withdraw your answers with your code and your recovery code. Your "
                           "browser shows you the recovery code; we do not have it. After that nobody can find your "
                           "questionnaire, not even we.")),
                 closes);
}

static void write_channels(const struct writer *to, const struct privacy *privacy)
{
    write_heading(to, N_("Without JavaScript"));
    write_plain(to, N_("This page needs JavaScript, because your own device seals the answers. There is no version in which "
                       "the server sees them."));
    if (privacy->cards)
        write_plain(to, N_("Without JavaScript or without a device of your own: take a card from the staff council. All "
                           "cards look the same and are mixed before you draw one. With it you answer at a "
                           "shared device (kiosk) or on any other. A kiosk takes cards only and keeps nothing."));
    write_plain(to, N_("You can also ask the staff council for the questionnaire on paper."));
}

/* --- the whole --- */

void privacy_write_short(const struct privacy *privacy, const struct language *language, struct html *html)
{
    const struct place *place = find_place(privacy->manifest);
    const struct writer head = { language, html, 2, NULL };
    const struct writer to = { language, html, 3, NULL };
    write_heading(&head, N_("Voluntary, and separated from your name"));
    write_plain(&to, N_("You do not have to take part, and you can skip every question."));
    write_heading(&to, N_("What we promise"));
    write_promise(&to, place);
    write_heading(&to, N_("What this depends on"));
    write_assumptions(&to, place);
    write_groups(&to, privacy);
}

static void write_all(const struct writer *to, const struct privacy *privacy)
{
    const struct place *place = find_place(privacy->manifest);
    char closes[DATE_ROOM];
    char deletes[DATE_ROOM];
    privacy_date(to->language, privacy->manifest->closes, closes);
    privacy_date(to->language, privacy->manifest->deletes, deletes);
    write_heading(to, N_("What we promise"));
    write_plain(to, N_("You do not have to take part, and you can skip every question."));
    write_promise(to, place);
    write_plain(to, place->counted);
    write_heading(to, N_("What this depends on"));
    write_assumptions(to, place);
    write_stored(to, privacy);
    write_limits(to, privacy);
    write_sending(to, privacy);
    write_changing(to, closes);
    write_heading(to, N_("Deleting"));
    write_filled(to, tr(to->language, N_("From %s on the sealed questionnaires, the keys and the codes are deleted. The counted "
                                      "answers without names remain for comparison with later surveys.")),
                 deletes);
    write_heading(to, N_("Checking"));
    write_plain(to, N_("After sending you get a receipt. When the answers have been counted you find it in a published "
                        "list: so you know that your questionnaire was counted. The receipt does not tell what you "
                        "answered."));
    write_channels(to, privacy);
}

void privacy_write(const struct privacy *privacy, const struct language *language, unsigned heading, struct html *html)
{
    write_all(&(struct writer){ language, html, heading, NULL }, privacy);
}

void privacy_build(const struct privacy *privacy, unsigned level, struct doc *doc)
{
    write_all(&(struct writer){ doc->language, NULL, level, doc }, privacy);
}

/* --- the page --- */

enum status page_privacy(struct service *service, const struct request *request, struct response *response,
                         struct fail *fail)
{
    const struct frozen *frozen = NULL;
    enum status status = survey_page_wave(service, request, &frozen, fail);
    if (status != STATUS_OK)
        return status;
    struct privacy privacy;
    service_lock(service);
    privacy_read(service->store, &frozen->manifest, frozen->form, &privacy);
    service_unlock(service);
    const struct survey_page page = {
        .language = request->language,
        .form_language = language_code(request->language),
        .city = survey_page_fact(service, request->arena, "city"),
        .demo = survey_page_fact(service, request->arena, "demo"),
        .kind = "privacy",
        .html = &response->page,
    };
    survey_page_open(&page, tr(page.language, N_("Data protection in this survey")));
    HTML(page.html, "<article class=\"notice letter\"><p class=\"fine\">");
    html_text(page.html, tr(page.language, N_("This notice is written from the settings in force. The check code covers "
                                              "them:")));
    char printed[48];
    manifest_print(&frozen->manifest, printed);
    HTML(page.html, " <code>");
    html_text(page.html, printed);
    HTML(page.html, "</code></p>");
    privacy_write(&privacy, page.language, 2, page.html);
    if (frozen->manifest.tables[0] != '\0') {
        HTML(page.html, "<p>");
        survey_page_link(&page, "tables.txt", N_("Which tables are published was fixed before the survey began: this is the list."));
        HTML(page.html, "</p>");
    }
    HTML(page.html, "<p>");
    survey_page_link(&page, "./", N_("To the survey"));
    HTML(page.html, "</p></article>");
    survey_page_close(&page);
    return STATUS_OK;
}
