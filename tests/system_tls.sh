#!/bin/sh
# A rehearsal behind a real nginx with exactly the shipped configuration (ports and paths adapted), then with the
# program's own TLS: people take part, no session can be recognised, nothing about a request is in any file.
# Usage: system_tls.sh QUERSCHNITT SOURCE [FIRST PORT]
set -eu
PATH=$PATH:/usr/sbin:/sbin
querschnitt=$1 source=$2 port=${3:-18920}
tls=$((port + 5)) relay=$((port + 6)) native=$((port + 10)) plain=$((port + 14))
names="survey.example.org box.example.org office.example.org"
work=$(mktemp -d)
running=
finish() {
    code=$?
    for pid in $running; do kill "$pid" 2> /dev/null || true; done
    wait 2> /dev/null || true
    [ "$code" -eq 0 ] || { echo "failed; what was said last:" && tail -n 20 "$work/said/"* 2> /dev/null; }
    rm -rf "$work"
}
trap finish EXIT
mkdir -p "$work/said" "$work/nginx/querschnitt" "$work/temp"
fail() { echo "$*" && exit 1; }
wait_for() { # wait_for PORT
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        python3 -c "import socket; socket.create_connection(('127.0.0.1', $1)).close()" 2> /dev/null && return 0
        sleep 0.3
    done
    fail "nothing listens on port $1"
}

