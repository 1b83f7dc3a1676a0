/* node tests/browser/recorded.mjs ISSUER COLLECTOR SERVER-ISSUER SERVER-COLLECTOR LINK…   (four ports, ten unused links)
 * Stands between a headless Chromium and the server, which believe to talk to each other: writes down what the server
 * gets to see, and plays a dishonest server. Closes with "N passed, N failed". */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { answerAll, launch, seeded, send } from './respondent.mjs';

const [issuerPort, collectorPort, issuerBehind, collectorBehind] = process.argv.slice(2, 6).map(Number);
const links = process.argv.slice(6);
let [passed, failed] = [0, 0];
function check(name, holds, detail = '') {
  if (holds) passed++;
  else failed++;
  console.log(`${holds ? 'ok' : 'NOT OK'}  ${name}${holds || detail === '' ? '' : `\n        ${detail}`}`);
}

let seen = [];
let tamper = (path, body) => body;
function relay(port, behind) {
  const server = createServer((incoming, outgoing) => {
    const parts = [];
    incoming.on('data', (part) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts);
      const record = { port, method: incoming.method, url: incoming.url, raw: incoming.rawHeaders, body };
      seen.push(record);
      const onward = ask({ host: '127.0.0.1', port: behind, method: incoming.method, path: incoming.url,
        headers: { ...incoming.headers, 'accept-encoding': 'identity' } }, (answer) => {
        const got = [];
        answer.on('data', (part) => got.push(part));
        answer.on('end', () => {
          const reply = tamper(incoming.url, Buffer.concat(got));
          record.answer = { status: answer.statusCode, raw: answer.rawHeaders, length: reply.length };
          const headers = { ...answer.headers };
          delete headers['content-length'];
          outgoing.writeHead(answer.statusCode, headers);
          outgoing.end(reply);
        });
      });
      onward.on('error', () => outgoing.destroy());
      onward.end(body);
    });
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}
const relays = [await relay(issuerPort, issuerBehind), await relay(collectorPort, collectorBehind)];
const browser = await launch();

/* One visit in a fresh browser; returns what the server saw. */
async function visit(link, act) {
  seen = [];
  const context = await browser.newContext({ locale: 'de-DE' });
  context.setDefaultTimeout(15000);
  const page = await context.newPage();
  try {
    await act(page, link);
  } catch (error) {
    check(`visit ${link.replace(/#.*/, '')}`, false, String(error).split('\n')[0]);
  }
  await context.close();
  return seen;
}
const stops = async (page, link) => {
  await page.goto(link);
  const go = page.locator('#join-go');
  const problem = page.locator('#problem');
  await Promise.race([problem.waitFor(), go.waitFor()]);
  if (!(await problem.isVisible())) await go.click();
  await problem.waitFor();
};
const take = (fill) => async (page, link) => {
  await page.goto(link);
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  if (fill) await answerAll(page, fill);
  else for (let i = 0; i < 60 && !(await page.locator('#review').isVisible()); i++) await page.locator('#next').click();
  await send(page);
};

/* --- what an honest server gets to see --- */
const visits = [await visit(links[0], take(null)), await visit(links[1], take(seeded(1))), await visit(links[2], take(seeded(2)))];
const every = visits.flat();
const names = (record) => record.raw.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
const posts = (kind) => every.filter((record) => record.method === 'POST' && record.url.endsWith(kind));
check('no request carries a cookie', every.every((record) => !names(record).includes('cookie')));
check('no request carries a referrer', every.every((record) => !names(record).includes('referer')));
check('no answer sets a cookie', every.every((record) => !record.answer?.raw.some((name) => /^set-cookie$/i.test(name))));
check('no address carries code or fingerprint', every.every((record) =>
  !links.some((link) => record.url.includes(link.split('#')[1].split('.')[0]) || record.url.includes(link.slice(-64)))));
check('the collector sees one request of each person, without a preflight',
  every.filter((record) => record.port === collectorPort).length === 3 && posts('/submit').length === 3,
  every.map((record) => `${record.method} ${record.port} ${record.url}`).join(' '));
check('the code goes to the issuer only', every.filter((record) => record.port === collectorPort).every((record) =>
  !links.some((link) => record.body.includes(link.split('#')[1].split('.')[0].replaceAll('-', '')))));
const lengths = (record) => [record.raw.join('').length, record.body.length, record.answer?.raw.join('').replace(/Date.*?GMT/, '').length,
  record.answer?.length].join(' ');
check('submissions of empty and full questionnaires have the same lengths, both ways',
  new Set(posts('/submit').map(lengths)).size === 1, posts('/submit').map(lengths).join(' | '));
check('draws have the same lengths', new Set(posts('/draw').map((record) => `${lengths(record)}`)).size === 1,
  posts('/draw').map(lengths).join(' | '));
check('headers of submissions are the same for all', new Set(posts('/submit').map((record) => record.raw.join('\n'))).size === 1);

