/* node tests/browser/participate.mjs [--language de] [--seed 1] [--answers FILE] LINK…
 * Takes part once with every link and prints {"receipts":[…],"requests":[…]} as JSON. FILE gets a line for each: what
 * was ticked, in the canonical form of docs/forms.md. */
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { answerAll, begin, launch, seeded, send, ticked, withLanguage } from './respondent.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { language: { type: 'string', default: 'de' }, seed: { type: 'string', default: '1' }, answers: { type: 'string' } },
});
const browser = await launch();
const result = { receipts: [], requests: [] };
for (const [i, link] of positionals.entries()) {
  const context = await browser.newContext();
  const page = await context.newPage();
  let requests = 0;
  page.on('request', (request) => { requests += request.url().startsWith('data:') ? 0 : 1; });
  await begin(page, withLanguage(link, values.language));
  await answerAll(page, seeded(Number(values.seed) * 1000 + i));
  if (values.answers) appendFileSync(values.answers, `${await ticked(page)}\n`);
  result.receipts.push(await send(page));
  result.requests.push(requests);
  await context.close();
}
await browser.close();
console.log(JSON.stringify(result));
