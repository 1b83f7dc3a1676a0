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
    /^https?:\/\/[^/]+$/.test(manifest.collector);
  if (!sound) throw new Refusal('manifest');
  return { ...manifest, fingerprint, modulus: BigInt('0x' + manifest.n) };
}

/* ---- the credential: RSABSSA-SHA384-PSS-Randomized (RFC 9474), everything from one seed ---- */

async function expand(seed, fingerprint, info, length) {
  const key = await crypto.subtle.importKey('raw', seed, 'HKDF', false, ['deriveBits']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: fingerprint, info };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, length * 8));
}

export async function deriveSecrets(seed, fingerprint, modulus) {
  const value = (info, length) => expand(seed, fingerprint, encoder.encode('querschnitt ' + info), length);
  const editKey = await value('edit', 32);
  const serial = await sha256(join(encoder.encode('querschnitt serial'), editKey));
  const [prefix, salt] = [await value('prefix', 32), await value('salt', 48)];
  for (let i = 0; i < 256; i++) {
    const info = join(encoder.encode('querschnitt blind'), Uint8Array.of(i));
    const r = toNumber(await expand(seed, fingerprint, info, 400)) % modulus;
    const undo = inverse(r, modulus);
    if (undo !== null) return { editKey, serial, prefix, salt, r, undo };
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
export async function hpkeSchedule(shared, enc, box, info) {
  const prk = await extractLabeled(KEM, NOTHING, 'eae_prk', shared);
  const secretShared = await expandLabeled(KEM, prk, 'shared_secret', join(enc, box), 32);
  const noPsk = await extractLabeled(SUITE, NOTHING, 'psk_id_hash', NOTHING);
  const context = join(Uint8Array.of(0), noPsk, await extractLabeled(SUITE, NOTHING, 'info_hash', info));
  const secret = await extractLabeled(SUITE, secretShared, 'secret', NOTHING);
  const key = await expandLabeled(SUITE, secret, 'key', context, 32);
  return { key, nonce: await expandLabeled(SUITE, secret, 'base_nonce', context, 12) };
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

/* answers: Map of item id → string or array of strings, in document order (an object would move ids like "1"). */
export function canonical(form, answers) {
  const rows = Array.from(answers, ([id, value]) => JSON.stringify(id) + ':' + JSON.stringify(value));
  return `{"form":${JSON.stringify(form)},"answers":{${rows.join(',')}}}`;
}

export const submission = (secrets, signature, sealed) =>
  join(Uint8Array.of(1), secrets.prefix, secrets.serial, toBytes(signature, 384), sealed);

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

/* ---- the questionnaire's rules ---- */

/* condition: prefix JSON of forms/render.h; answers holds answered items only. */
export function holds(condition, answers) {
  const [operator, ...rest] = condition;
  const chosen = (id, codes) => [].concat(answers.get(id) ?? []).some((code) => codes.includes(code));
  switch (operator) {
    case 'and': return rest.every((part) => holds(part, answers));
    case 'or': return rest.some((part) => holds(part, answers));
    case 'not': return !holds(rest[0], answers);
    case 'eq': return chosen(rest[0], [rest[1]]);
    case 'ne': return !chosen(rest[0], [rest[1]]);
    case 'in': return chosen(rest[0], rest[1]);
    case 'answered': return answers.has(rest[0]);
    default: throw new Refusal('form');
  }
}

/* count of the ids, drawn without replacement and without bias. */
export function pick(ids, count, random = (bytes) => crypto.getRandomValues(bytes)) {
  const left = [...ids];
  const picked = [];
  while (picked.length < count && left.length > 0) {
    const limit = 4294967296 - (4294967296 % left.length);
    const [number] = random(new Uint32Array(1));
    if (number < limit) picked.push(...left.splice(number % left.length, 1));
  }
  return picked;
}

/* ---- the page ---- */

const $ = (id) => document.getElementById(id);
const visit = {
  wave: '', form: '', fingerprint: '', manifest: null, secrets: null, signature: null, unit: '',
  items: [], pages: [], answers: new Map(), drawn: {}, at: -1, fromReview: false, keep: false, body: null, sent: false,
};

/* Text of the page's language, from <template id="texts">; {name} is replaced. */
function say(key, values = {}) {
  const found = $('texts').content.querySelector(`[data-key="${key}"]`);
  return (found ? found.textContent : key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function add(parent, tag, text = '', attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent.append(element);
  return element;
}

/* ---- draft on the person's own device, only after consent ---- */

const draftName = () => `querschnitt ${visit.wave}`;

function readDraft() {
  try {
    return JSON.parse(localStorage.getItem(draftName()));
  } catch {
    return null;
  }
}

function dropDraft() {
  try {
    localStorage.removeItem(draftName());
  } catch {
    /* storage is switched off: there was no draft */
  }
}

function saveDraft() {
  if (!visit.keep || visit.sent) return;
  const draft = {
    fingerprint: hex(visit.manifest.fingerprint), seed: visit.seed, unit: visit.unit, drawn: visit.drawn,
    signature: visit.signature === null ? '' : visit.signature.toString(16),
    answers: [...visit.answers], at: visit.at, body: visit.body === null ? '' : hex(visit.body),
  };
  try {
    localStorage.setItem(draftName(), JSON.stringify(draft));
  } catch {
    /* full or switched off: the visit goes on without a draft */
  }
}

/* ---- requests ---- */

async function post(url, type, body) {
  let answer;
  try {
    answer = await fetch(url, {
      method: 'POST', body, headers: { 'Content-Type': type, 'Accept-Language': document.documentElement.lang },
      credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', redirect: 'error',
    });
  } catch {
    throw new Refusal('network');
  }
  const reply = await answer.json().catch(() => ({}));
  if (answer.ok && reply.signature) return reply;
  throw new Refusal(reply.error || (answer.ok ? 'network' : 'server'), reply.message);
}

async function get(url) {
  let answer;
  try {
    answer = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' });
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw new Refusal('network');
  }
  throw new Refusal(answer.status === 404 ? 'missing' : 'server');
}

/* Says what went wrong and what to do; again repeats the identical request. */
function showProblem(refusal, again = null) {
  const known = $('texts').content.querySelector(`[data-key="problem-${refusal.word}"]`);
  $('problem-text').textContent = known ? known.textContent : refusal.detail || say('problem-server');
  $('problem-retry').hidden = again === null;
  $('problem-retry').onclick = again;
  $('problem').hidden = false;
  $('problem').focus();
}

const PASSING = ['network', 'server', 'box-full'];

/* Runs one step with the button busy; only trouble with the line or the server can be retried. */
async function attempt(button, step) {
  $('problem').hidden = true;
  button.disabled = true;
  try {
    await step();
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal('broken', String(error));
    showProblem(refusal, PASSING.includes(refusal.word) ? () => attempt(button, step) : null);
  } finally {
    button.disabled = false;
  }
}

/* ---- views ---- */

function showView(name) {
  for (const id of ['start', 'survey', 'review', 'receipt']) $(id).hidden = id !== name;
  $('languages').hidden = name !== 'start'; /* another language is another page: answers would be lost */
  $('problem').hidden = true;
  window.scrollTo(0, 0);
}

/* ---- start ---- */

async function loadManifest() {
  if (visit.manifest !== null) return;
  const bytes = await get(`/w/${visit.wave}/manifest`);
  const manifest = await readManifest(bytes, visit.wave, visit.fingerprint);
  if (manifest.form !== visit.form) throw new Refusal('form');
  visit.manifest = manifest;
  $('check-code').textContent = printFingerprint(manifest.fingerprint);
  $('check').hidden = false;
}

function codeFault(text) {
  $('code').toggleAttribute('aria-invalid', text !== '');
  if (text !== '') $('code').setAttribute('aria-invalid', 'true');
  $('code-fault').textContent = text;
  if (text !== '') $('code').focus();
}

/* Asks for the blind signature. The seed stays the same when the request is repeated. */
async function draw(code) {
  const { manifest } = visit;
  visit.seed ??= hex(crypto.getRandomValues(new Uint8Array(20)));
  visit.secrets = await deriveSecrets(unhex(visit.seed), manifest.fingerprint, manifest.modulus);
  if (visit.signature !== null) return;
  const message = join(visit.secrets.prefix, visit.secrets.serial);
  const { encoded, blinded } = await blind(message, visit.secrets.salt, visit.secrets.r, manifest.modulus);
  saveDraft();
  const body = JSON.stringify({ code, blinded: hex(toBytes(blinded, 384)) });
  const reply = await post(`/w/${visit.wave}/draw`, 'application/json', body);
  if (!/^[0-9a-f]{768}$/.test(reply.signature)) throw new Refusal('signature');
  visit.signature = finalise(BigInt('0x' + reply.signature), visit.secrets.undo, encoded, manifest.modulus);
  visit.unit = reply.unit || '';
}

async function begin() {
  const code = readCode($('code').value);
  if (code === null && visit.signature === null) return codeFault(say('code-fault'));
  codeFault('');
  await loadManifest();
  if (visit.fingerprint === '' && !visit.compared) {
    $('compare').hidden = false;
    $('compare').focus();
    return undefined;
  }
  visit.keep = $('keep').checked;
  try {
    await draw(code);
  } catch (error) {
    if (error instanceof Refusal && !PASSING.includes(error.word)) dropDraft(); /* it could never be sent */
    throw error;
  }
  prefillUnit();
  saveDraft();
  collect();
  if (visit.body !== null) return send();
  return openPage(Math.max(visit.at, 0));
}

/* A draft of this wave takes the visit up where it was left. */
function offerDraft() {
  const draft = readDraft();
  if (draft === null || typeof draft.seed !== 'string') return;
  if (visit.fingerprint !== '' && visit.fingerprint !== draft.fingerprint) return; /* of another survey */
  $('resume').hidden = false;
  $('join').hidden = true;
  $('resume-go').onclick = () => attempt($('resume-go'), async () => {
    visit.fingerprint = draft.fingerprint;
    Object.assign(visit, { seed: draft.seed, unit: draft.unit, drawn: draft.drawn, at: draft.at });
    visit.signature = draft.signature === '' ? null : BigInt('0x' + draft.signature);
    visit.body = draft.body === '' ? null : unhex(draft.body);
    $('keep').checked = true;
    $('resume').hidden = true;
    $('join').hidden = false;
    restoreAnswers(new Map(draft.answers));
    await begin();
  });
  $('resume-drop').onclick = () => {
    dropDraft();
    $('resume').hidden = true;
    $('join').hidden = false;
    $('code').focus();
  };
}

function startVisit() {
  const { code, fingerprint } = readFragment(location.hash);
  visit.fingerprint = fingerprint;
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
  $('join').hidden = false;
  if (code !== '') $('code').value = readCode(code) === null ? code : printCode(readCode(code));
  for (const link of document.querySelectorAll('#languages a'))
    link.addEventListener('click', (event) => {
      event.preventDefault();
      const typed = $('code').value.replace(/\s/g, '');
      location.replace(link.href + '#' + typed + (visit.fingerprint === '' ? '' : '.' + visit.fingerprint));
    });
  $('join').addEventListener('submit', (event) => {
    event.preventDefault();
    attempt($('join-go'), begin);
  });
  $('compare-yes').onclick = () => {
    visit.compared = true;
    $('compare').hidden = true;
    attempt($('join-go'), begin);
  };
  $('compare-no').onclick = () => {
    $('compare').hidden = true;
    $('join').hidden = true;
    showProblem(new Refusal('fingerprint'));
  };
  offerDraft();
  if (fingerprint === '') return;
  attempt($('join-go'), loadManifest).then(() => {
    if (visit.manifest === null && $('problem-retry').hidden) $('join').hidden = $('resume').hidden = true;
  });
}

/* ---- questions ---- */

function readQuestions() {
  for (const section of document.querySelectorAll('#survey .page')) {
    const page = { id: section.dataset.page, section, title: section.querySelector('h2'), items: [] };
    for (const fieldset of section.querySelectorAll('.item')) {
      const { item: id, type, if: condition } = fieldset.dataset;
      page.items.push({
        id, type, fieldset, page, shown: true, condition: condition ? JSON.parse(condition) : null,
        inputs: [...fieldset.querySelectorAll('input')], text: fieldset.querySelector('textarea'),
        clear: fieldset.querySelector('.clear'),
      });
    }
    visit.pages.push(page);
    visit.items.push(...page.items);
  }
}

/* Each person sees data-rotate of the page's items; drawn once a visit. */
function drawSituations() {
  for (const page of visit.pages) {
    const count = Number(page.section.dataset.rotate || 0);
    if (count > 0) visit.drawn[page.id] ??= pick(page.items.map((item) => item.id), count);
  }
}

const isDrawn = (item) => visit.drawn[item.page.id] === undefined || visit.drawn[item.page.id].includes(item.id);

/* A text as the count accepts it: no control characters, no half of a character, at most 2000 characters. */
export function cleanText(text) {
  // eslint-disable-next-line no-control-regex
  const clean = text.replace(/\r\n?/g, '\n').replace(/[\x00-\x08\x0b-\x1f]/g, '').trim();
  const whole = [...clean].filter((sign) => !(sign.length === 1 && sign >= '\ud800' && sign <= '\udfff'));
  return whole.slice(0, 2000).join('');
}

function valueOf(item) {
  if (item.text !== null) return cleanText(item.text.value) || null;
  const chosen = item.inputs.filter((input) => input.checked).map((input) => input.value);
  if (chosen.length === 0) return null;
  return item.type === 'multiple' ? chosen : chosen[0];
}

function clearItem(item) {
  for (const input of item.inputs) input.checked = false;
  if (item.text !== null) item.text.value = '';
}

/* One pass in document order: what is shown, what is answered. Hidden items lose their answers. */
function collect() {
  const answers = new Map();
  for (const item of visit.items) {
    item.shown = isDrawn(item) && (item.condition === null || holds(item.condition, answers));
    if (!item.shown) clearItem(item);
    const value = item.shown ? valueOf(item) : null;
    if (value !== null) answers.set(item.id, value);
    item.fieldset.hidden = !item.shown;
    if (item.clear !== null) item.clear.hidden = value === null;
  }
  visit.answers = answers;
}

function restoreAnswers(answers) {
  for (const item of visit.items) {
    const codes = [].concat(answers.get(item.id) ?? []);
    for (const input of item.inputs) input.checked = codes.includes(input.value);
    if (item.text !== null) item.text.value = codes[0] ?? '';
  }
}

/* The unit of the invitation is a suggestion, said to be one, and can be changed or taken away. */
function prefillUnit() {
  const item = visit.items.find((candidate) => candidate.fieldset.dataset.list === 'units');
  const input = item?.inputs.find((candidate) => candidate.value === visit.unit);
  if (!input || visit.unit === '' || visit.prefilled) return;
  visit.prefilled = true;
  if (visit.answers.size === 0 && visit.at < 0) input.checked = true;
  const note = add(item.fieldset, 'p', say('prefilled'), { class: 'note prefilled' });
  item.fieldset.querySelector('.options').before(note);
}

/* Keeps to the item's most choices and to options that exclude all others. */
function keepRules(item, input) {
  if (item.type !== 'multiple' || !input.checked) return;
  const others = item.inputs.filter((other) => other !== input);
  for (const other of others)
    if (input.dataset.exclusive === '1' || other.dataset.exclusive === '1') other.checked = false;
  const most = Number(item.fieldset.dataset.max || 0);
  if (most === 0 || item.inputs.filter((each) => each.checked).length <= most) return;
  input.checked = false;
  $('notice').textContent = say('at-most', { count: most });
}

const openPages = () => visit.pages.filter((page) => page.items.some((item) => item.shown));

function openPage(at, focus = null, remember = true) {
  showView('survey');
  collect();
  const pages = openPages();
  const page = visit.pages[at].items.some((item) => item.shown) ? visit.pages[at] : pages[0];
  visit.at = visit.pages.indexOf(page);
  for (const each of visit.pages) each.section.hidden = each !== page;
  const number = pages.indexOf(page) + 1;
  $('progress').textContent = say('progress', { page: number, pages: pages.length, title: page.title.textContent });
  $('progress-bar').max = pages.length;
  $('progress-bar').value = number;
  $('back').hidden = number === 1;
  $('to-review').hidden = !visit.fromReview;
  if (remember) history.pushState({ at: visit.at }, '');
  saveDraft();
  (focus ?? page.title).focus();
}

function turn(step) {
  collect();
  const pages = openPages();
  const next = pages[pages.findIndex((page) => visit.pages.indexOf(page) >= visit.at) + step];
  if (next === undefined) openReview();
  else openPage(visit.pages.indexOf(next));
}

function startQuestions() {
  readQuestions();
  drawSituations();
  $('survey').addEventListener('change', (event) => {
    const item = visit.items.find((candidate) => candidate.fieldset.contains(event.target));
    if (item === undefined) return;
    $('notice').textContent = '';
    keepRules(item, event.target);
    collect();
    saveDraft();
  });
  $('survey').addEventListener('click', (event) => {
    const id = event.target.dataset?.clear;
    if (id === undefined) return;
    const item = visit.items.find((candidate) => candidate.id === id);
    clearItem(item);
    collect();
    saveDraft();
    (item.inputs[0] ?? item.text).focus();
  });
  $('survey').addEventListener('submit', (event) => {
    event.preventDefault();
    turn(1);
  });
  $('back').onclick = () => turn(-1);
  $('to-review').onclick = () => openReview();
  $('review-back').onclick = () => openPage(visit.pages.indexOf(openPages().at(-1)));
  for (const button of document.querySelectorAll('.discard')) button.onclick = discard;
  window.addEventListener('popstate', (event) => {
    if (visit.sent || visit.signature === null) return;
    if (event.state?.review) openReview(false);
    else if (event.state) openPage(event.state.at, null, false);
  });
  window.addEventListener('beforeunload', (event) => {
    if (visit.signature !== null && !visit.sent && !visit.keep && !visit.discarded) event.preventDefault();
  });
}

function discard() {
  if (!window.confirm(say('discard'))) return;
  visit.discarded = true;
  dropDraft();
  location.replace(location.pathname + location.search);
}

/* ---- review ---- */

function answerText(item) {
  if (item.text !== null) return visit.answers.get(item.id);
  return item.inputs.filter((input) => input.checked)
    .map((input) => item.fieldset.querySelector(`label[for="${input.id}"]`).textContent).join('; ');
}

function reviewItem(list, item) {
  const question = item.fieldset.querySelector('legend').textContent;
  const row = add(list, 'div', '', { class: 'review-row' });
  add(row, 'dt', question);
  const cell = add(row, 'dd');
  const given = visit.answers.has(item.id);
  add(cell, 'span', given ? answerText(item) : say('not-answered'), { class: given ? 'given' : 'open' });
  const button = add(cell, 'button', say('change'), { type: 'button', class: 'link' });
  button.setAttribute('aria-label', say('change-question', { question }));
  button.onclick = () => {
    visit.fromReview = true;
    const field = item.inputs.find((input) => input.checked) ?? item.inputs[0] ?? item.text;
    openPage(visit.pages.indexOf(item.page), field);
  };
}

function openReview(remember = true) {
  collect();
  visit.body = null;
  const list = $('review-list');
  list.textContent = '';
  let shown = 0;
  for (const page of openPages()) {
    add(list, 'h3', page.title.textContent);
    const rows = add(list, 'dl');
    for (const item of page.items.filter((each) => each.shown)) {
      reviewItem(rows, item);
      shown++;
    }
  }
  $('review-count').textContent = say('review-count', { answered: visit.answers.size, shown });
  showView('review');
  if (remember) history.pushState({ review: true }, '');
  $('review-title').focus();
}

/* ---- send and receipt ---- */

/* Seals once; the same bytes are sent until they are acknowledged. */
async function send() {
  const { manifest, secrets } = visit;
  if (visit.body === null) {
    const plain = pad(canonical(manifest.form, visit.answers), manifest.slot);
    const sealed = await seal(plain, unhex(manifest.box), manifest.fingerprint, secrets.serial);
    visit.body = submission(secrets, visit.signature, sealed);
    saveDraft();
  }
  const reply = await post(`${manifest.collector}/w/${visit.wave}/submit`, 'text/plain', visit.body);
  const leaf = await leafOf(secrets.serial, visit.body.slice(-(65 + manifest.slot + 16)));
  if (reply.receipt !== hex(leaf)) throw new Refusal('receipt');
  const signed = await receiptHolds(unhex(manifest.receipt), leaf, unhex(reply.signature));
  if (signed === false) throw new Refusal('receipt');
  showReceipt(reply.receipt, signed);
}

function showReceipt(receipt, signed) {
  visit.sent = true;
  dropDraft();
  for (const item of visit.items) clearItem(item);
  Object.assign(visit, { seed: null, secrets: null, signature: null, body: null, answers: new Map() });
  $('review-list').textContent = '';
  $('receipt-code').textContent = receipt.match(/.{4}/g).join(' ');
  $('receipt-signed').textContent = say(signed ? 'receipt-signed' : 'receipt-unchecked');
  $('receipt-copy').onclick = async () => {
    try {
      await navigator.clipboard.writeText(receipt);
      $('receipt-status').textContent = say('copied');
    } catch {
      window.getSelection().selectAllChildren($('receipt-code'));
      $('receipt-status').textContent = say('copy-by-hand');
    }
  };
  $('receipt-print').onclick = () => window.print();
  showView('receipt');
  history.replaceState(null, '');
  $('receipt-title').focus();
}

/* ---- receipt page: the whole list is fetched and searched here, so nobody learns which receipt was looked up ---- */

export const readReceipt = (text) => {
  const receipt = text.toLowerCase().replace(/[^0-9a-z]/g, '');
  return /^[0-9a-f]{64}$/.test(receipt) ? receipt : null;
};

/* Merkle tree head (RFC 6962, 2.1) over hashes that are leaf hashes already. */
export async function treeHead(leaves) {
  let row = leaves;
  if (row.length === 0) return sha256(NOTHING);
  while (row.length > 1) {
    const next = [];
    for (let i = 0; i + 1 < row.length; i += 2) next.push(await sha256(join(Uint8Array.of(1), row[i], row[i + 1])));
    if (row.length % 2 === 1) next.push(row.at(-1));
    row = next;
  }
  return row[0];
}

async function checkReceipt() {
  const receipt = readReceipt($('receipt-input').value);
  const result = $('receipt-result');
  result.className = 'result';
  if (receipt === null) {
    result.textContent = say('receipt-malformed');
    $('receipt-input').focus();
    return;
  }
  const leaves = new TextDecoder().decode(await get(`/w/${visit.wave}/leaves.txt`)).split('\n').filter(Boolean);
  const found = leaves.includes(receipt);
  result.classList.add(found ? 'good' : 'bad');
  result.textContent = say(found ? 'receipt-found' : 'receipt-absent', { count: leaves.length });
  const root = hex(await treeHead(leaves.map(unhex)));
  add(result, 'small', say('receipt-root', { root }));
}

function startReceiptPage() {
  $('receipt-form').addEventListener('submit', (event) => {
    event.preventDefault();
    attempt($('receipt-go'), checkReceipt);
  });
  $('receipt-form').hidden = false;
}

function start() {
  visit.wave = document.body.dataset.wave;
  visit.form = document.body.dataset.form;
  if (document.body.dataset.page === 'receipt') return startReceiptPage();
  if (document.body.dataset.page !== 'survey') return undefined;
  if (!window.isSecureContext || !crypto.subtle) return showProblem(new Refusal('insecure'));
  startQuestions();
  startVisit();
  $('send').onclick = () => attempt($('send'), send);
  return undefined;
}

if (typeof document !== 'undefined') start();
