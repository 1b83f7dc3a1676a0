#!/bin/sh
# The main job twice with the same seed: every step succeeds, both reports are the same bytes and well formed.
# Usage: system_demo.sh QUERSCHNITT WORK SOURCE. Leaves WORK/a for the other system tests.
set -eu
querschnitt=$1 work=$2 source=$3
mkdir -p "$work"
for run in a b; do
    "$querschnitt" demo --dir "$work/$run" --port 18700 --no-serve --language en
done
for report in report.pdf report.en.pdf; do
    cmp "$work/a/$report" "$work/b/$report"
    qpdf --check "$work/a/$report" > /dev/null
    pdftotext "$work/a/$report" - | grep -q 'Musterstadt an der Emscher'
done
# What went in is real: the counted answers of both runs agree although codes, keys and slots differ.
for wave in 2024 2025; do
    cmp "$work/a/waves/$wave/answers.txt" "$work/b/waves/$wave/answers.txt"
    if cmp -s "$work/a/waves/$wave/leaves.txt" "$work/b/waves/$wave/leaves.txt"; then
        echo "two runs have the same credentials: they are not random" && exit 1
    fi
done
# No answer stands readable in the ballot box, no invitation code anywhere in the instance but the rehearsal's file.
if grep -c '"answers"' "$work/a/waves/2025/ballots.box" > /dev/null; then echo "the box is readable" && exit 1; fi
checker=$source/../shared/tools/check_pdfua.py
if [ -f "$checker" ]; then
    /usr/bin/python3 "$checker" "$work/a/report.pdf" "$work/a/report.en.pdf"
fi
"$querschnitt" export short --dir "$work/a" -o "$work/short.pdf" > /dev/null
"$querschnitt" export short --dir "$work/a" -o "$work/short.en.pdf" --language en > /dev/null
"$source/.ci/verapdf.sh" "$work/a/report.pdf" "$work/a/report.en.pdf" "$work/short.pdf" "$work/short.en.pdf"
"$querschnitt" report --dir "$work/a" --verify "$work/short.en.pdf" --language en | grep -q 'unchanged to the last byte'
# Anybody who has the instance can tell the report from a forged one.
"$querschnitt" report --dir "$work/a" --verify "$work/a/report.pdf" --language en | grep -q 'unchanged to the last byte'
"$querschnitt" report --dir "$work/a" --output "$work/report.html" --language en > /dev/null
sed 's/2025/2026/' "$work/report.html" > "$work/forged.html"
if "$querschnitt" report --dir "$work/a" --verify "$work/forged.html" --language en 2> "$work/refusal"; then exit 1; fi
grep -q 'it was changed' "$work/refusal"
# A demo never empties a folder that it did not make.
mkdir -p "$work/foreign" && echo mine > "$work/foreign/file"
if "$querschnitt" demo --dir "$work/foreign" --staff 200 --port 18700 --no-serve 2> "$work/refusal"; then exit 1; fi
grep -q 'no demo made' "$work/refusal" && [ -f "$work/foreign/file" ]
echo "demo: two runs, same bytes, valid PDF/UA-1 and PDF/A-2a"
