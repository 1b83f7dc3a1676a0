/* Every address the program answers: one row each. Rules are in tests/test_survey_route.c. */
#include "survey/collect.h"
#include "survey/issue.h"
#include "survey/page_survey.h"

/* clang-format off */
const struct route routes[] = {
    /* method       path                  faces                      roles        flags                          body_max  handler */
    { METHOD_GET,  "/w/{}/manifest",     FACE_ISSUE | FACE_COLLECT, ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   0,        protocol_manifest },
    { METHOD_GET,  "/w/{}/leaves.txt",   FACE_ISSUE | FACE_COLLECT, ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   0,        protocol_leaves },
    { METHOD_POST, "/w/{}/draw",         FACE_ISSUE,                ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   4096,     issue_draw },
    { METHOD_POST, "/w/{}/submit",       FACE_COLLECT,              ROLE_PUBLIC, ROUTE_JSON | ROUTE_UNLOCKED,   96 * 1024, collect_submit },
    { METHOD_GET,  "/",                  FACE_ISSUE,                ROLE_PUBLIC, ROUTE_UNLOCKED,                0,        page_waves },
    { METHOD_GET,  "/w/{}/",             FACE_ISSUE,                ROLE_PUBLIC, ROUTE_UNLOCKED,                0,        page_survey },
    { METHOD_GET,  "/w/{}/receipt",      FACE_ISSUE | FACE_COLLECT, ROLE_PUBLIC, ROUTE_UNLOCKED,                0,        page_receipt },
    { METHOD_GET,  "/assets/{}",         FACE_ISSUE | FACE_COLLECT | FACE_OFFICE, ROLE_PUBLIC, ROUTE_UNLOCKED,  0,        page_asset },
};
/* clang-format on */
const size_t route_count = COUNT(routes);
