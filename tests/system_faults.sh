#!/bin/sh
# What breaks in the field: a disk that takes nothing, a cut and a damaged box, two collectors, a stop under load,
# kill -9 among changes. Each has one clear behaviour, and nothing acknowledged is lost.
# Torn slots and power failures: test_survey_slotbox_crash.c. Usage: system_faults.sh QUERSCHNITT INSTANCE WORK
set -eu
querschnitt=$1 instance=$2 work=$3
port=${FAULTS_PORT:-18900}
mkdir -p "$work"
rm -rf "$work/copy" && cp -a "$instance" "$work/copy"
server=
trap '[ -z "$server" ] || kill -9 "$server" 2> /dev/null || true' EXIT
die() { echo "faults: $*" && exit 1; }

start() {
    "$querschnitt" serve all --dir "$work/copy" --port "$port" --language en > "$work/serve.log" 2>&1 &
    server=$!
    for try in $(seq 100); do
        curl -fsS -o /dev/null "http://127.0.0.1:$port/" 2> /dev/null && return 0
        kill -0 "$server" 2> /dev/null || return 1
        sleep 0.1
    done
    return 1
}
stop() {
    kill -TERM "$server" && wait "$server" || true
    server=
}
open_wave() { # open_wave INVITED: the name in $wave
    "$querschnitt" wave open --rehearsal --invited "$1" --dir "$work/copy" --json --issue-origin "http://127.0.0.1:$port" \
        --collect-origin "http://127.0.0.1:$((port + 1))" > "$work/wave.json"
    wave=$(sed -E 's/.*"wave":"([^"]+)".*/\1/' "$work/wave.json")
    box=$work/copy/waves/$wave/ballots.box
}
play() { # play RESPONDENTS CLIENTS FILE OPTIONS...
    respondents=$1 clients=$2 receipts=$3
    shift 3
    "$querschnitt" simulate --dir "$work/copy" --port "$port" --wave "$wave" --respondents "$respondents" \
        --clients "$clients" --json -o "$receipts" "$@" > "$work/simulate.json" 2> "$work/simulate.err"
}
counted() { # counted WAVE BALLOTS: every receipt of the wave stands in one of its lists, and nothing else does
    "$querschnitt" wave close "$1" --dir "$work/copy" > /dev/null
    "$querschnitt" count "$1" --dir "$work/copy" --json > "$work/count.json"
    sort "$work/copy/waves/$1/leaves.txt" "$work/copy/waves/$1/withdrawn.txt" > "$work/published"
    cat "$work"/receipts.* | sort > "$work/received"
    missing=$(comm -13 "$work/published" "$work/received" | wc -l)
    [ "$missing" -eq 0 ] || die "$missing acknowledged ballots are missing"
    [ "$(wc -l < "$work/published")" -eq "$2" ] || die "$(wc -l < "$work/published") ballots instead of $2"
    grep -q '"invalid":0' "$work/count.json" || die "$(cat "$work/count.json")"
}

# 1. The disk takes nothing any more (a file size limit answers like a full disk), then does again.
open_wave 60
rm -f "$work"/receipts.*
start
play 20 4 "$work/receipts.1"
prlimit --pid "$server" --fsize=0:
if play 5 2 "$work/no-receipts"; then die "a full disk took ballots"; fi
code=$(head -n 1 "$work/copy/waves/$wave/rehearsal-codes.txt")
blinded=$(printf '%0767d2' 0)
status=$(curl -sS -o "$work/out" -w '%{http_code}' -H 'Content-Type: application/json' \
    -d "{\"code\":\"$code\",\"blinded\":\"$blinded\"}" "http://127.0.0.1:$port/w/$wave/draw")
[ "$status" -ge 500 ] && grep -q '"error":"server"' "$work/out" || die "draw on a full disk: $status $(cat "$work/out")"
prlimit --pid "$server" --fsize=unlimited:
# The code was not spent: without a restart it is now, with another number.
blinded=$(printf '%0767d3' 0)
status=$(curl -sS -o "$work/out" -w '%{http_code}' -H 'Content-Type: application/json' \
    -d "{\"code\":\"$code\",\"blinded\":\"$blinded\"}" "http://127.0.0.1:$port/w/$wave/draw")
