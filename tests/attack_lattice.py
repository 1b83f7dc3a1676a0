"""What an intruder knows of the tables he read, as cells and sums, and what the auditor (querschnitt attack) makes of it. Built from
scratch by the rules of docs/secrecy.md; shares nothing with analysis/protect*.c."""
import json
import os
import subprocess
import sys

SHOWN, SECRET, UNSAFE = 0, 1, 2
ANSWERS, HEADS = 1, 2
COUNT, PERCENT = 0, 1
NO_SIDE = 0x7FFFFFFF
ANSWERS_MIN, HEADS_MIN, PERCENT_BASE, DECIMAL_BASE = 10, 5, 20, 200


class Lattice:
    """What an intruder knows: cells, sums, and what the shown ones pin down. Built from scratch, by the rules of docs/secrecy.md."""

    def __init__(self):
        self.cells, self.relations = [], []

    def add(self, name, value, low, high, status, up=0, down=0):
        if status == "fixed":
            low = high = value
        self.cells.append({"id": f"{len(self.cells)} {name}", "value": value, "status": status, "low": min(low, value),
                           "high": max(high, value), "protect_up": up, "protect_down": down})
        return self.cells[-1]["id"]

    def relate(self, members, total=0):
        self.relations.append({"sum": total, "cells": members})


def asked(value, least, most, reach):
    """Protection of a hidden number: up to the threshold, or, where everybody knows it is smaller, one down."""
    up = max(0, min(reach, most) - value)
    return up, 1 if up == 0 and value > least else 0


class Group:
    def __init__(self, cell, table, row):
        _, self.kind, _, value, self.base, self.outside, _ = cell
        self.name, self.heads = row, self.kind == HEADS
        self.apart = self.outside != NO_SIDE
        value = value or 0
        self.n = value + (self.outside if self.apart else 0) if self.heads else self.base
        self.y = (value if self.heads else self.outside) if self.apart else 0
        self.most, self.side = float("inf"), 0
        self.seen = self.secret = False
        self.unsafe_most = float("inf")

    def put(self, lattice, rest=False):
        floor = HEADS_MIN if self.heads else ANSWERS_MIN
        least = 1 if self.heads and self.n >= 1 else 0
        open_n = self.heads and self.apart
        hidden = not self.seen and (self.secret or rest)
        need = hidden and (not rest or self.n > 0)
        if self.seen or open_n:
            self.n_id = lattice.add(self.name, self.n, 0, 0, "fixed")
        elif hidden:
            up, down = asked(self.n, least, self.most, floor) if need and self.n < floor else (0, 0)
            self.n_id = lattice.add(self.name, self.n, least, self.most, "primary" if up or down else "secondary", up, down)
        else:
            self.n_id = lattice.add(self.name, self.n, min(self.n, floor), min(self.most, self.unsafe_most), "secondary")
        if not self.apart:
            return
        side = HEADS_MIN if self.heads else self.side
        for z in (False, True):
            value = self.n - self.y if z else self.y
            up = down = 0
            if need and value < side and (self.heads or not z):
                up, down = asked(value, 0, self.most, side)
            elif need and not z and self.n < floor:
                up, down = asked(value, 0, self.most, value + 1)
            status = "fixed" if self.seen else "primary" if up or down else "secondary"
            name = lattice.add(self.name + (" z" if z else " y"), value, 0, self.most, status, up, down)
            if z:
                self.z_id = name
            else:
                self.y_id = name
        lattice.relate([[self.n_id, 1], [self.y_id, -1], [self.z_id, -1]])


def wave_of(table, column):
    return table["columns"][column][6] or table["wave"]


def sums(table, column):
    unit, follows, _, _, own, _, _ = table["columns"][column]
    width = len(table["columns"])
    people = any(table["cells"][r * width + column][1] in (ANSWERS, HEADS) for r in range(len(table["rows"])))
    return people and table["additive"] and (own or follows < 0)


