/* ---- two entries of one sheet ---- */

/* Which sheets are typed twice: one in each block of so many, its place in the block by chance, so that nobody knows before.
 * → function of the sheet's number (from 0); the answer for a number never changes, so that discarding evades nothing. */
export function sampler(every, random) {
  const places = [];
  return (number) => {
    if (every === 0) return false;
    const block = Math.floor(number / every);
    while (places.length <= block) places.push(pick([...Array(every).keys()], 1, random)[0]);
    return number % every === places[block];
  };
}

const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/* Fields in which the entries differ, in printed order. */
export const differing = (fields, first, second) =>
  fields.filter((field) => !same(first.get(field.id), second.get(field.id)));

/* ---- report ----
 * Numbers only. Empty fields are compared like all others: counting answered ones alone would tell how much was answered. */
export const newTally = () => ({ sheets: 0, checked: 0, unequal: 0, compared: 0, differing: 0, byField: new Map() });

/* differences: null for a sheet typed once, else the differing fields. */
export function addSheet(tally, fieldCount, differences) {
  tally.sheets++;
  if (differences === null) return;
  tally.checked++;
  tally.compared += fieldCount;
  tally.differing += differences.length;
  if (differences.length > 0) tally.unequal++;
  for (const { id } of differences) tally.byField.set(id, (tally.byField.get(id) ?? 0) + 1);
}

const Z = 1.959963984540054; /* 97.5 % of the normal distribution */

/* Wilson (1927), Journal of the American Statistical Association 22: range of a share of k in n; null without n. */
export function wilson(k, n) {
  if (n === 0) return null;
  const [share, square] = [k / n, (Z * Z) / n];
  const middle = (share + square / 2) / (1 + square);
  const half = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n));
  return { low: k === 0 ? 0 : Math.max(0, middle - half), high: k === n ? 1 : Math.min(1, middle + half) };
}

/* Questions that differed, most often first, equal ones in printed order. */
export const worstFields = (tally, fields) =>
  fields.filter((field) => tally.byField.has(field.id))
    .map((field) => ({ field, times: tally.byField.get(field.id) }))
    .sort((one, other) => other.times - one.times);

/* Semicolons, as spreadsheets in German expect. A text that a spreadsheet would take for a formula gets an apostrophe. */
export function csvText(rows) {
  const cell = (value) => {
    const text = String(value);
    const tame = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[;"\r\n]/.test(tame) ? `"${tame.replace(/"/g, '""')}"` : tame;
  };
  return '\ufeff' + rows.map((row) => row.map(cell).join(';') + '\r\n').join('');
}
