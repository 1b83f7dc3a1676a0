#!/bin/sh
# Every page of six questionnaires, five of them taken in from other programs, in every language, wide and narrow, light and
# dark, through axe; and how soon a slow phone can begin. Takes ten minutes and more, so it is part of `./dev browser` and of no
# test run. Usage: pages.sh QUERSCHNITT [FORM…]
set -eu
querschnitt=$1
shift
case $querschnitt in /*) ;; *) querschnitt=$PWD/$querschnitt ;; esac
cd "$(dirname "$0")/.."
port=${QUERSCHNITT_TEST_PORT:-18850}
site=http://127.0.0.1:$port
. tests/browser/place.sh
samples=tests/data/forms
if [ $# -eq 0 ]; then
    "$querschnitt" form convert "$samples/all_types.yaml" "$work/all_types.xlsx" 2> /dev/null
    "$querschnitt" form convert "$samples/branches.yaml" "$work/branches.lss" 2> /dev/null
    set -- "" "$samples/canteen.lss" "$samples/canteen_old.lss" "$work/all_types.xlsx" "$work/branches.lss"
    foreign=../shared/reference/forms/xlsform/xlsform2lstsv__all_types_survey.xlsx
    if [ -f "$foreign" ]; then
        set -- "$@" "$foreign"
    else
        set -- "$@" "$samples/alone.lsq"
    fi
fi
failed=0
for form in "$@"; do
    place_open 8 "$site" http://127.0.0.1:$((port + 1))
    place_serve
    # shellcheck disable=SC2046
    node tests/browser/pages.mjs "$(basename "${form:-open_administration}")" $(sed -n 1,7p "$work/links") || failed=1
    [ -n "$form" ] || node tests/browser/phone.mjs "$(sed -n 8p "$work/links")" || failed=1
    stop
    "$querschnitt" wave close "$wave" --dir "$work/instance" > /dev/null
    rm -rf "$work/instance"
done
exit $failed
