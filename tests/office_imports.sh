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
python3 - "$work/complaints.xlsx" << 'PYTHON'
import sys
import zipfile

row = lambda cells: '<row>' + ''.join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells) + '</row>'
parts = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml': '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="s"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    + row(['jahr', 'anzahl']) + row(['2024', '3']) + row(['2025', '5']) + '</sheetData></worksheet>',
}
with zipfile.ZipFile(sys.argv[1], 'w') as archive:
    for name, text in parts.items():
        archive.writestr(name, text)
PYTHON
place_serve
node tests/browser/office_imports.mjs ${shots:+--screenshots "$shots"} "http://127.0.0.1:$((port + 2))" "$work/password" tests/data/import/status_evidence.csv "$work/complaints.xlsx"
stop
# The command line goes on where the page stopped.
"$querschnitt" import undo --dir "$work/instance" --language en | grep -q 'Undone: measures'
"$querschnitt" audit log --dir "$work/instance" | grep -q 'accepted-by=chefin'
