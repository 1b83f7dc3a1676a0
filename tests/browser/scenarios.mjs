/* node tests/browser/scenarios.mjs [--screenshots DIR] LINK…   (at least 10 unused links of one open wave)
 * A visit as most people make it: what a respondent may rely on, each as one named check. Failures: failures.mjs;
 * recovery, change and withdrawal: changes.mjs; shared devices and kiosk: shared.mjs; delay: waiting.mjs. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { check, finish, inspect, links, problem, scenario } from './harness.mjs';
import { answerAll, answerPage, begin, choose, reviewed, seeded, send, withLanguage } from './respondent.mjs';

await scenario('whole visit', async (page) => {
  const requests = [];
  page.on('request', (request) => requests.push(request));
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(withLanguage(links[0], 'de'));
  await page.locator('#check').waitFor();
  check('link: code and fingerprint leave the address bar', !page.url().includes('#'), page.url());
  check('link: the code is filled in', (await page.locator('#code').inputValue()).length === 25);
  check('start: the check code has 8 groups of 4',
    /^([0-9A-Z]{4} ){7}[0-9A-Z]{4}$/.test(await page.locator('#check-code').textContent()));
  await inspect(page, 'start');
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  check('focus: the page heading has it', await page.evaluate(() => document.activeElement.tagName === 'H2'));
  check('progress: in words', /^Seite 1 von \d+: /.test(await page.locator('#progress').textContent()));
  await answerAll(page, seeded(7), async (id) => {
    if (['A', 'C', 'G', 'H', 'J', 'L'].includes(id)) await inspect(page, `page-${id}`);
  });
  const rows = await reviewed(page);
  check('review: every question shown is listed', rows.length > 40, `${rows.length}`);
  await inspect(page, 'review');
  const receipt = await send(page);
  check('receipt: 64 hex digits', /^[0-9a-f]{64}$/.test(receipt));
  check('receipt: its signature was checked', (await page.locator('#receipt-signed').textContent()).includes('geprüft'));
  check('receipt: the answers left the page', (await page.locator('#review-list').textContent()) === '');
  await inspect(page, 'receipt');
  const sent = requests.filter((request) => !request.url().startsWith('data:'));
  check('visit: at most 6 requests', sent.length <= 6, sent.map((request) => request.url()).join(' '));
  let weight = 0;
  for (const request of sent) {
    const size = await request.sizes();
    weight += size.requestBodySize + size.requestHeadersSize + size.responseBodySize + size.responseHeadersSize;
  }
  console.log(`        a whole visit with a cold cache: ${sent.length} requests, ${(weight / 1024).toFixed(1)} KB both ways`);
  check('visit: at most 90 KB both ways', weight <= 90 * 1024, `${weight} bytes`);
  const headers = await sent.at(-1).allHeaders();
  check('submit: no cookie, no referrer', !('cookie' in headers) && !('referer' in headers));
  check('submit: bytes of fixed length', sent.at(-1).postDataBuffer().length === 1 + 32 + 32 + 384 + 1 + 32 + 65 + 8192 + 16);
  check('browser: no error in the console', faults.length === 0, faults.join(' | '));
  const stored = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
  check('privacy: nothing is stored on the device without consent', stored === 0);
});

await scenario('code used twice', async (page) => {
  await page.goto(links[0]);
  await page.locator('#join-go').click();
  check('code used twice: refused with a reason', (await problem(page)).includes('schon eingelöst'));
  check('code used twice: no retry is offered', !(await page.locator('#problem-retry').isVisible()));
});

await scenario('wrong fingerprint', async (page) => {
  const drawn = [];
  page.on('request', (request) => request.method() === 'POST' && drawn.push(request));
  await page.goto(links[1].replace(/.$/, (digit) => (digit === '0' ? '1' : '0')));
  check('wrong fingerprint: stops with a warning', (await problem(page)).startsWith('Halt'));
  check('wrong fingerprint: the code cannot be sent', !(await page.locator('#join-go').isVisible()) && drawn.length === 0);
});

await scenario('wrong code', async (page) => {
  await page.goto(links[1]);
  await page.locator('#check').waitFor();
  await page.locator('#code').fill('00000-00000-00000-00000-1');
  await page.locator('#join-go').click();
  check('mistyped code: said at the field', (await page.locator('#code-fault').textContent()).includes('Tippfehler'));
  check('mistyped code: the field has the focus', await page.evaluate(() => document.activeElement.id === 'code'));
  await page.locator('#code').fill('00000 00000 00000 ooooo 0');
  await page.locator('#join-go').click();
  check('unknown code: refused with a reason', (await problem(page)).includes('nicht bekannt'));
});

await scenario('typed code', async (page) => {
  await page.goto(links[1].replace(/#.*/, ''));
  await page.locator('#code').fill(links[1].replace(/.*#|\..*/g, '').toLowerCase());
  await page.locator('#join-go').click();
  await page.locator('#compare').waitFor();
  check('typed code: asks to compare the check code', await page.locator('#check-code').isVisible());
  await inspect(page, 'compare');
  await page.locator('#compare-no').click();
  check('typed code: "no" stops', (await problem(page)).startsWith('Halt'));
});

