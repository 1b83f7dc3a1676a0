/* ---- what is kept on the person's own device: a draft before sending, the key for changes after it ----
 * Both only after consent. The draft holds answers; the key is seed and number of the change, never an answer. */

const draftName = () => `querschnitt ${visit.wave}`;
const keyName = () => `querschnitt ${visit.wave} key`;

function readKept(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function dropKept(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    /* storage is switched off: nothing was kept */
  }
}

const dropDraft = () => dropKept(draftName());

/* Says once when nothing can be kept; an older draft stays, because without its seed the code would be lost. */
function keepText(name, text) {
  try {
    localStorage.setItem(name, text);
    return true;
  } catch {
    visit.storageFailed = true;
    $('storage-note').hidden = false;
    return false;
  }
}

function saveDraft() {
  if (!visit.keep || visit.sent || visit.seed === null) return;
  keepText(draftName(), JSON.stringify({
    fingerprint: hex(visit.manifest.fingerprint), seed: visit.seed, unit: visit.unit, drawn: visit.drawn,
    signature: visit.signature === null ? '' : visit.signature.toString(16),
    answers: [...visit.answers].map(([id, value]) => [id, value instanceof Map ? { sum: [...value] } : value]),
    order: visit.order, begun: visit.begun, at: visit.at, body: visit.body === null ? '' : hex(visit.body),
    kind: visit.kind, number: visit.number,
  }));
}

/* The key for changes of this wave; null when there is none or it is of another manifest. */
function readKey() {
  const key = readKept(keyName());
  if (key === null || !/^[0-9a-f]{40}$/.test(key.seed) || !Number.isInteger(key.change)) return null;
  return visit.fingerprint !== '' && visit.fingerprint !== key.fingerprint ? null : key;
}

const saveKey = () => keepText(keyName(), JSON.stringify({
  seed: visit.seed, change: visit.number, fingerprint: hex(visit.manifest.fingerprint),
}));
