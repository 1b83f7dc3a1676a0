/* What the office's pages about one questionnaire have in common: the questionnaire of the address, and small pieces.
 */
#include <stdlib.h>
#include <string.h>

#include "forms/format.h"
#include "survey/page_form.h"

enum status form_view(struct service *service, const struct request *request, struct form_view *view, struct fail *fail)
{
    char path[SHELF_PATH_ROOM];
    struct paths *paths = ARENA_NEW(request->arena, struct paths, 1);
    *view = (struct form_view){ .name = request->parts[0], .paths = paths };
    if (paths == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    enum status status = shelf_path(service->dir, view->name, path, fail);
    if (status == STATUS_OK)
        status = form_read(request->arena, path, &view->form, NULL, NULL, fail);
    return status == STATUS_OK ? paths_find(request->arena, view->form, paths, fail) : status;
}

size_t form_view_language(const struct form_view *view, const char *code)
{
    for (size_t i = 0; code != NULL && i < view->form->language_count; i++)
        if (strcmp(view->form->languages[i], code) == 0)
            return i;
    return 0;
}

size_t form_view_path(const struct form_view *view, const char *number)
{
    unsigned long wish = number != NULL ? strtoul(number, NULL, 10) : 0;
    return wish >= 1 && wish <= view->paths->count ? wish - 1 : 0;
}

void form_sentence(const struct request *request, struct response *response, const char *text)
{
    HTML(&response->page, "<p>");
    office_text(response, request, text);
    HTML(&response->page, "</p>");
}

const char *form_language_title(const char *code)
{
    const struct language *known = language_exact(code);
    return known != NULL ? language_name(known) : code;
}
