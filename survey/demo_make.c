/* Makes the demo city: units, first year's staff, turnover, then origin, jobs and response of each year. */
#include "survey/demo_city.h"

#include "survey/demo_people.h"

enum status demo_city_create(struct arena *arena, size_t staff, uint64_t seed, struct demo_city *city,
                             struct fail *fail)
{
    if (staff < DEMO_STAFF_MIN || staff > DEMO_STAFF_MAX)
        return FAIL(fail, STATUS_INPUT, "the demo city needs between %d and %d people", DEMO_STAFF_MIN, DEMO_STAFF_MAX);
    struct demo_city made = { .seed = seed };
    enum status status = demo_units_make(arena, &made, fail);
    if (status == STATUS_OK)
        status = demo_staff_first(arena, &made, staff - staff / 100, fail);
    for (size_t i = 0; status == STATUS_OK && i < DEMO_YEAR_COUNT; i++) {
        if (i > 0) /* who stays takes origin and attitudes along, so the years follow each other */
            status = demo_staff_next(arena, &made, staff, fail);
        if (status == STATUS_OK)
            status = demo_origin(arena, &made, &made.years[i], fail);
        if (status == STATUS_OK)
            status = demo_job(arena, &made, &made.years[i], fail);
        if (status == STATUS_OK)
            status = demo_response(arena, &made, &made.years[i], fail);
    }
    if (status == STATUS_OK)
        *city = made;
    return status;
}
