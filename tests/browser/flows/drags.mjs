// Drags: to another day, to another time, at the end, over empty time; what is dragged is there afterwards, by the API.
import assert from 'node:assert/strict';

import { withPage } from '../browser.mjs';
import { Person } from '../person.mjs';

const BERLIN = 'Europe/Berlin';

/** The middle of an element, or a place in it. */
async function place(locator, { y = 0.5 } = {}) {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height * y };
}

async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, from.y + 10);
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}

/** The starts and ends of what is in November, once the page has said that it was done. */
async function after(page, person) {
  await page.getByText(/^(Moved|Changed)\./).first().waitFor();
  const events = await person.ask('GET', '/api/calendar/events?from=2026-11-01&to=2026-12-01');
  return events.map(({ start_at, end_at }) => `${start_at.slice(5, 16)} ${end_at.slice(5, 16)}`);
}

const event = (person, more) => person.event({
  title: 'Dragged', start_at: '2026-11-17T10:00', end_at: '2026-11-17T11:00', time_zone: BERLIN, ...more,
});

async function toADay(page, person) {
  await event(person);
  await page.goto('/calendar/month/2026-11');
  await drag(page, await place(page.getByRole('link', { name: /Dragged/ })), await place(page.locator('td[data-date="2026-11-19"]')));
  assert.deepEqual(await after(page, person), ['11-19T09:00 11-19T10:00']);
  await page.locator('td[data-date="2026-11-19"]').getByRole('link', { name: /Dragged/ }).waitFor();
}

async function daysToADay(page, person) {
  await event(person, { start_at: '2026-11-17', end_at: '2026-11-19', is_all_day: true });
  await page.goto('/calendar/month/2026-11');
  const first = await place(page.locator('td[data-date="2026-11-17"] a.bar'));
  const box = await page.locator('td[data-date="2026-11-17"]').boundingBox();
  await drag(page, { x: box.x + box.width / 2, y: first.y }, await place(page.locator('td[data-date="2026-11-25"]')));
  assert.deepEqual(await after(page, person), ['11-24T23:00 11-26T23:00']);
}

async function toATime(page, person) {
  await event(person);
  await page.goto('/calendar/week/2026-W47');
  const from = await place(page.getByRole('link', { name: /Dragged/ }));
  const other = await page.locator('td.day[data-date="2026-11-19"]').boundingBox();
  // An hour is 48 pixels.
  await drag(page, from, { x: other.x + other.width / 2, y: from.y + 96 });
  assert.deepEqual(await after(page, person), ['11-19T11:00 11-19T12:00']);
}

async function atTheEnd(page, person) {
  await event(person);
  await page.goto('/calendar/day/2026-11-17');
  const link = page.getByRole('link', { name: /Dragged/ });
  const middle = await place(link);
  const box = await link.boundingBox();
  const end = { x: middle.x, y: box.y + box.height - 3 };
  await drag(page, end, { x: end.x, y: end.y + 48 });
  assert.deepEqual(await after(page, person), ['11-17T09:00 11-17T11:00']);
}

async function oneOfASeries(page, person) {
  await event(person, { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'] });
  await page.goto('/calendar/month/2026-11');
  const first = page.locator('td[data-date="2026-11-17"]').getByRole('link', { name: /Dragged/ });
  await drag(page, await place(first), await place(page.locator('td[data-date="2026-11-18"]')));
  await page.getByRole('button', { name: 'This one', exact: true }).click();
  assert.deepEqual(await after(page, person), ['11-18T09:00 11-18T10:00', '11-24T09:00 11-24T10:00']);
}

async function overEmptyTime(page) {
  await page.goto('/calendar/day/2026-11-17');
  const day = page.locator('td.day');
  // The page shows the morning: half past nine, and what is an hour and a half below.
  const box = await day.boundingBox();
  const at = quarter => ({ x: box.x + box.width / 2, y: box.y + (quarter + 0.5) * 12 });
  await drag(page, at(38), at(43));
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[name=title]:focus').waitFor();
  const value = name => dialog.locator(`input[name=${name}]`).inputValue();
  assert.deepEqual([await value('start_time'), await value('end_time')], ['09:30', '11:00']);
}

async function givenUp(page, person) {
  await event(person);
  await page.goto('/calendar/month/2026-11');
  const from = await place(page.getByRole('link', { name: /Dragged/ }));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 200, from.y, { steps: 4 });
  await page.locator('.ghost').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.ghost').waitFor({ state: 'detached' });
  await page.mouse.up();
  assert.equal((await person.ask('GET', '/api/calendar/events'))[0].start_at, '2026-11-17T09:00:00Z');
}

export const tests = server => {
  const by = use => () => withPage(server, {}, async page => {
    const person = await Person.register(server, { time_zone: BERLIN, locale: 'en-GB' });
    await person.logIn(page.context());
    await use(page, person);
  });
  return {
    'to another day': by(toADay), 'of days to another day': by(daysToADay), 'to another time': by(toATime),
    'of the end': by(atTheEnd), 'of one of a series': by(oneOfASeries), 'over empty time': by(overEmptyTime),
    'that is given up': by(givenUp),
  };
};
