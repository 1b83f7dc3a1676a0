#!/usr/bin/python3
"""Plays the readers of everything: office queries, exports, the PDF's printed tables, of all waves together. What they saw is given
to the auditor (querschnitt attack) with every sum there is. Zero disclosures are allowed; with the complementary step switched off
(attack_bare) the same harness must find many, and also when a single table is left unprotected.

Usage: attack_queries.py QUERSCHNITT ATTACK_BARE INSTANCE WORK [--queries N] [--port P]
Only the truth about hidden cells comes from the database; what is seen comes from HTTP, files and pdftotext."""
import argparse
import csv
import html
import http.client
import io
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import zipfile

SHOWN, SECRET, UNSAFE = 0, 1, 2
ANSWERS, HEADS = 1, 2
COUNT, PERCENT = 0, 1
NO_SIDE = 0x7FFFFFFF
ANSWERS_MIN, HEADS_MIN, PERCENT_BASE, DECIMAL_BASE = 10, 5, 20, 200
COMPARISON = "Comparison"
MANY = 10  # findings the negative control has at least
NUMBER = re.compile(r"^(?:[≥<] ?)?([+−-]?\d[\d,]*(?:\.\d+)?)\s?%?(?:\s|\(|$)")


def run(*words):
    done = subprocess.run(words, capture_output=True, timeout=300)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stderr.decode()}")
    return done.stdout.decode()


def number(text):
    found = NUMBER.match(text.strip())
    return float(found.group(1).replace(",", "").replace("−", "-")) if found else None


class Seen:
    """Cells with a figure: (wave, table, row, column), and through which channel first."""

    def __init__(self):
        self.cells = {}
        self.count = {}

    def add(self, channel, wave, table, row, column):
        self.cells.setdefault((wave, table, row, column), channel)
        self.count[channel] = self.count.get(channel, 0) + 1


def read_json(querschnitt, instance, wave, seen):
    release = json.loads(run(querschnitt, "indicators", "--dir", instance, "--wave", wave, "--json"))
    for table in release["tables"]:
        for row in table["rows"]:
            for column, cell in enumerate(row["cells"]):
                if "value" in cell:
                    seen.add("json", wave, table["id"], row["id"], column)


def read_csv(querschnitt, instance, wave, language, work, seen):
    path = os.path.join(work, "tables.zip")
    run(querschnitt, "export", "tables", "--dir", instance, "--wave", wave, "--language", language, "--output", path)
    with zipfile.ZipFile(path) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("tables.csv").decode("utf-8-sig"))))
    for row in rows:
        if row["value"] != "":
            seen.add("csv", wave, row["table"], row["row"], int(row["column"]))
    return rows


def blocks_of(text, labels):
    """Printed tables: lines that begin with a known row label, between two captions."""
    block = []
    for line in text.splitlines():
        if re.match(r"\s*Table \d+: ", line):
            if block:
                yield block
            block = []
            continue
        words = re.split(r"\s{2,}", line.strip())
        if len(words) > 1 and words[0] in labels:
            block.append(words)
    if block:
        yield block


def fits(token, row):
    value = number(token)
    if row["value"] == "":
        return value is None and token == row["sign"]
    return value is not None and abs(value - float(row["value"])) < 1e-9


def read_pdf(querschnitt, instance, wave, work, rows, seen):
    """Each printed column is held against every column of every table; the best fit says which one it is."""
    path = os.path.join(work, f"report-{wave}.pdf")
    run(querschnitt, "report", "--dir", instance, "--wave", wave, "--language", "en", "--output", path)
    text = run("pdftotext", "-layout", path, "-")
    columns = {}
    for row in rows:
        columns.setdefault((row["table"], int(row["column"])), {})[row["row_label"]] = row
    labels = {row["row_label"] for row in rows}
    signs = 0
    for block in blocks_of(text, labels):
        width = max(len(words) for words in block)
        lines = [words for words in block if len(words) == width]
        for at in range(1, width):
            best, found = 0, None
            for name, column in columns.items():
                if not all(words[0] in column for words in lines):
                    continue
                good = sum(fits(words[at], column[words[0]]) for words in lines)
                if good > best:
                    best, found = good, name
            if found is None or best < 2 or best < 0.6 * len(lines):
                continue
            for words in lines:
                if number(words[at]) is not None:
                    seen.add("pdf", wave, found[0], columns[found][words[0]]["row"], found[1])
                else:
                    signs += words[at] == "g"
    return signs


