/* ---- the page: what it knows of the visit, its texts, views and dialogs ---- */

const $ = (id) => document.getElementById(id);
const visit = {
  wave: '', form: '', fingerprint: '', manifest: null, secrets: null, seed: null, signature: null, unit: '',
  items: [], pages: [], answers: new Map(), drawn: {}, order: {}, begun: [], passed: [], at: -1, fromReview: false,
  mode: 'new',           /* what the start form is for: new, resume, again (after sending) */
  kind: BALLOT, number: 0, /* what is sent, and as which change */
  keep: false, shared: false, kiosk: false,
  body: null, waiting: 0, sent: false, discarded: false,
};

/* Text of the page's language, from <template id="texts">; {name} is replaced. */
function say(key, values = {}) {
  const found = $('texts').content.querySelector(`[data-key="${key}"]`);
  return (found ? found.textContent : key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function add(parent, tag, text = '', attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent.append(element);
  return element;
}

/* Another language is another page: there answers would be lost, so the choice is offered at the start only. */
function showView(name) {
  for (const id of ['start', 'survey', 'review', 'waiting', 'receipt']) $(id).hidden = id !== name;
  for (const choice of document.querySelectorAll('#languages, #draft a')) choice.hidden = name !== 'start';
  $('problem').hidden = true;
  window.scrollTo(0, 0);
}

/* Browsers before 2022 have no modal dialogs: there it opens in the page. */
function openDialog(dialog) {
  if (dialog.open) return;
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute('open', '');
  dialog.querySelector('h2').focus();
}

function closeDialog(dialog) {
  if (dialog.close && dialog.open) dialog.close();
  else dialog.removeAttribute('open');
}

/* Copies, or selects for the keyboard where the browser does not let us. */
async function copyText(text, shown, status) {
  try {
    await navigator.clipboard.writeText(text);
    status.textContent = say('copied');
  } catch {
    window.getSelection().selectAllChildren(shown);
    status.textContent = say('copy-by-hand');
  }
}

/* Prints only what is named: "recovery" or, without a name, the page as it stands. */
function printPart(name = '') {
  document.body.dataset.print = name;
  window.print();
  delete document.body.dataset.print;
}

/* Nothing of the person stays: fields, memory, and the document itself. */
function wipe() {
  visit.discarded = true;
  for (const form of document.querySelectorAll('form')) form.reset();
  for (const field of document.querySelectorAll('textarea, select, input[type="text"]')) field.value = '';
  $('review-list').textContent = '';
  $('recovery-code').textContent = $('receipt-code').textContent = '';
  Object.assign(visit, { secrets: null, seed: null, signature: null, answers: new Map() });
  history.replaceState(null, '');
  window.location.reload();
}
