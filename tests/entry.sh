#!/bin/sh
# Paper questionnaires to the count: the clerk's screen in headless Chromium, cards of a rehearsal, and the counted answers
# held against what was typed. Usage: entry.sh QUERSCHNITT [SCREENSHOT-DIR]
set -eu
querschnitt=$1 shots=${2:-}
case $querschnitt in /*) ;; *) querschnitt=$PWD/$querschnitt ;; esac
cd "$(dirname "$0")/.."
[ -d node_modules/playwright-core ] && [ -d node_modules/axe-core ] || npm ci --ignore-scripts --no-audit --no-fund

ENTRY_JS=file://$(dirname "$querschnitt")/entry.js
export ENTRY_JS
node --test tests/entry_fields.mjs > /dev/null || { node --test tests/entry_fields.mjs && exit 1; }
echo "entry: fields, comparison and report hold"

work=$(mktemp -d)
server=
stop() {
    if [ -n "$server" ]; then
        kill -TERM "$server" 2> /dev/null || true
        wait "$server" 2> /dev/null || true
    fi
    server=
}
trap 'stop; rm -rf "$work"' EXIT
port=${QUERSCHNITT_TEST_PORT:-18790}
site=http://127.0.0.1:$port
cat > "$work/units.csv" << 'CSV'
org_id;bezeichnung;ebene;ober_id;publikum;im_bericht
S;Musterstadt;STADT;;1;1
FB10;Zentrale Dienste;FB;S;0;1
FB50;Soziales & Wohnen;FB;S;1;1
CSV
"$querschnitt" init "$work/instance" --city "Stadt Musterstadt" > /dev/null
"$querschnitt" import units "$work/units.csv" --dir "$work/instance" > /dev/null
"$querschnitt" wave open --rehearsal --invited 2 --dir "$work/instance" --json \
    --issue-origin "$site" --collect-origin http://127.0.0.1:$((port + 1)) > "$work/wave.json"
wave=$(sed -E 's/.*"wave":"([^"]+)".*/\1/' "$work/wave.json")
fingerprint=$(sed -E 's/.*"fingerprint":"([^"]+)".*/\1/' "$work/wave.json")
# The codes stand on the cards and nowhere else: read from there, as the clerk does.
"$querschnitt" invite "$wave" --cards 10 -o "$work/cards.pdf" --dir "$work/instance" > /dev/null
pdftotext "$work/cards.pdf" - | grep -oE '([0-9A-Z]{5}-){4}[0-9A-Z*~$=]' |
    sed "s|.*|$site/w/$wave/#&.$fingerprint|" > "$work/cards"
[ "$(wc -l < "$work/cards")" -eq 10 ]
personal=$site/w/$wave/#$(head -n 1 "$work/instance/waves/$wave/rehearsal-codes.txt").$fingerprint
"$querschnitt" serve all --dir "$work/instance" --port "$port" > "$work/serve.log" 2>&1 &
server=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    curl -fsS -o /dev/null "$site/" 2> /dev/null && break
    [ "$i" -lt 20 ] || { cat "$work/serve.log" && exit 1; }
    sleep 0.5
done
for language in de en; do
    curl -fsS "$site/w/$wave/entry?lang=$language" | tail -n +2 | xmllint --noout -
done
# shellcheck disable=SC2046
node tests/browser/entry.mjs ${shots:+--screenshots "$shots"} "$work/answers" "$personal" $(cat "$work/cards")
stop
"$querschnitt" wave close "$wave" --dir "$work/instance" > /dev/null
"$querschnitt" count "$wave" --dir "$work/instance" --json \
    --passphrase-file "$work/instance/waves/$wave/rehearsal-passphrase.txt" > "$work/count.json"
LC_ALL=C sort "$work/answers" > "$work/typed"
LC_ALL=C sort "$work/instance/waves/$wave/answers.txt" | cmp - "$work/typed" || {
    diff "$work/instance/waves/$wave/answers.txt" "$work/typed" || true
    echo "counted is not what was typed" && exit 1
}
echo "entry: $(wc -l < "$work/typed") sheets counted exactly as typed; $(cat "$work/count.json")"