class Office:
    def __init__(self, querschnitt, instance, port):
        self.port = port
        self.server = subprocess.Popen([querschnitt, "serve", "office", "--dir", instance, "--port", str(port)],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            time.sleep(0.1)
            try:
                self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
                self.connection.request("GET", "/login")
                self.connection.getresponse().read()
                return
            except OSError:
                continue
        sys.exit("the office does not answer")

    def login(self, name, password):
        self.connection.request("POST", "/login", urllib.parse.urlencode({"name": name, "password": password}),
                                {"Content-Type": "application/x-www-form-urlencoded"})
        answer = self.connection.getresponse()
        answer.read()
        self.cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
        assert self.cookie.startswith("session="), answer.status

    def get(self, path):
        self.connection.request("GET", path, headers={"Cookie": self.cookie, "Accept-Language": "en"})
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode()

    def stop(self):
        self.connection.close()
        self.server.terminate()
        self.server.wait(timeout=60)


def plain(text):
    return html.unescape(re.sub(r"<[^>]*>", "", text)).strip()


def read_page(page, wave, table, rows, seen):
    """Any number in any row, whatever the page says about it."""
    by_label, width = {}, 0
    for row in rows:
        if row["table"] == table:
            by_label[row["row_label"]] = row["row"]
            width = max(width, int(row["column"]) + 1)
    for table_text in re.findall(r"<table.*?</table>", page, re.S):
        heads = [plain(head) for head in re.findall(r"<th[^>]*scope=\"col\".*?</th>", table_text, re.S)][1:]
        for line in re.findall(r"<tr.*?</tr>", table_text, re.S):
            head = re.search(r"<th[^>]*scope=\"row\".*?</th>", line, re.S)
            if head is None or plain(head.group(0)) not in by_label:
                continue
            cells = re.findall(r"<td.*?</td>", line, re.S)
            if len(cells) == len(heads): # words stand in columns of their own
                cells = [cell for cell, above in zip(cells, heads) if above != COMPARISON]
            for column, cell in enumerate(cells[:width]):
                if number(plain(cell)) is not None:
                    seen.add("office", wave, table, by_label[plain(head.group(0))], column)


def ask_office(office, count, rows_of, seen):
    """Random questions, most of them outside the release. Refusals are the same words for everything that is refused."""
    dice = random.Random(20261123)
    abouts = sorted({row["table"].split(".")[0] for rows in rows_of.values() for row in rows}) + ["", "zz", "k1.unit", "%00"]
    bys = ["", "unit", "band", "age", "sex", "contact", "wave", "change", "items", "unit.sex", "D1", "..", "<b>"]
    refused, refusals = 0, set()
    for _ in range(count):
        wave = dice.choice(list(rows_of))
        about, by, both = dice.choice(abouts), dice.choice(bys), dice.choice([""] * 2 * len(bys) + bys)
        status, page = office.get("/figures?" + urllib.parse.urlencode({"wave": wave, "about": about, "by": by, "and": both}))
        assert status in (200, 404), (status, about, by, both)
        if status == 404:
            refused += 1
            refusals.add(plain(re.search(r"<h2 id=\"refused\">.*?</p>", page, re.S).group(0)))
            assert not re.search(r"<td", page), (about, by, both)
            continue
        known = {row["table"] for row in rows_of[wave]}
        for table in (about + ("." + by if by else ""), f"{about}.{by}.{both}", f"{about}.{both}.{by}"):
            if table in known:
                read_page(page, wave, table, rows_of[wave], seen)
                break
    assert len(refusals) == 1, refusals
    return refused


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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("querschnitt")
    parser.add_argument("bare")
    parser.add_argument("instance")
    parser.add_argument("work")
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--port", type=int, default=int(os.environ.get("QUERSCHNITT_TEST_PORT", "21150")))
    given = parser.parse_args()
    querschnitt, work = given.querschnitt, given.work
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    instance = os.path.join(work, "instance")
    shutil.copytree(given.instance, instance, ignore=shutil.ignore_patterns("ballots.box", "*.pdf"))
    waves, seen, rows_of, signs = ["2024", "2025"], Seen(), {}, 0
    for wave in waves:
        read_json(querschnitt, instance, wave, seen)
        read_csv(querschnitt, instance, wave, "de", work, seen)
        rows_of[wave] = read_csv(querschnitt, instance, wave, "en", work, seen)
        signs += read_pdf(querschnitt, instance, wave, work, rows_of[wave], seen)
    with open(os.path.join(work, "password"), "w") as out:
        out.write("richtig lang und gut\n")
    run(querschnitt, "user", "add", "reader", "--role", "analyst", "--passphrase-file", os.path.join(work, "password"),
        "--dir", instance)
    office = Office(querschnitt, instance, given.port)
    try:
        office.login("reader", "richtig lang und gut")
        refused = ask_office(office, given.queries, rows_of, seen)
    finally:
        office.stop()
    print("figures read:", seen.count, "signs in the PDF:", signs, "queries:", given.queries, "refused:", refused)
    assert seen.count["pdf"] > 300 and signs > 20 and seen.count["office"] > given.queries / 20, "the harness reads too little"
    database = sqlite3.connect(os.path.join(instance, "querschnitt.sqlite"))
    bases = {wave: json.loads(database.execute(
        "SELECT basis FROM release JOIN wave ON wave.id = wave WHERE name = ? ORDER BY version DESC", (wave,)).fetchone()[0])
        ["tables"] for wave in waves}
    database.close()
    ghosts = set(seen.cells) - shown_in(bases)
    assert not ghosts, f"figures that are hidden in the release: {sorted((one, seen.cells[one]) for one in ghosts)[:10]}"
    found, primary, names = audit(querschnitt, bases, set(seen.cells), work, "seen")
    print(f"protected: {primary} hidden numbers ask for protection, {found} disclosed")
    assert primary > 50, "too little to protect"
    assert found == 0, names[:20]

    bare = {wave: json.loads(run(given.bare, instance, wave))["tables"] for wave in waves}
    found, primary, _ = audit(querschnitt, bare, shown_in(bare), work, "bare")
    print(f"without partners: {primary} ask for protection, {found} disclosed")
    assert found >= MANY, "the harness is blind"
    caught = missed = 0
    for wave in waves: # one table alone left out of the joint protection
        for good, bad in zip(bases[wave], bare[wave]):
            more = shown_in({wave: [bad]}) - shown_in({wave: [good]})
            if not more or not any(sums(bad, column) for column in range(len(bad["columns"]))):
                continue
            found, _, _ = audit(querschnitt, bases, set(seen.cells) | more, work, "one")
            caught, missed = caught + (found > 0), missed + (found == 0)
    print(f"one table unprotected: found in {caught} of {caught + missed}")
    assert caught >= 3, "a single unprotected table goes unnoticed"
    shutil.rmtree(work)


main()
