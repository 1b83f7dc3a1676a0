#!/bin/sh
# The report of the demo in one HTML file, German and English, opened in headless Chromium (tests/browser/edition.mjs).
# Usage: edition.sh QUERSCHNITT INSTANCE
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for language in de en; do
    "$1" report --dir "$2" --language $language --output "$work/report.$language.html" > /dev/null
    xmllint --noout "$work/report.$language.html"
done
cd "$(dirname "$0")/.."
. tests/browser/packages.sh
node tests/browser/edition.mjs "$work/report.de.html" "$work/report.en.html"
