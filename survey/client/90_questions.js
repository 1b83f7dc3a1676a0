/* ---- questions ---- */

function readItem(fieldset, page) {
  const readExpression = (text) => (text ? JSON.parse(text) : null);
  const data = fieldset.dataset;
  const boxes = [...fieldset.querySelectorAll('input[type="radio"], input[type="checkbox"]')];
  return {
    id: data.item, type: data.type, kind: KINDS[data.type], data, fieldset, page, boxes,
    fields: [...fieldset.querySelectorAll('input, select, textarea')].filter((field) => !boxes.includes(field)),
    asked: fieldset.tagName === 'FIELDSET', leader: data.follows,
    condition: readExpression(data.if), valid: readExpression(data.valid), value: readExpression(data.value),
    clear: fieldset.querySelector('.clear'), shown: true, found: {}, faulty: false,
  };
}

function readQuestions() {
  for (const section of document.querySelectorAll('#survey .page')) {
    const page = { id: section.dataset.page, section, title: section.querySelector('h2'), items: [],
      condition: section.dataset.if ? JSON.parse(section.dataset.if) : null };
    page.items = [...section.querySelectorAll('.item')].map((fieldset) => readItem(fieldset, page));
    visit.pages.push(page);
    visit.items.push(...page.items);
  }
  for (const item of visit.items) if (item.type === 'slider') clearItem(item);
}

const clearItem = (item) => item.kind.write(item, undefined);

/* "Cannot judge" and "prefer not to say": answers, but no numbers. */
const isMissing = (id, code) =>
  document.getElementById(`${id}-${code}`)?.closest('.option')?.dataset.missing === '1';

/* What the item says now; what breaks the form's own rule is no answer. */
function readAnswer(item, scope) {
  item.found = item.kind.read(item);
  const { value } = item.found;
  if (value === undefined || item.valid === null) return value;
  if (holds(item.valid, { ...scope, own: { id: item.id, answer: value } })) return value;
  item.found = { fault: 'fault-invalid' };
  return undefined;
}

/* The form's first answer stands there once, when the question first appears; whoever clears it has cleared it. */
function putInitial(item) {
  if (visit.begun.includes(item.id) || item.data.initial === undefined) return;
  visit.begun.push(item.id);
  const initial = JSON.parse(item.data.initial);
  const sums = item.type === 'sum' ? new Map(Object.entries(initial)) : initial;
  if (item.kind.read(item).value === undefined) item.kind.write(item, sums);
}

/* One pass in document order: what is shown, what is answered. Hidden items lose their answers. */
function collect() {
  const answers = new Map();
  const scope = { answers, missing: isMissing, calculated: new Map() };
  let page = null;
  let open = true;
  for (const item of visit.items) {
    if (item.page !== page) open = item.page.condition === null || holds(item.page.condition, scope);
    page = item.page;
    item.shown = open && isDrawn(item) && (item.condition === null || holds(item.condition, scope));
    if (item.type === 'calculated') {
      scope.calculated.set(item.id, item.shown && item.value !== null ? evaluate(item.value, scope) : undefined);
      item.shown = false; /* computed, never answered, never seen */
      continue;
    }
    if (!item.shown) clearItem(item);
    else putInitial(item);
    item.found = {};
    const value = item.shown ? readAnswer(item, scope) : undefined;
    if (value !== undefined) answers.set(item.id, value);
    item.fieldset.hidden = !item.shown;
    if (item.clear !== null) item.clear.hidden = value === undefined && item.found.fault === undefined;
  }
  visit.answers = answers;
  visit.scope = scope;
  fillPipes();
}

/* What the person answered to the question of this id, in words; "…" while it is open. */
function pipeText(id) {
  const item = visit.items.find((candidate) => candidate.id === id);
  if (visit.answers.has(id)) return item.kind.tell(item, visit.answers.get(id));
  const value = visit.scope.calculated.get(id);
  if (value === undefined) return '…';
  return typeof value === 'number' ? printNumber(Math.round(value * 1e6) / 1e6) : value.text ?? String(value);
}

function fillPipes() {
  for (const place of document.querySelectorAll('#survey .pipe')) place.textContent = pipeText(place.dataset.pipe);
}

function restoreAnswers(answers) {
  for (const item of visit.items) item.kind.write(item, answers.get(item.id));
}

/* The unit of the invitation is a suggestion, said to be one, and can be changed or taken away. */
function prefillUnit() {
  const item = visit.items.find((candidate) => candidate.fieldset.dataset.list === 'units');
  const input = item?.boxes.find((candidate) => candidate.value === visit.unit);
  if (!input || visit.unit === '' || visit.prefilled) return;
  visit.prefilled = true;
  if (visit.answers.size === 0 && visit.at < 0) input.checked = true;
  const note = add(item.fieldset, 'p', say('prefilled'), { class: 'note prefilled' });
  item.fieldset.querySelector('.options').before(note);
}

