/* node tests/browser/shared.mjs [--screenshots DIR] LINK…   (at least 4 unused links)
 * Shared devices: cleared after two minutes, with a warning that can be answered without end; nothing comes back. Kiosk:
 * cards only, nothing leads away, nothing is kept, ready for the next person. */
import { check, finish, inspect, links, problem, scenario } from './harness.mjs';
import { takeBallots, alterManifest } from './collector.mjs';
import { answerPage, begin, choose, seeded, withLanguage } from './respondent.mjs';

const left = [...links];
const kept = (page) => page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
const ticked = (page) => page.locator('#survey input:checked').count();

async function toReview(page) {
  while (!(await page.locator('#review').isVisible())) await page.locator('#next').click();
}

await scenario('shared device', async (page) => {
  await page.clock.install();
  await page.goto(withLanguage(left.shift(), 'de'));
  await page.locator('#shared').check();
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  await choose(page, 'KP1', '3');
  await page.locator('#next').click();
  check('shared: nothing is stored', (await kept(page)) === 0);
  await page.clock.runFor(85000);
  check('shared: no warning before 90 seconds', !(await page.locator('#idle').isVisible()));
  await page.clock.runFor(6000);
  check('shared: then it warns', await page.locator('#idle').isVisible());
  check('shared: the way on has the focus', await page.evaluate(() => document.activeElement.id === 'idle-go'));
  await inspect(page, 'idle');
  for (let i = 0; i < 4; i++) {
    await page.locator('#idle-go').click();
    check(`shared: extended, time ${i + 1}`, !(await page.locator('#idle').isVisible()) && await page.locator('#survey').isVisible());
    await page.clock.runFor(91000);
  }
  await page.keyboard.press('Escape');
  check('shared: Escape extends too', !(await page.locator('#idle').isVisible()));
  await page.clock.runFor(121000);
  await page.locator('#join').waitFor();
  check('shared: after two minutes everything is gone', (await ticked(page)) === 0 && (await page.locator('#code').inputValue()) === '');
  await page.goBack().catch(() => {});
  await page.waitForTimeout(300);
  check('shared: the back button brings nothing back', (await ticked(page)) === 0 && !(await page.locator('#survey').isVisible()));
});

await scenario('shared device: receipt', async (page) => {
  await page.clock.install();
  await takeBallots(page);
  await page.goto(await alterManifest(page, withLanguage(left.shift(), 'de')));
  await page.locator('#shared').check();
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  await toReview(page);
  await page.locator('#send').click();
  await page.locator('#receipt').waitFor();
  check('shared: the receipt is not copied to a clipboard others read', !(await page.locator('#receipt-copy').isVisible()));
  check('shared: says that the receipt goes too', await page.locator('#receipt-clears').isVisible());
  await inspect(page, 'receipt-shared');
  await page.clock.runFor(121000);
  await page.locator('#join').waitFor();
  check('shared: the receipt is cleared', (await page.locator('#receipt-code').textContent()) === '');
});

await scenario('not shared', async (page) => {
  await page.clock.install();
  await begin(page, withLanguage(left.shift(), 'de'));
  await choose(page, 'KP1', '3');
  await page.clock.runFor(600000);
  check('not shared: no clock runs', await page.locator('#KP1-3').isChecked() && !(await page.locator('#idle').isVisible()));
});

/* --- kiosk --- */
const [issuer, wave] = links[0].match(/^(.*)\/w\/([^/]+)/).slice(1);
const kiosk = (language = 'de') => `${issuer}/w/${wave}/kiosk?lang=${language}`;
const [code, fingerprint] = left[0].replace(/.*#/, '').split('.');

await scenario('kiosk: set up', async (page) => {
  await page.goto(kiosk());
  await page.locator('#compare').waitFor();
  check('kiosk: without a fingerprint nobody can type a code', !(await page.locator('#code').isVisible()));
  await page.locator('#check-code').waitFor({ state: 'attached' });
  check('kiosk: the check code can be compared', await page.locator('#check-code').isVisible());
  await inspect(page, 'kiosk-setup');
  await page.locator('#compare-yes').click();
  check('kiosk: the address keeps the fingerprint', page.url().endsWith(`#.${fingerprint}`), page.url());
  await page.reload();
  await page.locator('#code').waitFor();
  check('kiosk: asked once', !(await page.locator('#compare').isVisible()));
  check('kiosk: the code field has the focus', await page.evaluate(() => document.activeElement.id === 'code'));
  for (const language of ['en', 'de']) {
    await page.locator(`#languages a[lang=${language}]`).click();
    await page.waitForURL(`**lang=${language}**`);
    await page.locator('#code').waitFor();
    await inspect(page, `kiosk-${language}`);
  }
  check('kiosk: another language keeps the fingerprint', page.url().endsWith(`#.${fingerprint}`));
  const away = await page.locator('a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href')).filter((href) => !/^(\?lang=|#)/.test(href)));
  check('kiosk: nothing leads away', away.length === 0, away.join(' '));
});

await scenario('kiosk: a card', async (page) => {
  await page.clock.install();
  const drawn = [];
  /* The rehearsal has personal codes only: the issuer does not hear that this is a kiosk. */
  await page.route('**/draw', (route) => {
    drawn.push(JSON.parse(route.request().postData()));
    return route.continue({ postData: JSON.stringify({ ...drawn.at(-1), card: undefined }) });
  });
  /* A scanner is faster than the line: what it types before the manifest is there counts all the same. */
  await page.route('**/manifest', async (route) => {
    await new Promise((done) => { setTimeout(done, 1500); });
    return route.continue();
  });
  await page.goto(`${kiosk()}#.${fingerprint}`);
  await page.locator('#code').fill(left[0].replace('?lang=de', '').slice(0, -1) + (left[0].endsWith('0') ? '1' : '0'));
  await page.keyboard.press('Enter');
  check('kiosk: a link of another survey is refused', (await problem(page)).startsWith('Halt'));
  await page.locator('#code').fill(`${left[0]}`);
  await page.keyboard.press('Enter'); /* a scanner ends with Enter */
  await page.locator('#survey h2:visible').waitFor();
  check('kiosk: says that it takes cards only', drawn.length === 1 && drawn[0].card === true && drawn[0].code === code.replace(/-/g, ''));
  await answerPage(page, seeded(5));
  await inspect(page, 'kiosk-page');
  await toReview(page);
  await page.locator('#send').click();
  await page.locator('#receipt').waitFor();
  await inspect(page, 'kiosk-receipt');
  check('kiosk: nothing is stored', (await kept(page)) === 0);
  await page.locator('#receipt-title').click();
  await page.clock.runFor(35000);
  check('kiosk: a warning before the receipt goes', await page.locator('#idle').isVisible());
  await page.clock.runFor(30000);
  await page.locator('#code').waitFor();
  check('kiosk: ready for the next person after a minute', (await page.locator('#code').inputValue()) === '' && page.url().endsWith(`#.${fingerprint}`));
  check('kiosk: nothing of the last person is left', (await ticked(page)) === 0 && (await page.locator('#receipt-code').textContent()) === '');
  await page.clock.runFor(600000);
  check('kiosk: a kiosk nobody uses stays quiet', !(await page.locator('#idle').isVisible()));
});

await finish();
