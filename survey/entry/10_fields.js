/* The clerk's side: a paper questionnaire typed by numbers, checked, sealed and sent like any other. Everything that has to
 * do with codes, keys and sealing comes from client.js, whose hash stands in the manifest; this file only reads numbers,
 * compares two entries and counts differences. HTML: survey/page_entry*.c.
 *
 * The first half is pure (tests run it in node), the second half touches the page. Nothing is kept on the device. */
import {
  blind, canonical, cleanText, deriveSecrets, finalise, get, hex, holds, join, leafOf, noise, pad, pick, post, printCode,
  printFingerprint, readCode, readEntry, readFragment, readManifest, receiptHolds, Refusal, seal, submission, toBytes, unhex,
} from './client.js';

/* ---- what is typed into a field ----
 * field: { type, options: [{ code, exclusive }], max }; options stand in printed order, so the number n is options[n - 1].
 * Value: null (no answer), a code, several codes in printed order (multiple), or text. */

const NOTHING_CROSSED = /^[-–—]?$/;
const fault = (word, values = {}) => ({ value: null, fault: { word, values } });

function readNumbers(field, text) {
  const numbers = [];
  for (const token of text.split(/[\s,;.+/]+/).filter(Boolean)) {
    const number = /^\d{1,3}$/.test(token) ? Number(token) : NaN;
    if (Number.isNaN(number)) return fault('not-number', { token: token.slice(0, 20) });
    if (number < 1 || number > field.options.length) return fault('no-option', { number, count: field.options.length });
    if (numbers.includes(number)) return fault('twice', { number });
    numbers.push(number);
  }
  return { numbers: numbers.sort((one, other) => one - other) };
}

/* → { value, fault }; fault: null or the word of a text with its values. */
export function readField(field, typed) {
  const text = typed.trim();
  if (NOTHING_CROSSED.test(text)) return { value: null, fault: null };
  if (field.type === 'text') return { value: cleanText(text) || null, fault: null };
  const { numbers, fault: found } = readNumbers(field, text);
  if (found) return { value: null, fault: found };
  if (numbers.length === 0) return fault('not-number', { token: text.slice(0, 20) });
  const codes = numbers.map((number) => field.options[number - 1].code);
  if (field.type !== 'multiple') return codes.length === 1 ? { value: codes[0], fault: null } : fault('only-one');
  if (field.max > 0 && codes.length > field.max) return fault('at-most', { count: field.max });
  const alone = numbers.find((number) => field.options[number - 1].exclusive);
  if (alone !== undefined && codes.length > 1) return fault('excludes', { number: alone });
  return { value: codes, fault: null };
}

/* The other way: what stands in the field for a value. */
export function printField(field, value) {
  if (value === null || value === undefined) return '';
  if (field.type === 'text') return value;
  const numbers = [].concat(value).map((code) => field.options.findIndex((option) => option.code === code) + 1);
  return numbers.join(' ');
}

/* ---- a whole sheet ----
 * values: Map of id → value, answered fields only. One pass in printed order, as the count does it: a condition sees only
 * answers to questions that are themselves asked.
 * → { answers, asked: Set of ids, conflicts: ids that are answered although they should have been passed over } */
export function judge(fields, values) {
  const answers = new Map();
  const missing = (id, code) =>
    fields.find((field) => field.id === id)?.options.find((option) => option.code === code)?.missing === true;
  const asked = new Set();
  const conflicts = [];
  for (const field of fields) {
    const wanted = field.condition === null || holds(field.condition, { answers, missing });
    if (wanted) asked.add(field.id);
    if (!values.has(field.id)) continue;
    if (wanted) answers.set(field.id, values.get(field.id));
    else conflicts.push(field.id);
  }
  return { answers, asked, conflicts };
}

/* Questions a person was asked and left open. Of a part of which people answer only some, so many need no answer.
 * parts: [{ rotate, fields }] */
export function openFields(parts, judged) {
  const open = [];
  let shown = 0;
  for (const { rotate, fields } of parts) {
    const asked = fields.filter((field) => judged.asked.has(field.id));
    const empty = asked.filter((field) => !judged.answers.has(field.id));
    const given = asked.length - empty.length;
    const expected = rotate > 0 ? Math.max(given, Math.min(rotate, asked.length)) : asked.length;
    shown += expected;
    if (given < expected) open.push(...empty);
  }
  return { shown, open };
}
