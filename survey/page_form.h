/* Inside of the office's pages about questionnaires: what page_forms.c (the shelf), page_form.c and
 * page_form_preview.c (one of them),
 * page_form_frame.c (its preview) and page_form_interview.c share. */
#ifndef SURVEY_PAGE_FORM_H
#define SURVEY_PAGE_FORM_H

#include "forms/paths.h"
#include "survey/office.h"
#include "survey/shelf.h"

enum { FORM_EDITORS = ROLE_ADMIN | ROLE_ANALYST }; /* may take in, replace and remove */

struct form_view {
    const char *name; /* on the shelf */
    const struct form *form;
    const struct paths *paths;
};

/* The questionnaire in the request's path with the ways through it; they live as long as the request. */
MUST_USE enum status form_view(struct service *service, const struct request *request, struct form_view *view,
                               struct fail *fail);

/* Positions of what a field names; 0 when it is NULL or names nothing. Paths are numbered from 1 for people. */
size_t form_view_language(const struct form_view *view, const char *code);
size_t form_view_path(const struct form_view *view, const char *number);

/* page_form_view.c: the three above, a paragraph of the program, the own name of a language. */
void form_sentence(const struct request *request, struct response *response, const char *text);
const char *form_language_title(const char *code);

/* page_form_preview.c: the frames and the interviews. */
void form_preview(const struct form_view *view, const struct request *request, struct response *response);

#endif
