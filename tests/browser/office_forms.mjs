/* Usage: node tests/browser/office_forms.mjs [--screenshots DIR] OFFICE PASSWORD-FILE FORMS */
import { readFileSync } from 'node:fs';
import { check, finish, inspect, links, scenario } from './harness.mjs';

const [office, passwordFile, forms] = links;
const password = readFileSync(passwordFile, 'utf8').trim();

async function signIn(page) {
  await page.goto(`${office}/login?lang=de`);
  await page.fill('input[name="name"]', 'chefin');
  await page.fill('input[name="password"]', password);
  await page.click('main button[type="submit"]');
}

async function takeIn(page, file, { store = false, replace = false } = {}) {
  await page.goto(`${office}/forms`);
  await page.setInputFiles('input[type="file"]', file);
  if (store) await page.uncheck('input[name="dry_run"]');
  if (replace) await page.check('input[name="replace"]');
  await page.click('form.panel button[type="submit"]');
}

await scenario('taking in', async (page) => {
  await signIn(page);
  await takeIn(page, `${forms}/canteen.lss`);
  check('a try says that nothing was stored', (await page.textContent('.success h2')).includes('nichts wurde gespeichert'));
  check('every loss stands in a table', (await page.locator('#lost').count()) === 1);
  await inspect(page, 'forms-loss');
  await takeIn(page, `${forms}/canteen.lss`, { store: true });
  check('the questionnaire is stored', (await page.textContent('.success h2')).includes('gespeichert'));
  await takeIn(page, `${forms}/canteen.lss`, { store: true });
  check('a second one of the same name is refused', (await page.textContent('.problem p')).includes('ersetzen'));
  await takeIn(page, `${forms}/canteen.lss`, { store: true, replace: true });
  check('unless it is meant', (await page.locator('.success').count()) === 1);
  await page.goto(`${office}/forms`);
  await inspect(page, 'forms');
  await page.getByRole('button', { name: 'limesurvey_4711: Entfernen' }).click();
  check('removed, and can be brought back', await page.getByRole('button', { name: 'limesurvey_4711: Zurückholen' }).isVisible());
  await page.getByRole('button', { name: 'limesurvey_4711: Zurückholen' }).click();
  check('back again', (await page.getByRole('link', { name: 'limesurvey_4711', exact: true }).count()) === 1);
  await takeIn(page, `${forms}/canteen.lss`, { store: true, replace: true });
  await takeIn(page, passwordFile);
  check('a file that is no questionnaire is refused with its faults', (await page.textContent('.problem h2')).includes('Nichts'));
  await page.goto(`${office}/forms/..%2fetc`);
  check('a strange name is no questionnaire', !(await page.content()).includes('root:'));
});

await scenario('looking in', async (page) => {
  await signIn(page);
  await page.goto(`${office}/forms/open_administration?language=de&language=en&width=360&width=1280&path=1&path=2`);
  check('minutes of the shipped questionnaire are those of its paper',
    /1[012],\d/.test(await page.textContent('table:has(#languages-of-form) tbody tr:first-child td:nth-of-type(4)')));
  check('there are several ways through it', (await page.locator('table:has(#paths) tbody tr').count()) >= 4);
  check('the hardest questions are marked',
    (await page.locator('table:has(#readability-table) tbody tr', { hasText: 'WI3' }).textContent()).includes('schwer'));
  check('eight frames side by side', (await page.locator('.frames iframe').count()) === 8);
  const frame = page.frameLocator('.frames iframe >> nth=0');
  await frame.locator('h1').waitFor();
  check('a frame shows the questions of its way', (await frame.locator('.item').count()) > 40);
  const second = page.frameLocator('.frames iframe >> nth=4');
  await second.locator('h1').waitFor();
  check('another way, other questions', (await second.locator('.item').count()) !== (await frame.locator('.item').count()));
  await inspect(page, 'form');
  await page.goto(`${office}/forms/open_administration/interview?language=de&page=A`);
  await inspect(page, 'interview');
  await page.fill('textarea >> nth=0', 'versteht „Kontakt“ auch am Telefon');
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('main form button[type="submit"]')]);
  check('notes come back as a file', readFileSync(await file.path(), 'utf8').includes('auch am Telefon'));
});

await finish();