def audit(querschnitt, bases, seen, work, name):
    """bases: {wave: tables with true signs}. seen: set of (wave, table, row, column). Returns the findings."""
    lattice, groups, columns, direct = Lattice(), {}, [], 0
    for wave, tables in bases.items():
        for table in tables:
            width = len(table["columns"])
            for column in range(width):
                if not sums(table, column):
                    continue
                _, _, rest, rest_outside, _, ballots, _ = table["columns"][column]
                lines, total_seen = [], True
                for r, (row, total) in enumerate(table["rows"]):
                    cell = table["cells"][r * width + column]
                    shown = (wave, table["id"], row, column) in seen
                    if total:
                        total_seen = shown or cell[0] not in (SECRET,)
                        continue
                    if cell[1] not in (ANSWERS, HEADS):
                        continue
                    when = "" if cell[1] == HEADS else wave_of(table, column)
                    key = (cell[1], row, cell[3], cell[4], cell[5], when)
                    group = groups.setdefault(key, Group(cell, table, row))
                    group.side = max(group.side, table["sides_min"])
                    group.seen = group.seen or shown
                    group.secret = group.secret or cell[0] == SECRET
                    if cell[0] == UNSAFE and cell[1] == ANSWERS and cell[4] < cell[6]:
                        group.unsafe_most = min(group.unsafe_most, cell[6] - 1)
                    lines.append((row, group, cell, shown))
                most = rest + sum(group.n for _, group, _, _ in lines)
                for row, group, _, _ in lines:
                    group.most = min(group.most, most)
                    if ballots:
                        r = [one[0] for one in table["rows"]].index(row)
                        staff = [c[3] for i, c in enumerate(table["cells"][r * width:(r + 1) * width])
                                 if c[1] == HEADS and table["columns"][i][0] == COUNT]
                        if staff and staff[0] >= group.n:
                            group.most = min(group.most, staff[0])
                columns.append((wave, table, column, lines, total_seen, most, rest, rest_outside))
    for group in groups.values():
        group.put(lattice)
        small = group.n < (HEADS_MIN if group.heads else ANSWERS_MIN) and not (group.heads and group.apart)
        direct += group.seen and group.secret and small and group.n > 0
    ballots_of = {}
    for wave, table, column, lines, _, _, _, _ in columns:
        if table["columns"][column][5]:
            for row, group, _, _ in lines:
                ballots_of[(wave_of(table, column), row)] = (table["id"], group)
    for wave, table, column, lines, total_seen, most, rest, rest_outside in columns:
        if total_seen and lines:
            left = Group([0, HEADS if lines[0][1].heads else ANSWERS, 0, 0, 0, NO_SIDE, 0], table, f"{table['id']} rest")
            left.apart = any(group.apart for _, group, _, _ in lines)
            left.n, left.y, left.most, left.side = rest, rest_outside if left.apart else 0, most, table["sides_min"]
            left.put(lattice, rest=True)
            lattice.relate([[left.n_id, 1]] + [[group.n_id, 1] for _, group, _, _ in lines],
                           rest + sum(group.n for _, group, _, _ in lines))
            if left.apart:
                sides = [group for _, group, _, _ in lines if group.apart]
                lattice.relate([[left.y_id, 1]] + [[group.y_id, 1] for group in sides], left.y + sum(g.y for g in sides))
        for row, group, cell, shown in lines:
            of, ballots = ballots_of.get((wave_of(table, column), row), (None, None))
            if cell[1] != ANSWERS or ballots is None or of == table["id"] or ballots.n < cell[4]:
                continue
            least = PERCENT_BASE if table["columns"][column][0] == PERCENT else ANSWERS_MIN
            if cell[4] >= DECIMAL_BASE:
                least = DECIMAL_BASE
            low = min(max(least, cell[6]), cell[4]) if shown else 0 if cell[0] == SECRET else min(ANSWERS_MIN, cell[4])
            some = lattice.add(f"{row} answers", cell[4], low, ballots.most, "secondary")
            none = lattice.add(f"{row} no answer", ballots.n - cell[4], 0, ballots.most, "secondary")
            lattice.relate([[some, 1], [none, 1], [ballots.n_id, -1]])
    path = os.path.join(work, f"{name}.json")
    unique = {cell["id"] for cell in lattice.cells}
    assert len(unique) == len(lattice.cells)
    for relation in lattice.relations: # the same cell twice in one sum is one cell with its factor
        merged = {}
        for cell, factor in relation["cells"]:
            merged[cell] = merged.get(cell, 0) + factor
        relation["cells"] = [[cell, factor] for cell, factor in merged.items()]
    with open(path, "w") as out:
        json.dump({"cells": lattice.cells, "relations": lattice.relations}, out)
    done = subprocess.run([querschnitt, "attack", path, "--json"], capture_output=True, timeout=600)
    if not done.stdout:
        sys.exit(f"attack {path}: {done.stderr.decode()}")
    verdict = json.loads(done.stdout)
    found = verdict["audit"]["exact"] + verdict["audit"]["inadequate"]
    assert (done.returncode == 0) == (found == 0)
    return found + direct, verdict["audit"]["primary"], [c["id"] for c in verdict["cells"] if c.get("safe") is False]


def shown_in(bases):
    return {(wave, table["id"], table["rows"][i // len(table["columns"])][0], i % len(table["columns"]))
            for wave, tables in bases.items() for table in tables for i, cell in enumerate(table["cells"]) if cell[0] == SHOWN}
