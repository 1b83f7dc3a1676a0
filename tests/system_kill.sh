#!/bin/sh
# Kills the server in the middle again and again while people take part, starts it again, and holds the receipts
# against the published list: nothing acknowledged may be missing. Usage: system_kill.sh QUERSCHNITT INSTANCE WORK [KILLS]
set -eu
querschnitt=$1 instance=$2 work=$3 kills=${4:-5}
mkdir -p "$work"
rm -rf "$work/copy" && cp -a "$instance" "$work/copy"
port=18740
"$querschnitt" wave open --rehearsal --invited 400 --dir "$work/copy" --json \
    --issue-origin http://127.0.0.1:$port --collect-origin http://127.0.0.1:$((port + 1)) > "$work/wave.json"
wave=$(sed -E 's/.*"wave":"([^"]+)".*/\1/' "$work/wave.json")
start() {
    "$querschnitt" serve all --dir "$work/copy" --port $port > "$work/serve.log" 2>&1 &
    server=$!
}
start
trap 'kill -9 "$server" 2> /dev/null || true' EXIT
sleep 1
"$querschnitt" simulate --dir "$work/copy" --port $port --wave "$wave" --respondents 400 --clients 8 --retry \
    --json -o "$work/receipts" > "$work/simulate.json" 2> "$work/simulate.err" &
players=$!
done_kills=0
while [ "$done_kills" -lt "$kills" ] && kill -0 "$players" 2> /dev/null; do
    sleep 0.4
    kill -9 "$server"
    wait "$server" 2> /dev/null || true
    start
    done_kills=$((done_kills + 1))
done
wait "$players" || { cat "$work/simulate.err" "$work/serve.log" && exit 1; }
kill -TERM "$server" && wait "$server" || true
trap - EXIT
[ "$done_kills" -ge 2 ] || { echo "the server was killed only $done_kills times" && exit 1; }
"$querschnitt" wave close "$wave" --dir "$work/copy"
"$querschnitt" count "$wave" --dir "$work/copy" --json > "$work/count.json"
sort "$work/receipts" > "$work/receipts.sorted"
received=$(wc -l < "$work/receipts.sorted")
missing=$(comm -23 "$work/receipts.sorted" "$work/copy/waves/$wave/leaves.txt" | wc -l)
echo "killed $done_kills times, $received acknowledged, $missing missing; $(cat "$work/count.json")"
[ "$received" -eq 400 ] && [ "$missing" -eq 0 ]
