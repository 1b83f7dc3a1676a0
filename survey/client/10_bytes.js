/* The respondent's side: fetches a blindly signed ballot, shows the questionnaire page by page, seals the answers and
 * hands them to the collector. Wire formats: docs/protocol.md; HTML of the questions: forms/render.h.
 *
 * One file without dependencies, so that its SHA-384 can stand in the manifest. The first half is pure (tests run it
 * in node), the second half touches the page. Nothing leaves the page before "send" but the code and a blinded number. */

const encoder = new TextEncoder();

/* ---- bytes and numbers ---- */

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
export const unhex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
export const toNumber = (bytes) => BigInt('0x' + (hex(bytes) || '0'));
export const toBytes = (number, length) => unhex(number.toString(16).padStart(2 * length, '0'));

export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function power(base, exponent, modulus) {
  let result = 1n;
  for (base %= modulus; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return result;
}

/* Extended Euclid: the inverse, or null when number and modulus share a factor. */
export function inverse(number, modulus) {
  let [a, b, x, y] = [number % modulus, modulus, 1n, 0n];
  while (b > 0n) {
    const quotient = a / b;
    [a, b, x, y] = [b, a - quotient * b, y, x - quotient * y];
  }
  return a === 1n ? ((x % modulus) + modulus) % modulus : null;
}

const digest = async (name, bytes) => new Uint8Array(await crypto.subtle.digest(name, bytes));
export const sha256 = (bytes) => digest('SHA-256', bytes);
