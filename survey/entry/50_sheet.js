/* ---- one sheet: typed, checked, perhaps typed again, sent ---- */

function codeFault(text) {
  if (text === '') $('code').removeAttribute('aria-invalid');
  else $('code').setAttribute('aria-invalid', 'true');
  $('code-fault').textContent = text;
  return text === '';
}

/* Reads the card; a scanned link brings the fingerprint, which must be the one of this page. */
function checkCode() {
  const typed = $('code').value;
  if (typed.trim() === '') return codeFault(say('code-missing'));
  const entry = readEntry(typed);
  const code = readCode(entry.code);
  if (code === null) return codeFault(say('code-fault'));
  if (entry.fingerprint !== '' && entry.fingerprint !== session.fingerprint) return codeFault(say('code-survey'));
  if (session.used.has(code)) return codeFault(say('code-used'));
  if (sheet.first !== null && sheet.firstCode !== code) return codeFault(say('code-other'));
  if (code !== sheet.code) Object.assign(sheet, { code, seed: '', secrets: null, signature: null, body: null });
  $('code').value = printCode(code);
  return codeFault('');
}

const sheetNumber = () => session.tally.sheets + 1;

function emptyFields() {
  $('fields').reset();
  codeFault('');
  fillLines(new Map());
}

function openSheet(said = '') {
  emptyFields();
  const name = sheet.first === null ? 'sheet' : 'sheet-second';
  $('sheet-title').textContent = say(name, { number: sheetNumber() });
  showView('sheet', $('code'));
  $('said').textContent = said;
}

function nextSheet(said) {
  sheet = blankSheet();
  session.touched = false;
  openSheet(said);
}

function discard() {
  if (!window.confirm(say(sheet.signature === null ? 'discard' : 'discard-drawn'))) return;
  $('sent-receipt').hidden = true;
  nextSheet(say('discarded'));
}

/* ---- short check ---- */

function backTo(field) {
  showView('sheet', field.quick);
  goTo(field.quick);
}

function listFaults(faults, conflicts) {
  const list = $('review-faults').querySelector('ul');
  list.textContent = '';
  $('review-faults').hidden = faults.length + conflicts.length === 0;
  const row = (field, text) => {
    const { number, question } = field;
    const item = add(list, 'li', `${say('fault-item', { number, question, fault: text })} `);
    add(item, 'button', say('to-question', { number }), { type: 'button', class: 'link' }).onclick = () => backTo(field);
    return item;
  };
  for (const { field, text } of faults) row(field, text);
  for (const field of conflicts) {
    const answer = labelOf(field, readField(field, field.quick.value).value);
    const item = row(field, say('conflict', { answer }));
    add(item, 'button', say('leave'), { type: 'button', class: 'plain' }).onclick = () => {
      leaveOut(field);
      openReview();
    };
  }
}

function listOpen(open) {
  const list = $('review-open').querySelector('ul');
  list.textContent = '';
  $('review-open').hidden = open.length === 0;
  for (const field of open) {
    const item = add(list, 'li');
    const button = add(item, 'button', `${field.number} ${field.question}`, { type: 'button', class: 'link' });
    button.onclick = () => backTo(field);
  }
}

function openReview() {
  if (!checkCode()) return goTo($('code'));
  const { values, faults } = readSheet();
  const judged = judge(session.fields, values);
  const { shown, open } = openFields(session.parts, judged);
  const conflicts = session.fields.filter((field) => judged.conflicts.includes(field.id));
  for (const field of session.fields)
    if (judged.invalid.includes(field.id)) faults.push({ field, text: invalidText(field) });
  $('review-count').textContent = say('answered', { answered: judged.answers.size, shown });
  $('review-agree').hidden = sheet.differences === null;
  if (sheet.differences !== null) {
    const [count, unequal] = [session.fields.length, sheet.differences.length];
    $('review-agree').textContent = say(unequal === 0 ? 'agree' : 'settled', { count, differing: unequal });
  }
  listFaults(faults, conflicts);
  listOpen(open);
  const ready = faults.length + conflicts.length === 0;
  $('send').hidden = !ready;
  return showView('review', ready ? $('send') : null);
}

/* ---- second entry ---- */

function beginSecond() {
  showView('second', $('second-go'));
  $('sent-receipt').hidden = true;
  emptyFields(); /* blind to the first */
}

function addSide(group, name, field, number, value) {
  const option = add(group, 'div', '', { class: 'option' });
  const id = `${name}-${number}`;
  const input = add(option, 'input', '', { type: 'radio', name, id, value: String(number) });
  add(option, 'label', say(number === 1 ? 'first-entry' : 'second-entry', { answer: labelOf(field, value) }), { for: id });
  return input;
}

/* Nothing is chosen beforehand: the paper decides, not the order. */
function openDifferences(second) {
  const list = $('differences-list');
  list.textContent = '';
  $('differences-fault').textContent = '';
  for (const field of sheet.differences) {
    const group = add(list, 'fieldset', '', { class: 'panel' });
    add(group, 'legend', `${field.number} ${field.question}`);
    for (const [number, values] of [[1, sheet.first], [2, second]])
      addSide(group, `differs-${field.id}`, field, number, values.get(field.id));
  }
  sheet.second = second;
  return showView('differences', list.querySelector('input'));
}

function compare(second) {
  sheet.differences = differing(session.fields, sheet.first, second);
  if (sheet.differences.length > 0) return openDifferences(second);
  sheet.first = null;
  return openReview();
}

const sideOf = (field) => $('differences-list').querySelector(`[name="differs-${field.id}"]:checked`)?.value;

function onDifferenceKey(event) {
  const group = event.target.closest?.('fieldset');
  if (!group || !['1', '2', 'Enter'].includes(event.key) || event.target.matches('button')) return;
  event.preventDefault();
  if (event.key !== 'Enter') group.querySelector(`[value="${event.key}"]`).checked = true;
  const groups = [...$('differences-list').children];
  const next = groups[groups.indexOf(group) + 1];
  (next?.querySelector('input') ?? $('differences-done')).focus();
}

function takeOver() {
  const undecided = sheet.differences.filter((field) => sideOf(field) === undefined);
  if (undecided.length > 0) {
    $('differences-fault').textContent = say('undecided', { count: undecided.length });
    return $('differences-list').querySelector(`[name="differs-${undecided[0].id}"]`).focus();
  }
  const values = new Map(sheet.second);
  for (const field of sheet.differences) {
    if (sideOf(field) === '2') continue;
    if (sheet.first.has(field.id)) values.set(field.id, sheet.first.get(field.id));
    else values.delete(field.id);
  }
  sheet.first = sheet.second = null;
  $('differences-list').textContent = '';
  fillLines(values);
  return openReview();
}
