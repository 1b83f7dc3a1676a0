/* The browser's cryptography in node: credential against vectors made with the private key, seed derivation against the
 * vector shared with C, sealing against an opener written here, codes, conditions, canonical text. */
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/* The build joins survey/client/*.js into one script. */
const client = await import(new URL(process.env.CLIENT_JS ?? '../build/release/client.js', import.meta.url));

globalThis.crypto ??= webcrypto; /* Debian 12's node 18 does not have it under its own name */

const read = (name) => JSON.parse(readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8'));
const big = (text) => BigInt('0x' + text);

/* The vectors leave out salt and blinding factor; whoever has the private key can recover both. */
async function recover(vector) {
  const [n, d] = [big(vector.n), big(vector.d)];
  const length = vector.bits / 8;
  const block = client.toBytes(client.power(big(vector.sig), 65537n, n), length);
  const hash = block.slice(length - 49, length - 1);
  const mask = [];
  for (let i = 0; mask.length < length - 49; i++) {
    const part = await crypto.subtle.digest('SHA-384', client.join(hash, client.toBytes(BigInt(i), 4)));
    mask.push(...new Uint8Array(part));
  }
  const salt = block.slice(length - 49 - 48, length - 49).map((byte, i) => byte ^ mask[length - 49 - 48 + i]);
  const undo = client.inverse(client.toNumber(block), n);
  const r = client.power(big(vector.blinded_msg) * undo, d, n);
  return { n, salt, r };
}

for (const [i, vector] of read('blind_vectors.json').entries())
  test(`credential: vector ${i + 1} (${vector.bits} bits) blinds and finalises to the same bytes`, async () => {
    const { n, salt, r } = await recover(vector);
    const { encoded, blinded } = await client.blind(client.unhex(vector.msg), salt, r, n);
    assert.equal(blinded, big(vector.blinded_msg));
    assert.equal(client.finalise(big(vector.blind_sig), client.inverse(r, n), encoded, n), big(vector.sig));
    assert.throws(() => client.finalise(big(vector.blind_sig) ^ 1n, client.inverse(r, n), encoded, n), /signature/);
  });

test('credential: the vector of RFC 9474, appendix A.1', async () => {
  const [vector] = read('rfc9474_vectors.json');
  const n = big(vector.n);
  const undo = big(vector.inv);
  const { encoded, blinded } = await client.blind(client.unhex(vector.msg), client.unhex(vector.salt), client.inverse(undo, n), n);
  assert.equal(blinded, big(vector.blinded_msg));
  assert.equal(client.finalise(big(vector.blind_sig), undo, encoded, n), big(vector.sig));
});

const seeds = read('seed_vectors.json');
for (const vector of seeds)
  test(`seed: ${vector.name}`, async () => {
    const n = big(vector.n);
    const secrets = await client.deriveSecrets(client.unhex(vector.seed), client.unhex(vector.fingerprint), n);
    for (const i of [0, 1, 16]) assert.equal(client.hex(secrets.editKeys[i]), vector[`edit_key_${i}`]);
    assert.equal(client.hex(secrets.serial), vector.serial);
    assert.equal(client.hex(secrets.prefix), vector.prefix);
    assert.equal(client.hex(secrets.salt), vector.salt);
    assert.equal(client.hex(client.toBytes(secrets.r, 384)), vector.r);
    assert.equal((secrets.r * secrets.undo) % n, 1n);
    const { blinded } = await client.blind(client.join(secrets.prefix, secrets.serial), secrets.salt, secrets.r, n);
    assert.equal(client.hex(client.toBytes(blinded, 384)), vector.blinded);
  });

/* The other end of the seal, over the same key schedule. */
async function open(sealed, pair, info, aad) {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const enc = sealed.slice(0, 65);
  const box = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const theirs = await crypto.subtle.importKey('raw', enc, curve, false, []);
  const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, pair.privateKey, 256);
  const { key, nonce } = await client.hpkeSchedule(new Uint8Array(bits), enc, box, info);
  const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, aes, sealed.slice(65));
  return new Uint8Array(plain);
}

