#!/bin/sh
# Runs the commands of docs/verify.md, word for word, on a counted rehearsal; then changes one thing at a time and expects the
# same commands to fail. Counts once more in the strong mode, by its commands.
# Usage: system_verify.sh QUERSCHNITT WORK SOURCE
set -eu
querschnitt=$1 work=$2 source=$3
port=18980
rm -rf "$work" && mkdir -p "$work/blocks" "$work/public"
cat > "$work/units.csv" << 'CSV'
org_id;bezeichnung;ebene;ober_id;publikum;im_bericht
S;Musterstadt;STADT;;1;1
FB10;Zentrale Dienste;FB;S;0;1
CSV
"$querschnitt" init "$work/i" > /dev/null
"$querschnitt" import units "$work/units.csv" --dir "$work/i" > /dev/null
"$querschnitt" wave open --rehearsal --invited 12 --dir "$work/i" --json \
    --issue-origin http://127.0.0.1:$port --collect-origin http://127.0.0.1:$((port + 1)) > "$work/wave.json"
wave=$(sed -E 's/.*"wave":"([^"]+)".*/\1/' "$work/wave.json")
folder=$work/i/waves/$wave
cp "$folder/rehearsal-codes.txt" "$work/codes"
serve() {
    "$querschnitt" serve all --dir "$work/i" --port $port > "$work/serve.log" 2>&1 &
    server=$!
    for i in 1 2 3 4 5 6 7 8 9 10; do
        curl -fsS -o "$work/page" "http://127.0.0.1:$port/" 2> "$work/curl.err" && return
        sleep 0.5
    done
    cat "$work/serve.log" && exit 1
}
serve
trap 'kill "$server" 2> /dev/null || true' EXIT
"$querschnitt" simulate --dir "$work/i" --port $port --wave "$wave" --respondents 9 --clients 3 --json > "$work/simulate.json"
"$querschnitt" wave close "$wave" --dir "$work/i" > "$work/close.out"
"$querschnitt" count "$wave" --dir "$work/i" --json > "$work/count.json"

# The documented blocks, one file each; the address and the code are those of this rehearsal.
awk -v dir="$work/blocks" '/^```sh$/ { on = 1; n++; next } /^```$/ { on = 0 } on { print > (dir "/" n ".sh") }' "$source/docs/verify.md"
sed -i "s|^site=.*|site=http://127.0.0.1:$((port + 1))/w/$wave|" "$work/blocks/1.sh"
used=$(sed -n 1p "$work/codes") unused=$(sed -n 12p "$work/codes")
sed -i "s|^code=.*|code=\$CODE|" "$work"/blocks/*.sh
blocks=$(ls "$work/blocks" | wc -l)
[ "$blocks" -eq 10 ] || { echo "docs/verify.md has $blocks blocks, expected 10" && exit 1; }
(cd "$work/blocks" && cat [2-9].sh 10.sh > all)
check() { # check CODE: the documented blocks but the first, in one shell, in the folder public
    (cd "$work/public" && CODE=$1 sh -eu "$work/blocks/all")
}
(cd "$work/public" && sh -eu "$work/blocks/1.sh")
check "$used" > "$work/used.out" || { cat "$work/used.out" && exit 1; }
check "$unused" > "$work/unused.out"
grep -q 'this code was used' "$work/used.out"
grep -q 'nobody used this code' "$work/unused.out"
grep -q 'Verified OK' "$work/used.out"
# The program prints the same codes.
"$querschnitt" audit verify "$work/public" --language en > "$work/audit.out"
for n in 1 2; do
    code=$(grep -E '^([0-9A-Z]{4} ){7}[0-9A-Z]{4}$' "$work/used.out" | sed -n ${n}p)
    grep -qF "$code" "$work/audit.out" || { echo "the program prints another check code than $code" && exit 1; }
done
echo "documented commands hold: $(cat "$work/count.json")"

flip() { # flip FILE LINE COLUMN: one digit of a line becomes another
    awk -v line="$2" -v at="$3" 'NR == line { digit = substr($0, at, 1); new = digit == "0" ? "1" : "0"
        $0 = substr($0, 1, at - 1) new substr($0, at + 1) } { print }' "$work/keep/$1" > "$work/public/$1"
}
cp -r "$work/public" "$work/keep"
fails() { # fails WHAT: commands and program must refuse what is in public now
    ! check "$used" > "$work/flip.out" 2>&1 || { echo "not noticed by the commands: $1" && exit 1; }
    ! "$querschnitt" audit verify "$work/public" > "$work/flip.out" 2> "$work/flip.err" ||
        { echo "not noticed by the program: $1" && exit 1; }
    grep -q . "$work/flip.err"
    cp "$work/keep"/* "$work/public/"
}
flip credentials.txt 1 200 && fails "a digit of a signature"
flip credentials.txt 1 950 && fails "a digit of the hash of a sealed questionnaire"
flip leaves.txt 4 64 && fails "a digit of a leaf"
flip drawn.txt 3 64 && fails "a digit of a drawn code"
flip result.json 1 12 && fails "a digit of the number invited"
flip manifest 1 100 && fails "a digit of the manifest"
flip tables.txt 4 2 && fails "a letter of the list of tables"
sed -i '$d' "$work/public/tables.txt" && fails "a table dropped from the list"
sed -i 2d "$work/public/drawn.txt" && fails "a line dropped"
sed -i 5p "$work/public/leaves.txt" && fails "a line doubled"
openssl genrsa 3072 2> "$work/openssl.err" | openssl rsa -pubout -out "$work/public/issuer.pem" 2> "$work/openssl.err"
fails "another key"
echo "eleven manipulations: each noticed by commands and program"

# The strong mode: counted in a copy, without the instance, and taken back.
mkdir "$work/laptop"
for file in manifest form.yaml units.tsv ballots.box turnout.json drawn.txt; do cp "$folder/$file" "$work/laptop/"; done
"$querschnitt" count --from "$work/laptop" --box-key "$folder/box.key" \
    --passphrase-file "$folder/rehearsal-passphrase.txt" --json > "$work/elsewhere.json"
cmp "$work/count.json" "$work/elsewhere.json"
(cd "$work/laptop" && sha256sum -c --quiet count.sha256)
rm "$folder/result.json" "$folder/answers.txt"
sed -i 's/^\(.\{60\}\)./\1#/' "$work/laptop/answers.txt"
! "$querschnitt" count "$wave" --take "$work/laptop" --dir "$work/i" > "$work/take.out" 2>&1 ||
    { echo "changed answers were taken" && exit 1; }
[ ! -e "$folder/result.json" ]
"$querschnitt" count --from "$work/laptop" --box-key "$folder/box.key" \
    --passphrase-file "$folder/rehearsal-passphrase.txt" --json > "$work/elsewhere.json"
"$querschnitt" count "$wave" --take "$work/laptop" --dir "$work/i" --json > "$work/taken.json"
cmp "$work/count.json" "$work/taken.json"
echo "counted elsewhere and taken: the same result"
