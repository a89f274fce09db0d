// axe-core finds nothing wrong, light and dark, on a telephone and a desk; and nothing is wider than its window.
import assert from 'node:assert/strict';

import { withPage } from './browser.mjs';
import { AXE } from './packages.mjs';
import { onEachPage, open } from './pages.mjs';

const HEIGHT = 844;

// What depends on colours: all else is the same in the dark.
const OF_COLOURS = { runOnly: ['color-contrast', 'link-in-text-block'] };

/** What is wrong with the page as it is: a line for each. */
async function violations(page, options) {
  const found = await page.evaluate(async options =>
    (await axe.run(document, { resultTypes: ['violations'], ...options })).violations, options);
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}

async function isAccessible(page) {
  await page.evaluate(AXE);
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: HEIGHT });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const found = await violations(page, colorScheme === 'light' ? {} : OF_COLOURS);
      assert.ok(found.length === 0, `${colorScheme}, ${width} px:\n${found.join('\n')}`);
    }
  }
}

async function fits(page) {
  for (const width of [320, 390, 1280, 2560]) {
    await page.setViewportSize({ width, height: HEIGHT });
    const needed = await page.evaluate(() => document.scrollingElement.scrollWidth);
    assert.ok(needed <= width, `${needed} px at ${width}`);
  }
  for (const once of ['h1', 'main']) assert.equal(await page.locator(once).count(), 1, once);
}

async function isGood(page, one) {
  if (one) await open(page, one);
  await fits(page);
  await isAccessible(page);
}

/** The checks find what is wrong. */
async function findsFaults(page) {
  await page.setContent('<!doctype html><title>t</title><p style="color: #aaa; width: 900px">pale<input>');
  await assert.rejects(() => isAccessible(page), /color-contrast[^]*label/);
  await assert.rejects(() => fits(page), /px at 320/);
  await page.setContent(`<!doctype html><html lang="en"><title>t</title><style>:root { color-scheme: light dark }
    html { background: light-dark(#fff, #111); color: light-dark(#222, #444) }</style><main><h1>One</h1><p>Pale in the dark`);
  await assert.rejects(() => isAccessible(page), /dark, 390[^]*color-contrast/);
  await page.setContent('<!doctype html><html lang="en"><title>t</title><main><h1>One</h1></main>');
  await isGood(page);
  await page.setContent('<!doctype html><html lang="en"><title>t</title><main><h1>One</h1><h1>Two</h1></main>');
  await assert.rejects(() => fits(page), /h1/);
}

// axe-core's script is none of the page's.
const OPTIONS = { bypassCSP: true };

export const tests = async server => ({
  'finds faults': () => withPage(server, OPTIONS, findsFaults),
  ...await onEachPage(server, OPTIONS, isGood),
});
