"""Lets a client without TLS (querschnitt simulate) take part through https: for each plain port it takes whole requests,
puts the real host name into them and sends them over TLS, a new connection each.
Usage: https_relay.py TARGET-PORT CERTIFICATES PLAIN-PORT=HOST[:TARGET-PORT] ... ; ends with its
standard input."""
import re
import socket
import ssl
import sys
import threading

target, trusted = int(sys.argv[1]), sys.argv[2]
context = ssl.create_default_context(cafile=trusted)


def whole_request(client):
    request = b""
    while b"\r\n\r\n" not in request:
        piece = client.recv(65536)
        if not piece:
            return None
        request += piece
    head, _, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    while length and len(body) < int(length[1]):
        body += client.recv(65536)
    return head, body


def serve(client, host, port):
    with client:
        request = whole_request(client)
        if request is None:
            return
        head, body = request
        head = re.sub(rb"(?i)\r\nhost: [^\r]*", b"\r\nHost: %s:%d" % (host.encode(), port), head)
        head = re.sub(rb"(?i)\r\nconnection: [^\r]*", b"", head)
        head += b"\r\nConnection: close\r\nUser-Agent: canary-agent-7f3a\r\nX-Forwarded-For: 198.51.100.77"
        with socket.create_connection(("127.0.0.1", port)) as plain:
            with context.wrap_socket(plain, server_hostname=host) as server:
                server.sendall(head + b"\r\n\r\n" + body)
                answer = b""
                while piece := server.recv(65536):
                    answer += piece
        client.sendall(answer)


def listen(port, host, to):
    listener = socket.create_server(("127.0.0.1", port))
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client, host, to), daemon=True).start()


for pair in sys.argv[3:]:
    port, host = pair.split("=")
    host, _, to = host.partition(":")
    threading.Thread(target=listen, args=(int(port), host, int(to or target)), daemon=True).start()
print("relay ready", flush=True)
sys.stdin.read()
