// Fingers: a tap opens, and a finger that moves scrolls the page and drags nothing.
import assert from 'node:assert/strict';

import { withPage } from '../browser.mjs';
import { Person } from '../person.mjs';

const TELEPHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

async function taps(page, person) {
  await person.event({ title: 'Tapped', start_at: '2026-11-17T10:00', end_at: '2026-11-17T11:00', time_zone: 'UTC' });
  await page.goto('/calendar/month/2026-11');
  await page.getByRole('link', { name: /Tapped/ }).tap();
  await page.waitForURL('**/events/*');
  await page.goBack();
  await page.locator('a.new').tap();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[name=title]').fill('Made by a finger');
  const saved = page.waitForResponse(reply => reply.request().method() === 'POST' && reply.url().endsWith('/events/new'));
  await dialog.getByRole('button', { name: 'Save' }).tap();
  await saved;
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const titles = (await person.ask('GET', '/api/calendar/events')).map(({ title }) => title);
  assert.ok(titles.includes('Made by a finger'), titles.join());
}

async function scrolls(page, person) {
  await person.event({ title: 'Stays', start_at: '2026-11-17T10:00', end_at: '2026-11-17T12:00', time_zone: 'UTC' });
  await page.goto('/calendar/day/2026-11-17');
  const link = page.getByRole('link', { name: /Stays/ });
  await link.scrollIntoViewIfNeeded();
  const box = await link.boundingBox();
  const devTools = await page.context().newCDPSession(page);
  const touch = (type, points) => devTools.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await touch('touchStart', [{ x, y }]);
  for (let moved = 20; moved <= 120; moved += 20) await touch('touchMove', [{ x, y: y - moved }]);
  assert.equal(await page.locator('.ghost').count(), 0);
  await touch('touchEnd', []);
  assert.equal(new URL(page.url()).pathname, '/calendar/day/2026-11-17');
  assert.equal((await person.ask('GET', '/api/calendar/events'))[0].start_at, '2026-11-17T10:00:00Z');
}

/** Whatever is pressed is at least 24 px wide and high, or has as much room around its middle (WCAG 2.2, 2.5.8). */
async function hasRoom(page) {
  for (const path of ['/calendar/month/2026-11', '/calendar/agenda', '/events/new', '/settings']) {
    await page.goto(path);
    const small = await page.locator('button:visible, a.button:visible, .switch a:visible, summary:visible, select:visible').evaluateAll(all =>
      all.map(one => ({ what: one.outerHTML.slice(0, 120), box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 24 || box.height < 24).map(({ what, box }) => `${what}: ${box.width} x ${box.height}`));
    assert.deepEqual(small, [], path);
  }
}

export const tests = server => {
  const by = use => () => withPage(server, TELEPHONE, async page => {
    const person = await Person.register(server, { time_zone: 'UTC', locale: 'en-GB' });
    await person.logIn(page.context());
    await use(page, person);
  });
  return { 'a tap opens, and makes an event': by(taps), 'a finger that moves scrolls': by(scrolls), 'there is room for a finger': by(hasRoom) };
};
