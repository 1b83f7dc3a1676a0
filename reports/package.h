/* The staff council's package: what it decides on before a survey opens, as a document for the office's page and for a PDF.
 * Everything is handed in as it is in force: nothing is looked up here, and no figure of a survey stands in it. */
#ifndef REPORTS_PACKAGE_H
#define REPORTS_PACKAGE_H

#include "forms/form.h"
#include "reports/doc.h"

struct package_fact {
    const char *label, *value; /* translated */
};

struct package_threshold {
    const char *text; /* English, to translate */
    unsigned value;
};

struct package_table {
    const char *id;                 /* "k1.unit" */
    const char *indicator, *title;  /* English, to translate */
    const char *const *columns;     /* English; "" for one that the questionnaire names */
    size_t column_count;
};

struct package {
    const char *city; /* NULL: not entered */
    const char *wave;
    bool demo;
    const struct package_fact *facts;
    size_t fact_count;
    const struct package_threshold *in_force, *promised; /* threshold_count each */
    size_t threshold_count;
    const struct package_table *tables;
    size_t table_count;
    bool tables_fixed;       /* false: frozen before there were lists; promised and tables are not read */
    const char *tables_hash; /* SHA-256, hex */
    const char *beyond;      /* translated paragraph on tables that are not on the list; NULL: there are none */
    const struct form *form;
    /* Adds the privacy notice with headings of level 2. */
    void (*notice)(const void *context, struct doc *doc);
    const void *notice_context;
};

/* Title, city and demo mark of the document. */
void package_front(const struct package *package, struct doc *doc);
/* Its chapters. */
void package_build(const struct package *package, struct doc *doc);

#endif
