#!/usr/bin/env python3
"""A mail server for tests on the loopback: keeps each message as a file, can refuse and hang up.

smtp_sink.py FOLDER PORT [--refuse LOCALPART] [--drop-after N]
Every message goes to FOLDER/NNNN.eml with the envelope's addresses in front as X-Envelope-To. Ends on SIGTERM.
"""
import argparse
import pathlib
import socket
import sys

parser = argparse.ArgumentParser()
parser.add_argument('folder', type=pathlib.Path)
parser.add_argument('port', type=int)
parser.add_argument('--refuse', default='')
parser.add_argument('--drop-after', type=int, default=-1)
options = parser.parse_args()
options.folder.mkdir(parents=True, exist_ok=True)
kept = len(list(options.folder.glob('*.eml')))
taken = 0


def talk(connection):
    """One client; returns when it quits or is dropped."""
    global kept, taken
    lines = connection.makefile('rb')
    say = lambda text: connection.sendall(text.encode() + b'\r\n')
    say('220 sink')
    receivers = []
    for line in lines:
        word = line.strip().upper()
        if word.startswith((b'EHLO', b'HELO')):
            say('250 sink')
        elif word.startswith(b'RCPT'):
            address = line.split(b'<')[1].split(b'>')[0].decode()
            if options.refuse and address.startswith(options.refuse + '@'):
                say('550 no such mailbox')
                continue
            receivers.append(address)
            say('250 ok')
        elif word == b'DATA':
            if options.drop_after >= 0 and taken >= options.drop_after:
                connection.close()
                sys.exit(0)
            say('354 go on')
            body = bytearray()
            for part in lines:
                if part == b'.\r\n':
                    break
                body += part[1:] if part.startswith(b'..') else part
            kept += 1
            taken += 1
            path = options.folder / f'{kept:04}.eml'
            path.write_bytes(b'X-Envelope-To: ' + ','.join(receivers).encode() + b'\r\n' + bytes(body))
            receivers = []
            say('250 kept')
        elif word.startswith(b'QUIT'):
            say('221 bye')
            return
        elif word.startswith(b'RSET'):
            receivers = []
            say('250 ok')
        else:
            say('250 ok')


with socket.create_server(('127.0.0.1', options.port)) as server:
    while True:
        client, _ = server.accept()
        with client:
            try:
                talk(client)
            except (ConnectionError, BrokenPipeError):
                pass
