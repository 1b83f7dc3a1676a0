/* node tests/browser/waiting.mjs [--screenshots DIR] LINK…   (at least 4 unused links)
 * A wave with a delay: answers go out at a random moment, at once when asked or when the window closes; and without a
 * delay nothing waits. */
import { check, finish, inspect, links, problem, scenario } from './harness.mjs';
import { alterManifest, takeBallots } from './collector.mjs';
import { begin, send, withLanguage } from './respondent.mjs';

const left = [...links];

async function toWaiting(page) {
  await page.locator('#survey h2:visible').waitFor();
  while (!(await page.locator('#review').isVisible())) await page.locator('#next').click();
  await page.locator('#send').click();
  await page.locator('#waiting').waitFor();
}

async function waitAt(page) {
  const taken = await takeBallots(page);
  await begin(page, await alterManifest(page, withLanguage(left.shift(), 'de'), { delay: 30 }));
  await toWaiting(page);
  return taken;
}

await scenario('delay: send now', async (page) => {
  const taken = await waitAt(page);
  const text = await page.locator('#waiting').textContent();
  check('delay: says until when', text.includes('30 Minuten'), text);
  check('delay: says that the receipt is lost with the window', text.includes('keine Quittung') && text.includes('Wiederherstellungscode'));
  check('delay: the heading has the focus', await page.evaluate(() => document.activeElement.id === 'waiting-title'));
  check('delay: nothing has gone out', taken.length === 0);
  await inspect(page, 'waiting');
  await page.locator('#send-now').click();
  await page.locator('#receipt').waitFor();
  check('delay: "send now" sends once', taken.length === 1);
});

await scenario('delay: by itself', async (page) => {
  await page.clock.install();
  const taken = await waitAt(page);
  await page.clock.runFor(30 * 60 * 1000);
  await page.locator('#receipt').waitFor();
  check('delay: within 30 minutes the receipt is there', taken.length === 1);
});

/* A request on its way while the page goes is seen by nobody here, so this one goes to the real ballot box. That it has
 * arrived shows in what the box tells others; that the bytes were identical, in the receipt (other bytes would meet 409). */
await scenario('delay: window closed on the own device', async (page, context) => {
  const address = links[0].replace(/#.*/, 'manifest');
  const { receipt } = await (await page.request.get(address)).json();
  const link = withLanguage(left.shift(), 'de');
  const altered = await alterManifest(page, link, { delay: 30, receipt });
  await page.goto(altered);
  await page.locator('#keep').check();
  await page.locator('#join-go').click();
  await toWaiting(page);
  check('delay: own device: says how to get the receipt', (await page.locator('#waiting-leave').textContent()).includes('noch einmal'));
  await page.locator('#waiting .recovery-open').click();
  const recovery = await page.locator('#recovery-code').textContent();
  await page.locator('#recovery-close').click();
  await page.goto('about:blank');

  const other = await context.browser().newContext({ locale: 'de-DE' });
  const second = await other.newPage();
  await second.goto(await alterManifest(second, link, { delay: 30, receipt }));
  await second.locator('#way-resume').click();
  await second.locator('#recovery-input').fill(recovery);
  await second.locator('#join-go').click();
  await toWaiting(second);
  await second.locator('#send-now').click();
  const said = await problem(second);
  check('delay: leaving has sent at once', said.includes('schon Antworten'), said);
  await other.close();

  await page.goto(altered);
  await page.locator('#resume-go').click();
  await page.locator('#receipt').waitFor();
  check('delay: the next visit on the own device gets the receipt', (await page.locator('#receipt-code').textContent()).length > 64);
});

await scenario('no delay', async (page) => {
  await takeBallots(page);
  await begin(page, await alterManifest(page, withLanguage(left.shift(), 'de'), { delay: 0 }));
  while (!(await page.locator('#review').isVisible())) await page.locator('#next').click();
  check('no delay: the receipt comes at once', /^[0-9a-f]{64}$/.test(await send(page)));
});

await finish();
