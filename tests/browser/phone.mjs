/* node tests/browser/phone.mjs LINK: a phone six times slower than this machine on a slow 4G line (1.6 Mbit/s, 150 ms): how
 * soon the page answers to a touch. Says the figure; it fails only when the page never gets there. */
import { check, finish, links, scenario } from './harness.mjs';

await scenario('phone', async (page) => {
  const session = await page.context().newCDPSession(page);
  for (const [line, conditions] of [
    ['no line in between', null],
    ['slow 4G', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 }],
  ]) {
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    if (conditions) await session.send('Network.emulateNetworkConditions', conditions);
    await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    const begin = Date.now();
    await page.goto('about:blank');
    await page.goto(links[0], { waitUntil: 'commit' });
    await page.locator('#check').waitFor();
    const { navigation, wall } = await page.evaluate(() => ({
      navigation: performance.getEntriesByType('navigation')[0].domInteractive, wall: performance.now() }));
    check(`phone, ${line}: interactive`, true);
    console.log(`phone 6x slower, ${line}: DOM after ${Math.round(navigation)} ms, ready to begin after ${Math.round(wall)} ms ` +
      `(${Date.now() - begin} ms with the test's own way)`);
  }
});

await finish();
