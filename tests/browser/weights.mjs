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
  const moved = await page.evaluate(() => new Promise(resolve => {
    const moved = [];
    const said = ({ node, previousRect, currentRect }) =>
      `${node?.outerHTML?.slice(0, 100) ?? node?.nodeName}: ${JSON.stringify(previousRect)} ${JSON.stringify(currentRect)}`;
    // That there was no shift comes as no entry: the mark comes behind all that were.
    const observer = new PerformanceObserver(list => {
      moved.push(...list.getEntriesByType('layout-shift').map(({ value, sources }) => ({ value, what: sources.map(said) })));
      if (list.getEntriesByName('seen').length > 0) resolve(moved);
    });
    observer.observe({ type: 'layout-shift', buffered: true });
    observer.observe({ type: 'mark' });
    performance.mark('seen');
  }));
  await devTools.detach();
  const asked = [...answered].filter(([id]) => !cached.has(id)).map(([, address]) => address);
  return { bytes, requests: asked.length, asked, moved, shift: moved.reduce((sum, { value }) => sum + value, 0) };
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
  const seen = JSON.stringify({ asked: again.asked, moved: [first, later, again].map(({ moved }) => moved) }, null, 1);
  for (const [name, most] of Object.entries(MOST)) assert.ok(figures[name] <= most, `${name}: ${figures[name]} ${seen}`);
  // A first visit that asks for nothing else is none.
  assert.ok(first.requests > again.requests && first.bytes > again.bytes);
}

/** A week stands where it is before those behind it have come. */
async function weeksStand(page, server) {
  const { person } = await richPerson(server);
  await person.logIn(page.context());
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(MONTH);
    const weeks = page.locator('.month tbody tr');
    const tops = () => weeks.evaluateAll(all => all.map(week => week.getBoundingClientRect().top));
    const whole = await tops();
    await weeks.evaluateAll(all => all.slice(3).forEach(week => week.remove()));
    assert.deepEqual(await tops(), whole.slice(0, 3), `${width} px`);
  }
}

/** The check finds what moves. */
async function findsShift(page) {
  const { shift } = await visit(page, async () => {
    await page.setContent('<!doctype html><p id="a">a</p><p>b</p>');
    // Once it is drawn, so that there is something to move.
    await page.screenshot();
    await page.locator('#a').evaluate(a => { a.style.height = '300px'; });
    await page.screenshot();
  });
  assert.ok(shift > 0, String(shift));
}

export const tests = server => ({
  'finds what moves': () => withPage(server, {}, findsShift),
  'weeks stand while others come': () => withPage(server, {}, page => weeksStand(page, server)),
  'a month is light, and stands still': () => withPage(server, {}, page => isLight(page, server)),
});
