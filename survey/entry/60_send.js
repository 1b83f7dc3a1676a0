/* ---- sending: the card is drawn and the sheet is sealed only now, so that a sheet that is discarded or lost with the
 * window costs no card. Card and sheet belong to nobody: that both requests follow each other tells nothing. ---- */

async function draw() {
  const { manifest, wave } = session;
  if (sheet.signature !== null) return;
  sheet.seed ||= hex(noise(20)); /* the same seed repeats the same request */
  sheet.secrets = await deriveSecrets(unhex(sheet.seed), manifest.fingerprint, manifest.modulus);
  const message = join(sheet.secrets.prefix, sheet.secrets.serial);
  const { encoded, blinded } = await blind(message, sheet.secrets.salt, sheet.secrets.r, manifest.modulus);
  const body = JSON.stringify({ code: sheet.code, blinded: hex(toBytes(blinded, 384)), card: true });
  const reply = await post(`/w/${wave}/draw`, 'application/json', body);
  if (!/^[0-9a-f]{768}$/.test(reply.signature)) throw new Refusal('signature');
  sheet.signature = finalise(BigInt('0x' + reply.signature), sheet.secrets.undo, encoded, manifest.modulus);
}

/* Sealed once: the same answers go out as the same bytes until they are acknowledged. */
async function sealSheet(text) {
  const { manifest } = session;
  if (sheet.body !== null && sheet.text === text) return;
  sheet.sealed = await seal(pad(text, manifest.slot), unhex(manifest.box), manifest.fingerprint, sheet.secrets.serial);
  sheet.body = submission(sheet.secrets, sheet.signature, sheet.sealed);
  sheet.text = text;
}

async function deliver(answers) {
  const { manifest, wave } = session;
  await sealSheet(canonical(manifest.form, answers));
  const reply = await post(`${manifest.collector}/w/${wave}/submit`, 'text/plain', sheet.body);
  const leaf = await leafOf(sheet.secrets.serial, sheet.sealed);
  const signed = reply.receipt === hex(leaf) &&
    (await receiptHolds(unhex(manifest.receipt), leaf, unhex(reply.signature)));
  if (signed === false) throw new Refusal('receipt');
  return reply.receipt;
}

/* Chosen sheets are typed a second time first. */
async function send() {
  const { values } = readSheet();
  const { answers } = judge(session.fields, values);
  if (sheet.first !== null) return compare(answers);
  if (sheet.differences === null && session.isChosen(session.tally.sheets)) {
    Object.assign(sheet, { first: answers, firstCode: sheet.code });
    return beginSecond();
  }
  await draw();
  const receipt = await deliver(answers);
  const number = sheetNumber();
  addSheet(session.tally, session.fields.length, sheet.differences);
  session.used.add(sheet.code);
  session.saved = false;
  nextSheet(say('sent', { number }));
  $('receipt-code').textContent = '';
  $('sent-receipt').hidden = false;
  $('receipt-show').hidden = false;
  $('receipt-show').onclick = () => {
    $('receipt-code').textContent = receipt.match(/.{4}/g).join(' ');
    $('receipt-show').hidden = true;
    $('code').focus();
  };
  return undefined;
}
