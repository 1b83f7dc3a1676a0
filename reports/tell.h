/* How the report says things: numbers with their range and base, sentences by the grammar of DOMAIN 4.3, tables and
 * charts made from the tables of a release. Used by sec_*.c only. All texts live in the document's arena.
 *
 * Comparison words come from release_word(): no section writes "higher" by itself. */
#ifndef REPORTS_TELL_H
#define REPORTS_TELL_H

#include "reports/section.h"

struct tell {
    const struct release *release;
    struct doc *doc;
    const struct language *language;
};

struct tell tell_open(const struct release *release, struct doc *doc);

/* Never NULL and never empty when the format is not. */
const char *tell_format(const struct tell *tell, const char *format, ...) __attribute__((format(printf, 2, 3)));

void *tell_memory(const struct tell *tell, size_t count, size_t size); /* NULL: the document has failed */

const struct released *tell_cell(const struct tell *tell, const char *table, const char *row, size_t column);
bool tell_shown(const struct tell *tell, const char *table, const char *row, size_t column);
bool tell_delivered(const struct tell *tell, const char *table); /* exists, and not all of it is pending */

/* "17.8%", "+0.9", "62", or the sign. */
const char *tell_value(const struct tell *tell, const struct released *cell, enum release_unit unit);
const char *tell_number(const struct tell *tell, const struct released *cell, enum release_unit unit); /* no % */
/* "15.9–19.8%"; signed: "−1.6 to +3.4"; without a range: NULL. */
const char *tell_range(const struct tell *tell, const struct released *cell, enum release_unit unit);
/* "range 15.9–19.8%; 1,284 answers, response rate 38%": what stands in brackets behind every survey figure. */
const char *tell_evidence(const struct tell *tell, const struct released *cell, enum release_unit unit);
/* "**slightly higher** (+0.9 percentage points, range −1.6 to +3.4)", or the sign in words. percentage: of shares. */
const char *tell_difference(const struct tell *tell, const struct released *cell, bool percentage);
const char *tell_label(const struct tell *tell, const struct release_row *row);
/* "Base: 24 to 1,284 answers" of the values shown in a column; NULL when none has a base, and of
 * counts, which say it themselves. */
const char *tell_bases(const struct tell *tell, const char *table, size_t column);

/* One line: what is missing and how to deliver it. */
void tell_missing(const struct tell *tell, const char *what, const char *how);
/* Small print: the population figures behind an indicator, each once, with the persons counted. Nothing when there are none. */
void tell_references(const struct tell *tell, const char *indicator);
bool tell_is_reference(const struct release_table *table); /* a table of sources: told by tell_references */
/* Small print: source and the frequent misreading of the indicator, when there is one. */
void tell_note(const struct tell *tell, const char *indicator);

struct tell_table {
    const char *id;
    const char *head;      /* head of the row heads, translated */
    const char *caption;   /* translated; NULL: title of the table */
    size_t column_first;
    size_t column_count;   /* 0: all from column_first */
    bool base;             /* a last column with the number of answers */
    bool total_only;       /* leaves out the parts of the total */
    bool shown_only;       /* leaves out rows without any value and says below how many they are */
    double least;          /* > 0: leaves out rows without a value of at least this */
};
/* Nothing when the table does not exist. */
void tell_table(const struct tell *tell, const struct tell_table *wanted);

void tell_left_out(const struct tell *tell, size_t count); /* small print: so many rows have no value to show */

/* A table of departments: in its place, or, when it is too long to read on in the chapter (tell_long), in the annex. */
bool tell_departments(const struct release_table *table);
void tell_units(const struct tell *tell, const struct tell_table *wanted);
bool tell_long(const struct tell *tell, const char *table);

enum { TELL_NO_COLUMN = 255 };
struct tell_chart {
    const char *id;
    enum chart_form form; /* CHART_DOTS, CHART_BARS, CHART_NEED, CHART_FAN */
    size_t value;         /* column */
    size_t reference;     /* column, or TELL_NO_COLUMN */
    const char *caption;
    const char *key_value, *key_reference;
    const char *axis;
    double lowest, highest;
    const char *accent;   /* row id, or NULL */
    const char *skip;     /* row id left out, or NULL */
    bool half;
    size_t known;         /* CHART_FAN: so many rows are observed */
    double level;         /* CHART_FAN: to compare with, named by key_reference; 0: none */
};
/* What a released cell puts into a chart, without a reference. */
struct chart_datum tell_datum(const struct tell *tell, const char *label, const struct released *cell,
                              enum release_unit unit);
/* Nothing when not one value is shown. */
void tell_chart(const struct tell *tell, const struct tell_chart *wanted);
/* The shares in one column as dots with their ranges, the row accent marked. Nothing when not one is shown. */
void tell_shares(const struct tell *tell, const char *id, size_t column, const char *caption, const char *accent);
/* Items of a scale from columns 0..4 of X.items; steps named by the form. */
void tell_items(const struct tell *tell, const char *id, const char *caption);
/* Shares of several surveys as lines: a table each whose rows are waves, their first columns; nothing below two values. */
struct tell_line {
    const char *id, *label;
    bool accent;
};
void tell_lines(const struct tell *tell, const char *caption, const struct tell_line lines[], size_t count);

/* A chapter of indicators of which nothing more is to be said than their numbers; those without data are named in one
 * line with how to deliver them (how; NULL: not named). Returns how many have data. */
struct tell_part {
    const char *id, *name; /* indicator; heading, N_() */
    void (*figure)(const struct tell *tell); /* instead of the chart of its first table; NULL: that one */
    const char *how;       /* N_(): what it needs; NULL: the chapter says it */
};
struct tell_chapter {
    const char *id; /* of the section, for anchors */
    const struct tell_part *parts;
    size_t count;
    const char *how; /* N_(); NULL: every part says it for itself */
};
size_t tell_chapter(const struct tell *tell, const struct tell_chapter *chapter);

/* Alternative text: kind, message, all values up to twelve, else their range and where the table is. */
const char *tell_alternative(const struct tell *tell, const char *kind, const char *caption, const struct chart *chart);

#endif
