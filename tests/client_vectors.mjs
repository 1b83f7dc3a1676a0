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

const answers = new Map([['KP1', '5'], ['DI2', ['1', '3']]]);
for (const [condition, expected] of [
  [['eq', 'KP1', '5'], true], [['ne', 'KP1', '5'], false], [['ne', 'NONE', '5'], true], [['eq', 'NONE', '5'], false],
  [['in', 'KP1', ['4', '5']], true], [['eq', 'DI2', '3'], true], [['ne', 'DI2', '2'], true],
  [['answered', 'DI2'], true], [['answered', 'NONE'], false], [['not', ['answered', 'KP1']], false],
  [['and', ['eq', 'KP1', '5'], ['eq', 'DI2', '2']], false], [['or', ['eq', 'KP1', '1'], ['eq', 'DI2', '1']], true],
])
  test(`condition: ${JSON.stringify(condition)} is ${expected}`, () =>
    assert.equal(client.holds(condition, answers), expected));

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

test('texts: every sentence the client says stands in survey/page_survey_texts.c', () => {
  const source = (name) => readFileSync(new URL(`../survey/${name}`, import.meta.url), 'utf8');
  const keys = new Set(Array.from(source('page_survey_texts.c').matchAll(/\{ "([a-z-]+)", N_/g), (match) => match[1]));
  const script = readFileSync(new URL(process.env.CLIENT_JS ?? '../build/release/client.js', import.meta.url), 'utf8');
  const said = Array.from(script.matchAll(/say\(([^)]*)/g), (match) => match[1])
    .flatMap((call) => Array.from(call.matchAll(/'([a-z-]+)'/g), (match) => match[1]));
  const refused = Array.from(script.matchAll(/Refusal\('([a-z-]+)'/g), (match) => `problem-${match[1]}`);
  assert.ok(said.length > 15 && refused.length > 8);
  for (const key of [...said, ...refused]) assert.ok(keys.has(key), key);
  /* Words of docs/protocol.md that come from a server. */
  for (const word of ['unknown-code', 'already-drawn', 'closed', 'not-open', 'bad-credential', 'already-sent', 'box-full'])
    assert.ok(keys.has(`problem-${word}`), word);
});
