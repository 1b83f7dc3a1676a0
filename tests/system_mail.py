#!/usr/bin/env python3
"""Invitations by e-mail, letter and card, as a person at the command line and a mail server see them.

system_mail.py QUERSCHNITT WORK SINK: lists with faults are refused; every mail has both parts and a working link; a refused
or broken delivery is due again; after SIGKILL and a second run everybody has exactly one valid code; a reminder reaches those
who have not taken part, with new codes; nothing on disk holds a code.
"""
import atexit
import base64
import email
import email.policy
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

QUERSCHNITT, WORK, SINK = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
PORT, SMTP = 18960, 18966
PEOPLE = 24
DIR = WORK / 'instance'
UNITS = '''org_id;bezeichnung;ebene;ober_id;publikum;im_bericht
S;Musterstadt;STADT;;1;1
D1;Dezernat I;DEZ;S;1;1
FB10;Zentrale Dienste;FB;D1;0;1
FB50;Soziales & Wohnen;FB;D1;1;1
A501;Wohngeld;ABT;FB50;1;1
'''
os.environ['QUERSCHNITT_PASSPHRASE'] = 'a passphrase for a test'


def run(*words, fails=None):
    """Runs the program; fails: what it must say when it must not succeed."""
    done = subprocess.run([QUERSCHNITT, *map(str, words), '--dir', str(DIR), '--language', 'en'],
                          capture_output=True, text=True, timeout=120)
    said = done.stdout + done.stderr
    if fails is None:
        assert done.returncode == 0, (words, said)
    else:
        assert done.returncode == 1 and fails in said, (words, done.returncode, said)
    return said


def sink(*options):
    process = subprocess.Popen([sys.executable, SINK, str(WORK / 'mails'), str(SMTP), *options])
    for _ in range(100):
        try:
            import socket
            socket.create_connection(('127.0.0.1', SMTP), 1).close()
            atexit.register(process.kill) # or ctest waits for it when an assertion fails
            return process
        except OSError:
            time.sleep(0.05)
    raise SystemExit('the sink does not listen')


def stop(process):
    process.terminate()
    process.wait()


def mails():
    """Newest link of each address, and how many mails it got."""
    newest, count = {}, {}
    for path in sorted((WORK / 'mails').glob('*.eml')):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        parts = {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}
        assert set(parts) == {'text/plain', 'text/html'}, path
        assert message['Auto-Submitted'] == 'auto-generated'
        assert message['Message-ID'].endswith('@example.org>') and message['Date'].datetime.year > 2000
        assert message['Bcc'] is None and len(message.get_all('To')) == 1
        text = ' '.join(parts['text/plain'].split())
        link = re.search(r'http://\S+/w/2026/#([0-9A-Z$*~=U-]+)\.([0-9a-f]{64})', text)
        assert link and link.group(0) in parts['text/html'].replace('&amp;', '&'), path
        assert 'http' not in re.sub(r'http://127\.0\.0\.1:%d\S*' % PORT, '', parts['text/html']), 'foreign address'
        assert '<img' not in parts['text/html'] and '<script' not in parts['text/html']
        to = message['X-Envelope-To']
        german = message['Content-Language'] is None and 'Guten Tag' in text
        assert german or 'Good day' in text, text[:80]
        assert max(len(line) for line in path.read_bytes().split(b'\r\n')) < 200
        newest[to] = link.group(1)
        count[to] = count.get(to, 0) + 1
    return newest, count


def draw(code, blinded='1' * 768, **more):
    body = json.dumps({'code': code, 'blinded': blinded, **more}).encode()
    ask = urllib.request.Request(f'http://127.0.0.1:{PORT}/w/2026/draw', body, {'Content-Type': 'application/json'})
    try:
        with urllib.request.urlopen(ask, timeout=20) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refusal:
        return json.load(refusal)


def serve():
    process = subprocess.Popen([QUERSCHNITT, 'serve', 'issue', '--dir', str(DIR), '--port', str(PORT)],
                               stdout=subprocess.DEVNULL)
    for _ in range(100):
        try:
            urllib.request.urlopen(f'http://127.0.0.1:{PORT}/', timeout=1).close()
            atexit.register(process.kill)
            return process
        except OSError:
            time.sleep(0.1)
    raise SystemExit('the server does not answer')


