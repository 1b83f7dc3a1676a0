#!/bin/sh
# A whole wave in headless Chromium: people take part, the wave is closed and counted, the receipts are looked up, and the
# counted answers are held against what was ticked. Usage: browser.sh QUERSCHNITT [SCREENSHOT-DIR]
set -eu
querschnitt=$1 shots=${2:-}
case $querschnitt in /*) ;; *) querschnitt=$PWD/$querschnitt ;; esac
cd "$(dirname "$0")/.."
port=${QUERSCHNITT_TEST_PORT:-18760}
site=http://127.0.0.1:$port
. tests/browser/place.sh

CLIENT_JS=file://$(dirname "$querschnitt")/client.js
export CLIENT_JS
node --test tests/client_vectors.mjs > "$work/vectors" || { cat "$work/vectors" && exit 1; }
echo "client: every vector holds"

place_units << 'CSV'
org_id;bezeichnung;ebene;ober_id;publikum;im_bericht
S;Musterstadt;STADT;;1;1
D1;Dezernat I;DEZ;S;1;1
FB10;Zentrale Dienste;FB;D1;0;1
FB50;Soziales & Wohnen;FB;D1;1;1
FB51;Jugend und Familie;FB;D1;1;1
CSV
place_open 44 "$site" http://127.0.0.1:$((port + 1))
place_serve

# Every page is well-formed XML, in both languages.
well_formed() { # well_formed URL: prints the page
    curl -fsS "$1" > "$work/page.html"
    tail -n +2 "$work/page.html" | xmllint --noout - || { echo "not well-formed: $1" && exit 1; }
    cat "$work/page.html"
}
for path in / "/w/$wave/" "/w/$wave/?lang=en" "/w/$wave/receipt" "/w/$wave/receipt?lang=en" \
    "/w/$wave/kiosk" "/w/$wave/kiosk?lang=en" "/w/$wave/privacy" "/w/$wave/privacy?lang=en"; do
    well_formed "$site$path" > /dev/null
done
curl -fsS "http://127.0.0.1:$((port + 1))/w/$wave/receipt" > /dev/null
# A language that waits for a native speaker says so and leads to the original; Arabic is written from right to left.
for language in de-simple tr pl uk ar; do
    for page in "" kiosk receipt privacy; do
        well_formed "$site/w/$wave/$page?lang=$language" | grep -q "<html lang=\"$language\".*<p class=\"draft\".*?lang=de" ||
            { echo "no draft notice: $page in $language" && exit 1; }
    done
done
grep -q '<html lang="ar" dir="rtl">' "$work/page.html"

scenarios() { # scenarios NAME FIRST LAST: that test with these links
    echo "== $1"
    # shellcheck disable=SC2046
    node "tests/browser/$1.mjs" ${shots:+--screenshots "$shots"} $(sed -n "$2,$3p" "$work/links")
}
scenarios scenarios 1 10
scenarios failures 15 22
scenarios waiting 23 26
scenarios changes 27 32
scenarios shared 33 38
scenarios english 39 40
# shellcheck disable=SC2046
node tests/browser/participate.mjs --answers "$work/answers" $(sed -n 11,12p "$work/links") > "$work/german.json"
# shellcheck disable=SC2046
node tests/browser/participate.mjs --language en --seed 2 --answers "$work/answers" $(sed -n 13,14p "$work/links") \
    > "$work/english.json"
# shellcheck disable=SC2046
node tests/browser/regret.mjs --counted "$work/answers" --gone "$work/gone" $(sed -n 41,42p "$work/links") > "$work/regret.json"
stop
place_count
while read -r line; do
    grep -qxF -e "$line" "$work/instance/waves/$wave/answers.txt" ||
        { echo "not counted as ticked: $line" && exit 1; }
done < "$work/answers"
while read -r line; do
    ! grep -qxF -e "$line" "$work/instance/waves/$wave/answers.txt" ||
        { echo "counted although changed or withdrawn: $line" && exit 1; }
done < "$work/gone"
echo "count: $(cat "$work/count.json"); $(wc -l < "$work/answers") questionnaires counted exactly as ticked," \
    "$(wc -l < "$work/gone") changed or withdrawn and not counted"
place_serve
well_formed "$site/w/$wave/" | grep -q 'Diese Befragung ist beendet' || { echo 'the closed wave does not say so' && exit 1; }
node tests/browser/receipts.mjs "$site/w/$wave/receipt" "$work/count.json" "$work/german.json" "$work/english.json" "$work/regret.json"
code() { sed -n "$1p" "$work/links" | sed -E 's/.*#([^.]*)\..*/\1/'; }
node tests/browser/result.mjs ${shots:+--screenshots "$shots"} "$site/w/$wave/receipt" "$work/instance/waves/$wave" \
    "$(code 11)" "$(code 44)"
