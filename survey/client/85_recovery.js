/* ---- recovery code: the seed, to be written down ---- */

function showRecovery() {
  $('recovery-for').textContent = say(visit.sent ? 'recovery-after' : 'recovery-during', closing());
  $('recovery-code').textContent = printRecovery(unhex(visit.seed));
  $('recovery-status').textContent = '';
  for (const id of ['recovery-copy', 'recovery-print']) $(id).hidden = visit.shared;
  openDialog($('recovery-show'));
}

function startRecovery() {
  for (const button of document.querySelectorAll('.recovery-open')) button.onclick = showRecovery;
  $('recovery-copy').onclick = () =>
    copyText($('recovery-code').textContent, $('recovery-code'), $('recovery-status'));
  $('recovery-print').onclick = () => printPart('recovery');
  $('recovery-close').onclick = () => closeDialog($('recovery-show'));
}
