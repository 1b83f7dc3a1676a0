/* Checks of the machine: file system, disk, swap, core dumps, clock, libraries, logs. */
#include <string.h>

#include "base/day.h"
#include "survey/doctor/private.h"

enum { CLOCK_AHEAD_DAYS = 400, SLOT_ROOM = 9216, SPARE_MEGABYTES = 1024 };

void check_file_system(const struct facts *facts, struct findings *findings)
{
    static const char *const fine[] = { "ext2", "ext3", "ext4", "xfs" };
    /* Copy on write and logs keep blocks in the order of writing: measured for btrfs, by design for the others. */
    static const char *const ordered[] = { "btrfs", "zfs", "bcachefs", "nilfs2", "f2fs", "ubifs", "jffs2" };
    static const char *const remote[] = { "nfs",  "nfs4", "cifs",       "smb3",           "9p",
                                          "ceph", "afs",  "fuse.sshfs", "fuse.glusterfs", "virtiofs" };
    const char *name = facts->file_system;
    if (facts->journals_data)
        found(findings, LEVEL_MUST,
              N_("%s is mounted with data=journal: its journal keeps ballots in the order of their arrival. Mount it "
                 "with data=ordered."),
              facts->source);
    for (size_t i = 0; i < COUNT(ordered); i++)
        if (strcmp(name, ordered[i]) == 0)
            found(findings, LEVEL_MUST,
                  N_("%s keeps blocks in the order in which they were written, so the order of the ballots could be "
                     "read from the disk. Move the folder waves to ext4 or XFS."),
                  name);
    for (size_t i = 0; i < COUNT(remote); i++)
        if (strcmp(name, remote[i]) == 0)
            found(findings, LEVEL_MUST,
                  N_("%s is a network file system: another machine sees each ballot arrive, and a ballot acknowledged "
                     "may be lost. Use a disk of this machine with ext4 or XFS."),
                  name);
    if (strcmp(name, "overlay") == 0)
        found(findings, LEVEL_LOOK,
              N_("The folder lies in the layer of a container and goes away with it. Mount a volume that lies on ext4 "
                 "or XFS."));
    if (strcmp(name, "tmpfs") == 0 || strcmp(name, "ramfs") == 0)
        found(findings, LEVEL_LOOK,
              N_("The folder lies in memory: after a restart of the machine every ballot is gone. Good for a trial "
                 "only."));
    if (found_worse(findings))
        return;
    for (size_t i = 0; i < COUNT(fine); i++)
        if (strcmp(name, fine[i]) == 0) {
            found(findings, LEVEL_GOOD, N_("%s on %s"), name, facts->source);
            return;
        }
    found(findings, LEVEL_LOOK,
          N_("The file system \"%s\" was never examined for traces of the order of writing. ext4 and XFS were."), name);
}

void check_disk(const struct facts *facts, struct findings *findings)
{
    if (facts->thin)
        found(findings, LEVEL_LOOK,
              N_("The disk is an LVM thin volume: a snapshot shows which ballots came after it. Take none between "
                 "opening and deletion of a wave."));
    if (facts->virtual_machine)
        found(findings, LEVEL_LOOK,
              N_("This is a virtual machine: two snapshots or backups of its disk or memory show which ballots came "
                 "between them. Have none taken between opening and deletion of a wave; at most one backup that is "
                 "overwritten."));
    if (!facts->encrypted)
        found(findings, LEVEL_LOOK,
              N_("The disk does not seem to be encrypted. With LUKS below the file system a stolen disk tells nothing "
                 "at all, and what is deleted stays gone."));
    if (!found_worse(findings))
        found(findings, LEVEL_GOOD, N_("encrypted, no sign of snapshots"));
}

