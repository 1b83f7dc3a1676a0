#!/bin/sh
# Every kind of PDF the product writes is PDF/UA-1 and PDF/A-2a by veraPDF's judgement: the reports of the extreme cities
# and the papers that the tests before have kept, the demo's report and short version, the questionnaire on paper in every
# language, letters, cards and the staff council's package.
# Usage: system_pdf.sh QUERSCHNITT BUILD DEMO-DIR WORK SOURCE
set -eu
querschnitt=$1 build=$2 demo=$3 work=$4 source=$5
rm -rf "$work" && mkdir -p "$work"
"$querschnitt" report --dir "$demo" -o "$work/report.de.pdf" --language de > /dev/null
"$querschnitt" report --dir "$demo" -o "$work/report.en.pdf" --language en > /dev/null
"$querschnitt" export short --dir "$demo" -o "$work/short.de.pdf" --language de > /dev/null
"$querschnitt" export short --dir "$demo" -o "$work/short.en.pdf" --language en > /dev/null
"$querschnitt" export package --dir "$demo" -o "$work/package.de.pdf" --language de > /dev/null
"$querschnitt" export package --dir "$demo" -o "$work/package.en.pdf" --language en > /dev/null
for language in de de-simple en tr pl uk ar; do
    "$querschnitt" form print "$source/forms/library/open_administration.yaml" --language "$language" \
        -o "$work/paper.$language.pdf" > /dev/null
done
for name in small.de large.de large.en history.de history.en secret.de secret.en nobody.de nobody.en; do
    cp "$build/report-$name.pdf" "$work/extreme-$name.pdf" # made by test_reports_extremes
done
cp "$build"/paper-*.pdf "$build"/package-*.pdf "$work/" # made by test_reports_paper_* and test_reports_package
"$source/.ci/verapdf.sh" "$work"/*.pdf
