/* Accounts and the audit log. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "survey/office.h"

static const struct {
    const char *code, *title;
    unsigned role;
} roles[] = {
    { "admin", N_("Administration"), ROLE_ADMIN },
    { "analyst", N_("Analysis"), ROLE_ANALYST },
    { "council-staff", N_("Staff council"), ROLE_COUNCIL },
};

static void write_account(const struct request *request, struct response *response, const struct account *account)
{
    struct html *page = &response->page;
    HTML(page, "<tr><th scope=\"row\">");
    html_text(page, account->name);
    HTML(page, "</th><td>");
    bool first = true;
    for (size_t i = 0; i < COUNT(roles); i++) {
        if ((account->roles & roles[i].role) == 0)
            continue;
        if (!first)
            HTML(page, ", ");
        office_text(response, request, roles[i].title);
        first = false;
    }
    HTML(page, "</td><td>");
    if (strcmp(account->name, request->user) != 0) { /* nobody locks himself out by mistake */
        HTML(page, "<form method=\"post\" action=\"/users\">");
        office_csrf(response, request);
        office_hidden(response, "remove", account->name);
        HTML(page, "<button type=\"submit\" class=\"plain\">");
        office_text(response, request, N_("Remove"));
        HTML(page, "<span class=\"visually-hidden\"> ");
        html_text(page, account->name);
        HTML(page, "</span></button></form>");
    } else {
        office_text(response, request, N_("your account"));
    }
    HTML(page, "</td></tr>");
}

static void write_add(const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    HTML(page, "<form class=\"panel\" method=\"post\" action=\"/users\"><h2>");
    office_text(response, request, N_("Add an account"));
    HTML(page, "</h2>");
    office_csrf(response, request);
    HTML(page, "<p><label for=\"add\">");
    office_text(response, request, N_("Login name"));
    HTML(page,
         "</label><input id=\"add\" name=\"add\" required=\"required\" maxlength=\"64\" autocomplete=\"off\"/></p>"
         "<p><label for=\"role\">");
    office_text(response, request, N_("Role"));
    HTML(page, "</label><select id=\"role\" name=\"role\">");
    for (size_t i = 0; i < COUNT(roles); i++) {
        HTML(page, "<option");
        HTML_ATTR(page, "value", roles[i].code);
        HTML(page, ">");
        office_text(response, request, roles[i].title);
        HTML(page, "</option>");
    }
    HTML(page, "</select></p><p><label for=\"password\">");
    office_text(response, request, N_("Password, at least 12 characters"));
    HTML(page, "</label><input id=\"password\" name=\"password\" type=\"password\" minlength=\"12\" maxlength=\"1024\" "
               "required=\"required\" autocomplete=\"new-password\"/></p><p><button type=\"submit\">");
    office_text(response, request, N_("Add"));
    HTML(page, "</button></p></form>");
}

enum status page_users(struct service *service, const struct request *request, struct response *response,
                       struct fail *fail)
{
    static const char *const heads[] = { N_("Login name"), N_("Role"), N_("Action") };
    const struct account *accounts = NULL;
    size_t count = 0;
    enum status status = store_accounts(service->store, request->arena, &accounts, &count, fail);
    office_page_begin(service, request, response, tr(request->language, N_("Accounts")));
    office_table_open(response, request, "accounts", N_("Accounts of the office"), heads, COUNT(heads));
    for (size_t i = 0; i < count; i++)
        write_account(request, response, &accounts[i]);
    office_table_close(response);
    write_add(request, response);
    office_page_end(service, request, response);
    return status;
}

static enum status add_account(struct service *service, const struct request *request, struct fail *fail)
{
    struct account account = { 0 };
    const char *name = request_field(request, "add");
    const char *role = request_field(request, "role");
    const char *password = request_field(request, "password");
    if (name == NULL || role == NULL || password == NULL)
        return FAIL(fail, STATUS_INPUT, "this form is incomplete");
    if (name[0] == '\0' || strlen(name) >= sizeof account.name)
        return FAIL(fail, STATUS_INPUT, "a login has 1 to %zu characters", sizeof account.name - 1);
    for (size_t i = 0; i < COUNT(roles); i++)
        if (strcmp(roles[i].code, role) == 0)
            account.roles = roles[i].role;
    if (account.roles == 0)
        return FAIL(fail, STATUS_INPUT, "an account needs a role: admin, analyst or council-staff");
    struct account known;
    if (store_account_find(service->store, name, &known, NULL) == STATUS_OK)
        return FAIL(fail, STATUS_CONFLICT, "there is an account of this name already");
    snprintf(account.name, sizeof account.name, "%s", name);
    enum status status = session_hash_password(password, &account, fail);
    if (status == STATUS_OK)
        status = store_account_put(service->store, &account, fail);
    if (status == STATUS_OK)
        status = store_audit_add(service->store, request->user, "user add", account.name, fail);
    sodium_memzero(&account, sizeof account);
    return status;
}

enum status page_users_post(struct service *service, const struct request *request, struct response *response,
                            struct fail *fail)
{
    const char *removed = request_field(request, "remove");
    enum status status = STATUS_OK;
    if (removed == NULL)
        status = add_account(service, request, fail);
    else if (strcmp(removed, request->user) == 0)
        status = FAIL(fail, STATUS_INPUT, "you cannot remove your own account");
    else
        status = store_account_remove(service->store, removed, fail);
    if (status == STATUS_OK && removed != NULL)
        status = store_audit_add(service->store, request->user, "user remove", removed, fail);
    response->status = 303;
    response->location = "/users";
    return status;
}

enum status page_audit(struct service *service, const struct request *request, struct response *response,
                       struct fail *fail)
{
    static const char *const heads[] = { N_("Day"), N_("By"), N_("Action"), N_("Detail") };
    struct html *page = &response->page;
    const struct audit_row *rows = NULL;
    size_t count = 0;
    bool intact = false;
    enum status status = store_audit(service->store, request->arena, &rows, &count, &intact, fail);
    office_page_begin(service, request, response, tr(request->language, N_("Audit log")));
    if (intact)
        HTML(page, "<p class=\"success\">");
    else
        HTML(page, "<p class=\"problem\" role=\"alert\">");
    office_text(response, request,
                intact ? N_("The chain of hashes holds: no row was changed or taken out of the middle.")
                       : N_("The chain of hashes is broken: the log was changed after it was written."));
    HTML(page, "</p>");
    office_table_open(response, request, "log", N_("What administrators did; nothing about who took part"), heads,
                      COUNT(heads));
    for (size_t i = count; i > 0; i--) {
        HTML(page, "<tr>");
        office_day(response, request, rows[i - 1].day);
        office_cell(response, rows[i - 1].user);
        office_cell(response, rows[i - 1].action);
        office_cell(response, rows[i - 1].detail);
        HTML(page, "</tr>");
    }
    office_table_close(response);
    office_page_end(service, request, response);
    return status;
}
