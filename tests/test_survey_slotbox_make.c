/* Making a ballot box: on which file systems, how it looks, what an interruption and a full disk leave behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "survey/slotbox_file.h"

enum { SEALED = 700, SLOTS = 400, ALL_SLOTS = SLOTS + BOX_RESERVE };

struct place {
    char dir[48], path[64], made[72];
    unsigned char fingerprint[32];
};

static int begin(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    snprintf(place->dir, sizeof place->dir, "/tmp/querschnitt-make-XXXXXX");
    assert_non_null(mkdtemp(place->dir));
    snprintf(place->path, sizeof place->path, "%s/ballots.box", place->dir);
    snprintf(place->made, sizeof place->made, "%s.new", place->path);
    *state = place;
    return 0;
}

static int end(void **state)
{
    struct place *place = *state;
    (void)unlink(place->path);
    int left = rmdir(place->dir); /* nothing else lies there */
    free(place);
    return left;
}

static void check_file_systems(void **state)
{
    (void)state;
    assert_null(box_file_system_refused(0xef53, false)); /* ext4 */
    assert_null(box_file_system_refused(0x58465342, false)); /* XFS */
    assert_null(box_file_system_refused(0x01021994, false)); /* tmpfs */
    assert_string_equal(box_file_system_refused(0x9123683e, false), "btrfs");
    assert_string_equal(box_file_system_refused((int32_t)0x9123683e, false), "btrfs"); /* a 32-bit f_type */
    assert_null(box_file_system_refused(0x9123683e, true)); /* written after chattr +C */
    assert_string_equal(box_file_system_refused(0x2fc12fc1, true), "ZFS");
    assert_string_equal(box_file_system_refused((long)0xca451a4e, true), "bcachefs");
}

/* What an interrupted attempt left does not stand in the way, and is no box until it is complete. */
static void check_interrupted(void **state)
{
    struct place *place = *state;
    struct slotbox *box = NULL;
    int file = open(place->made, O_WRONLY | O_CREAT, 0600);
    assert_int_equal(write(file, "half", 4), 4);
    close(file);
    assert_int_equal(slotbox_open(place->path, place->fingerprint, &box, NULL), STATUS_MISSING);
    assert_int_equal(slotbox_create(place->path, SLOTS, SEALED, place->fingerprint, 0, NULL), STATUS_OK);
    assert_int_equal(slotbox_open(place->path, place->fingerprint, &box, NULL), STATUS_OK);
    assert_int_equal(slotbox_count(box), 0);
    slotbox_close(box);
}

/* More than any disk has: said before anything is written. */
static void check_room(void **state)
{
    struct place *place = *state;
    struct fail fail = { 0 };
    assert_int_equal(slotbox_create(place->path, (1u << 24) - BOX_RESERVE, 1u << 20, place->fingerprint, 0, &fail),
                     STATUS_LIMIT);
    assert_non_null(strstr(fail.what, "make room"));
}

/* Every slot was written, and neither a free slot nor a record looks like anything: each byte value is as frequent as the
 * others. 255 degrees of freedom; above 400 once in a hundred million runs. */
static void check_noise(void **state)
{
    struct place *place = *state;
    struct slotbox *box = NULL;
    struct stat info;
    unsigned char zeros[448 + SEALED] = { 0 };
    enum box_result result = BOX_FULL;
    unsigned seen[256] = { 0 };
    double chi = 0;
    assert_int_equal(slotbox_create(place->path, SLOTS, SEALED, place->fingerprint, 0, NULL), STATUS_OK);
    assert_int_equal(slotbox_open(place->path, place->fingerprint, &box, NULL), STATUS_OK);
    for (unsigned i = 0; i < SLOTS; i++) { /* ballots that are all zeros but for a number */
        zeros[0] = (unsigned char)i;
        zeros[1] = (unsigned char)(i >> 8);
        const struct ballot ballot = { zeros, zeros + 32, zeros + 64, zeros + 448, SEALED, 1 };
        assert_int_equal(slotbox_put(box, &ballot, &result, NULL), STATUS_OK);
    }
    slotbox_close(box);
    assert_int_equal(stat(place->path, &info), 0);
    size_t length = (size_t)ALL_SLOTS * box_room(SEALED);
    assert_int_equal(info.st_size, BOX_HEADER + length);
    assert_true(info.st_blocks * 512 >= info.st_size); /* not sparse */
    unsigned char *bytes = malloc(length);
    int file = open(place->path, O_RDONLY);
    assert_true(bytes != NULL && file >= 0 && box_read(file, bytes, length, BOX_HEADER));
    close(file);
    for (size_t i = 0; i < length; i++)
        seen[bytes[i]]++;
    for (size_t i = 0; i < 256; i++) {
        double expected = (double)length / 256;
        chi += (seen[i] - expected) * (seen[i] - expected) / expected;
    }
    assert_true(chi < 400);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_file_systems),
        cmocka_unit_test_setup_teardown(check_interrupted, begin, end),
        cmocka_unit_test_setup_teardown(check_room, begin, end),
        cmocka_unit_test_setup_teardown(check_noise, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
