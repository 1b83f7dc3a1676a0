/* Which hidden cells can move, in which connected parts, and how far each protected one gets. The programs themselves are
 * attack_program.c. A move found for one cell is a proof for every other cell that moves in it. */
#include "analysis/attack.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/attack_program.h"

enum { NEAR_CELLS = 400, NEAR_STEPS = 4, NEAR_FROM = 800 };

struct audit {
    const struct lattice *lattice;
    const struct attack_options *options;
    struct lattice_index index;
    struct attack_range range;
    uint32_t *part;  /* cells sorted by connected component */
    uint32_t *queue; /* scratch, cells */
    uint32_t *row_of, *row_seen, *cell_seen;
    uint32_t seen;
    double *moves;
    struct interval *found;
    struct attack_result *result;
    size_t done, asked;
};

static double tolerance(const struct lattice_cell *cell)
{
    return 1e-6 * fmax(1, fmax(cell->reach_high - cell->value, cell->value - cell->reach_low));
}

bool attack_safe(const struct lattice_cell *cell, const struct interval *interval)
{
    return interval->low <= cell->reach_low + tolerance(cell) && interval->high >= cell->reach_high - tolerance(cell);
}

static bool hidden(const struct lattice *lattice, const struct lattice_cell *cell)
{
    return cell->group != LATTICE_FIXED && lattice->groups[cell->group].hidden;
}

static bool moves(const struct audit *audit, size_t cell)
{
    return audit->range.high[cell] > 0 || audit->range.low[cell] < 0;
}

static void set_ranges(struct audit *audit)
{
    for (size_t c = 0; c < audit->lattice->cell_count; c++) {
        const struct lattice_cell *cell = &audit->lattice->cells[c];
        bool hides = hidden(audit->lattice, cell);
        double low = hides ? cell->least : cell->open_low, high = hides ? cell->most : cell->open_high;
        double least = 1e-9 * fmax(1, fabs(cell->value)); /* below: rounding of the numbers themselves */
        audit->range.low[c] = cell->value - low > least ? low - cell->value : 0;
        audit->range.high[c] = high - cell->value > least ? high - cell->value : 0;
    }
}

/* A relation with a single cell that can move holds it still; that may leave another relation with a single one. */
static void peel(struct audit *audit)
{
    const struct lattice *lattice = audit->lattice;
    uint32_t *left = audit->row_of; /* lent as a counter; zero again below */
    size_t head = 0, tail = 0;
    for (size_t r = 0; r < lattice->relation_count; r++)
        for (size_t k = 0; k < lattice->relations[r].count; k++)
            left[r] += moves(audit, lattice->members[lattice->relations[r].first + k].cell);
    for (size_t r = 0; r < lattice->relation_count; r++) {
        for (size_t k = 0; k < lattice->relations[r].count && left[r] == 1; k++) {
            uint32_t cell = lattice->members[lattice->relations[r].first + k].cell;
            if (!moves(audit, cell))
                continue;
            audit->range.low[cell] = audit->range.high[cell] = 0;
            audit->queue[tail++] = cell;
        }
        while (head < tail) {
            uint32_t cell = audit->queue[head++];
            for (size_t k = audit->index.cell_first[cell]; k < audit->index.cell_first[cell + 1]; k++) {
                uint32_t row = audit->index.places[k].relation;
                left[row]--;
                for (size_t j = 0; j < lattice->relations[row].count && left[row] == 1; j++) {
                    uint32_t other = lattice->members[lattice->relations[row].first + j].cell;
                    if (!moves(audit, other))
                        continue;
                    audit->range.low[other] = audit->range.high[other] = 0;
                    audit->queue[tail++] = other;
                }
            }
        }
    }
    for (size_t r = 0; r < lattice->relation_count; r++)
        left[r] = 0;
}

/* Cells reachable from `start` through relations: at most `steps` relations away and about `most` of them. */
static size_t around(struct audit *audit, uint32_t start, size_t steps, size_t most, uint32_t cells[])
{
    const struct lattice *lattice = audit->lattice;
    size_t count = 0, head = 0;
    uint32_t seen = ++audit->seen;
    cells[count++] = start;
    audit->cell_seen[start] = seen;
    for (size_t step = 0; step < steps && head < count; step++)
        for (size_t end = count; head < end && count < most; head++)
            for (size_t k = audit->index.cell_first[cells[head]]; k < audit->index.cell_first[cells[head] + 1]; k++) {
                uint32_t row = audit->index.places[k].relation;
                if (audit->row_seen[row] == seen)
                    continue;
                audit->row_seen[row] = seen;
                for (size_t j = 0; j < lattice->relations[row].count; j++) {
                    uint32_t other = lattice->members[lattice->relations[row].first + j].cell;
                    if (audit->cell_seen[other] == seen || !moves(audit, other))
                        continue;
                    audit->cell_seen[other] = seen;
                    cells[count++] = other;
                }
            }
    return count;
}

static double need(const struct lattice_cell *cell, int direction)
{
    return direction > 0 ? cell->reach_high - cell->value : cell->value - cell->reach_low;
}

