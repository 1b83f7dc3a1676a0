/* ---- start: code, recovery code, device ---- */

async function loadManifest() {
  if (visit.manifest !== null) return;
  const bytes = await get(`/w/${visit.wave}/manifest`);
  const manifest = await readManifest(bytes, visit.wave, visit.fingerprint);
  if (manifest.form !== visit.form) throw new Refusal('form');
  visit.manifest = manifest;
  $('check-code').textContent = printFingerprint(manifest.fingerprint);
  $('check').hidden = false;
}

/* Says at the field what is wrong with it; '' takes it back. */
function fieldFault(field, text) {
  if (text === '') field.removeAttribute('aria-invalid');
  else field.setAttribute('aria-invalid', 'true');
  $(`${field.id}-fault`).textContent = text;
  if (text !== '') field.focus();
}

/* Asks for the blind signature. The same seed makes the same request, and the same request gets the same answer. */
async function draw(code) {
  const { manifest } = visit;
  visit.seed ??= hex(noise(20));
  visit.secrets = await deriveSecrets(unhex(visit.seed), manifest.fingerprint, manifest.modulus);
  if (visit.signature !== null) return;
  const message = join(visit.secrets.prefix, visit.secrets.serial);
  const { encoded, blinded } = await blind(message, visit.secrets.salt, visit.secrets.r, manifest.modulus);
  saveDraft();
  const body = JSON.stringify({ code, blinded: hex(toBytes(blinded, 384)), ...(visit.kiosk ? { card: true } : {}) });
  const reply = await post(`/w/${visit.wave}/draw`, 'application/json', body).catch((error) => {
    const mismatch = error.word === 'already-drawn' && visit.mode !== 'new';
    throw mismatch ? new Refusal('other-seed') : error;
  });
  if (!/^[0-9a-f]{768}$/.test(reply.signature)) throw new Refusal('signature');
  visit.signature = finalise(BigInt('0x' + reply.signature), visit.secrets.undo, encoded, manifest.modulus);
  visit.unit = reply.unit || '';
}

/* The fields of the form → { code, seed }; null when one of them is mistyped, which is then said. A scanned or pasted
 * link brings its fingerprint; it must be the one this page already has. */
function readForm() {
  const entry = readEntry($('code').value);
  const code = readCode(entry.code);
  fieldFault($('code'), code === null && visit.signature === null ? say('code-fault') : '');
  if (code === null && visit.signature === null) return null;
  if (entry.fingerprint !== '') {
    if (visit.fingerprint !== '' && visit.fingerprint !== entry.fingerprint) throw new Refusal('fingerprint');
    if (visit.fingerprint === '') visit.manifest = null; /* to be held against it */
    visit.fingerprint = entry.fingerprint;
    $('code').value = code === null ? '' : printCode(code);
  }
  if ($('recovery').hidden) return { code, seed: visit.seed };
  const seed = readRecovery($('recovery-input').value);
  fieldFault($('recovery-input'), seed === null ? say('recovery-fault') : '');
  return seed === null ? null : { code, seed: hex(seed) };
}

/* What the person chose; a kiosk has no choice. */
function readDevice() {
  visit.keep = $('keep')?.checked ?? false;
  visit.shared = visit.kiosk || ($('shared')?.checked ?? false);
  watchIdle();
}

/* Form read, wave checked, ballot fetched; false when the person has something to do first. */
async function enter() {
  const form = readForm();
  if (form === null) return false;
  await loadManifest();
  if (visit.fingerprint === '' && !visit.compared) {
    $('compare').hidden = false;
    $('compare').focus();
    return false;
  }
  if (visit.seed !== form.seed) visit.signature = null;
  visit.seed = form.seed;
  readDevice();
  try {
    await draw(form.code);
  } catch (error) {
    if (error.word === 'already-drawn') {
      dropDraft(); /* another seed was first: this one could never be sent */
      visit.seed = null;
    }
    throw error;
  }
  return true;
}

