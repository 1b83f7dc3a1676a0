#!/bin/sh
# Every kind of question answered in headless Chromium, by keyboard alone, and held against the count.
# Then the shipped questionnaire in every language. Usage: questionnaires.sh QUERSCHNITT [SCREENSHOT-DIR]
set -eu
querschnitt=$1 shots=${2:-}
case $querschnitt in /*) ;; *) querschnitt=$PWD/$querschnitt ;; esac
cd "$(dirname "$0")/.."
port=${QUERSCHNITT_TEST_PORT:-18770}
site=http://127.0.0.1:$port
. tests/browser/place.sh

form=tests/data/forms/all_types.yaml
place_open 4 "$site" http://127.0.0.1:$((port + 1))
place_serve
# shellcheck disable=SC2046
node tests/browser/types.mjs --answers "$work/answers" $(sed -n 1,3p "$work/links")
stop
place_count
while read -r line; do
    grep -qxF -e "$line" "$work/instance/waves/$wave/answers.txt" ||
        { echo "not counted as entered: $line" && cat "$work/instance/waves/$wave/answers.txt" && exit 1; }
done < "$work/answers"
echo "count: $(cat "$work/count.json"); every kind of question counted exactly as entered"
form=
place_open 7 "$site" http://127.0.0.1:$((port + 1))
place_serve
# shellcheck disable=SC2046
node tests/browser/languages.mjs ${shots:+--screenshots "$shots"} $(cat "$work/links")
