/* ---- codes and fingerprints ---- */

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/* As people type: case, blanks, dots and hyphens do not matter, I and L are 1, O is 0. */
const plainCode = (text) => text.toUpperCase().replace(/[\s.-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
const checkSign = (number) => (CROCKFORD + '*~$=U')[Number(number % 37n)];

/* length characters and their check character → the number they stand for; null when mistyped. */
function readChecked(code, length) {
  if (code.length !== length + 1 || [...code.slice(0, length)].some((sign) => !CROCKFORD.includes(sign))) return null;
  let number = 0n;
  for (const sign of code.slice(0, length)) number = number * 32n + BigInt(CROCKFORD.indexOf(sign));
  return checkSign(number) === code[length] ? number : null;
}

/* The 20 characters and the check character as they are sent; null when the code is mistyped. */
export function readCode(text) {
  const code = plainCode(text);
  return readChecked(code, 20) === null ? null : code;
}

export const printCode = (code) => code.match(/.{1,5}/g).join('-');

/* "#CODE.FPHEX" → { code, fingerprint }; either may be ''. */
export function readFragment(fragment) {
  let text = fragment.replace(/^#/, '');
  try {
    text = decodeURIComponent(text);
  } catch {
    return { code: '', fingerprint: '' };
  }
  const dot = text.indexOf('.');
  if (dot < 0) return { code: text, fingerprint: '' };
  return { code: text.slice(0, dot), fingerprint: text.slice(dot + 1).toLowerCase() };
}

/* What a person types, pastes or scans: a code, or a whole link with the fingerprint. */
export function readEntry(text) {
  const trimmed = text.trim();
  const hash = trimmed.indexOf('#');
  if (hash >= 0) return readFragment(trimmed.slice(hash));
  return /\.[0-9a-f]{64}$/i.test(trimmed) ? readFragment(trimmed) : { code: trimmed, fingerprint: '' };
}

/* 160 bits as 32 characters. */
function crockford(number) {
  let text = '';
  for (let i = 0; i < 32; i++, number >>= 5n) text = CROCKFORD[Number(number & 31n)] + text;
  return text;
}

/* Recovery code: the seed in groups of four and a check character; and back, null when it is mistyped. */
export function printRecovery(seed) {
  const number = toNumber(seed);
  return (crockford(number) + checkSign(number)).match(/.{1,4}/g).join('-');
}

export function readRecovery(text) {
  const number = readChecked(plainCode(text), 32);
  return number === null ? null : toBytes(number, 20);
}

/* First 160 bits as 8 × 4 characters, as on the notice board. */
export const printFingerprint = (bytes) => crockford(toNumber(bytes.slice(0, 20))).match(/.{4}/g).join(' ');
