/* Looks at the machine: /proc, /sys, the versions of libraries. What cannot be read stays zero. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <ctype.h>
#include <dirent.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "base/buf.h"
#include "survey/doctor/private.h"

enum { PROC_MAX = 1 << 20, SLAVES_DEEP = 6 };

/* /proc and /sys tell no sizes, so they are read to the end. NULL when it cannot; the caller frees buf. */
static char *slurp(struct buf *buf, const char *path)
{
    buf_init(buf, PROC_MAX);
    FILE *file = fopen(path, "re");
    char block[4096];
    if (file == NULL)
        return NULL;
    for (size_t length = fread(block, 1, sizeof block, file); length > 0; length = fread(block, 1, sizeof block, file))
        buf_add(buf, block, length);
    (void)fclose(file);
    return buf->bytes;
}

/* What device-mapper says of a block device and those below it: uuid "CRYPT-LUKS2-…", "LVM-…-tpool". */
static void look_at_device(const char *device, bool *encrypted, bool *thin, unsigned depth)
{
    char path[512];
    struct buf text;
    snprintf(path, sizeof path, "/sys/dev/block/%.40s/dm/uuid", device);
    const char *uuid = slurp(&text, path);
    if (uuid != NULL) {
        *encrypted = *encrypted || strncmp(uuid, "CRYPT-", 6) == 0;
        *thin = *thin || strstr(uuid, "-tpool") != NULL;
    }
    buf_free(&text);
    snprintf(path, sizeof path, "/sys/dev/block/%.40s/slaves", device);
    DIR *slaves = depth == SLAVES_DEEP ? NULL : opendir(path);
    if (slaves == NULL)
        return;
    for (struct dirent *entry = readdir(slaves); entry != NULL; entry = readdir(slaves)) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "/sys/class/block/%.100s/dev", entry->d_name);
        char *number = slurp(&text, path);
        if (number != NULL) {
            number[strcspn(number, "\n")] = '\0';
            look_at_device(number, encrypted, thin, depth + 1);
        }
        buf_free(&text);
    }
    closedir(slaves);
}

static bool below(const char *mount, const char *path)
{
    size_t length = strlen(mount);
    return strncmp(mount, path, length) == 0 &&
           (path[length] == '/' || path[length] == '\0' || strcmp(mount, "/") == 0);
}

