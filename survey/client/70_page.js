/* ---- the page ---- */

const $ = (id) => document.getElementById(id);
const visit = {
  wave: '', form: '', fingerprint: '', manifest: null, secrets: null, signature: null, unit: '',
  items: [], pages: [], answers: new Map(), drawn: {}, at: -1, fromReview: false, keep: false, body: null, sent: false,
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

/* ---- draft on the person's own device, only after consent ---- */

const draftName = () => `querschnitt ${visit.wave}`;

function readDraft() {
  try {
    return JSON.parse(localStorage.getItem(draftName()));
  } catch {
    return null;
  }
}

function dropDraft() {
  try {
    localStorage.removeItem(draftName());
  } catch {
    /* storage is switched off: there was no draft */
  }
}

function saveDraft() {
  if (!visit.keep || visit.sent) return;
  const draft = {
    fingerprint: hex(visit.manifest.fingerprint), seed: visit.seed, unit: visit.unit, drawn: visit.drawn,
    signature: visit.signature === null ? '' : visit.signature.toString(16),
    answers: [...visit.answers], at: visit.at, body: visit.body === null ? '' : hex(visit.body),
  };
  try {
    localStorage.setItem(draftName(), JSON.stringify(draft));
  } catch {
    /* full or switched off: the visit goes on without a draft */
  }
}

/* ---- requests ---- */

async function post(url, type, body) {
  let answer;
  try {
    answer = await fetch(url, {
      method: 'POST', body, headers: { 'Content-Type': type, 'Accept-Language': document.documentElement.lang },
      credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', redirect: 'error',
    });
  } catch {
    throw new Refusal('network');
  }
  const reply = await answer.json().catch(() => ({}));
  if (answer.ok && reply.signature) return reply;
  throw new Refusal(reply.error || (answer.ok ? 'network' : 'server'), reply.message);
}

async function get(url) {
  let answer;
  try {
    answer = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' });
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw new Refusal('network');
  }
  throw new Refusal(answer.status === 404 ? 'missing' : 'server');
}

/* Says what went wrong and what to do; again repeats the identical request. */
function showProblem(refusal, again = null) {
  const known = $('texts').content.querySelector(`[data-key="problem-${refusal.word}"]`);
  $('problem-text').textContent = known ? known.textContent : refusal.detail || say('problem-server');
  $('problem-retry').hidden = again === null;
  $('problem-retry').onclick = again;
  $('problem').hidden = false;
  $('problem').focus();
}

const PASSING = ['network', 'server', 'box-full'];

/* Runs one step with the button busy; only trouble with the line or the server can be retried. */
async function attempt(button, step) {
  $('problem').hidden = true;
  button.disabled = true;
  try {
    await step();
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal('broken', String(error));
    showProblem(refusal, PASSING.includes(refusal.word) ? () => attempt(button, step) : null);
  } finally {
    button.disabled = false;
  }
}

/* ---- views ---- */

function showView(name) {
  for (const id of ['start', 'survey', 'review', 'receipt']) $(id).hidden = id !== name;
  $('languages').hidden = name !== 'start'; /* another language is another page: answers would be lost */
  $('problem').hidden = true;
  window.scrollTo(0, 0);
}
