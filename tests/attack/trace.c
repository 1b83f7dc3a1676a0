/* LAH-0 c: the system calls of the collector while it takes ballots. It may write slots at their places, sync, and
 * set the file's time back; nothing else reaches a file. LAH-0 d: its sources name no clock and no numbering. */
#include "attack.h"

#include <dirent.h>
#include <fnmatch.h>
#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "survey/slotbox.h"

enum { PEOPLE = 12, TRACE_MAX = 64 << 20, SECTOR = 512, RECORD_HEAD = 32 + 40 + 32 + 32 + RSA_BYTES };

struct seen {
    unsigned long slots, syncs, times, opens, other;
    size_t room;
    unsigned shown;
};

static void wrong(struct seen *seen, const char *line, size_t length)
{
    seen->other++;
    if (seen->shown++ < 8)
        report_line("        %.*s", (int)(length > 150 ? 150 : length), line);
}

static bool has(const char *line, size_t length, const char *word)
{
    return memmem(line, length, word, strlen(word)) != NULL;
}

/* pwrite64(5</…/ballots.box>, ""..., 512, 4096): the first sector of a slot, the rest of it, or the whole. */
static bool slot_write(struct seen *seen, const char *line, size_t length)
{
    char copy[1024];
    unsigned long size = 0;
    unsigned long at = 0;
    snprintf(copy, sizeof copy, "%.*s", (int)length, line);
    const char *rest = strstr(copy, "...,");
    if (rest == NULL || !has(line, length, "ballots.box>") || sscanf(rest, "..., %lu, %lu", &size, &at) != 2 ||
        at < BOX_HEADER)
        return false;
    size_t within = (at - BOX_HEADER) % seen->room;
    seen->slots += within == 0;
    return (within == 0 && (size == SECTOR || size == seen->room)) || (within == SECTOR && size == seen->room - SECTOR);
}

static void judge(struct seen *seen, const char *line, size_t length)
{
    size_t skip = strspn(line, "0123456789 ");
    const char *call = line + skip;
    size_t rest = length > skip ? length - skip : 0;
    if (rest < 4 || *call == '<' || *call == '+' || *call == '-') /* resumed, exits, signals */
        return;
    bool socket = has(call, rest, "<socket:") || has(call, rest, "<TCP") || has(call, rest, "<UNIX") ||
                  has(call, rest, "<anon_inode:[event");
    if (strncmp(call, "pwrite64(", 9) == 0 && slot_write(seen, call, rest))
        return;
    else if (strncmp(call, "fdatasync(", 10) == 0 && has(call, rest, "ballots.box>"))
        seen->syncs++;
    else if (strncmp(call, "utimensat(", 10) == 0 && has(call, rest, "ballots.box>"))
        seen->times++;
    else if (strncmp(call, "open", 4) == 0 && !has(call, rest, "O_APPEND") && !has(call, rest, "O_CREAT") &&
             !has(call, rest, "O_WRONLY") && !has(call, rest, "O_RDWR"))
        seen->opens++;
    else if ((strncmp(call, "write(", 6) == 0 || strncmp(call, "writev(", 7) == 0) && socket)
        return;
    else
        wrong(seen, call, rest);
}

static size_t lines_from(const char *path, size_t from, struct seen *seen)
{
    struct buf text;
    buf_init(&text, TRACE_MAX);
    if (buf_read_file(&text, path, NULL) != STATUS_OK)
        die("%s cannot be read: is strace installed and allowed here?", path);
    for (const char *line = text.bytes + from; seen != NULL && line < text.bytes + text.length;) {
        size_t length = strcspn(line, "\n");
        judge(seen, line, length);
        line += length + 1;
    }
    size_t length = text.length;
    buf_free(&text);
    return length;
}

/* A judge that calls nothing wrong would prove nothing. */
static unsigned judge_check(void)
{
    static const char *const faults[] = {
        "1 write(3</w/log>, \"\"..., 4) = 4",
        "1 openat(AT_FDCWD</>, \"x\", O_WRONLY|O_APPEND) = 3</w/x>",
        "1 pwrite64(5</w/ballots.box>, \"\"..., 9216, 4097) = 9216",
        "1 pwrite64(5</w/ballots.box>, \"\"..., 100, 4096 <unfinished ...>",
        "1 pwrite64(5</w/ballots.box>, \"\"..., 4096, 0) = 4096",
        "1 pwrite64(6</w/other>, \"\"..., 9216, 4096) = 9216",
        "1 rename(\"a\", \"b\") = 0",
    };
    struct seen seen = { .room = 9216, .shown = 1000 };
    for (size_t i = 0; i < COUNT(faults); i++)
        judge(&seen, faults[i], strlen(faults[i]));
    judge(&seen, "1 pwrite64(5</w/ballots.box>, \"\"..., 8704, 4608) = 8704", 56);
    judge(&seen, "1 pwrite64(5</w/ballots.box>, \"\"..., 512, 13312) = 512", 54);
    return report_check(seen.other == COUNT(faults), "%lu of %zu made-up faults are seen", seen.other,
                        COUNT(faults));
}

