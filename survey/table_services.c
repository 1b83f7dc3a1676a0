/* People who use a service and people it is for, under one definition. */
#include "survey/table.h"

enum { USERS = 4 };

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_YEAR, "jahr", service_use, year, COLUMN_KEY | COLUMN_PERIOD),
    TABLE_COLUMN(COLUMN_TEXT, "dienst", service_use, service, COLUMN_KEY, .highest = 100),
    TABLE_COLUMN(COLUMN_CODE, "gruppe_merkmal", service_use, trait, COLUMN_KEY, .codes = table_traits),
    TABLE_COLUMN(COLUMN_BYTE, "gruppe", service_use, group, COLUMN_KEY, .codes = table_groups,
                 .values = table_group_values),
    TABLE_COLUMN(COLUMN_WHOLE, "nutzende", service_use, users, 0, .highest = 1e9),
    TABLE_COLUMN(COLUMN_NUMBER, "berechtigte", service_use, eligible, 0, .highest = 1e9),
};

static void check(struct import *import, const struct registers *before, const void *rows, size_t count)
{
    (void)before;
    const struct service_use *uses = rows;
    for (size_t i = 0; i < count; i++)
        if (uses[i].users > uses[i].eligible)
            TABLE_FINDING(import, SEVERITY_WARNING, "V15", i, USERS,
                          N_("more people used the service than could: are both counted in the same way?"));
}

extern const struct table table_services;
const struct table table_services = { .kind = "services",
                                      .file = "dienstnutzung",
                                      .title = N_("Use of services"),
                                      .columns = columns,
                                      .column_count = COUNT(columns),
                                      TABLE_ROWS(service_use, service_uses, service_use_count),
                                      .check = check };
