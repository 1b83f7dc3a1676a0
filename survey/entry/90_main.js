/* ---- beginning of a session ---- */

async function loadManifest() {
  const bytes = await get(`/w/${session.wave}/manifest`);
  const manifest = await readManifest(bytes, session.wave, session.fingerprint);
  if (manifest.form !== session.form) throw new Refusal('form');
  session.manifest = manifest;
  $('check-code').textContent = printFingerprint(manifest.fingerprint);
}

/* As at the kiosk: compared once, then the address remembers it. A card's code never stays in it. */
function remember() {
  const kept = session.fingerprint === '' ? '' : `#.${session.fingerprint}`;
  if (location.hash !== kept) history.replaceState(null, '', location.pathname + location.search + kept);
}

function compared(equal) {
  $('compare').hidden = true;
  if (!equal) return showProblem(new Refusal('fingerprint'), null);
  session.fingerprint = hex(session.manifest.fingerprint);
  remember();
  return showSettings();
}

function showSettings() {
  $('settings').hidden = false;
  $('begin-go').focus({ preventScroll: true });
}

function beginSession() {
  session.every = Number(document.querySelector('input[name="every"]:checked').value);
  session.isChosen = sampler(session.every);
  openSheet();
}

function startLanguages() {
  for (const link of document.querySelectorAll('#languages a, #draft a'))
    link.addEventListener('click', (event) => {
      event.preventDefault();
      location.replace(link.href + (session.fingerprint === '' ? '' : `#.${session.fingerprint}`));
    });
}

function startButtons() {
  $('begin-go').onclick = beginSession;
  $('compare-yes').onclick = () => compared(true);
  $('compare-no').onclick = () => compared(false);
  $('fields').addEventListener('submit', (event) => {
    event.preventDefault();
    openReview();
  });
  $('sheet-discard').onclick = discard;
  $('sheet-report').onclick = openReport;
  $('review-back').onclick = () => showView('sheet', $('code'));
  $('send').onclick = () => attempt($('send'), send);
  $('problem-code').onclick = () => {
    Object.assign(sheet, { seed: '', secrets: null, signature: null, body: null });
    showView('sheet', $('code'));
    $('code').select();
  };
  $('second-go').onclick = () => openSheet();
  $('differences-form').addEventListener('submit', (event) => {
    event.preventDefault();
    takeOver();
  });
  $('differences-form').addEventListener('keydown', onDifferenceKey);
  $('report-back').onclick = () => showView('sheet', $('code'));
  $('report-print').onclick = () => {
    session.saved = true;
    window.print();
  };
  $('report-save').onclick = saveReport;
  $('report-end').onclick = endSession;
}

function start() {
  const { page, wave, form } = document.body.dataset;
  if (page !== 'entry') return undefined;
  Object.assign(session, { wave, form, fingerprint: readFragment(location.hash).fingerprint });
  remember();
  startLines();
  startLanguages();
  startButtons();
  emptyFields();
  showView('begin');
  window.addEventListener('beforeunload', (event) => {
    if (session.touched || !session.saved) event.preventDefault();
  });
  /* A page taken out of the browser's memory would show what was typed. */
  window.addEventListener('pageshow', (event) => event.persisted && window.location.reload());
  if (!window.isSecureContext) return showProblem(new Refusal('insecure'), null);
  if (!crypto.subtle || typeof BigInt !== 'function') return showProblem(new Refusal('broken'), null);
  return attempt($('begin-go'), async () => {
    await loadManifest();
    if (session.fingerprint !== '') return showSettings();
    $('compare').hidden = false;
    return $('compare-title').focus();
  });
}

if (typeof document !== 'undefined') start();
