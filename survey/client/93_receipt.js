/* ---- result page: whole lists are fetched and searched here, so nobody learns which receipt or code was looked up ---- */

export const readReceipt = (text) => {
  const receipt = text.toLowerCase().replace(/[^0-9a-z]/g, '');
  return /^[0-9a-f]{64}$/.test(receipt) ? receipt : null;
};

/* Merkle tree head (RFC 6962, 2.1) over hashes that are leaf hashes already. Several hashes are on their way at once: one
 * after the other takes seconds on a phone. */
const AT_ONCE = 256;

export async function treeHead(leaves, tell = () => {}) {
  let row = leaves;
  if (row.length === 0) return sha256(NOTHING);
  for (let done = 0; row.length > 1; ) {
    const next = [];
    for (let i = 0; i + 1 < row.length; i += 2 * AT_ONCE) {
      const pairs = [];
      for (let k = i; k + 1 < row.length && k < i + 2 * AT_ONCE; k += 2)
        pairs.push(sha256(join(Uint8Array.of(1), row[k], row[k + 1])));
      next.push(...(await Promise.all(pairs)));
      tell((done += pairs.length) / leaves.length);
    }
    if (row.length % 2 === 1) next.push(row.at(-1));
    row = next;
  }
  return row[0];
}

/* What drawn.txt holds of a code (20 characters and the check character). */
export async function drawnHash(code) {
  const hash = await sha256(encoder.encode('querschnitt-code' + code.slice(0, 20)));
  return sha256(join(encoder.encode('drawn'), hash));
}

const fetched = new Map(); /* lists of this visit: a second question needs no second download */

/* Lines of a published list. The length is told by the server, or guessed from what it says about the compressed one. */
async function getLines(file, tell) {
  if (fetched.has(file)) return fetched.get(file);
  let answer;
  const parts = [];
  try {
    answer = await fetch(`/w/${visit.wave}/${file}`, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!answer.ok) throw new Refusal(answer.status === 404 ? 'missing' : 'server');
    const total = Number(answer.headers.get('Content-Length')) * (answer.headers.get('Content-Encoding') ? 1.7 : 1) || 0;
    const reader = answer.body.getReader();
    for (let length = 0, step = await reader.read(); !step.done; step = await reader.read()) {
      parts.push(step.value);
      length += step.value.length;
      if (total > 0) tell(Math.min(1, length / total));
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('network');
  }
  const lines = new TextDecoder().decode(join(...parts)).split('\n').filter(Boolean);
  fetched.set(file, lines);
  return lines;
}

/* Shows the bar while step(tell) runs; tell takes 0..1. */
async function withProgress(bar, step) {
  bar.value = 0;
  bar.hidden = false;
  try {
    return await step((share) => (bar.value = share));
  } finally {
    bar.hidden = true;
  }
}

const grouped = (number) => number.toLocaleString(document.documentElement.lang);

/* All at once, so that a screen reader says it in one go. */
function showResult(place, good, text, ...notes) {
  place.className = good ? 'result good' : 'result bad';
  place.textContent = '';
  add(place, 'p', text);
  for (const note of notes) add(place, 'small', note);
}

/* The list held against result.json, so that a shortened or changed list is noticed by everybody who looks. */
async function compareRoot(leaves, tell) {
  if (!crypto.subtle) return { good: true, notes: [say('receipt-root-open')] };
  const root = hex(await treeHead(leaves.map(unhex), tell));
  const result = JSON.parse(new TextDecoder().decode(await get(`/w/${visit.wave}/result.json`)));
  const good = result.root === root && result.ballots === leaves.length;
  return { good, notes: [say(good ? 'receipt-root-good' : 'receipt-root-bad'), say('receipt-root', { root })] };
}

function refuseField(input, place, text) {
  input.setAttribute('aria-invalid', 'true');
  showResult(place, false, text);
  input.focus();
}

function beginLookup(input, place) {
  input.removeAttribute('aria-invalid');
  place.className = 'result';
  place.textContent = '';
}

async function checkReceipt() {
  const [input, place] = [$('receipt-input'), $('receipt-result')];
  const receipt = readReceipt(input.value);
  if (receipt === null) return refuseField(input, place, say('receipt-malformed'));
  beginLookup(input, place);
  return withProgress($('receipt-progress'), async (tell) => {
    const leaves = await getLines('leaves.txt', (share) => tell(share / 2));
    const withdrawn = await getLines('withdrawn.txt', () => {});
    const { good, notes } = await compareRoot(leaves, (share) => tell(0.5 + share / 2));
    const count = grouped(leaves.length);
    if (leaves.includes(receipt)) showResult(place, good, say('receipt-found', { count }), ...notes);
    else if (withdrawn.includes(receipt)) showResult(place, false, say('receipt-withdrawn'), ...notes);
    else {
      showResult(place, false, say('receipt-absent', { count }), ...notes);
      place.firstChild.after(add(place, 'p', say('receipt-help')));
    }
  });
}

async function checkCode() {
  const [input, place] = [$('code-input'), $('code-result')];
  const code = readCode(input.value);
  if (code === null) return refuseField(input, place, say('code-fault'));
  if (!crypto.subtle) throw new Refusal('insecure');
  beginLookup(input, place);
  return withProgress($('code-progress'), async (tell) => {
    const drawn = await getLines('drawn.txt', tell);
    const used = drawn.includes(hex(await drawnHash(code)));
    showResult(place, !used, say(used ? 'code-used' : 'code-unused', { count: grouped(drawn.length) }));
  });
}

function startReceiptPage() {
  for (const [name, check] of [['receipt', checkReceipt], ['code', checkCode]]) {
    const form = $(`${name}-form`);
    if (form === null) continue; /* before the count */
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      attempt($(`${name}-go`), check);
    });
    form.hidden = false;
  }
}
