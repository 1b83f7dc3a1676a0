/* A respondent in headless Chromium: opens a link, answers at random but seeded, sends, keeps the receipt.
 * Not responsible for judging: participate.mjs and scenarios.mjs do. */
import { chromium } from 'playwright-core';

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

/* Mulberry32 (T. Ettinger, 2017, public domain): small, seeded, good enough to tick boxes. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const withLanguage = (link, language) => link.replace('/#', `/?lang=${language}#`);

export async function begin(page, link) {
  await page.goto(link);
  await page.locator('#join-go').click();
  await page.locator('#survey h2:visible').waitFor();
}

/* One input of the item, the way a person does it: a click on its label. */
export const choose = (page, item, code) => page.locator(`label[for="${item}-${code}"]`).click();

/* Answers the visible items of the open page; some stay open. Conditions make new items appear while we go. */
export async function answerPage(page, random) {
  const done = new Set();
  for (;;) {
    const next = await page.evaluate((seen) => {
      const item = [...document.querySelectorAll('#survey .page:not([hidden]) .item:not([hidden])')]
        .find((each) => !seen.includes(each.dataset.item));
      return item && { id: item.dataset.item, type: item.dataset.type,
        inputs: [...item.querySelectorAll('input')].map((input) => input.id) };
    }, [...done]);
    if (!next) return;
    done.add(next.id);
    if (random() < 0.08) continue;
    if (next.type === 'text') await page.locator(`#${next.id}-text`).fill('Ein Satz mit „Anführung“,\nUmbruch und \\.');
    const times = next.type === 'multiple' ? 1 + Math.floor(random() * 3) : 1;
    for (let i = 0; i < times && next.inputs.length > 0; i++) {
      const id = next.inputs[Math.floor(random() * next.inputs.length)];
      await page.evaluate((name) => document.getElementById(name).click(), id);
    }
  }
}

/* From the first page to the review; look is called on every page. */
export async function answerAll(page, random, look = async () => {}) {
  for (let i = 0; i < 100 && !(await page.locator('#review').isVisible()); i++) {
    await answerPage(page, random);
    await look(await page.locator('#survey .page:visible').getAttribute('data-page'));
    await page.locator('#next').click();
  }
  await page.locator('#review').waitFor();
}

/* What the review shows as answered: "question → answer". */
export const reviewed = (page) =>
  page.locator('#review-list .review-row').evaluateAll((rows) =>
    rows.map((row) => [row.querySelector('dt').textContent, row.querySelector('dd span').textContent]));

export async function send(page) {
  await page.locator('#send').click();
  await page.locator('#receipt').waitFor();
  return (await page.locator('#receipt-code').textContent()).replace(/ /g, '');
}

/* What is ticked, read from the page and not from the client: the line the count must contain. Detached items are
 * counted elsewhere. */
export const ticked = (page) =>
  page.evaluate(() => {
    const answers = {};
    for (const item of document.querySelectorAll('#survey .item:not([data-detached])')) {
      const chosen = [...item.querySelectorAll('input:checked')].map((input) => input.value);
      const text = item.querySelector('textarea')?.value;
      if (text) answers[item.dataset.item] = text;
      if (chosen.length > 0) answers[item.dataset.item] = item.dataset.type === 'multiple' ? chosen : chosen[0];
    }
    return JSON.stringify({ form: document.body.dataset.form, answers });
  });
