#!/bin/sh
# Survey and ballot box in two folders, as packaging/hand-over parts them: people take part, the box comes back, the count
# finds every ballot; the collector's folder never holds a key of another part. Usage: system_hand_over.sh QUERSCHNITT SOURCE [PORT]
set -eu
querschnitt=$1 source=$2 port=${3:-18940}
work=$(mktemp -d)
running=
finish() {
    for pid in $running; do kill "$pid" 2> /dev/null || true; done
    wait 2> /dev/null || true
    rm -rf "$work"
}
trap finish EXIT
fail() { echo "$*" && exit 1; }
export OFFICE_DIR="$work/office" BOX_DIR="$work/box" OFFICE_USER="$(id -un)" BOX_USER="$(id -un)" RESTART=true
"$querschnitt" init "$work/office" > /dev/null
mkdir -p "$work/box/waves" && chmod 700 "$work/box"
"$querschnitt" wave open --rehearsal --invited 12 --dir "$work/office" --json --issue-origin "http://127.0.0.1:$port" \
    --collect-origin "http://127.0.0.1:$((port + 1))" > "$work/wave"
wave=$(sed -E 's/.*"wave":"([^"]+)".*/\1/' "$work/wave")
"$source/packaging/hand-over" open ../etc 2> /dev/null && fail "a path was accepted as a name"
"$source/packaging/hand-over" close "$wave" 2> /dev/null && fail "an open wave was handed back"
"$source/packaging/hand-over" open "$wave"
"$source/packaging/hand-over" open "$wave" 2> /dev/null && fail "a wave was handed over twice"
[ "$(cd "$work/box/waves/$wave" && echo *)" = "ballots.box manifest receipt.key" ] || fail "the collector has: $(ls "$work/box/waves/$wave")"
"$querschnitt" serve issue --dir "$work/office" --port "$port" > "$work/issue.log" 2>&1 &
running=$!
"$querschnitt" serve collect --dir "$work/box" --port $((port + 1)) > "$work/collect.log" 2>&1 &
running="$running $!"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    curl -fsS -o /dev/null "http://127.0.0.1:$port/" 2> /dev/null &&
        curl -fsS -o /dev/null "http://127.0.0.1:$((port + 1))/w/$wave/manifest" 2> /dev/null && break
    sleep 0.3
done
"$querschnitt" simulate --dir "$work/office" --port "$port" --wave "$wave" --respondents 10 --clients 2 --json > "$work/simulate"
"$querschnitt" doctor --dir "$work/box" --port "$port" --json > "$work/doctor" 2> /dev/null || true
grep -q '"findings"' "$work/doctor" || fail "the doctor does not look at a collector: $(cat "$work/doctor")"
for pid in $running; do kill "$pid" && wait "$pid" 2> /dev/null || true; done
running=
"$querschnitt" wave close "$wave" --dir "$work/office" > /dev/null
"$source/packaging/hand-over" close "$wave" > "$work/hash"
[ ! -e "$work/box/waves/$wave/ballots.box" ] && [ -e "$work/box/waves/$wave/closed" ] || fail "the box did not come back"
"$querschnitt" count "$wave" --dir "$work/office" --json > "$work/count"
grep -q '"ballots":10,"invalid":0' "$work/count" || fail "$(cat "$work/count")"
echo "hand-over: the collector held the box alone, every ballot was counted"
