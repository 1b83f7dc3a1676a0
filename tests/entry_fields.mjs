/* The clerk's screen in node: what is typed into a field, conditions of a whole sheet, which sheets are typed twice, the
 * comparison and the numbers of its report. */
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';

globalThis.crypto ??= webcrypto; /* Debian 12's node 18 does not have it under its own name */
/* The build joins survey/entry/*.js into one script beside client.js. */
const entry = await import(new URL(process.env.ENTRY_JS ?? '../build/release/entry.js', import.meta.url));

const options = (count, alone = 0) =>
  Array.from({ length: count }, (_, i) => ({ code: `c${i + 1}`, number: i + 1, exclusive: i + 1 === alone, missing: false, notWith: [] }));
const single = { type: 'single', options: options(12), most: 0, least: 0 };
const several = { type: 'multiple', options: options(11, 11), most: 3, least: 0 };
const text = { type: 'text', options: [], most: 0, least: 0 };
const apart = { type: 'multiple', most: 0, least: 2, options: options(4, 4).map((option, i) => ({ ...option, notWith: i === 0 ? ['c2'] : [] })) };
const promoter = { type: 'nps', most: 0, least: 0, options: options(11).map((option, i) => ({ ...option, code: `${i}`, number: i })) };
const hours = { type: 'number', options: [], min: 0, max: 60, step: 0.5, decimals: 1 };
const degrees = { type: 'number', options: [], min: -20, max: 40, step: 0, decimals: 0 };
const year = { type: 'date', options: [], grain: 'year', from: '1980', to: '2026' };
const quarter = { type: 'date', options: [], grain: 'quarter', from: '2024-Q1', to: '2026-Q4' };
const month = { type: 'date', options: [], grain: 'month', from: '2025-01', to: '2026-12' };
const ranking = { type: 'ranking', options: options(3), most: 2, least: 0 };
const sum = { type: 'sum', options: options(3), total: 100 };

const rows = [
  ['one number', single, '7', 'c7'],
  ['blanks around it', single, '  12 ', 'c12'],
  ['a leading zero', single, '07', 'c7'],
  ['nothing is no answer', single, '', null],
  ['a dash is no answer', single, '-', null],
  ['a long dash too', several, '–', null],
  ['several, in printed order', several, '4 1 3', ['c1', 'c3', 'c4']],
  ['commas, dots and semicolons part numbers', several, '1,3;4.', ['c1', 'c3', 'c4']],
  ['one of several stays a list', several, '2', ['c2']],
  ['an excluding answer alone', several, '11', ['c11']],
  ['free text keeps its numbers', text, ' 3 Dinge ', '3 Dinge'],
  ['a dash for free text is no answer', text, '-', null],
  ['control characters go', text, 'a\u0007b', 'ab'],
  ['zero of 0 to 10', promoter, '0', '0'],
  ['ten of 0 to 10', promoter, '10', '10'],
  ['two at least', apart, '2 3', ['c2', 'c3']],
  ['one that excludes may stand alone', apart, '4', ['c4']],
  ['a decimal comma', hours, '38,5', 38.5],
  ['a decimal point', hours, '38.5', 38.5],
  ['zeros behind', hours, '38,50', 38.5],
  ['a whole number', hours, '7', 7],
  ['nought', degrees, '0', 0],
  ['minus nought is nought', degrees, '-0', 0],
  ['below nought', degrees, '-5', -5],
  ['a printed minus', degrees, '−5', -5],
  ['a dash for a number is no answer', degrees, '-', null],
  ['a year', year, '1999', '1999'],
  ['a quarter as on paper', quarter, '2 2024', '2024-Q2'],
  ['a quarter as it is stored', quarter, '2024-Q2', '2024-Q2'],
  ['a month as on paper', month, '05 2025', '2025-05'],
  ['a month with a slash', month, '5/2025', '2025-05'],
  ['a month as it is stored', month, '2025-05', '2025-05'],
  ['places from top to bottom', ranking, '2 - 1', ['c3', 'c1']],
  ['one place', ranking, '- 1 0', ['c2']],
  ['no place', ranking, '- - -', null],
  ['amounts', sum, '60 - 40', { c1: 60, c3: 40 }],
  ['no amounts', sum, '0 0 0', null],
];
for (const [name, field, typed, value] of rows)
  test(`field: ${name}`, () => assert.deepEqual(entry.readField(field, typed), { value, fault: null }));

