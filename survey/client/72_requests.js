/* ---- requests ---- */

/* keepalive: a request on its way survives that the window is closed. */
const postOptions = (type, body) => ({
  method: 'POST', body, headers: { 'Content-Type': type, 'Accept-Language': document.documentElement.lang },
  credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', redirect: 'error', keepalive: true,
});

export async function post(url, type, body) {
  let answer;
  try {
    answer = await fetch(url, postOptions(type, body));
  } catch {
    throw new Refusal('network');
  }
  const reply = await answer.json().catch(() => ({}));
  if (answer.ok && reply.signature) return reply;
  throw Object.assign(new Refusal(reply.error || (answer.ok ? 'network' : 'server'), reply.message), { reply });
}

export async function get(url) {
  let answer;
  try {
    answer = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' });
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw new Refusal('network');
  }
  throw new Refusal(answer.status === 404 ? 'missing' : 'server');
}

/* ---- problems ---- */

const PASSING = ['network', 'server', 'box-full', 'receipt'];

/* What a person can do beside trying again: [text, what happens]. */
const WAYS_OUT = {
  'closed-late': () => [
    ...(visit.shared ? [] : [['answers-copy', copyAnswers], ['answers-print', () => printPart()]]),
    ['answers-delete', discard],
  ],
  'already-sent': () => (visit.body === null ? [] : [['replace', () => attempt($('send'), replaceSent)]]),
};

/* Says what went wrong and what to do; again repeats the identical request. */
function showProblem(refusal, again = null) {
  const known = $('texts').content.querySelector(`[data-key="problem-${refusal.word}"]`);
  $('problem-text').textContent = known ? known.textContent : refusal.detail || say('problem-server');
  $('problem-ways').textContent = '';
  for (const [text, run] of WAYS_OUT[refusal.word]?.() ?? [])
    add($('problem-ways'), 'button', say(text), { type: 'button', class: 'plain' }).onclick = run;
  $('problem-retry').hidden = again === null;
  $('problem-retry').onclick = again;
  $('problem').hidden = false;
  $('problem').focus();
}

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