def no_trace(codes):
    """No code, whole or in groups, raw, hex or base64, in any file of the instance."""
    for path in DIR.rglob('*'):
        if not path.is_file() or path.name == 'ballots.box':
            continue
        held = path.read_bytes()
        for code in codes:
            plain = code.replace('-', '').encode()[:20]
            for trace in (code.encode()[:17], plain, plain.lower(), plain[:12], plain.hex().encode(),
                          base64.b64encode(plain)[:24]):
                assert trace not in held, (path, 'holds a code')


def order_says_nothing(newest):
    """Where the rows of invitations lie in the file must not follow the list: tau of 24 random places is below 0.75 except
    once in millions of runs; rows written in the order of the list give 1."""
    held = (DIR / 'querschnitt.sqlite').read_bytes()
    places = []
    for i in range(PEOPLE):
        plain = newest[f'p{i}@example.org'].replace('-', '')[:20]
        hash_ = hashlib.sha256(b'querschnitt-code' + plain.encode()).digest()
        recipient_too = [m.start() for m in re.finditer(re.escape(hash_), held)]
        assert len(recipient_too) == 2, (i, recipient_too)
        places.append(recipient_too)
    for table in (min, max):
        where = [table(place) for place in places]
        pairs = [(a, b) for a in range(PEOPLE) for b in range(a)]
        tau = sum(1 if where[a] > where[b] else -1 for a, b in pairs) / len(pairs)
        assert abs(tau) < 0.75, tau


shutil.rmtree(WORK, ignore_errors=True)
WORK.mkdir(parents=True)
(WORK / 'units.csv').write_text(UNITS)
subprocess.run([QUERSCHNITT, 'init', str(DIR), '--city', 'Stadt Musterstädten'], check=True, stdout=subprocess.DEVNULL)
run('import', 'units', WORK / 'units.csv')
run('config', 'staff_council', 'Personalrat, Zimmer 12')
run('config', 'smtp', 'ftp://mail.example.org', fails='smtp')
run('config', 'smtp', f'smtp://127.0.0.1:{SMTP}')
run('config', 'mail_from', 'umfrage@example.org')
run('wave', 'freeze', '2026', '--year', '2026', '--closes', '2099-06-30', '--issue-origin', f'http://127.0.0.1:{PORT}',
    '--collect-origin', f'http://127.0.0.1:{PORT + 1}')

said = run('invite', '2026', '--notice')
assert 'has not' not in said and 'Guten Tag' not in said and 'Personalrat, Zimmer 12' in said, said
assert said.count(f'http://127.0.0.1:{PORT}/w/2026/privacy') == 7 and '#' not in said, said

# A list with faults: each line is named, no value is repeated, nothing is stored.
bad = 'org_id;sprache;email;name;zeile1\nFB10;de;anna@example.org;;\nXX;de;bert@example.org;;\nFB10;tlh;carla@example.org;;\n' \
      'FB10;de;not an address;;\nFB10;de;ANNA@example.org;;\nFB10;de;;;\n' \
      'FB10;de;"dora@example.org\r\nBcc: evil@example.org";;\n'
(WORK / 'bad.csv').write_text(bad)
said = run('invite', '2026', '--recipients', WORK / 'bad.csv', fails='nothing was stored')
for line in (3, 4, 5, 6, 7, 8):
    assert f'bad.csv:{line}:' in said, said
assert 'bert' not in said and 'not an address' not in said

rows = [f'FB{50 if i % 2 else 10};{"en" if i % 5 == 0 else "de"};p{i}@example.org;;' for i in range(PEOPLE)]
rows += ['A501;de;;Jürgen Groß;Hauptstraße 1', 'FB10;;;Ayşe Öztürk;Markt 2', 'FB10;en;;Ann Smith;Markt 3']
(WORK / 'list.csv').write_bytes(('org_id;sprache;email;name;zeile1\n' + '\n'.join(rows) + '\n').encode('utf-8'))
run('invite', '2026', '--recipients', WORK / 'list.csv')
run('invite', '2026', '--recipients', WORK / 'list.csv', fails='already')

