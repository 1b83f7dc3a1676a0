/* The browser's half of the expression language against the C half, on generated cases.
 * Usage: CLIENT_JS=… node tests/expression_cases.mjs < cases (of tests/expression_cases.c) */
import { readFileSync } from 'node:fs';

globalThis.document = { querySelector: () => null, addEventListener: () => {}, body: { dataset: {} } };
globalThis.window = { addEventListener: () => {} };
const client = await import(process.env.CLIENT_JS);
const missing = (id, code) => code === '9';

function hexadecimal(text) {
  const [, sign, whole, fraction = '', exponent] = /^(-?)0x(\d)(?:\.([0-9a-f]+))?p([+-]\d+)$/.exec(text);
  const size = (Number(whole) + Number(`0x${fraction || 0}`) / 16 ** fraction.length) * 2 ** Number(exponent);
  return sign === '-' ? -size : size;
}

/* The value as expression_cases.c writes it. */
function told(value) {
  if (value === undefined) return null;
  if (typeof value === 'number') return { number: value };
  if (typeof value === 'boolean') return value;
  if (value.literal) return { number: value.number };
  return value.set ? { set: value.set } : { text: value.text };
}

const calculated = [];
let [cases, wrong, kinds] = [0, 0, new Map()];
for (const line of readFileSync(0, 'utf8').trim().split('\n')) {
  const row = JSON.parse(line);
  if (row.calculated) {
    calculated.push(row);
    continue;
  }
  const answers = new Map(Object.entries(row.ballot.answers));
  const scope = { answers, missing, calculated: new Map(), own: { id: 'Z', answer: answers.get('Z') } };
  for (const each of calculated) scope.calculated.set(each.calculated, client.evaluate(each.expression, scope));
  const value = told(client.evaluate(row.expression, scope));
  const expected = row.value?.number === undefined ? row.value : { number: hexadecimal(row.value.number) };
  const same = expected?.number !== undefined && value?.number !== undefined
    ? Object.is(expected.number, value.number) || (expected.number === 0 && value.number === 0)
    : JSON.stringify(value) === JSON.stringify(expected);
  cases++;
  const kind = expected === null ? 'missing' : typeof expected === 'boolean' ? String(expected) : Object.keys(expected)[0];
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  if (same && client.holds(row.expression, scope) === row.truth) continue;
  if (wrong++ < 10)
    console.log(`${row.source}\n  with ${JSON.stringify(row.ballot.answers)}: here ${JSON.stringify(value)}, in C ${JSON.stringify(expected)}`);
}
console.log(`expressions: ${cases} cases, ${wrong} different; ${JSON.stringify(Object.fromEntries(kinds))}`);
process.exitCode = wrong === 0 && cases > 1000 && kinds.size >= 5 ? 0 : 1;
