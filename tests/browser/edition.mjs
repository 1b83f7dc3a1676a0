/* node tests/browser/edition.mjs [--screenshots DIR] FILE…
 * The report in one HTML file, opened as a reader opens an attachment: nothing is fetched, nothing is refused by its own
 * policy, axe finds nothing in light, dark and narrow, every figure has its numbers, links lead somewhere. */
import { resolve } from 'node:path';
import { check, finish, inspect, links, scenario } from './harness.mjs';

for (const file of links) {
  const name = file.replace(/.*\//, '');
  const url = `file://${resolve(file)}`;
  for (const colorScheme of ['light', 'dark'])
    await scenario(`${name} ${colorScheme}`, async (page) => {
      const heard = [];
      page.on('request', (request) => request.url() === url || heard.push(request.url()));
      page.on('console', (message) => heard.push(message.text()));
      await page.goto(url);
      check(`${name}: nothing is fetched or refused`, heard.length === 0, heard.join('\n'));
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      check(`${name}: its style is in force (${colorScheme})`, ground === (colorScheme === 'dark' ? 'rgb(18, 23, 29)' : 'rgb(255, 255, 255)'), ground);
      await inspect(page, `${name}-${colorScheme}`);
      for (const summary of await page.locator('summary').all()) await summary.click();
      await inspect(page, `${name}-${colorScheme}-open`, ['1280']);
    }, { colorScheme });
  await scenario(`${name} content`, async (page) => {
    await page.goto(url);
    const facts = await page.evaluate(() => ({
      figures: document.querySelectorAll('figure').length,
      numbers: document.querySelectorAll('figure details table tbody tr').length,
      without: [...document.querySelectorAll('figure')].filter((one) => !one.querySelector('svg > desc') || !one.querySelector('details table')).length,
      broken: [...document.querySelectorAll('a[href^="#"]')].filter((a) => !document.getElementById(a.hash.slice(1))).map((a) => a.hash),
      levels: [...document.querySelectorAll('h1, h2, h3, h4')].map((h) => Number(h.tagName[1])),
    }));
    check(`${name}: every figure has alternative text and a table`, facts.figures > 5 && facts.without === 0 && facts.numbers > 20, JSON.stringify(facts));
    check(`${name}: every link leads somewhere`, facts.broken.length === 0, facts.broken.join(' '));
    check(`${name}: one title, no level is skipped`, facts.levels[0] === 1 && facts.levels.filter((l) => l === 1).length === 1
      && facts.levels.every((level, i) => i === 0 || level <= facts.levels[i - 1] + 1), facts.levels.join(''));
  });
}
await finish();
