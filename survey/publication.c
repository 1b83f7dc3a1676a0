#include "survey/publication.h"

#include <stdio.h>
#include <string.h>

enum { NAME_ROOM = 64, YEARS_MOST = 3 };

static const char *const facts[] = { "to_staff", "to_council" };

static enum status read_day(struct store *store, const char *fact, const char *wave, char day[DAY_ROOM], struct fail *fail)
{
    char name[NAME_ROOM];
    snprintf(name, sizeof name, "%s:%s", fact, wave);
    enum status status = store_fact(store, name, day, DAY_ROOM, fail);
    if (status != STATUS_OK)
        day[0] = '\0';
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status publication_read(struct store *store, const char *wave, struct publication *publication, struct fail *fail)
{
    enum status status = read_day(store, facts[0], wave, publication->staff, fail);
    return status == STATUS_OK ? read_day(store, facts[1], wave, publication->council, fail) : status;
}

static enum status check(const struct wave *wave, const char *text, struct fail *fail)
{
    int64_t day = 0;
    int64_t closes = 0;
    if (text[0] == '\0')
        return STATUS_OK;
    if (!day_read(text, &day))
        return FAIL(fail, STATUS_INPUT, "\"%s\" is no date like 2026-06-30", text);
    if (!day_read(wave->closes, &closes) || day < closes)
        return FAIL(fail, STATUS_INPUT, "the survey %s ran until %s: its results cannot have been given out on %s", wave->name,
                    wave->closes, text);
    if (day > closes + YEARS_MOST * 366)
        return FAIL(fail, STATUS_INPUT, "%s is more than %d years after the end of the survey %s: is the year right?", text,
                    (int)YEARS_MOST, wave->name);
    return STATUS_OK;
}

enum status publication_write(struct store *store, const struct wave *wave, const struct publication *publication,
                              const char *user, struct fail *fail)
{
    const char *const days[] = { publication->staff, publication->council };
    char name[NAME_ROOM], detail[2 * NAME_ROOM];
    enum status status = STATUS_OK;
    for (size_t i = 0; i < COUNT(days) && status == STATUS_OK; i++)
        status = check(wave, days[i], fail);
    for (size_t i = 0; i < COUNT(days) && status == STATUS_OK; i++) {
        snprintf(name, sizeof name, "%s:%s", facts[i], wave->name);
        status = store_fact_set(store, name, days[i], fail);
    }
    if (status != STATUS_OK)
        return status;
    snprintf(detail, sizeof detail, "%s staff %s council %s", wave->name, days[0][0] == '\0' ? "-" : days[0],
             days[1][0] == '\0' ? "-" : days[1]);
    return store_audit_add(store, user, "results given out", detail, fail);
}