# Certificates, one a name, signed by nobody but themselves.
for pair in issue:survey collect:box office:office; do
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=${pair#*:}.example.org" \
        -addext "subjectAltName=DNS:${pair#*:}.example.org" -keyout "$work/nginx/querschnitt/${pair%:*}.key" \
        -out "$work/nginx/querschnitt/${pair%:*}.crt" 2> /dev/null
done
cat "$work"/nginx/querschnitt/*.crt > "$work/trusted.pem"

# The shipped files; only places, ports and the user change.
cp "$source/packaging/nginx/nginx.conf" "$work/nginx/"
cp "$source/packaging/nginx/querschnitt/"*.conf "$work/nginx/querschnitt/"
sed -i -e "s|listen 443|listen 127.0.0.1:$tls|; s|listen 80|listen 127.0.0.1:$plain|; /listen \[::\]/d" \
    -e "s|/etc/nginx|$work/nginx|; s|127.0.0.1:8700|127.0.0.1:$port|; s|127.0.0.1:8701|127.0.0.1:$((port + 1))|" \
    -e "s|127.0.0.1:8702|127.0.0.1:$((port + 2))|; s|/run/nginx.pid|$work/temp/nginx.pid|; /^user /d; /modules-enabled/d" \
    -e "s|/var/log/nginx/error.log|$work/temp/error.log|; s|^worker_processes auto|worker_processes 2|" \
    "$work/nginx/nginx.conf" "$work/nginx/querschnitt/"*.conf
kinds="client_body proxy fastcgi uwsgi scgi"
for kind in $kinds; do
    printf '%s_temp_path %s;\n' "$kind" "$work/temp/$kind" >> "$work/nginx/querschnitt/quiet.conf"
done

# nginx without privileges, also when the test has them.
as_nobody=
if [ "$(id -u)" -eq 0 ]; then
    as_nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
    chmod 711 "$work" && chown -R 65534:65534 "$work/temp" "$work/nginx"
fi
start_nginx() { # start_nginx CONFIGURATION
    # shellcheck disable=SC2086
    $as_nobody nginx -p "$work/temp" -e /dev/null -c "$1" -g 'daemon off;' 2> "$work/said/nginx" &
    nginx=$!
    running="$running $nginx"
    wait_for "$tls"
}
start_nginx "$work/nginx/nginx.conf"
for kind in $kinds; do chmod 500 "$work/temp/$kind"; done # whoever wants a temporary file now fails loudly

"$querschnitt" init "$work/instance" > /dev/null
"$querschnitt" wave open --rehearsal --invited 20 --dir "$work/instance" --json \
    --issue-origin "https://survey.example.org:$tls" --collect-origin "https://box.example.org:$tls" > "$work/said/wave"
wave=$(sed -E 's/.*"wave":"([^"]+)".*/\1/' "$work/said/wave")
code=$(head -n 1 "$work/instance/waves/$wave/rehearsal-codes.txt" | cut -f 1)
"$querschnitt" serve all --dir "$work/instance" --port "$port" > "$work/said/serve" 2>&1 &
server=$!
running="$running $server"
wait_for "$port"

# The doctor agrees with the files as they are now, and sees a fault.
"$querschnitt" doctor --dir "$work/instance" --port "$port" --nginx "$work/nginx/nginx.conf" --json \
    > "$work/said/doctor" 2> /dev/null || true
python3 - "$work/said/doctor" << 'PYTHON'
import json, sys
proxy = [f for f in json.load(open(sys.argv[1]))["findings"] if f["check"] == "proxy"]
assert [f["level"] for f in proxy] == ["good"], proxy
PYTHON

# Twenty people take part over https.
python3 "$source/tests/https_relay.py" "$tls" "$work/trusted.pem" "$relay=survey.example.org" \
    "$((relay + 1))=box.example.org" < /dev/zero > "$work/said/relay" 2>&1 &
running="$running $!"
wait_for "$relay"
take_part() { # take_part PEOPLE
    "$querschnitt" simulate --dir "$work/instance" --port "$relay" --wave "$wave" --respondents "$1" --clients 4 \
        --json > "$work/said/simulate" 2>&1 || fail "$(cat "$work/said/simulate")"
    grep -q "\"completed\":$1,\"lost\":0" "$work/said/simulate" || fail "$(cat "$work/said/simulate")"
}
take_part 12

visit() { # visit EXPECTED-STATUS HOST PORT CURL ARGUMENTS... PATH
    expected=$1 host=$2 at=$3
    shift 3
    status=$(curl -sS -o "$work/said/page" -w '%{http_code}' --cacert "$work/trusted.pem" -A canary-agent-7f3a \
        --resolve "$host:$at:127.0.0.1" "$@") || true
    [ "$status" = "$expected" ] || fail "status $status instead of $expected: $*"
}
blinded=$(printf '%0768d' 7)
body="{\"code\":\"$code\",\"blinded\":\"$blinded\"}"
head -c 100000 /dev/zero > "$work/large"
head -c 5000000 /dev/zero > "$work/huge"
visit 200 survey.example.org "$tls" "https://survey.example.org:$tls/w/$wave/"
visit 200 survey.example.org "$tls" "https://survey.example.org:$tls/assets/client.js"
visit 200 box.example.org "$tls" "https://box.example.org:$tls/w/$wave/manifest"
visit 303 office.example.org "$tls" "https://office.example.org:$tls/"
visit 413 box.example.org "$tls" -H Expect: --data-binary "@$work/large" "https://box.example.org:$tls/w/$wave/submit"
visit 400 box.example.org "$tls" -H Expect: --data-binary "nonsense" "https://box.example.org:$tls/w/$wave/submit"
visit 404 survey.example.org "$tls" -d "$body" "https://survey.example.org:$tls/w/nothing/draw"
visit 413 survey.example.org "$tls" -H Expect: --data-binary "@$work/huge" "https://survey.example.org:$tls/w/$wave/draw"
visit 400 office.example.org "$tls" -H Expect: --data-binary "@$work/huge" "https://office.example.org:$tls/imports"
# The connection of a ballot box ends with each answer; HTTP/2 is not offered.
curl -sSv --http2 --cacert "$work/trusted.pem" --resolve "box.example.org:$tls:127.0.0.1" -o /dev/null \
    "https://box.example.org:$tls/w/$wave/manifest" 2> "$work/said/curl"
grep -qi '^< connection: close' "$work/said/curl" && ! grep -q '^< HTTP/2' "$work/said/curl" || fail "box: connection stays open"
curl -sS -D - --cacert "$work/trusted.pem" --resolve "survey.example.org:$tls:127.0.0.1" -o /dev/null \
    "https://survey.example.org:$tls/" | grep -qi '^strict-transport-security: max-age=31536000' || fail "no HSTS"

last_request() { printf 'GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$1"; }

# Sessions: two connections with whatever the first one was given.
sessions() { # sessions PORT HOST VERSION: prints what could be recognised, one word a thing
    rm -f "$work/session"
    # Until the server has answered and closed (-ign_eof): tickets come before the answer, however busy the machine is.
    last_request "$2" | timeout 10 openssl s_client -connect "127.0.0.1:$1" -servername "$2" "-$3" -ign_eof \
        -sess_out "$work/session" > "$work/said/first" 2>&1 || true
    grep -q '^HTTP/1' "$work/said/first" || fail "$2 $3: no answer: $(cat "$work/said/first")"
    grep -q "^ *Protocol *: TLS\|^New, TLS" "$work/said/first" || fail "$2 $3: no handshake: $(cat "$work/said/first")"
    grep -qE 'Session-ID: [0-9A-F]' "$work/said/first" && echo number
    grep -qE 'TLS session ticket:|New Session Ticket' "$work/said/first" && echo ticket
    [ ! -s "$work/session" ] || echo kept
    last_request "$2" | timeout 10 openssl s_client -connect "127.0.0.1:$1" -servername "$2" -tls1_2 -ign_eof \
        -reconnect > "$work/said/again" 2>&1 || true
    grep -q '^Reused' "$work/said/again" && echo reused
    return 0
}
none_recognised() { # none_recognised PORT
    for name in $names; do
        for version in tls1_2 tls1_3; do
            seen=$(sessions "$1" "$name" "$version")
            # TLS 1.2 lets s_client keep a session without number or ticket: there is nothing in it to show again.
            [ -z "$seen" ] || [ "$version $seen" = "tls1_2 kept" ] || fail "port $1 $name $version: $seen"
        done
    done
}
none_recognised "$tls"

# Everything that makes servers talk: no TLS, an old TLS, an unknown name, half a request, a program that is away.
troubles() {
    printf 'GET /canary-path-91c2 HTTP/1.1\r\nHost: x\r\n\r\n' | nc_plain "$tls" || true
    for name in $names other.example.org; do
        timeout 5 openssl s_client -connect "127.0.0.1:$tls" -servername "$name" -tls1_1 -cipher 'ALL:@SECLEVEL=0' \
            < /dev/null > /dev/null 2>&1 || true
        (printf 'GET /canary-path-91c2 HTTP/9\r\nHost: %s\r\nX: \001\r\n\r\n' "$name" && sleep 0.2) |
            timeout 5 openssl s_client -connect "127.0.0.1:$tls" -servername "$name" > /dev/null 2>&1 || true
    done
}
nc_plain() { python3 -c 'import socket, sys
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 3); s.sendall(sys.stdin.buffer.read()); s.recv(999)' "$1"; }
troubles
traces() { # what of the requests stands in files
    find "$work" -type f ! -path "$work/said/*" ! -path "$work/nginx/*" ! -name rehearsal-codes.txt -exec \
        grep -lE "canary-agent-7f3a|canary-path-91c2|198\.51\.100\.77|127\.0\.0\.1[: ]|client: 127|$code|$blinded" {} + || true
}
# The program away: answers 502, and still not a word.
kill "$server" && wait "$server" 2> /dev/null || true
visit 502 box.example.org "$tls" -d "$body" "https://box.example.org:$tls/w/$wave/submit"
[ -z "$(traces)" ] || fail "requests left traces in: $(traces)"
[ ! -s "$work/temp/error.log" ] || fail "nginx wrote: $(cat "$work/temp/error.log")"
[ ! -s "$work/said/serve.err" ] && ! grep -qE 'canary|127\.0\.0\.1 ' "$work/said/serve" || fail "the program wrote about requests"

# Controls: without the lines the same test finds tickets and traces.
kill "$nginx" && wait "$nginx" 2> /dev/null || true
sed -i -e '/ssl_conf_command NumTickets/d' -e "s|^error_log .*|error_log $work/temp/control.log info;|" "$work/nginx/querschnitt/quiet.conf"
for kind in $kinds; do chmod 700 "$work/temp/$kind"; done
start_nginx "$work/nginx/nginx.conf"
sessions "$tls" box.example.org tls1_3 | grep -q ticket || fail "the control sent no ticket: the test cannot see them"
troubles
[ -n "$(traces)" ] || fail "the control left no trace: the test cannot see them"
rm -f "$work/temp/control.log"
"$querschnitt" doctor --dir "$work/instance" --port "$port" --nginx "$work/nginx/nginx.conf" --language en \
    > "$work/said/doctor" 2>&1 && fail "the doctor is content with tickets and an error log"
grep -q 'NumTickets 0' "$work/said/doctor" && grep -q 'error log hold client addresses' "$work/said/doctor"
kill "$nginx" && wait "$nginx" 2> /dev/null || true
echo "tls: nginx recognises nobody and writes nothing"

# The same without nginx: the program's own TLS, for one small town hall.
cat "$work/nginx/querschnitt/issue.crt" > "$work/own.crt" && cp "$work/nginx/querschnitt/issue.key" "$work/own.key"
refused() { # refused PATTERN OPTIONS...
    pattern=$1
    shift
    if timeout 20 "$querschnitt" serve all --dir "$work/instance" --port "$native" --language en "$@" \
        > "$work/said/refused" 2>&1; then fail "was accepted: $*"; fi
    grep -q "$pattern" "$work/said/refused" || fail "no clear sentence: $(cat "$work/said/refused")"
}
chmod 644 "$work/own.key"
refused 'read by others' --certificate "$work/own.crt" --key "$work/own.key"
chmod 600 "$work/own.key"
refused 'belong together' --certificate "$work/own.crt"
refused 'no certificate in PEM' --certificate "$work/own.key" --key "$work/own.key"
refused 'no private key in PEM' --certificate "$work/own.crt" --key "$work/instance/waves/$wave/receipt.key"
cp "$work/nginx/querschnitt/collect.key" "$work/other.key" && chmod 600 "$work/other.key"
refused 'does not belong to' --certificate "$work/own.crt" --key "$work/other.key"
refused 'nothing.crt' --certificate "$work/nothing.crt" --key "$work/own.key"
chmod 640 "$work/instance/waves/$wave/receipt.key"
refused 'receipt.key may be read by others' --certificate "$work/own.crt" --key "$work/own.key"
chmod 600 "$work/instance/waves/$wave/receipt.key"
"$querschnitt" serve all --dir "$work/instance" --port "$native" --certificate "$work/own.crt" --key "$work/own.key" \
    > "$work/said/serve" 2>&1 &
running="$running $!"
wait_for "$native"
grep -q "https://127.0.0.1:$native/" "$work/said/serve" || fail "the addresses are not https"
for face in 0 1 2; do
    seen=$(sessions $((native + face)) survey.example.org tls1_3)
    [ -z "$seen" ] || fail "own TLS, face $face: $seen"
done
# GnuTLS numbers every TLS 1.2 session, so it is not spoken at all.
timeout 10 openssl s_client -connect "127.0.0.1:$native" -tls1_2 < /dev/null 2>&1 |
    grep -qE 'Cipher is \(NONE\)|Cipher    : 0000' || fail "own TLS speaks TLS 1.2"
visit 200 survey.example.org "$native" "https://survey.example.org:$native/w/$wave/"
visit 200 survey.example.org "$((native + 1))" "https://survey.example.org:$((native + 1))/w/$wave/manifest"
curl -sS -D - -o /dev/null --cacert "$work/trusted.pem" --resolve "survey.example.org:$native:127.0.0.1" \
    "https://survey.example.org:$native/" | grep -qi '^strict-transport-security' || fail "own TLS: no HSTS"
python3 "$source/tests/https_relay.py" "$native" "$work/trusted.pem" "$((relay + 2))=survey.example.org" \
    "$((relay + 3))=survey.example.org:$((native + 1))" < /dev/zero > "$work/said/relay2" 2>&1 &
running="$running $!"
wait_for $((relay + 2))
relay=$((relay + 2))
take_part 5
[ -z "$(traces)" ] || fail "requests left traces in: $(traces)"
! grep -qE 'canary|:[0-9]{5} ' "$work/said/serve" || fail "the program wrote about requests"
echo "tls: the program's own TLS recognises nobody and writes nothing"
