/* The clerk's screen in node: what is typed into a field, conditions of a whole sheet, which sheets are typed twice, the
 * comparison and the numbers of its report. */
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';

globalThis.crypto ??= webcrypto; /* Debian 12's node 18 does not have it under its own name */
/* The build joins survey/entry/*.js into one script beside client.js. */
const entry = await import(new URL(process.env.ENTRY_JS ?? '../build/release/entry.js', import.meta.url));

const options = (count, alone = 0) =>
  Array.from({ length: count }, (_, i) => ({ code: `c${i + 1}`, exclusive: i + 1 === alone }));
const single = { type: 'single', options: options(12), max: 0 };
const several = { type: 'multiple', options: options(11, 11), max: 3 };
const text = { type: 'text', options: [], max: 0 };

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
];
for (const [name, field, typed, value] of rows)
  test(`field: ${name}`, () => assert.deepEqual(entry.readField(field, typed), { value, fault: null }));

const faults = [
  ['a number that does not exist', single, '13', 'no-option', { number: 13, count: 12 }],
  ['zero', single, '0', 'no-option', { number: 0, count: 12 }],
  ['numbers run together are not guessed', several, '134', 'no-option', { number: 134, count: 11 }],
  ['a letter', single, '7a', 'not-number', { token: '7a' }],
  ['a minus sign before a number', single, '-7', 'not-number', { token: '-7' }],
  ['other digits', single, '٣', 'not-number', { token: '٣' }],
  ['a long token is cut', single, 'x'.repeat(100), 'not-number', { token: 'x'.repeat(20) }],
  ['signs alone', single, ',', 'not-number', { token: ',' }],
  ['two of a single choice', single, '1 2', 'only-one', {}],
  ['too many', several, '1 2 3 4', 'at-most', { count: 3 }],
  ['the same twice', several, '1 1', 'twice', { number: 1 }],
  ['an excluding answer with another', several, '2 11', 'excludes', { number: 11 }],
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

const plain = (id, condition = null) => ({ id, condition, type: 'single', options: options(5), max: 0 });
const sheet = [plain('A'), plain('B', ['ne', 'A', 'c5']), plain('C', ['eq', 'B', 'c1'])];

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
