/* ---- send: seals once; the same bytes are sent until they are acknowledged ---- */

const sealedLength = () => 65 + visit.manifest.slot + 16;

async function sealAnswers() {
  const { manifest, secrets } = visit;
  const plain = pad(canonical(manifest.form, visit.answers), manifest.slot);
  const sealed = await seal(plain, unhex(manifest.box), manifest.fingerprint, secrets.serial);
  visit.body = submission(secrets, visit.signature, sealed, visit.kind, visit.number);
}

/* The ballot box names the highest change it knows; whoever has the edit keys goes on from there with the same seal. */
function renumber(highest) {
  if (highest >= EDIT_MAX) throw new Refusal('too-many');
  if (visit.kind === BALLOT) visit.kind = CHANGE;
  visit.number = highest + 1;
  visit.body = submission(visit.secrets, visit.signature, visit.body.slice(-sealedLength()), visit.kind, visit.number);
  saveDraft();
}

async function handOver() {
  try {
    return await post(`${visit.manifest.collector}/w/${visit.wave}/submit`, 'text/plain', visit.body);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.word === 'closed') throw new Refusal(visit.kind === WITHDRAWAL ? 'closed' : 'closed-late');
    if (error.word === 'already-sent') visit.highest = error.reply.change;
    throw error;
  }
}

/* A change whose number is taken (another device was faster) goes out again with the next one. */
async function deliver() {
  let reply = null;
  for (let tries = 0; reply === null; tries++)
    try {
      reply = await handOver();
    } catch (error) {
      const taken = error.word === 'already-sent' && Number.isInteger(visit.highest);
      if (!taken || visit.kind === BALLOT || tries === 2) throw error;
      renumber(visit.highest);
    }
  const leaf = await leafOf(visit.secrets.serial, visit.body.slice(-sealedLength()));
  if (reply.receipt !== hex(leaf)) throw new Refusal('receipt');
  const signed = await receiptHolds(unhex(visit.manifest.receipt), leaf, unhex(reply.signature));
  if (signed === false) throw new Refusal('receipt');
  stopWaiting();
  showReceipt(reply.receipt, signed);
}

/* The person decided that the answers here take the place of those sent before. */
async function replaceSent() {
  renumber(Number.isInteger(visit.highest) ? visit.highest : 0);
  await deliver();
}

/* ---- delay: at a random moment while the window is open, at once when it closes ---- */

function stopWaiting() {
  clearTimeout(visit.waiting);
  visit.waiting = 0;
}

/* The window closes: the bytes go out without anybody to read the answer. On the own device the draft keeps them, and
 * the next visit repeats them for the receipt. */
function sendLeaving() {
  if (visit.waiting === 0) return;
  const url = `${visit.manifest.collector}/w/${visit.wave}/submit`;
  stopWaiting();
  visit.left = true;
  if ('keepalive' in Request.prototype) fetch(url, postOptions('text/plain', visit.body)).catch(() => {});
  else navigator.sendBeacon(url, new Blob([visit.body], { type: 'text/plain' }));
}

function wait() {
  const deliverNow = () => {
    stopWaiting();
    return attempt($('send-now'), deliver);
  };
  showView('waiting');
  $('waiting-until').textContent = say('waiting', { count: visit.manifest.delay });
  $('waiting-leave').textContent = say(visit.keep && !visit.storageFailed ? 'waiting-own' : 'waiting-other');
  visit.waiting = setTimeout(deliverNow, randomDelay(visit.manifest.delay));
  $('send-now').onclick = deliverNow;
  $('waiting-title').focus();
}

/* Cards are taken in a queue that everybody can see: a kiosk does not wait. */
async function send() {
  const first = visit.body === null;
  if (first && visit.kind === WITHDRAWAL)
    visit.body = submission(visit.secrets, visit.signature, noise(sealedLength()), WITHDRAWAL, visit.number);
  else if (first) await sealAnswers();
  saveDraft();
  return first && visit.manifest.delay > 0 && !visit.kiosk ? wait() : deliver();
}

/* All answers as text, for a person whose survey closed too early. */
async function copyAnswers() {
  const rows = [...document.querySelectorAll('#review-list .review-row')].map(
    (row) => `${row.querySelector('dt').textContent}\n${row.querySelector('dd span').textContent}\n`);
  await copyText(rows.join('\n'), $('review-list'), $('problem-status'));
}
