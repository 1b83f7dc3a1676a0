/* Usage: node tests/browser/office_imports.mjs [--screenshots DIR] OFFICE PASSWORD-FILE STATUS-FILE SHEET-FILE
 * STATUS-FILE: measures' states, of which one lacks its evidence. SHEET-FILE: complaints of two years as .xlsx. */
import { readFileSync } from 'node:fs';
import { check, finish, inspect, links, scenario } from './harness.mjs';

const [office, passwordFile, file, sheet] = links;
const password = readFileSync(passwordFile, 'utf8').trim();

await scenario('importing', async (page) => {
  await page.goto(`${office}/login?lang=de`);
  await page.fill('input[name="name"]', 'chefin');
  await page.fill('input[name="password"]', password);
  await page.click('main button[type="submit"]');
  await page.goto(`${office}/imports`);
  const send = async (kind = 'status', path = file) => {
    await page.selectOption('select[name="kind"]', kind);
    await page.setInputFiles('input[name="file"]', path);
    await page.getByRole('button', { name: 'Abschicken' }).click();
  };
  check('every kind has its explanation', (await page.locator('details').count()) === (await page.locator('option').count()));
  await page.locator('summary').nth(5).click();
  await inspect(page, 'imports');
  await send();
  check('a try stores nothing', (await page.textContent('.success h2')).includes('nichts wurde gespeichert'));
  check('the warning names rule, line and column', (await page.textContent('#findings ~ tbody')).includes('V22'));
  await inspect(page, 'imports-warned');
  check('the kind stays chosen', (await page.inputValue('select[name="kind"]')) === 'status');
  await send();
  check('warnings nobody accepted are refused', (await page.textContent('.problem h2')).includes('Nichts'));
  await page.check('input[name="accept"]');
  await send();
  check('accepted, the file is stored', (await page.textContent('.success h2')).includes('gespeichert'));
  await page.getByRole('button', { name: 'Letzten Import zurücknehmen' }).click();
  check('the undo stands in the list', (await page.textContent('#history ~ tbody')).includes('Zurückgenommen'));
  const [download] = await Promise.all([page.waitForEvent('download'), page.evaluate(() => { document.querySelector('a[href="/imports/template/flows"]').click(); })]);
  check('a template is a file', download.suggestedFilename() === 'personal_ereignis.csv');
  const [map] = await Promise.all([page.waitForEvent('download'), page.evaluate(() => { document.querySelector('a[href^="/imports/map/"]').click(); })]);
  check('a shipped map is a file', map.suggestedFilename() === 'personalstandstatistik.json');
  await send('complaints', sheet);
  check('a spreadsheet is read', (await page.textContent('.success h2')).includes('nichts wurde gespeichert') &&
    (await page.textContent('#sample ~ tbody')).includes('2025'));
  await page.fill('input[name="date"]', '2026-06-30');
  await send('complaints', sheet);
  check('a day that nobody asks for is refused', (await page.textContent('main')).includes('keine Zuordnung fragt danach'));
  await page.goto(`${office}/imports`);
  await inspect(page, 'imports-undone');
});

await finish();
