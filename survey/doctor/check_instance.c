/* Checks of the instance: who may read it, keys, leftovers, deadlines. */
#include <string.h>

#include "survey/doctor/private.h"

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static bool ends(const char *text, const char *end)
{
    size_t length = strlen(text);
    return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

static bool is_key(const char *path)
{
    return ends(path, ".key") || ends(path, "passphrase.txt") || ends(path, "-codes.txt");
}

void check_permissions(const struct facts *facts, struct findings *findings)
{
    if (facts->mode & 07)
        found(findings, LEVEL_MUST, N_("Everybody on this machine may look into %s: chmod 700 %s"), facts->dir,
              facts->dir);
    for (size_t i = 0; i < facts->file_count; i++) {
        const struct file_fact *file = &facts->files[i];
        bool key = is_key(file->path);
        if (key && (file->mode & 077))
            found(findings, LEVEL_MUST, N_("%s may be read by others than its owner: chmod 600 %s/%s"), file->path,
                  facts->dir, file->path);
        else if (file->mode & 02)
            found(findings, LEVEL_MUST, N_("%s may be changed by everybody: chmod o-w %s/%s"), file->path, facts->dir,
                  file->path);
        else if ((file->mode & 04) && (facts->mode & 01) &&
                 strncmp(last_part(file->path), "querschnitt.sqlite", 18) == 0)
            found(findings, LEVEL_MUST, N_("%s may be read by everybody: chmod 600 %s/%s"), file->path, facts->dir,
                  file->path);
        if (key && file->owner != facts->owner)
            found(findings, LEVEL_MUST,
                  N_("%s belongs to another user than the folder, so the server cannot use it: chown it to the "
                     "server's user."),
                  file->path);
    }
    if (facts->files_cut)
        found(
            findings, LEVEL_LOOK,
            N_("The folder holds more files than were looked at. Keep files that the program did not make elsewhere."));
    if (!found_worse(findings))
        found(findings, LEVEL_GOOD, N_("its owner only"));
}

static const struct file_fact *file_of(const struct facts *facts, const char *wave, const char *name)
{
    for (size_t i = 0; i < facts->file_count; i++) {
        const char *path = facts->files[i].path;
        size_t length = strlen(wave);
        if (strncmp(path, "waves/", 6) == 0 && strncmp(path + 6, wave, length) == 0 && path[6 + length] == '/' &&
            strcmp(path + 7 + length, name) == 0)
            return &facts->files[i];
    }
    return NULL;
}

void check_box_key(const struct facts *facts, struct findings *findings)
{
    for (size_t i = 0; i < facts->wave_count; i++) {
        const struct wave_fact *fact = &facts->waves[i];
        if (fact->has_manifest && strcmp(fact->manifest.key, "server") != 0 &&
            file_of(facts, fact->wave.name, "box.key") != NULL)
            found(findings, LEVEL_MUST,
                  N_("waves/%s/box.key lies on the server, but the privacy notice of this wave says that the staff "
                     "council keeps it. Give it back and delete it here: shred -u."),
                  fact->wave.name);
        if (!facts->database && file_of(facts, fact->wave.name, "box.key") != NULL)
            found(findings, LEVEL_MUST,
                  N_("waves/%s/box.key lies at the collector, which never needs it. Move it away."), fact->wave.name);
    }
    if (!found_worse(findings))
        found(findings, LEVEL_GOOD, N_("where each wave's privacy notice says"));
}

void check_issuer_key(const struct facts *facts, struct findings *findings)
{
    for (size_t i = 0; i < facts->wave_count; i++) {
        const struct wave_fact *fact = &facts->waves[i];
        bool here = file_of(facts, fact->wave.name, "issuer.key") != NULL;
        if (here && fact->known && fact->wave.state >= WAVE_CLOSED)
            found(findings, LEVEL_MUST,
                  N_("waves/%s/issuer.key is still there though the wave is closed: whoever has it can make ballots. "
                     "Delete it: shred -u."),
                  fact->wave.name);
        if (here && !facts->database)
            found(findings, LEVEL_MUST,
                  N_("waves/%s/issuer.key lies at the collector, which never needs it. Move it away."),
                  fact->wave.name);
    }
    if (!found_worse(findings))
        found(findings, LEVEL_GOOD, N_("none that outlived its wave"));
}

void check_leftovers(const struct facts *facts, struct findings *findings)
{
    for (size_t i = 0; i < facts->file_count; i++) {
        const struct file_fact *file = &facts->files[i];
        if (strcmp(last_part(file->path), "rehearsal-codes.txt") == 0) {
            const struct wave_fact *owner = NULL;
            for (size_t j = 0; j < facts->wave_count; j++)
                if (file_of(facts, facts->waves[j].wave.name, "rehearsal-codes.txt") == file)
                    owner = &facts->waves[j];
            if (owner == NULL || !owner->known || owner->wave.state >= WAVE_CLOSED)
                found(findings, LEVEL_LOOK, N_("%s belongs to a rehearsal that is over: delete the rehearsal."),
                      file->path);
        } else if (file->codes) {
            found(findings, LEVEL_MUST,
                  N_("%s holds invitation codes. Once the invitations are sent no copy may stay: shred -u %s/%s"),
                  file->path, facts->dir, file->path);
        }
    }
    if (!found_worse(findings))
        found(findings, LEVEL_GOOD, N_("nothing left over"));
}

void check_deadlines(const struct facts *facts, struct findings *findings)
{
    if (facts->store_problem != NULL)
        found(findings, LEVEL_MUST, N_("The database cannot be read: %s"), facts->store_problem);
    for (size_t i = 0; i < facts->wave_count; i++) {
        const struct wave_fact *fact = &facts->waves[i];
        const struct wave *wave = &fact->wave;
        if (!fact->known)
            continue;
        if (wave->state == WAVE_OPEN && strcmp(wave->closes, facts->today) < 0)
            found(findings, LEVEL_MUST,
                  N_("The wave %s should have closed after %s. Is a server running? Else: querschnitt wave close %s"),
                  wave->name, wave->closes, wave->name);
        if (wave->state >= WAVE_CLOSED && wave->erased[0] == '\0' && fact->has_manifest &&
            strcmp(fact->manifest.deletes, facts->today) <= 0)
            found(findings, LEVEL_MUST,
                  N_("The privacy notice of the wave %s promised to delete ballots, keys and codes from %s on. Do it: "
                     "querschnitt erase %s"),
                  wave->name, fact->manifest.deletes, wave->name);
    }
    if (!found_worse(findings))
        found(findings, LEVEL_GOOD, N_("nothing is overdue"));
}

void check_root(const struct facts *facts, struct findings *findings)
{
    if (facts->servers_as_root > 0)
        found(findings, LEVEL_MUST,
              N_("A server of this program runs as root. Use the shipped systemd units, or a user of its own."));
    else if (facts->owner == 0)
        found(findings, LEVEL_LOOK,
              N_("The instance belongs to root, so a server on it would have to run as root. Give it to a user of its "
                 "own: chown -R querschnitt %s"),
              facts->dir);
    else
        found(findings, LEVEL_GOOD, N_("not root"));
}
