/* ---- the questionnaire's rules ---- */

/* The small language of forms/expression.h in its prefix JSON, with the same meaning as forms/expression_eval.c.
 *
 * scope: { answers, missing, calculated, own }: answers maps ids to answers as they are sent (strings, numbers, lists,
 * amounts), of shown items only; missing(id, code) says whether that option is no number ("cannot judge"); calculated maps
 * ids of calculated items to values; own is the answer that is being judged.
 * Values: undefined (missing), a number, true or false, { text, number, plain } and { set }. */
const NUMBER = /^-?\d+(\.\d+)?$/;
const textNumber = (text) => (text.length <= 30 && NUMBER.test(text) ? Number(text) : undefined);
const finite = (number) => (Number.isFinite(number) ? number : undefined);

function answerValue(answer, id, scope) {
  if (answer === undefined || typeof answer === 'number') return answer;
  if (Array.isArray(answer)) return { set: answer };
  if (typeof answer === 'object') return { set: answer instanceof Map ? [...answer.keys()] : Object.keys(answer) };
  return { text: answer, number: scope.missing(id, answer) ? undefined : textNumber(answer), plain: !scope.missing(id, answer) };
}

const numberOf = (value) => {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' ? value.number : value;
};

export function truthOf(value) {
  if (typeof value !== 'object') return Boolean(value);
  if (value.literal) return value.number !== 0;
  return value.set !== undefined || value.text !== '';
}

/* Bytes of UTF-8 sort as code points do. */
const compareTexts = (left, right) => {
  const [a, b] = [[...left], [...right]];
  for (let i = 0; i < Math.min(a.length, b.length); i++)
    if (a[i] !== b[i]) return a[i].codePointAt(0) - b[i].codePointAt(0);
  return a.length - b.length;
};

const isText = (value) => typeof value === 'object' && value.text !== undefined;

function compare(left, right, exact) {
  if (exact && isText(left) && isText(right) && !(left.literal && right.literal)) return compareTexts(left.text, right.text);
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return a < b ? -1 : Number(a > b);
  const plain = (value) => isText(value) && !value.literal && value.plain !== false;
  return !exact && plain(left) && plain(right) ? compareTexts(left.text, right.text) : undefined;
}

function same(left, right) {
  if (left?.set !== undefined && right?.set === undefined) return isText(right) && left.set.includes(right.text);
  if (right?.set !== undefined && left?.set === undefined) return isText(left) && right.set.includes(left.text);
  return compare(left, right, true) === 0;
}

function round(number, digits) {
  let unit = 1;
  for (let i = 0; i < digits; i++) unit *= 10;
  const size = Math.floor(Math.abs(number) * unit + 0.5) / unit;
  return finite(number < 0 ? -size : size);
}

const TWO_NUMBERS = {
  add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b,
  div: (a, b) => (b === 0 ? NaN : a / b), mod: (a, b) => (b === 0 ? NaN : a % b),
};
const SEVERAL_NUMBERS = { sum: (a, b) => a + b, min: (a, b) => (b < a ? b : a), max: (a, b) => (b > a ? b : a) };
const ORDERS = { lt: (order) => order < 0, le: (order) => order <= 0, gt: (order) => order > 0, ge: (order) => order >= 0 };

export function evaluate(expression, scope) {
  if (typeof expression === 'string')
    return scope.calculated?.has(expression) ? scope.calculated.get(expression)
      : answerValue(scope.answers.get(expression), expression, scope);
  const [operator, ...rest] = expression;
  if (operator === 'n') return { text: rest[0], number: Number(rest[0]), literal: true };
  if (operator === 't') return { text: rest[0], number: textNumber(rest[0]) };
  if (operator === 'value') return answerValue(scope.own?.answer, scope.own?.id, scope);
  const value = (part) => evaluate(part, scope);
  const truth = (part) => truthOf(value(part));
  if (operator === 'and') return rest.every(truth);
  if (operator === 'or') return rest.some(truth);
  if (operator === 'if') return value(truth(rest[0]) ? rest[1] : rest[2]);
  const values = rest.map(value);
  const [first, second] = values;
  const numbers = values.map(numberOf);
  if (operator in ORDERS) {
    const order = compare(first, second, false);
    return order !== undefined && ORDERS[operator](order);
  }
  if (operator in TWO_NUMBERS) return numbers.includes(undefined) ? undefined : finite(TWO_NUMBERS[operator](...numbers));
  if (operator in SEVERAL_NUMBERS) {
    const given = numbers.filter((number) => number !== undefined);
    return given.length > 0 ? finite(given.reduce(SEVERAL_NUMBERS[operator])) : undefined;
  }
  switch (operator) {
    case 'not': return !truthOf(first);
    case 'eq': case 'in': return values.slice(1).some((other) => same(first, other));
    case 'ne': return !same(first, second);
    case 'answered': return first !== undefined;
    case 'selected': return first !== undefined && second !== undefined && same(first, second);
    case 'count': return values.reduce((sum, each) => sum + (each?.set?.length ?? Number(each !== undefined)), 0);
    case 'coalesce': return values.find((each) => each !== undefined);
    case 'length': return isText(first) && !first.literal ? [...first.text].length : undefined;
    case 'round': return numbers[0] === undefined ? undefined : round(numbers[0], numbers[1] ?? 0);
    case 'int': return numbers[0] === undefined ? undefined : finite(Math.trunc(numbers[0]));
    case 'neg': return numbers[0] === undefined ? undefined : -numbers[0];
    case 'number': return numbers[0];
    default: throw new Refusal('form');
  }
}

export const holds = (expression, scope) => truthOf(evaluate(expression, scope));

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

/* Milliseconds to wait before sending, uniform between 0 and so many minutes. */
export function randomDelay(minutes, random = (numbers) => crypto.getRandomValues(numbers)) {
  const [number] = random(new Uint32Array(1));
  return Math.floor((number / 4294967296) * minutes * 60000);
}
