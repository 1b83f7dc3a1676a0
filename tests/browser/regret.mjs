/* node tests/browser/regret.mjs --counted FILE --gone FILE LINK LINK
 * Against the real ballot box: the first person sends and then changes everything, the second sends and withdraws. FILE
 * "counted" gets the line the count must contain, "gone" the two it must not. Prints {"receipts":[…],"old":[…],"withdrawn":[…]}. */
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { answerAll, begin, launch, seeded, send, ticked, withLanguage } from './respondent.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true, options: { counted: { type: 'string' }, gone: { type: 'string' } },
});
const browser = await launch();
const result = { receipts: [], old: [], withdrawn: [] };

/* Each visit on a device of its own: only the codes go along. */
async function visit(link, recovery, run) {
  const context = await browser.newContext();
  const page = await context.newPage();
  if (recovery === '') {
    await begin(page, link);
  } else {
    await page.goto(link);
    await page.locator('#way-again').click();
    await page.locator('#recovery-input').fill(recovery);
  }
  const value = await run(page);
  await context.close();
  return value;
}

const first = (link, seed) => visit(link, '', async (page) => {
  await answerAll(page, seeded(seed));
  appendFileSync(values.gone, `${await ticked(page)}\n`);
  result.old.push(await send(page));
  await page.locator('#receipt .recovery-open').click();
  return page.locator('#recovery-code').textContent();
});

const change = (link, recovery, seed, file) => visit(link, recovery, async (page) => {
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  await answerAll(page, seeded(seed));
  appendFileSync(file, `${await ticked(page)}\n`);
  return send(page);
});

const links = positionals.map((link) => withLanguage(link, 'de'));
const changed = await first(links[0], 501);
result.old.push(await change(links[0], changed, 502, values.gone));
result.receipts.push(await change(links[0], changed, 503, values.counted));
const withdrawn = await first(links[1], 504);
await visit(links[1], withdrawn, async (page) => {
  await page.locator('#join-withdraw').click();
  await page.locator('#withdraw-go').click();
  await page.locator('#receipt').waitFor();
  result.withdrawn.push((await page.locator('#receipt-code').textContent()).replace(/ /g, ''));
});
await browser.close();
console.log(JSON.stringify(result));
