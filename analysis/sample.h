/* The answers of one wave with the variables every indicator needs: department, band, age, leadership, contact,
 * immigration history under each definition, weights. Lives in the arena it was built in. */
#ifndef ANALYSIS_SAMPLE_H
#define ANALYSIS_SAMPLE_H

#include "analysis/column.h"
#include "analysis/cube.h"
#include "analysis/range.h"
#include "analysis/recode.h"
#include "analysis/weights.h"

enum { NOT_KNOWN = 255, SAMPLE_MARGINS = 4 };

/* What the answers were weighted to. */
struct sample_margin {
    const char *id, *name; /* English, N_() */
    size_t groups;         /* that HR counts people in */
    size_t joined;         /* of them joined with others, for fewer than 5 answered */
};

struct sample {
    const struct inputs *inputs;
    const struct wave_inputs *wave;
    size_t count;
    double population;  /* staff by HR; else people invited; 0 = unknown */
    size_t department_count;
    const int *departments; /* positions in inputs.units, in their order; only those in the report */
    uint16_t *department;   /* per row: position in departments, WEIGHTS_NONE = not known */
    uint8_t *band;          /* 0..4, NOT_KNOWN */
    uint8_t *age;           /* 1..5, NOT_KNOWN */
    uint8_t *sex;           /* 1 w, 2 m, 3 d, NOT_KNOWN */
    uint8_t *leader;        /* 1 yes, 0 no, NOT_KNOWN */
    uint8_t *tenure;        /* 1..4, NOT_KNOWN */
    uint8_t *contact;       /* 1 yes, 0 no, NOT_KNOWN */
    uint8_t *citizenship;   /* M1: 1..3, NOT_KNOWN */
    uint8_t *history[DEFINITION_COUNT]; /* enum truth */
    struct weights weights;
    struct sample_margin margins[SAMPLE_MARGINS]; /* margins with one group change nothing and are left out */
    size_t margin_count;                          /* 0: every answer weighs 1 */
};

/* wave: position in inputs.waves. STATUS_MEMORY only: an empty wave gives an empty sample. */
MUST_USE enum status sample_build(struct arena *arena, const struct inputs *inputs, size_t wave, struct sample *sample,
                                  struct fail *fail);

/* Staff by HR's cube of a department, of a band, or of both (department -1, band CUBE_ANY: all). */
double sample_staff(const struct sample *sample, int department, uint8_t band);

/* Weighted share of yes among the rows with a known answer. truth: per row 1 yes, 0 no, other = unknown.
 * keep: per row, NULL = all rows; only rows with keep[i] == kept. */
struct share {
    struct range range; /* 0..1; Wilson with effective n and finite population */
    uint32_t base;      /* answers */
    uint32_t yes;       /* of them yes, not weighted */
};
struct share sample_share(const struct sample *sample, const uint8_t truth[], const uint8_t keep[], uint8_t kept,
                          double population);
/* R1 of the sample. */
struct share sample_r1(const struct sample *sample, enum definition definition);
/* Departments as bytes would not fit: the same share within one department. */
struct share sample_share_in(const struct sample *sample, const uint8_t truth[], size_t department);

#endif
