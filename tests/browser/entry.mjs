/* node tests/browser/entry.mjs [--screenshots DIR] ANSWERS-FILE PERSONAL-LINK CARD-LINK…   (at least 8 cards)
 * A clerk types paper sheets by keyboard alone: first a session of five sheets, of which chance has one typed twice, with
 * two deliberate differences; then contradictions, discarding, and cards that cannot be used. What was typed is written
 * down as the lines that the count must contain. */
import { appendFileSync, readFileSync } from 'node:fs';
import { check, finish, inspect, links, scenario } from './harness.mjs';
import { seeded } from './respondent.mjs';

const [answersFile, personal, ...cards] = links;
const [site, fingerprint] = [personal.replace(/#.*/, ''), personal.replace(/.*\./, '')];
const address = (language = 'de') => `${site}entry?lang=${language}#.${fingerprint}`;
const codeOf = (link) => link.replace(/.*#/, '').replace(/\..*/, '');
const left = [...cards];

const focused = (page) => page.evaluate(() => document.activeElement.id);
const view = (page) => page.evaluate(() => document.querySelector('.view:not([hidden])')?.id);
const said = (page) => page.locator('#said').textContent();

/* Questions as they stand on the page: read from the HTML, not from the script. */
const questions = (page) =>
  page.locator('#sheet .line').evaluateAll((lines) => lines.map((line) => ({
    id: line.dataset.item, type: line.dataset.type, max: Number(line.dataset.max || 0),
    number: line.querySelector('.question b').textContent,
    codes: [...line.querySelectorAll('.choice input')].map((input) => input.value),
    alone: [...line.querySelectorAll('[data-exclusive]')].map((input) => Number(input.dataset.number)),
  })));

/* A sheet as a person may fill it in: numbers by question. Everything is asked, a tenth stays open. */
function fill(all, random) {
  const sheet = new Map();
  for (const { id, type, codes, max, alone } of all) {
    if (type === 'text' || random() < 0.1) continue;
    const numbers = codes.map((_, i) => i + 1).filter((number) => !alone.includes(number));
    const take = type === 'multiple' ? 1 + Math.floor(random() * Math.min(3, max || 3)) : 1;
    const chosen = Array.from({ length: take }, () => numbers.splice(Math.floor(random() * numbers.length), 1)[0]);
    sheet.set(id, chosen.join(' '));
  }
  for (const [id, typed] of [['KP1', '2'], ['KP2', '3'], ['SP1', '1'], ['DI1', '2']]) sheet.set(id, typed);
  return sheet;
}

/* The line of the count: detached questions are counted elsewhere. */
const DETACHED = ['DI2', 'D8', 'OF1'];
const line = (form, all, sheet) => {
  const answers = {};
  for (const { id, type, codes } of all) {
    if (!sheet.has(id) || DETACHED.includes(id)) continue;
    const chosen = sheet.get(id).split(' ').map(Number).sort((a, b) => a - b).map((number) => codes[number - 1]);
    answers[id] = type === 'multiple' ? chosen : chosen[0];
  }
  return JSON.stringify({ form, answers });
};

async function typeCode(page, text) {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/* From the first question to the short check. */
async function typeSheet(page, all, sheet) {
  for (const { id } of all) {
    if (sheet.has(id)) await page.keyboard.type(sheet.get(id));
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Enter');
}

const openPage = async (page, language) => {
  await page.goto(address(language));
  await page.locator('#begin-go:visible').waitFor();
};

await scenario('entry: set up', async (page) => {
  await page.goto(address().replace(/#.*/, ''));
  await page.locator('#compare').waitFor();
  check('entry: without a fingerprint no session begins', !(await page.locator('#begin-go').isVisible()));
  await inspect(page, 'entry-compare');
  await page.locator('#compare-yes').click();
  check('entry: the address keeps the fingerprint', page.url().endsWith(`#.${fingerprint}`), page.url());
  await page.reload();
  await page.locator('#begin-go:visible').waitFor();
  check('entry: one sheet in ten is the custom', await page.locator('#every-10').isChecked());
  await inspect(page, 'entry-begin');
  await page.goto(`${site}entry?lang=de#.${'0'.repeat(64)}`);
  await page.reload();
  await page.locator('#problem').waitFor();
  check('entry: another fingerprint stops', (await page.locator('#problem-text').textContent()).startsWith('Halt'));
  check('entry: then nothing can be typed', !(await page.locator('#begin-go').isVisible()));
});

const requests = [];
await scenario('entry: a session', async (page) => {
  page.on('request', (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname.replace(/.*\//, '')}`));
  await openPage(page, 'de');
  await page.locator('#every-5').check();
  await page.locator('#begin-go').press('Enter');
  check('entry: the card comes first', (await focused(page)) === 'code');
  const all = await questions(page);
  const form = await page.evaluate(() => document.body.dataset.form);
  check('entry: questions are numbered from 1 without a gap', all.every(({ number }, i) => Number(number) === i + 1));

  /* Mistakes at the first questions, then on as on paper. */
  await typeCode(page, 'XXXX');
  check('entry: a mistyped code is said at the field', (await page.locator('#code-fault').textContent()).includes('Tippfehler'));
  await page.locator('#code').fill('');
  await page.locator('#code').focus();
  await typeCode(page, left[0]); /* a scanner types the whole link and ends with Enter */
  check('entry: a scanned link leaves the code', (await page.locator('#code').inputValue()) === codeOf(left[0]));
  check('entry: Enter leads to the first question', (await focused(page)) === `quick-${all[0].id}`);
  await page.keyboard.type('99');
  check('entry: a number that does not exist is said at once', (await page.locator('#fault-KP1').textContent()).includes('99'));
  await page.keyboard.press('Enter');
  check('entry: and Enter does not pass it', (await focused(page)) === 'quick-KP1');
  await page.keyboard.type('2');
  check('entry: the chosen answer stands beside it', (await page.locator('#chosen-KP1').textContent()).startsWith('2 '));
  check('entry: the box on the page follows', await page.locator('#line-KP1 .choice input').nth(1).isChecked());
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  check('entry: arrow up leads back', (await focused(page)) === 'quick-KP1');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Tab');
  check('entry: Shift and Tab leads back', (await focused(page)) === 'quick-KP1');
  await page.keyboard.press('Tab');
  check('entry: the Tab key goes from question to question', (await focused(page)) === `quick-${all[1].id}`);
  const limited = all.find(({ max }) => max > 0);
  await page.locator(`#quick-${limited.id}`).fill('1 2 3 4');
  check('entry: too many answers are said', (await page.locator(`#fault-${limited.id}`).textContent()).includes(`${limited.max}`));
  await page.locator(`#quick-${limited.id}`).fill('');
  await page.locator('#KP1-4').click();
  check('entry: the mouse works, too', (await page.locator('#quick-KP1').inputValue()) === '4');
  await inspect(page, 'entry-sheet');
  await page.locator('#quick-KP1').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');

  let twice = 0;
  for (let number = 1; number <= 5; number++) {
    const sheet = fill(all, seeded(number));
    if (number > 1) await typeCode(page, codeOf(left[0]));
    else await page.locator('#quick-KP1').fill('');
    await page.locator('#quick-KP1').focus();
    await typeSheet(page, all, sheet);
    check(`entry: sheet ${number} ends at the short check`, (await view(page)) === 'review' && (await focused(page)) === 'send');
    if (number === 1) {
      const count = await page.locator('#review-count').textContent();
      check('entry: the check counts answers', count.startsWith(`${sheet.size} von `), count);
      await inspect(page, 'entry-review');
      await page.locator('#send').focus();
    }
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('#second:not([hidden])') ||
      /abgeschickt/.test(document.querySelector('#said').textContent + document.querySelector('#problem-text').textContent));
    if ((await view(page)) === 'second') {
      twice++;
      await typeTwice(page, all, sheet, left[0]);
    }
    await page.waitForFunction((sent) => document.querySelector('#said').textContent.includes(`Bogen ${sent} `), number);
    check(`entry: sheet ${number} is sent`, (await said(page)) === `Bogen ${number} ist abgeschickt.`);
    check(`entry: sheet ${number + 1} is empty`, (await page.locator('#sheet .quick').evaluateAll((fields) => fields.every((field) => field.value === ''))) &&
      (await focused(page)) === 'code');
    appendFileSync(answersFile, `${line(form, all, sheet)}\n`);
    left.shift();
  }
  check('entry: one sheet in five was typed twice', twice === 1, `${twice}`);
  check('entry: the receipt is shown on demand only', (await page.locator('#receipt-code').textContent()) === '');
  await page.locator('#receipt-show').click();
  check('entry: the receipt of the last sheet', /^[0-9a-f ]{79}$/.test(await page.locator('#receipt-code').textContent()));

  await typeCode(page, codeOf(cards[0]));
  check('entry: a card that was just used is refused at once', (await page.locator('#code-fault').textContent()).includes('eben'));
  check('entry: nothing is kept on the device', (await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length)) === 0);
  await judgeReport(page);
});

/* The second entry differs in two questions; the first is right in one, the second in the other. */
async function typeTwice(page, all, sheet, card) {
  await inspect(page, 'entry-second');
  check('entry: the second entry begins by key', (await focused(page)) === 'second-go');
  await page.locator('#second-go').press('Enter');
  check('entry: blind to the first', await page.locator('#sheet .quick').evaluateAll((fields) => fields.every((field) => field.value === '')) &&
    (await page.locator('#sheet input:checked').count()) === 0 && (await page.locator('#review-open').textContent()) !== null);
  await typeCode(page, codeOf(cards.at(-1)));
  check('entry: another card at the second entry is noticed', (await page.locator('#code-fault').textContent()).includes('ersten Eingabe'));
  await page.locator('#code').fill('');
  await typeCode(page, codeOf(card));
  const second = new Map(sheet);
  second.set('KP1', '3'); /* a slip: the paper says 2 */
  second.set('SP1', '2'); /* here the first entry was the slip */
  await typeSheet(page, all, second);
  await page.keyboard.press('Enter');
  await page.locator('#differences').waitFor();
  const sides = await page.locator('#differences-list fieldset').evaluateAll((all) => all.map((each) => each.querySelectorAll('label').length));
  check('entry: exactly the two differences stand side by side', sides.length === 2 && sides.every((count) => count === 2), `${sides}`);
  check('entry: nothing is chosen beforehand', (await page.locator('#differences-list input:checked').count()) === 0);
  await inspect(page, 'entry-differences');
  await page.locator('#differences-done').press('Enter');
  check('entry: every difference wants a decision', (await page.locator('#differences-fault').textContent()).includes('2'));
  await page.keyboard.press('1');
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  check('entry: decided, then checked again', (await view(page)) === 'review');
  check('entry: says how many differed', (await page.locator('#review-agree').textContent()).startsWith('2 von '));
  sheet.set('SP1', '2');
  await page.keyboard.press('Enter');
}

async function judgeReport(page) {
  const before = requests.length;
  await page.locator('#sheet-report').click();
  const numbers = await page.locator('#report-numbers td').allTextContents();
  const fields = await page.locator('#sheet .line').count();
  check('report: its numbers', numbers.slice(0, 5).join() === `5,1,1,${fields},2`, numbers.join());
  check('report: names the questions that differed', (await page.locator('#report-questions tbody tr').count()) === 2);
  await inspect(page, 'entry-report');
  const download = page.waitForEvent('download');
  await page.locator('#report-save').click();
  const table = readFileSync(await (await download).path(), 'utf8');
  check('report: the table has the same numbers', /Abgeschickte Bögen;5\r\n/.test(table) && /Felder mit Unterschied;2\r\n/.test(table), table);
  check('report: no code in it', cards.every((card) => !table.includes(codeOf(card).slice(0, 11))));
  check('report: made without a request', requests.slice(before).every((request) => !request.startsWith('POST')) &&
    requests.slice(before).every((request) => !request.endsWith('.csv')), requests.slice(before).join());
  const known = requests.filter((request) => !/^(GET (entry|survey\.css|entry\.css|entry\.js|client\.js|manifest)|POST (draw|submit))$/.test(request));
  check('entry: no other request', known.every((request) => request.startsWith('GET ') && /[0-9a-f-]{36}$|^GET $/.test(request)), known.join());
  check('entry: one draw and one submission a sheet', ['draw', 'submit'].every((name) => requests.filter((each) => each === `POST ${name}`).length === 5));
}

await scenario('entry: contradictions and discarding', async (page) => {
  page.on('dialog', (dialog) => dialog.accept());
  await page.clock.install();
  await openPage(page, 'de');
  await page.locator('#every-0').check();
  await page.locator('#begin-go').press('Enter');
  const all = await questions(page);
  const form = await page.evaluate(() => document.body.dataset.form);
  await typeCode(page, codeOf(left[0]));
  await page.keyboard.type('3');
  await page.locator('#sheet-discard').press('Enter');
  check('discard: says so, and the card is not used', (await said(page)).includes('verworfen') && (await page.locator('#code').inputValue()) === '');
  await page.clock.runFor(3600000);
  await typeCode(page, codeOf(left[0]));
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await page.keyboard.type('1');
  await page.clock.runFor(3600000);
  check('contradiction: shown at the field, not corrected', await page.locator('#line-KP2 .leave').isVisible() &&
    (await page.locator('#quick-KP2').inputValue()) === '1');
  check('an hour without input destroys nothing', (await page.locator('#quick-KP1').inputValue()) === '5');
  await page.locator('#sheet-done').press('Enter');
  check('contradiction: not sent', !(await page.locator('#send').isVisible()) && await page.locator('#review-faults').isVisible());
  await inspect(page, 'entry-conflict');
  await page.locator('#review-faults button.plain').press('Enter');
  check('contradiction: left out as on paper, then it can be sent', await page.locator('#send').isVisible() && (await focused(page)) === 'send');
  await page.locator('#review-back').press('Enter');
  check('contradiction: the sheet tells what was left out', (await page.locator('#chosen-KP2').textContent()).startsWith('weggelassen'));
  await page.locator('#sheet-done').press('Enter');
  await page.route('**/submit', (route) => route.abort(), { times: 1 });
  await page.locator('#send').press('Enter');
  await page.locator('#problem-retry').waitFor();
  check('broken line: the sheet is still there', (await page.locator('#problem-text').textContent()).includes('vollständig') && (await page.locator('#quick-KP1').inputValue()) === '5');
  await page.locator('#problem-retry').press('Enter');
  await page.waitForFunction(() => document.querySelector('#said').textContent.includes('Bogen 1 '));
  appendFileSync(answersFile, `${line(form, all, new Map([['KP1', '5']]))}\n`);
  left.shift();
});

await scenario('entry: cards that cannot be used, in English', async (page) => {
  await openPage(page, 'en');
  await inspect(page, 'entry-begin-en');
  await page.locator('#every-0').check();
  await page.locator('#begin-go').press('Enter');
  for (const [name, code, words] of [['personal', codeOf(personal), 'personal code'], ['used', codeOf(cards[0]), 'used already']]) {
    await page.locator('#code').fill('');
    await typeCode(page, code);
    await page.locator('#sheet-done').press('Enter');
    await page.locator('#send').press('Enter');
    await page.locator('#problem').waitFor();
    check(`${name} code: refused, the sheet stays`, (await page.locator('#problem-text').textContent()).includes(words));
    await inspect(page, `entry-refused-${name}`);
    await page.locator('#problem-code').press('Enter');
  }
  await page.locator('#code').fill('');
  await typeCode(page, codeOf(left[0]));
  await page.keyboard.type('1');
  await page.locator('#sheet-done').press('Enter');
  await page.locator('#send').press('Enter');
  await page.waitForFunction(() => document.querySelector('#said').textContent === 'Sheet 1 sent.');
  check('another card: the same sheet is sent', true);
  const all = await questions(page);
  appendFileSync(answersFile, `${line(await page.evaluate(() => document.body.dataset.form), all, new Map([['KP1', '1']]))}\n`);
}, { locale: 'en-GB' });

await finish();
