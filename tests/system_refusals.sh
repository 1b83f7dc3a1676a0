#!/bin/sh
# Bad input gets a clear sentence and changes nothing. Usage: system_refusals.sh QUERSCHNITT INSTANCE WORK
set -eu
querschnitt=$1 instance=$2 work=$3
mkdir -p "$work"
rm -rf "$work/copy" && cp -a "$instance" "$work/copy"
fingerprint() { "$querschnitt" indicators --dir "$work/copy" --json | sha256sum; }
before=$(fingerprint)
fails() { # fails PATTERN COMMAND...: must exit 1 or 2 and print PATTERN
    pattern=$1
    shift
    if "$@" > "$work/out" 2>&1; then echo "was accepted: $*" && exit 1; fi
    grep -qE "$pattern" "$work/out" || { echo "no clear sentence from: $*" && cat "$work/out" && exit 1; }
}

# A table with three kinds of faults: a missing field, an unknown unit, a negative count.
head -n 1 "$instance/files/workforce_cube_2025.csv" > "$work/bad.csv"
sed -n '2p' "$instance/files/workforce_cube_2025.csv" | sed 's/;[^;]*$//' >> "$work/bad.csv"
sed -n '3p' "$instance/files/workforce_cube_2025.csv" | awk -F';' -v OFS=';' '{ $2 = "NOWHERE"; print }' >> "$work/bad.csv"
sed -n '4p' "$instance/files/workforce_cube_2025.csv" | awk -F';' -v OFS=';' '{ $11 = "-4"; print }' >> "$work/bad.csv"
fails 'bad.csv:2' "$querschnitt" import workforce "$work/bad.csv" --dir "$work/copy" --language en
sed -n '1p;3,4p' "$work/bad.csv" > "$work/bad2.csv"
fails 'bad2.csv:2.*V05' "$querschnitt" import workforce "$work/bad2.csv" --dir "$work/copy" --language en
grep -q 'bad2.csv:3' "$work/out" || { echo 'only the first fault was reported' && cat "$work/out" && exit 1; }

# A form with an unknown question type.
printf 'form: x\nversion: 1\nlanguages: [de]\ntitle: {de: x}\npages:\n  - id: A\n    title: {de: A}\n    items:\n      - id: Q\n        type: telepathy\n        label: {de: Q}\n' > "$work/bad.yaml"
fails 'bad.yaml:10:.*telepathy' "$querschnitt" form check "$work/bad.yaml" --language en

# A damaged ballot box: another manifest's header, and a torn file.
rm -rf "$work/box" && cp -a "$instance" "$work/box"
printf 'XXXXXXXX' | dd of="$work/box/waves/probe-1/ballots.box" conv=notrunc bs=1 2> /dev/null
fails 'ballots.box' timeout 20 "$querschnitt" serve collect --dir "$work/box" --port 18721 --language en
cp "$instance/waves/probe-1/ballots.box" "$work/box/waves/probe-1/ballots.box"
truncate -s 50000 "$work/box/waves/probe-1/ballots.box"
fails 'ballots.box' timeout 20 "$querschnitt" serve collect --dir "$work/box" --port 18721 --language en

# Wrong usage exits with 2.
code=0 && "$querschnitt" demo --staff 3 > /dev/null 2>&1 || code=$?
[ "$code" -eq 2 ]
code=0 && "$querschnitt" nonsense > /dev/null 2>&1 || code=$?
[ "$code" -eq 2 ]

# Over HTTP: wrong code, huge body, paths that climb.
"$querschnitt" serve all --dir "$work/copy" --port 18730 > "$work/serve.log" 2>&1 &
server=$!
trap 'kill "$server" 2> /dev/null || true' EXIT
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    curl -fsS -o /dev/null http://127.0.0.1:18730/ 2> /dev/null && break
    sleep 0.5
done
blinded=$(printf '%0768d' 1)
answer() { # answer EXPECTED-STATUS CURL ARGUMENTS...
    expected=$1
    shift
    status=$(curl -sS -o "$work/out" -w '%{http_code}' "$@" || true)
    [ "$status" = "$expected" ] || { echo "status $status instead of $expected: $*" && cat "$work/out" && exit 1; }
}
answer 404 -H 'Content-Type: application/json' -d "{\"code\":\"0000000000000000000000\",\"blinded\":\"$blinded\"}" \
    http://127.0.0.1:18730/w/probe-1/draw || true
grep -q '"error"' "$work/out"
answer 400 -H 'Content-Type: application/json' -d 'nonsense' http://127.0.0.1:18730/w/probe-1/draw
head -c 10000000 /dev/zero > "$work/big"
answer 413 -H 'Expect:' --data-binary "@$work/big" http://127.0.0.1:18731/w/probe-1/submit
answer 400 --path-as-is http://127.0.0.1:18730/../etc/passwd
answer 400 http://127.0.0.1:18730/w/..%2f..%2fetc/manifest
curl -fsS -o /dev/null http://127.0.0.1:18730/
kill -TERM "$server"
wait "$server" || true
trap - EXIT
[ "$before" = "$(fingerprint)" ] || { echo 'a refused input changed the figures' && exit 1; }
echo "refusals: every bad input got a sentence and changed nothing"
