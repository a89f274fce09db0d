// What modules add beside keys and drags: freshness, a server that cannot be reached, the browser's zone, dates while a rule is typed.
import assert from 'node:assert/strict';

import { withPage } from '../browser.mjs';
import { Person } from '../person.mjs';

const BERLIN = 'Europe/Berlin';
const TOKENS = '**/api/calendar/calendars';

async function fresh(page, person) {
  const looked = page.waitForResponse(TOKENS);
  await page.goto('/calendar/month/2026-11');
  await looked;
  await person.event({ title: 'From elsewhere', start_at: '2026-11-17T10:00', end_at: '2026-11-17T11:00', time_zone: BERLIN });
  // Who comes back to the window sees what has changed meanwhile.
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await page.getByRole('link', { name: /From elsewhere/ }).waitFor();
  await page.getByText('The calendar has changed').waitFor();
}

async function unreachable(page, person) {
  await page.goto('/events/new?start_date=2026-11-17');
  await page.locator('main input[name=title]').fill('Kept');
  await page.context().setOffline(true);
  await page.locator('main').getByRole('button', { name: 'Save' }).first().click();
  await page.getByText('The server cannot be reached').waitFor();
  assert.equal(await page.locator('main input[name=title]').inputValue(), 'Kept');
  assert.deepEqual(await person.ask('GET', '/api/calendar/events'), []);
  await page.context().setOffline(false);
  const next = page.waitForURL('**/calendar/day/2026-11-17');
  await page.locator('main').getByRole('button', { name: 'Save' }).first().click();
  await next;
  assert.equal((await person.ask('GET', '/api/calendar/events')).length, 1);
}

async function databaseAway(page) {
  await page.goto('/events/new?start_date=2026-11-17');
  await page.locator('main input[name=title]').fill('Kept');
  await page.route('**/ready', route => route.fulfill({ status: 503, body: '{}' }));
  await page.locator('main').getByRole('button', { name: 'Save' }).first().click();
  await page.getByText('The server cannot reach its database').waitFor();
  assert.equal(await page.locator('main input[name=title]').inputValue(), 'Kept');
  await page.unroute('**/ready');
  // A proxy may keep that to itself: forms are sent all the same.
  await page.route('**/ready', route => route.fulfill({ status: 404 }));
  const next = page.waitForURL('**/calendar/day/2026-11-17');
  await page.locator('main').getByRole('button', { name: 'Save' }).first().click();
  await next;
}

async function zoneTaken(page, person) {
  await page.goto('/calendar/month/2026-11');
  const next = page.waitForEvent('domcontentloaded');
  await page.getByRole('button', { name: `Use ${BERLIN}` }).click();
  await next;
  assert.equal((await person.ask('GET', '/api/users/me')).time_zone, BERLIN);
  await page.locator('.month').waitFor();
  assert.equal(await page.locator('.banner.offer').count(), 0);
}

async function zoneKept(page, person) {
  await page.goto('/calendar/month/2026-11');
  await page.getByRole('button', { name: 'Stay with UTC' }).click();
  await page.locator('.banner.offer').waitFor({ state: 'detached' });
  // It is asked once: the module has run when the calendars were looked at.
  const looked = page.waitForResponse(TOKENS);
  await page.reload();
  await looked;
  assert.equal(await page.locator('.banner.offer').count(), 0);
  assert.equal((await person.ask('GET', '/api/users/me')).time_zone, 'UTC');
}

async function dates(page) {
  await page.goto('/events/new?start_date=2026-11-17&start_time=10:00');
  await page.getByLabel('Repeats', { exact: true }).selectOption({ label: 'Weekly' });
  const list = page.locator('[data-preview] li');
  await list.nth(4).waitFor();
  assert.match(await list.first().innerText(), /17 Nov/);
  assert.match(await list.nth(4).innerText(), /15 Dec/);
}

export const tests = server => {
  const by = (settings, use) => () => withPage(server, {}, async page => {
    const person = await Person.register(server, { locale: 'en-GB', ...settings });
    await person.logIn(page.context());
    await use(page, person);
  });
  const there = { time_zone: BERLIN };
  return {
    'what changes elsewhere is shown': by(there, fresh), 'a server that cannot be reached loses nothing': by(there, unreachable),
    'nor does one that cannot reach its database': by(there, databaseAway),
    'the zone of the browser is offered': by({}, zoneTaken), 'and not imposed': by({}, zoneKept),
    'dates are listed while a rule is typed': by(there, dates),
  };
};
