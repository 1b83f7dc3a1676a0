/* A wave and codes to print; the numbers follow from the position alone, so that every run prints the same. */
#ifndef TESTS_PAPER_FIXTURE_H
#define TESTS_PAPER_FIXTURE_H

#include "base/bidi.h"
#include "base/language.h"
#include "base/utf8.h"
#include "reports/paper.h"
#include "tests/pdf_check.h"

#define PAPER_ADDRESS "https://befragung.musterstadt.example/w/2026/"

enum { PAPER_CODE_ROOM = 32, PAPER_LINK_ROOM = 200 };

static inline struct paper_wave paper_wave_of(const char *code)
{
    return (struct paper_wave){ .language = language_find(code, language_default), .city = "Stadt Musterstadt",
                                .wave = "2026", .title = "Offene Verwaltung",
                                .check = "7QX2 0M4K 9ZB1 HT8P C3DR 6VWE 5JNA 2GS0", .closes = "2026-12-18",
                                .address = PAPER_ADDRESS,
                                .staff_council = "Personalrat, Rathaus, Zimmer 214, Telefon 0123 456-789" };
}

/* Extractors frame runs with characters that steer; they are not part of the text. */
static inline void paper_plain(struct buf *text)
{
    struct buf kept;
    buf_init(&kept, 16 << 20);
    int32_t point;
    for (const char *at = text->bytes; *at != '\0';) {
        size_t length = utf8_next(at, &point);
        if (!bidi_control(point))
            buf_add(&kept, at, length);
        at += length;
    }
    buf_free(text);
    *text = kept;
}

/* The text of a file in a language, in the order of reading. */
static inline void paper_text(const char *path, const char *language, struct buf *out)
{
    char command[600];
    if (strcmp(language_direction(language), "rtl") != 0) {
        pdf_text(path, out);
        return;
    }
    snprintf(command, sizeof command, "pdftotext -enc UTF-8 -nopgbrk '%s' -", path);
    pdf_output(command, out);
    paper_plain(out);
}

/* "XXXXX-XXXXX-XXXXX-XXXXX-U" and its link, both in the arena. */
static inline struct paper_code paper_code_of(struct arena *arena, size_t position)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char code[PAPER_CODE_ROOM];
    uint64_t state = position * 0x9E3779B97F4A7C15u + 1u;
    size_t length = 0;
    for (unsigned i = 0; i < 20; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        code[length++] = alphabet[state >> 59];
        if (i % 5 == 4)
            code[length++] = '-';
    }
    code[length++] = 'U';
    code[length] = '\0';
    return (struct paper_code){ arena_string(arena, code),
                                arena_format(arena, PAPER_ADDRESS "#%s.%064x", code, 0x2026u) };
}

#endif
