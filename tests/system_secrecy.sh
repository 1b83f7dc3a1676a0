#!/bin/sh
# protect and attack as a statistician meets them: both formats, every refusal with its sentence and exit code, JSON for machines,
# nothing half written; and a survey whose list of tables was changed. Usage: system_secrecy.sh QUERSCHNITT INSTANCE WORK
set -eu
querschnitt=$1 instance=$2 work=$3
rm -rf "$work"
mkdir -p "$work"
cd "$work"
export LANG=en_US.UTF-8

protect_soon() { timeout 120 "$querschnitt" protect "$@"; } # a table of eight cells once took for ever

fails() { # code, words of the sentence, command …
    code=$1 words=$2
    shift 2
    set +e
    timeout 120 "$querschnitt" "$@" > out 2> refusal
    found=$?
    set -e
    if [ "$found" -ne "$code" ] || ! grep -q -e "$words" refusal || [ "$(wc -l < refusal)" -gt 3 ]; then
        echo "$*: exit code $found, expected $code and \"$words\":" && cat refusal && exit 1
    fi
}

# Two departments and two groups with totals; one cell is secret.
table() { # value of the cell b2, status of b1, low of a1
    cat << JSON
{"cells": [
 {"id": "a1", "value": 3, "status": "primary", "low": ${3:-0}, "high": 40, "protect_up": 2, "protect_down": 1},
 {"id": "a2", "value": 9, "status": "open", "low": 0, "high": 40}, {"id": "a", "value": 12, "status": "fixed"},
 {"id": "b1", "value": 20, "status": "${2:-open}", "low": 0, "high": 40},
 {"id": "b2", "value": ${1:-11}, "status": "open", "low": 0, "high": 40}, {"id": "b", "value": 31, "status": "fixed"},
 {"id": "t1", "value": 23, "status": "fixed"}, {"id": "t2", "value": 20, "status": "fixed"}],
 "relations": [{"cells": [["a1", 1], ["a2", 1], ["a", -1]]}, {"cells": [["b1", 1], ["b2", 1], ["b", -1]]},
 {"sum": 23, "cells": [["a1", 1], ["b1", 1]]}, {"cells": [["a2", 1], ["b2", 1], ["t2", -1]]}]}
JSON
}
table > table.json
fails 1 'table.json: 1 cells can be found out' attack table.json
grep -q 'cell a1: the intruder finds 3 to 3' out
protect_soon table.json -o protected.json > out 2> noise
grep -q '^3 cells hidden in addition' out
[ ! -s noise ]
"$querschnitt" attack protected.json > out
grep -q '1 protected cells: 0 can be computed, 0 too closely' out
protect_soon table.json -o again.json --json > result.json
sed '/"seconds"/d' protected.json > one && sed '/"seconds"/d' again.json > two && cmp one two
python3 - << 'PYTHON'
import json
told, written = json.load(open("result.json")), json.load(open("protected.json"))
assert told["audit"] == {"safe": True, "primary": 1, "exact": 0, "inadequate": 0, "unasked": 0, "unasked_exact": 0}, told
assert told["result"]["secondary"] == 3 and told["result"]["cost"] == 40 and told["result"]["seed"] == 1, told
assert sorted(cell["id"] for cell in written["cells"] if cell["status"] == "secondary") == ["a2", "b1", "b2"]
secret = written["cells"][0]
assert secret["safe"] and secret["found_low"] <= 2 and secret["found_high"] >= 5, secret
PYTHON

# Everything that is wrong is named, and nothing is written.
table 12 > wrong.json && fails 1 'relation 2 does not add up: it misses by' protect wrong.json -o no.json
table 11 open 4 > wrong.json && fails 1 'cell a1: the value lies outside of its own bounds' protect wrong.json -o no.json
table | sed 's/\["b2", 1\], \["t2"/["c2", 1], ["t2"/' > wrong.json && fails 1 'relation 4: there is no cell c2' attack wrong.json
table | sed 's/protect_up/protec_up/' > wrong.json && fails 1 'there is no member "protec_up"' attack wrong.json
table | sed 's/"primary"/"secret"/' > wrong.json && fails 1 'cell a1: value, cost, status or a bound' attack wrong.json
table | sed 's/"id": "a2"/"id": "a1"/' > wrong.json && fails 1 'a text that no other cell has' attack wrong.json
table | sed 's/\["a2", 1\], \["a", -1\]/["a1", 1], ["a", -1]/' > wrong.json && fails 1 'the cell a1 stands twice in it' attack wrong.json
table | sed 's/"value": 9,/"value": 9e300,/' > wrong.json && fails 1 'cell a2: value' attack wrong.json
table | sed 's/"relations": \[/"equations": [/' > wrong.json && fails 1 '"relations" must be a list' attack wrong.json
table open fixed | sed 's/"value": open/"value": 11/; s/"status": "open"/"status": "fixed"/' > wrong.json
fails 1 'cannot be protected\|no choice\|no set\|cannot' protect wrong.json -o no.json
echo '{"cells": [], "relations": []}' > wrong.json && fails 1 'a list of 1 to 2000000 cells' attack wrong.json
echo '{"cells": [' > wrong.json && fails 1 'wrong.json:[0-9-]*: not JSON' attack wrong.json
: > wrong.json && fails 1 'wrong.json is empty' attack wrong.json
: > wrong.jj && fails 1 'wrong.jj is empty' protect wrong.jj -o no.json
printf '0\n2000001\n' > wrong.jj && fails 1 'wrong.jj:2: this must be a whole number within the size of the file' attack wrong.jj
printf '0\n2\n0 3 1 u 0 9 1 1 0\n1 4 1 s 0 9 0 0 0\n1\n0 2 : 0 (1) 1 (-1)\n' > wrong.jj
fails 1 'wrong.jj: relation 1 does not add up: it misses by -1' attack wrong.jj
fails 1 'there is no such file' attack nowhere.json
fails 2 '.' protect table.json
fails 2 '.' attack
fails 1 '.' protect table.json -o nowhere/no.json
[ ! -e no.json ]
LANG=de_DE.UTF-8 "$querschnitt" attack wrong.json 2> refusal && exit 1
grep -q 'ist leer' refusal

