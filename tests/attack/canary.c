/* LAH-0 b: people whose every secret is unique take part; then data, logs and the memory of both idle servers are searched
 * for these secrets in every guise. What may be found where is a table. */
#include "attack.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "scanner.h"

enum { PEOPLE = 24, BLOCK = 4 << 20, SEEN_MAX = 64 };

enum kind {
    KIND_CODE, KIND_BLINDED, KIND_BLIND_SIGNATURE, KIND_SEED, KIND_EDIT_KEY, KIND_R, KIND_SALT, KIND_SERIAL, KIND_PREFIX,
    KIND_SIGNATURE, KIND_SEALED, KIND_REPLACED, KIND_ANSWERS, KIND_KNOWN, KIND_ADDRESS, KIND_AGENT, KIND_TIME, KIND_TIME_SHORT, KIND_COUNT
};
static const char *const kind_names[KIND_COUNT] = {
    "code", "blinded message", "blind signature", "seed", "edit key", "blinding factor", "salt", "serial", "prefix",
    "signature", "sealed answers", "replaced answers", "answers", "key of the wave", "address", "User-Agent", "time", "time (4 bytes)"
};

#define BIT(kind) (1u << (kind))
/* Places, and what may lie there: the ballot in its box, uncovered; as it lies on the disk, it is noise. The key of the wave
 * is public: it shows that the search works. Four bytes that equal a time are found in 1 MB of random bytes by chance. */
enum place_kind { PLACE_FILE, PLACE_BOX, PLACE_BOX_UNCOVERED, PLACE_ISSUER, PLACE_COLLECTOR, PLACE_COUNT };
static const unsigned allowed[PLACE_COUNT] = {
    [PLACE_FILE] = BIT(KIND_KNOWN),
    [PLACE_BOX] = BIT(KIND_TIME_SHORT),
    [PLACE_BOX_UNCOVERED] = BIT(KIND_SERIAL) | BIT(KIND_PREFIX) | BIT(KIND_SIGNATURE) | BIT(KIND_SEALED) |
                            BIT(KIND_TIME_SHORT),
    [PLACE_ISSUER] = BIT(KIND_TIME_SHORT) | BIT(KIND_KNOWN),
    [PLACE_COLLECTOR] = BIT(KIND_TIME_SHORT) | BIT(KIND_KNOWN),
};

struct search {
    const struct scanner *scanner;
    enum place_kind place;
    const char *where;
    size_t base;
    unsigned long found[KIND_COUNT], permitted[KIND_COUNT];
    struct { const struct needle *needle; size_t offset; char where[96]; } first[SEEN_MAX];
    size_t first_count;
};

static void hit(void *context, const struct needle *needle, size_t offset)
{
    struct search *search = context;
    if (allowed[search->place] & BIT(needle->kind)) {
        search->permitted[needle->kind]++;
        return;
    }
    if (search->found[needle->kind]++ < 4 && search->first_count < SEEN_MAX) {
        search->first[search->first_count].needle = needle;
        search->first[search->first_count].offset = search->base + offset;
        snprintf(search->first[search->first_count++].where, 96, "%s", search->where);
    }
}

/* --- the needles --- */

