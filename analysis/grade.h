/* Pay grades of German municipalities, as exports write them, told apart and put into the bands of the report
 * (domain schema.md section 4). The bands are a convention; the table stands in grade.c and in docs/imports.md. */
#ifndef ANALYSIS_GRADE_H
#define ANALYSIS_GRADE_H

#include <stdbool.h>
#include <stdint.h>

enum { BAND_JUNIOR = 0, BAND_UNKNOWN = 9 };

/* Laufbahngruppe and entry level: decides where A 9 and A 13 belong. */
enum career { CAREER_UNKNOWN, CAREER_1_1, CAREER_1_2, CAREER_2_1, CAREER_2_2 };

struct grade {
    char family;    /* 'E' general, 'S' social and education, 'P' care, 'A' 'B' 'W' civil servants, 'X' outside the
                     * tariff, 'N' apprentices and trainees, 0 not understood */
    uint8_t number; /* 1..18, 0 for X and N */
    char letter;    /* 'a' 'b' 'c', 0 for none */
    uint8_t band;   /* 0..4, BAND_UNKNOWN */
    bool open;      /* grade of two bands (A 9, A 13, E 9) without a career: put into the higher one */
};

/* Case, blanks (also no-break ones), dots, hyphens, leading zeros, the words Entgeltgruppe, EG, BesGr, TVöD, VKA, the
 * additions Z and Ü and a step ("/3", "Stufe 3") do not matter. text is UTF-8 in NFC, of any length; anything that is
 * not a grade gives family 0 and BAND_UNKNOWN. */
struct grade grade_read(const char *text, enum career career);

/* "1.1" "1.2" "2.1" "2.2", "LG 2.1", "LG2E1", or eD mD gD hD; anything else is CAREER_UNKNOWN. */
enum career career_read(const char *text);

#endif