/* Where this device knows of no change the ballot box says which number comes next. */
const nextNumber = () => Math.min((readKey()?.change ?? 0) + 1, EDIT_MAX);

async function begin() {
  if (!(await enter())) return undefined;
  layQuestions();
  if (visit.mode === 'again' && visit.kind !== CHANGE)
    Object.assign(visit, { kind: CHANGE, number: nextNumber(), body: null });
  prefillUnit();
  saveDraft();
  collect();
  if (visit.body !== null) return deliver();
  return openPage(Math.max(visit.at, 0));
}

async function beginWithdrawal() {
  if (!(await enter())) return;
  Object.assign(visit, { kind: WITHDRAWAL, number: nextNumber(), body: null });
  openDialog($('withdraw'));
}

/* The start form serves three purposes; each says what it needs. */
function setMode(mode, focus = true) {
  visit.mode = mode;
  const key = mode === 'again' ? readKey() : null;
  visit.seed = key?.seed ?? null;
  Object.assign(visit, { signature: null, kind: BALLOT, number: 0, body: null });
  if (key !== null && visit.fingerprint === '') visit.fingerprint = key.fingerprint;
  $('join-title').textContent = say(`mode-${mode}`);
  $('join-note').textContent = mode === 'new' ? '' : say(key === null ? `mode-${mode}-note` : 'mode-key-note');
  $('join-note').hidden = mode === 'new';
  $('join-go').textContent = say(`mode-${mode}-go`);
  $('recovery').hidden = mode === 'new' || key !== null;
  $('join-withdraw').hidden = mode !== 'again';
  $('code-hint').hidden = mode !== 'new';
  for (const name of ['new', 'resume', 'again']) $(`way-${name}`).hidden = name === mode;
  for (const field of ['code', 'recovery-input']) fieldFault($(field), '');
  $('problem').hidden = true;
  if (focus) $('join-title').focus();
}

/* A draft of this wave takes the visit up where it was left. */
function offerDraft() {
  const draft = readKept(draftName());
  if (draft === null || typeof draft.seed !== 'string') return;
  if (visit.fingerprint !== '' && visit.fingerprint !== draft.fingerprint) return; /* of another survey */
  $('resume').hidden = false;
  $('join').hidden = true;
  $('resume-note').textContent = say(draft.body === '' ? 'draft-note' : 'draft-sealed');
  $('resume-go').onclick = () => attempt($('resume-go'), async () => {
    visit.fingerprint = draft.fingerprint;
    Object.assign(visit, { seed: draft.seed, unit: draft.unit, drawn: draft.drawn, at: draft.at });
    Object.assign(visit, { kind: draft.kind ?? BALLOT, number: draft.number ?? 0 });
    visit.signature = draft.signature === '' ? null : BigInt('0x' + draft.signature);
    visit.body = draft.body === '' ? null : unhex(draft.body);
    $('keep').checked = true;
    $('resume').hidden = true;
    $('join').hidden = false;
    layQuestions();
    Object.assign(visit, { order: draft.order ?? {}, begun: draft.begun ?? [] });
    drawAll();
    restoreAnswers(new Map(draft.answers.map(([id, value]) => [id, value.sum ? new Map(value.sum) : value])));
    await begin();
  });
  $('resume-drop').onclick = () => {
    dropDraft();
    $('resume').hidden = true;
    $('join').hidden = false;
    $('code').focus();
  };
}

/* Who sent from this device and kept the key is offered what can be done with it. */
function offerKept() {
  if (readKey() === null) return;
  $('kept').hidden = false;
  $('kept-go').onclick = () => {
    $('kept').hidden = true;
    setMode('again');
  };
  $('kept-drop').onclick = () => {
    dropKept(keyName());
    $('kept').hidden = true;
    $('join-title').focus();
  };
}

/* The code leaves address bar and history at once. A kiosk keeps the fingerprint in its address: that is its only memory,
 * and it survives every clearing. */
