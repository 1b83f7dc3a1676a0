/* ---- the questions on the page. What stands in the quick field is the answer; the boxes follow it, and write into it when
 * they are clicked. ---- */

const readOption = (choice) => {
  const { code, number, exclusive, missing, notWith } = choice.dataset;
  return {
    code, number: Number(number), exclusive: exclusive === '1', missing: missing === '1', notWith: notWith?.split(' ') ?? [],
    label: choice.querySelector('span').textContent,
  };
};

const readJson = (text) => (text ? JSON.parse(text) : null);
const both = (one, other) => (one && other ? ['and', one, other] : one ?? other);

function readLine(line, partCondition, before) {
  const { item: id, type, if: condition, valid, invalid, max, least, low, high, step, decimals, grain, total, unit } = line.dataset;
  return {
    id, type, line, inputs: [...line.querySelectorAll('.choice input')], condition: both(partCondition, readJson(condition)), before,
    valid: readJson(valid), invalid,
    most: Number(max || 0), least: Number(least || 0),
    min: Number(low), max: Number(high), step: Number(step || 0), decimals: Number(decimals || 0), unit: unit ?? '',
    grain, from: low, to: high, total: Number(total || 0),
    number: line.querySelector('.question b').textContent,
    question: line.querySelector('.question span').textContent,
    quick: $(`quick-${id}`), chosen: $(`chosen-${id}`), faultPlace: $(`fault-${id}`), leave: line.querySelector('.leave'),
    options: [...line.querySelectorAll('.choice')].map(readOption),
    leftOut: '',
  };
}

/* Calculated values stand between the questions, for the conditions below them. */
function readPart(part, before) {
  const condition = readJson(part.dataset.if);
  const fields = [];
  for (const line of part.querySelectorAll('.line, .calculated')) {
    const { item: id, if: own, value } = line.dataset;
    if (line.matches('.line')) fields.push(readLine(line, condition, before.splice(0)));
    else before.push({ id, condition: both(condition, readJson(own)), value: readJson(value) });
  }
  return { rotate: Number(part.dataset.rotate || 0), fields };
}

function readParts() {
  const before = [];
  session.parts = [...document.querySelectorAll('#sheet .part')].map((part) => readPart(part, before));
  session.fields = session.parts.flatMap((part) => part.fields);
}

const labelOf = (field, value) => {
  if (value === null || value === undefined) return say('no-answer');
  if (field.type in LABELS) return LABELS[field.type](field, value, document.documentElement.lang);
  return [].concat(value).map((code) => {
    const { number, label } = field.options.find((option) => option.code === code);
    return number === Number(label) ? label : `${number} ${label}`;
  }).join(' · ');
};

/* Everything that is typed: { values, faults: [{ field, text }] }. */
function readSheet() {
  const values = new Map();
  const faults = [];
  for (const field of session.fields) {
    const { value, fault: found } = readField(field, field.quick.value);
    if (found !== null) faults.push({ field, text: say(found.word, found.values) });
    if (value !== null) values.set(field.id, value);
  }
  return { values, faults };
}

const invalidText = (field) => field.invalid || say('invalid');

function showLine(field, judged) {
  const { value, fault: found } = readField(field, field.quick.value);
  const passed = !judged.asked.has(field.id);
  const conflict = passed && value !== null;
  if (field.quick.value !== '') field.leftOut = '';
  const hint = field.leftOut !== '' ? say('left-out') : passed ? say('passed-over') : '';
  const shown = found !== null || field.type === 'text' ? '' : value === null ? hint : labelOf(field, value);
  const invalid = found === null && judged.invalid.includes(field.id);
  const text = invalid ? invalidText(field) : found === null ? '' : say(found.word, found.values);
  /* Unchanged text is not written again: a screen reader would say it again. */
  if (field.chosen.textContent !== shown) field.chosen.textContent = shown;
  if (field.faultPlace.textContent !== text) field.faultPlace.textContent = text;
  if (text === '') field.quick.removeAttribute('aria-invalid');
  else field.quick.setAttribute('aria-invalid', 'true');
  for (const input of field.inputs) input.checked = found === null && [].concat(value ?? []).includes(input.value);
  field.line.classList.toggle('passed', passed && !conflict);
  field.line.classList.toggle('conflict', conflict);
  if (field.leave !== null) field.leave.hidden = !conflict;
}

function showLines() {
  const judged = judge(session.fields, readSheet().values);
  for (const field of session.fields) showLine(field, judged);
}

/* The clerk decided: as if the question had been passed over, as the paper asks. */
function leaveOut(field) {
  field.leftOut = field.quick.value;
  field.quick.value = '';
  showLines();
}

function fillLines(values) {
  for (const field of session.fields) {
    field.quick.value = printField(field, values.get(field.id));
    field.leftOut = '';
  }
  showLines();
}

/* ---- keyboard ---- */

const stops = () => [$('code'), ...session.fields.map((field) => field.quick)];

function goTo(element) {
  element.focus({ preventScroll: true });
  element.select?.();
  (element.closest('.line') ?? element).scrollIntoView({ block: 'center' });
}

const fieldOf = (element) => session.fields.find((field) => field.line.contains(element));

/* On: only when the field is right. Behind the last question the sheet is finished. */
function step(element, by) {
  const field = fieldOf(element);
  if (by > 0 && element === $('code') && !checkCode()) return;
  if (by > 0 && field !== undefined && readField(field, field.quick.value).fault !== null) return field.quick.select();
  const all = stops();
  const next = all[all.indexOf(field?.quick ?? element) + by];
  if (next !== undefined) goTo(next);
  else if (by > 0) $('sheet-done').focus();
}

function onKey(event) {
  const { target, key } = event;
  if (target.matches('button') || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const long = target.tagName === 'TEXTAREA';
  const box = target.matches('.choice input');
  const by = key === 'Enter' && !(long && event.shiftKey) ? 1 : long || box ? 0 : { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
  if (by === 0) return;
  event.preventDefault();
  step(target, by);
}

function onInput(event) {
  session.touched = true;
  const field = fieldOf(event.target);
  if (field === undefined) return;
  if (event.target !== field.quick) {
    /* A box was clicked: written down as if it had been typed. */
    const numbers = field.inputs.filter((input) => input.checked).map((input) => input.dataset.number);
    field.quick.value = numbers.join(' ');
  }
  showLines();
}

function startLines() {
  readParts();
  $('fields').addEventListener('keydown', onKey);
  $('fields').addEventListener('input', onInput);
  $('fields').addEventListener('click', (event) => {
    const field = event.target.closest?.('.leave button') ? fieldOf(event.target) : undefined;
    if (field === undefined) return;
    leaveOut(field);
    goTo(field.quick);
  });
}
