/* node tests/browser/languages.mjs [--screenshots DIR] LINK…   (7 unused links of a wave of the shipped questionnaire)
 * Every language once, widths and colours in turn: axe finds nothing, nothing scrolls sideways at 320 px, Arabic is
 * mirrored, and a matrix is read row by row. The pictures of the matrix for docs/images come from here. */
import { check, finish, inspect, links, NARROW, scenario, values, WIDE } from './harness.mjs';
import { begin, withLanguage } from './respondent.mjs';

const shoot = (page, name) =>
  values.screenshots && page.screenshot({ path: `${values.screenshots}/${name}.png`, scale: 'css' });

async function openMatrix(page) {
  for (let i = 0; i < 40 && !(await page.locator('#survey .page:visible .matrix').count()); i++) await page.locator('#next').click();
}

/* What a screen reader meets, in order: the group of the row, then its steps. */
async function rows(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const read = [];
  const walk = (node) => {
    if (!node.ignored && ['group', 'radio'].includes(node.role?.value)) read.push({ role: node.role.value, name: node.name?.value ?? '' });
    for (const id of node.childIds ?? []) if (byId.has(id)) walk(byId.get(id));
  };
  walk(nodes[0]);
  return read;
}

for (const [i, language] of ['de', 'ar', 'en', 'tr', 'pl', 'uk', 'de-simple'].entries())
  await scenario(language, async (page) => {
    await begin(page, withLanguage(links[i], language));
    await openMatrix(page);
    await inspect(page, `matrix-${language}`, i % 2 === 0 ? ['1280'] : ['360']);
    if (language === 'de') {
      await shoot(page, 'matrix-de-wide');
      await page.emulateMedia({ colorScheme: 'dark' });
      await shoot(page, 'matrix-dark');
      await page.emulateMedia({ colorScheme: 'light' });
      const read = await rows(page);
      const groups = read.filter((node) => node.role === 'group');
      const legends = await page.locator('#survey .page:visible .item:visible > legend').allTextContents();
      check('matrix: each row is a group with its question', legends.every((legend) => groups.some((group) => group.name === legend)));
      const first = read.findIndex((node) => node.name === legends[0]);
      const labels = await page.locator('#survey .page:visible .item:visible').first().locator('label').allTextContents();
      check('matrix: its steps follow it, in order',
        labels.every((label, k) => read[first + 1 + k].role === 'radio' && read[first + 1 + k].name === label),
        JSON.stringify(read.slice(first, first + 8)));
      await page.setViewportSize(NARROW);
      await shoot(page, 'matrix-de-360');
      await page.setViewportSize(WIDE);
    }
    if (language === 'ar') {
      await page.setViewportSize(WIDE);
      await page.emulateMedia({ colorScheme: 'light' });
      await shoot(page, 'matrix-ar');
      const left = async (selector) => (await page.locator(selector).first().boundingBox()).x;
      const row = '#survey .page:visible .item:visible';
      check('ar: the question stands right of its steps', (await left(`${row} > legend`)) > (await left(`${row} .options`)));
      check('ar: "back" stands right of "next"', (await left('#back')) > (await left('#next')));
      check('ar: the first step stands right of the last',
        (await left(`${row} .option:first-child`)) > (await left(`${row} .option:last-child`)));
    }
  }, { colorScheme: i % 2 === 0 ? 'light' : 'dark' });

await finish();
