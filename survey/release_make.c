/* The solver ends its process on an internal error, and the tables before protection belong in as few processes as possible. So a
 * child protects, and hands the finished document over a pipe; only the parent writes to the database. Between fork and _exit
 * the child touches memory, its pipe and nothing else: no database, no lock another thread of a server may hold. */
#include "survey/release_make.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "analysis/disclose.h"
#include "base/env.h"
#include "survey/basis_json.h"
#include "survey/policy.h"
#include "survey/publication.h"
#include "survey/release_json.h"
#include "survey/wave_tables.h"

enum { MAKE_MEMORY = 1 << 30, DOCUMENT_MAX = 256 << 20, CHILD_SECONDS = 900, KNOWN_MAX = 40000 };

/* What the child says first, as fixed bytes: both processes are the same program. */
struct head {
    enum status status;
    size_t document, basis; /* bytes that follow; after a failure the sentence is the document */
    char fingerprint[65];
};

struct piece {
    struct head head;
    struct buf bytes;
};

/* What is protected, and beside what. */
struct work {
    struct arena *arena;
    struct inputs inputs;
    struct policy policy;
    struct basis known; /* of the releases of other waves */
};

/* Document and basis, each with a NUL behind it. */
static void protect(const struct work *work, struct piece *piece, struct fail *fail)
{
    const struct release *release = NULL;
    struct basis basis = { 0 };
    enum status status =
        release_build_beside(work->arena, &work->inputs, &work->policy, &work->known, &release, &basis, fail);
    if (status == STATUS_OK)
        status = release_json_write(release, &piece->bytes, fail);
    buf_add_byte(&piece->bytes, '\0');
    piece->head.document = piece->bytes.length;
    if (status == STATUS_OK)
        status = basis_json_write(&basis, &piece->bytes, fail);
    if (status == STATUS_OK) {
        memcpy(piece->head.fingerprint, release->fingerprint, sizeof piece->head.fingerprint);
        buf_add_byte(&piece->bytes, '\0');
        piece->head.basis = piece->bytes.length - piece->head.document;
        status = buf_status(&piece->bytes, "the release", fail);
    }
    if (status != STATUS_OK) {
        buf_clear(&piece->bytes);
        buf_add_string(&piece->bytes, fail->what);
        piece->head.document = piece->bytes.length;
    }
    piece->head.status = status;
}

static bool write_all(int file, const void *bytes, size_t length)
{
    for (const char *at = bytes; length > 0;) {
        ssize_t done = write(file, at, length);
        if (done < 0 && errno != EINTR)
            return false;
        at += done > 0 ? done : 0;
        length -= done > 0 ? (size_t)done : 0;
    }
    return true;
}

/* Never returns. */
static void be_child(const struct work *work, const struct language *language, int file)
{
    struct fail fail = { .language = language };
    struct piece piece = { 0 };
    const struct rlimit time = { CHILD_SECONDS, CHILD_SECONDS };
    if (file != STDIN_FILENO && dup2(file, STDIN_FILENO) == STDIN_FILENO)
        file = STDIN_FILENO; /* whatever number the pipe had: everything above standard error is closed */
    for (int other = STDERR_FILENO + 1; other < (int)sysconf(_SC_OPEN_MAX) && other < 65536; other++)
        close(other);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setrlimit(RLIMIT_CPU, &time);
    buf_init(&piece.bytes, DOCUMENT_MAX);
    protect(work, &piece, &fail);
    bool told = write_all(file, &piece.head, sizeof piece.head) && write_all(file, piece.bytes.bytes, piece.bytes.length);
    _exit(told ? 0 : 1);
}

