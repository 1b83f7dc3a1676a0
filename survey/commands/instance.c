/* init, serve, user, version: the instance and who may use it. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "survey/commands/commands.h"
#include "survey/service.h"

enum status run_version(const struct arguments *arguments, struct fail *fail)
{
    (void)arguments;
    (void)fail;
    puts("querschnitt " QUERSCHNITT_VERSION);
    return STATUS_OK;
}

enum status run_init(const struct arguments *arguments, struct fail *fail)
{
    const char *dir = arguments->words[0];
    struct store *store = NULL;
    char path[4096];
    snprintf(path, sizeof path, "%s/waves", dir);
    enum status status = command_folder(dir, fail);
    if (status == STATUS_OK)
        status = command_folder(path, fail);
    if (status == STATUS_OK)
        status = store_open(dir, STORE_WRITE, &store, fail);
    if (status == STATUS_OK && arguments->texts[OPT_city] != NULL)
        status = store_fact_set(store, "city", arguments->texts[OPT_city], fail);
    store_close(store);
    if (status == STATUS_OK)
        printf(tr(arguments->language, N_("The instance %s is ready. Next: querschnitt user add, import units, import workforce.\n")),
               dir);
    return status;
}

enum status run_serve(const struct arguments *arguments, struct fail *fail)
{
    static const struct {
        const char *name;
        unsigned faces;
    } roles[] = { { "all", FACE_ISSUE | FACE_COLLECT | FACE_OFFICE },
                  { "issue", FACE_ISSUE },
                  { "collect", FACE_COLLECT },
                  { "office", FACE_OFFICE } };
    struct service_options options = { .dir = arguments->texts[OPT_dir],
                                       .port = (unsigned)arguments->numbers[OPT_port],
                                       .address = arguments->texts[OPT_address],
                                       .certificate = arguments->texts[OPT_certificate],
                                       .key = arguments->texts[OPT_key] };
    for (size_t i = 0; i < COUNT(roles); i++)
        if (strcmp(roles[i].name, arguments->words[0]) == 0)
            options.faces = roles[i].faces;
    if (options.faces == 0)
        return command_usage(arguments, fail);
    struct service *service = NULL;
    (void)umask(077); /* whatever a server writes is its user's alone */
    enum status status = service_start(&options, &service, fail);
    if (status != STATUS_OK)
        return status;
    if (service->faces & FACE_ISSUE)
        printf("%s: %s/\n", tr(arguments->language, N_("Survey")), service->issue_origin);
    if (service->faces & FACE_COLLECT)
        printf("%s: %s/\n", tr(arguments->language, N_("Ballot box")), service->collect_origin);
    if (service->faces & FACE_OFFICE)
        printf("%s: %s/\n", tr(arguments->language, N_("Office")), service->office_origin);
    fflush(stdout);
    service_wait(service);
    service_stop(service);
    return STATUS_OK;
}

static enum status read_roles(const char *text, unsigned *roles, struct fail *fail)
{
    static const struct {
        const char *name;
        unsigned role;
    } names[] = { { "admin", ROLE_ADMIN }, { "analyst", ROLE_ANALYST }, { "council-staff", ROLE_COUNCIL } };
    *roles = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, ",");
        unsigned role = 0;
        for (size_t i = 0; i < COUNT(names); i++)
            if (strlen(names[i].name) == length && strncmp(names[i].name, text, length) == 0)
                role = names[i].role;
        if (role == 0)
            return FAIL(fail, STATUS_INPUT, "there is no role %.*s: admin, analyst or council-staff", (int)length, text);
        *roles |= role;
        text += length + (text[length] == ',');
    }
    return *roles == 0 ? FAIL(fail, STATUS_INPUT, "an account needs a role: admin, analyst or council-staff")
                       : STATUS_OK;
}

static enum status user_add(const struct arguments *arguments, struct store *store, struct fail *fail)
{
    struct account account = { 0 };
    char password[256] = "";
    if (strlen(arguments->words[1]) >= sizeof account.name)
        return FAIL(fail, STATUS_LIMIT, "a login has at most %zu characters", sizeof account.name - 1);
    snprintf(account.name, sizeof account.name, "%s", arguments->words[1]);
    enum status status = read_roles(arguments->texts[OPT_role], &account.roles, fail);
    if (status == STATUS_OK)
        status = command_passphrase(arguments, PASSPHRASE_NEW, password, sizeof password, fail);
    if (status == STATUS_OK && strlen(password) < 12)
        status = FAIL(fail, STATUS_INPUT, "a password has at least 12 characters");
    if (status == STATUS_OK &&
        crypto_pwhash_str(account.password_hash, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory to hash the password");
    if (status == STATUS_OK)
        status = store_account_put(store, &account, fail);
    if (status == STATUS_OK)
        status = store_audit_add(store, "command line", "user add", account.name, fail);
    sodium_memzero(password, sizeof password);
    return status;
}

static enum status user_list(struct store *store, struct fail *fail)
{
    struct arena arena;
    arena_init(&arena, 16 << 20);
    const struct account *accounts = NULL;
    size_t count = 0;
    enum status status = store_accounts(store, &arena, &accounts, &count, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        printf("%s\t%s%s%s\n", accounts[i].name, accounts[i].roles & ROLE_ADMIN ? "admin " : "",
               accounts[i].roles & ROLE_ANALYST ? "analyst " : "",
               accounts[i].roles & ROLE_COUNCIL ? "council-staff" : "");
    arena_free(&arena);
    return status;
}

enum status run_user(const struct arguments *arguments, struct fail *fail)
{
    const char *verb = arguments->words[0];
    bool named = arguments->word_count == 2;
    bool list = strcmp(verb, "list") == 0;
    bool add = strcmp(verb, "add") == 0;
    if ((!list && !add && strcmp(verb, "remove") != 0) || named == list)
        return command_usage(arguments, fail);
    struct store *store = NULL;
    enum status status = command_store(arguments, &store, fail);
    if (status == STATUS_OK && list)
        status = user_list(store, fail);
    else if (status == STATUS_OK && add)
        status = user_add(arguments, store, fail);
    else if (status == STATUS_OK)
        status = store_account_remove(store, arguments->words[1], fail);
    store_close(store);
    return status;
}
