#!/bin/sh
# The strong mode by its commands: the key is made on another machine (here another folder) in two halves, the wave opens
# only after the challenge was answered there, nothing of the private key comes to the server.
# Usage: system_life.sh QUERSCHNITT INSTANCE WORK
set -eu
querschnitt=$1 instance=$2 work=$3
rm -rf "$work" && mkdir -p "$work/council"
cp -a "$instance" "$work/server"
dir=$work/server folder=$work/server/waves/2026
echo 'the council keeps this one' > "$work/council/first"
echo 'and the office keeps that one' > "$work/council/second"
passphrases="--passphrase-file $work/council/first --second-passphrase-file $work/council/second"
refuse() { # refuse WORDS COMMAND...: must fail, and say so
    words=$1 && shift
    if "$@" > "$work/out" 2> "$work/refusal" < /dev/null; then echo "not refused: $*" && exit 1; fi
    grep -q "$words" "$work/refusal" || { cat "$work/refusal" && exit 1; }
}
export LANG=en_US.UTF-8
key=$work/council/key
# shellcheck disable=SC2086
"$querschnitt" box-key create "$key" --split "$work/council/half" $passphrases > /dev/null
[ "$(stat -c %a "$key" "$work/council/half" | tr '\n' ' ')" = '600 600 ' ]
# shellcheck disable=SC2086
refuse 'never replaced' "$querschnitt" box-key create "$key" $passphrases
refuse 'name both files' "$querschnitt" box-key test "$key" --passphrase-file "$work/council/first"
refuse 'no passphrase' "$querschnitt" box-key test "$key" "$work/council/half" --passphrase-file "$work/council/first"
# On a terminal the passphrase is asked for twice, without echo; two different ones are asked for again.
python3 - "$querschnitt" "$work/council/typed" << 'END'
import os, pty, signal, sys
signal.alarm(60) # rather than wait for a question that does not come
typed = [b"twelve or more", b"something else", b"twelve or mort\x7fe", b"twelve or more"]
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], [sys.argv[1], "box-key", "create", sys.argv[2]])
shown = b""
for i, line in enumerate(typed):
    while shown.count(b": ") <= i: # each answer after its own question
        shown += os.read(terminal, 1000)
    os.write(terminal, line + b"\n")
try:
    while part := os.read(terminal, 1000):
        shown += part
except OSError:
    pass
assert os.waitpid(pid, 0)[1] == 0 and b"different" in shown and b"twelve" not in shown, shown
END
echo 'twelve or more' > "$work/council/word"
"$querschnitt" box-key test "$work/council/typed" --passphrase-file "$work/council/word" > /dev/null
freeze="$querschnitt wave freeze 2026 --dir $dir --year 2026 --closes 2099-06-30 --deletes 2099-09-30 --delay 5"
refuse 'no public key' $freeze --box-key "$key"
$freeze --box-key "$key.pub" > "$work/out"
grep -q 'wave rehearse 2026' "$work/out" # what comes next
[ ! -e "$folder/box.key" ] && grep -q '"key":"split","deletes":"2099-09-30","delay":5' "$folder/manifest"
"$querschnitt" invite 2026 --dir "$dir" -o "$work/codes.csv" > /dev/null
refuse 'was not rehearsed' "$querschnitt" wave open 2026 --dir "$dir"
"$querschnitt" wave rehearse 2026 --dir "$dir" > /dev/null
cp "$folder/challenge" "$work/council/challenge"
refuse 'not the answer' "$querschnitt" wave rehearse 2026 --dir "$dir" --answer ABCD-EFGH-JKMN-PQRS
refuse 'was not rehearsed' "$querschnitt" wave open 2026 --dir "$dir"
# shellcheck disable=SC2086
answer=$("$querschnitt" box-key test "$key" "$work/council/half" --challenge "$work/council/challenge" $passphrases |
    sed -n 's/^Answer to read out: //p')
"$querschnitt" wave rehearse 2026 --dir "$dir" --answer "$answer" > /dev/null
"$querschnitt" wave open 2026 --dir "$dir" > /dev/null
"$querschnitt" wave status 2026 --dir "$dir" --json > "$work/status.json"
python3 - "$work/status.json" << 'END'
import json, sys
wave, = json.load(open(sys.argv[1]))["waves"]
assert wave["state"] == "open" and wave["key"] == "split" and wave["rehearsed"] and wave["days_left"] > 20000, wave
END
refuse 'open: close it' "$querschnitt" erase 2026 --dir "$dir"
refuse 'Add --yes' "$querschnitt" wave close 2026 --dir "$dir"
[ -e "$folder/issuer.key" ]
"$querschnitt" wave close 2026 --dir "$dir" --yes > /dev/null
[ ! -e "$folder/issuer.key" ]
grep -q "$(sha256sum "$folder/ballots.box" | cut -d' ' -f1)" "$folder/minutes-closing.txt"
grep -q 'Niederschrift' "$folder/minutes-closing.txt" && grep -q 'Minutes' "$folder/minutes-closing.txt"
refuse '2099-09-30' "$querschnitt" erase 2026 --dir "$dir" --yes
# A counted wave whose objection period is over: the ballots go, the answers and the report stay.
"$querschnitt" report --dir "$dir" -o "$work/before.pdf" > /dev/null
"$querschnitt" erase 2025 --dir "$dir" --by 'Frau Beispiel' > /dev/null
[ ! -e "$dir/waves/2025/ballots.box" ] && [ ! -e "$dir/waves/2025/box.key" ]
grep -q 'Frau Beispiel' "$dir/waves/2025/deletion.txt"
"$querschnitt" erase 2025 --dir "$dir" > /dev/null
"$querschnitt" report --dir "$dir" -o "$work/after.pdf" > /dev/null
cmp "$work/before.pdf" "$work/after.pdf"
[ "$("$querschnitt" audit log --dir "$dir" | grep -c "Frau Beispiel.*erase.*2025")" -eq 1 ]
# Whatever of the private key is readable: not here.
for part in $(cut -d' ' -f5,6 "$key" "$work/council/half" | tr ' ' '\n' | awk 'length($0) == 96'); do
    if grep -rqF "$part" "$dir"; then echo "a half of the key came to the server" && exit 1; fi
done
echo "life: key in two halves, challenge answered, opened, closed, erased"
