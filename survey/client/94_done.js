/* ---- after sending: the receipt, and the key for changes ---- */

/* The last day for changes as the page's language writes it. */
function closing() {
  const { lang } = document.documentElement;
  const day = new Date(`${visit.manifest.closes}T12:00:00Z`);
  const form = { day: 'numeric', month: 'long', year: 'numeric' };
  return { date: day.toLocaleDateString(lang === 'en' ? 'en-GB' : lang, form) };
}

const DONE = { [BALLOT]: 'done-sent', [CHANGE]: 'done-changed', [WITHDRAWAL]: 'done-withdrawn' };
const FOR = { [BALLOT]: 'proof-sent', [CHANGE]: 'proof-changed', [WITHDRAWAL]: 'proof-withdrawn' };
const NEXT = { [BALLOT]: 'next-sent', [CHANGE]: 'next-sent', [WITHDRAWAL]: 'next-withdrawn' };

/* The answers leave the page; the seed stays in memory for the recovery code until the window is left. */
function forgetAnswers() {
  for (const item of visit.items) clearItem(item);
  Object.assign(visit, { secrets: null, signature: null, body: null, answers: new Map() });
  $('review-list').textContent = $('code').value = $('recovery-input').value = '';
}

/* A key kept before stays in step with the changes; the first time the person is asked. */
function offerKey() {
  const kept = readKey()?.seed === visit.seed;
  $('keep-key-row').hidden = !visit.keep && !kept;
  $('keep-key').checked = kept;
  if (kept) saveKey();
  $('keep-key').onchange = () => {
    const chosen = $('keep-key').checked && saveKey();
    if (!chosen) dropKept(keyName());
    $('keep-key').checked = chosen;
    $('keep-key-status').textContent = say(chosen ? 'key-kept' : 'key-dropped');
  };
}

function showReceipt(receipt, signed) {
  visit.sent = true;
  dropDraft();
  forgetAnswers();
  $('receipt-title').textContent = say(DONE[visit.kind]);
  $('receipt-next').textContent = say(NEXT[visit.kind], closing());
  $('receipt-for').textContent = say(FOR[visit.kind]);
  if ($('receipt-check') !== null) $('receipt-check').hidden = visit.kind === WITHDRAWAL;
  $('receipt-code').textContent = receipt.match(/.{4}/g).join(' ');
  $('receipt-signed').textContent = say(signed ? 'receipt-signed' : 'receipt-unchecked');
  $('receipt-copy').hidden = visit.shared; /* a shared clipboard is read by the next person */
  $('receipt-print').hidden = visit.kiosk;
  $('receipt-copy').onclick = () => copyText(receipt, $('receipt-code'), $('receipt-status'));
  $('receipt-print').onclick = () => printPart();
  $('done').parentElement.hidden = !visit.shared;
  $('receipt-clears').hidden = !visit.shared;
  offerKey();
  showView('receipt');
  history.replaceState(null, '');
  $('receipt-title').focus();
}
