/* node tests/browser/changes.mjs [--screenshots DIR] LINK…   (at least 5 unused links)
 * Recovery code, another device, change and withdrawal: what the client asks, sends and keeps. The ballot box is the
 * tests' own (collector.mjs), so that each of its answers can be had. */
import { check, finish, inspect, links, NARROW, problem, scenario } from './harness.mjs';
import { alterManifest, takeBallots } from './collector.mjs';
import { begin, choose, send, withLanguage } from './respondent.mjs';

const left = [...links];
const stored = (page) => page.evaluate(() => Object.fromEntries(Object.entries(localStorage)));

async function toReview(page) {
  while (!(await page.locator('#review').isVisible())) await page.locator('#next').click();
}

async function recoveryCode(page) {
  await page.locator('.recovery-open:visible').click();
  const code = await page.locator('#recovery-code').textContent();
  await page.locator('#recovery-close').click();
  return code;
}

/* The start form in the mode for people who have sent already. */
async function openAgain(page, link, recovery) {
  await page.goto(link);
  await page.locator('#way-again').click();
  if (recovery) await page.locator('#recovery-input').fill(recovery);
}

await scenario('recovery code on another device', async (page, context) => {
  const link = await alterManifest(page, withLanguage(left[0], 'de'));
  const drawn = [];
  page.on('request', (request) => request.url().endsWith('/draw') && drawn.push(request.postData()));
  await begin(page, link);
  await choose(page, 'KP1', '2');
  await page.locator('#survey .recovery-open').click();
  check('recovery: 33 characters in groups of four',
    /^([0-9A-Z]{4}-){8}[0-9A-Z*~$=]$/.test(await page.locator('#recovery-code').textContent()));
  check('recovery: says that answers do not come along', (await page.locator('#recovery-for').textContent()).includes('beginnt der Fragebogen leer'));
  check('recovery: the dialog has the focus', await page.evaluate(() => document.activeElement.id === 'recovery-title'));
  await inspect(page, 'recovery');
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => { document.body.dataset.print = 'recovery'; });
  check('recovery: printed alone', await page.locator('#recovery-code').isVisible() && !(await page.locator('#survey').isVisible()));
  await page.evaluate(() => { delete document.body.dataset.print; });
  await page.emulateMedia({ media: 'screen' });
  const recovery = await page.locator('#recovery-code').textContent();
  await page.keyboard.press('Escape');
  check('recovery: Escape closes, the answers are still there', await page.locator('#KP1-2').isChecked());

  const other = await context.browser().newContext({ locale: 'de-DE' });
  const second = await other.newPage();
  second.on('request', (request) => request.url().endsWith('/draw') && drawn.push(request.postData()));
  await alterManifest(second, withLanguage(left[0], 'de'));
  const taken = await takeBallots(second);
  await second.goto(link);
  await second.locator('#way-resume').click();
  check('other device: the heading says what the form is for', (await second.locator('#join-title').textContent()) === 'Hier weitermachen');
  await second.locator('#recovery-input').fill(recovery.slice(0, -2));
  await second.locator('#join-go').click();
  check('other device: a mistyped recovery code is said at its field',
    (await second.locator('#recovery-input-fault').textContent()).includes('Tippfehler') &&
    await second.evaluate(() => document.activeElement.id === 'recovery-input'));
  await inspect(second, 'resume-code');
  await second.locator('#recovery-input').fill(recovery.toLowerCase().replace(/-/g, ' '));
  await second.locator('#recovery-input').press('Enter');
  await second.locator('#survey h2:visible').waitFor();
  check('other device: the same request, so the same ballot', drawn.length === 2 && drawn[0] === drawn[1]);
  check('other device: the questionnaire is empty', !(await second.locator('#KP1-2').isChecked()));
  await toReview(second);
  await send(second);
  check('other device: sent as a first ballot', taken[0].kind === 1);
  await other.close();
});

await scenario('recovery code of somebody else', async (page) => {
  await page.goto(withLanguage(left[0], 'de'));
  await page.locator('#way-resume').click();
  await page.locator('#recovery-input').fill('0000-0000-0000-0000-0000-0000-0000-0000-0');
  await page.locator('#join-go').click();
  check('recovery: that of another code is refused with a reason', (await problem(page)).includes('gehört nicht zu diesem Code'));
});
left.shift();