/* The mount with the longest path above ours; of two at the same place the later one. Fields: proc(5), mountinfo. */
static void look_at_mount(const char *resolved, struct facts *facts, char device[32])
{
    struct buf text;
    size_t longest = 0;
    char *rest = slurp(&text, "/proc/self/mountinfo");
    for (char *line = rest == NULL ? NULL : strtok_r(rest, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        char number[32];
        char mount[1024];
        char type[FACT_TEXT];
        char source[FACT_TEXT];
        const char *tail = strstr(line, " - ");
        if (tail == NULL || sscanf(line, "%*s %*s %31s %*s %1023s", number, mount) != 2 ||
            sscanf(tail, " - %127s %127s", type, source) != 2 || !below(mount, resolved) || strlen(mount) < longest)
            continue;
        longest = strlen(mount);
        snprintf(facts->file_system, sizeof facts->file_system, "%s", type);
        snprintf(facts->source, sizeof facts->source, "%s", source);
        snprintf(device, 32, "%s", number);
        facts->journals_data = strstr(tail, "data=journal") != NULL;
    }
    buf_free(&text);
}

void look_at_disk(const char *path, struct facts *facts)
{
    char device[32] = "";
    struct statvfs room;
    char *resolved = realpath(path, NULL);
    if (resolved != NULL)
        look_at_mount(resolved, facts, device);
    free(resolved);
    if (device[0] != '\0')
        look_at_device(device, &facts->encrypted, &facts->thin, 0);
    if (statvfs(path, &room) == 0)
        facts->free_bytes = (uint64_t)room.f_bavail * room.f_frsize;
}

static void look_at_swaps(struct facts *facts)
{
    struct buf text;
    char *rest = slurp(&text, "/proc/swaps");
    char *line = rest == NULL ? NULL : strtok_r(rest, "\n", &rest); /* the header */
    for (line = line == NULL ? NULL : strtok_r(NULL, "\n", &rest); line != NULL && facts->swap_count < FACT_SWAP_MAX;
         line = strtok_r(NULL, "\n", &rest)) {
        struct swap_fact *swap = &facts->swaps[facts->swap_count++];
        struct stat node;
        char device[32];
        bool thin = false;
        snprintf(swap->device, sizeof swap->device, "%.*s", (int)strcspn(line, " \t"), line);
        swap->memory = strstr(swap->device, "zram") != NULL;
        if (stat(swap->device, &node) != 0)
            continue;
        dev_t number = S_ISBLK(node.st_mode) ? node.st_rdev : node.st_dev; /* a swap file lies on a disk */
        snprintf(device, sizeof device, "%u:%u", (unsigned)(number >> 8 & 0xfff),
                 (unsigned)((number & 0xff) | (number >> 12 & 0xfff00)));
        look_at_device(device, &swap->encrypted, &thin, 0);
    }
    buf_free(&text);
}

static void look_at_vendor(struct facts *facts)
{
    static const char *const makers[] = { "QEMU",    "KVM", "VMware", "VirtualBox",
                                          "innotek", "Xen", "Bochs",  "Virtual Machine" };
    static const char *const files[] = { "/sys/class/dmi/id/sys_vendor", "/sys/class/dmi/id/product_name" };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct buf text;
        const char *name = slurp(&text, files[i]);
        for (size_t j = 0; j < COUNT(makers) && name != NULL; j++)
            facts->virtual_machine = facts->virtual_machine || strstr(name, makers[j]) != NULL;
        buf_free(&text);
    }
}

/* Whether the command line (words that end with NUL) is "… serve …". */
static bool serves(const struct buf *words)
{
    size_t first = words->length == 0 ? 0 : strlen(words->bytes) + 1;
    return first < words->length && strcmp(words->bytes + first, "serve") == 0;
}

static void look_at_processes(struct facts *facts)
{
    DIR *processes = opendir("/proc");
    for (struct dirent *entry = processes == NULL ? NULL : readdir(processes); entry != NULL;
         entry = readdir(processes)) {
        char path[300];
        struct buf text;
        struct buf words;
        if (!isdigit((unsigned char)entry->d_name[0]))
            continue;
        snprintf(path, sizeof path, "/proc/%s/status", entry->d_name);
        const char *status = slurp(&text, path);
        const char *user = status == NULL ? NULL : strstr(status, "\nUid:\t");
        snprintf(path, sizeof path, "/proc/%s/cmdline", entry->d_name);
        (void)slurp(&words, path);
        if (user != NULL && strncmp(status, "Name:\tquerschnitt\n", 18) == 0 && strtoul(user + 6, NULL, 10) == 0 &&
            serves(&words))
            facts->servers_as_root++;
        facts->audit_daemon = facts->audit_daemon || (status != NULL && strncmp(status, "Name:\tauditd\n", 13) == 0);
        buf_free(&text);
        buf_free(&words);
    }
    if (processes != NULL)
        closedir(processes);
}

void look_at_machine(struct facts *facts)
{
    struct buf text;
    const char *pattern = slurp(&text, "/proc/sys/kernel/core_pattern");
    if (pattern != NULL)
        snprintf(facts->core_pattern, sizeof facts->core_pattern, "%.*s", (int)strcspn(pattern, "\n"), pattern);
    buf_free(&text);
    look_at_swaps(facts);
    look_at_vendor(facts);
    look_at_processes(facts);
    facts->openssl = OpenSSL_version_num();
    facts->sqlite = sqlite3_libversion_number();
    snprintf(facts->openssl_text, sizeof facts->openssl_text, "%s", OpenSSL_version(OPENSSL_VERSION));
    snprintf(facts->sqlite_text, sizeof facts->sqlite_text, "%s", sqlite3_libversion());
}
