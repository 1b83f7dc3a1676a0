/* The privacy notice: for each configuration the sentences that must stand in it and those that must not, in both
 * languages. The short form on the start page never promises more than the full one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "survey/page_privacy.h"

enum { SAID_MAX = 8, NOTICE_BYTES_MAX = 64 << 10 };

static const struct notice_case {
    const char *name, *language;
    struct manifest manifest;
    struct privacy privacy; /* its manifest is the one above */
    const char *has[SAID_MAX], *lacks[SAID_MAX];
    bool also_short; /* the first two of has, and lacks, hold for the short form too */
} cases[] = {
    { "key on the server: the operator must not log",
      "en",
      { .key = "server", .closes = "2026-06-30", .deletes = "2026-09-28", .smallest_group = 10 },
      { 0 },
      { "The server operator does not log while you take part", "The key to open them lies on the server",
        "The server then opens all answers", "below 10 people" },
      { "does not lie on the server", "Nobody else can open them", "secretly work together", "two halves" },
      true },
    { "key on the server, German",
      "de",
      { .key = "server", .closes = "2026-06-30", .deletes = "2026-09-28", .smallest_group = 12 },
      { 0 },
      { "Der Betreiber des Servers zeichnet nichts auf, während Sie teilnehmen", "Der Schlüssel zum Öffnen liegt auf dem "
                                                                                 "Server",
        "Bis zum 30. Juni 2026", "Ab dem 28. September 2026", "unter 12 Personen", "Ohne JavaScript" },
      { "er liegt nicht auf dem Server", "Niemand sonst kann sie öffnen", "heimlich", "100 %" },
      true },
    { "key with the staff council",
      "en",
      { .key = "council", .closes = "2026-06-30", .deletes = "2026-09-28", .smallest_group = 10 },
      { 0 },
      { "The server operator and the staff council do not secretly work together", "does not lie on the server",
        "with its key", "Until 30 June 2026", "From 28 September 2026 on" },
      { "does not log", "The server then opens", "two halves", "personnel office do not all" },
      true },
    { "key with the staff council, German",
      "de",
      { .key = "council", .closes = "2026-06-30", .deletes = "2026-09-28", .smallest_group = 10 },
      { 0 },
      { "Der Betreiber des Servers und der Personalrat arbeiten nicht heimlich zusammen", "er liegt nicht auf dem Server" },
      { "zeichnet nichts auf, während", "zwei Hälften", "Kennwort" },
      true },
    { "key in two halves",
      "en",
      { .key = "split", .closes = "2026-06-30", .deletes = "2026-09-28", .smallest_group = 10 },
      { 0 },
      { "The server operator, the staff council and the personnel office do not all", "two halves",
        "put their halves together" },
      { "does not log", "Nobody else can open them", "The key to open them lies on the server" },
      true },
    { "key in two halves, German",
      "de",
      { .key = "split", .closes = "2026-06-30", .deletes = "2026-09-28", .smallest_group = 10 },
      { 0 },
      { "nicht alle drei heimlich zusammen", "zwei Hälften" },
      { "zeichnet nichts auf, während", "Kennwort" },
      true },
    { "no delay, no free text, no cards, no e-mail",
      "en",
      { .key = "council", .closes = "2026-06-30", .deletes = "2026-09-28", .smallest_group = 10 },
      { 0 },
      { "go out as soon as you press", "asks for no free text", "change or withdraw", "Without JavaScript", "on paper",
        "you get a receipt" },
      { "random time", "What you write in free text", "take a card", "e-mail", "apart from all your other answers" },
      false },
    { "delay, free text apart, cards, e-mail",
      "en",
      { .key = "council", .closes = "2026-06-30", .deletes = "2026-09-28", .smallest_group = 10, .delay = 45 },
      { .free_text = true, .text_apart = true, .detached = true, .cards = true, .email = true },
      { "up to 45 minutes", "What you write in free text can give you away", "Free text is stored apart", "take a card",
        "Your e-mail address", "the one on languages", "tells less about you" },
      { "as soon as you press", "asks for no free text" },
      false },
    { "delay, free text, cards, e-mail in German",
      "de",
      { .key = "council", .closes = "2026-06-30", .deletes = "2026-09-28", .smallest_group = 10, .delay = 45 },
      { .free_text = true, .cards = true, .email = true },
      { "höchstens 45 Minuten", "freie Textfelder", "eine Karte", "E-Mail-Adresse", "verrät der Zeitpunkt weniger" },
      { "sobald Sie auf", "keine freien Textfelder", "Freie Texte werden getrennt", "nach Sprachen" },
      false },
    { "a place of the key nobody knows: promises least",
      "en",
      { .key = "cloud", .closes = "2026-06-30", .deletes = "2026-09-28", .smallest_group = 10 },
      { 0 },
      { "The server operator does not log while you take part" },
      { "Nobody else can open them" },
      true },
};

static void check_notice(void **state)
{
    const struct notice_case *row = *state;
    struct privacy privacy = row->privacy;
    privacy.manifest = &row->manifest;
    const struct language *language = language_find(row->language, language_default);
    struct html full = { 0 };
    struct html brief = { 0 };
    buf_init(&full.out, NOTICE_BYTES_MAX);
    buf_init(&brief.out, NOTICE_BYTES_MAX);
    privacy_write(&privacy, language, 2, &full);
    privacy_write_short(&privacy, language, &brief);
    buf_add_byte(&full.out, '\0');
    buf_add_byte(&brief.out, '\0');
    for (size_t i = 0; i < SAID_MAX && row->has[i] != NULL; i++) {
        if (strstr(full.out.bytes, row->has[i]) == NULL)
            fail_msg("the notice does not say \"%s\"", row->has[i]);
        if (row->also_short && i < 2 && strstr(brief.out.bytes, row->has[i]) == NULL)
            fail_msg("the short notice does not say \"%s\"", row->has[i]);
    }
    for (size_t i = 0; i < SAID_MAX && row->lacks[i] != NULL; i++) {
        if (strstr(full.out.bytes, row->lacks[i]) != NULL)
            fail_msg("the notice says \"%s\"", row->lacks[i]);
        if (row->also_short && strstr(brief.out.bytes, row->lacks[i]) != NULL)
            fail_msg("the short notice says \"%s\"", row->lacks[i]);
    }
    buf_free(&full.out);
    buf_free(&brief.out);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases)];
    for (size_t i = 0; i < COUNT(cases); i++) {
        void *row;
        const void *from = &cases[i];
        memcpy(&row, &from, sizeof row); /* cmocka's state is not const, though the test only reads it */
        tests[i] = (struct CMUnitTest){ cases[i].name, check_notice, NULL, NULL, row };
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
