#!/bin/sh
# The office's page of imports in headless Chromium: a try, warnings nobody accepted, warnings accepted, the last import
# taken back, a template. Usage: office_imports.sh QUERSCHNITT [SCREENSHOT-DIR]
set -eu
querschnitt=$1 shots=${2:-}
case $querschnitt in /*) ;; *) querschnitt=$PWD/$querschnitt ;; esac
cd "$(dirname "$0")/.."
port=${QUERSCHNITT_TEST_PORT:-18860}
. tests/browser/place.sh

place_units <<'UNITS'
org_id;bezeichnung;ebene;ober_id;publikum;im_bericht
S;Stadt;STADT;;0;1
FB10;Innere Dienste;FB;S;0;1
FB50;Soziales;FB;S;1;1
UNITS
"$querschnitt" import recommendations tests/data/import/recommendations_good.csv --dir "$work/instance" > /dev/null
"$querschnitt" import measures tests/data/import/measures_good.csv --dir "$work/instance" > /dev/null
echo "richtig lang und gut" > "$work/password"
"$querschnitt" user add chefin --role admin --passphrase-file "$work/password" --dir "$work/instance" > /dev/null
place_serve
node tests/browser/office_imports.mjs ${shots:+--screenshots "$shots"} "http://127.0.0.1:$((port + 2))" "$work/password" tests/data/import/status_evidence.csv
stop
# The command line goes on where the page stopped.
"$querschnitt" import undo --dir "$work/instance" --language en | grep -q 'Undone: measures'
"$querschnitt" audit log --dir "$work/instance" | grep -q 'accepted-by=chefin'