[ "$status" -eq 200 ] || die "draw after the disk has room again: $status $(cat "$work/out")"
sed -i 1d "$work/copy/waves/$wave/rehearsal-codes.txt"
play 10 4 "$work/receipts.2" || die "the box did not go on: $(cat "$work/simulate.err" "$work/serve.log")"

# 2. The disk of the box alone takes nothing: the collector says so once, without a word on a respondent, takes nothing more,
# also when there is room again, and goes on after a restart.
stop
"$querschnitt" serve issue --dir "$work/copy" --port "$port" --language en > "$work/issue.log" 2>&1 &
server=$!
rm -f "$work/pipe" && mkfifo "$work/pipe" # the limit holds for a log file, too
cat "$work/pipe" > "$work/told" &
"$querschnitt" serve collect --dir "$work/copy" --port $((port + 1)) --language en > "$work/collect.log" 2> "$work/pipe" &
collector=$!
trap 'kill -9 $server $collector 2> /dev/null || true' EXIT
for try in $(seq 100); do
    curl -sS -o /dev/null "http://127.0.0.1:$((port + 1))/w/$wave/manifest" 2> /dev/null && break
    sleep 0.1
done
play 5 2 "$work/receipts.3" || die "issuer and collector apart: $(cat "$work/simulate.err" "$work/collect.log")"
prlimit --pid "$collector" --fsize=0:
if play 3 1 "$work/no-receipts"; then die "a box that cannot write took ballots"; fi
prlimit --pid "$collector" --fsize=unlimited:
if play 3 1 "$work/no-receipts"; then die "a box took ballots after a failed write"; fi
kill -TERM "$collector" && wait "$collector" || true
sleep 0.2
[ "$(wc -l < "$work/told")" -eq 1 ] && grep -q 'Datenträger der Urne speichert nicht' "$work/told" || die "told: $(cat "$work/told")"
stop
trap '[ -z "$server" ] || kill -9 "$server" 2> /dev/null || true' EXIT
start
play 5 4 "$work/receipts.4"

# 3. A second collector is refused while the first one works.
if timeout 20 "$querschnitt" serve collect --dir "$work/copy" --port $((port + 10)) --language en > "$work/second" 2>&1; then
    die "two collectors on one box"
fi
grep -q 'in use by another collector' "$work/second" || die "$(cat "$work/second")"
counted "$wave" 40
stop

# 4. SIGTERM under load: it stops within seconds, whoever was acknowledged is there.
open_wave 300
rm -f "$work"/receipts.*
start
play 300 16 "$work/receipts.1" --retry --change 40 --withdraw 20 &
players=$!
sleep 1.5
begin=$(date +%s)
stop
[ $(($(date +%s) - begin)) -le 20 ] || die "stopping took $(($(date +%s) - begin)) seconds"
# 5. kill -9 among changes, three times: the repeated requests end in one record each.
for try in 1 2 3; do
    start
    sleep 0.7
    kill -9 "$server" && wait "$server" 2> /dev/null || true
done
start
wait "$players" || die "$(cat "$work/simulate.err" "$work/serve.log")"
stop
counted "$wave" 300

# 6. A box cut short, with a damaged head, refused with a sentence, the file is left as it is.
open_wave 20
start && play 10 2 "$work/receipts.9" && stop
refused() { # refused PATTERN
    before=$(sha256sum "$box")
    if timeout 20 "$querschnitt" serve all --dir "$work/copy" --port "$port" --language en > "$work/out" 2>&1; then
        die "was accepted: $1"
    fi
    grep -qE "$1" "$work/out" || die "no clear sentence: $(cat "$work/out")"
    [ "$before" = "$(sha256sum "$box")" ] || die "a refused box was changed"
}
cp "$box" "$work/whole.box"
truncate -s -1 "$box" && refused 'ballots.box is not complete'
truncate -s 3000 "$box" && refused 'head is damaged'
cp "$work/whole.box" "$box" && printf '\377\377' | dd of="$box" bs=1 seek=12 conv=notrunc 2> /dev/null && refused 'head is damaged'
cp "$work/whole.box" "$box"
start && play 10 2 "$work/receipts.10" && stop
rm -f "$work"/receipts.[1-8]
counted "$wave" 20
rm -rf "$work/copy" "$work/whole.box"
echo "faults: each has its sentence, nothing acknowledged is lost"
