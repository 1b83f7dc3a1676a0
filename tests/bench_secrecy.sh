#!/bin/sh
# Cost and time of every instance of disclosure control, the larger ones last; fails on what is unsafe or too dear.
# bench_secrecy.sh CONFORMANCE_SDC [FOLDER with .jj files and index.tsv]
set -eu
folder=${2:-../shared/reference/sdc}
[ -d "$folder" ] || { echo "no instances in $folder: name a folder with .jj files" >&2; exit 1; }
# shellcheck disable=SC2046
exec "$1" --max-gap 2 $(ls -Sr "$folder"/*.jj)
