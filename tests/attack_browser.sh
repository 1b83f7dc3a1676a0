#!/bin/sh
# What the server gets to see of a browser, written down by a relay between the two, and what a dishonest server achieves.
# Usage: attack_browser.sh QUERSCHNITT [FIRST-PORT]
set -eu
querschnitt=$1 port=${2:-18780}
case $querschnitt in /*) ;; *) querschnitt=$PWD/$querschnitt ;; esac
cd "$(dirname "$0")/.."
[ -d node_modules/playwright-core ] || npm ci --ignore-scripts --no-audit --no-fund
work=$(mktemp -d)
server=
stop() {
    if [ -n "$server" ]; then
        kill -TERM "$server" 2> /dev/null || true
        wait "$server" 2> /dev/null || true
    fi
    server=
    rm -rf "$work"
}
trap stop EXIT
"$querschnitt" init "$work/instance" --city "Stadt Musterstadt" > /dev/null
"$querschnitt" wave open --rehearsal --invited 10 --dir "$work/instance" --json \
    --issue-origin http://127.0.0.1:$((port + 3)) --collect-origin http://127.0.0.1:$((port + 4)) > "$work/wave.json"
wave=$(sed -E 's/.*"wave":"([^"]+)".*/\1/' "$work/wave.json")
fingerprint=$(sed -E 's/.*"fingerprint":"([^"]+)".*/\1/' "$work/wave.json")
sed "s|.*|http://127.0.0.1:$((port + 3))/w/$wave/#&.$fingerprint|" "$work/instance/waves/$wave/rehearsal-codes.txt" > "$work/links"
"$querschnitt" serve all --dir "$work/instance" --port "$port" > "$work/serve.log" 2>&1 &
server=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    curl -fsS -o /dev/null "http://127.0.0.1:$port/" 2> /dev/null && break
    [ "$i" -lt 20 ] || { cat "$work/serve.log" && exit 1; }
    sleep 0.5
done
# shellcheck disable=SC2046
node tests/browser/recorded.mjs $((port + 3)) $((port + 4)) "$port" $((port + 1)) $(cat "$work/links")