await scenario('change, again, withdraw', async (page, context) => {
  const link = await alterManifest(page, withLanguage(left.shift(), 'de'));
  const box = { highest: -1 };
  const answer = (ballot) => {
    if (ballot.kind === 1 ? box.highest >= 0 : ballot.number <= box.highest) return [409, { error: 'already-sent', change: box.highest }];
    box.highest = ballot.number;
    return undefined;
  };
  const taken = await takeBallots(page, answer);
  await begin(page, link);
  await toReview(page);
  await send(page);
  check('sent: names the last day for changes', /Bis zum \d+\. \S+ \d{4}/.test(await page.locator('#receipt-next').textContent()));
  check('sent: nobody is asked to keep a key on a device that is not the own', !(await page.locator('#keep-key-row').isVisible()));
  const recovery = await recoveryCode(page);
  check('sent: nothing is stored', Object.keys(await stored(page)).length === 0);

  await openAgain(page, link, recovery);
  await inspect(page, 'again');
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  await choose(page, 'KP1', '3');
  await toReview(page);
  await send(page);
  check('change: said to have arrived', (await page.locator('#receipt-title').textContent()).includes('Änderung'));
  check('change: kind 2, number 1, same serial', taken[1].kind === 2 && taken[1].number === 1 && taken[1].serial.equals(taken[0].serial));

  await openAgain(page, link, recovery);
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  await toReview(page);
  await send(page);
  check('change on a device that knows of none: goes on with the next number, same seal',
    taken.length === 4 && taken[2].number === 1 && taken[3].number === 2 && taken[2].sealed.equals(taken[3].sealed));

  await openAgain(page, link, recovery);
  await page.locator('#join-withdraw').click();
  await page.locator('#withdraw').waitFor();
  check('withdraw: says what happens', (await page.locator('#withdraw').textContent()).includes('nicht gezählt'));
  await inspect(page, 'withdraw');
  await page.locator('#withdraw-stop').click();
  check('withdraw: can be called off', taken.length === 4 && await page.locator('#join').isVisible());
  await page.locator('#join-withdraw').click();
  await page.locator('#withdraw-go').click();
  await page.locator('#receipt').waitFor();
  const last = taken.at(-1);
  check('withdraw: kind 3, the next number', last.kind === 3 && last.number === 3);
  check('withdraw: as long as a change', last.body.length === taken[1].body.length);
  check('withdraw: has a receipt', (await page.locator('#receipt-code').textContent()).length > 64 &&
    (await page.locator('#receipt-title').textContent()).includes('zurückgezogen'));
  await inspect(page, 'withdrawn');

  box.highest = 16;
  await openAgain(page, link, recovery);
  await page.locator('#join-withdraw').click();
  await page.locator('#withdraw-go').click();
  check('change: after sixteen there is no more', (await problem(page)).includes('16-mal'));
});

await scenario('the key on the own device', async (page) => {
  const link = await alterManifest(page, withLanguage(left.shift(), 'de'));
  const taken = await takeBallots(page);
  await page.goto(link);
  await page.locator('#keep').check();
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  await choose(page, 'KP1', '3');
  await toReview(page);
  await send(page);
  check('key: not kept without consent', Object.keys(await stored(page)).length === 0 && !(await page.locator('#keep-key').isChecked()));
  await page.locator('#keep-key').check();
  const kept = Object.values(await stored(page)).map((text) => JSON.parse(text));
  check('key: only seed, number of the change and fingerprint are kept',
    kept.length === 1 && Object.keys(kept[0]).sort().join() === 'change,fingerprint,seed' && kept[0].change === 0);
  await inspect(page, 'receipt-key');

  await page.goto(link);
  await page.locator('#kept').waitFor();
  await inspect(page, 'kept');
  await page.locator('#kept-go').click();
  check('key: no recovery code is asked for', !(await page.locator('#recovery').isVisible()));
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  await toReview(page);
  await send(page);
  check('key: change 1', taken.at(-1).kind === 2 && taken.at(-1).number === 1);
  check('key: stays in step', JSON.parse(Object.values(await stored(page))[0]).change === 1);
  await page.locator('#keep-key').uncheck();
  check('key: can be deleted', Object.keys(await stored(page)).length === 0);
});

await scenario('sent twice', async (page) => {
  const link = await alterManifest(page, withLanguage(left.shift(), 'de'));
  const taken = await takeBallots(page, (ballot) => (ballot.kind === 1 ? [409, { error: 'already-sent', change: 4 }] : undefined));
  await begin(page, link);
  await toReview(page);
  await page.locator('#send').click();
  check('sent twice: asks whether to replace', (await problem(page)).includes('Sollen die Antworten hier'));
  await inspect(page, 'already-sent');
  await page.locator('#problem-ways button').click();
  await page.locator('#receipt').waitFor();
  check('sent twice: replaced by change 5, same seal', taken[1].kind === 2 && taken[1].number === 5 && taken[0].sealed.equals(taken[1].sealed));
});

for (const [word, status, text] of [['bad-edit-key', 403, 'nimmt diesen Wiederherstellungscode nicht an'], ['closed', 410, 'beendet']])
  await scenario(`withdrawal refused: ${word}`, async (page) => {
    const link = await alterManifest(page, withLanguage(left[0], 'de'));
    await takeBallots(page, () => [status, { error: word }]);
    if (word === 'bad-edit-key') await begin(page, link);
    else await openAgain(page, link, globalThis.recovery);
    if (word === 'bad-edit-key') {
      globalThis.recovery = await recoveryCode(page);
      await page.goto('about:blank');
      await openAgain(page, link, globalThis.recovery);
    }
    await page.locator('#join-withdraw').click();
    await page.locator('#withdraw-go').click();
    check(`withdrawal refused: ${word} is said`, (await problem(page)).includes(text), await problem(page));
  });

await scenario('with the keyboard alone', async (page) => {
  await page.setViewportSize(NARROW);
  await page.goto(withLanguage(left[0], 'de'));
  await page.locator('#check').waitFor();
  const press = async (key, id) => {
    for (let i = 0; i < 40; i++) {
      if (await page.evaluate((name) => document.activeElement.id === name, id)) return page.keyboard.press(key);
      await page.keyboard.press('Tab');
    }
    throw new Error(`${id} is not reached with Tab`);
  };
  await press('Enter', 'way-again');
  check('keyboard: the focus goes to the heading of the form', await page.evaluate(() => document.activeElement.id === 'join-title'));
  await press('Tab', 'recovery-input');
  await press('Enter', 'way-new');
  check('keyboard: back to the first form', (await page.locator('#join-title').textContent()) === 'Teilnehmen');
});

await finish();