# The exchange format of the statistics offices, a table large enough to take a while, and a hand that stops it.
awk 'BEGIN {
    srand(7); side = 60; cells = (side + 1) * (side + 1); print 0; print cells
    for (i = 0; i < side; i++) for (k = 0; k < side; k++) {
        v[i, k] = int(rand() * rand() * 40); v[i, side] += v[i, k]; v[side, k] += v[i, k]; v[side, side] += v[i, k] }
    for (i = 0; i <= side; i++) for (k = 0; k <= side; k++) {
        few = i < side && k < side && v[i, k] > 0 && v[i, k] < 5
        print i * (side + 1) + k, v[i, k], v[i, k] + 1, few ? "u" : "s", 0, 99999, 0, few ? 5 - v[i, k] : 0, 0 }
    print 2 * (side + 1)
    for (way = 0; way < 2; way++) for (i = 0; i <= side; i++) {
        line = "0 " side + 1 " :"
        for (k = 0; k <= side; k++) line = line " " (way ? k * (side + 1) + i : i * (side + 1) + k) " (" (k < side ? 1 : -1) ")"
        print line } }' > large.jj
mkdir stopped
"$querschnitt" protect large.jj -o stopped/large.json > out 2> noise &
running=$!
sleep 1
kill -TERM $running
if wait $running; then echo "a protection that was stopped says it is done" && exit 1; fi
grep -q 'stopped before the end; nothing was written' noise
[ -z "$(ls -A stopped)" ] || { echo "half a file was left" && ls -la stopped && exit 1; }
protect_soon table.json -o table.out.json > out # and the next one works
cat > small.jj << 'JJ'
0
4
0 3 4 u 0 99 0 2 0
1 9 10 s 0 99 0 0 0
2 12 13 s 0 99 0 0 0
3 8 9 s 0 99 0 0 0
2
12 2 : 0 (1) 1 (1)
20 2 : 2 (1) 3 (1)
JJ
protect_soon small.jj -o small.json > out
"$querschnitt" attack small.json > out

# A survey publishes what was listed before it opened. A list that somebody changed afterwards stops everything.
"$querschnitt" wave tables 2025 --dir "$instance" --json > list.json
"$querschnitt" indicators --dir "$instance" --wave 2025 --json > release.json
python3 - << 'PYTHON'
import json
listed = [table["id"] for table in json.load(open("list.json"))["tables"]]
assert [table["id"] for table in json.load(open("release.json"))["tables"]] == listed or \
    set(table["id"] for table in json.load(open("release.json"))["tables"]) == set(listed)
assert len(listed) > 100
open("listed", "w").write(str(len(listed)))
PYTHON
mkdir copy
(cd "$instance" && tar -cf - --exclude ballots.box querschnitt.sqlite waves) | tar -xf - -C copy
"$querschnitt" config leave_out '*.lead *.contact' --dir copy > out
"$querschnitt" wave tables --dir copy --json > next.json
"$querschnitt" config leave_out 'k1.nothing' --dir copy > out
fails 1 'no table of this survey is called k1.nothing' wave tables --dir copy
"$querschnitt" config leave_out 'dq1.unit' --dir copy > out
fails 1 'the table dq1.unit cannot be left out' wave tables --dir copy
fails 1 'this does not fit leave_out' config leave_out 'k1.unit; x' --dir copy
printf 'k1.unit.sex\tAnother\tOne\tMore\n' >> copy/waves/2025/tables.txt
python3 - << 'PYTHON'
import json, sqlite3
tried = json.load(open("next.json"))
assert tried["tried_with"] == "2025" and "k1.lead" in tried["not_published"] and len(tried["tables"]) < int(open("listed").read()), tried["not_published"]
assert all("shown" in table for table in tried["tables"])
base = sqlite3.connect("copy/querschnitt.sqlite") # as if nothing had been protected yet
base.executescript("DROP TRIGGER release_kept; DELETE FROM release;")
base.commit()
PYTHON
# Figures that somebody put into the database himself, with a fingerprint that fits them, are not those of the log.
mkdir forged
(cd "$instance" && tar -cf - --exclude ballots.box querschnitt.sqlite waves) | tar -xf - -C forged
python3 - << 'PYTHON'
import sqlite3
base = sqlite3.connect("forged/querschnitt.sqlite")
base.executescript("DROP TRIGGER release_stays; UPDATE release SET version = version + 1;")
base.commit()
PYTHON
fails 1 'are not those the log names for version 2' indicators --dir forged --wave 2025
fails 1 'is not the list of tables the survey 2025 was frozen with' indicators --dir copy --wave 2025
fails 1 'is not the list of tables the survey 2025 was frozen with' wave protect 2025 --dir copy
sed -i '$d' copy/waves/2025/tables.txt
"$querschnitt" wave protect 2025 --dir copy > out
grep -q "$(cat listed) tables protected together" out
echo "protect and attack: both formats, every refusal, nothing half written; a list of tables that was changed stops the release"