# One address is refused: the others get theirs, the message names the line and not the address.
run('invite', '2026', '--mail', fails='mail server')
server = sink('--drop-after', '3')
run('invite', '2026', '--mail', fails='mail server')
stop(server)
assert len(mails()[0]) == 3
served = mails()[0] # in an order nobody knows: the one to refuse must still be waiting
refused = next(i for i in range(PEOPLE) if f'p{i}@example.org' not in served)
server = sink('--refuse', f'p{refused}')
said = run('invite', '2026', '--mail', fails='call the command again')
stop(server)
assert f'line {refused + 2}' in said and f'p{refused}@' not in said, said
newest, count = mails()
assert len(newest) == PEOPLE - 1 and f'p{refused}@example.org' not in newest

# The connection breaks in the middle, and the program itself is killed: who is missing is due again, with a new code.
server = sink()
run('invite', '2026', '--mail', '--per-minute', '6000')
stop(server)
newest, count = mails()
assert len(newest) == PEOPLE and set(count.values()) == {1}
order_says_nothing(newest)
run('invite', '2026', '-o', WORK / 'codes.csv', fails='second code')
run('invite', '2026', '--letters', WORK / 'letters.pdf')
run('invite', '2026', '--cards', '12', '-o', WORK / 'cards.pdf')
text = subprocess.run(['pdftotext', '-layout', str(WORK / 'letters.pdf'), '-'], capture_output=True, text=True).stdout
assert 'Jürgen Groß' in text and 'Ayşe Öztürk' in text
assert 'survey “Open Administration”' in text and 'Befragung „Offene Verwaltung“' in text, text
assert text.index('Jürgen Groß') < text.index('Ayşe Öztürk') < text.index('Ann Smith'), 'letters follow the list'
run('wave', 'rehearse', '2026')
run('wave', 'open', '2026')
run('invite', '2026', '--cards', '100', '-o', WORK / 'more.pdf', fails='do not fit')
assert not (WORK / 'more.pdf').exists()

web = serve()
try:
    people = sorted(newest)
    took_part = people[:5]
    for i, person in enumerate(took_part):
        answer = draw(newest[person], f'{i + 1:0768x}')
        assert 'signature' in answer, answer
    assert draw(newest[people[0]], '3' * 768)['error'] == 'already-drawn'
    assert draw(newest[people[10]], card=True)['error'] == 'personal-code'
    old = dict(newest)
    no_trace(old.values())

    # A reminder, killed three times in the middle, then finished.
    server = sink()
    words = [QUERSCHNITT, 'invite', '2026', '--mail', '--dir', str(DIR)]
    for i in range(3):
        process = subprocess.Popen(words + (['--remind'] if i == 0 else []), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        before = len(list((WORK / 'mails').glob('*.eml')))
        while process.poll() is None and len(list((WORK / 'mails').glob('*.eml'))) == before:
            time.sleep(0.01) # the first mail of this run is out
        process.send_signal(signal.SIGKILL)
        process.wait()
    run('invite', '2026', '--mail')
    stop(server)
    newest, count = mails()
    reminded = [person for person in people if newest[person] != old[person]]
    assert reminded == people[5:], (reminded, count)
    for person in people[5:]:
        assert draw(old[person], '5' * 768)['error'] == 'unknown-code', person
    valid = sum('signature' in draw(newest[person], f'{i + 100:0768x}') for i, person in enumerate(people[5:]))
    assert valid == PEOPLE - 5, valid
    no_trace(list(old.values()) + list(newest.values()))
finally:
    stop(web)
run('wave', 'close', '2026', '--yes')
dump = subprocess.run([sys.executable, '-c', 'import sqlite3,sys; print(list(sqlite3.connect(sys.argv[1]).execute('
                       '"SELECT count(*) FROM recipient")))', str(DIR / 'querschnitt.sqlite')],
                      capture_output=True, text=True).stdout
assert '(0,)' in dump, dump
assert b'example.org;' not in (DIR / 'querschnitt.sqlite').read_bytes()
assert b'p11@example.org' not in (DIR / 'querschnitt.sqlite').read_bytes(), 'an address outlives the wave'
print(f'mail: {len(list((WORK / "mails").glob("*.eml")))} mails, {PEOPLE} people, every one with exactly one valid code')
