#!/bin/sh
# A signal during an import: nothing is stored, a sentence says so, and in a pipe there is no progress bar. The file comes through a
# pipe, so that the signal arrives while it is being read. Usage: import_stop.sh QUERSCHNITT
set -eu
querschnitt=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dir=$work/instance
"$querschnitt" init "$dir" > "$work/init.log"
{
    echo 'org_id;bezeichnung;ebene;ober_id;publikum;im_bericht'
    echo 'S;Stadt;STADT;;0;1'
} > "$work/units.csv"
"$querschnitt" import units "$work/units.csv" --dir "$dir" > "$work/units.log"
mkfifo "$work/pipe"
"$querschnitt" import complaints "$work/pipe" --dir "$dir" --language en > "$work/out" 2> "$work/err" &
import=$!
exec 3> "$work/pipe" # opens when the import reads
printf 'jahr;anzahl\n2024;3\n' >&3
kill -TERM "$import"
printf '2025;5\n' >&3
exec 3>&-
status=0
wait "$import" || status=$?
cat "$work/err"
[ "$status" -eq 1 ] || { echo "ended with $status" && exit 1; }
[ "$(cat "$work/err")" = 'querschnitt: stopped; nothing was stored' ] && [ ! -s "$work/out" ]
"$querschnitt" import undo --dir "$dir" > "$work/undo" # the last one stored is that of the units
grep -q 'units' "$work/undo"
