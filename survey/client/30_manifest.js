/* ---- manifest ---- */

export class Refusal extends Error {
  constructor(word, detail = '') {
    super(detail || word);
    this.word = word;
    this.detail = detail;
  }
}

/* Bytes → manifest with its fingerprint. expected: hex of the link, '' when the person typed the code. */
export async function readManifest(bytes, wave, expected) {
  const fingerprint = await sha256(bytes);
  if (expected !== '' && hex(fingerprint) !== expected) throw new Refusal('fingerprint');
  let manifest;
  try {
    manifest = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal('manifest');
  }
  const sound =
    manifest.querschnitt === 1 && manifest.wave === wave && manifest.e === '010001' &&
    /^[89a-f][0-9a-f]{766}[13579bdf]$/.test(manifest.n) && /^04[0-9a-f]{128}$/.test(manifest.box) &&
    /^[0-9a-f]{64}$/.test(manifest.form) && /^[0-9a-f]{64}$/.test(manifest.receipt) &&
    Number.isInteger(manifest.slot) && manifest.slot >= 512 && manifest.slot <= 65536 &&
    ['server', 'council', 'split'].includes(manifest.key) && Number.isInteger(manifest.delay) &&
    manifest.delay >= 0 && manifest.delay <= 60 && /^\d{4}-\d\d-\d\d$/.test(manifest.closes) &&
    /^https?:\/\/[^/]+$/.test(manifest.collector);
  if (!sound) throw new Refusal('manifest');
  return { ...manifest, fingerprint, modulus: BigInt('0x' + manifest.n) };
}
