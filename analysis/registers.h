/* Counts of the administration beside answers and workforce cube: flows, recruitment, language need and supply,
 * letters, outreach, measures. One row a line of the delivered file; columns and codes follow domain schema.md 3.4
 * to 3.11. Filled by survey/; read-only here; lives in the arena of the inputs. */
#ifndef ANALYSIS_REGISTERS_H
#define ANALYSIS_REGISTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* unit: position in inputs.units, -1 for all. band, age, german, sex as in struct cube_row (CUBE_ALL and '*' for all).
 * Days are year * 10000 + month * 100 + day, 0 when not given. Numbers that may be missing are NaN or -1. */

enum flow_kind { FLOW_ENTRY, FLOW_EXIT, FLOW_PROMOTION, FLOW_UPGRADE, FLOW_TAKEOVER };
enum flow_reason {
    FLOW_NO_REASON,
    FLOW_VOLUNTARY,
    FLOW_RETIREMENT,
    FLOW_TERM_END,
    FLOW_DEATH,
    FLOW_OTHER_EMPLOYER,
    FLOW_OTHER,
};

struct flow { /* personal_ereignis */
    int year;
    enum flow_kind kind;
    enum flow_reason reason;
    int unit;
    uint8_t band, age, german;
    char sex;
    uint32_t count;
    int tenure_months; /* -1: not given */
};

/* Group of a person: 1 yes, 0 no, 9 not known. Trait: how it is known. */
enum trait { TRAIT_SELF /* EG_SELBST */, TRAIT_CITIZENSHIP, TRAIT_SEX, TRAIT_COUNT };
enum funnel_kind { FUNNEL_EXTERNAL, FUNNEL_INTERNAL, FUNNEL_TRAINEE, FUNNEL_STUDENT };
enum funnel_stage { FUNNEL_APPLIED = 1, FUNNEL_SUITABLE, FUNNEL_TEST, FUNNEL_INTERVIEW, FUNNEL_OFFER, FUNNEL_HIRED };

struct funnel {            /* bewerbung_trichter */
    const char *procedure; /* "" = sum of the year */
    int year;
    int unit;
    uint8_t band;
    enum funnel_kind kind;
    enum funnel_stage stage;
    enum trait trait;
    uint8_t group;
    uint32_t count;
    int qualified; /* of them, people who met all scored requirements; -1: not given */
};

enum demand_source { DEMAND_COUNTED /* ZAEHLWOCHE */, DEMAND_APPOINTMENTS, DEMAND_ESTIMATED };

struct demand {      /* kundenbedarf */
    int from, until; /* days */
    int unit;
    const char *tongue; /* ISO 639-3, "*" */
    uint32_t contacts, in_need;
    double minutes; /* mean of a contact; NaN */
    uint32_t solved_inside, solved_interpreter, solved_relatives, of_them_children, solved_app, unsolved;
    double wait_days; /* median; NaN */
    enum demand_source source;
};

struct supply { /* sprachangebot */
    int day;
    int unit;
    const char *tongue;
    uint32_t people, willing;
    double hours; /* a month, of the willing */
    bool pool;    /* from the voluntary pool; else from the survey */
};

enum outreach_kind {
    OUTREACH_FAIR,
    OUTREACH_SCHOOL,
    OUTREACH_MIGRANT_ORGANISATION,
    OUTREACH_CAMPAIGN,
    OUTREACH_ADVICE,
    OUTREACH_EVENING,
    OUTREACH_KINDS
};

struct outreach {
    int day;
    int unit;
    enum outreach_kind kind;
    const char *partner, *audience, *tongue;
    uint32_t reached;
    int applications; /* -1: not known */
    double cost;      /* euro; NaN */
};

enum document_kind { DOCUMENT_LETTER, DOCUMENT_FORM, DOCUMENT_WEB, DOCUMENT_NOTICE };

struct document { /* schriftstueck */
    int unit;
    const char *id;
    enum document_kind kind;
    uint32_t copies; /* auflage_jahr */
    bool plain, tested;
    const char *translations; /* ISO codes separated by blanks, "" = none */
    int day;
};

struct recommendation {
    const char *id; /* "E01" */
    const char *title;
    int decided;       /* day */
    const char *paper; /* vorlage_nr */
};

struct measure {
    const char *id;
    int recommendation; /* position */
    const char *title;
    int unit;
    int begins, ends;      /* days planned */
    double budget;         /* euro; NaN */
    const char *indicator; /* "r1" or "" */
    double target;         /* NaN */
    const char *target_reason;
};

enum measure_state {
    MEASURE_PLANNED,
    MEASURE_BEGUN,
    MEASURE_DONE,
    MEASURE_KEPT /* VERSTETIGT */,
    MEASURE_PAUSED,
    MEASURE_DROPPED
};

struct measure_status { /* append-only, oldest first */
    int measure;        /* position */
    int year;
    enum measure_state state;
    const char *evidence; /* "" prints as reported, not proven */
    double spent;         /* euro; NaN */
    const char *reason;
};

/* Newest reported state of the measure at that position up to the year; NULL before the first. */
const struct measure_status *measure_newest(const struct measure_status statuses[], size_t count, size_t measure, int year);

/* Registers that schema.md mentions in the indicators only. */
struct advert { /* ausschreibung: a sum of published advertisements */
    int year;
    int unit;
    bool contact;                    /* posts with client contact */
    uint32_t count, named, assessed; /* of them naming, and of these assessing intercultural competence */
};

struct trainee_cohort { /* ausbildungsjahrgang: by year of planned end */
    int year;
    enum trait trait;
    uint8_t group;
    uint32_t started, completed, taken_over;
};

struct hire_fate { /* einstellungsjahrgang: external hires of a year without trainees, by how long they stayed */
    int year;
    uint8_t german;          /* 0 1 9 CUBE_ALL */
    int months;              /* whole months from entry to exit, or to the day of counting */
    enum flow_reason reason; /* FLOW_NO_REASON: still employed on the day of counting */
    uint32_t count;
};

struct service_use { /* dienstnutzung: users of a service and the population it is for, same definition */
    int year;
    const char *service;
    enum trait trait;
    uint8_t group;
    uint32_t users;
    double eligible; /* persons of that group who could use it */
};

struct complaint { /* beschwerde: count of the office by section 13 AGG */
    int year;
    uint32_t count;
};

struct entry_card { /* einstiegskarte: the new hires' voluntary card, counted */
    int year;
    uint8_t band;
    int definition; /* enum definition */
    uint8_t group;
    uint32_t count;
    uint32_t handed_out; /* cards of that year and band; the same in all its lines */
};

struct registers {
    const struct flow *flows;
    size_t flow_count;
    const struct funnel *funnels;
    size_t funnel_count;
    const struct demand *demands;
    size_t demand_count;
    const struct supply *supplies;
    size_t supply_count;
    const struct outreach *outreaches;
    size_t outreach_count;
    const struct document *documents;
    size_t document_count;
    const struct recommendation *recommendations;
    size_t recommendation_count;
    const struct measure *measures;
    size_t measure_count;
    const struct measure_status *statuses;
    size_t status_count;
    const struct advert *adverts;
    size_t advert_count;
    const struct trainee_cohort *cohorts;
    size_t cohort_count;
    const struct hire_fate *hires;
    size_t hire_count;
    const struct service_use *service_uses;
    size_t service_use_count;
    const struct complaint *complaints;
    size_t complaint_count;
    const struct entry_card *entry_cards;
    size_t entry_card_count;
};

#endif
