/* The whole report when memory runs out: the 1st, 2nd, 3rd … allocation of our own code fails. Each time the report is
 * refused with a sentence, nothing is written, nothing leaks, and no report comes out that lacks something. Failures
 * inside the libraries are left out: HarfBuzz goes on without a table of a font and tells nobody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "reports/figures.h"
#include "tests/release_fixture.h"

#if defined(__SANITIZE_ADDRESS__) || !defined(__GLIBC__)
#define COUNTED 0 /* sanitizers bring their own malloc */
#else
#define COUNTED 1
#endif

static struct {
    bool armed;
    size_t count, fails_at; /* allocations since arming; the one that fails, 0: none */
    long live;
} memory;

#if COUNTED
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *old);

extern char __executable_start[];
extern char etext[];

static bool refused(const void *caller)
{
    const uintptr_t at = (uintptr_t)caller;
    bool ours = at >= (uintptr_t)__executable_start && at < (uintptr_t)etext;
    return memory.armed && ours && ++memory.count == memory.fails_at;
}

void *malloc(size_t size)
{
    if (refused(__builtin_return_address(0)))
        return NULL;
    memory.live++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (refused(__builtin_return_address(0)))
        return NULL;
    memory.live++;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    if (refused(__builtin_return_address(0)))
        return NULL;
    memory.live += old == NULL ? 1 : 0;
    return __libc_realloc(old, size);
}

void free(void *old)
{
    memory.live -= old == NULL ? 0 : 1;
    __libc_free(old);
}
#endif

typedef enum status write_report(const struct doc *doc, struct buf *out, struct fail *fail);

static enum status write_pdf(const struct doc *doc, struct buf *out, struct fail *fail)
{
    return doc_write_pdf(doc, out, NULL, fail);
}

static enum status make_report(write_report *write, struct buf *out, struct fail *fail)
{
    struct arena arena;
    struct doc doc;
    arena_init(&arena, 256 << 20);
    doc_init(&doc, &arena, language_default);
    report_build(&world.release, NULL, &doc);
    enum status status = doc_status(&doc, fail);
    if (status == STATUS_OK)
        status = write(&doc, out, fail);
    arena_free(&arena);
    return status;
}

/* fails_at 0: nothing fails; write NULL: the pictures. Returns how many allocations there were. */
static size_t run(write_report *write, size_t fails_at, enum status *status, struct buf *out, struct fail *fail)
{
    memory.count = 0;
    memory.fails_at = fails_at;
    memory.armed = true;
    buf_init(out, 64 << 20);
    *status = write == NULL ? figures_write(&world.release, language_default, out, fail) : make_report(write, out, fail);
    memory.armed = false;
    return memory.count;
}

static struct format {
    const char *name;
    write_report *write; /* NULL: the pictures for slides, which take longer to draw */
    size_t first, later; /* how many of the allocations fail: of the first ones all, about so many of the others */
} formats[] = {
    { "pdf", write_pdf, 100, 250 },
    { "html", doc_write_page, 100, 250 },
    { "odt", doc_write_odt, 100, 250 },
    { "pictures", NULL, 20, 25 },
};

static void check_format(void **state)
{
    const struct format *format = *state;
    write_report *write = format->write;
    struct fail fail = { 0 };
    enum status status;
    struct buf whole;
    struct buf out;
    if (!COUNTED)
        return;
    make_release(FILL_SHOWN, WORD_HIGHER);
    size_t total = run(write, 0, &status, &whole, &fail); /* what libraries keep for good is kept now */
    assert_int_equal(status, STATUS_OK);
    assert_true(total > 50 && whole.length > 10000);
    size_t refusals = 0;
    size_t step = total / format->later + 1; /* all of the first ones, then every so many */
    for (size_t at = 1; at <= total; at += at < format->first ? 1 : step) {
        fail = (struct fail){ 0 };
        long before = memory.live;
        (void)run(write, at, &status, &out, &fail);
        bool same = out.length == whole.length && memcmp(out.bytes, whole.bytes, whole.length) == 0;
        bool empty = out.length == 0;
        buf_free(&out);
        long lost = memory.live - before;
        if (lost != 0) { /* what a library keeps once and for all is no leak */
            enum status again;
            (void)run(write, at, &again, &out, &(struct fail){ 0 });
            buf_free(&out);
            lost = memory.live - before - lost;
        }
        if (lost > 0)
            fail_msg("allocation %zu of %zu fails: %ld blocks are lost", at, total, lost);
        if (status == STATUS_OK && !same)
            fail_msg("allocation %zu of %zu fails: a report with faults", at, total);
        if (status == STATUS_OK)
            continue; /* something that could be done without */
        assert_true(empty);
        assert_true(fail.what[0] != '\0');
        refusals++;
    }
    print_message("%zu allocations, %zu refusals\n", total, refusals);
    assert_true(refusals > 20);
    buf_free(&whole);
    arena_free(&world.arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(formats)];
    for (size_t i = 0; i < COUNT(formats); i++)
        tests[i] = (struct CMUnitTest){ formats[i].name, check_format, NULL, NULL, &formats[i] };
    return cmocka_run_group_tests_name("memory runs out", tests, NULL, NULL);
}