static unsigned trace(const struct options *options)
{
    char parent[PATH_ROOM];
    char log[PATH_ROOM + 16];
    struct place place;
    static struct person people[PEOPLE];
    place_make(&place, options, world_folder(options->disk, parent), PEOPLE);
    snprintf(log, sizeof log, "%s/trace", parent);
    /* -D: the collector itself is our child. mmap is not listed: the box is never mapped, and libraries load before. */
    const char *const wrap[] = { "strace", "-D", "-f", "-qq", "-y", "-s", "0", "-o", log, "-e",
                                 "trace=open,openat,openat2,creat,write,writev,pwrite64,pwritev,pwritev2,sendfile,splice,"
                                 "copy_file_range,fsync,fdatasync,sync,syncfs,sync_file_range,msync,utimensat,truncate,"
                                 "ftruncate,fallocate,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,"
                                 "unlinkat,mkdir,mkdirat,rmdir,mknod,mknodat,setxattr,fsetxattr,chmod,fchmod,fchmodat", NULL };
    struct server issuer = { .binary = options->binary, .role = "issue", .dir = place.dir, .port = options->port };
    struct server collector = { .binary = options->binary, .role = "collect", .dir = place.dir, .wrap = wrap,
                                .port = options->port == 0 ? 0 : options->port + 1 };
    struct seen seen = { .room = (RECORD_HEAD + HPKE_PUBLIC + place.manifest.slot + HPKE_TAG + 511) / 512 * 512 };
    server_run(&issuer);
    server_run(&collector);
    sleep_ms(300);
    size_t from = lines_from(log, 0, NULL);
    for (unsigned i = 0; i < PEOPLE; i++) {
        person_prepare(&place, &people[i], place.codes[i], options->seed * 991 + i);
        if (!person_draw(&place, &issuer, &people[i]) || !person_submit(&place, &collector, &people[i]) ||
            (i % 3 == 0 && !person_submit(&place, &collector, &people[i]))) /* a repetition writes nothing */
            die("the server gave no answer");
        if (i % 3 == 1) {
            person_make_change(&place, &people[i], i % 2 == 0);
            if (!person_change(&place, &collector, &people[i]))
                die("the server gave no answer");
        }
    }
    sleep_ms(200);
    (void)lines_from(log, from, &seen);
    unsigned failed = report_check(seen.slots == PEOPLE + 2 * (PEOPLE / 3) && seen.syncs >= PEOPLE + PEOPLE / 3,
                                   "%d ballots, %d repetitions, %d changes: %lu slots written, %lu syncs, %lu resets of the time",
                                   (int)PEOPLE, (int)PEOPLE / 3, (int)PEOPLE / 3, seen.slots, seen.syncs, seen.times);
    failed += report_check(seen.other == 0, "%lu other calls touch a file (%lu files were opened for reading)", seen.other,
                           seen.opens);
    server_end(&collector, SIGTERM);
    server_end(&issuer, SIGTERM);
    sleep_ms(200); /* strace writes its last lines */
    for (unsigned i = 0; i < PEOPLE; i++)
        person_free(&people[i]);
    place_free(&place);
    world_remove(parent);
    return failed;
}

/* --- the sources --- */

static unsigned gate_file(const char *path, const char *name, bool *draws)
{
    static const char forbidden[] =
        "(^|[^a-z_])(time|clock|times|gettimeofday|clock_gettime|gmtime|localtime|ftime|rand|rand_r|random|drand48|"
        "syslog|getpeername|printf|fprintf|puts|fputs)(_r)? *\\(|rowid|AUTOINCREMENT|O_APPEND|seeded_|CLOCK_|sockaddr|"
        "RAND_pseudo";
    regex_t pattern;
    struct buf text;
    unsigned failed = 0;
    if (regcomp(&pattern, forbidden, REG_EXTENDED | REG_NEWLINE | REG_ICASE) != 0)
        die("the pattern of the gate does not compile");
    buf_init(&text, 1 << 20);
    if (buf_read_file(&text, path, NULL) != STATUS_OK)
        die("%s cannot be read", path);
    regmatch_t match;
    if (regexec(&pattern, text.bytes, 1, &match, 0) == 0)
        failed += report_check(false, "%s says \"%.*s\"", name, (int)(match.rm_eo - match.rm_so), text.bytes + match.rm_so);
    *draws = *draws || strstr(text.bytes, "RAND_priv_bytes") != NULL;
    regfree(&pattern);
    buf_free(&text);
    return failed;
}

static unsigned gate(void)
{
    static const char *const patterns[] = { "collect*.c", "slotbox*.c" };
    unsigned files = 0;
    unsigned failed = 0;
    bool draws = false;
    DIR *folder = opendir(SOURCE_DIR "/survey");
    if (folder == NULL)
        die("%s cannot be read", SOURCE_DIR "/survey");
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        for (size_t i = 0; i < COUNT(patterns); i++)
            if (fnmatch(patterns[i], entry->d_name, 0) == 0) {
                char path[PATH_ROOM];
                snprintf(path, sizeof path, "%s/survey/%s", SOURCE_DIR, entry->d_name);
                failed += gate_file(path, entry->d_name, &draws);
                files++;
            }
    closedir(folder);
    failed += report_check(failed == 0 && files >= 4, "%u sources of the collector name no clock, no sender, no numbering",
                           files);
    return failed + report_check(draws, "the slot is drawn with RAND_priv_bytes");
}

unsigned part_trace(const struct options *options)
{
    report_part("trace", "system calls and sources of the collector (LAH-0 c, d)");
    return judge_check() + trace(options) + gate();
}