static void add_times(struct scanner *scanner, int64_t second)
{
    unsigned char wide[8];
    unsigned char big[8];
    char text[32];
    time_t moment = (time_t)second;
    struct tm parts;
    for (size_t i = 0; i < 8; i++) {
        wide[i] = (unsigned char)((uint64_t)second >> (8 * i));
        big[7 - i] = wide[i];
    }
    scanner_add(scanner, KIND_TIME, 0, "u64 LE", wide, 8);
    scanner_add(scanner, KIND_TIME, 0, "u64 BE", big, 8);
    snprintf(text, sizeof text, "%lld", (long long)second);
    scanner_add(scanner, KIND_TIME, 0, "decimal", text, strlen(text));
    gmtime_r(&moment, &parts);
    (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    scanner_add(scanner, KIND_TIME, 0, "ISO 8601", text, 19);
    text[10] = ' ';
    scanner_add(scanner, KIND_TIME, 0, "ISO 8601 with blank", text, 19);
    (void)strftime(text, sizeof text, "%d/%b/%Y:%H:%M:%S", &parts);
    scanner_add(scanner, KIND_TIME, 0, "log of a web server", text, strlen(text));
    (void)strftime(text, sizeof text, "%d.%m.%Y %H:%M:%S", &parts);
    scanner_add(scanner, KIND_TIME, 0, "German", text, strlen(text));
}

static void add_person(struct scanner *scanner, const struct person *person, unsigned i)
{
    char compact[32];
    char text[40];
    size_t length = 0;
    scanner_add_text(scanner, KIND_CODE, i, person->code);
    for (const char *at = person->code; *at != '\0' && length < CODE_LENGTH; at++)
        if (*at != '-')
            compact[length++] = *at;
    compact[length] = '\0';
    scanner_add_text(scanner, KIND_CODE, i, compact);
    scanner_add_value(scanner, KIND_BLINDED, i, person->blinded, RSA_BYTES);
    scanner_add_value(scanner, KIND_BLIND_SIGNATURE, i, person->blind_signature, RSA_BYTES);
    scanner_add_value(scanner, KIND_SEED, i, person->seed, SEED_BYTES);
    for (unsigned key = 0; key <= EDIT_MAX; key += key == 0 ? 1 : EDIT_MAX - 1)
        scanner_add_value(scanner, KIND_EDIT_KEY, i, person->credential.edit_keys[key], 32);
    scanner_add_value(scanner, KIND_R, i, person->credential.r, RSA_BYTES);
    scanner_add_value(scanner, KIND_SALT, i, person->credential.salt, sizeof person->credential.salt);
    scanner_add_value(scanner, KIND_SERIAL, i, person->credential.serial, 32);
    scanner_add_value(scanner, KIND_PREFIX, i, person->credential.prefix, 32);
    scanner_add_value(scanner, KIND_SIGNATURE, i, person->signature, RSA_BYTES);
    scanner_add_value(scanner, person->change == NULL ? KIND_SEALED : KIND_REPLACED, i, person->ballot + 98 + RSA_BYTES,
                      person->ballot_length - 98 - RSA_BYTES);
    if (person->change != NULL)
        scanner_add_value(scanner, KIND_SEALED, i, person->change + 98 + RSA_BYTES,
                          person->change_length - 98 - RSA_BYTES);
    for (size_t at = 80; at + 24 <= person->json_length; at += 48) /* behind the hash of the form, which all share */
        scanner_add(scanner, KIND_ANSWERS, i, "text", person->json + at, 24);
    scanner_add_text(scanner, KIND_AGENT, i, person->agent);
    scanner_add_text(scanner, KIND_ADDRESS, i, person->address);
    for (size_t k = 0; k < 2; k++) {
        struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)person->ports[k]) };
        (void)inet_pton(AF_INET, person->address, &address.sin_addr);
        scanner_add(scanner, KIND_ADDRESS, i, "sockaddr", &address, 8);
        snprintf(text, sizeof text, "%s:%u", person->address, person->ports[k]);
        scanner_add(scanner, KIND_ADDRESS, i, "address:port", text, strlen(text));
    }
}

/* --- the haystacks --- */

static struct search *walking; /* nftw hands over no context */

static int search_file(const char *path, const struct stat *info, int type, struct FTW *place)
{
    struct buf bytes;
    if (type != FTW_F || info->st_size == 0)
        return 0;
    buf_init(&bytes, 256 << 20);
    if (buf_read_file(&bytes, path, NULL) != STATUS_OK)
        die("%s cannot be read", path);
    walking->where = path + place->base;
    walking->place = strcmp(walking->where, "ballots.box") == 0 ? PLACE_BOX : PLACE_FILE;
    scanner_search(walking->scanner, bytes.bytes, bytes.length, hit, walking);
    if (walking->place == PLACE_BOX && box_uncover((unsigned char *)bytes.bytes, bytes.length).slots > 0) {
        walking->place = PLACE_BOX_UNCOVERED;
        scanner_search(walking->scanner, bytes.bytes, bytes.length, hit, walking);
    }
    buf_free(&bytes);
    return 0;
}

/* Every readable mapping; root may read it although the process is not dumpable. */
static size_t search_memory(struct search *search, pid_t pid)
{
    char path[64];
    char line[512];
    size_t total = 0;
    snprintf(path, sizeof path, "/proc/%d/maps", (int)pid);
    FILE *maps = fopen(path, "r");
    snprintf(path, sizeof path, "/proc/%d/mem", (int)pid);
    int memory = open(path, O_RDONLY | O_CLOEXEC);
    unsigned char *block = malloc(BLOCK + NEEDLE_ROOM);
    if (maps == NULL || memory < 0 || block == NULL)
        die("the memory of the server cannot be read: this part needs the rights of root");
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned long begin = 0;
        unsigned long end = 0;
        char rights[8] = "";
        char name[256] = "";
        if (sscanf(line, "%lx-%lx %7s %*s %*s %*s %255s", &begin, &end, rights, name) < 3 || rights[0] != 'r' ||
            strncmp(name, "[v", 2) == 0)
            continue;
        search->where = name[0] == '\0' ? "anonymous memory" : name;
        for (unsigned long at = begin; at < end; at += BLOCK) {
            ssize_t got = pread(memory, block, end - at < BLOCK + NEEDLE_ROOM ? end - at : BLOCK + NEEDLE_ROOM, (off_t)at);
            if (got <= 0)
                break;
            search->base = at;
            total += (size_t)got;
            scanner_search(search->scanner, block, (size_t)got, hit, search);
        }
    }
    free(block);
    close(memory);
    fclose(maps);
    return total;
}

