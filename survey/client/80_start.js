/* ---- start ---- */

async function loadManifest() {
  if (visit.manifest !== null) return;
  const bytes = await get(`/w/${visit.wave}/manifest`);
  const manifest = await readManifest(bytes, visit.wave, visit.fingerprint);
  if (manifest.form !== visit.form) throw new Refusal('form');
  visit.manifest = manifest;
  $('check-code').textContent = printFingerprint(manifest.fingerprint);
  $('check').hidden = false;
}

function codeFault(text) {
  $('code').toggleAttribute('aria-invalid', text !== '');
  if (text !== '') $('code').setAttribute('aria-invalid', 'true');
  $('code-fault').textContent = text;
  if (text !== '') $('code').focus();
}

/* Asks for the blind signature. The seed stays the same when the request is repeated. */
async function draw(code) {
  const { manifest } = visit;
  visit.seed ??= hex(crypto.getRandomValues(new Uint8Array(20)));
  visit.secrets = await deriveSecrets(unhex(visit.seed), manifest.fingerprint, manifest.modulus);
  if (visit.signature !== null) return;
  const message = join(visit.secrets.prefix, visit.secrets.serial);
  const { encoded, blinded } = await blind(message, visit.secrets.salt, visit.secrets.r, manifest.modulus);
  saveDraft();
  const body = JSON.stringify({ code, blinded: hex(toBytes(blinded, 384)) });
  const reply = await post(`/w/${visit.wave}/draw`, 'application/json', body);
  if (!/^[0-9a-f]{768}$/.test(reply.signature)) throw new Refusal('signature');
  visit.signature = finalise(BigInt('0x' + reply.signature), visit.secrets.undo, encoded, manifest.modulus);
  visit.unit = reply.unit || '';
}

async function begin() {
  const code = readCode($('code').value);
  if (code === null && visit.signature === null) return codeFault(say('code-fault'));
  codeFault('');
  await loadManifest();
  if (visit.fingerprint === '' && !visit.compared) {
    $('compare').hidden = false;
    $('compare').focus();
    return undefined;
  }
  visit.keep = $('keep').checked;
  try {
    await draw(code);
  } catch (error) {
    if (error instanceof Refusal && !PASSING.includes(error.word)) dropDraft(); /* it could never be sent */
    throw error;
  }
  prefillUnit();
  saveDraft();
  collect();
  if (visit.body !== null) return send();
  return openPage(Math.max(visit.at, 0));
}

/* A draft of this wave takes the visit up where it was left. */
function offerDraft() {
  const draft = readDraft();
  if (draft === null || typeof draft.seed !== 'string') return;
  if (visit.fingerprint !== '' && visit.fingerprint !== draft.fingerprint) return; /* of another survey */
  $('resume').hidden = false;
  $('join').hidden = true;
  $('resume-go').onclick = () => attempt($('resume-go'), async () => {
    visit.fingerprint = draft.fingerprint;
    Object.assign(visit, { seed: draft.seed, unit: draft.unit, drawn: draft.drawn, at: draft.at });
    visit.signature = draft.signature === '' ? null : BigInt('0x' + draft.signature);
    visit.body = draft.body === '' ? null : unhex(draft.body);
    $('keep').checked = true;
    $('resume').hidden = true;
    $('join').hidden = false;
    restoreAnswers(new Map(draft.answers));
    await begin();
  });
  $('resume-drop').onclick = () => {
    dropDraft();
    $('resume').hidden = true;
    $('join').hidden = false;
    $('code').focus();
  };
}

function startVisit() {
  const { code, fingerprint } = readFragment(location.hash);
  visit.fingerprint = fingerprint;
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
  $('join').hidden = false;
  if (code !== '') $('code').value = readCode(code) === null ? code : printCode(readCode(code));
  for (const link of document.querySelectorAll('#languages a'))
    link.addEventListener('click', (event) => {
      event.preventDefault();
      const typed = $('code').value.replace(/\s/g, '');
      location.replace(link.href + '#' + typed + (visit.fingerprint === '' ? '' : '.' + visit.fingerprint));
    });
  $('join').addEventListener('submit', (event) => {
    event.preventDefault();
    attempt($('join-go'), begin);
  });
  $('compare-yes').onclick = () => {
    visit.compared = true;
    $('compare').hidden = true;
    attempt($('join-go'), begin);
  };
  $('compare-no').onclick = () => {
    $('compare').hidden = true;
    $('join').hidden = true;
    showProblem(new Refusal('fingerprint'));
  };
  offerDraft();
  if (fingerprint === '') return;
  attempt($('join-go'), loadManifest).then(() => {
    if (visit.manifest === null && $('problem-retry').hidden) $('join').hidden = $('resume').hidden = true;
  });
}
