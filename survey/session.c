/* Who is signed in: sessions in memory only, passwords by Argon2id, waiting after failures, CSRF tokens.
 * Not responsible for which role may see which page (routes.c) or for the login page (page_office_login.c). */
#include "survey/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "survey/office.h"

/* What the cookie holds, as it is kept: a stolen memory image gives no cookie back. */
static void hash_token(const char *token, unsigned char hash[32])
{
    crypto_hash_sha256(hash, (const unsigned char *)token, strlen(token));
}

static void draw_token(const struct service *service, char token[TOKEN_ROOM])
{
    unsigned char bytes[32];
    service->env->random(service->env->state, bytes, sizeof bytes);
    sodium_bin2hex(token, TOKEN_ROOM, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
}

static int64_t now(const struct service *service)
{
    return service->env->now(service->env->state);
}

static void end_session(struct session *session)
{
    sodium_memzero(session, sizeof *session);
}

static struct session *find_session(struct service *service, const char *token)
{
    unsigned char hash[32];
    if (service->office == NULL || token == NULL || strlen(token) != TOKEN_ROOM - 1)
        return NULL;
    hash_token(token, hash);
    for (size_t i = 0; i < SESSION_MAX; i++) {
        struct session *session = &service->office->sessions[i];
        if (session->alive && sodium_memcmp(session->token, hash, sizeof hash) == 0)
            return session;
    }
    return NULL;
}

/* The account is read again with every request: who is removed or gets another password is out at once, also when that
 * was done on the command line. */
void session_authenticate(struct service *service, struct request *request)
{
    struct account account;
    struct session *session = find_session(service, request->session);
    if (session == NULL)
        return;
    int64_t idle = now(service) - session->seen; /* below 0 when the clock was set back: then nobody knows how long */
    if (idle > SESSION_IDLE || idle < -SESSION_IDLE ||
        store_account_find(service->store, session->account.name, &account, NULL) != STATUS_OK ||
        strcmp(account.password_hash, session->account.password_hash) != 0) {
        end_session(session);
        return;
    }
    session->seen = now(service);
    session->account.roles = account.roles;
    request->user = session->account.name;
    request->roles = account.roles;
    request->csrf = session->csrf;
}

bool session_csrf_ok(const struct request *request)
{
    const char *given = request_field(request, "csrf");
    if (request->csrf == NULL || given == NULL || strlen(given) != TOKEN_ROOM - 1 ||
        strlen(request->csrf) != TOKEN_ROOM - 1)
        return false;
    return sodium_memcmp(given, request->csrf, TOKEN_ROOM - 1) == 0;
}

void session_logout(struct service *service, const struct request *request)
{
    struct session *session = find_session(service, request->session);
    if (session != NULL)
        end_session(session);
}

enum status session_hash_password(const char *password, struct account *account, struct fail *fail)
{
    size_t length = strlen(password);
    if (length < PASSWORD_MIN)
        return FAIL(fail, STATUS_INPUT, "a password has at least 12 characters");
    if (length > PASSWORD_MAX)
        return FAIL(fail, STATUS_LIMIT, "the password is too long");
    if (crypto_pwhash_str(account->password_hash, password, length, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to hash the password");
    return STATUS_OK;
}

/* One of a fixed number of places, by keyed hash: nobody can push a name out by trying others. */
static struct throttle *throttle_of(struct office *office, const char *name)
{
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)name, strlen(name), office->throttle_key,
                       sizeof office->throttle_key);
    return &office->throttles[(size_t)(hash[0] | hash[1] << 8) % THROTTLE_SLOTS];
}

static void count_failure(struct throttle *throttle, int64_t at)
{
    throttle->failures++;
    if (throttle->failures < FREE_FAILURES)
        return;
    unsigned step = throttle->failures - FREE_FAILURES;
    int64_t wait = step > 8 ? WAIT_MAX : (int64_t)1 << (step + 1);
    throttle->closed_until = at + (wait > WAIT_MAX ? WAIT_MAX : wait);
}

static void begin_session(struct service *service, const struct account *account, char cookie[256])
{
    char token[TOKEN_ROOM];
    struct session *chosen = &service->office->sessions[0];
    for (size_t i = 0; i < SESSION_MAX; i++) { /* a free place, else the one longest unused */
        struct session *session = &service->office->sessions[i];
        if (!session->alive || session->seen < chosen->seen)
            chosen = session;
        if (!session->alive)
            break;
    }
    end_session(chosen);
    draw_token(service, token);
    draw_token(service, chosen->csrf);
    hash_token(token, chosen->token);
    chosen->account = *account;
    chosen->seen = now(service);
    chosen->alive = true;
    bool secure = strncmp(service->office_origin, "https:", 6) == 0;
    snprintf(cookie, 256, SESSION_COOKIE "=%s; HttpOnly; SameSite=Strict; Path=/%s", token, secure ? "; Secure" : "");
    sodium_memzero(token, sizeof token);
}

enum status session_login(struct service *service, const char *name, const char *password, enum login *result,
                          unsigned *wait, char cookie[256], struct fail *fail)
{
    struct account account = { 0 };
    struct office *office = service->office;
    service_lock(service);
    struct throttle *throttle = throttle_of(office, name);
    int64_t left = throttle->closed_until - now(service);
    if (left > WAIT_MAX) /* the clock was set back */
        left = throttle->closed_until = 0;
    enum status status = left > 0 ? STATUS_OK : store_account_find(service->store, name, &account, NULL);
    bool known = left <= 0 && status == STATUS_OK;
    service_unlock(service);
    if (status != STATUS_OK && status != STATUS_MISSING)
        return FAIL(fail, status, "the accounts cannot be read");
    if (left > 0) {
        *result = LOGIN_WAIT;
        *wait = (unsigned)left;
        return STATUS_OK;
    }
    size_t length = strlen(password);
    pthread_mutex_lock(&office->hashing);
    bool fits = length <= PASSWORD_MAX &&
                crypto_pwhash_str_verify(known ? account.password_hash : office->nobody, password, length) == 0;
    pthread_mutex_unlock(&office->hashing);
    service_lock(service);
    if (known && fits) {
        throttle->failures = 0;
        begin_session(service, &account, cookie);
    } else {
        count_failure(throttle, now(service));
    }
    service_unlock(service);
    *result = known && fits ? LOGIN_OK : LOGIN_WRONG;
    sodium_memzero(&account, sizeof account);
    return STATUS_OK;
}

/* Salt and hash are drawn, not computed: that would take 64 MB at every start, and no password fits either way. */
static void make_nobody(const struct service *service, char hash[crypto_pwhash_STRBYTES])
{
    unsigned char bytes[16 + 32];
    char salt[32];
    char sum[64];
    service->env->random(service->env->state, bytes, sizeof bytes);
    sodium_bin2base64(salt, sizeof salt, bytes, 16, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    sodium_bin2base64(sum, sizeof sum, bytes + 16, 32, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    snprintf(hash, crypto_pwhash_STRBYTES, "$argon2id$v=19$m=%u,t=%u,p=1$%s$%s",
             (unsigned)(crypto_pwhash_MEMLIMIT_INTERACTIVE >> 10), (unsigned)crypto_pwhash_OPSLIMIT_INTERACTIVE, salt,
             sum);
}

enum status office_open(struct service *service, struct fail *fail)
{
    if (sodium_init() < 0)
        return FAIL(fail, STATUS_CRYPTO, "libsodium does not start");
    struct office *office = calloc(1, sizeof *office);
    if (office == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the office");
    pthread_mutex_init(&office->hashing, NULL);
    make_nobody(service, office->nobody);
    service->env->random(service->env->state, office->throttle_key, sizeof office->throttle_key);
    service->office = office;
    return STATUS_OK;
}

void office_close(struct service *service)
{
    if (service->office == NULL)
        return;
    office_forget_release(service);
    pthread_mutex_destroy(&service->office->hashing);
    sodium_memzero(service->office, sizeof *service->office);
    free(service->office);
    service->office = NULL;
}

void office_forget_release(struct service *service)
{
    if (service->office->kept)
        results_close(&service->office->results);
    service->office->kept = false;
}

enum status office_release(struct service *service, const char *wave, const struct release **release, struct fail *fail)
{
    struct office *office = service->office;
    const char *name = wave == NULL ? "" : wave;
    int64_t version = 0;
    enum status known = store_version(service->store, &version, fail);
    if (known != STATUS_OK)
        return known;
    if (!office->kept || office->kept_version != version || strcmp(office->kept_wave, name) != 0) {
        office_forget_release(service);
        enum status status = results_open(&office->results, service->dir, wave, fail);
        if (status != STATUS_OK) {
            results_close(&office->results);
            return status;
        }
        snprintf(office->kept_wave, sizeof office->kept_wave, "%s", name);
        office->kept_version = version;
        office->kept = true;
    }
    *release = office->results.release;
    return STATUS_OK;
}