const faults = [
  ['a number that does not exist', single, '13', 'no-option', { number: 13, low: 1, count: 12 }],
  ['zero', single, '0', 'no-option', { number: 0, low: 1, count: 12 }],
  ['numbers run together are not guessed', several, '134', 'no-option', { number: 134, low: 1, count: 11 }],
  ['a letter', single, '7a', 'not-number', { token: '7a' }],
  ['a minus sign before a number', single, '-7', 'not-number', { token: '-7' }],
  ['other digits', single, '٣', 'not-number', { token: '٣' }],
  ['a long token is cut', single, 'x'.repeat(100), 'not-number', { token: 'x'.repeat(20) }],
  ['signs alone', single, ',', 'not-number', { token: ',' }],
  ['two of a single choice', single, '1 2', 'only-one', {}],
  ['too many', several, '1 2 3 4', 'at-most', { count: 3 }],
  ['the same twice', several, '1 1', 'twice', { number: 1 }],
  ['an excluding answer with another', several, '2 11', 'excludes', { number: 11 }],
  ['too few', apart, '3', 'at-least', { count: 2 }],
  ['two that exclude each other', apart, '1 2', 'not-with', { number: 1, other: 2 }],
  ['eleven of 0 to 10', promoter, '11', 'no-option', { number: 11, low: 0, count: 10 }],
  ['too many decimals', hours, '1,25', 'decimals', { count: 1 }],
  ['between the steps', hours, '1,3', 'steps', { step: 0.5 }],
  ['above the range', hours, '60,5', 'range', { low: 0, high: 60 }],
  ['below the range', degrees, '-21', 'range', { low: -20, high: 40 }],
  ['an exponent', degrees, '1e1', 'not-number', { token: '1e1' }],
  ['a year of two figures', year, '99', 'not-year', { token: '99' }],
  ['a year before the first', year, '1979', 'range', { low: '1980', high: '2026' }],
  ['a fifth quarter', quarter, '5 2024', 'not-quarter', { token: '5 2024' }],
  ['a month without a year', month, '5', 'not-month', { token: '5' }],
  ['a day', month, '1.5.2025', 'not-month', { token: '1.5.2025' }],
  ['a month after the last', month, '1 2027', 'range', { low: '2025-01', high: '2026-12' }],
  ['the same place twice', ranking, '1 1 -', 'places', {}],
  ['a place left out', ranking, '1 3 -', 'places', {}],
  ['too many places', ranking, '1 2 3', 'at-most', { count: 2 }],
  ['too few boxes', ranking, '1 2', 'as-many', { count: 3, typed: 2 }],
  ['another total', sum, '60 30 -', 'total', { sum: 90, total: 100 }],
  ['an amount that is none', sum, '60 4x -', 'not-number', { token: '4x' }],
];
for (const [name, field, typed, word, values] of faults)
  test(`field: ${name} is a fault`, () =>
    assert.deepEqual(entry.readField(field, typed), { value: null, fault: { word, values } }));

test('field: every value is printed so that it is read again', () => {
  for (const [, field, typed] of rows) {
    const { value } = entry.readField(field, typed);
    assert.deepEqual(entry.readField(field, entry.printField(field, value)).value, value);
  }
});

const plain = (id, condition = null) => ({ id, condition, type: 'single', options: options(5), most: 0, least: 0 });
const sheet = [plain('A'), plain('B', ['ne', 'A', ['t', 'c5']]), plain('C', ['eq', 'B', ['t', 'c1']])];

test('sheet: a question that should have been passed over is a conflict, and is not silently dropped', () => {
  const judged = entry.judge(sheet, new Map([['A', 'c5'], ['B', 'c1'], ['C', 'c2']]));
  assert.deepEqual([...judged.answers.keys()], ['A']);
  assert.deepEqual(judged.conflicts, ['B', 'C']); /* C too: a passed-over B counts as not answered */
});

test('sheet: without contradiction all answers stay, in printed order', () => {
  const judged = entry.judge(sheet, new Map([['C', 'c2'], ['B', 'c1'], ['A', 'c1']]));
  assert.deepEqual([...judged.answers], [['A', 'c1'], ['B', 'c1'], ['C', 'c2']]);
  assert.deepEqual(judged.conflicts, []);
});

