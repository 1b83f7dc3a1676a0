/* The format of LimeSurvey: surveys (.lss), groups (.lsg) and questions (.lsq) as forms, and forms as surveys. */
#include <string.h>

#include "forms/limesurvey_map.h"
#include "forms/limesurvey_write.h"

extern const struct format format_limesurvey;

/* LimeSurvey's codes of languages are ours but for plain German. */
static const char *language_code_of(const char *code)
{
    return strcmp(code, "de-easy") == 0 ? "de-simple" : code;
}

static enum status begin(struct lime *lime, struct fail *fail)
{
    const struct lime_survey *survey = lime->survey;
    struct form *form = ARENA_NEW(lime->arena, struct form, 1);
    if (form == NULL)
        return FAIL(fail, STATUS_MEMORY, N_("The file is too large for the memory set aside for it."));
    form->language_count = survey->language_count;
    for (size_t i = 0; i < survey->language_count; i++)
        form->languages[i] = language_code_of(survey->languages[i]);
    form->version = "1";
    form->id = strspn(survey->sid, "0123456789") > 0 && form_id_fits(survey->sid)
                   ? arena_format(lime->arena, "limesurvey_%s", survey->sid)
                   : "limesurvey";
    lime->form = form;
    return form->id != NULL ? STATUS_OK : FAIL(fail, STATUS_MEMORY, "out of memory");
}

static enum status read(struct arena *arena, const char *name, const char *bytes, size_t length,
                        const struct form **form, const struct form_hooks *hooks, struct fail *fail)
{
    struct lime_document document;
    struct lime_survey survey;
    struct lime *lime = ARENA_NEW(arena, struct lime, 1);
    if (lime == NULL)
        return FAIL(fail, STATUS_MEMORY, N_("The file is too large for the memory set aside for it."));
    enum status status = lime_document_read(arena, name, bytes, length, &document, fail);
    if (status == STATUS_OK)
        status = lime_survey_read(arena, &document, &survey, fail);
    *lime = (struct lime){ .arena = arena, .survey = &survey, .hooks = hooks, .fail = fail, .where = "survey" };
    lime->ui = fail != NULL ? fail->language : NULL;
    if (status == STATUS_OK)
        status = begin(lime, fail);
    if (status != STATUS_OK)
        return status;
    lime_pages(lime);
    if (lime->status == STATUS_OK)
        *form = lime->form;
    return lime->status;
}

const struct format format_limesurvey = {
    .id = "limesurvey",
    .title = N_("LimeSurvey survey, group or question"),
    .extensions = ".lss .lsg .lsq",
    .read = read,
    .write = limesurvey_write,
};
