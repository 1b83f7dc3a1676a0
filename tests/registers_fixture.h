/* Rows of analysis/registers.h from lines of a vector file: the name of the struct, then its members in their order.
 *
 *     flow;2025;1;1;51;*;*;1;*;12;-1      enums as numbers, units by id (* = all), * = CUBE_ALL, - = NaN
 *     document;51;B-17;0;12000;1;0;tr pl;20250201
 * Included by analysis_fixture.h only. */
#ifndef TESTS_REGISTERS_FIXTURE_H
#define TESTS_REGISTERS_FIXTURE_H

#include <stddef.h>

#include "analysis/inputs.h"

enum { REGISTER_ROWS = 400, REGISTER_MEMBERS = 16 };

/* i int or enum, b uint8_t, c char, u uint32_t, d double, s text, f bool, U unit */
struct register_member {
    char type;
    size_t offset;
};

static const struct register_kind {
    const char *name;
    size_t size, rows, count; /* of the row; offsets in struct registers */
    struct register_member members[REGISTER_MEMBERS];
} register_kinds[] = {
#define M(type, row, member) { type, offsetof(struct row, member) }
#define KIND(row, list, number) #row, sizeof(struct row), offsetof(struct registers, list), offsetof(struct registers, number)
    { KIND(flow, flows, flow_count),
      { M('i', flow, year), M('i', flow, kind), M('i', flow, reason), M('U', flow, unit), M('b', flow, band), M('b', flow, age),
        M('b', flow, german), M('c', flow, sex), M('u', flow, count), M('i', flow, tenure_months) } },
    { KIND(funnel, funnels, funnel_count),
      { M('s', funnel, procedure), M('i', funnel, year), M('U', funnel, unit), M('b', funnel, band), M('i', funnel, kind),
        M('i', funnel, stage), M('i', funnel, trait), M('b', funnel, group), M('u', funnel, count), M('i', funnel, qualified) } },
    { KIND(demand, demands, demand_count),
      { M('i', demand, from), M('i', demand, until), M('U', demand, unit), M('s', demand, tongue), M('u', demand, contacts),
        M('u', demand, in_need), M('d', demand, minutes), M('u', demand, solved_inside), M('u', demand, solved_interpreter),
        M('u', demand, solved_relatives), M('u', demand, of_them_children), M('u', demand, solved_app),
        M('u', demand, unsolved), M('d', demand, wait_days), M('i', demand, source) } },
    { KIND(supply, supplies, supply_count),
      { M('i', supply, day), M('U', supply, unit), M('s', supply, tongue), M('u', supply, people), M('u', supply, willing),
        M('d', supply, hours), M('f', supply, pool) } },
    { KIND(outreach, outreaches, outreach_count),
      { M('i', outreach, day), M('U', outreach, unit), M('i', outreach, kind), M('s', outreach, partner),
        M('s', outreach, audience), M('s', outreach, tongue), M('u', outreach, reached), M('i', outreach, applications),
        M('d', outreach, cost) } },
    { KIND(document, documents, document_count),
      { M('U', document, unit), M('s', document, id), M('i', document, kind), M('u', document, copies), M('f', document, plain),
        M('f', document, tested), M('s', document, translations), M('i', document, day) } },
    { KIND(recommendation, recommendations, recommendation_count),
      { M('s', recommendation, id), M('s', recommendation, title), M('i', recommendation, decided),
        M('s', recommendation, paper) } },
    { KIND(measure, measures, measure_count),
      { M('s', measure, id), M('i', measure, recommendation), M('s', measure, title), M('U', measure, unit),
        M('i', measure, begins), M('i', measure, ends), M('d', measure, budget), M('s', measure, indicator),
        M('d', measure, target), M('s', measure, target_reason) } },
    { KIND(measure_status, statuses, status_count),
      { M('i', measure_status, measure), M('i', measure_status, year), M('i', measure_status, state),
        M('s', measure_status, evidence), M('d', measure_status, spent), M('s', measure_status, reason) } },
    { KIND(advert, adverts, advert_count),
      { M('i', advert, year), M('U', advert, unit), M('f', advert, contact), M('u', advert, count), M('u', advert, named),
        M('u', advert, assessed) } },
    { KIND(trainee_cohort, cohorts, cohort_count),
      { M('i', trainee_cohort, year), M('i', trainee_cohort, trait), M('b', trainee_cohort, group),
        M('u', trainee_cohort, started), M('u', trainee_cohort, completed), M('u', trainee_cohort, taken_over) } },
    { KIND(hire_fate, hires, hire_count),
      { M('i', hire_fate, year), M('b', hire_fate, german), M('i', hire_fate, months), M('i', hire_fate, reason),
        M('u', hire_fate, count) } },
    { KIND(service_use, service_uses, service_use_count),
      { M('i', service_use, year), M('s', service_use, service), M('i', service_use, trait), M('b', service_use, group),
        M('u', service_use, users), M('d', service_use, eligible) } },
    { KIND(complaint, complaints, complaint_count), { M('i', complaint, year), M('u', complaint, count) } },
    { KIND(entry_card, entry_cards, entry_card_count),
      { M('i', entry_card, year), M('b', entry_card, band), M('i', entry_card, definition), M('b', entry_card, group),
        M('u', entry_card, count), M('u', entry_card, handed_out) } },
#undef KIND
#undef M
};

