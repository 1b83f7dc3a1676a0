#!/bin/sh
# The office's pages about questionnaires in headless Chromium: taking in a LimeSurvey file with its losses, one step back,
# languages and time, ways through, preview, interview sheet. Usage: office_forms.sh QUERSCHNITT [SCREENSHOT-DIR]
set -eu
querschnitt=$1 shots=${2:-}
case $querschnitt in /*) ;; *) querschnitt=$PWD/$querschnitt ;; esac
cd "$(dirname "$0")/.."
port=${QUERSCHNITT_TEST_PORT:-18830}
. tests/browser/place.sh

"$querschnitt" init "$work/instance" --city "Stadt Musterstadt" > /dev/null
echo "richtig lang und gut" > "$work/password"
"$querschnitt" user add chefin --role admin --passphrase-file "$work/password" --dir "$work/instance" > /dev/null
place_serve
node tests/browser/office_forms.mjs ${shots:+--screenshots "$shots"} "http://127.0.0.1:$((port + 2))" "$work/password" tests/data/forms
stop
ls "$work/instance/forms/limesurvey_4711.yaml" "$work/instance/forms/limesurvey_4711.before" > /dev/null
"$querschnitt" form check "$work/instance/forms/limesurvey_4711.yaml" > /dev/null
