/* node tests/browser/pages.mjs NAME LINK…   (one unused link for each language, in the order below)
 * Every page of a questionnaire in every language, from the start to the receipt, wide and narrow, light and dark: axe
 * finds nothing of any impact, best practices included. Said is how many looks there were, and each finding. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { check, finish, links, NARROW, scenario, WIDE } from './harness.mjs';
import { withLanguage } from './respondent.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [form, ...addresses] = links;
const LANGUAGES = ['de', 'en', 'de-simple', 'tr', 'pl', 'uk', 'ar'];
let looks = 0;

async function look(page, name, found) {
  for (const size of [WIDE, NARROW])
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document));
      looks++;
      for (const each of violations)
        found.push(`${name} ${size.width} ${colorScheme}: ${each.id} (${each.nodes.length}): ${each.nodes[0].html.slice(0, 140)}`);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > size.width) found.push(`${name} ${size.width}: scrolls sideways to ${width} px`);
    }
}

/* "Next"; and when something is left open, on without it. */
async function goOn(page) {
  await page.locator('#next').click();
  if (await page.locator('#summary').isVisible()) await page.locator('#summary-skip').click();
}

for (const [i, language] of LANGUAGES.entries())
  await scenario(language, async (page) => {
    const found = [];
    await page.goto(withLanguage(addresses[i], language));
    await page.locator('#check').waitFor();
    await look(page, 'start', found);
    await page.locator('#join-go').click();
    await page.locator('#survey h2:visible').waitFor();
    let pages = 0;
    for (; pages < 200 && !(await page.locator('#review').isVisible()); pages++) {
      await look(page, await page.locator('#survey .page:visible').getAttribute('data-page'), found);
      await goOn(page);
    }
    await look(page, 'review', found);
    await page.locator('#send').click();
    await page.locator('#receipt').waitFor();
    await look(page, 'receipt', found);
    check(`${form} in ${language}: ${pages} pages, start, overview and receipt: axe finds nothing`, found.length === 0,
      found.slice(0, 12).join('\n        '));
  });
console.log(`${form}: ${looks} looks`);

await finish();
