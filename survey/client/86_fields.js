/* ---- fields: what each kind of question says, what is written into it, and what is wrong with it ----
 * The pure readers come first. Each gives { value } (undefined: not answered) or { fault, … }: the key of
 * its sentence and what stands in it. */

/* Arabic and Persian digits are digits; comma, point and Arabic decimal sign are the same; a minus may be a dash. */
const plainDigits = (text) => text.trim()
  .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (sign) => String(sign.charCodeAt(0) & 15))
  .replace(/[,\u066b]/, '.').replace(/^[\u2212\u2013]/, '-').replace(/[\u200e\u200f\u061c]/g, '');

/* bounds: { min, max, step, decimals } as data-… of the fieldset. "1.000" is no thousand: digits behind the sign are counted. */
export function readNumber(text, bounds) {
  const plain = plainDigits(text);
  if (plain === '') return {};
  const found = /^-?\d{1,10}(?:\.(\d+))?$/.exec(plain);
  if (found === null) return { fault: 'fault-number' };
  const decimals = Number(bounds.decimals || 0);
  if ((found[1] ?? '').length > decimals) return { ...(decimals === 0 ? { fault: 'fault-whole' } : { fault: 'fault-decimals', count: decimals }) };
  const [value, low, high] = [Number(plain) + 0, Number(bounds.min), Number(bounds.max)];
  if (value < low || value > high) return { fault: 'fault-range', low, high };
  const units = (number) => Math.round(number * 10 ** decimals);
  const step = Number(bounds.step || 0);
  if (step > 0 && units(value - low) % units(step) !== 0) return { fault: 'fault-step', step, low };
  return { value };
}

/* year, part: values of the selects, '' while open. */
export function readDate(year, part, { grain, min, max }) {
  const needed = grain !== 'year';
  if (year === '' && part === '') return {};
  if (year === '' || (needed && part === '')) return { fault: 'fault-date' };
  const value = grain === 'year' ? year : grain === 'quarter' ? `${year}-Q${part}` : `${year}-${part.padStart(2, '0')}`;
  return value < min || value > max ? { fault: 'fault-date-range', low: min, high: max } : { value };
}

/* places: [[code, place or '']…] */
export function readPlaces(places) {
  const given = places.filter(([, place]) => place !== '').sort((a, b) => a[1] - b[1]);
  if (given.length === 0) return {};
  return given.every(([, place], i) => Number(place) === i + 1) ? { value: given.map(([code]) => code) } : { fault: 'fault-places' };
}

/* amounts: [[code, text]…] in the form's order → Map, because an object would move codes like "1". */
export function readAmounts(amounts, total) {
  const read = amounts.map(([code, text]) => [code, plainDigits(text)]).filter(([, text]) => text !== '');
  if (read.length === 0) return {};
  if (read.some(([, text]) => !/^\d{1,7}$/.test(text))) return { fault: 'fault-amount' };
  const sum = read.reduce((all, [, text]) => all + Number(text), 0);
  if (sum !== total) return { fault: 'fault-sum', total, sum };
  return { value: new Map(read.map(([code, text]) => [code, Number(text)]).filter(([, amount]) => amount > 0)) };
}

/* A text as the count accepts it: no control characters, no half of a character, at most so many characters. */
export function cleanText(text, most = 2000) {
  // eslint-disable-next-line no-control-regex
  const clean = text.replace(/\r\n?/g, '\n').replace(/[\x00-\x08\x0b-\x1f]/g, '').trim();
  const whole = [...clean].filter((sign) => !(sign.length === 1 && sign >= '\ud800' && sign <= '\udfff'));
  return whole.slice(0, most).join('');
}

/* ---- the kinds: read(item) as above; write(item, value), undefined clears; tell(item): the answer in words ---- */

const labelOf = (item, code) => $(`${item.id}-${code}`).parentElement.querySelector('label').textContent;
const checked = (item) => item.boxes.filter((box) => box.checked).map((box) => box.value);
const printNumber = (number) =>
  new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 6, useGrouping: false, numberingSystem: 'latn' })
    .format(number);

const tick = (item, codes) => item.boxes.forEach((box) => { box.checked = codes.includes(box.value); });
const labels = (item, codes) => codes.map((code) => labelOf(item, code)).join('; ');

const CHOICE = {
  read: (item) => ({ value: checked(item)[0] }),
  write: (item, value) => tick(item, [value]),
  tell: (item, value) => labels(item, [value]),
};

/* "None of these" and "I do not know" need no second choice. */
const SET = {
  read: (item) => {
    const value = checked(item);
    const least = Number(item.data.least || 0);
    if (value.length === 0) return {};
    const alone = item.boxes.some((box) => box.checked &&
      (box.dataset.exclusive === '1' || box.parentElement.dataset.missing === '1'));
    return value.length < least && !alone ? { fault: 'at-least', count: least } : { value };
  },
  write: (item, value = []) => tick(item, value),
  tell: labels,
};

