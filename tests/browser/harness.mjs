/* What the browser tests share: named checks, scenarios in fresh contexts, axe-core at two widths, screenshots.
 * Usage of every test: node tests/browser/NAME.mjs [--screenshots DIR] LINK…; it closes with "N passed, N failed". */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { launch } from './respondent.mjs';

export const { values, positionals: links } = parseArgs({ allowPositionals: true, strict: false, options: { screenshots: { type: 'string' } } });
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 360, height: 760 };
export const browser = await launch();
let [passed, failed] = [0, 0];

export function check(name, holds, detail = '') {
  if (holds) passed++;
  else failed++;
  console.log(`${holds ? 'ok' : 'NOT OK'}  ${name}${holds || detail === '' ? '' : `\n        ${detail}`}`);
}

/* Runs one scenario in a fresh browser context; whatever it throws is a failed check. Nothing moves: a colour on its way to
 * another one would be looked at in between. */
export async function scenario(name, run, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, locale: 'de-DE', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(15000);
  try {
    await run(await context.newPage(), context);
  } catch (error) {
    check(name, false, String(error).split('\n')[0]);
  }
  await context.close();
}

export async function inspect(page, name, widths = ['1280', '360']) {
  for (const [suffix, size] of [['1280', WIDE], ['360', NARROW]].filter(([width]) => widths.includes(width))) {
    await page.setViewportSize(size);
    /* The CSP forbids script tags; evaluate runs through the debugger. */
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document));
    const found = violations.map((each) => `${each.id} (${each.nodes.length}): ${each.nodes[0].html.slice(0, 160)}`);
    check(`axe: ${name} at ${suffix} px has no violation`, found.length === 0, found.join('\n        '));
    if (values.screenshots)
      await page.screenshot({ path: `${values.screenshots}/${name}-${suffix}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 320, height: 700 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  check(`reflow: ${name} at 320 px (400 % zoom) does not scroll sideways`, width <= 320, `${width} px`);
  await page.setViewportSize(WIDE);
}

export const problem = async (page) => {
  await page.locator('#problem').waitFor();
  return page.locator('#problem-text').textContent();
};

export async function finish() {
  await browser.close();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
