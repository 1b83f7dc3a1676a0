#!/bin/sh
# Questionnaires as files: any format in, any out, nothing lost that is not said, and a wave frozen from either is the same.
# Usage: system_forms.sh QUERSCHNITT WORK
set -eu
querschnitt=$1 work=$2
rm -rf "$work"
mkdir -p "$work"
cd "$work"
refuse() { # refuse PATTERN COMMAND…: it fails with this sentence
    pattern=$1
    shift
    "$@" > out 2> errors && { echo "was not refused: $*" && exit 1; }
    grep -q "$pattern" errors || { cat errors && exit 1; }
}
says() { "$querschnitt" form check "$1" --json | grep -qF "$2" || { echo "$1 does not say $2" && exit 1; }; }

# The shipped questionnaire speaks every language of the program, whole.
"$querschnitt" form convert open_administration native.yaml > out
says native.yaml '"format":"yaml"'
says native.yaml '"languages":["de","en","de-simple","tr","pl","uk","ar"],"drafts":["de-simple","tr","pl","uk","ar"]'
says open_administration '"untranslated":{"en":0,"de-simple":0,"tr":0,"pl":0,"uk":0,"ar":0}'
says open_administration '"lost":[],"warnings":[],"errors":[]'
refuse 'exists already' "$querschnitt" form convert open_administration native.yaml --language en
refuse 'cannot be written' "$querschnitt" form convert open_administration native.doc --language en
[ ! -e native.doc ]
cp native.yaml first.yaml
"$querschnitt" form convert open_administration native.yaml --yes > out
cmp native.yaml first.yaml

# There and back through every format that is read and written.
for format in xlsx lss; do
    "$querschnitt" form convert native.yaml "form.$format" --language en > out 2> errors || {
        grep -q 'cannot be written' errors && continue
        cat errors && exit 1
    }
    "$querschnitt" form convert "form.$format" "$format.yaml" > out
    "$querschnitt" form check "$format.yaml" --json | sed -E 's/"lost".*//' > there
    "$querschnitt" form check native.yaml --json | sed -E 's/"lost".*//' > here
    cmp here there
    echo "$format: there and back"
done

# What a file does not translate is counted, text by text.
sed '/^ *tr: /d' native.yaml > gap.yaml
"$querschnitt" form check gap.yaml --language en 2> errors | grep -qE '^tr: [1-9][0-9]* of [0-9]+ texts are missing'
grep -q 'is not translated (tr)' errors

# A wave frozen from a foreign file has the questionnaire of the native one.
printf 'org_id;bezeichnung;ebene;ober_id;publikum;im_bericht\nS;Stadt;STADT;;1;1\nD1;Dezernat I;DEZ;S;1;1\n' > units.csv
echo 'a long passphrase' > word
"$querschnitt" init city > out
"$querschnitt" import units units.csv --dir city > out
for name in native xlsx; do
    file=native.yaml
    [ "$name" = native ] || file=form.xlsx
    "$querschnitt" wave freeze "$name" --dir city --year 2026 --closes 2099-06-30 --deletes 2099-09-30 \
        --form "$file" --passphrase-file word > out
    sed -E 's/.*"form":"([0-9a-f]+)".*/\1/' "city/waves/$name/manifest" > "$name.hash"
done
cmp city/waves/native/form.yaml native.yaml
cmp native.hash xlsx.hash
echo "forms: every format, every language, one hash"
