// Finding one's way in time: the views, what shows in them, and search.
import assert from 'node:assert/strict';

import { Person } from '../person.mjs';
import { follow, heads, isAt, press } from '../see.mjs';
import { both } from './both.mjs';

const BERLIN = 'Europe/Berlin';

/** Somebody who has a calendar beside their own, with an event in each on 18 November 2026. */
async function withTwoCalendars(page, server) {
  const person = await Person.register(server, { time_zone: BERLIN, locale: 'en-GB' });
  const { id } = await person.calendar({ name: 'Work' });
  const at = (title, hour, more) =>
    ({ title, start_at: `2026-11-18T${hour}:00`, end_at: `2026-11-18T${hour}:30`, time_zone: BERLIN, ...more });
  await person.event(at('Dentist', '08'));
  await person.event(at('Planning', '10', { calendar_id: id, location: 'Room 101' }));
  await person.logIn(page.context());
  return person;
}

const steps = page => page.getByRole('navigation', { name: 'Dates' });
const views = page => page.getByRole('navigation', { name: 'Views' });

/** What is drawn of one's events. */
const shown = page => page.locator('.view a[href^="/events/"]:has(bdi)')
  .evaluateAll(links => links.map(link => link.querySelector('bdi').textContent));

async function stepThrough(page, server) {
  await withTwoCalendars(page, server);
  for (const [path, before, after] of [
    ['month/2026-11', 'month/2026-10', 'month/2026-12'],
    ['week/2026-W47', 'week/2026-W46', 'week/2026-W48'],
    ['day/2026-11-18', 'day/2026-11-17', 'day/2026-11-19'],
    ['month/2026-01', 'month/2025-12', 'month/2026-02'],
    ['week/2026-W53', 'week/2026-W52', 'week/2027-W01'],
  ]) {
    await page.goto(`/calendar/${path}`);
    await follow(page, 'Back', steps(page));
    isAt(page, `/calendar/${before}`);
    await follow(page, 'Forward', steps(page));
    await follow(page, 'Forward', steps(page));
    isAt(page, `/calendar/${after}`);
    await follow(page, 'Today', steps(page));
    assert.ok(await page.locator('.view [aria-current=date]').count() > 0, `today is on ${page.url()}`);
  }
}

async function changeViews(page, server) {
  await withTwoCalendars(page, server);
  await page.goto('/calendar/day/2026-11-18');
  for (const [view, path, heading] of [
    ['Month', '/calendar/month/2026-11', 'November 2026'],
    ['Week', '/calendar/week/2026-W44', '26 Oct 2026 – 1 Nov 2026'],
    ['Day', '/calendar/day/2026-10-26', 'Monday, 26 October 2026'],
    ['Agenda', '/calendar/agenda?from=2026-10-26', '26 Oct 2026 – 24 Nov 2026'],
  ]) {
    await follow(page, view, views(page));
    // A month of today stands for today.
    if (new URL(page.url()).pathname !== path.split('?')[0]) await page.goto(path);
    isAt(page, path);
    await heads(page, heading);
    assert.equal(await views(page).locator('[aria-current=page]').innerText(), view);
  }
  assert.deepEqual(await shown(page), ['Dentist', 'Planning']);
}

async function jump(page, server) {
  await withTwoCalendars(page, server);
  await page.goto('/calendar/month/2026-03');
  await page.getByLabel('Date to go to').fill('2026-11-18');
  await press(page, 'Go');
  isAt(page, '/calendar/month/2026-11');
  assert.deepEqual(await shown(page), ['Dentist', 'Planning']);

  // By the small month: a day, and the month before.
  const small = page.locator('.small-month');
  await follow(page, 'Wednesday, 18 November 2026', small);
  isAt(page, '/calendar/day/2026-11-18');
  assert.deepEqual(await shown(page), ['Dentist', 'Planning']);
  await follow(page, 'Month before', small);
  isAt(page, '/calendar/month/2026-10');
}

async function choose(page, server) {
  await withTwoCalendars(page, server);
  await page.goto('/calendar/month/2026-11');
  const work = page.getByLabel('Work', { exact: true });
  const button = page.getByRole('button', { name: 'Show these' });
  // A module applies it at once, and leaves the focus where it is; without it there is a button.
  const isModule = !await button.isVisible();
  await work.uncheck();
  if (!isModule) await press(page, 'Show these');
  await page.locator('.view bdi', { hasText: 'Planning' }).waitFor({ state: 'detached' });
  if (isModule) await page.locator('input[name=calendar]:not(:checked):focus').waitFor();
  assert.deepEqual(await shown(page), ['Dentist']);
  isAt(page, '/calendar/month/2026-11');
  assert.ok(!await work.isChecked());

  // It stays so in other views.
  await page.goto('/calendar/day/2026-11-18');
  assert.deepEqual(await shown(page), ['Dentist']);
  await work.check();
  if (!isModule) await press(page, 'Show these');
  await page.locator('.view bdi', { hasText: 'Planning' }).waitFor();
  assert.deepEqual(await shown(page), ['Dentist', 'Planning']);
}

async function search(page, server) {
  await withTwoCalendars(page, server);
  await page.goto('/calendar/month/2026-11');
  for (const [text, found] of [['plan', ['Planning']], ['room 101', ['Planning']], ['<b>', []]]) {
    await page.getByLabel('Search events').fill(text);
    await press(page, 'Search');
    assert.equal(await page.getByLabel('Search events').inputValue(), text);
    assert.deepEqual(await shown(page), found);
    if (found.length === 0) await page.getByText(`Nothing has “${text}” in it`).waitFor();
  }
}

async function moreOfADay(page, server) {
  const person = await withTwoCalendars(page, server);
  for (const hour of ['11', '12', '13', '14']) {
    await person.event({ title: `At ${hour}`, start_at: `2026-11-18T${hour}:00Z`, end_at: `2026-11-18T${hour}:30Z` });
  }
  await page.goto('/calendar/month/2026-11');
  await follow(page, '3 more on Wednesday, 18 November 2026');
  isAt(page, '/calendar/day/2026-11-18');
  assert.deepEqual((await shown(page)).sort(), ['At 11', 'At 12', 'At 13', 'At 14', 'Dentist', 'Planning']);
}

export const tests = server => both(server, {
  'a person steps through time': stepThrough,
  'a person changes views': changeViews,
  'a person jumps to a date': jump,
  'a person chooses which calendars show': choose,
  'a person searches': search,
  'a person sees all of a full day': moreOfADay,
});
