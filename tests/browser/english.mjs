/* node tests/browser/english.mjs [--screenshots DIR] LINK…   (at least 2 unused links)
 * Every view once in English, with axe-core at two widths and without sideways scrolling. The other tests do it in German. */
import { check, finish, inspect, links, scenario } from './harness.mjs';
import { alterManifest, takeBallots } from './collector.mjs';
import { answerPage, seeded, withLanguage } from './respondent.mjs';

await scenario('every view', async (page) => {
  const link = await alterManifest(page, withLanguage(links[0], 'en'), { delay: 30 });
  await takeBallots(page);
  await page.goto(link);
  await page.locator('#check').waitFor();
  await inspect(page, 'en-start');
  await page.locator('#keep').check();
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  await answerPage(page, seeded(23));
  await page.locator('#survey .recovery-open').click();
  const recovery = await page.locator('#recovery-code').textContent();
  await inspect(page, 'en-recovery');
  await page.locator('#recovery-close').click();
  while (!(await page.locator('#review').isVisible())) await page.locator('#next').click();
  await inspect(page, 'en-review');
  await page.locator('#send').click();
  await page.locator('#waiting').waitFor();
  await inspect(page, 'en-waiting');
  await page.locator('#send-now').click();
  await page.locator('#receipt').waitFor();
  await page.locator('#keep-key').check();
  await inspect(page, 'en-receipt');
  await page.reload();
  await page.goto(link);
  await page.locator('#kept').waitFor();
  await inspect(page, 'en-kept');
  await page.locator('#kept-drop').click();
  await page.locator('#way-again').click();
  await page.locator('#recovery-input').fill(recovery);
  await inspect(page, 'en-again');
  await page.locator('#join-withdraw').click();
  await page.locator('#withdraw').waitFor();
  await inspect(page, 'en-withdraw');
  await page.locator('#withdraw-go').click();
  await page.locator('#waiting').waitFor();
  await page.locator('#send-now').click();
  await page.locator('#receipt').waitFor();
  await inspect(page, 'en-withdrawn');
  const foreign = await page.evaluate(() => document.body.innerText.match(/\b(der|und|nicht|Ihre)\b/g));
  check('english: no German word on the last page', foreign === null, `${foreign}`);
});

await scenario('refusals and shared device', async (page) => {
  await page.clock.install();
  await takeBallots(page, () => [410, { error: 'closed' }]);
  await page.goto(await alterManifest(page, withLanguage(links[1], 'en')));
  await page.locator('#shared').check();
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  await page.clock.runFor(95000);
  await inspect(page, 'en-idle');
  await page.locator('#idle-go').click();
  while (!(await page.locator('#review').isVisible())) await page.locator('#next').click();
  await page.locator('#send').click();
  await page.locator('#problem').waitFor();
  check('shared: a survey that closed too early offers no copy on a shared device',
    (await page.locator('#problem-ways button').count()) === 1);
  await inspect(page, 'en-closed-late');
});

await scenario('dark', async (page) => {
  await page.goto(links[0].replace(/\/#.*/, '/kiosk?lang=en'));
  await page.locator('#compare').waitFor();
  await inspect(page, 'en-kiosk-dark');
}, { colorScheme: 'dark' });

await finish();
