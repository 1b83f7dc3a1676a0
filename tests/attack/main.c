/* attack_linkage: attacks the program with what a disk, a log, a memory image and a list of who drew when give away, and
 * proves its own strength on four stores that are known to leak (docs/attack.md). */
#include "attack.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct part {
    const char *name;
    unsigned (*run)(const struct options *options);
} parts[] = {
    { "canonical", part_canonical }, { "canary", part_canary },   { "trace", part_trace },
    { "once", part_once },           { "wire", part_wire },       { "durable", part_durable },
    { "control", part_control },     { "linkage", part_linkage },
};

static const char usage[] =
    "attack_linkage [--runs R] [--binary PATH] [--people N] [--submissions S] [--kills K] [--only PART]\n"
    "               [--seed S] [--port P] [--disk DIR] [--memory DIR] [--json]\n"
    "Parts: canonical, canary, trace, once, wire, durable, control, linkage;\n"
    "one profile of linkage: one-by-one, one-by-one-memory, interleaved, changes.\n";

static unsigned long number(const char *text, unsigned long lowest, unsigned long highest)
{
    char *end = NULL;
    unsigned long value = strtoul(text, &end, 10);
    if (end == text || *end != '\0' || value < lowest || value > highest) {
        fprintf(stderr, "%s is no number from %lu to %lu\n%s", text, lowest, highest, usage);
        exit(2);
    }
    return value;
}

static void read_options(int count, char **words, struct options *options)
{
    unsigned long runs = options->runs;
    unsigned long people = options->people;
    unsigned long seed = options->seed;
    unsigned long port = options->port;
    const struct {
        const char *name;
        const char **text;
        unsigned long *value, lowest, highest;
    } known[] = {
        { "--runs", NULL, &runs, 4, 100000 },
        { "--people", NULL, &people, 8, 200 },
        { "--submissions", NULL, &options->submissions, 1, 10000000 },
        { "--kills", NULL, &options->kills, 1, 1000000 },
        { "--seed", NULL, &seed, 1, UINT32_MAX },
        { "--port", NULL, &port, 0, 65000 },
        { "--binary", &options->binary, NULL, 0, 0 },
        { "--only", &options->only, NULL, 0, 0 },
        { "--disk", &options->disk, NULL, 0, 0 },
        { "--memory", &options->memory, NULL, 0, 0 },
    };
    for (int i = 1; i < count; i++) {
        size_t k = 0;
        if (strcmp(words[i], "--json") == 0) {
            options->json = true;
            continue;
        }
        while (k < COUNT(known) && strcmp(known[k].name, words[i]) != 0)
            k++;
        if (k == COUNT(known) || i + 1 == count) {
            fputs(usage, stderr);
            exit(2);
        }
        i++;
        if (known[k].text != NULL)
            *known[k].text = words[i];
        else
            *known[k].value = number(words[i], known[k].lowest, known[k].highest);
    }
    options->runs = (unsigned)runs;
    options->people = (unsigned)people;
    options->seed = seed;
    options->port = (unsigned)port;
}

int main(int count, char **words)
{
    struct options options = { .binary = QUERSCHNITT, .runs = 30, .people = 40, .submissions = 1000, .kills = 40,
                               .disk = "/var/tmp", .memory = "/dev/shm" };
    unsigned failed = 0;
    bool known = false;
    if (sodium_init() < 0)
        return 1;
    options.seed = 1 + randombytes_uniform(UINT32_MAX - 1);
    read_options(count, words, &options);
    if (access(options.binary, X_OK) != 0) {
        fprintf(stderr, "%s is no program; name it with --binary\n", options.binary);
        return 2;
    }
    world_start();
    report_json(options.json);
    report_line("seed %llu, program %s", (unsigned long long)options.seed, options.binary);
    for (size_t i = 0; i < COUNT(parts) && !world_interrupted(); i++)
        if (options.only == NULL || strcmp(options.only, parts[i].name) == 0 ||
            (parts[i].run == part_linkage && linkage_profile(options.only))) {
            known = true;
            failed += parts[i].run(&options);
        }
    if (!known) {
        fprintf(stderr, "there is no part %s\n%s", options.only, usage);
        return 2;
    }
    if (world_interrupted())
        die("interrupted");
    report_end(failed);
    return failed == 0 ? 0 : 1;
}