test('seal: the vector of RFC 9180, appendix A.3.1 (AES-128-GCM)', async () => {
  const vector = read('rfc9180_vector.json');
  const bytes = Object.fromEntries(Object.entries(vector).map(([key, text]) => [key, client.unhex(text)]));
  const part = (from, to) => Buffer.from(bytes.enc.slice(from, to)).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: part(1, 33), y: part(33, 65), d: Buffer.from(bytes.ephemeral).toString('base64url') };
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const mine = await crypto.subtle.importKey('jwk', jwk, curve, false, ['deriveBits']);
  const theirs = await crypto.subtle.importKey('raw', bytes.receiver, curve, false, []);
  const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine, 256));
  const suite = client.join(new TextEncoder().encode('HPKE'), Uint8Array.of(0, 0x10, 0, 1, 0, 1));
  const { key, nonce } = await client.hpkeSchedule(shared, bytes.enc, bytes.receiver, bytes.info, suite, 16);
  const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: bytes.aad }, aes, bytes.plain);
  assert.equal(client.hex(new Uint8Array(sealed)), vector.cipher);
});

test('seal: opens with the box key, and only with the same info and serial', async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  const box = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const [info, serial] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const plain = client.pad('{"form":"00","answers":{}}', 8192);
  const sealed = await client.seal(plain, box, info, serial);
  assert.equal(sealed.length, 65 + 8192 + 16);
  assert.deepEqual(await open(sealed, pair, info, serial), plain);
  await assert.rejects(open(sealed, pair, info, info));
  await assert.rejects(open(sealed, pair, serial, serial));
});

test('pad: 0x80 and zeros to the slot; too much is refused', () => {
  assert.deepEqual([...client.pad('ab', 5)], [97, 98, 0x80, 0, 0]);
  assert.throws(() => client.pad('abcde', 5), /too-long/);
});

test('code: reading is generous, the check character is not', () => {
  /* 2 * 32 + 1 = 65, 65 mod 37 = 28 → "W" */
  const code = '0'.repeat(18) + '21W';
  assert.equal(client.readCode(' 00000-ooooo 0OO00-ooo2l-w '), code);
  assert.equal(client.readCode('0'.repeat(18) + '12W'), null);
  assert.equal(client.readCode(code.slice(1)), null);
  assert.equal(client.readCode(code.slice(0, 19) + 'UW'), null);
  assert.equal(client.printCode(code), '00000-00000-00000-00021-W');
});

test('fragment: code and fingerprint are told apart, also when a mail program escaped signs', () => {
  assert.deepEqual(client.readFragment('#AB%7E.00FF'), { code: 'AB~', fingerprint: '00ff' });
  assert.deepEqual(client.readFragment(''), { code: '', fingerprint: '' });
  assert.deepEqual(client.readFragment('#%'), { code: '', fingerprint: '' });
});

test('fingerprint: 8 groups of 4, big end first', () => {
  const bytes = new Uint8Array(32);
  bytes[0] = 0x80;
  bytes[19] = 0x1f;
  assert.equal(client.printFingerprint(bytes), 'G000 0000 0000 0000 0000 0000 0000 000Z');
});

const manifest = (changes) => JSON.stringify({
  querschnitt: 1, wave: '2025', form: '0'.repeat(64), n: 'f'.repeat(768), e: '010001', box: '04' + '1'.repeat(128),
  receipt: '2'.repeat(64), closes: '2025-06-30', issuer: 'http://127.0.0.1:1', collector: 'http://127.0.0.1:2',
  client: '3'.repeat(96), slot: 8192, smallest_group: 10, key: 'server', deletes: '2026-09-30', delay: 0,
  ...changes,
});
const bytesOf = (text) => new TextEncoder().encode(text);

