#!/usr/bin/python3
"""Plays the readers of everything: office queries and pages under every role, exports, report and short version as PDF and page with
what a screen reader speaks, the workbook, of all waves together. What they saw is given to the auditor (querschnitt attack) with
every sum there is; every number beside the name of a group must be one that is shown for it; the rules of publication are checked
cell by cell. Zero disclosures are allowed. Then bugs are planted, and every one must be found.

Usage: attack_queries.py QUERSCHNITT ATTACK_BARE INSTANCE WORK [--queries N] [--port P]
Only the truth about hidden cells comes from the database; what is seen comes from HTTP, files and pdftotext."""
import argparse
import html
import http.client
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

import attack_channels as channels
import attack_rules as rules
from attack_channels import COMPARISON, number, plain, run
from attack_lattice import audit, shown_in, sums

MANY = 10  # findings the negative control has at least
ROLES = ["analyst", "admin", "council-staff"]


class Office:
    def __init__(self, querschnitt, instance, port):
        self.port, self.cookies = port, []
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
        cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
        assert cookie.startswith("session="), answer.status
        self.cookies.append(cookie)

    def get(self, path, who=0):
        self.connection.request("GET", path, headers={"Cookie": self.cookies[who], "Accept-Language": "en"})
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def stop(self):
        self.connection.close()
        self.server.terminate()
        self.server.wait(timeout=60)


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
        status, page = office.get("/figures?" + urllib.parse.urlencode({"wave": wave, "about": about, "by": by, "and": both}),
                                  dice.randrange(len(office.cookies)))
        page = page.decode()
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


DOWNLOADS = ["/tables.xlsx", "/tables.zip", "/report.html", "/short.html", "/short.pdf", "/cover.md", "/cover.odt"]


def main_of(page):
    return re.search(r"<main.*</main>", page, re.S).group(0)


def read_office(office, waves, labels, known, work, seen):
    """Pages and files under every role: the same for all of them, and no number beside a group's name that is not shown for it.
    Returns a page of results and the lines of the workbooks."""
    page, lines = "", {}
    for wave in waves:
        for path in ["/results", "/missing"] + DOWNLOADS:
            answers = [office.get(f"{path}?wave={wave}", who) for who in range(len(office.cookies))]
            assert all(status == 200 for status, _ in answers), path
            bodies = [body for _, body in answers]
            if path in ("/results", "/missing"):
                bodies = [main_of(body.decode()) for body in bodies]
                if path == "/missing": # only who plans tables has the link to the plan
                    bodies = [re.sub(r"<p><a href=\"/plan\">.*?</p>", "", body) for body in bodies]
            assert all(body == bodies[0] for body in bodies), f"{path} depends on the role"
            read_file(path, wave, bodies[0], labels, known, work, seen, lines)
            page = bodies[0] if path == "/results" else page
    return page, lines


def read_file(path, wave, body, labels, known, work, seen, lines):
    file = os.path.join(work, os.path.basename(path))
    found = []
    if path == "/missing": # says of no group that its figure is a small one
        assert not [label for label in labels if re.search(r"<th[^>]*>\s*" + re.escape(html.escape(label)), body)], "/missing names groups"
    if path in ("/results", "/missing") or path.endswith(".html"):
        found = channels.labelled_html(body if isinstance(body, str) else body.decode(), labels)
    elif path.endswith(".md"):
        found = channels.labelled_text(body.decode(), labels)
    else:
        with open(file, "wb") as out:
            out.write(body)
    if path.endswith(".pdf"):
        found = channels.labelled_text(run("pdftotext", "-layout", file, "-"), labels)
        found += channels.labelled_fragments(channels.spoken_of(file), labels)
    elif path.endswith(".odt"):
        found = channels.labelled_html(channels.odt_table(file), labels)
    elif path.endswith(".zip"):
        lines["zip", wave] = channels.csv_of(file)
    elif path.endswith(".xlsx"):
        lines[wave] = list(channels.xlsx_lines(file))
    wrong = channels.unexplained(found, known)
    assert not wrong, (path, wave, wrong[:5])
    seen.tell("beside names", sum(len(channels.numbers(text)) for _, text in found))


def listed_in(instance, wave):
    """The tables of the list that was fixed before the survey opened."""
    with open(os.path.join(instance, "waves", wave, "tables.txt"), encoding="utf-8") as lines:
        return {line.split("\t")[0] for line in lines if "\t" in line}


def bases_of(instance, waves):
    """What the instance alone knows: every figure with its sign, before protection."""
    database = sqlite3.connect(os.path.join(instance, "querschnitt.sqlite"))
    bases = {wave: json.loads(database.execute(
        "SELECT basis FROM release JOIN wave ON wave.id = wave WHERE name = ? ORDER BY version DESC", (wave,)).fetchone()[0])
        ["tables"] for wave in waves}
    database.close()
    return bases