/* Whether this end is known well enough: asked for and reached, or as far as the intruder's own bound. */
static bool settled(const struct audit *audit, uint32_t c, int direction)
{
    const struct lattice_cell *cell = &audit->lattice->cells[c];
    double reached = direction > 0 ? audit->found[c].high - cell->value : cell->value - audit->found[c].low;
    double most = direction > 0 ? audit->range.high[c] : -audit->range.low[c];
    if (reached >= most - 1e-9 * fmax(1, most))
        return true;
    double wanted = need(cell, direction);
    if (audit->options->full)
        return false;
    if (wanted > 0)
        return reached >= wanted - tolerance(cell) / 2;
    /* Nothing asked this way: only whether the cell can be computed matters. */
    return audit->found[c].high - audit->found[c].low > tolerance(cell);
}

static void learn(struct audit *audit, const uint32_t cells[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double to = audit->lattice->cells[cells[i]].value + audit->moves[i];
        audit->found[cells[i]].low = fmin(audit->found[cells[i]].low, to);
        audit->found[cells[i]].high = fmax(audit->found[cells[i]].high, to);
    }
}

static bool wanted(const struct audit *audit, uint32_t c)
{
    return audit->lattice->cells[c].protect && hidden(audit->lattice, &audit->lattice->cells[c]);
}

