/* ---- the credential: RSABSSA-SHA384-PSS-Randomized (RFC 9474), everything from one seed ---- */

async function expand(seed, fingerprint, info, length) {
  const key = await crypto.subtle.importKey('raw', seed, 'HKDF', false, ['deriveBits']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: fingerprint, info };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, length * 8));
}

const EDIT_MAX = 16;

export async function deriveSecrets(seed, fingerprint, modulus) {
  const value = (info, length) => expand(seed, fingerprint, encoder.encode('querschnitt ' + info), length);
  const editKeys = [await value('edit', 32)]; /* [i] proves the right to the i-th change */
  while (editKeys.length <= EDIT_MAX) editKeys.unshift(await sha256(join(encoder.encode('querschnitt edit'), editKeys[0])));
  const serial = await sha256(join(encoder.encode('querschnitt serial'), editKeys[0]));
  const [prefix, salt] = [await value('prefix', 32), await value('salt', 48)];
  for (let i = 0; i < 256; i++) {
    const info = join(encoder.encode('querschnitt blind'), Uint8Array.of(i));
    const r = toNumber(await expand(seed, fingerprint, info, 400)) % modulus;
    const undo = inverse(r, modulus);
    if (undo !== null) return { editKeys, serial, prefix, salt, r, undo };
  }
  throw new Refusal('manifest');
}

/* EMSA-PSS (RFC 8017, 9.1.1) with SHA-384 and MGF1-SHA-384; bits = length of the modulus. */
export async function encodePss(message, salt, bits) {
  const length = Math.ceil((bits - 1) / 8);
  const hash = await digest('SHA-384', join(new Uint8Array(8), await digest('SHA-384', message), salt));
  const block = new Uint8Array(length - hash.length - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  for (let at = 0, counter = 0; at < block.length; counter++) {
    const mask = await digest('SHA-384', join(hash, toBytes(BigInt(counter), 4)));
    for (let i = 0; i < mask.length && at < block.length; i++, at++) block[at] ^= mask[i];
  }
  block[0] &= 0xff >> (8 * length - (bits - 1));
  return join(block, hash, Uint8Array.of(0xbc));
}

const EXPONENT = 65537n;

/* → { encoded, blinded } as numbers. */
export async function blind(message, salt, r, modulus) {
  const encoded = toNumber(await encodePss(message, salt, modulus.toString(2).length));
  return { encoded, blinded: (encoded * power(r, EXPONENT, modulus)) % modulus };
}

/* Takes the blinding away and checks the signature: only a signature by the key of the manifest passes. */
export function finalise(blindSignature, undo, encoded, modulus) {
  const signature = (blindSignature * undo) % modulus;
  if (blindSignature >= modulus || power(signature, EXPONENT, modulus) !== encoded) throw new Refusal('signature');
  return signature;
}
