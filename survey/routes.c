/* Every address the program answers: one row each. Rules are in tests/test_survey_route.c. */
#include "survey/collect.h"
#include "survey/issue.h"
#include "survey/office.h"
#include "survey/page_privacy.h"
#include "survey/page_survey.h"
#include "survey/published.h"

enum {
    OFFICE_ALL = ROLE_ADMIN | ROLE_ANALYST | ROLE_COUNCIL,
    OFFICE_HR = ROLE_ADMIN | ROLE_ANALYST,    /* imports HR's files */
    OFFICE_WATCH = ROLE_ADMIN | ROLE_COUNCIL, /* what is stored, what was done */
};

/* clang-format off */
const struct route routes[] = {
    /* method       path                  faces                      roles        flags                          body_max  handler */
    { METHOD_GET,  "/w/{}/manifest",     FACE_ISSUE | FACE_COLLECT, ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   0,        published_file },
    { METHOD_GET,  "/w/{}/tables.txt",     FACE_ISSUE | FACE_COLLECT, ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   0,        published_file },
    { METHOD_GET,  "/w/{}/result.json",    FACE_ISSUE | FACE_COLLECT, ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   0,        published_file },
    { METHOD_GET,  "/w/{}/leaves.txt",     FACE_ISSUE | FACE_COLLECT, ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   0,        published_file },
    { METHOD_GET,  "/w/{}/withdrawn.txt",  FACE_ISSUE | FACE_COLLECT, ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   0,        published_file },
    { METHOD_GET,  "/w/{}/credentials.txt", FACE_ISSUE | FACE_COLLECT, ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   0,        published_file },
    { METHOD_GET,  "/w/{}/drawn.txt",      FACE_ISSUE | FACE_COLLECT, ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   0,        published_file },
    { METHOD_GET,  "/w/{}/issuer.pem",     FACE_ISSUE | FACE_COLLECT, ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   0,        published_file },
    { METHOD_POST, "/w/{}/draw",         FACE_ISSUE,                ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   4096,     issue_draw },
    { METHOD_POST, "/w/{}/submit",       FACE_COLLECT,              ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   96 * 1024, collect_submit },
    { METHOD_GET,  "/",                  FACE_ISSUE,                ROLE_PUBLIC, ROUTE_UNLOCKED,                0,        page_waves },
    { METHOD_GET,  "/w/{}/",             FACE_ISSUE,                ROLE_PUBLIC, ROUTE_UNLOCKED,                0,        page_survey },
    { METHOD_GET,  "/w/{}/kiosk",        FACE_ISSUE,                ROLE_PUBLIC, ROUTE_UNLOCKED,                0,        page_kiosk },
    { METHOD_GET,  "/w/{}/entry",        FACE_ISSUE,                ROLE_PUBLIC, ROUTE_UNLOCKED,                0,        page_entry },
    { METHOD_GET,  "/w/{}/privacy",      FACE_ISSUE | FACE_COLLECT, ROLE_PUBLIC, ROUTE_UNLOCKED,                0,        page_privacy },
    { METHOD_GET,  "/w/{}/receipt",      FACE_ISSUE | FACE_COLLECT, ROLE_PUBLIC, ROUTE_UNLOCKED,                0,        page_receipt },
    { METHOD_GET,  "/assets/{}",         FACE_ISSUE | FACE_COLLECT | FACE_OFFICE, ROLE_PUBLIC, ROUTE_UNLOCKED,  0,        page_asset },
    { METHOD_GET,  "/login",             FACE_OFFICE,               ROLE_PUBLIC, 0,                             0,        page_login },
    { METHOD_POST, "/login",             FACE_OFFICE,               ROLE_PUBLIC, ROUTE_UNLOCKED,                4096,     page_login_post },
    { METHOD_POST, "/logout",            FACE_OFFICE,               OFFICE_ALL,  ROUTE_CSRF,                    4096,     page_logout_post },
    { METHOD_GET,  "/",                  FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_dashboard },
    { METHOD_GET,  "/results",           FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_results },
    { METHOD_GET,  "/figures",           FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_figures },
    { METHOD_GET,  "/missing",           FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_missing },
    { METHOD_GET,  "/plan",              FACE_OFFICE,               OFFICE_HR,   0,                             0,        page_plan },
    { METHOD_POST, "/plan",              FACE_OFFICE,               OFFICE_HR,   ROUTE_CSRF,                    8192,     page_plan_post },
    { METHOD_GET,  "/report.pdf",        FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_download },
    { METHOD_GET,  "/short.pdf",         FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_download },
    { METHOD_GET,  "/short.html",        FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_download },
    { METHOD_GET,  "/report.html",       FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_download },
    { METHOD_GET,  "/cover.odt",         FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_download },
    { METHOD_GET,  "/cover.md",          FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_download },
    { METHOD_GET,  "/tables.xlsx",       FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_download },
    { METHOD_GET,  "/figures.zip",       FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_download },
    { METHOD_GET,  "/tables.zip",        FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_download },
    { METHOD_GET,  "/texts",             FACE_OFFICE,               OFFICE_HR,   0,                             0,        page_texts },
    { METHOD_POST, "/texts",             FACE_OFFICE,               OFFICE_HR,   ROUTE_CSRF,                    96 * 1024, page_texts_post },
    { METHOD_POST, "/release",           FACE_OFFICE,               OFFICE_HR,   ROUTE_CSRF,                    4096,     page_release_post },
    { METHOD_POST, "/publication",       FACE_OFFICE,               OFFICE_HR,   ROUTE_CSRF,                    4096,     page_publication_post },
    { METHOD_GET,  "/imports",           FACE_OFFICE,               OFFICE_HR,   0,                             0,        page_imports },
    { METHOD_POST, "/imports",           FACE_OFFICE,               OFFICE_HR,   ROUTE_CSRF | ROUTE_UPLOAD,     32 << 20, page_imports_post },
    { METHOD_GET,  "/imports/template/{}", FACE_OFFICE,             OFFICE_HR,   0,                             0,        page_imports_template },
    { METHOD_GET,  "/imports/map/{}",    FACE_OFFICE,               OFFICE_HR,   0,                             0,        page_imports_map },
    { METHOD_POST, "/imports/undo",      FACE_OFFICE,               OFFICE_HR,   ROUTE_CSRF,                    4096,     page_imports_undo },
    { METHOD_GET,  "/package",           FACE_OFFICE,               OFFICE_WATCH, 0,                            0,        page_wave },
    { METHOD_GET,  "/package.pdf",       FACE_OFFICE,               OFFICE_WATCH, 0,                            0,        page_package },
    { METHOD_GET,  "/cards",             FACE_OFFICE,               OFFICE_WATCH, 0,                            0,        page_cards },
    { METHOD_POST, "/cards",             FACE_OFFICE,               OFFICE_WATCH, ROUTE_CSRF,                   4096,     page_cards_post },
    { METHOD_GET,  "/forms",             FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_forms },
    { METHOD_POST, "/forms",             FACE_OFFICE,               OFFICE_HR,   ROUTE_CSRF | ROUTE_UPLOAD,     32 << 20, page_forms_post },
    { METHOD_GET,  "/forms/{}",          FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_form },
    { METHOD_GET,  "/forms/{}/frame",    FACE_OFFICE,               OFFICE_ALL,  0,                             0,        page_form_frame },
    { METHOD_GET,  "/forms/{}/interview", FACE_OFFICE,              OFFICE_ALL,  0,                             0,        page_form_interview },
    { METHOD_POST, "/forms/{}/interview", FACE_OFFICE,              OFFICE_ALL,  ROUTE_CSRF,                    512 << 10, page_form_interview_post },
    { METHOD_GET,  "/users",             FACE_OFFICE,               ROLE_ADMIN,  0,                             0,        page_users },
    { METHOD_POST, "/users",             FACE_OFFICE,               ROLE_ADMIN,  ROUTE_CSRF,                    8192,     page_users_post },
    { METHOD_GET,  "/audit",             FACE_OFFICE,               OFFICE_WATCH, 0,                            0,        page_audit },
};
/* clang-format on */
const size_t route_count = COUNT(routes);
