/* ---- questions ---- */

function readQuestions() {
  for (const section of document.querySelectorAll('#survey .page')) {
    const readExpression = (text) => (text ? JSON.parse(text) : null);
    const page = { id: section.dataset.page, section, title: section.querySelector('h2'), items: [],
      condition: readExpression(section.dataset.if) };
    for (const fieldset of section.querySelectorAll('.item')) {
      const { item: id, type } = fieldset.dataset;
      page.items.push({
        id, type, fieldset, page, shown: true, condition: readExpression(fieldset.dataset.if),
        valid: readExpression(fieldset.dataset.valid), value: readExpression(fieldset.dataset.value),
        inputs: [...fieldset.querySelectorAll('input')], text: fieldset.querySelector('textarea'),
        clear: fieldset.querySelector('.clear'),
      });
    }
    visit.pages.push(page);
    visit.items.push(...page.items);
  }
}

/* Each person sees data-rotate of the page's items; drawn once a visit. */
function drawSituations() {
  for (const page of visit.pages) {
    const count = Number(page.section.dataset.rotate || 0);
    if (count > 0) visit.drawn[page.id] ??= pick(page.items.map((item) => item.id), count);
  }
}

const isDrawn = (item) => visit.drawn[item.page.id] === undefined || visit.drawn[item.page.id].includes(item.id);

/* A text as the count accepts it: no control characters, no half of a character, at most 2000 characters. */
export function cleanText(text) {
  // eslint-disable-next-line no-control-regex
  const clean = text.replace(/\r\n?/g, '\n').replace(/[\x00-\x08\x0b-\x1f]/g, '').trim();
  const whole = [...clean].filter((sign) => !(sign.length === 1 && sign >= '\ud800' && sign <= '\udfff'));
  return whole.slice(0, 2000).join('');
}

function valueOf(item) {
  if (item.text !== null) return cleanText(item.text.value) || null;
  const chosen = item.inputs.filter((input) => input.checked).map((input) => input.value);
  if (chosen.length === 0) return null;
  return item.type === 'multiple' ? chosen : chosen[0];
}

function clearItem(item) {
  for (const input of item.inputs) input.checked = false;
  if (item.text !== null) item.text.value = '';
}

/* "Cannot judge" and "prefer not to say": answers, but no numbers. */
const isMissing = (id, code) =>
  document.getElementById(`${id}-${code}`)?.closest('.option')?.dataset.missing === '1';

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
    if (item.value !== null) {
      scope.calculated.set(item.id, item.shown ? evaluate(item.value, scope) : undefined);
      continue; /* computed, never answered */
    }
    if (!item.shown) clearItem(item);
    const value = item.shown ? valueOf(item) : null;
    if (value !== null) answers.set(item.id, value);
    item.fieldset.hidden = !item.shown;
    if (item.clear !== null) item.clear.hidden = value === null;
  }
  visit.answers = answers;
  visit.scope = scope;
}

function restoreAnswers(answers) {
  for (const item of visit.items) {
    const codes = [].concat(answers.get(item.id) ?? []);
    for (const input of item.inputs) input.checked = codes.includes(input.value);
    if (item.text !== null) item.text.value = codes[0] ?? '';
  }
}

/* The unit of the invitation is a suggestion, said to be one, and can be changed or taken away. */
function prefillUnit() {
  const item = visit.items.find((candidate) => candidate.fieldset.dataset.list === 'units');
  const input = item?.inputs.find((candidate) => candidate.value === visit.unit);
  if (!input || visit.unit === '' || visit.prefilled) return;
  visit.prefilled = true;
  if (visit.answers.size === 0 && visit.at < 0) input.checked = true;
  const note = add(item.fieldset, 'p', say('prefilled'), { class: 'note prefilled' });
  item.fieldset.querySelector('.options').before(note);
}

/* Keeps to the item's most choices and to options that exclude all others. */
function keepRules(item, input) {
  if (item.type !== 'multiple' || !input.checked) return;
  const others = item.inputs.filter((other) => other !== input);
  for (const other of others)
    if (input.dataset.exclusive === '1' || other.dataset.exclusive === '1') other.checked = false;
  const most = Number(item.fieldset.dataset.max || 0);
  if (most === 0 || item.inputs.filter((each) => each.checked).length <= most) return;
  input.checked = false;
  $('notice').textContent = say('at-most', { count: most });
}

const openPages = () => visit.pages.filter((page) => page.items.some((item) => item.shown));

function openPage(at, focus = null, remember = true) {
  showView('survey');
  collect();
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
  const pages = openPages();
  const next = pages[pages.findIndex((page) => visit.pages.indexOf(page) >= visit.at) + step];
  if (next === undefined) openReview();
  else openPage(visit.pages.indexOf(next));
}

function startQuestions() {
  readQuestions();
  drawSituations();
  $('survey').addEventListener('change', (event) => {
    const item = visit.items.find((candidate) => candidate.fieldset.contains(event.target));
    if (item === undefined) return;
    $('notice').textContent = '';
    keepRules(item, event.target);
    collect();
    saveDraft();
  });
  $('survey').addEventListener('click', (event) => {
    const id = event.target.dataset?.clear;
    if (id === undefined) return;
    const item = visit.items.find((candidate) => candidate.id === id);
    clearItem(item);
    collect();
    saveDraft();
    (item.inputs[0] ?? item.text).focus();
  });
  $('survey').addEventListener('submit', (event) => {
    event.preventDefault();
    turn(1);
  });
  $('back').onclick = () => turn(-1);
  $('to-review').onclick = () => openReview();
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