/* Tries the neighbourhood alone: what moves there moves in the whole as well. */
static bool try_near(struct audit *audit, uint32_t cell, int direction, struct fail *fail)
{
    size_t count = around(audit, cell, NEAR_STEPS, NEAR_CELLS, audit->queue);
    struct attack_program *program = attack_program_make(audit->lattice, &audit->index, &audit->range, audit->queue,
                                                         count, audit->row_of);
    if (program == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis") == STATUS_OK;
    double limit = fmax(need(&audit->lattice->cells[cell], direction), tolerance(&audit->lattice->cells[cell]) * 10);
    if (attack_program_solve(program, 0, direction, limit, audit->moves))
        learn(audit, audit->queue, count);
    audit->result->programs++;
    attack_program_free(program);
    return true;
}

static enum status whole(struct audit *audit, struct attack_program **program, const uint32_t cells[], size_t count,
                         size_t i, int direction, struct fail *fail)
{
    const struct lattice_cell *cell = &audit->lattice->cells[cells[i]];
    double limit = audit->options->full ? HUGE_VAL : fmax(need(cell, direction), tolerance(cell) * 10);
    if (*program == NULL)
        *program = attack_program_make(audit->lattice, &audit->index, &audit->range, cells, count, audit->row_of);
    if (*program == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    audit->result->programs++;
    if (!attack_program_solve(*program, i, direction, limit, audit->moves))
        return FAIL(fail, STATUS_CONFLICT, "the audit could not be finished: the solver gave up; nothing is released");
    learn(audit, cells, count);
    return STATUS_OK;
}

static enum status audit_part(struct audit *audit, const uint32_t cells[], size_t count, struct fail *fail)
{
    struct attack_program *program = NULL;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (!wanted(audit, cells[i]))
            continue;
        int first = need(&audit->lattice->cells[cells[i]], 1) > 0 ? 1 : -1;
        for (int turn = 0; turn < 2 && status == STATUS_OK; turn++) {
            int direction = turn == 0 ? first : -first;
            if (!settled(audit, cells[i], direction) && count > NEAR_FROM && !audit->options->full &&
                !try_near(audit, cells[i], direction, fail))
                status = STATUS_MEMORY;
            if (status == STATUS_OK && !settled(audit, cells[i], direction))
                status = whole(audit, &program, cells, count, i, direction, fail);
        }
        audit->done++;
        if (status == STATUS_OK && audit->options->step != NULL &&
            !audit->options->step(audit->options->context, audit->done, audit->asked))
            status = FAIL(fail, STATUS_LIMIT, "stopped before the end; nothing was written");
    }
    attack_program_free(program);
    return status;
}

static void judge(struct audit *audit)
{
    struct attack_result *result = audit->result;
    for (size_t c = 0; c < audit->lattice->cell_count; c++) {
        const struct lattice_cell *cell = &audit->lattice->cells[c];
        if (!wanted(audit, (uint32_t)c))
            continue;
        bool asks = need(cell, 1) > 0 || need(cell, -1) > 0;
        bool exact = audit->found[c].high - audit->found[c].low <= tolerance(cell);
        bool safe = attack_safe(cell, &audit->found[c]);
        result->asked++;
        result->unasked += !asks;
        result->unasked_exact += !asks && exact;
        result->exact += asks && exact;
        result->inadequate += asks && !exact && !safe;
        if (asks && (exact || !safe) && result->leak == audit->lattice->cell_count)
            result->leak = c;
    }
}

/* Whether a table somebody offers agrees with everything an intruder knows: within all bounds, every relation adds up.
 * sums: per relation, all 0 before and after. */
static bool proof_holds(struct audit *audit, const struct lattice_member moves[], size_t count, double sums[])
{
    bool good = true;
    double largest = 0;
    uint32_t seen = ++audit->seen;
    for (size_t i = 0; i < count && good; i++) {
        double by = moves[i].factor, slack = 1e-7 * fmax(1, fabs(by));
        if (moves[i].cell >= audit->lattice->cell_count || audit->cell_seen[moves[i].cell] == seen)
            return false; /* no such cell, or one that moves twice */
        audit->cell_seen[moves[i].cell] = seen;
        good = isfinite(by) && by <= audit->range.high[moves[i].cell] + slack && by >= audit->range.low[moves[i].cell] - slack;
        largest = fmax(largest, fabs(by));
    }
    if (!good)
        return false;
    for (int turn = 0; turn < 3; turn++) /* add up, look, leave nothing behind */
        for (size_t i = 0; i < count; i++)
            for (size_t k = audit->index.cell_first[moves[i].cell]; k < audit->index.cell_first[moves[i].cell + 1]; k++) {
                double *sum = &sums[audit->index.places[k].relation];
                if (turn == 0)
                    *sum += audit->index.places[k].factor * moves[i].factor;
                else if (turn == 1)
                    good = good && fabs(*sum) <= 1e-7 * fmax(1, largest);
                else
                    *sum = 0;
            }
    return good;
}

/* Each proof is one more table the intruder has to reckon with. */
static enum status learn_proofs(struct audit *audit, struct arena *arena, struct fail *fail)
{
    const struct lattice_proofs *proofs = audit->options->proofs;
    double *sums = proofs != NULL ? ARENA_NEW(arena, double, audit->lattice->relation_count + 1) : NULL;
    if (proofs != NULL && sums == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t p = 0; proofs != NULL && p < proofs->count; p++) {
        const struct lattice_member *moves = &proofs->moves[proofs->first[p]];
        size_t count = proofs->first[p + 1] - proofs->first[p];
        if (!proof_holds(audit, moves, count, sums))
            continue;
        audit->result->believed++;
        for (size_t i = 0; i < count; i++) {
            struct interval *found = &audit->found[moves[i].cell];
            double to = audit->lattice->cells[moves[i].cell].value + moves[i].factor;
            found->low = fmin(found->low, to);
            found->high = fmax(found->high, to);
        }
    }
    return STATUS_OK;
}

static bool reserve(struct audit *audit, struct arena *arena)
{
    size_t cells = audit->lattice->cell_count, rows = audit->lattice->relation_count;
    audit->range.low = ARENA_NEW(arena, double, cells + 1);
    audit->range.high = ARENA_NEW(arena, double, cells + 1);
    audit->part = ARENA_NEW(arena, uint32_t, cells + 1);
    audit->queue = ARENA_NEW(arena, uint32_t, cells + 1);
    audit->cell_seen = ARENA_NEW(arena, uint32_t, cells + 1);
    audit->row_of = ARENA_NEW(arena, uint32_t, rows + 1);
    audit->row_seen = ARENA_NEW(arena, uint32_t, rows + 1);
    audit->moves = ARENA_NEW(arena, double, cells + 1);
    return audit->range.low != NULL && audit->range.high != NULL && audit->part != NULL && audit->queue != NULL &&
           audit->cell_seen != NULL && audit->row_of != NULL && audit->row_seen != NULL && audit->moves != NULL;
}

static enum status run(struct audit *audit, struct arena *arena, struct fail *fail)
{
    const struct lattice *lattice = audit->lattice;
    bool *taken = ARENA_NEW(arena, bool, lattice->cell_count + 1);
    if (taken == NULL || !reserve(audit, arena))
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    enum status status = lattice_index(arena, lattice, &audit->index, fail);
    if (status != STATUS_OK)
        return status;
    set_ranges(audit);
    peel(audit);
    for (size_t c = 0; c < lattice->cell_count; c++) {
        audit->found[c] = (struct interval){ lattice->cells[c].value, lattice->cells[c].value };
        audit->asked += wanted(audit, (uint32_t)c);
    }
    status = learn_proofs(audit, arena, fail);
    for (size_t c = 0; c < lattice->cell_count && status == STATUS_OK; c++) {
        if (taken[c] || !wanted(audit, (uint32_t)c) || !moves(audit, c))
            continue;
        size_t count = around(audit, (uint32_t)c, SIZE_MAX, SIZE_MAX, audit->part);
        for (size_t i = 0; i < count; i++)
            taken[audit->part[i]] = true;
        status = audit_part(audit, audit->part, count, fail);
    }
    if (status == STATUS_OK)
        judge(audit);
    return status;
}

enum status attack(const struct lattice *lattice, const struct attack_options *options, struct interval found[],
                   struct attack_result *result, struct fail *fail)
{
    static const struct attack_options plain = { .full = true };
    struct arena arena;
    struct audit audit = { .lattice = lattice, .options = options != NULL ? options : &plain, .found = found,
                           .result = result };
    *result = (struct attack_result){ .leak = lattice->cell_count };
    enum status status = lattice_check(lattice, NULL, NULL);
    if (status != STATUS_OK)
        return FAIL(fail, status, "the tables contradict each other; nothing is released");
    arena_init(&arena, (size_t)4 << 30);
    status = run(&audit, &arena, fail);
    arena_free(&arena);
    return status;
}
