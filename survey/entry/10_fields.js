/* The clerk's side: a paper questionnaire typed by numbers, checked, sealed and sent like any other. Everything that has to
 * do with codes, keys and sealing comes from client.js, whose hash stands in the manifest; this file only reads numbers,
 * compares two entries and counts differences. HTML: survey/page_entry*.c.
 *
 * The first half is pure (tests run it in node), the second half touches the page. Nothing is kept on the device. */
import {
  blind, canonical, cleanText, deriveSecrets, evaluate, finalise, get, hex, holds, join, leafOf, noise, pad, pick, post, printCode,
  printFingerprint, readCode, readEntry, readFragment, readManifest, receiptHolds, Refusal, seal, submission, toBytes, unhex,
} from './client.js';

/* ---- what is typed into a field ----
 * field: { type, options: [{ code, number, exclusive, missing, notWith }], least, most }; options stand in printed order with
 * the numbers of their boxes. Value: null (no answer), a code, several codes in printed order (multiple), text, or what
 * 15_types.js says. */

const NOTHING_CROSSED = /^[-–—]?$/;
const fault = (word, values = {}) => ({ value: null, fault: { word, values } });

function readNumbers(field, text) {
  const numbers = [];
  for (const token of text.split(/[\s,;.+/]+/).filter(Boolean)) {
    const number = /^\d{1,3}$/.test(token) ? Number(token) : NaN;
    if (Number.isNaN(number)) return fault('not-number', { token: token.slice(0, 20) });
    if (!field.options.some((option) => option.number === number))
      return fault('no-option', { number, low: field.options[0].number, count: field.options.at(-1).number });
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
  if (field.type in READERS) return READERS[field.type](field, text);
  const { numbers, fault: found } = readNumbers(field, text);
  if (found) return { value: null, fault: found };
  if (numbers.length === 0) return fault('not-number', { token: text.slice(0, 20) });
  const chosen = numbers.map((number) => field.options.find((option) => option.number === number));
  const codes = chosen.map((option) => option.code);
  if (field.type !== 'multiple') return codes.length === 1 ? { value: codes[0], fault: null } : fault('only-one');
  return judgeSeveral(field, chosen) ?? { value: codes, fault: null };
}

function judgeSeveral(field, chosen) {
  if (field.most > 0 && chosen.length > field.most) return fault('at-most', { count: field.most });
  const alone = chosen.find((option) => option.exclusive);
  if (alone !== undefined && chosen.length > 1) return fault('excludes', { number: alone.number });
  const sole = chosen.length === 1 && (chosen[0].exclusive || chosen[0].missing);
  if (chosen.length < field.least && !sole) return fault('at-least', { count: field.least });
  for (const one of chosen)
    for (const other of chosen)
      if (one.notWith.includes(other.code) || other.notWith.includes(one.code))
        return fault('not-with', { number: one.number, other: other.number });
  return null;
}

/* The other way: what stands in the field for a value. */
export function printField(field, value) {
  if (value === null || value === undefined) return '';
  if (field.type in PRINTERS) return PRINTERS[field.type](field, value);
  return [].concat(value).map((code) => field.options.find((option) => option.code === code).number).join(' ');
}

/* ---- a whole sheet ----
 * values: Map of id → value, answered fields only. One pass in printed order, as the count does it: a condition sees only
 * answers to questions that are themselves asked. field.before: calculated values since the field above; field.valid: what
 * its answer must meet.
 * → { answers, asked: Set of ids, conflicts: ids that are answered although they should have been passed over, invalid: ids
 * whose answer cannot be } */
export function judge(fields, values) {
  const missing = (id, code) =>
    fields.find((field) => field.id === id)?.options.find((option) => option.code === code)?.missing === true;
  const scope = { answers: new Map(), missing, calculated: new Map() };
  const asked = new Set();
  const conflicts = [];
  const invalid = [];
  const wants = ({ condition }) => condition === null || holds(condition, scope);
  for (const field of fields) {
    for (const each of field.before ?? [])
      scope.calculated.set(each.id, wants(each) ? evaluate(each.value, scope) : undefined);
    const wanted = wants(field);
    if (wanted) asked.add(field.id);
    if (!values.has(field.id)) continue;
    const answer = values.get(field.id);
    if (!wanted) conflicts.push(field.id);
    else scope.answers.set(field.id, answer);
    if (wanted && field.valid && !holds(field.valid, { ...scope, own: { id: field.id, answer } })) invalid.push(field.id);
  }
  return { answers: scope.answers, asked, conflicts, invalid };
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
