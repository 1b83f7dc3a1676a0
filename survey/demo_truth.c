/* What the demo city is really like: computed from all persons and all their ratings, never from respondents. */
#include "survey/demo_people.h"

struct share {
    double part, all;
};

static void count(struct share *share, bool part)
{
    share->part += part ? 1.0 : 0.0;
    share->all += 1.0;
}

static double value(const struct share *share)
{
    return share->all > 0.0 ? share->part / share->all : 0.0;
}

static void people_truth(const struct demo_year *staff, struct demo_truth *truth)
{
    struct share definition[DEFINITION_COUNT] = { { 0.0, 0.0 } };
    struct share age[5] = { { 0.0, 0.0 } };
    struct share band[5] = { { 0.0, 0.0 } };
    struct share women = { 0 }, women_leading = { 0 }, worse = { 0 };
    struct share leading[2] = { { 0 } }, fixed[2] = { { 0 } }, hurt[2] = { { 0 } };
    for (size_t i = 0; i < staff->person_count; i++) {
        const struct demo_person *person = &staff->persons[i];
        for (int d = 0; d < DEFINITION_COUNT; d++)
            count(&definition[d], demo_definition(person, (enum definition)d));
        count(&age[demo_age_band(person) - 1], person->migration);
        count(&band[person->band], person->migration);
        count(&women, person->sex == 'w');
        if (person->leadership > 0)
            count(&women_leading, person->sex == 'w');
        count(&leading[person->migration], person->leadership > 0);
        if (person->employment != 'A')
            count(&fixed[person->migration], person->fixed_term);
        count(&hurt[person->migration], person->worse);
        count(&worse, person->worse);
    }
    for (int d = 0; d < DEFINITION_COUNT; d++)
        truth->definition[d] = value(&definition[d]);
    for (size_t i = 0; i < 5; i++) {
        truth->migration_age[i] = value(&age[i]);
        truth->migration_band[i] = value(&band[i]);
    }
    truth->women = value(&women);
    truth->women_leading = value(&women_leading);
    truth->leading_with = value(&leading[1]);
    truth->leading_without = value(&leading[0]);
    truth->fixed_with = value(&fixed[1]);
    truth->fixed_without = value(&fixed[0]);
    truth->worse_with = value(&hurt[1]);
    truth->worse_without = value(&hurt[0]);
    truth->worse = value(&worse);
}

static void response_truth(const struct demo_city *city, const struct demo_year *staff, struct demo_truth *truth)
{
    struct share all = { 0 }, origin[2] = { { 0 } }, foreign[2] = { { 0 } };
    for (size_t i = 0; i < staff->person_count; i++) {
        const struct demo_person *person = &staff->persons[i];
        count(&all, person->responds);
        count(&origin[person->migration], person->responds);
        count(&foreign[person->facts[0] == 3], person->responds);
    }
    truth->responded = (size_t)all.part;
    truth->response = value(&all);
    truth->response_ratio = value(&origin[0]) > 0.0 ? value(&origin[1]) / value(&origin[0]) : 0.0;
    truth->response_ratio_foreign = value(&foreign[0]) > 0.0 ? value(&foreign[1]) / value(&foreign[0]) : 0.0;
    truth->response_low = 1.0;
    for (size_t unit = 0; unit < city->unit_count; unit++) {
        if (city->units[unit].level != UNIT_DEPARTMENT)
            continue;
        double sum = 0.0;
        double heads = 0.0;
        for (size_t i = 0; i < staff->person_count; i++) {
            if (demo_department(city, staff->persons[i].unit) != (int)unit)
                continue;
            sum += staff->persons[i].propensity;
            heads += 1.0;
        }
        if (heads < 1.0)
            continue;
        truth->response_low = sum / heads < truth->response_low ? sum / heads : truth->response_low;
        truth->response_high = sum / heads > truth->response_high ? sum / heads : truth->response_high;
    }
}

static double scale_truth(const struct demo_city *city, const struct demo_year *staff, enum demo_scale scale)
{
    double sum = 0.0;
    double ratings = 0.0;
    for (size_t i = 0; i < staff->person_count; i++) {
        const struct demo_person *person = &staff->persons[i];
        if (scale == DEMO_VH && person->contact == 5)
            continue;
        unsigned rating = demo_rating(city, staff, person, scale, 0);
        for (size_t item = 0; rating != 0; rating = demo_rating(city, staff, person, scale, ++item)) {
            sum += demo_reversed(scale, item) ? 6.0 - rating : rating;
            ratings += 1.0;
        }
    }
    return ratings > 0.0 ? (sum / ratings - 1.0) * 25.0 : 0.0;
}

