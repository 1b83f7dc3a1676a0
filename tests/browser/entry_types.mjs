/* node tests/browser/entry_types.mjs [--screenshots DIR] ANSWERS-FILE CARD-LINK CARD-LINK
 * A clerk types a sheet with every type of question (tests/data/forms/all_types.yaml), twice, with differences in the new
 * types; mistakes are said at the field. What was typed is written down as the line that the count must contain. */
import { appendFileSync } from 'node:fs';
import { check, finish, inspect, links, scenario } from './harness.mjs';

const [answersFile, card] = links;
const [site, fingerprint] = [card.replace(/#.*/, ''), card.replace(/.*\./, '')];
const code = card.replace(/.*#/, '').replace(/\..*/, '');

/* As it stands on paper, and what it means. The text of an option and free texts are counted apart from the rest. */
const SHEET = [
  ['A0', '1', '1'], ['A1', '3', 'oth'], ['A1_oth', 'in der Kantine'], ['A2', '1', '1'], ['A3', '2 1', ['a', 'b']],
  ['A4', '0', '0'], ['A5', '2', 'b'], ['B1', '3', '3'], ['B2', '4', '98'], ['B3', '1', '1'], ['C1', '38,5', 38.5],
  ['C2', '-3', -3], ['C3', '95', 95], ['C4', '60 - 40', { a: 60, c: 40 }], ['D1', '2001', '2001'], ['D2', '3 2025', '2025-Q3'],
  ['D3', '05 2026', '2026-05'], ['D4', '2 - 1', ['c', 'a']], ['E1', '-'], ['E2', 'Mehr Licht'],
];
const SLIPS = new Map([['C1', '35,5'], ['C4', '40 - 60'], ['D4', '1 - 2']]);
const FAULTS = [
  ['A3', '1', 'mindestens 2'], ['A3', '3 4', 'schließen einander aus'], ['A4', '11', 'nur 0 bis 10'], ['C1', '38,55', 'Komma'],
  ['C1', '38,2', 'Schritte'], ['C2', '41', '-20 bis 40'], ['C4', '60 - 30', '90 statt 100'], ['D1', '1979', '1980 bis 2026'],
  ['D2', '5 2025', 'kein Quartal'], ['D3', '5', 'kein Monat'], ['D4', '1 1 -', 'Plätze'], ['D4', '1 2', '3 Kästchen'],
];

async function typeSheet(page, slips) {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  for (const [id, typed] of SHEET) {
    check(`types: ${id} is next`, (await page.evaluate(() => document.activeElement.id)) === `quick-${id}`);
    await page.keyboard.type(slips.get(id) ?? typed);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Enter');
}

await scenario('entry: every type of question', async (page) => {
  await page.goto(`${site}entry?lang=de#.${fingerprint}`);
  await page.locator('#begin-go:visible').waitFor();
  await page.locator('#every-5').check();
  await page.locator('#every-5').evaluate((choice) => { choice.value = '1'; }); /* every sheet is typed twice here */
  await page.locator('#begin-go').press('Enter');
  const lines = await page.locator('#sheet .line').evaluateAll((all) => all.map((line) => [line.dataset.item, line.querySelector('.question b').textContent]));
  check('types: all that is printed and asked, in printed order', lines.map(([id]) => id).join() === SHEET.map(([id]) => id).join(), `${lines}`);
  check('types: the text of an option has the number of its question', lines.find(([id]) => id === 'A1_oth')[1] === '2·3');
  for (const [id, typed, words] of FAULTS) {
    await page.locator(`#quick-${id}`).fill(typed);
    const said = await page.locator(`#fault-${id}`).textContent();
    check(`types: ${id} “${typed}” is a mistake`, said.includes(words), said);
    await page.locator(`#quick-${id}`).fill('');
  }
  await page.locator('#quick-D4').fill('2 - 1');
  check('types: places are said in their order', (await page.locator('#chosen-D4').textContent()) === '1. Ruhe · 2. Zeit');
  await page.locator('#quick-C1').fill('38,5');
  check('types: a number with its unit', (await page.locator('#chosen-C1').textContent()) === '38,5 Stunden');
  await inspect(page, 'entry-types');
  await page.locator('#quick-C1').fill('');
  await page.locator('#quick-D4').fill('');

  await page.locator('#code').focus();
  await typeSheet(page, new Map());
  check('types: ready to be sent', await page.locator('#send').isVisible(), await page.locator('#review').textContent());
  await page.keyboard.press('Enter');
  await page.locator('#second').waitFor();
  await page.locator('#second-go').press('Enter');
  await typeSheet(page, SLIPS);
  await page.keyboard.press('Enter');
  await page.locator('#differences').waitFor();
  check('types: three differences', (await page.locator('#differences-list fieldset').count()) === 3);
  const words = await page.locator('#differences-list').textContent();
  check('types: said in words', ['38,5 Stunden', '60 Beratung · 40 Wege', '1. Ruhe · 2. Zeit'].every((each) => words.includes(each)), words);
  await inspect(page, 'entry-types-differences');
  await page.locator('#differences-list input').first().focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await page.locator('#send').press('Enter');
  await page.waitForFunction(() => /abgeschickt/.test(document.querySelector('#said').textContent));
  check('types: sent', (await page.locator('#said').textContent()) === 'Bogen 1 ist abgeschickt.');
  const form = await page.evaluate(() => document.body.dataset.form);
  const answers = Object.fromEntries(SHEET.filter(([, , value]) => value !== undefined).map(([id, , value]) => [id, value]));
  appendFileSync(answersFile, `${JSON.stringify({ form, answers })}\n`);
});

await finish();