test('sheet: calculated values stand behind conditions, and an answer that cannot be is no conflict', () => {
  const hours = { id: 'H', type: 'number', options: [], condition: null, valid: ['lt', ['value'], ['n', '50']] };
  const late = { ...plain('L', ['gt', 'S', ['n', '20']]), before: [{ id: 'S', condition: null, value: ['mul', 'H', ['n', '2']] }] };
  const run = (hoursTyped) => entry.judge([hours, late], new Map([['H', hoursTyped], ['L', 'c1']]));
  assert.deepEqual([run(15).conflicts, run(15).invalid], [[], []]);
  assert.deepEqual([run(5).conflicts, run(60).invalid], [['L'], ['H']]);
});

test('sheet: open questions, of a rotated part only as many as people answer', () => {
  const [one, two, three] = [plain('X'), plain('Y'), plain('Z')];
  const parts = [{ rotate: 0, fields: sheet }, { rotate: 2, fields: [one, two, three] }];
  const open = (values) => {
    const { shown, open: found } = entry.openFields(parts, entry.judge([...sheet, one, two, three], new Map(values)));
    return [shown, found.map((field) => field.id)];
  };
  assert.deepEqual(open([['A', 'c5'], ['X', 'c1'], ['Z', 'c1']]), [3, []]);
  assert.deepEqual(open([['A', 'c5'], ['X', 'c1']]), [3, ['Y', 'Z']]);
  assert.deepEqual(open([['B', 'c1'], ['X', 'c1'], ['Y', 'c1'], ['Z', 'c1']]), [6, ['A', 'C']]);
});

test('twice: exactly one in each block, every place possible, the answer for a sheet never changes', () => {
  const first = new Set();
  for (let run = 0; run < 300; run++) {
    const chosen = entry.sampler(10);
    const all = Array.from({ length: 40 }, (_, i) => chosen(i));
    for (let block = 0; block < 4; block++)
      assert.equal(all.slice(10 * block, 10 * block + 10).filter(Boolean).length, 1);
    assert.deepEqual(Array.from({ length: 40 }, (_, i) => chosen(i)), all);
    first.add(all.indexOf(true));
  }
  assert.equal(first.size, 10);
  assert.equal(entry.sampler(0)(0), false);
});

test('comparison: an answer against none, another answer, another set; equal ones are no difference', () => {
  const fields = ['A', 'B', 'C', 'D', 'E'].map((id) => plain(id));
  const first = new Map([['A', 'c1'], ['B', 'c2'], ['C', ['c1', 'c2']], ['E', 'c4']]);
  const second = new Map([['B', 'c3'], ['C', ['c1']], ['E', 'c4']]);
  assert.deepEqual(entry.differing(fields, first, second).map((field) => field.id), ['A', 'B', 'C']);
  assert.deepEqual(entry.differing(fields, first, new Map(first)), []);
});

test('report: counts, and the worst question first', () => {
  const tally = entry.newTally();
  const [a, b, c] = ['A', 'B', 'C'].map((id) => plain(id));
  entry.addSheet(tally, 53, null);
  entry.addSheet(tally, 53, [a, b]);
  entry.addSheet(tally, 53, []);
  entry.addSheet(tally, 53, [b]);
  const { byField, ...numbers } = tally;
  assert.deepEqual(numbers, { sheets: 4, checked: 3, unequal: 2, compared: 159, differing: 3 });
  assert.deepEqual(entry.worstFields(tally, [a, b, c]).map(({ field, times }) => [field.id, times]), [['B', 2], ['A', 1]]);
  assert.equal(byField.size, 2);
});

test('report: Wilson range', () => {
  /* The closed formula by hand. */
  const { low, high } = entry.wilson(10, 100);
  assert.ok(Math.abs(low - 0.05523) < 5e-6 && Math.abs(high - 0.17437) < 5e-6, `${low} ${high}`);
  /* Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263 and 0 of 20. */
  const many = entry.wilson(81, 263);
  assert.deepEqual([many.low.toFixed(4), many.high.toFixed(4)], ['0.2553', '0.3662']);
  const none = entry.wilson(0, 20);
  assert.deepEqual([none.low, none.high.toFixed(4)], [0, '0.1611']);
  assert.equal(entry.wilson(5, 5).high, 1);
  assert.equal(entry.wilson(0, 0), null);
});

test('report: a table that no spreadsheet takes for a formula', () => {
  assert.equal(entry.csvText([['a;b', 'say "x"', 3], ['=1+1', '-2', -2]]),
    '\ufeff"a;b";"say ""x""";3\r\n\'=1+1;\'-2;-2\r\n');
});