test('manifest: accepted with the right fingerprint, refused with another', async () => {
  const bytes = bytesOf(manifest({}));
  const right = client.hex(await client.sha256(bytes));
  assert.equal((await client.readManifest(bytes, '2025', right)).slot, 8192);
  await assert.rejects(client.readManifest(bytes, '2025', '00' + right.slice(2)), { word: 'fingerprint' });
  await assert.rejects(client.readManifest(bytes, '2025', right.slice(0, 40)), { word: 'fingerprint' });
});

for (const [name, changes] of Object.entries({
  'short modulus': { n: '7' + 'f'.repeat(767) }, 'even modulus': { n: 'f'.repeat(767) + 'e' },
  'long modulus': { n: 'f'.repeat(770) }, 'free exponent': { e: '010003' }, 'another wave': { wave: '2024' },
  'compressed box key': { box: '02' + '1'.repeat(64) }, 'collector with a path': { collector: 'http://a/b' },
  'slot of no size': { slot: 0 },
}))
  test(`manifest: ${name} is refused`, () =>
    assert.rejects(client.readManifest(bytesOf(manifest(changes)), '2025', ''), { word: 'manifest' }));

test('canonical text: items in the order given, numbers as ids stay in place, escapes of JSON', () =>
  assert.equal(client.canonical('00', new Map([['B', '1'], ['2', ['a', 'b']], ['T', 'a"\n']])),
    '{"form":"00","answers":{"B":"1","2":["a","b"],"T":"a\\"\\n"}}'));

test('free text: control characters and halves of characters go, 2000 characters stay', () => {
  assert.equal(client.cleanText(' a\u0000b\r\nc\ud800 '), 'ab\nc');
  assert.equal([...client.cleanText('😀'.repeat(3000))].length, 2000);
});

test('rotation: distinct items, no more than there are, every item equally likely', () => {
  assert.deepEqual(client.pick(['a'], 2), ['a']);
  const counts = { a: 0, b: 0, c: 0, d: 0 };
  for (let i = 0; i < 4000; i++) {
    const [x, y] = client.pick(Object.keys(counts), 2);
    assert.notEqual(x, y);
    counts[x]++;
    counts[y]++;
  }
  for (const count of Object.values(counts)) assert.ok(Math.abs(count - 2000) < 200); /* 6 standard deviations */
});

test('receipt: blanks are ignored; tree head of one, two, three leaves (RFC 6962, 2.1)', async () => {
  assert.equal(client.readReceipt(' ABcd '.repeat(16)), 'abcd'.repeat(16));
  assert.equal(client.readReceipt('xyz'), null);
  const [a, b, c] = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
  const node = (left, right) => client.sha256(client.join(Uint8Array.of(1), left, right));
  assert.deepEqual(await client.treeHead([a]), a);
  assert.deepEqual(await client.treeHead([a, b, c]), await node(await node(a, b), c));
});

/* Check sign by a way of its own: 20 bytes taken modulo 37 one by one. */
const check37 = (bytes) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U'[bytes.reduce((rest, byte) => (rest * 256 + byte) % 37, 0)];

test('recovery code: 32 characters and a check sign, there and back, with the tolerance of codes', () => {
  for (const bytes of [new Uint8Array(20), new Uint8Array(20).fill(255), Uint8Array.from({ length: 20 }, (_, i) => 13 * i + 7)]) {
    const printed = client.printRecovery(bytes);
    assert.match(printed, /^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-Z*~$=]$/);
    assert.equal(printed.at(-1), check37(bytes));
    assert.deepEqual(client.readRecovery(printed), bytes);
    assert.deepEqual(client.readRecovery(` ${printed.toLowerCase().replace(/-/g, ' ').replace(/1/g, 'l').replace(/0/g, 'o')} `), bytes);
  }
  const printed = client.printRecovery(new Uint8Array(20).fill(90));
  assert.equal(client.readRecovery(printed.slice(0, -1)), null);
  assert.equal(client.readRecovery(`${printed}0`), null);
  for (let i = 0; i < 33; i++) { /* every single wrong character is noticed */
    const signs = [...printed.replace(/-/g, '')];
    signs[i] = signs[i] === '7' ? '8' : '7';
    assert.equal(client.readRecovery(signs.join('')), null);
  }
});

