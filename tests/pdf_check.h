/* What the tests of PDF files share: the tools that judge them, and their text. */
#ifndef TESTS_PDF_CHECK_H
#define TESTS_PDF_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "base/buf.h"

/* Writes the file into the build folder, where a person (or veraPDF, through .ci/verapdf.sh) can look at it. */
static inline void pdf_keep(const struct buf *bytes, const char *path)
{
    struct fail fail = { 0 };
    if (buf_write_file(bytes, path, 0644, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
}

/* qpdf, where it is installed. */
static inline void pdf_sound(const char *path)
{
    char command[1200];
    snprintf(command, sizeof command, "qpdf --version >/dev/null 2>&1 || exit 0; qpdf --check '%s' >/dev/null 2>&1",
             path);
    assert_int_equal(system(command), 0);
}

/* The same and the second checker of PDF/UA, which takes longer. */
static inline void pdf_check(const char *path)
{
    char command[1200];
    const char *checker = SOURCE_DIR "/../shared/tools/check_pdfua.py";
    pdf_sound(path);
    if (access(checker, R_OK) != 0 || system("/usr/bin/python3 -c 'import pikepdf' >/dev/null 2>&1") != 0)
        return;
    snprintf(command, sizeof command, "/usr/bin/python3 '%s' --pdfa 2a '%s' >/dev/null 2>&1", checker, path);
    assert_int_equal(system(command), 0);
}

/* Text in the order of the content, which is the reading order here; caller frees out. */
static inline void pdf_text(const char *path, struct buf *out)
{
    char command[1200];
    char text[500];
    struct fail fail = { 0 };
    snprintf(text, sizeof text, "%s.txt", path);
    snprintf(command, sizeof command, "pdftotext -raw -enc UTF-8 -nopgbrk '%s' '%s'", path, text);
    assert_int_equal(system(command), 0);
    buf_init(out, 16 << 20);
    if (buf_read_file(out, text, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
}

/* Compares with a file of tests/data; QUERSCHNITT_GOLDEN=write writes it anew. */
static inline void pdf_golden(const struct buf *text, const char *golden)
{
    struct fail fail = { 0 };
    struct buf wanted;
    const char *mode = getenv("QUERSCHNITT_GOLDEN");
    if (mode != NULL && strcmp(mode, "write") == 0)
        assert_int_equal(buf_write_file(text, golden, 0644, &fail), STATUS_OK);
    buf_init(&wanted, 16 << 20);
    if (buf_read_file(&wanted, golden, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    if (strcmp(text->bytes, wanted.bytes) != 0)
        print_error("%s is not what is said now; if that is meant, run with QUERSCHNITT_GOLDEN=write and read the "
                    "difference\n", golden);
    assert_string_equal(text->bytes, wanted.bytes);
    buf_free(&wanted);
}

/* Without white space: where lines break is the layout's business. */
static inline void pdf_squeeze(struct buf *text)
{
    size_t length = 0;
    for (size_t i = 0; i < text->length; i++)
        if (strchr(" \t\r\n\f", text->bytes[i]) == NULL)
            text->bytes[length++] = text->bytes[i];
    text->length = length;
    text->bytes[length] = '\0';
}

/* Runs a command and keeps what it prints. */
static inline void pdf_output(const char *command, struct buf *out)
{
    char block[4096];
    buf_init(out, 16 << 20);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    for (size_t length = fread(block, 1, sizeof block, pipe); length > 0; length = fread(block, 1, sizeof block, pipe))
        buf_add(out, block, length);
    assert_int_equal(pclose(pipe), 0);
}

static inline bool pdf_contains(const struct buf *bytes, const char *text)
{
    const size_t length = strlen(text);
    for (size_t i = 0; i + length <= bytes->length; i++)
        if (memcmp(bytes->bytes + i, text, length) == 0)
            return true;
    return false;
}

/* Appends what the bundles of objects hold to the file's bytes, so that a test can look for entries of dictionaries. */
static inline void pdf_unpack(struct buf *bytes)
{
    const size_t end = bytes->length;
    uLong room = 4 << 20;
    Bytef *text = malloc(room);
    assert_non_null(text);
    for (size_t i = 0; i + 12 < end; i++) {
        size_t number;
        if (memcmp(bytes->bytes + i, "/Type/ObjStm", 12) != 0)
            continue;
        const char *stream = strstr(bytes->bytes + i, "\nstream\n");
        const char *length = strstr(bytes->bytes + i, "/Length ");
        assert_true(stream != NULL && length != NULL && length < stream && sscanf(length, "/Length %zu", &number) == 1);
        uLongf got = room;
        assert_int_equal(uncompress(text, &got, (const Bytef *)stream + 8, (uLong)number), Z_OK);
        buf_add(bytes, text, got);
    }
    free(text);
}

#endif
