/* What an adversary holds: every byte and date of a folder, the contents of all ballots, decrypted, and the exact list of
 * who drew in which order. What it gives: a number for each ballot, higher for later. New adversaries: one function and
 * one row in adversaries.def. */
#ifndef ATTACK_ADVERSARY_H
#define ATTACK_ADVERSARY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "attack.h"
#include "statistics.h"

enum { ITEM_MAX = 256, FILE_MAX = 64, EXTENT_MAX = 64, NAME_ROOM = 128 };

/* A ballot as the holder of the box key sees it. Ordered by content. */
struct stolen {
    unsigned char serial[32];
    unsigned char prefix[32];    /* zeros when the store has none */
    unsigned char signature[64]; /* its beginning */
    unsigned char *sealed;       /* what is stored of the answers */
    size_t sealed_length;
    char *content;               /* decrypted; NUL-terminated */
    unsigned truth;              /* position of arrival: for the judge, not for adversaries */
};

struct extent {
    unsigned long long logical, physical, length;
};
struct file_view {
    char name[NAME_ROOM]; /* relative to the folder */
    unsigned char *bytes; /* of a ballot box: uncovered */
    size_t length;
    struct box_view box;
    struct stat info;
    unsigned position; /* in the order of the directory */
    struct extent extents[EXTENT_MAX];
    unsigned extent_count;
};
/* Where the needles of an item lie in a file; count 0: nowhere. */
struct trace {
    size_t first, last;
    unsigned count;
};
enum piece { PIECE_SERIAL, PIECE_SEALED, PIECE_WINDOW, PIECE_COUNT }; /* WINDOW: any 16 bytes of the ballot */

struct snapshot {
    struct file_view files[FILE_MAX];
    size_t file_count;
    struct stolen items[ITEM_MAX];
    size_t count;
    const unsigned *drawn; /* issuance list: drawn[k] is the number of the person who drew as the k-th */
    size_t drawn_count;
    struct trace (*traces)[PIECE_COUNT][ITEM_MAX]; /* [file][piece][item] */
    size_t main, second; /* files that hold most and second most serials; second may equal main */
};

/* Reads dir into files; items must have been filled before. */
void snapshot_read(struct snapshot *snapshot, const char *dir);
void snapshot_free(struct snapshot *snapshot);

typedef void rank_function(const struct snapshot *snapshot, double score[]);
struct adversary {
    const char *name;
    rank_function *rank;
    int sign;
};
extern const struct adversary adversaries[];
extern const size_t adversary_count;

/* The scores of all runs of one profile, for the judge and for the ranker that learns. */
struct bench {
    double **scores; /* [run]: adversary_count rows of count numbers */
    unsigned **truths;
    unsigned **ties; /* a hash an item: decides where scores are equal */
    size_t *counts;
    size_t runs, room;
};
void bench_add(struct bench *bench, const struct snapshot *snapshot, uint64_t seed);
void bench_free(struct bench *bench);
/* Scores of the ranker that is trained on the first half of the runs, added up over the second half. */
void bench_learn(const struct bench *bench, struct score *score);
void bench_judge(const struct bench *bench, size_t adversary, struct score *score);
void positions(const double score[], const unsigned tie[], size_t count, unsigned place[]);

#endif
