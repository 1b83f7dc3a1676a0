#!/bin/sh
# Paper questionnaires to the count: the clerk's screen in headless Chromium, cards of a rehearsal, and the counted answers
# held against what was typed. Usage: entry.sh QUERSCHNITT [SCREENSHOT-DIR]
set -eu
querschnitt=$1 shots=${2:-}
case $querschnitt in /*) ;; *) querschnitt=$PWD/$querschnitt ;; esac
cd "$(dirname "$0")/.."
port=${QUERSCHNITT_TEST_PORT:-18790}
site=http://127.0.0.1:$port
. tests/browser/place.sh

ENTRY_JS=file://$(dirname "$querschnitt")/entry.js
export ENTRY_JS
node --test tests/entry_fields.mjs > /dev/null || { node --test tests/entry_fields.mjs && exit 1; }
echo "entry: fields, comparison and report hold"

place_units << 'CSV'
org_id;bezeichnung;ebene;ober_id;publikum;im_bericht
S;Musterstadt;STADT;;1;1
FB10;Zentrale Dienste;FB;S;0;1
FB50;Soziales & Wohnen;FB;S;1;1
CSV
place_open 2 "$site" http://127.0.0.1:$((port + 1))
cards() { # cards N: draws that many; codes stand on them and nowhere else: read from there, as the clerk does
    "$querschnitt" invite "$wave" --cards "$1" -o "$work/cards.pdf" --dir "$work/instance" > /dev/null
    pdftotext "$work/cards.pdf" - | grep -oE '([0-9A-Z]{5}-){4}[0-9A-Z*~$=]' |
        sed "s|.*|$site/w/$wave/#&.$fingerprint|" > "$work/cards"
    [ "$(wc -l < "$work/cards")" -eq "$1" ]
}
counted() { # what was typed is what was counted
    LC_ALL=C sort "$work/answers" > "$work/typed"
    LC_ALL=C sort "$work/instance/waves/$wave/answers.txt" | cmp - "$work/typed" || {
        diff "$work/instance/waves/$wave/answers.txt" "$work/typed" || true
        echo "counted is not what was typed" && exit 1
    }
    echo "entry: $(wc -l < "$work/typed") sheets counted exactly as typed; $(cat "$work/count.json")"
}
cards 10
personal=$(head -n 1 "$work/links")
place_serve
for language in de en; do
    curl -fsS "$site/w/$wave/entry?lang=$language" | tail -n +2 | xmllint --noout -
done
# shellcheck disable=SC2046
node tests/browser/entry.mjs ${shots:+--screenshots "$shots"} "$work/answers" "$personal" $(cat "$work/cards")
stop
place_count
counted

# Every type of question: numbers, dates, places, amounts, texts of options.
form=$PWD/tests/data/forms/all_types.yaml
place_open 2 "$site" http://127.0.0.1:$((port + 1))
cards 2
: > "$work/answers"
place_serve
curl -fsS "$site/w/$wave/entry?lang=de" | tail -n +2 | xmllint --noout -
# shellcheck disable=SC2046
node tests/browser/entry_types.mjs ${shots:+--screenshots "$shots"} "$work/answers" $(cat "$work/cards")
stop
place_count
counted
