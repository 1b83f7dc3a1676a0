/* ---- sealing: HPKE base mode (RFC 9180), DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM ---- */

const KEM = join(encoder.encode('KEM'), Uint8Array.of(0, 0x10));
const SUITE = join(encoder.encode('HPKE'), Uint8Array.of(0, 0x10, 0, 1, 0, 2));
const NOTHING = new Uint8Array(0);

async function hmac(key, bytes) {
  /* WebCrypto refuses an empty key; HMAC pads it with zeros anyway. */
  const raw = key.length === 0 ? new Uint8Array(32) : key;
  const handle = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', handle, bytes));
}

const VERSION = encoder.encode('HPKE-v1');
const extractLabeled = (suite, salt, label, bytes) => hmac(salt, join(VERSION, suite, encoder.encode(label), bytes));
/* One block of HKDF-Expand is enough: no length here exceeds 32. */
async function expandLabeled(suite, key, label, info, length) {
  const head = join(Uint8Array.of(0, length), VERSION, suite, encoder.encode(label), info);
  return (await hmac(key, join(head, Uint8Array.of(1)))).slice(0, length);
}

/* The AES key and nonce both ends reach. shared: the ECDH value. */
export async function hpkeSchedule(shared, enc, box, info, suite = SUITE, length = 32) {
  const prk = await extractLabeled(KEM, NOTHING, 'eae_prk', shared);
  const secretShared = await expandLabeled(KEM, prk, 'shared_secret', join(enc, box), 32);
  const noPsk = await extractLabeled(suite, NOTHING, 'psk_id_hash', NOTHING);
  const context = join(Uint8Array.of(0), noPsk, await extractLabeled(suite, NOTHING, 'info_hash', info));
  const secret = await extractLabeled(suite, secretShared, 'secret', NOTHING);
  const key = await expandLabeled(suite, secret, 'key', context, length);
  return { key, nonce: await expandLabeled(suite, secret, 'base_nonce', context, 12) };
}

export async function seal(plain, box, info, aad) {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const pair = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
  const theirs = await crypto.subtle.importKey('raw', box, curve, false, []);
  const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, pair.privateKey, 256));
  const enc = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const { key, nonce } = await hpkeSchedule(shared, enc, box, info);
  const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const cipher = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, aes, plain);
  return join(enc, new Uint8Array(cipher));
}

/* Every ballot has the same length, whatever was answered. */
export function pad(text, slot) {
  const bytes = encoder.encode(text);
  if (bytes.length >= slot) throw new Refusal('too-long');
  return join(bytes, Uint8Array.of(0x80), new Uint8Array(slot - bytes.length - 1));
}

/* A Map as an object whose members keep their order (a plain object would move names like "1"). */
const printMap = (map) =>
  `{${Array.from(map, ([id, value]) => `${JSON.stringify(id)}:${value instanceof Map ? printMap(value) : JSON.stringify(value)}`)}}`;

/* answers: Map of item id → string, number, list of strings, or Map of amounts, in document order. */
export const canonical = (form, answers) => `{"form":${JSON.stringify(form)},"answers":${printMap(answers)}}`;

/* What is handed to the ballot box: with a change its number and the key that proves the right to it. A first ballot has
 * random bytes in place of the key, a withdrawal in place of sealed answers: nobody can tell the kinds by their length. */
const BALLOT = 1;
const CHANGE = 2;
const WITHDRAWAL = 3;

export function submission(secrets, signature, sealed, kind = BALLOT, number = 0) {
  const key = kind === BALLOT ? noise(32) : secrets.editKeys[number];
  return join(Uint8Array.of(kind), secrets.prefix, secrets.serial, toBytes(signature, 384), Uint8Array.of(number), key, sealed);
}

export function noise(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

export const leafOf = async (serial, sealed) => sha256(join(Uint8Array.of(0), serial, await sha256(sealed)));

/* true, false, or null when this browser has no Ed25519. */
export async function receiptHolds(key, leaf, signature) {
  let handle;
  try {
    handle = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
  } catch {
    return null;
  }
  return crypto.subtle.verify({ name: 'Ed25519' }, handle, signature, leaf);
}