/* --- the vectors in this browser; finalising was seen above, in every visit --- */
const vectors = JSON.parse(readFileSync(new URL('../data/seed_vectors.json', import.meta.url), 'utf8'));
await visit(links[3], async (page, link) => {
  await page.goto(link);
  const wrong = await page.evaluate(async (list) => {
    const client = await import(document.querySelector('script[src]').src);
    const bad = [];
    for (const vector of list) {
      const n = BigInt(`0x${vector.n}`);
      const secrets = await client.deriveSecrets(client.unhex(vector.seed), client.unhex(vector.fingerprint), n);
      const { blinded } = await client.blind(client.join(secrets.prefix, secrets.serial), secrets.salt, secrets.r, n);
      if (client.hex(secrets.serial) !== vector.serial || client.hex(secrets.prefix) !== vector.prefix ||
          client.hex(secrets.salt) !== vector.salt || client.hex(client.toBytes(secrets.r, 384)) !== vector.r ||
          client.hex(client.toBytes(blinded, 384)) !== vector.blinded)
        bad.push(vector.name);
    }
    return bad;
  }, vectors);
  check(`vectors: Chromium derives and blinds ${vectors.length} of ${vectors.length} to the same bytes`, wrong.length === 0, wrong.join(', '));
  const [blinding] = JSON.parse(readFileSync(new URL('../data/rfc9474_vectors.json', import.meta.url), 'utf8'));
  const sealing = JSON.parse(readFileSync(new URL('../data/rfc9180_vector.json', import.meta.url), 'utf8'));
  const agree = await page.evaluate(async ([rfc9474, rfc9180]) => {
    const client = await import(document.querySelector('script[src]').src);
    const big = (text) => BigInt(`0x${text}`);
    const n = big(rfc9474.n);
    const undo = big(rfc9474.inv);
    const made = await client.blind(client.unhex(rfc9474.msg), client.unhex(rfc9474.salt), client.inverse(undo, n), n);
    const signature = client.finalise(big(rfc9474.blind_sig), undo, made.encoded, n);
    const bytes = Object.fromEntries(Object.entries(rfc9180).map(([key, text]) => [key, client.unhex(text)]));
    const base64 = (part) => btoa(String.fromCharCode(...part)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    const curve = { name: 'ECDH', namedCurve: 'P-256' };
    const jwk = { kty: 'EC', crv: 'P-256', x: base64(bytes.enc.slice(1, 33)), y: base64(bytes.enc.slice(33)), d: base64(bytes.ephemeral) };
    const mine = await crypto.subtle.importKey('jwk', jwk, curve, false, ['deriveBits']);
    const theirs = await crypto.subtle.importKey('raw', bytes.receiver, curve, false, []);
    const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine, 256));
    const suite = client.join(new TextEncoder().encode('HPKE'), Uint8Array.of(0, 0x10, 0, 1, 0, 1));
    const { key, nonce } = await client.hpkeSchedule(shared, bytes.enc, bytes.receiver, bytes.info, suite, 16);
    const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
    const cipher = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: bytes.aad }, aes, bytes.plain);
    return made.blinded === big(rfc9474.blinded_msg) && signature === big(rfc9474.sig) &&
      client.hex(new Uint8Array(cipher)) === rfc9180.cipher;
  }, [blinding, sealing]);
  check('vectors: Chromium agrees with RFC 9474 A.1 and RFC 9180 A.3.1', agree);
});

/* --- what a dishonest server achieves --- */
const noDraw = (records) => !records.some((record) => record.method === 'POST');
const forged = (change) => (path, body) => {
  if (!path.endsWith('/manifest')) return body;
  const manifest = JSON.parse(body);
  change(manifest);
  return Buffer.from(JSON.stringify(manifest));
};
/* The printed fingerprint fits the forged manifest: what is left are the client's own checks. */
async function withForged(name, link, change, holds) {
  const site = new URL(link);
  const honest = await (await fetch(`http://127.0.0.1:${issuerBehind}${site.pathname}manifest`)).text();
  tamper = forged(change);
  const fingerprint = createHash('sha256').update(tamper('/manifest', Buffer.from(honest))).digest('hex');
  const records = await visit(link.replace(/\.[0-9a-f]{64}$/, `.${fingerprint}`), stops);
  tamper = (path, body) => body;
  check(name, holds(records), records.map((record) => `${record.method} ${record.url}`).join(' '));
}
tamper = forged((manifest) => { manifest.closes = '2098-12-31'; });
check('a changed manifest: stops before the code is sent', noDraw(await visit(links[3], stops)));
tamper = (path, body) => body;
check('a changed fingerprint: stops before the code is sent',
  noDraw(await visit(links[3].replace(/.$/, (digit) => (digit === '0' ? '1' : '0')), stops)));
const modulus = (bits) =>
  Buffer.from(generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' }).n, 'base64url').toString('hex');
const short = modulus(2048);
await withForged('e = 3: refused before the code is sent', links[4], (manifest) => { manifest.e = '000003'; }, noDraw);
await withForged('a modulus of 2048 bits: refused', links[4], (manifest) => { manifest.n = short; }, noDraw);
await withForged('a modulus of 2048 bits behind zeros: refused', links[4], (manifest) => { manifest.n = short.padStart(768, '0'); }, noDraw);
await withForged('an even modulus: refused', links[4], (manifest) => { manifest.n = `${manifest.n.slice(0, -1)}0`; }, noDraw);
await withForged('a manifest of another wave: refused', links[4], (manifest) => { manifest.wave = 'other'; }, noDraw);
await withForged('another form: refused', links[4], (manifest) => { manifest.form = '0'.repeat(64); }, noDraw);
const sent = (records, kind) => records.filter((record) => record.method === 'POST' && record.url.endsWith(kind)).length;
const noSubmit = (records) => sent(records, '/draw') === 1 && sent(records, '/submit') === 0;
const other = modulus(3072);
await withForged('a key that did not sign: nothing is sent', links[5], (manifest) => { manifest.n = other; }, noSubmit);
tamper = (path, body) => {
  if (!path.endsWith('/draw')) return body;
  const reply = JSON.parse(body);
  reply.signature = reply.signature.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
  return Buffer.from(JSON.stringify(reply));
};
check('a changed signature: nothing is sent', noSubmit(await visit(links[6], stops)));
tamper = (path, body) => body;

await browser.close();
for (const server of relays) server.close();
for (const server of relays) server.closeAllConnections?.();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
