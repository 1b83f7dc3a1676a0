/* node tests/browser/failures.mjs [--screenshots DIR] LINK…   (at least 6 unused links)
 * Whatever goes wrong is said in plain words, with a way out, and nothing is lost: every refusal of docs/protocol.md, lost
 * connections, storage that is off, browsers that are too old. */
import { check, finish, inspect, links, problem, scenario } from './harness.mjs';
import { alterManifest, takeBallots } from './collector.mjs';
import { answerPage, begin, choose, seeded, withLanguage } from './respondent.mjs';

const left = [...links];
const german = () => withLanguage(left[0], 'de');

async function toReview(page) {
  while (!(await page.locator('#review').isVisible())) await page.locator('#next').click();
}

/* --- what the issuer refuses: the code is not spent, because the request never gets there --- */
for (const [word, status, text, retry] of [
  ['unknown-code', 404, 'nicht bekannt', false], ['already-drawn', 409, 'schon eingelöst', false],
  ['closed', 410, 'beendet', false], ['not-open', 425, 'noch nicht begonnen', false],
  ['personal-code', 403, 'persönlicher Code', false], ['unknown-wave', 404, 'keine Befragung', false],
  ['malformed', 400, 'verstehen einander nicht', false], ['server', 500, 'noch einmal', true],
])
  await scenario(`draw: ${word}`, async (page) => {
    await page.route('**/draw', (route) => route.fulfill({ status, json: word === 'server' ? {} : { error: word, message: 'x' } }));
    await page.goto(german());
    await page.locator('#join-go').click();
    check(`draw: ${word} is said`, (await problem(page)).includes(text), await problem(page));
    check(`draw: ${word} ${retry ? 'can' : 'cannot'} be tried again`, retry === (await page.locator('#problem-retry').isVisible()));
    check(`draw: ${word} has the focus`, await page.evaluate(() => document.activeElement.id === 'problem'));
    if (word === 'personal-code') await inspect(page, 'problem');
  });

await scenario('draw: signature of another key', async (page) => {
  await page.route('**/draw', (route) => route.fulfill({ json: { signature: '12'.repeat(384), unit: '' } }));
  await page.goto(german());
  await page.locator('#join-go').click();
  check('draw: a signature of another key stops the visit', (await problem(page)).startsWith('Halt'));
});

/* --- the manifest --- */
for (const [name, changes] of Object.entries({
  'free exponent': { e: '010003' }, 'even modulus': { n: `${'f'.repeat(767)}e` }, 'unknown place of the key': { key: 'cloud' },
}))
  await scenario(`manifest: ${name}`, async (page) => {
    const drawn = [];
    page.on('request', (request) => request.url().endsWith('/draw') && drawn.push(request));
    await page.goto(await alterManifest(page, german(), changes));
    check(`manifest: ${name} stops the visit`, (await problem(page)).startsWith('Halt'));
    check(`manifest: ${name}: no code can be sent`, !(await page.locator('#join').isVisible()) && drawn.length === 0);
  });

await scenario('manifest: questionnaire of another version', async (page) => {
  await page.goto(await alterManifest(page, german(), { form: '0'.repeat(64) }));
  check('manifest: another questionnaire is said', (await problem(page)).includes('geändert'));
});

await scenario('manifest: connection lost', async (page) => {
  let times = 0;
  await page.route('**/manifest', (route) => (times++ === 0 ? route.abort() : route.continue()));
  await page.goto(german());
  check('manifest: a lost connection can be tried again', (await problem(page)).includes('Verbindung'));
  await page.locator('#problem-retry').click();
  await page.locator('#check').waitFor();
  check('manifest: then the check code appears', await page.locator('#join-go').isVisible());
});

/* --- the ballot box --- */
await scenario('submit: one refusal after the other', async (page) => {
  const errors = [[507, { error: 'box-full' }], [500, {}], [429, {}], 'abort', { receipt: '0'.repeat(64) }, { signature: '0'.repeat(128) }];
  const taken = await takeBallots(page, (ballot, count) => errors[count - 1]);
  await begin(page, await alterManifest(page, withLanguage(left.shift(), 'de')));
  await choose(page, 'KP1', '2');
  await toReview(page);
  await page.locator('#send').click();
  for (const text of ['Urne', 'Server', 'Server', 'Verbindung', 'Quittung', 'Quittung']) {
    const said = await problem(page);
    check(`submit: "${text}" is said`, said.includes(text), said);
    await page.locator('#problem-retry').click();
    await page.waitForTimeout(150);
  }
  await page.locator('#receipt').waitFor();
  check('submit: seven times the identical bytes', taken.length === 7 && taken.every(({ body }) => body.equals(taken[0].body)));
});

