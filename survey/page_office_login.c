/* Signing in and out. Says the same for a wrong name and a wrong password. */
#include <stdio.h>

#include "survey/office.h"

static void write_login(struct service *service, const struct request *request, struct response *response,
                        const char *problem)
{
    struct html *page = &response->page;
    const char *name = request_field(request, "name");
    office_page_begin(service, request, response, tr(request->language, N_("Sign in")));
    if (problem != NULL) {
        HTML(page, "<div class=\"problem\" role=\"alert\"><h2>");
        office_text(response, request, N_("That did not work"));
        HTML(page, "</h2><p id=\"problem\">");
        html_text(page, problem);
        HTML(page, "</p></div>");
    }
    HTML(page, "<form class=\"panel\" method=\"post\" action=\"/login\"><p><label for=\"name\">");
    office_text(response, request, N_("Login name"));
    HTML(page,
         "</label><input id=\"name\" name=\"name\" autocomplete=\"username\" required=\"required\" maxlength=\"64\"");
    if (problem != NULL)
        HTML(page, " aria-describedby=\"problem\" aria-invalid=\"true\"");
    HTML_ATTR(page, "value", name == NULL ? "" : name);
    HTML(page, "/></p><p><label for=\"password\">");
    office_text(response, request, N_("Password"));
    HTML(page, "</label><input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" "
               "required=\"required\" maxlength=\"1024\"/></p><p><button type=\"submit\">");
    office_text(response, request, N_("Sign in"));
    HTML(page, "</button></p></form>");
    office_page_end(service, request, response);
}

enum status page_login(struct service *service, const struct request *request, struct response *response,
                       struct fail *fail)
{
    (void)fail;
    if (request->user != NULL) {
        response->status = 303;
        response->location = "/";
        return STATUS_OK;
    }
    write_login(service, request, response, NULL);
    return STATUS_OK;
}

enum status page_login_post(struct service *service, const struct request *request, struct response *response,
                            struct fail *fail)
{
    const char *name = request_field(request, "name");
    const char *password = request_field(request, "password");
    enum login result = LOGIN_WRONG;
    unsigned wait = 0;
    char *cookie = arena_get(request->arena, 1, 256);
    if (cookie == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory");
    enum status status = name == NULL || password == NULL
                             ? STATUS_OK
                             : session_login(service, name, password, &result, &wait, cookie, fail);
    if (status != STATUS_OK)
        return status;
    if (result == LOGIN_OK) {
        response->status = 303;
        response->location = "/";
        response->set_cookie = cookie;
        return STATUS_OK;
    }
    char problem[200];
    if (result == LOGIN_WAIT)
        snprintf(problem, sizeof problem, tr(request->language, N_("Too many attempts. Please wait %u seconds.")),
                 wait);
    else
        snprintf(problem, sizeof problem, "%s",
                 tr(request->language, N_("The login name or the password is not right.")));
    response->status = result == LOGIN_WAIT ? 429 : 403;
    service_lock(service);
    write_login(service, request, response, problem);
    service_unlock(service);
    return STATUS_OK;
}

enum status page_logout_post(struct service *service, const struct request *request, struct response *response,
                             struct fail *fail)
{
    (void)fail;
    session_logout(service, request);
    response->status = 303;
    response->location = "/login";
    response->set_cookie = SESSION_COOKIE "=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0";
    return STATUS_OK;
}