static unsigned tell(const struct search *search, const char *what, size_t bytes)
{
    unsigned failed = 0;
    char kept[256] = "";
    for (size_t i = 0; i < KIND_COUNT; i++) {
        size_t length = strlen(kept);
        if (search->permitted[i] > 0)
            snprintf(kept + length, sizeof kept - length, "%s%s", length == 0 ? "" : ", ", kind_names[i]);
        if (search->found[i] > 0)
            failed += report_check(false, "%s: %s, %lu times", what, kind_names[i], search->found[i]);
    }
    for (size_t i = 0; i < search->first_count; i++)
        report_line("        %s of person %u, as %s, in %s at %#zx", kind_names[search->first[i].needle->kind],
                    search->first[i].needle->person, search->first[i].needle->guise, search->first[i].where,
                    search->first[i].offset);
    if (failed == 0)
        report_check(true, "%s: nothing in %.1f MB%s%s", what, (double)bytes / 1e6, kept[0] == '\0' ? "" : " but, as allowed, ",
                     kept);
    return failed;
}

static size_t folder_bytes;
static int count_bytes(const char *path, const struct stat *info, int type, struct FTW *place)
{
    (void)path, (void)place;
    folder_bytes += type == FTW_F ? (size_t)info->st_size : 0;
    return 0;
}

static void take_part(const struct options *options, const struct place *place, struct server *issuer,
                      struct server *collector, struct person people[])
{
    for (unsigned i = 0; i < PEOPLE; i++) {
        struct person *person = &people[i];
        person_prepare(place, person, place->codes[i], options->seed * 1000 + i);
        snprintf(person->address, sizeof person->address, "127.%u.%u.%u", 101u + person->seed[0] % 100u,
                 person->seed[1] % 155u + 100u, person->seed[2] % 155u + 100u);
        snprintf(person->agent, sizeof person->agent, "Canary-%02x%02x%02x%02x%02x%02x%02x%02x", person->seed[3],
                 person->seed[4], person->seed[5], person->seed[6], person->seed[7], person->seed[8], person->seed[9],
                 person->seed[10]);
        if (!person_draw(place, issuer, person) || !person_submit(place, collector, person))
            die("the server gave no answer");
        if (i % 3 == 0) {
            person_make_change(place, person, i % 2 == 0);
            if (!person_change(place, collector, person))
                die("the server gave no answer");
        }
    }
}

unsigned part_canary(const struct options *options)
{
    char parent[PATH_ROOM];
    struct place place;
    struct person people[PEOPLE];
    struct scanner scanner;
    report_part("canary", "secrets of 24 people in files, logs and memory (LAH-0 b)");
    place_make(&place, options, world_folder(options->disk, parent), PEOPLE);
    struct server issuer = { .binary = options->binary, .role = "issue", .dir = place.dir, .port = options->port };
    struct server collector = { .binary = options->binary, .role = "collect", .dir = place.dir,
                                .port = options->port == 0 ? 0 : options->port + 1 };
    server_run(&issuer);
    server_run(&collector);
    sleep_ms(1100); /* the second of the start is no secret */
    int64_t begin = time(NULL);
    take_part(options, &place, &issuer, &collector, people);
    int64_t end = time(NULL);
    sleep_ms(300); /* connections are taken down by their own threads */
    scanner_init(&scanner);
    for (unsigned i = 0; i < PEOPLE; i++)
        add_person(&scanner, &people[i], i);
    scanner_add_value(&scanner, KIND_KNOWN, 0, place.manifest.n, sizeof place.manifest.n);
    for (int64_t second = begin; second <= end; second++)
        add_times(&scanner, second);
    struct search files = { .scanner = &scanner };
    struct search in_issuer = { .scanner = &scanner, .place = PLACE_ISSUER };
    struct search in_collector = { .scanner = &scanner, .place = PLACE_COLLECTOR };
    size_t issuer_bytes = search_memory(&in_issuer, issuer.pid);
    size_t collector_bytes = search_memory(&in_collector, collector.pid);
    server_end(&issuer, SIGTERM);
    server_end(&collector, SIGTERM);
    walking = &files;
    folder_bytes = 0;
    (void)nftw(place.dir, search_file, 16, FTW_PHYS);
    (void)nftw(place.dir, count_bytes, 16, FTW_PHYS);
    /* A search that finds nothing at all would prove nothing: the serials must be in the box. */
    unsigned failed = report_check(files.permitted[KIND_SERIAL] >= PEOPLE && files.permitted[KIND_SIGNATURE] >= PEOPLE,
                                   "the search finds what is allowed: %lu pieces of serials, %lu of signatures in the box",
                                   files.permitted[KIND_SERIAL], files.permitted[KIND_SIGNATURE]);
    failed += report_check(in_collector.permitted[KIND_KNOWN] > 0 && in_issuer.permitted[KIND_KNOWN] > 0,
                           "the search reads memory: %lu pieces of the wave's public key in the collector, %lu in the issuer",
                           in_collector.permitted[KIND_KNOWN], in_issuer.permitted[KIND_KNOWN]);
    failed += tell(&files, "files and logs", folder_bytes);
    failed += tell(&in_collector, "memory of the idle collector", collector_bytes);
    failed += tell(&in_issuer, "memory of the idle issuer", issuer_bytes);
    for (unsigned i = 0; i < PEOPLE; i++)
        person_free(&people[i]);
    scanner_free(&scanner);
    place_free(&place);
    world_remove(parent);
    return failed;
}
