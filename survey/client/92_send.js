/* ---- send and receipt ---- */

/* Seals once; the same bytes are sent until they are acknowledged. */
async function send() {
  const { manifest, secrets } = visit;
  if (visit.body === null) {
    const plain = pad(canonical(manifest.form, visit.answers), manifest.slot);
    const sealed = await seal(plain, unhex(manifest.box), manifest.fingerprint, secrets.serial);
    visit.body = submission(secrets, visit.signature, sealed);
    saveDraft();
  }
  const reply = await post(`${manifest.collector}/w/${visit.wave}/submit`, 'text/plain', visit.body);
  const leaf = await leafOf(secrets.serial, visit.body.slice(-(65 + manifest.slot + 16)));
  if (reply.receipt !== hex(leaf)) throw new Refusal('receipt');
  const signed = await receiptHolds(unhex(manifest.receipt), leaf, unhex(reply.signature));
  if (signed === false) throw new Refusal('receipt');
  showReceipt(reply.receipt, signed);
}

function showReceipt(receipt, signed) {
  visit.sent = true;
  dropDraft();
  for (const item of visit.items) clearItem(item);
  Object.assign(visit, { seed: null, secrets: null, signature: null, body: null, answers: new Map() });
  $('review-list').textContent = '';
  $('receipt-code').textContent = receipt.match(/.{4}/g).join(' ');
  $('receipt-signed').textContent = say(signed ? 'receipt-signed' : 'receipt-unchecked');
  $('receipt-copy').onclick = async () => {
    try {
      await navigator.clipboard.writeText(receipt);
      $('receipt-status').textContent = say('copied');
    } catch {
      window.getSelection().selectAllChildren($('receipt-code'));
      $('receipt-status').textContent = say('copy-by-hand');
    }
  };
  $('receipt-print').onclick = () => window.print();
  showView('receipt');
  history.replaceState(null, '');
  $('receipt-title').focus();
}
