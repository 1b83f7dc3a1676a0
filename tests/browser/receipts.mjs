/* node tests/browser/receipts.mjs URL COUNT.json PARTICIPATE.json…
 * After the count: the receipt page finds every receipt, refuses another, and computes the root that was published. */
import { readFileSync } from 'node:fs';
import { launch } from './respondent.mjs';

const [url, countFile, ...files] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(name, 'utf8'));
const receipts = files.flatMap((name) => read(name).receipts);
const browser = await launch();
const page = await browser.newPage({ locale: 'de-DE' });
const asked = [];
page.on('request', (request) => asked.push(request.url()));
await page.goto(url);
let failed = 0;
const look = async (receipt) => {
  await page.locator('#receipt-input').fill(receipt.match(/.{4}/g).join(' '));
  await page.locator('#receipt-go').click();
  await page.waitForFunction(() => document.getElementById('receipt-progress').hidden &&
    document.querySelectorAll('#receipt-result small').length === 2);
  return page.locator('#receipt-result').textContent();
};
await page.locator('#receipt-input').fill('not a receipt');
await page.locator('#receipt-go').click();
if (!(await page.locator('#receipt-result').textContent()).includes('64 Zeichen')) failed++;
const withdrawn = files.flatMap((name) => read(name).withdrawn ?? []);
const old = files.flatMap((name) => read(name).old ?? []); /* of answers that were changed or withdrawn */
for (const receipt of [...receipts, ...withdrawn, ...old, '0'.repeat(64)]) {
  const text = await look(receipt);
  const expected = receipts.includes(receipt) ? 'wurde gezählt' : withdrawn.includes(receipt) ? 'zurückgezogen' : 'steht nicht';
  if (text.includes(expected) && text.includes(read(countFile).root)) continue;
  failed++;
  console.log(`NOT OK  ${receipt}: ${text}`);
}
const leaked = asked.filter((address) => receipts.some((receipt) => address.includes(receipt)));
if (leaked.length > 0) failed++;
await browser.close();
console.log(`receipts: ${receipts.length + old.length + withdrawn.length + 3 - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
