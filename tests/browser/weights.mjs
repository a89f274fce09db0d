// What a month costs on its way, and whether it stands still.
import assert from 'node:assert/strict';

import { withPage } from './browser.mjs';
import { richPerson } from './data.mjs';

const MONTH = '/calendar/month/2026-11';
const MOST = { first: 60_000, later: 15_000, requests: 3, shift: 0 };

/** Opens a page: what was asked for, how many bytes came, heads and all, and how far what was drawn has moved. */
async function visit(page, open) {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Network.enable');
  const answered = new Map();
  const cached = new Set();
  let bytes = 0;
  devTools.on('Network.requestServedFromCache', ({ requestId }) => cached.add(requestId));
  devTools.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.fromDiskCache) cached.add(requestId);
    answered.set(requestId, response.url);
  });
  devTools.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength; });
  await open();
  await page.waitForLoadState('networkidle');
  const shift = await page.evaluate(() => new Promise(resolve => {
    // Each shift so far, and that there was none comes as no entry: two frames later all have come.
    let sum = 0;
    new PerformanceObserver(list => { for (const { value } of list.getEntries()) sum += value; })
      .observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
  }));
  await devTools.detach();
  const asked = [...answered].filter(([id]) => !cached.has(id)).map(([, address]) => address);
  return { bytes, requests: asked.length, asked, shift };
}

async function isLight(page, server) {
  const { person } = await richPerson(server);
  await person.logIn(page.context());
  const first = await visit(page, () => page.goto(MONTH));
  const later = await visit(page, () => page.goto('/calendar/month/2026-12'));
  const again = await visit(page, () => page.goto(MONTH));
  const figures = {
    first: first.bytes, later: again.bytes, requests: Math.max(again.requests, later.requests),
    shift: Math.max(first.shift, later.shift, again.shift),
  };
  console.log(JSON.stringify({ month: figures }));
  for (const [name, most] of Object.entries(MOST)) assert.ok(figures[name] <= most, `${name}: ${figures[name]}, ${again.asked.join(' ')}`);
  // A first visit that asks for nothing else is none.
  assert.ok(first.requests > again.requests && first.bytes > again.bytes);
}

/** The check finds what moves. */
async function findsShift(page) {
  const { shift } = await visit(page, async () => {
    await page.setContent('<!doctype html><p id="a">a</p><p>b</p>');
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => {
      document.getElementById('a').style.height = '300px';
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    }))));
  });
  assert.ok(shift > 0, String(shift));
}

export const tests = server => ({
  'finds what moves': () => withPage(server, {}, findsShift),
  'a month is light, and stands still': () => withPage(server, {}, page => isLight(page, server)),
});
