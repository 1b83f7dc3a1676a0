#!/bin/sh
# What the server gets to see of a browser, written down by a relay between the two, and what a dishonest server achieves.
# Usage: attack_browser.sh QUERSCHNITT [FIRST-PORT]
set -eu
querschnitt=$1 port=${2:-18780}
case $querschnitt in /*) ;; *) querschnitt=$PWD/$querschnitt ;; esac
cd "$(dirname "$0")/.."
. tests/browser/place.sh
place_open 10 http://127.0.0.1:$((port + 3)) http://127.0.0.1:$((port + 4))
place_serve
# shellcheck disable=SC2046
node tests/browser/recorded.mjs $((port + 3)) $((port + 4)) "$port" $((port + 1)) $(cat "$work/links")
