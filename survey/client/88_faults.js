/* ---- faults of a page: listed at its top, said at the question; going on without an answer is always possible ---- */

const printBound = (item, value) => (item.type === 'date' ? KINDS.date.tell(item, value) : printNumber(value));

/* What is wrong with the item, as a sentence; '' for nothing. */
function faultText(item) {
  const { fault, ...values } = item.found;
  if (fault === undefined) return '';
  for (const name of ['low', 'high', 'step']) if (name in values) values[name] = printBound(item, values[name]);
  return fault === 'fault-invalid' && item.data.invalid ? item.data.invalid : say(fault, values);
}

const isOpen = (item) => item.data.required === '1' && !visit.answers.has(item.id) && !visit.passed.includes(item.id);
const wrongWith = (item) => faultText(item) || (isOpen(item) ? say('fault-required') : '');
const faultyItems = (page) => page.items.filter((item) => item.shown && item.asked && wrongWith(item) !== '');
const firstField = (item) => item.boxes.find((box) => box.checked) ??
  item.fieldset.querySelector('.options input, .options select') ?? item.fields.at(-1);

/* The sentence stands behind the question's text and describes it and its fields. */
function showFault(item, text) {
  const { fieldset } = item;
  const id = `fault-${item.id}`;
  let line = $(id);
  const fields = item.fields.length > 0 ? item.fields : [];
  if (text !== '' && line === null) {
    line = add(fieldset, 'p', '', { id, class: 'fault' });
    fieldset.querySelector('legend').after(line);
  }
  if (line !== null) line.textContent = text;
  if (text === '') line?.remove();
  fieldset.classList.toggle('faulty', text !== '');
  const others = (fieldset.getAttribute('aria-describedby') ?? '').split(' ').filter((each) => each !== '' && each !== id);
  const described = (text === '' ? others : [id, ...others]).join(' ');
  if (described === '') fieldset.removeAttribute('aria-describedby');
  else fieldset.setAttribute('aria-describedby', described);
  for (const field of fields) {
    if (text === '') field.removeAttribute('aria-invalid');
    else field.setAttribute('aria-invalid', 'true');
    if (text === '') field.removeAttribute('aria-describedby');
    else field.setAttribute('aria-describedby', id);
  }
}

function hideFaults() {
  $('summary').hidden = true;
  for (const item of visit.items) if (item.faulty) showFault(item, '');
  for (const item of visit.items) item.faulty = false;
}

function listFault(item, text) {
  const row = add($('summary-list'), 'li');
  const question = item.fieldset.querySelector('legend').textContent;
  const link = add(row, 'a', `${question} – ${text}`, { href: `#item-${item.id}` });
  link.onclick = (event) => {
    event.preventDefault();
    firstField(item).focus();
    item.fieldset.scrollIntoView({ block: 'nearest' });
  };
  if (item.found.fault === undefined) return;
  const button = add(row, 'button', say('summary-clear'), { type: 'button', class: 'link' });
  button.setAttribute('aria-label', `${say('summary-clear')}: ${question}`);
  button.onclick = () => {
    clearItem(item);
    collect();
    saveDraft();
    if (!refreshFaults()) firstField(item).focus();
    else $('summary-title').focus();
  };
}

/* Shows what is wrong now with the questions found before; true while something is. */
function listFaults(items) {
  $('summary-list').textContent = '';
  for (const item of items) {
    const text = item.shown ? wrongWith(item) : '';
    item.faulty = text !== '';
    showFault(item, text);
    if (item.faulty) listFault(item, text);
  }
  $('summary').hidden = !items.some((item) => item.faulty);
  return !$('summary').hidden;
}

const refreshFaults = () => listFaults(visit.items.filter((item) => item.faulty));

/* True when the person has to look; the focus is on the summary then. */
function pageHasFaults() {
  hideFaults();
  if (!listFaults(faultyItems(visit.pages[visit.at]))) return false;
  $('summary-title').focus();
  return true;
}

/* Not asked again in this visit; what does not fit is taken out, because it would not be sent anyway. */
function passFaults() {
  for (const item of visit.items.filter((each) => each.faulty)) {
    if (item.found.fault !== undefined) clearItem(item);
    visit.passed.push(item.id);
  }
  hideFaults();
}