for (const vector of seeds.slice(0, 1))
  test('recovery code: the same credential on another device', async () => {
    const seed = client.readRecovery(client.printRecovery(client.unhex(vector.seed)));
    const secrets = await client.deriveSecrets(seed, client.unhex(vector.fingerprint), big(vector.n));
    assert.equal(client.hex(secrets.serial), vector.serial);
  });

test('entry: typed code, scanned link, link without its beginning', () => {
  const fingerprint = 'ab'.repeat(32);
  const code = 'ABCDE-FGHJK-MNPQR-STVWX-Y';
  for (const text of [`https://a.example/w/2025/#${code}.${fingerprint}`, ` ${code}.${fingerprint.toUpperCase()}\n`])
    assert.deepEqual(client.readEntry(text), { code, fingerprint });
  assert.deepEqual(client.readEntry(` ${code} `), { code, fingerprint: '' });
  assert.deepEqual(client.readEntry('ABCDE.FGHJK'), { code: 'ABCDE.FGHJK', fingerprint: '' });
});

test('submission: ballot, change and withdrawal as docs/protocol.md writes them', () => {
  const bytes = (length, value) => new Uint8Array(length).fill(value);
  const secrets = { prefix: bytes(32, 1), serial: bytes(32, 2), editKeys: Array.from({ length: 17 }, (_, i) => bytes(32, 100 + i)) };
  const sealed = bytes(65 + 8192 + 16, 9);
  const head = '01'.repeat(32) + '02'.repeat(32) + '00'.repeat(383) + '03';
  const first = client.submission(secrets, 3n, sealed);
  assert.equal(client.hex(first.slice(0, 450)), '01' + head + '00');
  assert.equal(client.hex(first.slice(482)), client.hex(sealed));
  assert.notDeepEqual(first.slice(450, 482), client.submission(secrets, 3n, sealed).slice(450, 482));
  const change = client.submission(secrets, 3n, sealed, 2, 5);
  assert.equal(client.hex(change), '02' + head + '05' + client.hex(bytes(32, 105)) + client.hex(sealed));
  const withdrawal = client.submission(secrets, 3n, sealed, 3, 16);
  assert.equal(client.hex(withdrawal.slice(0, 482)), '03' + head + '10' + client.hex(bytes(32, 116)));
  assert.deepEqual([first.length, change.length], [withdrawal.length, withdrawal.length]);
});