for (const [word, status, text] of [['bad-credential', 403, 'nimmt diesen Stimmschein nicht an'], ['not-open', 425, 'noch nicht']])
  await scenario(`submit: ${word}`, async (page) => {
    await takeBallots(page, () => [status, { error: word }]);
    await begin(page, await alterManifest(page, withLanguage(left.shift(), 'de')));
    await toReview(page);
    await page.locator('#send').click();
    check(`submit: ${word} is said`, (await problem(page)).includes(text), await problem(page));
    check(`submit: ${word}: the answers are still there`, await page.locator('#review-list').isVisible());
  });

await scenario('closed while answering', async (page, context) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  page.on('dialog', (dialog) => dialog.accept());
  await takeBallots(page, () => [410, { error: 'closed' }]);
  await begin(page, await alterManifest(page, withLanguage(left.shift(), 'de')));
  await choose(page, 'KP1', '2');
  await toReview(page);
  await page.locator('#send').click();
  const said = await problem(page);
  check('closed while answering: said that nothing was sent', said.includes('nicht abgeschickt') && said.includes('zählen nicht'));
  await inspect(page, 'closed-late');
  await page.locator('#problem-ways button').first().click();
  await page.locator('#problem-status:not(:empty)').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  check('closed while answering: the answers can be copied', copied.includes('mehrmals in der Woche'), copied.slice(0, 80));
  await page.locator('#problem-ways button').last().click();
  await page.locator('#join').waitFor();
  check('closed while answering: they can be deleted', !(await page.locator('#KP1-2').isChecked()));
});

/* --- sealed bytes outlive a reload on the own device --- */
await scenario('reload before the receipt', async (page) => {
  const taken = await takeBallots(page, (ballot, count) => (count === 1 ? 'abort' : undefined));
  const link = await alterManifest(page, withLanguage(left.shift(), 'de'));
  await page.goto(link);
  await page.locator('#keep').check();
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  await toReview(page);
  await page.locator('#send').click();
  await problem(page);
  await page.reload();
  check('reload before the receipt: says that the arrival is not confirmed',
    (await page.locator('#resume-note').textContent()).includes('nicht bestätigt'));
  await inspect(page, 'resume');
  await page.locator('#resume-go').click();
  await page.locator('#receipt').waitFor();
  check('reload before the receipt: identical bytes', taken.length === 2 && taken[0].body.equals(taken[1].body));
  check('reload before the receipt: then nothing is kept', (await page.evaluate(() => localStorage.length)) === 0);
});

await scenario('storage switched off', async (page, context) => {
  await context.addInitScript(() => {
    Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
  });
  await page.goto(await alterManifest(page, withLanguage(left.shift(), 'de')));
  await takeBallots(page);
  await page.locator('#keep').check();
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  check('storage: says that no draft can be kept', await page.locator('#storage-note').isVisible());
  await answerPage(page, seeded(3));
  await toReview(page);
  await page.locator('#send').click();
  await page.locator('#receipt').waitFor();
  check('storage: the visit goes on without it', true);
});

/* --- browsers and lines that cannot do it --- */
await scenario('no WebCrypto', async (page, context) => {
  await context.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
  await page.goto(german());
  const said = await problem(page);
  check('no WebCrypto: names the alternatives', said.includes('Karte') && said.includes('Papier'), said);
  check('no WebCrypto: no form that cannot work', !(await page.locator('#join').isVisible()));
});

await scenario('no https', async (page, context) => {
  await context.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false }));
  await page.goto(german());
  check('no https: says so', (await problem(page)).includes('https'));
});

await scenario('browser too old for the script', async (page) => {
  await page.route('**/client.js', (route) => route.fulfill({ contentType: 'text/javascript', body: 'syntax error (' }));
  await page.goto(german());
  await page.waitForTimeout(4500);
  const text = await page.locator('#unable').textContent();
  check('old browser: after four seconds the page says so by itself', await page.locator('#unable').isVisible());
  check('old browser: card, kiosk and paper are named', ['Karte', 'Kiosk', 'Papier'].every((word) => text.includes(word)));
  await inspect(page, 'unable');
});

await scenario('no JavaScript', async (page) => {
  await page.goto(german().replace(/#.*/, ''));
  const text = await page.locator('noscript').textContent();
  check('no JavaScript: said, with card, kiosk and paper', ['JavaScript', 'Karte', 'Kiosk', 'Papier'].every((word) => text.includes(word)));
  check('no JavaScript: said once', !(await page.locator('#unable').isVisible()));
}, { javaScriptEnabled: false });

await finish();
