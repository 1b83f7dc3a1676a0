/* Which page this is. */

/* The answers of a draft can no longer be sent when the wave is closed: nothing of them stays here. */
function startClosed() {
  const kept = [draftName(), keyName()].filter((name) => readKept(name) !== null);
  for (const name of kept) dropKept(name);
  $('closed-dropped').hidden = kept.length === 0;
}

function start() {
  const { page, wave, form, over } = document.body.dataset;
  Object.assign(visit, { wave, form, kiosk: page === 'kiosk', shared: page === 'kiosk' });
  if (page === 'receipt') return startReceiptPage();
  if (page === 'closed') return over === '1' ? startClosed() : undefined;
  if (page !== 'survey' && page !== 'kiosk') return undefined;
  $('unable').hidden = true;
  if (!window.isSecureContext) return showProblem(new Refusal('insecure'));
  if (!crypto.subtle || typeof BigInt !== 'function') return showProblem(new Refusal('broken'));
  startVisit(); /* first: the manifest is on its way while the questions are read */
  startQuestions();
  startShared();
  startRecovery();
  $('send').onclick = () => attempt($('send'), send);
  window.addEventListener('pagehide', sendLeaving);
  return undefined;
}

if (typeof document !== 'undefined') start();
