# Read by the browser tests with ".": a folder that goes when the test goes, a rehearsal in it, a server.
# Expects $querschnitt and $port and the repository as the working directory, $form when it is not the shipped one. Sets $work, $server, and by place_open $wave,
# $fingerprint and the links in $work/links.
. tests/browser/packages.sh

work=$(mktemp -d)
server=
stop() {
    if [ -n "$server" ]; then
        kill -TERM "$server" 2> /dev/null || true
        wait "$server" 2> /dev/null || true
    fi
    server=
}
trap 'stop; rm -rf "$work"' EXIT

place_units() { # place_units < CSV
    cat > "$work/units.csv"
    "$querschnitt" init "$work/instance" --city "Stadt Musterstadt" > /dev/null
    "$querschnitt" import units "$work/units.csv" --dir "$work/instance" > /dev/null
}

place_open() { # place_open INVITED ISSUE-ORIGIN COLLECT-ORIGIN
    [ -d "$work/instance" ] || "$querschnitt" init "$work/instance" --city "Stadt Musterstadt" > /dev/null
    "$querschnitt" wave open --rehearsal --invited "$1" --dir "$work/instance" --json ${form:+--form "$form"} \
        --issue-origin "$2" --collect-origin "$3" > "$work/wave.json"
    wave=$(sed -E 's/.*"wave":"([^"]+)".*/\1/' "$work/wave.json")
    fingerprint=$(sed -E 's/.*"fingerprint":"([^"]+)".*/\1/' "$work/wave.json")
    sed "s|.*|$2/w/$wave/#&.$fingerprint|" "$work/instance/waves/$wave/rehearsal-codes.txt" > "$work/links"
}

place_serve() {
    "$querschnitt" serve all --dir "$work/instance" --port "$port" > "$work/serve.log" 2>&1 &
    server=$!
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        curl -fsS -o /dev/null "http://127.0.0.1:$port/" 2> /dev/null && break
        [ "$i" -lt 20 ] || { cat "$work/serve.log" && exit 1; }
        sleep 0.5
    done
}

place_count() { # closes and counts; the result in $work/count.json
    "$querschnitt" wave close "$wave" --dir "$work/instance" > /dev/null
    "$querschnitt" count "$wave" --dir "$work/instance" --json \
        --passphrase-file "$work/instance/waves/$wave/rehearsal-passphrase.txt" > "$work/count.json"
}
