/* ---- the page: session, sheet, texts, views ---- */

const $ = (id) => document.getElementById(id);
const VIEWS = ['begin', 'sheet', 'review', 'second', 'differences', 'report'];
const session = {
  wave: '', form: '', fingerprint: '', manifest: null, parts: [], fields: [],
  every: 10, isChosen: () => false, tally: newTally(), saved: true,
  used: new Set(), /* codes sent in this session: the server would refuse them only after the whole sheet is typed */
  touched: false, view: 'begin',
};
const blankSheet = () => ({
  code: '', seed: '', secrets: null, signature: null, sealed: null, body: null, text: '',
  first: null, firstCode: '', /* the first entry, while the second is made */
  second: null,               /* the second, while differences are decided */
  differences: null,          /* fields that differed; null for a sheet typed once */
});
let sheet = blankSheet();

/* Text of the page's language; the clerk's own texts go before the respondent's. */
function findText(key) {
  const found = ['entry-texts', 'texts'].map((id) => $(id).content.querySelector(`[data-key="${key}"]`)).find(Boolean);
  return found ? found.textContent : null;
}

const say = (key, values = {}) =>
  (findText(key) ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function add(parent, tag, text = '', attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent.append(element);
  return element;
}

/* Another language is another page, on which the session would be lost: offered at the beginning only. */
function showView(name, focus = null) {
  for (const id of VIEWS) $(id).hidden = id !== name;
  for (const choice of document.querySelectorAll('#languages, #draft a')) choice.hidden = name !== 'begin';
  $('problem').hidden = true;
  session.view = name;
  window.scrollTo(0, 0);
  (focus ?? $(`${name}-title`)).focus();
}

const ABOUT_CARD = ['unknown-code', 'already-drawn', 'personal-code', 'already-sent'];
const PASSING = ['network', 'server', 'box-full', 'receipt'];

function showProblem(refusal, again) {
  $('problem-text').textContent = findText(`problem-${refusal.word}`) ?? (refusal.detail || say('problem-server'));
  $('problem-retry').hidden = !PASSING.includes(refusal.word);
  $('problem-retry').onclick = again;
  $('problem-code').hidden = !ABOUT_CARD.includes(refusal.word);
  $('problem').hidden = false;
  $('problem').focus();
}

async function attempt(button, step) {
  $('problem').hidden = true;
  button.disabled = true;
  try {
    await step();
  } catch (error) {
    showProblem(error instanceof Refusal ? error : new Refusal('broken', String(error)), () => attempt(button, step));
  } finally {
    button.disabled = false;
  }
}
