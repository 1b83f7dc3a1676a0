/* Inside of the office: sessions, the kept release, the frame of its pages, and its handlers. */
#ifndef SURVEY_OFFICE_H
#define SURVEY_OFFICE_H

#include <sodium.h>

#include "survey/results.h"
#include "survey/session.h"

enum {
    SESSION_MAX = 128,
    SESSION_IDLE = 30 * 60, /* seconds */
    TOKEN_ROOM = 65,        /* 32 random bytes as hex */
    THROTTLE_SLOTS = 1024,
    FREE_FAILURES = 5,
    WAIT_MAX = 300, /* seconds */
    PASSWORD_MIN = 12,
    PASSWORD_MAX = 1024,
};

struct session {
    bool alive;
    unsigned char token[32]; /* SHA-256 of the cookie: memory never holds what the browser sends */
    char csrf[TOKEN_ROOM];
    struct account account;
    int64_t seen;
};

struct throttle {
    unsigned failures;
    int64_t closed_until;
};

struct office {
    struct session sessions[SESSION_MAX];
    struct throttle throttles[THROTTLE_SLOTS]; /* by keyed hash of the name: known and unknown names alike */
    unsigned char throttle_key[crypto_generichash_KEYBYTES];
    char nobody[crypto_pwhash_STRBYTES]; /* a hash no password fits: unknown names take as long as known ones */
    pthread_mutex_t hashing; /* one password at a time: each takes 64 MB */
    /* The release of one wave, kept until a wave is counted or a file imported. */
    char kept_wave[33];
    int64_t kept_version; /* store_version when it was built: the command line counts and imports, too */
    bool kept;
    struct results results;
};

enum login { LOGIN_OK, LOGIN_WRONG, LOGIN_WAIT };

/* Checks the password with the service unlocked (Argon2id takes a while) and locks it itself around the store.
 * cookie (room 256) is the whole Set-Cookie value on LOGIN_OK; *wait is in seconds on LOGIN_WAIT. */
MUST_USE enum status session_login(struct service *service, const char *name, const char *password,
                                   enum login *result, unsigned *wait, char cookie[256], struct fail *fail);
void session_logout(struct service *service, const struct request *request);
MUST_USE enum status session_hash_password(const char *password, struct account *account, struct fail *fail);

/* Release of a wave (NULL: the newest counted one); kept in the office. */
MUST_USE enum status office_release(struct service *service, const char *wave, const struct release **release,
                                    struct fail *fail);
void office_forget_release(struct service *service);
/* Day, version and fingerprint of the release kept in the office, and what to do when data came after it. */
void office_release_note(struct service *service, const struct request *request, struct response *response);

/* Page frame: everything up to <main>, and from </main> on. title is already translated. */
void office_page_begin(struct service *service, const struct request *request, struct response *response,
                       const char *title);
void office_page_end(struct service *service, const struct request *request, struct response *response);
void office_text(struct response *response, const struct request *request, const char *text); /* tr, escaped */
void office_hidden(struct response *response, const char *name, const char *value); /* hidden input */
void office_csrf(struct response *response, const struct request *request);          /* the one against forgery */
/* label: translated already. */
void office_checkbox(struct response *response, const char *name, const char *value, const char *label, bool checked);
/* A form that takes a file, up to its first field, and its end: the box "only check" and the button. title: N_(). */
void office_upload_open(struct response *response, const struct request *request, const char *action, const char *id,
                        const char *title);
void office_upload_close(struct response *response, const struct request *request, bool only_check);
/* A table that scrolls in itself on a narrow screen, up to its first row, and its end. Untranslated texts. */
void office_table_open(struct response *response, const struct request *request, const char *id, const char *caption,
                       const char *const heads[], size_t count);
void office_table_close(struct response *response);
void office_head(struct response *response, const struct request *request, const char *text); /* <th scope="col"> */
void office_cell(struct response *response, const char *text);
void office_day(struct response *response, const struct request *request, const char *day); /* cell with an ISO date */
/* Form for the days on which the results of that wave are given out. */
MUST_USE enum status office_publication(struct service *service, const struct request *request, struct response *response,
                                        const char *wave, struct fail *fail);
const char *office_state(enum wave_state state); /* N_() */
/* What each file of the personnel office holds, with a header line to begin with; the shipped column maps. */
void office_templates(const struct request *request, struct response *response);
void office_maps(const struct request *request, struct response *response);

handler page_plan, page_plan_post, page_figures, page_release_post, page_login, page_login_post, page_logout_post, page_dashboard, page_results, page_download,
    page_missing, page_imports, page_imports_post, page_imports_template, page_imports_map,
    page_imports_undo, page_users, page_users_post,
    page_audit, page_wave, page_package, page_cards, page_cards_post,
    page_forms, page_forms_post, page_form, page_form_frame, page_form_interview, page_form_interview_post,
    page_texts, page_texts_post, page_publication_post;

#endif