def read_everything(given, instance, waves, seen):
    """Files, then pages and questions in the office. Returns rows, a page, the text of a report and the workbooks."""
    querschnitt, work, rows_of, signs, texts, spoken = given.querschnitt, given.work, {}, 0, {}, {}
    for wave in waves:
        channels.read_json(querschnitt, instance, wave, seen)
        channels.read_csv(querschnitt, instance, wave, "de", work, seen)
        rows_of[wave] = channels.read_csv(querschnitt, instance, wave, "en", work, seen)
        found, texts[wave], spoken[wave] = channels.read_pdf(querschnitt, instance, wave, work, rows_of[wave], seen)
        signs += found
    labels, known = channels.hidden_labels(rows_of), channels.explained(rows_of)
    for wave in waves:
        found = channels.labelled_text(texts[wave], labels) + channels.labelled_fragments(spoken[wave], labels)
        seen.tell("beside names", sum(len(channels.numbers(text)) for _, text in found))
        wrong = channels.unexplained(found, known)
        assert not wrong, ("report.pdf", wave, wrong[:5])
    listed = {wave: listed_in(instance, wave) for wave in waves}
    assert not rules.unlisted(rows_of, listed), "tables that are not on the list"
    with open(os.path.join(work, "password"), "w") as out:
        out.write("richtig lang und gut\n")
    for role in ROLES:
        run(querschnitt, "user", "add", role.split("-")[0], "--role", role, "--passphrase-file", os.path.join(work, "password"),
            "--dir", instance)
    office = Office(querschnitt, instance, given.port)
    try:
        for role in ROLES:
            office.login(role.split("-")[0], "richtig lang und gut")
        page, lines = read_office(office, waves, labels, known, work, seen)
        refused = ask_office(office, given.queries, rows_of, seen)
    finally:
        office.stop()
    for wave in waves:
        wrong = channels.unexplained_xlsx(lines[wave], rows_of[wave])
        assert not wrong, ("tables.xlsx", wave, wrong[:5])
        seen.tell("workbook", sum(len(values) for _, _, values in lines[wave]))
        assert sorted(map(str, lines["zip", wave])) == sorted(map(str, rows_of[wave])), "the office's open data are other ones"
    print("figures read:", seen.count, "signs in the PDF:", signs, "queries:", given.queries, "refused:", refused)
    assert seen.count["pdf"] > 300 and signs > 20 and seen.count["office"] > given.queries / 20, "the harness reads too little"
    assert seen.count["beside names"] > 1500 and seen.count["workbook"] > 3000, "the harness reads too little"
    return rows_of, page, texts[waves[-1]], lines


def plant_tables(given, bases, seen):
    """All tables without partners, then one table alone left out of the joint protection."""
    bare = {wave: json.loads(run(given.bare, os.path.join(given.work, "instance"), wave))["tables"] for wave in bases}
    found, primary, _ = audit(given.querschnitt, bare, shown_in(bare), given.work, "bare")
    print(f"without partners: {primary} ask for protection, {found} disclosed")
    assert found >= MANY, "the harness is blind"
    caught, missed = 0, []
    for wave, tables in bases.items():
        loose = {table["id"]: table for table in bare[wave]}
        assert set(loose) == {table["id"] for table in tables}
        for good in tables:
            bad = loose[good["id"]]
            more = shown_in({wave: [bad]}) - shown_in({wave: [good]})
            if not more or not any(sums(bad, column) for column in range(len(bad["columns"]))):
                continue
            found, _, _ = audit(given.querschnitt, bases, seen | more, given.work, "one")
            caught += found > 0
            if found == 0: # what it shows in addition helps nobody
                missed.append(f"{wave} {good['id']}")
    print(f"one table unprotected: found in {caught} of {caught + len(missed)}", *missed)
    assert caught >= MANY, "a single unprotected table goes unnoticed"


def plant_bugs(rows_of, truth, page, text, lines):
    asked, quiet = 0, []
    for name, found, fits in rules.plant_rules(rows_of, truth):
        asked += fits
        if not found:
            quiet.append(name)
        if not fits:
            print(f"planted bug has no place in this city: {name}")
    tally = {}
    for name, found in rules.plant_channels(rows_of, truth, page, text, lines):
        hits, tries = tally.get(name, (0, 0))
        tally[name] = hits + bool(found), tries + 1
    print("planted in channels:", ", ".join(f"{name} {hits} of {tries}" for name, (hits, tries) in tally.items()))
    quiet += [name for name, (hits, tries) in tally.items() if hits < tries or tries == 0]
    asked += len(tally)
    wave = next(iter(rows_of))
    asked += 1
    if not rules.unlisted({wave: rows_of[wave] + [dict(rows_of[wave][0], table="k1.unit.sex")]}, {wave: {r["table"] for r in rows_of[wave]}}):
        quiet.append("a table that is not on the list")
    print(f"planted bugs: {asked}, found {asked - len(quiet)}")
    assert not quiet, quiet
    assert asked >= 10, "too few bugs to plant"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("querschnitt")
    parser.add_argument("bare")
    parser.add_argument("instance")
    parser.add_argument("work")
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--port", type=int, default=int(os.environ.get("QUERSCHNITT_TEST_PORT", "21150")))
    given = parser.parse_args()
    shutil.rmtree(given.work, ignore_errors=True)
    os.makedirs(given.work)
    instance = os.path.join(given.work, "instance")
    shutil.copytree(given.instance, instance, ignore=shutil.ignore_patterns("ballots.box", "*.pdf"))
    waves, seen = ["2024", "2025"], channels.Seen()
    rows_of, page, text, lines = read_everything(given, instance, waves, seen)
    bases = bases_of(instance, waves)
    ghosts = set(seen.cells) - shown_in(bases)
    assert not ghosts, f"figures that are hidden in the release: {sorted((one, seen.cells[one]) for one in ghosts)[:10]}"
    found, primary, names = audit(given.querschnitt, bases, set(seen.cells), given.work, "seen")
    print(f"protected: {primary} hidden numbers ask for protection, {found} disclosed")
    assert primary > 50, "too little to protect"
    assert found == 0, names[:20]
    truth = rules.truth_of(bases)
    wrong = rules.broken(rows_of, truth)
    assert not wrong, wrong[:10]
    plant_tables(given, bases, set(seen.cells))
    plant_bugs(rows_of, truth, page, text, lines)
    shutil.rmtree(given.work)


main()