await scenario('conditions', async (page) => {
  await begin(page, links[1]);
  await choose(page, 'KP1', '1');
  await choose(page, 'KP2', '3');
  await choose(page, 'KP3', '2');
  await page.locator('#next').click();
  await page.locator('#back').click();
  check('back: answers are still there', await page.locator('#KP3-2').isChecked());
  await choose(page, 'KP1', '5');
  check('condition: dependent questions vanish',
    !(await page.locator('#item-KP2').isVisible()) && !(await page.locator('#item-KP3').isVisible()));
  await choose(page, 'KP1', '2');
  check('condition: their answers are gone', !(await page.locator('#KP2-3').isChecked()));
  await page.locator('[data-clear="KP1"]').click();
  check('clear: an answer can be taken back', !(await page.locator('#KP1-2').isChecked()));
  await page.goBack();
  await page.goForward();
  check('browser back and forward stay in the questionnaire', await page.locator('#survey').isVisible());
});

await scenario('skip everything, correct from the review', async (page) => {
  await begin(page, links[2]);
  for (let i = 0; i < 40 && !(await page.locator('#review').isVisible()); i++) await page.locator('#next').click();
  const first = await reviewed(page);
  const given = first.filter(([, answer]) => answer !== 'nicht beantwortet');
  check('skip: nothing is mandatory; only the unit is filled in', given.length <= 1, JSON.stringify(given));
  await page.locator('#review-list button').first().click();
  check('review: "change" opens the question', await page.locator('#item-KP1').isVisible());
  await choose(page, 'KP1', '4');
  await page.locator('#to-review').click();
  check('review: the correction is shown', (await reviewed(page))[0][1] === 'seltener');
  check('receipt after an almost empty questionnaire', /^[0-9a-f]{64}$/.test(await send(page)));
});

await scenario('connection lost', async (page) => {
  const bodies = { draw: [], submit: [] };
  for (const kind of ['draw', 'submit'])
    await page.route(`**/${kind}`, async (route) => {
      bodies[kind].push(route.request().postDataBuffer().toString('hex'));
      if (bodies[kind].length > 1) return route.continue();
      await route.fetch(); /* it arrives, but the answer is lost */
      return route.abort();
    });
  await page.goto(links[3]);
  await page.locator('#join-go').click();
  check('draw lost: says so', (await problem(page)).includes('Verbindung'));
  await page.locator('#problem-retry').click();
  await page.locator('#survey h2:visible').waitFor();
  check('draw lost: the same message again', bodies.draw.length === 2 && bodies.draw[0] === bodies.draw[1]);
  await answerAll(page, seeded(11));
  await page.locator('#send').click();
  await problem(page);
  await page.locator('#problem-retry').click();
  await page.locator('#receipt').waitFor();
  check('submit lost: identical bytes again', bodies.submit.length === 2 && bodies.submit[0] === bodies.submit[1]);
});

await scenario('draft', async (page) => {
  await page.goto(links[4]);
  await page.locator('#keep').check();
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  await choose(page, 'KP1', '3');
  await page.locator('#next').click();
  await page.reload();
  await page.locator('#resume-go').click();
  await page.locator('#back').click();
  check('draft: after consent a reload keeps the answers', await page.locator('#KP1-3').isChecked());
  await answerAll(page, seeded(13));
  await send(page);
  check('draft: gone after sending', (await page.evaluate(() => localStorage.length)) === 0);
});

/* Somebody who watches the line must not see how much was answered. */
const lengths = { draw: new Set(), submit: new Set() };
for (const name of ['nothing', 'everything'])
  await scenario(`constant size: ${name} answered`, async (page) => {
    page.on('requestfinished', async (request) => {
      const kind = request.url().split('/').at(-1);
      if (request.method() !== 'POST') return;
      const { requestHeadersSize } = await request.sizes();
      lengths[kind].add(request.postDataBuffer().length + requestHeadersSize);
    });
    await begin(page, withLanguage(links[name === 'nothing' ? 8 : 9], 'de'));
    if (name === 'everything')
      await page.locator('#survey .item').evaluateAll((items) => items.forEach((item) => {
        const most = item.dataset.type === 'multiple' ? Number(item.dataset.max || 99) : 1;
        for (const input of [...item.querySelectorAll('input:not([data-exclusive])')].slice(0, most)) input.checked = true;
      }));
    for (let i = 0; i < 40 && !(await page.locator('#review').isVisible()); i++) await page.locator('#next').click();
    await send(page);
    await page.waitForTimeout(200);
  });
