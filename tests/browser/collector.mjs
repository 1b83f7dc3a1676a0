/* A ballot box of the tests' own between page and server: it has its own manifest (other receipt key, delay, …) and
 * answers as it is told. The issuer stays the real one, because the modulus is. Ballots taken here are never counted. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const receiptKey = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/* Lets the page see a changed manifest; the link to it. */
export async function alterManifest(page, link, changes = {}) {
  const address = link.replace(/[?#].*/, 'manifest');
  const manifest = { ...(await (await page.request.get(address)).json()), receipt: receiptKey, ...changes };
  const bytes = Buffer.from(JSON.stringify(manifest));
  await page.route('**/manifest', (route) => route.fulfill({ body: bytes, contentType: 'application/json' }));
  return link.replace(/\.[0-9a-f]+$/, `.${sha256(bytes).toString('hex')}`);
}

/* Parts of a submission of docs/protocol.md. */
export function parse(body) {
  const kind = body[0];
  return { kind, serial: body.subarray(33, 65), number: body[449], sealed: body.subarray(482), body };
}

/* answer(submission, count) → undefined (take it), 'abort', or [status, {error…}]. Keeps what came. */
export async function takeBallots(page, answer = () => undefined) {
  const taken = [];
  await page.route('**/submit', (route) => {
    const ballot = parse(route.request().postDataBuffer());
    taken.push(ballot);
    const headers = { 'Access-Control-Allow-Origin': '*' };
    const told = answer(ballot, taken.length);
    if (told === 'abort') return route.abort();
    if (Array.isArray(told)) return route.fulfill({ status: told[0], headers, json: told[1] });
    const leaf = sha256(Buffer.from([0]), ballot.serial, sha256(ballot.sealed));
    const reply = { receipt: leaf.toString('hex'), signature: sign(null, leaf, privateKey).toString('hex') };
    return route.fulfill({ headers, json: { ...reply, ...(told ?? {}) } });
  });
  return taken;
}