/* Keeps to the item's most choices and to options that exclude others. */
function keepRules(item, input) {
  if (input === null) return undefined;
  if (item.type === 'ranking') return takePlace(item, input);
  if (item.type !== 'multiple' || !input.checked) return undefined;
  const without = (box) => (box.dataset.notWith ?? '').split(' ');
  for (const other of item.boxes.filter((box) => box !== input))
    if (input.dataset.exclusive === '1' || other.dataset.exclusive === '1' ||
        without(input).includes(other.value) || without(other).includes(input.value)) other.checked = false;
  const most = Number(item.data.max || 0);
  if (most === 0 || checked(item).length <= most) return undefined;
  input.checked = false;
  $('notice').textContent = say('at-most', { count: most });
  return undefined;
}

const openPages = () => visit.pages.filter((page) => page.items.some((item) => item.shown));

function openPage(at, focus = null, remember = true) {
  showView('survey');
  collect();
  hideFaults();
  const pages = openPages();
  const page = visit.pages[at].items.some((item) => item.shown) ? visit.pages[at] : pages[0];
  visit.at = visit.pages.indexOf(page);
  for (const each of visit.pages) each.section.hidden = each !== page;
  const number = pages.indexOf(page) + 1;
  $('progress').textContent = say('progress', { page: number, pages: pages.length, title: page.title.textContent });
  $('progress-bar').max = pages.length;
  $('progress-bar').value = number;
  $('back').hidden = number === 1;
  $('to-review').hidden = !visit.fromReview;
  if (remember) history.pushState({ at: visit.at }, '');
  saveDraft();
  (focus ?? page.title).focus();
}

function turn(step) {
  collect();
  if (step > 0 && pageHasFaults()) return;
  const pages = openPages();
  const next = pages[pages.findIndex((page) => visit.pages.indexOf(page) >= visit.at) + step];
  if (next === undefined) openReview();
  else openPage(visit.pages.indexOf(next));
}

const itemOf = (element) => visit.items.find((candidate) => candidate.fieldset.contains(element));

function answered(item, field) {
  $('notice').textContent = '';
  keepRules(item, field);
  collect();
  refreshFaults();
  saveDraft();
}

/* The questions stand in the page as text, so that a slow phone can begin before it has built their fields. Done once: when
 * the start is ready, or when somebody was quicker. */
function layQuestions() {
  const text = $('questions').firstElementChild;
  if (text.tagName !== 'SCRIPT') return;
  $('questions').innerHTML = text.textContent;
  readQuestions();
  drawAll();
}

function startQuestions() {
  $('survey').addEventListener('change', (event) => {
    const item = itemOf(event.target);
    if (item !== undefined) answered(item, event.target);
  });
  $('survey').addEventListener('input', (event) => {
    const item = itemOf(event.target);
    if (item !== undefined) followTyping(item, event.target);
  });
  /* The middle of a slider is an answer too: a click on it, or the space bar, takes it where it stands. */
  const takeRange = (event) => {
    if (event.target.type !== 'range' || (event.type === 'keydown' && event.key !== ' ')) return;
    followTyping(itemOf(event.target), event.target);
    answered(itemOf(event.target), event.target);
  };
  for (const name of ['click', 'keydown']) $('survey').addEventListener(name, takeRange);
  $('survey').addEventListener('click', (event) => {
    const id = event.target.dataset?.clear;
    if (id === undefined) return;
    const item = visit.items.find((candidate) => candidate.id === id);
    clearItem(item);
    answered(item, null);
    firstField(item).focus();
  });
  $('summary-skip').onclick = () => {
    passFaults();
    turn(1);
  };
  $('survey').addEventListener('submit', (event) => {
    event.preventDefault();
    turn(1);
  });
  $('back').onclick = () => turn(-1);
  $('to-review').onclick = () => {
    collect();
    if (!pageHasFaults()) openReview();
  };
  $('review-back').onclick = () => openPage(visit.pages.indexOf(openPages().at(-1)));
  for (const button of document.querySelectorAll('.discard')) button.onclick = discard;
  window.addEventListener('popstate', (event) => {
    if (visit.sent || visit.signature === null) return;
    if (event.state?.review) openReview(false);
    else if (event.state) openPage(event.state.at, null, false);
  });
  window.addEventListener('beforeunload', (event) => {
    const safe = visit.keep && !visit.storageFailed;
    const going = visit.waiting !== 0 || visit.left || visit.at < 0;
    if (visit.signature !== null && !visit.sent && !safe && !going && !visit.discarded) event.preventDefault();
  });
}

function discard() {
  if (!window.confirm(say('discard'))) return;
  dropDraft();
  wipe();
}
