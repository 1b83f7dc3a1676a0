/* ---- receipt page: the whole list is fetched and searched here, so nobody learns which receipt was looked up ---- */

export const readReceipt = (text) => {
  const receipt = text.toLowerCase().replace(/[^0-9a-z]/g, '');
  return /^[0-9a-f]{64}$/.test(receipt) ? receipt : null;
};

/* Merkle tree head (RFC 6962, 2.1) over hashes that are leaf hashes already. */
export async function treeHead(leaves) {
  let row = leaves;
  if (row.length === 0) return sha256(NOTHING);
  while (row.length > 1) {
    const next = [];
    for (let i = 0; i + 1 < row.length; i += 2) next.push(await sha256(join(Uint8Array.of(1), row[i], row[i + 1])));
    if (row.length % 2 === 1) next.push(row.at(-1));
    row = next;
  }
  return row[0];
}

async function checkReceipt() {
  const receipt = readReceipt($('receipt-input').value);
  const result = $('receipt-result');
  result.className = 'result';
  if (receipt === null) {
    result.textContent = say('receipt-malformed');
    $('receipt-input').focus();
    return;
  }
  const leaves = new TextDecoder().decode(await get(`/w/${visit.wave}/leaves.txt`)).split('\n').filter(Boolean);
  const found = leaves.includes(receipt);
  result.classList.add(found ? 'good' : 'bad');
  result.textContent = say(found ? 'receipt-found' : 'receipt-absent', { count: leaves.length });
  const root = hex(await treeHead(leaves.map(unhex)));
  add(result, 'small', say('receipt-root', { root }));
}

function startReceiptPage() {
  $('receipt-form').addEventListener('submit', (event) => {
    event.preventDefault();
    attempt($('receipt-go'), checkReceipt);
  });
  $('receipt-form').hidden = false;
}
