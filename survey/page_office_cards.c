/* Cards for people who would rather not use their personal code: the code they bring is given up, a card is handed out from
 * the box. No list of names is shown or kept here; which card it was nobody knows. */
#include <openssl/crypto.h>
#include <string.h>

#include "survey/credential.h"
#include "survey/office.h"

/* The wave cards belong to now: the newest one that is frozen or open. */
static enum status find_wave(struct service *service, const struct request *request, struct wave *wave,
                             struct fail *fail)
{
    const struct wave *waves = NULL;
    size_t count = 0;
    bool found = false;
    enum status status = store_waves(service->store, request->arena, &waves, &count, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (!waves[i].rehearsal && (waves[i].state == WAVE_FROZEN || waves[i].state == WAVE_OPEN)) {
            *wave = waves[i];
            found = true;
        }
    return status == STATUS_OK && !found ? STATUS_MISSING : status;
}

static void write_form(const struct request *request, struct response *response, const char *action, const char *title,
                       const char *button)
{
    struct html *page = &response->page;
    HTML(page, "<form method=\"post\" action=\"/cards\" class=\"panel\" autocomplete=\"off\">");
    office_csrf(response, request);
    office_hidden(response, "action", action);
    HTML(page, "<p><label");
    HTML_ATTR(page, "for", action);
    HTML(page, ">");
    office_text(response, request, title);
    HTML(page, "</label><input name=\"code\" required=\"required\" autocomplete=\"off\" spellcheck=\"false\" size=\"30\"");
    HTML_ATTR(page, "id", action);
    HTML(page, "/></p><p><button type=\"submit\">");
    office_text(response, request, button);
    HTML(page, "</button></p></form>");
}

/* How many cards were used is not shown: it would move while somebody takes part. */
static void write_numbers(const struct request *request, struct response *response, const struct cards *cards)
{
    struct html *page = &response->page;
    const struct {
        const char *text;
        uint64_t number;
    } rows[] = { { N_("Cards made"), cards->made }, { N_("Handed out against a code"), cards->handed_out } };
    HTML(page, "<table><tbody>");
    for (size_t i = 0; i < COUNT(rows); i++) {
        HTML(page, "<tr><th scope=\"row\">");
        office_text(response, request, rows[i].text);
        HTML(page, "</th><td class=\"numeric\">");
        html_number(page, (long long)rows[i].number);
        HTML(page, "</td></tr>");
    }
    HTML(page, "</tbody></table>");
}

/* What became of the code before, in a box that looks like it. */
static void write_told(const struct request *request, struct response *response, const char *word)
{
    static const struct {
        const char *word, *text;
    } told[] = {
        { "taken", N_("The code is given up. Please let the person draw a card from the box.") },
        { "back", N_("The code is valid again. Please put the unused card back into the box and mix.") },
        { "used", N_("The code stays given up: as many cards have been used as were handed out against codes. With a valid "
                     "code the person could take part twice.") },
        { "before", N_("A card was handed out for this code already.") },
        { "drawn", N_("With this code somebody has begun to take part online: no card can be handed out for it.") },
        { "unknown", N_("There is no such personal code in this wave. Please compare it with the letter.") },
        { "none", N_("No card is left: as many were handed out as were made. Make more with: querschnitt invite WAVE --cards N -o FILE.pdf") },
        { "typo", N_("This code is not complete or has a typing error. It has 21 characters, in groups of five.") },
    };
    for (size_t i = 0; i < COUNT(told) && word != NULL; i++)
        if (strcmp(told[i].word, word) == 0) {
            if (i < 2)
                HTML(&response->page, "<p class=\"success\" role=\"status\">");
            else
                HTML(&response->page, "<p class=\"problem\" role=\"alert\">");
            office_text(response, request, told[i].text);
            HTML(&response->page, "</p>");
        }
}

enum status page_cards(struct service *service, const struct request *request, struct response *response,
                       struct fail *fail)
{
    struct html *page = &response->page;
    struct wave wave;
    struct cards cards = { 0 };
    enum status status = find_wave(service, request, &wave, fail);
    bool none = status == STATUS_MISSING;
    if (status == STATUS_OK)
        status = store_cards(service->store, wave.id, &cards, fail);
    office_page_begin(service, request, response, tr(request->language, N_("Cards")));
    write_told(request, response, request_field(request, "told"));
    HTML(page, "<p>");
    office_text(response, request,
                none ? N_("No wave is prepared or open at the moment.")
                     : N_("Somebody who would rather take part with a card brings the personal code. It is given up here "
                          "and can then no longer be used online; the person draws any card from the box. Which one it was, "
                          "nobody writes down."));
    HTML(page, "</p>");
    if (!none) {
        write_numbers(request, response, &cards);
        write_form(request, response, "take", N_("Personal code from the letter or e-mail"), N_("Hand out a card for it"));
        HTML(page, "<h2>");
        office_text(response, request, N_("A card came back unused"));
        HTML(page, "</h2>");
        write_form(request, response, "back", N_("Personal code it was handed out for"), N_("Make the code valid again"));
    }
    office_page_end(service, request, response);
    return none ? STATUS_OK : status;
}

static const char *word_of(enum card_result result, bool back)
{
    switch (result) {
    case CARD_TAKEN: return back ? "back" : "taken";
    case CARD_BEFORE: return "before";
    case CARD_DRAWN: return "drawn";
    case CARD_UNKNOWN: return "unknown";
    case CARD_NONE_LEFT: return "none";
    case CARD_ALL_USED: return "used";
    }
    return "unknown";
}

enum status page_cards_post(struct service *service, const struct request *request, struct response *response,
                            struct fail *fail)
{
    const char *typed = request_field(request, "code");
    const char *action = request_field(request, "action");
    bool back = action != NULL && strcmp(action, "back") == 0;
    char code[CODE_LENGTH + 1] = "";
    unsigned char hash[32];
    struct wave wave;
    enum card_result result = CARD_UNKNOWN;
    const char *word = "typo";
    enum status status = find_wave(service, request, &wave, fail);
    if (status == STATUS_MISSING)
        return FAIL(fail, STATUS_CONFLICT, "no wave is prepared or open at the moment");
    if (status == STATUS_OK && typed != NULL && strlen(typed) < 100 && code_read(typed, code, NULL) == STATUS_OK) {
        code_hash(code, hash);
        status = back ? store_card_back(service->store, wave.id, hash, &result, fail)
                      : store_card_take(service->store, wave.id, hash, &result, fail);
        word = word_of(result, back);
    }
    OPENSSL_cleanse(code, sizeof code);
    /* The log says that it was done, not for whom. */
    if (status == STATUS_OK && result == CARD_TAKEN)
        status = store_audit_add(service->store, request->user, back ? "card back" : "card handed out", wave.name, fail);
    response->status = 303;
    response->location = arena_format(request->arena, "/cards?told=%s", word);
    return status;
}