static inline void register_set(char *place, char type, const char *text, const struct unit *units, size_t unit_count)
{
    int whole = (int)strtol(text, NULL, 10);
    uint32_t count = (uint32_t)strtoul(text, NULL, 10);
    double number = strcmp(text, "-") == 0 ? (double)NAN : strtod(text, NULL);
    uint8_t byte = strcmp(text, "*") == 0 ? (uint8_t)CUBE_ALL : (uint8_t)whole;
    bool flag = text[0] == '1';
    int unit = -1;
    switch (type) {
    case 'i': memcpy(place, &whole, sizeof whole); break;
    case 'b': memcpy(place, &byte, sizeof byte); break;
    case 'c': memcpy(place, text, 1); break;
    case 'u': memcpy(place, &count, sizeof count); break;
    case 'd': memcpy(place, &number, sizeof number); break;
    case 's': memcpy(place, &text, sizeof text); break;
    case 'f': memcpy(place, &flag, sizeof flag); break;
    case 'U':
        for (size_t i = 0; i < unit_count; i++)
            if (strcmp(units[i].id, text) == 0)
                unit = (int)i;
        memcpy(place, &unit, sizeof unit);
        break;
    default: fail_msg("no such member type: %c", type);
    }
}

/* Appends the row of a line; false for a line of another kind. Texts of the line are kept, not copied. */
static inline bool register_line(struct arena *arena, struct inputs *inputs, char *field[], size_t fields)
{
    for (size_t k = 0; k < COUNT(register_kinds); k++) {
        const struct register_kind *kind = &register_kinds[k];
        char *rows = NULL;
        size_t count = 0;
        size_t member = 0;
        if (strcmp(field[0], kind->name) != 0)
            continue;
        memcpy(&rows, (char *)&inputs->registers + kind->rows, sizeof rows);
        memcpy(&count, (char *)&inputs->registers + kind->count, sizeof count);
        if (rows == NULL)
            rows = arena_get(arena, REGISTER_ROWS, kind->size);
        assert_non_null(rows);
        assert_true(count < REGISTER_ROWS);
        for (; member < REGISTER_MEMBERS && kind->members[member].type != '\0'; member++) {
            if (member + 1 >= fields)
                fail_msg("%s: too few fields", kind->name);
            register_set(rows + count * kind->size + kind->members[member].offset, kind->members[member].type,
                         field[member + 1], inputs->units, inputs->unit_count);
        }
        assert_int_equal(member + 1, fields);
        count++;
        memcpy((char *)&inputs->registers + kind->rows, &rows, sizeof rows);
        memcpy((char *)&inputs->registers + kind->count, &count, sizeof count);
        return true;
    }
    return false;
}

#endif
