#!/bin/sh
# A wave with a form of every question type: 200 people answer at random, some change their minds, everything is counted and
# verified; every ballot is valid. And a form of 1,000 questions is checked, one of as many as there may be too.
# Usage: system_types.sh QUERSCHNITT SOURCE
set -eu
querschnitt=$1 source=$2
port=18120
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2> /dev/null || true; rm -rf "$work"' EXIT
export LANG=en_US.UTF-8
for count in 1000 4096; do
    python3 "$source/tests/large_form.py" $count > "$work/large.yaml"
    "$querschnitt" form check "$work/large.yaml" > "$work/check.out"
    grep -q " $count questions, .*; 0 errors" "$work/check.out" || { cat "$work/check.out" && exit 1; }
done
"$querschnitt" init "$work/i" --city "Stadt Musterstadt" > /dev/null
"$querschnitt" wave open --rehearsal --invited 210 --form "$source/tests/data/forms/all_types.yaml" --dir "$work/i" --json \
    --issue-origin http://127.0.0.1:$port --collect-origin http://127.0.0.1:$((port + 1)) > "$work/wave.json"
wave=$(sed -E 's/.*"wave":"([^"]+)".*/\1/' "$work/wave.json")
"$querschnitt" serve all --dir "$work/i" --port $port > "$work/serve.log" 2>&1 &
server=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    curl -fsS -o /dev/null "http://127.0.0.1:$port/" 2> /dev/null && break
    [ "$i" -lt 20 ] || { cat "$work/serve.log" && exit 1; }
    sleep 0.5
done
"$querschnitt" simulate --dir "$work/i" --port $port --wave "$wave" --respondents 200 --change 10 --withdraw 2 --clients 2 \
    --seed 7 --json > "$work/simulate.json"
"$querschnitt" wave close "$wave" --dir "$work/i" > /dev/null
"$querschnitt" count "$wave" --dir "$work/i" --json > "$work/count.json"
"$querschnitt" audit verify "$wave" --dir "$work/i" --json > "$work/audit.json"
python3 - "$work" << 'END'
import json, sys
read = lambda name: json.load(open(f"{sys.argv[1]}/{name}.json"))
played, count, audit = read("simulate"), read("count"), read("audit")
assert played["completed"] == 200 and played["lost"] == 0, played
assert count["invalid"] == 0 and count["ballots"] + count["withdrawn"] == 200 and count["withdrawn"] > 0, count
assert audit["ok"] and audit["check"] == count["check"] and audit["invalid"] == 0, audit
print(f'{count["ballots"]} ballots of every question type counted, {count["withdrawn"]} withdrawn, none invalid')
END
