/* Walks the table of checks. */
#include "survey/doctor/private.h"

static const struct {
    const char *name, *title;
    check_run *run;
} checks[] = {
#define CHECK(name, title) { #name, title, check_##name },
#include "survey/doctor/checks.def"
#undef CHECK
};

enum status doctor_run(const struct doctor_options *options, struct findings *findings, struct fail *fail)
{
    struct facts facts;
    enum status status = doctor_look(options, findings->arena, &facts, fail);
    for (size_t i = 0; i < COUNT(checks) && status == STATUS_OK; i++) {
        findings->check = checks[i].name;
        findings->title = checks[i].title;
        checks[i].run(&facts, findings);
    }
    return status;
}
