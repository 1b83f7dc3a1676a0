/* node tests/browser/phone.mjs LINK: a phone six times slower than this machine, without a line in between and on slow 4G
 * (1.6 Mbit/s, 150 ms): how soon one can begin, that is, when the page has checked the survey and answers to a touch. Says the
 * median of several first visits; it fails only when the page never gets there. */
import { check, finish, links, NARROW, scenario } from './harness.mjs';

const VISITS = 9;
const LINES = [
  ['no line in between', null],
  ['slow 4G', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 }],
];

/* Notes the moment by itself: asking the page again and again would slow it down. */
const watch = () => new MutationObserver((changes, observer) => {
  if (document.getElementById('check')?.hidden !== false) return;
  window.readyToBegin = performance.now();
  observer.disconnect();
}).observe(document, { subtree: true, attributes: true, attributeFilter: ['hidden'] });

for (const [line, conditions] of LINES) {
  const times = [];
  for (let i = 0; i < VISITS; i++)
    await scenario(`phone, ${line}, visit ${i + 1}`, async (page) => {
      const session = await page.context().newCDPSession(page);
      await page.addInitScript(watch);
      await session.send('Network.enable');
      await session.send('Network.setCacheDisabled', { cacheDisabled: true });
      if (conditions) await session.send('Network.emulateNetworkConditions', conditions);
      await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
      await page.goto(links[0]);
      await page.waitForFunction(() => window.readyToBegin, null, { polling: 500 });
      times.push(await page.evaluate(() => window.readyToBegin));
    }, { viewport: NARROW });
  check(`phone, ${line}: ready`, times.length === VISITS, `${times.length} of ${VISITS}`);
  times.sort((a, b) => a - b);
  const [least, middle, most] = [0, VISITS >> 1, VISITS - 1].map((at) => Math.round(times[at]));
  console.log(`phone 6x slower, ${line}: ready to begin after ${middle} ms (median of ${VISITS} visits, ${least} to ${most})`);
}

await finish();
