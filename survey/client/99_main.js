/* Which page this is. */
function start() {
  visit.wave = document.body.dataset.wave;
  visit.form = document.body.dataset.form;
  if (document.body.dataset.page === 'receipt') return startReceiptPage();
  if (document.body.dataset.page !== 'survey') return undefined;
  if (!window.isSecureContext || !crypto.subtle) return showProblem(new Refusal('insecure'));
  startQuestions();
  startVisit();
  $('send').onclick = () => attempt($('send'), send);
  return undefined;
}

if (typeof document !== 'undefined') start();