const TEXT = {
  read: (item) => ({ value: cleanText(item.fields[0].value, Math.max(item.fields[0].maxLength, 1)) || undefined }),
  write: (item, value = '') => { item.fields[0].value = value; },
  tell: (item, value) => value,
};

/* The range only moves the field beside it; while that is empty nothing is answered, and the range says so. */
function followField(item) {
  const [range, field] = item.fields;
  const { value } = readNumber(field.value, item.data);
  const touched = value !== undefined;
  range.value = touched ? value : (Number(range.min) + Number(range.max)) / 2;
  range.toggleAttribute('data-untouched', !touched);
  const unit = $(`unit-${item.id}`)?.textContent ?? '';
  range.setAttribute('aria-valuetext', touched ? `${printNumber(value)} ${unit}`.trim() : say('untouched'));
}

const NUMBER_FIELD = {
  read: (item) => readNumber(item.fields.at(-1).value, item.data),
  write: (item, value) => {
    item.fields.at(-1).value = value === undefined ? '' : printNumber(value);
    if (item.type === 'slider') followField(item);
  },
  tell: (item, value) => `${printNumber(value)} ${$(`unit-${item.id}`)?.textContent ?? ''}`.trim(),
};

const dateParts = (item) => [$(`${item.id}-year`), $(`${item.id}-part`)];

const DATE = {
  read: (item) => {
    const [year, part] = dateParts(item);
    return readDate(year.value, part?.value ?? '', item.data);
  },
  write: (item, value = '') => {
    const [year, part] = dateParts(item);
    year.value = value.slice(0, 4);
    if (part !== null) part.value = value === '' ? '' : String(Number(value.slice(4).replace(/\D/g, '')));
  },
  /* In the words of the two lists. */
  tell: (item, value) => {
    const [, part] = dateParts(item);
    const number = String(Number(value.slice(4).replace(/\D/g, '')));
    if (part === null) return value;
    const word = [...part.options].find((option) => option.value === number).textContent;
    return item.data.grain === 'quarter' ? `${part.parentElement.querySelector('label').textContent} ${word}, ${value.slice(0, 4)}`
      : `${word} ${value.slice(0, 4)}`;
  },
};

const byCode = (item) => item.fields.map((field) => [field.dataset.code, field.value]);

const RANKING = {
  read: (item) => {
    const found = readPlaces(byCode(item));
    const least = Number(item.data.least || 0);
    return found.value !== undefined && found.value.length < least ? { fault: 'at-least', count: least } : found;
  },
  write: (item, value = []) => item.fields.forEach((field) => {
    field.value = value.includes(field.dataset.code) ? String(value.indexOf(field.dataset.code) + 1) : '';
  }),
  tell: (item, value) => value.map((code, i) => `${i + 1}. ${labelOf(item, code)}`).join('; '),
};

function showRest(item) {
  const sum = byCode(item).reduce((all, [, text]) => all + (Number(plainDigits(text)) || 0), 0);
  $(`rest-${item.id}`).textContent = String(Number(item.data.total) - sum);
}

const SUM = {
  read: (item) => readAmounts(byCode(item), Number(item.data.total)),
  write: (item, value = new Map()) => {
    for (const field of item.fields) field.value = value.get(field.dataset.code) ?? '';
    showRest(item);
  },
  tell: (item, value) => [...value].map(([code, amount]) => `${labelOf(item, code)}: ${amount}`).join('; '),
};

const NOTHING_ASKED = { read: () => ({}), write: () => {}, tell: () => '' };

const KINDS = {
  single: CHOICE, scale: CHOICE, situation: CHOICE, yesno: CHOICE, nps: CHOICE, consent: CHOICE, multiple: SET, text: TEXT,
  number: NUMBER_FIELD, slider: NUMBER_FIELD, date: DATE, ranking: RANKING, sum: SUM, note: NOTHING_ASKED,
  calculated: NOTHING_ASKED,
};

/* One place for one option: taken here, it is free there, and that is said. */
function takePlace(item, field) {
  for (const other of item.fields) {
    if (other === field || field.value === '' || other.value !== field.value) continue;
    other.value = '';
    $('notice').textContent = say('place-taken', { place: field.value, option: labelOf(item, other.dataset.code) });
  }
}

/* What typing and moving does before the field is left. */
function followTyping(item, field) {
  if (item.type === 'sum') showRest(item);
  if (item.type !== 'slider') return;
  if (field === item.fields[0]) item.fields[1].value = printNumber(Number(field.value));
  followField(item);
}
