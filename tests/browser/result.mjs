/* node tests/browser/result.mjs [--screenshots DIR] URL FOLDER USED-CODE UNUSED-CODE
 * The result page of a counted wave (FOLDER: the wave's folder): receipts, withdrawals and codes are found at home, with the
 * keyboard and on a slow phone, and a list that was changed on its way is noticed. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { NARROW, check, finish, inspect, links, scenario } from './harness.mjs';

const [url, folder, used, unused] = links;
const lines = (file) => readFileSync(`${folder}/${file}`, 'utf8').split('\n').filter(Boolean);
const leaves = lines('leaves.txt');
const result = JSON.parse(readFileSync(`${folder}/result.json`, 'utf8'));

const ask = async (page, name, text) => {
  await page.locator(`#${name}-input`).fill(text);
  await page.locator(`#${name}-go`).click();
  await page.locator(`#${name}-result p`).first().waitFor();
  return page.locator(`#${name}-result`).textContent();
};

await scenario('answers at home', async (page) => {
  const asked = [];
  page.on('request', (request) => asked.push(request.url() + (request.postData() ?? '')));
  await page.goto(url);
  const found = await ask(page, 'receipt', leaves[0].match(/.{8}/g).join(' '));
  check('result: a counted receipt is found', found.includes('wurde gezählt'), found);
  check('result: the root is computed and is the published one',
    found.includes(result.root) && found.includes('unverändert'), found);
  for (const leaf of lines('withdrawn.txt')) {
    const text = await ask(page, 'receipt', leaf);
    check('result: a withdrawn receipt is told as withdrawn', text.includes('zurückgezogen'), text);
  }
  const absent = await ask(page, 'receipt', '0'.repeat(64));
  check('result: another receipt is not found, and what to do is said',
    absent.includes('steht nicht') && absent.includes('Personalrat'), absent);
  check('result: half a receipt is refused', (await ask(page, 'receipt', leaves[0].slice(9))).includes('64 Zeichen'));
  check('result: a used code is told as used', (await ask(page, 'code', used)).startsWith('Ja.'));
  check('result: an unused code is told as unused', (await ask(page, 'code', unused.toLowerCase())).startsWith('Nein.'));
  check('result: a mistyped code is refused', (await ask(page, 'code', unused.slice(1))).includes('21 Zeichen'));
  const secrets = [leaves[0], used, unused, used.replaceAll('-', ''), unused.replaceAll('-', '')];
  const leaked = asked.filter((one) => secrets.some((secret) => one.toLowerCase().includes(secret.toLowerCase())));
  check('result: neither receipt nor code leaves the page', leaked.length === 0, leaked.join(' '));
  await inspect(page, 'result');
});

await scenario('keyboard', async (page) => {
  await page.goto(`${url}?lang=en`);
  for (let i = 0; i < 20 && !(await page.evaluate(() => document.activeElement.id === 'receipt-input')); i++)
    await page.keyboard.press('Tab');
  await page.keyboard.type(leaves.at(-1));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('#receipt-result p').waitFor();
  const text = await page.locator('#receipt-result').textContent();
  check('result: with the keyboard alone, in English', text.includes('was counted'), text);
  await inspect(page, 'result-english');
});

await scenario('a changed list', async (page) => {
  await page.route('**/leaves.txt', (route) => route.fulfill({ body: `${leaves.slice(1).join('\n')}\n` }));
  await page.goto(url);
  const text = await ask(page, 'receipt', leaves.at(-1));
  check('result: a shortened list is noticed', text.includes('Achtung'), text);
  check('result: and not shown as good', (await page.locator('#receipt-result.bad').count()) === 1);
});

await scenario('20,000 receipts on a slow phone', async (page, context) => {
  const many = Array.from({ length: 20000 }, (_, i) => createHash('sha256').update(String(i)).digest('hex')).sort();
  await page.route('**/leaves.txt', (route) => route.fulfill({ body: `${many.join('\n')}\n` }));
  await page.setViewportSize(NARROW);
  await page.goto(url);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.evaluate(() => {
    globalThis.seen = new Set();
    const bar = document.getElementById('receipt-progress');
    const look = () => (bar.hidden || globalThis.seen.add(bar.value), requestAnimationFrame(look));
    look();
  });
  const begin = Date.now();
  const text = await ask(page, 'receipt', many[12345]);
  const moments = await page.evaluate(() => globalThis.seen.size);
  check('result: one of 20,000 is found', text.includes('20.000'), text);
  check('result: the progress is seen to move', moments >= 2, `${moments} positions`);
  console.log(`        ${Date.now() - begin} ms with a processor slowed down 4 times, ${moments} positions of the bar`);
});

await scenario('no script', async (page) => {
  await page.goto(url);
  check('result: without JavaScript the list is offered', await page.locator('noscript a').isVisible());
  check('result: and no form that does nothing', (await page.locator('form:visible').count()) === 0);
}, { javaScriptEnabled: false });

await finish();