/* Everything the child says until it closes the pipe, or until its time is over. */
static bool hear(int file, struct buf *out)
{
    char bytes[65536];
    struct pollfd wait = { .fd = file, .events = POLLIN };
    for (;;) {
        int ready = poll(&wait, 1, (CHILD_SECONDS + 60) * 1000);
        if (ready < 0 && errno == EINTR)
            continue;
        ssize_t got = ready > 0 ? read(file, bytes, sizeof bytes) : -1;
        if (got < 0 && ready > 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        buf_add(out, bytes, (size_t)got);
        if (out->failed)
            return false;
    }
}

static enum status protect_apart(const struct work *work, struct head *head, struct buf *heard, struct fail *fail)
{
    int pipes[2];
    int ended = 0;
    if (pipe(pipes) != 0)
        return fail_errno(fail, "pipe", "");
    pid_t child = fork();
    if (child < 0) {
        close(pipes[0]);
        close(pipes[1]);
        return fail_errno(fail, "fork", "");
    }
    if (child == 0)
        be_child(work, fail == NULL ? NULL : fail->language, pipes[1]);
    close(pipes[1]);
    const bool whole = hear(pipes[0], heard);
    close(pipes[0]);
    if (!whole)
        kill(child, SIGKILL);
    while (waitpid(child, &ended, 0) < 0 && errno == EINTR)
        continue;
    if (whole && heard->length >= sizeof *head)
        memcpy(head, heard->bytes, sizeof *head);
    if (!whole || heard->length < sizeof *head || heard->length != sizeof *head + head->document + head->basis)
        return FAIL(fail, STATUS_CONFLICT, "the process that protects the tables ended too early; nothing is released. Try "
                                           "again; if it happens again, tell the makers of this program");
    if (head->status != STATUS_OK)
        return FAIL(fail, head->status, "%s", heard->bytes + sizeof *head);
    return STATUS_OK;
}

static enum status read_known(struct store *reader, struct arena *arena, const char *wave, struct basis *known,
                              struct fail *fail)
{
    const char **bases = NULL;
    size_t base_count = 0;
    struct raw_table **tables = ARENA_NEW(arena, struct raw_table *, KNOWN_MAX);
    if (tables == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the release");
    enum status status = store_release_others(reader, arena, wave, &bases, &base_count, fail);
    for (size_t i = 0; i < base_count && status == STATUS_OK; i++)
        status = basis_json_read(arena, bases[i], tables, KNOWN_MAX, &known->count, fail);
    known->tables = tables;
    return status;
}

/* Figures, thresholds, list of tables and the releases of other waves. tables: another list than the wave's own; NULL for that. */
static enum status prepare(struct store *reader, const char *dir, const char *wave, const struct wave_tables *tables,
                           struct work *work, struct fail *fail)
{
    struct wave_tables own = { .fixed = false };
    struct plan *plan = ARENA_NEW(work->arena, struct plan, 1);
    enum status status = plan == NULL ? FAIL(fail, STATUS_MEMORY, "not enough memory for the release") : STATUS_OK;
    if (status == STATUS_OK)
        status = store_inputs(reader, work->arena, wave, &work->inputs, fail);
    if (status == STATUS_OK)
        status = read_known(reader, work->arena, wave, &work->known, fail);
    if (status == STATUS_OK)
        status = policy_read(reader, &work->policy, fail);
    if (status == STATUS_OK && tables == NULL) {
        status = wave_tables(work->arena, dir, wave, &own, fail);
        tables = &own;
    }
    if (status != STATUS_OK || !tables->fixed)
        return status;
    *plan = tables->plan;
    work->policy.plan = plan;
    policy_at_least(&work->policy, &tables->least); /* whatever happened to the settings since it was promised */
    return STATUS_OK;
}

enum status release_try(struct store *reader, struct arena *arena, const char *dir, const char *wave,
                        const struct wave_tables *tables, const struct release **release, struct fail *fail)
{
    struct work work = { .arena = arena };
    struct head head = { .status = STATUS_OK };
    const struct form *form = NULL;
    struct buf heard;
    buf_init(&heard, DOCUMENT_MAX);
    enum status status = prepare(reader, dir, wave, tables, &work, fail);
    if (status == STATUS_OK)
        status = protect_apart(&work, &head, &heard, fail);
    if (status == STATUS_OK)
        status = wave_form(arena, dir, wave, &form, fail);
    if (status == STATUS_OK)
        status = release_json_read(arena, heard.bytes + sizeof head, form, release, fail);
    buf_free(&heard);
    return status;
}

enum status release_make(struct store *reader, const char *dir, const char *wave, int64_t after, const char *user,
                         struct fail *fail)
{
    struct arena arena;
    struct work work = { .arena = &arena };
    char thresholds[POLICY_TEXT] = "";
    struct stored_release made = { .policy = thresholds };
    struct head head = { .status = STATUS_OK };
    struct buf heard;
    struct store *store = NULL;
    arena_init(&arena, MAKE_MEMORY);
    buf_init(&heard, DOCUMENT_MAX);
    enum status status = store_release_data(reader, wave, made.data, fail);
    if (status == STATUS_OK)
        status = prepare(reader, dir, wave, NULL, &work, fail);
    if (status == STATUS_OK)
        policy_print(&work.policy, thresholds);
    if (status == STATUS_OK)
        status = protect_apart(&work, &head, &heard, fail);
    if (status == STATUS_OK) {
        made.seed = work.inputs.seed;
        made.document = heard.bytes + sizeof head;
        made.basis = made.document + head.document;
        memcpy(made.fingerprint, head.fingerprint, sizeof made.fingerprint);
        status = store_open(dir, STORE_WRITE, &store, fail);
    }
    if (status == STATUS_OK)
        status = store_release_add(store, wave, &made, after, user, fail);
    store_close(store);
    buf_free(&heard);
    arena_free(&arena);
    return status;
}

static bool reached(const char *day, const char *today)
{
    return day[0] != '\0' && strcmp(day, today) <= 0;
}

/* Invented people may be protected as often as one likes. */
static bool invented(struct store *reader)
{
    char demo[8] = "";
    return store_fact(reader, "demo", demo, sizeof demo, NULL) == STATUS_OK && strcmp(demo, "1") == 0;
}

static enum status check_given_out(struct store *reader, const char *wave, struct fail *fail)
{
    char today[11];
    struct publication publication;
    enum status status = publication_read(reader, wave, &publication, fail);
    env_local_day(env_system.now(env_system.state), today);
    if (status == STATUS_OK && !invented(reader) &&
        (reached(publication.staff, today) || reached(publication.council, today)))
        return FAIL(fail, STATUS_CONFLICT, "the figures of %s were given out on %s: they stay as they are. From the difference of "
                                           "two versions one could read who came late", wave,
                    reached(publication.staff, today) ? publication.staff : publication.council);
    return status;
}

/* What was given out stays: late data are counted nowhere, because the difference of two versions would show those who were
 * late. */
static enum status check_open(struct store *reader, struct arena *arena, const char *wave,
                              const struct stored_release *old, struct fail *fail)
{
    struct remarks remarks;
    char data[65];
    enum status status = store_remarks(reader, arena, wave, &remarks, fail);
    if (status == STATUS_OK && remarks.frozen[0] != '\0')
        return FAIL(fail, STATUS_CONFLICT,
                    "the report on %s is finished since %s: its figures have been given out and stay as they are. From the "
                    "difference of two versions one could read who came late", wave, remarks.frozen);
    if (status == STATUS_OK)
        status = check_given_out(reader, wave, fail);
    if (status == STATUS_OK)
        status = store_release_data(reader, wave, data, fail);
    if (status == STATUS_OK && strcmp(data, old->data) == 0)
        return FAIL(fail, STATUS_CONFLICT, "nothing has been delivered or counted since the figures of %s were protected", wave);
    return status;
}

enum status release_renew(const char *dir, const char *wave, const char *user, struct fail *fail)
{
    struct arena arena;
    struct store *reader = NULL;
    struct stored_release old = { 0 };
    arena_init(&arena, MAKE_MEMORY);
    enum status status = store_open(dir, STORE_ANALYSE, &reader, fail);
    if (status == STATUS_OK)
        status = store_release(reader, &arena, wave, &old, NULL);
    if (status == STATUS_OK)
        status = check_open(reader, &arena, wave, &old, fail);
    if (status == STATUS_OK || status == STATUS_MISSING)
        status = release_make(reader, dir, wave, old.version, user, fail);
    store_close(reader);
    arena_free(&arena);
    return status;
}