check('constant size: draw and submit are as long with no answer as with every answer',
  lengths.draw.size === 1 && lengths.submit.size === 1, JSON.stringify(Object.values(lengths).map((set) => [...set])));

await scenario('rules of a choice', async (page) => {
  await begin(page, withLanguage(links[5], 'en'));
  check('language: questions in English', (await page.locator('#legend-KP1').textContent()).startsWith('How often'));
  const multiple = await page.locator('[data-type="multiple"] input[data-exclusive="1"]').count();
  const random = seeded(17);
  for (let i = 0; i < 40 && !(await page.locator('[data-type="multiple"]:visible').count()); i++) {
    await answerPage(page, random);
    if (await page.locator('#item-DI1').isVisible()) await choose(page, 'DI1', '2');
    if (!(await page.locator('[data-type="multiple"]:visible').count())) await page.locator('#next').click();
  }
  const boxes = page.locator('[data-type="multiple"]:visible').first().locator('input');
  const alone = page.locator('[data-type="multiple"]:visible input[data-exclusive="1"]').first();
  if (multiple > 0 && (await alone.count()) > 0) {
    await boxes.first().check();
    await alone.check();
    check('choice: an exclusive answer unticks the others', !(await boxes.first().isChecked()));
    await boxes.first().check();
    check('choice: another answer unticks the exclusive one', !(await alone.isChecked()));
  }
});

await scenario('dark and without JavaScript', async (page) => {
  await page.goto(links[6].replace(/#.*/, ''));
  check('no JavaScript: says where to get a card', (await page.locator('noscript').textContent()).includes('Karte'));
  check('no JavaScript: no form that cannot work', !(await page.locator('#join').isVisible()));
}, { javaScriptEnabled: false });

await scenario('dark mode', async (page) => {
  await begin(page, links[6]);
  await answerPage(page, seeded(19));
  await inspect(page, 'dark');
}, { colorScheme: 'dark' });

await scenario('language', async (page) => {
  await page.goto(withLanguage(links[7], 'de'));
  await page.locator('#check').waitFor();
  await page.locator('#languages a[lang=en]').click();
  await page.waitForURL('**lang=en');
  check('language: the code survives the change', (await page.locator('#code').inputValue()).length === 25);
  check('language: the page says which one it is', (await page.getAttribute('html', 'lang')) === 'en');
});

await scenario('receipt page before the count', async (page) => {
  await page.goto(links[0].replace(/\/#.*/, '/receipt'));
  check('receipt page: says that the result is not there yet', (await page.locator('main').textContent()).includes('noch nicht'));
  await inspect(page, 'check');
});

for (const language of ['de', 'en'])
  await scenario(`privacy notice in ${language}`, async (page) => {
    await page.goto(links[0].replace(/\/#.*/, `/?lang=${language}`));
    await page.locator('#privacy a').click();
    await page.locator('.letter').waitFor();
    check(`privacy notice: in ${language} after following the link`, (await page.getAttribute('html', 'lang')) === language);
    check(`privacy notice: needs no script (${language})`, (await page.locator('script').count()) === 0);
    await inspect(page, `privacy-${language}`);
  });

await scenario('delete everything', async (page) => {
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(links[7]);
  await page.locator('#keep').check();
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  await choose(page, 'KP1', '3');
  await page.locator('#survey .discard').click();
  await page.locator('#join').waitFor();
  check('delete everything: no draft, no tick, no code is left',
    (await page.evaluate(() => localStorage.length)) === 0 && !(await page.locator('#KP1-3').isChecked()) &&
    (await page.locator('#code').inputValue()) === '');
});

await scenario('page hash', async (page) => {
  const site = new URL(links[0]);
  const bytes = async (path) => Buffer.from(await (await page.request.get(site.origin + path)).body());
  const manifest = JSON.parse(await bytes(`${site.pathname}manifest`));
  const hash = createHash('sha384').update(await bytes('/assets/client.js')).digest('hex');
  check('manifest: "client" is the SHA-384 of the script that is served', manifest.client === hash, manifest.client);
  let weight = 0;
  for (const path of [`${site.pathname}?lang=de`, '/assets/client.js', '/assets/survey.css'])
    weight += gzipSync(await bytes(path)).length;
  check('size: page, script and style together at most 60 KB', weight <= 60 * 1024, `${weight} bytes`);
  console.log(`        page, script and style, compressed: ${(weight / 1024).toFixed(1)} KB`);
});

await finish();
