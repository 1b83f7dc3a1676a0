/* ---- report of differences ---- */

const locale = () => (document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang);
const percent = (share) => share.toLocaleString(locale(), { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
const today = () => new Date().toLocaleDateString(locale(), { day: 'numeric', month: 'long', year: 'numeric' });
const sessionLine = () => say('report-day', { date: today(), wave: session.wave });

function reportNumbers() {
  const { sheets, checked, unequal, compared, differing: found } = session.tally;
  const rows = [['report-sheets', sheets], ['report-checked', checked]];
  if (checked === 0) return rows;
  return [...rows, ['report-unequal', unequal], ['report-compared', compared], ['report-differing', found],
    ['report-rate', percent(found / compared)]];
}

function rangeText() {
  const range = wilson(session.tally.differing, session.tally.compared);
  if (range === null) return say('report-unchecked');
  return say('report-range', { low: percent(range.low), high: percent(range.high) });
}

function fillReport() {
  $('report-day').textContent = sessionLine();
  const numbers = $('report-numbers').tBodies[0];
  numbers.textContent = '';
  for (const [key, value] of reportNumbers()) {
    const row = add(numbers, 'tr');
    add(row, 'th', say(key), { scope: 'row' });
    add(row, 'td', value.toLocaleString(locale()), { class: 'numeric' });
  }
  $('report-range').textContent = rangeText();
  const worst = worstFields(session.tally, session.fields);
  const questions = $('report-questions').tBodies[0];
  questions.textContent = '';
  for (const { field, times } of worst) {
    const row = add(questions, 'tr');
    add(row, 'td', String(field.number), { class: 'numeric' });
    add(row, 'td', field.question);
    add(row, 'td', String(times), { class: 'numeric' });
  }
  $('report-questions').hidden = worst.length === 0;
  $('report-none').hidden = worst.length !== 0;
}

function openReport() {
  fillReport();
  $('report-said').textContent = '';
  showView('report');
}

/* Made here: no request, no trace on the server. */
function saveReport() {
  const numbers = reportNumbers().map(([key, value]) => [say(key), value]);
  const worst = worstFields(session.tally, session.fields);
  const rows = [[sessionLine()], ...numbers, [rangeText()], [say('report-question'), say('report-times')],
    ...worst.map(({ field, times }) => [`${field.number} ${field.question}`, times])];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csvText(rows)], { type: 'text/csv;charset=utf-8' }));
  link.download = say('report-file', { wave: session.wave });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  session.saved = true;
  $('report-said').textContent = say('report-saved');
}

function endSession() {
  if (!window.confirm(say('end'))) return;
  Object.assign(session, { saved: true, touched: false });
  sheet = blankSheet();
  emptyFields();
  window.location.reload();
}
