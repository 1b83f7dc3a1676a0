/* The only exit: what may be published of a wave, after disclosure control.
 *
 * A release is a list of tables; a single figure is a table of one cell. Every cell is either shown (value, range, base)
 * or carries a sign instead. Pages, PDF and exports read this and nothing else. Made by release_build (disclose.h);
 * read-only afterwards; lives in one arena. */
#ifndef ANALYSIS_RELEASE_H
#define ANALYSIS_RELEASE_H

#include "analysis/registers.h"
#include "base/i18n.h"
#include "forms/form.h"

enum release_sign {
    SIGN_SHOWN,   /* a value stands there */
    SIGN_SECRET,  /* g: hidden to protect people (primary and secondary look alike) */
    SIGN_UNSAFE,  /* u: too few answers for a reliable figure */
    SIGN_VOID,    /* x: a value makes no sense here */
    SIGN_PENDING, /* …: the data have not been delivered */
};

enum release_unit {
    RELEASE_COUNT,   /* persons; HR counts are rounded to 5 */
    RELEASE_PERCENT, /* 0..100 */
    RELEASE_POINTS,  /* percentage points, or points of a 0–100 scale; signed */
    RELEASE_SCORE,   /* 0..100 scale mean */
    RELEASE_RATIO,
    RELEASE_INDEX,   /* 0..1 */
};

/* Comparison word, chosen by rule (DOMAIN section 4.3), never by an author. */
enum release_word {
    WORD_NONE,
    WORD_HIGHER,
    WORD_SLIGHTLY_HIGHER,
    WORD_EQUAL,
    WORD_SLIGHTLY_LOWER,
    WORD_LOWER,
    WORD_UNDECIDED,
    WORD_TOO_FEW,
};

/* Response rates of departments are not given at the ends: "≥ 95 %", "< 10 %". */
enum release_cap { CAP_NONE, CAP_AT_LEAST, CAP_BELOW };

struct released {
    enum release_sign sign;
    bool ranged;           /* low and high hold a 95 % range */
    double value, low, high; /* NaN unless shown */
    uint32_t base;         /* answers (or persons) behind it; 0 when it is not published */
    uint8_t decimals;      /* how many the base allows: 0 below 200, else 1 */
    enum release_word word;
    enum release_cap cap;    /* value is a limit, not the figure */
};

/* Text of a row or column head. Exactly one of the three is set. */
struct release_label {
    const char *name;        /* proper name: a department */
    const char *key;         /* English text to translate with tr() */
    const struct text *text; /* text of the form */
};

struct release_column {
    struct release_label label;
    enum release_unit unit;
};

struct release_row {
    const char *id; /* "total", "band.2", "unit.51", "TINTG_2021": stable, for sections to find */
    struct release_label label;
    bool total;
};

struct release_table {
    const char *id;        /* "r6", "k1.unit"; the part before the dot is the indicator */
    struct release_label title;
    const char *wave;      /* name of the wave the table belongs to */
    const struct release_row *rows;
    size_t row_count;
    const struct release_column *columns;
    size_t column_count;
    const struct released *cells; /* row-major */
    size_t suppressed;            /* cells with SIGN_SECRET */
};

struct release {
    const char *city;
    bool demo;
    const char *wave; /* name of the reported wave */
    int year;
    int cube_year, cube_month, cube_day; /* date of the HR figures */
    const struct form *form;
    const struct release_table *tables;
    size_t table_count;
    size_t suppressed, planned; /* cells over all tables */
    unsigned answers_min, heads_min; /* thresholds in force: 10 and 5 */
    uint64_t seed;
    /* The register of measures: words, days and money of the administration, no figures about people. */
    const struct recommendation *recommendations;
    const struct measure *measures;
    const struct measure_status *statuses;
    size_t recommendation_count, measure_count, status_count;
    char fingerprint[65]; /* SHA-256 over all published cells and the register of measures, hex */
};

const struct release_table *release_table(const struct release *release, const char *id); /* NULL: not planned */
/* Cell by row id and column position; a static cell with SIGN_PENDING when table or row does not exist. */
const struct released *release_cell(const struct release *release, const char *table, const char *row, size_t column);
const char *release_label(const struct release *release, const struct release_label *label,
                          const struct language *language);
const char *release_word(enum release_word word, const struct language *language);
/* "g", "u" … and the words a screen reader speaks ("kept secret"). */
const char *release_sign(enum release_sign sign);
const char *release_sign_text(enum release_sign sign, const struct language *language);

#endif
