/* ---- numbers, dates, places and amounts: typed as they stand in the boxes of the paper ----
 * field also: { min, max, step, decimals } of numbers, { grain, from, to } of dates, { total } of amounts, { least, most } of
 * places. Values: a number, "2024-05", codes in order of preference, { code: amount }. */

const tokensOf = (text) => text.split(/[\s,;/]+/).filter(Boolean);
const cut = (token) => ({ token: token.slice(0, 20) });

/* Whole steps of 10^-decimals, so that 0.3 is three tenths and nothing else. */
function inUnits(text, decimals) {
  const [, sign, whole, fraction = ''] = /^([-−–]?)(\d{1,10})(?:[.,](\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  if (fraction.replace(/0+$/, '').length > decimals) return NaN;
  return (sign ? -1 : 1) * Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
}

function readNumber(field, text) {
  const { min, max, step, decimals } = field;
  const units = inUnits(text, decimals);
  const value = Number(text.replace(/[−–]/, '-').replace(',', '.'));
  if (units === null) return fault('not-number', cut(text));
  if (Number.isNaN(units)) return fault('decimals', { count: decimals });
  if (value < min || value > max) return fault('range', { low: min, high: max });
  const scale = 10 ** decimals;
  if (step > 0 && (units - Math.round(min * scale)) % Math.round(step * scale) !== 0) return fault('steps', { step });
  return { value: units / scale || 0, fault: null };
}

const PARTS = { year: 1, quarter: 4, month: 12 };

/* "2019", "2 2024" or "2024-Q2", "5 2024", "05/2024" or "2024-05". */
function readDate(field, text) {
  const digits = text.match(/\d+/g) ?? [];
  const [year] = digits.filter((each) => each.length === 4);
  const [part] = digits.filter((each) => each.length < 3);
  const parts = PARTS[field.grain];
  const whole = /^[\d\s./,Qq-]+$/.test(text) && year !== undefined && digits.length === (parts === 1 ? 1 : 2);
  if (!whole || (parts > 1 && !(part >= 1 && part <= parts))) return fault(`not-${field.grain}`, cut(text));
  const value = parts === 1 ? year : parts === 4 ? `${year}-Q${Number(part)}` : `${year}-${String(Number(part)).padStart(2, '0')}`;
  if (value < field.from || value > field.to) return fault('range', { low: field.from, high: field.to });
  return { value, fault: null };
}

/* One number for each box from top to bottom, a dash or 0 for an empty one. → { numbers } or a fault. */
function readBoxes(field, text) {
  const tokens = tokensOf(text);
  const wrong = tokens.find((token) => !/^(\d{1,7}|[-–—])$/.test(token));
  if (wrong !== undefined) return fault('not-number', cut(wrong));
  if (tokens.length !== field.options.length) return fault('as-many', { count: field.options.length, typed: tokens.length });
  return { numbers: tokens.map((token) => Number(token) || 0) };
}

function readPlaces(field, text) {
  const { numbers, fault: found } = readBoxes(field, text);
  if (found) return { value: null, fault: found };
  const places = numbers.filter(Boolean).sort((one, other) => one - other);
  if (places.length === 0) return { value: null, fault: null };
  if (places.some((place, i) => place !== i + 1)) return fault('places');
  if (field.most > 0 && places.length > field.most) return fault('at-most', { count: field.most });
  if (places.length < field.least) return fault('at-least', { count: field.least });
  return { value: places.map((place) => field.options[numbers.indexOf(place)].code), fault: null };
}

function readAmounts(field, text) {
  const { numbers, fault: found } = readBoxes(field, text);
  if (found) return { value: null, fault: found };
  const sum = numbers.reduce((all, each) => all + each, 0);
  if (sum === 0) return { value: null, fault: null };
  if (sum !== field.total) return fault('total', { sum, total: field.total });
  const given = field.options.map(({ code }, i) => [code, numbers[i]]).filter(([, amount]) => amount > 0);
  return { value: Object.fromEntries(given), fault: null };
}

const READERS = { number: readNumber, slider: readNumber, date: readDate, ranking: readPlaces, sum: readAmounts };

/* What stands in the field, and what it means. */
const printPlaces = (field, value) => field.options.map(({ code }) => value.indexOf(code) + 1 || '-').join(' ');
const printAmounts = (field, value) => field.options.map(({ code }) => value[code] ?? '-').join(' ');
const PRINTERS = { text: (_, value) => value, number: (_, value) => String(value), slider: (_, value) => String(value),
  date: (_, value) => value, ranking: printPlaces, sum: printAmounts };

const labelIn = (field, code) => field.options.find((option) => option.code === code).label;
const LABELS = {
  text: (_, value) => value,
  number: (field, value, language) => `${value.toLocaleString(language)} ${field.unit}`.trim(),
  date: (_, value) => value,
  ranking: (field, value) => value.map((code, i) => `${i + 1}. ${labelIn(field, code)}`).join(' · '),
  sum: (field, value) => Object.entries(value).map(([code, amount]) => `${amount} ${labelIn(field, code)}`).join(' · '),
};
LABELS.slider = LABELS.number;