test('fields: what is typed becomes the answer, or says what is wrong', () => {
  const hours = { min: '0', max: '60', step: '0.5', decimals: '1' };
  const value = (text, bounds = hours) => client.readNumber(text, bounds).value;
  const fault = (text, bounds = hours) => client.readNumber(text, bounds).fault;
  assert.deepEqual(client.readNumber(' ', hours), {});
  assert.deepEqual(['38,5', '38.5', '٣٨٫٥', ' 60 ', '-0'].map((text) => value(text)), [38.5, 38.5, 38.5, 60, 0]);
  assert.deepEqual(['x', '1 000', '38.25', '61', '-1', '0.3', '1e1'].map((text) => fault(text)),
    ['number', 'number', 'decimals', 'range', 'range', 'step', 'number'].map((name) => `fault-${name}`));
  const whole = { min: '-20', max: '4000', decimals: '0' };
  assert.equal(fault('1.000', whole), 'fault-whole'); /* a thousand or one? */
  assert.deepEqual([value('−5', whole), value('-20', whole)], [-5, -20]);
  const quarter = { grain: 'quarter', min: '2024-Q2', max: '2026-Q4' };
  assert.deepEqual(client.readDate('2024', '3', quarter), { value: '2024-Q3' });
  assert.equal(client.readDate('2024', '1', quarter).fault, 'fault-date-range');
  assert.equal(client.readDate('', '3', quarter).fault, 'fault-date');
  assert.deepEqual(client.readDate('2025', '5', { grain: 'month', min: '2025-01', max: '2026-12' }), { value: '2025-05' });
  assert.deepEqual(client.readDate('1999', '', { grain: 'year', min: '1980', max: '2026' }), { value: '1999' });
  assert.deepEqual(client.readPlaces([['a', '2'], ['b', ''], ['c', '1']]), { value: ['c', 'a'] });
  assert.equal(client.readPlaces([['a', '2'], ['b', '']]).fault, 'fault-places');
  const sum = (...texts) => client.readAmounts(texts.map((text, i) => [String(3 - i), text]), 100);
  assert.deepEqual([...sum('60', '0', '40').value], [['3', 60], ['1', 40]]);
  assert.deepEqual(sum('60', '', '41'), { fault: 'fault-sum', total: 100, sum: 101 });
  assert.equal(sum('1,5', '', '').fault, 'fault-amount');
  assert.deepEqual(sum('', '', ''), {});
  assert.equal(client.canonical('f', new Map([['2', new Map([['9', 1], ['1', 99]])], ['1', 12.5], ['0', ['b', 'a']]])),
    '{"form":"f","answers":{"2":{"9":1,"1":99},"1":12.5,"0":["b","a"]}}');
});

test('delay: between nothing and so many minutes, spread evenly', () => {
  const fixed = (number) => () => [number];
  assert.equal(client.randomDelay(60, fixed(0)), 0);
  assert.equal(client.randomDelay(60, fixed(4294967295)), 60 * 60000 - 1);
  assert.equal(client.randomDelay(10, fixed(2147483648)), 5 * 60000);
  const early = Array.from({ length: 2000 }, () => client.randomDelay(10)).filter((wait) => wait < 150000).length;
  assert.ok(Math.abs(early - 500) < 120); /* 6 standard deviations */
});

test('texts: every sentence the client says stands in survey/page_survey_texts.c, and no other', () => {
  const source = (name) => readFileSync(new URL(`../survey/${name}`, import.meta.url), 'utf8');
  const keys = Array.from(source('page_survey_texts.c').matchAll(/\{ "([a-z-]+)", N_/g), (match) => match[1]);
  const script = readFileSync(new URL(process.env.CLIENT_JS ?? '../build/release/client.js', import.meta.url), 'utf8');
  const named = (pattern) => Array.from(script.matchAll(pattern), (match) => match[1]);
  const said = named(/say\(([^)]*)/g).flatMap((call) => Array.from(call.matchAll(/'([a-z-]+)'/g), (match) => match[1]))
    .filter((key) => key !== 'new');
  const modes = ['new', 'resume', 'again'].flatMap((mode) => [`mode-${mode}`, `mode-${mode}-go`]);
  const tables = named(/'((?:done|next|proof)-[a-z]+)'/g).concat(named(/\['((?:answers-[a-z]+|replace))', /g))
    .concat(named(/fault: '([a-z-]+)'/g));
  const refused = named(/Refusal\(([^)]*)/g).flatMap((call) => Array.from(call.matchAll(/'([a-z-]+)'/g), (match) => match[1]));
  /* Words of docs/protocol.md that come from a server. */
  const served = ['unknown-code', 'already-drawn', 'closed', 'not-open', 'bad-credential', 'already-sent', 'box-full',
    'personal-code', 'bad-edit-key', 'unknown-wave', 'malformed'];
  const problems = [...refused, ...served].map((word) => `problem-${word}`);
  const needed = new Set([...said, ...modes, ...tables, ...problems, 'mode-resume-note', 'mode-again-note',
    'problem-network', 'problem-server']);
  assert.ok(said.length > 15 && refused.length > 8);
  for (const key of needed) assert.ok(keys.includes(key), key);
  for (const key of keys) assert.ok(needed.has(key), `${key} is never said`);
});