void check_space(const struct facts *facts, struct findings *findings)
{
    uint64_t needed = 0;
    uint64_t spare = (uint64_t)SPARE_MEGABYTES << 20;
    for (size_t i = 0; i < facts->wave_count; i++)
        if (facts->waves[i].known && facts->waves[i].wave.state == WAVE_FROZEN)
            needed += (facts->waves[i].invited + facts->waves[i].invited / 20 + 64) * SLOT_ROOM;
    if (facts->free_bytes < needed)
        found(findings, LEVEL_MUST, N_("%lu MB are free; opening the frozen waves takes %lu MB. Make room first."),
              (unsigned long)(facts->free_bytes >> 20), (unsigned long)(needed >> 20));
    else if (facts->free_bytes < needed + spare)
        found(findings, LEVEL_LOOK,
              N_("Only %lu MB are free. Count, report and backup need about 1000 MB more than the ballot boxes."),
              (unsigned long)(facts->free_bytes >> 20));
    else
        found(findings, LEVEL_GOOD, N_("%lu MB"), (unsigned long)(facts->free_bytes >> 20));
}

void check_swap(const struct facts *facts, struct findings *findings)
{
    for (size_t i = 0; i < facts->swap_count; i++)
        if (!facts->swaps[i].encrypted && !facts->swaps[i].memory)
            found(findings, LEVEL_LOOK,
                  N_("%s takes memory to the disk unencrypted. Switch it off (swapoff -a and /etc/fstab), encrypt it "
                     "(/etc/crypttab), or run the servers by the shipped systemd units, which keep them out of it "
                     "(MemorySwapMax=0)."),
                  facts->swaps[i].device);
    if (!found_worse(findings))
        found(findings, LEVEL_GOOD, N_("none, or nothing of it reaches a disk unencrypted"));
}

void check_core_dumps(const struct facts *facts, struct findings *findings)
{
    if (facts->core_pattern[0] == '|')
        found(findings, LEVEL_LOOK,
              N_("Core dumps are handed to \"%s\". This program refuses them, nginx does not: set \"worker_rlimit_core "
                 "0;\" there, or \"sysctl -w kernel.core_pattern=/dev/null\" for the whole machine."),
              facts->core_pattern + 1);
    else
        found(findings, LEVEL_GOOD, N_("the program refuses them; the machine hands none to other programs"));
}

void check_clock(const struct facts *facts, struct findings *findings)
{
    int64_t today = 0;
    int64_t newest = 0;
    if (!day_read(facts->today, &today) || strcmp(facts->today, "2026-01-01") < 0)
        found(findings, LEVEL_MUST,
              N_("The clock says %s, a day before this program was written: waves would not close. Set it, and let it "
                 "be kept (timedatectl set-ntp true)."),
              facts->today);
    else if (day_read(facts->newest_audit, &newest) && newest > today)
        found(findings, LEVEL_MUST,
              N_("The clock says %s, but the audit log ends on %s: the clock went back. Set it before a wave is opened "
                 "or closed."),
              facts->today, facts->newest_audit);
    else if (newest > 0 && today - newest > CLOCK_AHEAD_DAYS)
        found(findings, LEVEL_LOOK,
              N_("The clock says %s, the audit log ends on %s. If nothing really happened for so long, all is well; "
                 "else the clock is ahead, and waves close too early."),
              facts->today, facts->newest_audit);
    else
        found(findings, LEVEL_GOOD, "%s", facts->today);
}

void check_libraries(const struct facts *facts, struct findings *findings)
{
    if (facts->openssl < 0x30000000UL)
        found(findings, LEVEL_MUST, N_("%s is too old: 3.0 or newer is needed."), facts->openssl_text);
    if (facts->sqlite < 3037000)
        found(findings, LEVEL_MUST, N_("SQLite %s is too old: 3.37 or newer is needed."), facts->sqlite_text);
    if (!found_worse(findings))
        found(findings, LEVEL_GOOD, "%s, SQLite %s", facts->openssl_text, facts->sqlite_text);
}

void check_logging(const struct facts *facts, struct findings *findings)
{
    if (facts->audit_daemon)
        found(findings, LEVEL_LOOK,
              N_("The audit daemon runs. A rule for connect or accept writes the times of connections: auditctl -l "
                 "shows them."));
    else
        found(findings, LEVEL_GOOD,
              N_("The program writes nothing about requests. Look yourself at what it cannot see: firewall rules with "
                 "\"log\", flow records of the network, load balancers."));
}
