/* What the store hands to the analysis: answers without identity, order or time, and HR's counts.
 * Filled by survey/; read-only here; lives in one arena. Shapes and codes follow domain schema.md section 3. */
#ifndef ANALYSIS_INPUTS_H
#define ANALYSIS_INPUTS_H

#include "analysis/frame.h"
#include "analysis/registers.h"

enum unit_level { UNIT_CITY, UNIT_DIVISION /* DEZ */, UNIT_DEPARTMENT /* FB */, UNIT_SECTION, UNIT_TEAM, UNIT_ENTERPRISE };

struct unit {
    const char *id;
    const char *name;
    enum unit_level level;
    int parent; /* position in inputs.units, -1 for the city */
    bool contact; /* "publikum" */
    bool reported; /* "im_bericht" */
    bool offered;  /* stands in the reported wave's question on the unit: figures are shown under it */
};

/* One line of the workforce cube; '*' means "all" and is CUBE_ALL. */
enum { CUBE_ALL = 255 };
struct cube_row {
    int unit;             /* position in inputs.units, -1 for all */
    uint8_t band;         /* 0..4, 9, CUBE_ALL */
    char employment;      /* B T A P AT→'X' W, '*' for all */
    uint8_t leadership;   /* 0..3, CUBE_ALL */
    char sex;             /* w m d x, '*' */
    uint8_t age;          /* 1..5 as item D5, 9, CUBE_ALL */
    uint8_t fixed_term;   /* 0 1 CUBE_ALL */
    uint8_t part_time;    /* 0 1 CUBE_ALL */
    uint8_t german;       /* 0 1 9 CUBE_ALL */
    uint32_t heads;
    double fte;
    bool suppressed; /* heads is unknown */
    bool rounded;    /* rounded to 5 by HR */
};

struct cube {
    int year, month, day; /* Stichtag */
    const struct cube_row *rows;
    size_t row_count;
};

enum definition {
    DEFINITION_STAATSANG,
    DEFINITION_ZENSUS_EINGEWANDERT,
    DEFINITION_MELDEREGISTER,
    DEFINITION_MH_DESTATIS,
    DEFINITION_EG_DESTATIS,
    DEFINITION_EG_EINSEITIG,
    DEFINITION_TINTG_2012,
    DEFINITION_TINTG_2021,
    DEFINITION_COUNT,
};

struct reference { /* one row of bevoelkerung_referenz */
    enum definition definition;
    const char *place, *source, *scope; /* gebiet_name, quelle, bezug (ERWERBSFAEHIG_15_64 …) */
    const char *education; /* bildung; NULL and "*" for all */
    char sex;              /* w m, '*' or 0 for all */
    int year, month, day;
    int age_low, age_high; /* -1 for '*' */
    double total, group;   /* persons */
    double relative_error; /* standard error / value; 0 for a full count */
};

/* People invited and credentials drawn, per unit (response rates). */
struct participation {
    int unit;
    uint32_t invited;
    uint32_t drawn;
};

struct wave_inputs {
    const char *name; /* "2025" */
    int year;
    int closed, to_staff, to_council; /* days as in registers.h; 0 when not known */
    const struct form *form;
    struct frame frame; /* one row a counted ballot, canonical order */
    const struct participation *participation;
    size_t participation_count;
    struct cube cube; /* of that year */
};

struct inputs {
    const char *city; /* "Musterstadt an der Emscher" */
    bool demo;
    const struct unit *units;
    size_t unit_count;
    bool units_offered; /* units[].offered is known; else departments and enterprises count as offered */
    const struct reference *references;
    size_t reference_count;
    const struct wave_inputs *waves; /* oldest first; the last one is the reported wave */
    size_t wave_count;
    struct registers registers;
    uint64_t seed; /* for bootstrap and permutation; printed in the report */
};

#endif
