/* node tests/browser/types.mjs --answers FILE LINK…   (3 unused links of a wave of tests/data/forms/all_types.yaml)
 * Every kind of question answered by keyboard alone; what is sent stands in FILE, to be held against the count. Faults are
 * summed up at the top with the focus, and going on without an answer is always possible. A draft brings all back. */
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { check, finish, inspect, scenario } from './harness.mjs';
import { begin, send, withLanguage } from './respondent.mjs';

const { values, positionals: links } = parseArgs({
  allowPositionals: true, options: { answers: { type: 'string' }, screenshots: { type: 'string' } } });

const focused = (page) => page.evaluate(() => document.activeElement.id);

/* Tab until the field has the focus: nothing is clicked. */
async function tabTo(page, pattern) {
  for (let i = 0; i < 80; i++) {
    if (pattern.test(await focused(page))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${pattern} cannot be reached by keyboard`);
}

/* Radio buttons are one stop; the arrows move and choose. */
async function chooseRadio(page, item, code) {
  await tabTo(page, new RegExp(`^${item}-`));
  await page.keyboard.press('Space');
  for (let i = 0; i < 15 && !(await page.locator(`#${item}-${code}`).isChecked()); i++) await page.keyboard.press('ArrowDown');
}

async function box(page, id) {
  await tabTo(page, new RegExp(`^${id}$`));
  await page.keyboard.press('Space');
}

async function type(page, id, text) {
  await tabTo(page, new RegExp(`^${id}$`));
  await page.keyboard.type(text);
}

async function press(page, id) {
  await tabTo(page, new RegExp(`^${id}$`));
  await page.keyboard.press('Enter');
}

const answers = {};

await scenario('every kind of question by keyboard', async (page) => {
  const faults = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(withLanguage(links[0], 'de'));
  await page.locator('#check').waitFor();
  await press(page, 'join-go');
  await page.locator('#survey h2:visible').waitFor();

  await press(page, 'next');
  check('required: asked once more, with the focus on the summary', (await focused(page)) === 'summary-title');
  check('required: the summary names the question', (await page.locator('#summary-list a').count()) === 1);
  check('required: said at the question', (await page.locator('#item-A1').getAttribute('aria-describedby')).includes('fault-A1'));
  await inspect(page, 'summary');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  check('summary: its link leads to the field', (await focused(page)).startsWith('A1-'));
  await page.locator('#title-A').focus();

  await box(page, 'A0-1');
  await chooseRadio(page, 'A1', 'oth');
  check('required: an answer takes the fault away', !(await page.locator('#summary').isVisible()));
  await type(page, 'A1_oth-text', 'im Garten');
  await chooseRadio(page, 'A2', '1');
  await box(page, 'A3-c');
  await press(page, 'next');
  check('choose_min: one is not enough', (await page.locator('#fault-A3').textContent()).includes('mindestens 2'));
  await page.locator('#title-A').focus();
  await box(page, 'A3-d');
  check('not_with: the other is taken out', !(await page.locator('#A3-c').isChecked()));
  await page.locator('#title-A').focus();
  await box(page, 'A3-a');
  await chooseRadio(page, 'A4', '9');
  await chooseRadio(page, 'A5', 'b');
  await inspect(page, 'types-A');
  await press(page, 'next');

  check('initial: the first answer stands there', await page.locator('#B3-2').isChecked());
  for (const [id, code] of [['B1', '1'], ['B2', '98']]) {
    await page.locator('#title-B').focus();
    await chooseRadio(page, id, code);
  }
  await inspect(page, 'types-B');
  await press(page, 'next');

  await type(page, 'C1-value', '38,25');
  await press(page, 'next');
  check('number: too many digits are named', /eine|1/.test(await page.locator('#fault-C1').textContent()));
  check('number: the field says that it is wrong', (await page.locator('#C1-value').getAttribute('aria-invalid')) === 'true');
  await page.locator('#summary-list button').first().press('Enter');
  check('summary: an answer is removed with one press', (await page.locator('#C1-value').inputValue()) === '');
  await page.locator('#title-C').focus();
  await type(page, 'C1-value', '38,5');
  await type(page, 'C2-value', '-3');
  check('slider: untouched it says so', (await page.locator('#C3-range').getAttribute('aria-valuetext')) === 'noch keine Antwort');
  await tabTo(page, /^C3-range$/);
  await page.keyboard.press('ArrowRight');
  check('slider: the field follows', (await page.locator('#C3-value').inputValue()) !== '');
  await page.keyboard.press('End');
  await type(page, 'C4-a', '60');
  check('sum: the rest is told while typing', (await page.locator('#rest-C4').textContent()) === '40');
  await press(page, 'next');
  check('sum: an open rest is named', (await page.locator('#fault-C4').textContent()).includes('60'));
  await page.locator('#title-C').focus();
  await type(page, 'C4-c', '40');
  await inspect(page, 'types-C');
  await press(page, 'next');

  for (const [id, text] of [['D1-year', '1999'], ['D2-part', '3'], ['D2-year', '2024'], ['D3-part', 'Mai'], ['D3-year', '2025'],
    ['D4-c', '1'], ['D4-a', '2']]) await type(page, id, text);
  await type(page, 'D4-b', '1');
  check('ranking: a place is given once', (await page.locator('#D4-c').inputValue()) === '');
  await press(page, 'next');
  check('ranking: no fault while 1 and 2 are given', await page.locator('#page-E').isVisible());
  const text = page.locator('#page-E .item:visible').locator('input, textarea');
  check('rotation: one of two is drawn', (await text.count()) === 1);
  const drawn = (await text.getAttribute('id')).replace('-text', '');
  await type(page, `${drawn}-text`, 'Garten');
  await press(page, 'next');
  const rows = Object.fromEntries(await page.locator('.review-row').evaluateAll((all) =>
    all.map((row) => [row.querySelector('dt').textContent, row.querySelector('dd span').textContent])));
  check('review: number with its unit', rows['Wie viele Stunden arbeiten Sie in der Woche?'] === '38,5 Stunden', JSON.stringify(rows));
  check('review: month in words', rows['In welchem Monat war Ihr letztes Gespräch?'] === 'Mai 2025');
  check('review: order', rows['Was ist Ihnen am wichtigsten?'] === '1. Geld; 2. Zeit');
  check('review: notes are no questions', !Object.keys(rows).some((row) => row.includes('schätzen')));
  await inspect(page, 'types-review');
  Object.assign(answers, { A0: '1', A1: 'oth', A2: '1', A3: ['a', 'd'], A4: '9', A5: 'b', B1: '1', B2: '98', B3: '2', C1: 38.5,
    C2: -3, C3: 100, C4: { a: 60, c: 40 }, D1: '1999', D2: '2024-Q3', D3: '2025-05', D4: ['b', 'a'] });
  const form = await page.evaluate(() => document.body.dataset.form);
  appendFileSync(values.answers, `${JSON.stringify({ form, answers })}\n`);
  check('every kind: receipt', /^[0-9a-f]{64}$/.test(await send(page)));
  check('every kind: no error in the console', faults.length === 0, faults.join(' | '));
});

await scenario('skip everything', async (page) => {
  await begin(page, withLanguage(links[1], 'en'));
  await page.locator('#next').click();
  await page.locator('#summary-skip').click();
  check('skip: the next page opens without the required answer', await page.locator('#page-B').isVisible());
  await page.locator('#back').click();
  await page.locator('#next').click();
  check('skip: not asked a second time', await page.locator('#page-B').isVisible());
  await page.locator('#next').click();
  await page.locator('#C1-value').fill('99');
  await page.locator('#next').click();
  await page.locator('#summary-skip').click();
  check('skip: what does not fit is taken out', (await page.locator('#C1-value').inputValue()) === '');
  check('skip: and the next page opens', await page.locator('#page-D').isVisible());
});

await scenario('draft of every kind', async (page) => {
  await page.goto(withLanguage(links[2], 'de'));
  await page.locator('#keep').check();
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
  await page.locator('#A1-2').check();
  const order = () => page.locator('#item-A1 input').evaluateAll((all) => all.map((input) => input.value).join(' '));
  const before = await order();
  check('shuffle: "prefer not to say" stays last', before.endsWith(' 9'), before);
  await page.locator('#next').click();
  await page.locator('[data-clear="B3"]').click();
  await page.locator('#next').click();
  await page.locator('#C3-value').fill('35');
  await page.locator('#C4-b').fill('100');
  await page.locator('#next').click();
  await page.locator('#D3-part').selectOption('5');
  await page.locator('#D3-year').selectOption('2025');
  await page.locator('#D4-b').selectOption('1');
  await page.reload();
  await page.locator('#resume-go').click();
  await page.locator('#survey h2:visible').waitFor();
  check('draft: date and order are back', (await page.locator('#D3-part').inputValue()) === '5' && (await page.locator('#D4-b').inputValue()) === '1');
  check('draft: slider and sum are back', (await page.locator('#C3-range').inputValue()) === '35' && (await page.locator('#rest-C4').textContent()) === '0');
  check('draft: options keep their order', (await order()) === before);
  check('draft: a cleared first answer stays cleared', !(await page.locator('#B3-2').isChecked()));
});

await finish();