void demo_truth(const struct demo_city *city, int year, struct demo_truth *truth)
{
    *truth = (struct demo_truth){ .year = year };
    const struct demo_year *staff = demo_year(city, year);
    if (staff == NULL)
        return;
    truth->staff = staff->person_count;
    people_truth(staff, truth);
    response_truth(city, staff, truth);
    for (int scale = 0; scale < DEMO_SCALE_COUNT; scale++)
        truth->scale[scale] = scale_truth(city, staff, (enum demo_scale)scale);
}

static void add_list(struct buf *out, const char *name, const double values[], size_t values_count)
{
    buf_format(out, ",\"%s\":[", name);
    for (size_t i = 0; i < values_count; i++)
        buf_format(out, "%s%.4f", i > 0 ? "," : "", values[i]);
    buf_add_string(out, "]");
}

static void add_year(struct buf *out, const struct demo_truth *truth)
{
    static const char *const definitions[DEFINITION_COUNT] = {
        [DEFINITION_STAATSANG] = "STAATSANG",         [DEFINITION_ZENSUS_EINGEWANDERT] = "ZENSUS_EINGEWANDERT",
        [DEFINITION_MELDEREGISTER] = "MELDEREGISTER", [DEFINITION_MH_DESTATIS] = "MH_DESTATIS",
        [DEFINITION_EG_DESTATIS] = "EG_DESTATIS",     [DEFINITION_EG_EINSEITIG] = "EG_EINSEITIG",
        [DEFINITION_TINTG_2012] = "TINTG_2012",       [DEFINITION_TINTG_2021] = "TINTG_2021",
    };
    static const char *const scales[DEMO_SCALE_COUNT] = { "HM", "WI", "RE", "VH", "ST", "IK" };
    buf_format(out, "{\"year\":%d,\"staff\":%zu,\"responded\":%zu,\"definitions\":{", truth->year, truth->staff,
               truth->responded);
    for (size_t i = 0; i < DEFINITION_COUNT; i++)
        buf_format(out, "%s\"%s\":%.4f", i > 0 ? "," : "", definitions[i], truth->definition[i]);
    buf_add_string(out, "},\"scales\":{");
    for (size_t i = 0; i < DEMO_SCALE_COUNT; i++)
        buf_format(out, "%s\"%s\":%.2f", i > 0 ? "," : "", scales[i], truth->scale[i]);
    buf_add_string(out, "}");
    add_list(out, "migration_by_age", truth->migration_age, 5);
    add_list(out, "migration_by_band", truth->migration_band, 5);
    const struct {
        const char *name;
        double value;
    } shares[] = {
        { "women", truth->women },
        { "women_leading", truth->women_leading },
        { "leading_with", truth->leading_with },
        { "leading_without", truth->leading_without },
        { "fixed_term_with", truth->fixed_with },
        { "fixed_term_without", truth->fixed_without },
        { "worse_with", truth->worse_with },
        { "worse_without", truth->worse_without },
        { "worse", truth->worse },
        { "response", truth->response },
        { "response_ratio", truth->response_ratio },
        { "response_ratio_foreign", truth->response_ratio_foreign },
        { "response_department_low", truth->response_low },
        { "response_department_high", truth->response_high },
    };
    for (size_t i = 0; i < COUNT(shares); i++)
        buf_format(out, ",\"%s\":%.4f", shares[i].name, shares[i].value);
    buf_add_string(out, "}");
}

void demo_truth_json(const struct demo_city *city, struct buf *out)
{
    buf_format(out, "{\"city\":\"" DEMO_CITY_NAME "\",\"seed\":%llu,\"years\":[", (unsigned long long)city->seed);
    for (size_t i = 0; i < DEMO_YEAR_COUNT; i++) {
        struct demo_truth truth;
        demo_truth(city, city->years[i].year, &truth);
        if (i > 0)
            buf_add_byte(out, ',');
        add_year(out, &truth);
    }
    buf_add_string(out, "]}\n");
}
