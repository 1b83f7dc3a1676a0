/* ---- codes and fingerprints ---- */

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/* The 20 characters and the check character as they are sent; null when the code is mistyped. */
export function readCode(text) {
  const code = text.toUpperCase().replace(/[\s.-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
  if (code.length !== 21 || [...code.slice(0, 20)].some((sign) => !CROCKFORD.includes(sign))) return null;
  let number = 0n;
  for (const sign of code.slice(0, 20)) number = number * 32n + BigInt(CROCKFORD.indexOf(sign));
  return (CROCKFORD + '*~$=U')[Number(number % 37n)] === code[20] ? code : null;
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

/* First 160 bits as 8 × 4 characters, as on the notice board. */
export function printFingerprint(bytes) {
  let number = toNumber(bytes.slice(0, 20));
  let text = '';
  for (let i = 0; i < 32; i++, number >>= 5n) text = CROCKFORD[Number(number & 31n)] + (i % 4 || !i ? '' : ' ') + text;
  return text;
}