function takeFragment() {
  const { code, fingerprint } = readFragment(location.hash);
  if (visit.manifest === null) visit.fingerprint = fingerprint;
  const kept = visit.kiosk && visit.fingerprint !== '' ? `#.${visit.fingerprint}` : '';
  if (location.hash !== kept) history.replaceState(null, '', location.pathname + location.search + kept);
  if (code !== '' && visit.signature === null) $('code').value = readCode(code) === null ? code : printCode(readCode(code));
}

/* The link opened once more in the same window changes the fragment only: a visit that is under way goes on, else the page
 * starts anew. */
function takeLinkAgain() {
  const { code, fingerprint } = readFragment(location.hash);
  if (readCode(code) === null && (fingerprint === '' || fingerprint === visit.fingerprint)) return; /* #main */
  if (visit.signature === null || visit.sent) window.location.reload();
  else takeFragment();
}

function startLanguages() {
  for (const link of document.querySelectorAll('#languages a, #draft a'))
    link.addEventListener('click', (event) => {
      event.preventDefault();
      const typed = readEntry($('code').value).code.replace(/\s/g, '');
      location.replace(link.href + '#' + typed + (visit.fingerprint === '' ? '' : '.' + visit.fingerprint));
    });
}

/* At a kiosk the first person compares, and the address remembers it for all others. */
function compared(same) {
  $('compare').hidden = true;
  $('join-go').parentElement.before($('check'));
  visit.compared = same;
  $('join').hidden = !same;
  if (!same) return showProblem(new Refusal('fingerprint'));
  if (!visit.kiosk) return attempt($('join-go'), begin);
  visit.fingerprint = hex(visit.manifest.fingerprint);
  history.replaceState(null, '', `${location.pathname}${location.search}#.${visit.fingerprint}`);
  return $('code').focus();
}

function askOperator() {
  $('join').hidden = true;
  $('compare-title').after($('check'));
  $('compare').hidden = false;
  $('compare').focus();
}

function startVisit() {
  takeFragment();
  startLanguages();
  window.addEventListener('hashchange', takeLinkAgain);
  $('join').hidden = false;
  $('join').addEventListener('submit', (event) => {
    event.preventDefault();
    attempt($('join-go'), begin);
  });
  $('recovery-input').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return; /* two rows to see the whole code, yet one line to type */
    event.preventDefault();
    $('join').requestSubmit($('join-go'));
  });
  for (const mode of ['new', 'resume', 'again']) $(`way-${mode}`).onclick = () => setMode(mode);
  for (const choice of document.querySelectorAll('#device input')) choice.addEventListener('change', () => {
    readDevice();
    if (!visit.shared) unwatchIdle();
  });
  $('join-withdraw').onclick = () => attempt($('join-withdraw'), beginWithdrawal);
  $('withdraw-go').onclick = () => {
    closeDialog($('withdraw'));
    attempt($('join-withdraw'), send);
  };
  $('withdraw-stop').onclick = () => closeDialog($('withdraw'));
  $('compare-yes').onclick = () => compared(true);
  $('compare-no').onclick = () => compared(false);
  if (visit.kiosk) $('code').focus({ preventScroll: true });
  else {
    offerKept();
    offerDraft();
  }
  if (visit.fingerprint === '' && !visit.kiosk) {
    setTimeout(layQuestions);
    return;
  }
  let early = false; /* Enter before the page is ready: a scanner does not wait, and the button is not yet awake */
  const note = (event) => { early ||= event.key === 'Enter'; };
  $('code').addEventListener('keydown', note);
  attempt($('join-go'), loadManifest).then(() => {
    $('code').removeEventListener('keydown', note);
    if (early && visit.manifest !== null && visit.fingerprint !== '') $('join').requestSubmit($('join-go'));
    setTimeout(layQuestions); /* once the start is to be seen */
    if (visit.manifest !== null && visit.fingerprint === '') askOperator();
    if (visit.manifest === null && $('problem-retry').hidden)
      for (const id of ['join', 'resume', 'kept']) $(id).hidden = true;
  });
}
