/* node tests/browser/waiting.mjs [--screenshots DIR] LINK…   (at least 4 unused links)
 * A wave with a delay: answers go out at a random moment, at once when asked or when the window closes; and without a
 * delay nothing waits. */
import { check, finish, inspect, links, scenario } from './harness.mjs';
import { alterManifest, takeBallots } from './collector.mjs';
import { begin, send, withLanguage } from './respondent.mjs';

const left = [...links];

async function toWaiting(page, keep = false) {
  const taken = await takeBallots(page);
  await page.goto(await alterManifest(page, withLanguage(left.shift(), 'de'), { delay: 30 }));
  if (keep) await page.locator('#keep').check();
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  while (!(await page.locator('#review').isVisible())) await page.locator('#next').click();
  await page.locator('#send').click();
  await page.locator('#waiting').waitFor();
  return taken;
}

await scenario('delay: send now', async (page) => {
  const taken = await toWaiting(page);
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
  const taken = await toWaiting(page);
  await page.clock.runFor(30 * 60 * 1000);
  await page.locator('#receipt').waitFor();
  check('delay: within 30 minutes the receipt is there', taken.length === 1);
});

await scenario('delay: window closed on the own device', async (page) => {
  const taken = await toWaiting(page, true);
  check('delay: own device: says how to get the receipt', (await page.locator('#waiting-leave').textContent()).includes('noch einmal'));
  await page.reload();
  await page.locator('#resume-go').waitFor();
  check('delay: leaving sends at once', taken.length === 1, `${taken.length}`);
  await page.locator('#resume-go').click();
  await page.locator('#receipt').waitFor();
  check('delay: the next visit repeats the identical bytes', taken.length === 2 && taken[0].body.equals(taken[1].body));
});

await scenario('no delay', async (page) => {
  await takeBallots(page);
  await begin(page, await alterManifest(page, withLanguage(left.shift(), 'de'), { delay: 0 }));
  while (!(await page.locator('#review').isVisible())) await page.locator('#next').click();
  check('no delay: the receipt comes at once', /^[0-9a-f]{64}$/.test(await send(page)));
});

await finish();
