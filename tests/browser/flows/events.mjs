// Events and series: made, changed, moved and deleted, and which occurrences are meant.
import assert from 'node:assert/strict';

import { Person } from '../person.mjs';
import { follow, heads, press } from '../see.mjs';
import { both } from './both.mjs';

const BERLIN = 'Europe/Berlin';
const WEEKLY = { title: 'Stand-up', start_at: '2026-11-04T09:00', end_at: '2026-11-04T09:15', time_zone: BERLIN, recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'] };
const THIRD = 'occurrence=2026-11-18T08:00:00Z';

async function somebody(page, server) {
  const person = await Person.register(server, { time_zone: BERLIN, locale: 'en-GB' });
  await person.logIn(page.context());
  return person;
}

/** What there is in November 2026: `18 10:00 Planning`, in Berlin's time. */
async function november(person) {
  const found = await person.ask('GET', `/api/calendar/events?from=2026-11-01&to=2026-12-01&time_zone=${BERLIN}`);
  return found.map(({ title, start_at }) => {
    const begins = new Date(Date.parse(start_at) + 3_600_000).toISOString();
    return `${begins.slice(8, 10)} ${begins.slice(11, 16)} ${title}`;
  });
}

/** Fills fields in by their names. */
async function fillIn(page, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`form.event [name=${name}]:not([type=hidden]), form[action*="/move"] [name=${name}]:not([type=hidden])`);
    if (await field.first().evaluate(one => one.matches('select'))) await field.selectOption(value);
    else await field.fill(value);
  }
}

const save = page => press(page, 'Save', page.locator('form.event'));

async function make(page, server) {
  const person = await somebody(page, server);
  await page.goto('/calendar/month/2026-11');
  // With a module in a dialog, without it on a page.
  await page.locator('a.new').click();
  await page.locator('#title:focus').waitFor();
  await fillIn(page, { title: 'Planning', start_date: '2026-11-18', start_time: '10:00', end_date: '2026-11-18', end_time: '11:30' });
  await save(page);
  assert.deepEqual(await november(person), ['18 10:00 Planning']);
  await page.goto('/calendar/month/2026-11');
  await page.locator('.view bdi', { hasText: 'Planning' }).click();
  await page.locator('#title').waitFor();
  assert.equal(await page.locator('#end_time').inputValue(), '11:30');
}

async function fillEverything(page, server) {
  const person = await somebody(page, server);
  const { id: calendar } = await person.calendar({ name: 'Work' });
  await page.goto('/events/new?start_date=2026-11-18');
  await page.locator('.further > summary').click();
  await fillIn(page, {
    title: 'Planning', start_date: '2026-11-18', start_time: '10:00', end_date: '2026-11-19', end_time: '01:00', time_zone: 'Asia/Tokyo',
    calendar_id: String(calendar), location: 'Room 101', url: 'https://example.com/a?b=c&d', description: 'One\nTwo & <three>',
    categories: 'Work, Travel', show_as: 'free', status: 'tentative', visibility: 'private',
  });
  await page.locator('[name=reminder_number]').first().fill('15');
  const colour = await page.locator('input[name=color]:not([value=""], [value=other])').nth(2).getAttribute('value');
  await page.locator(`input[name=color][value="${colour}"]`).check();
  await save(page);
  const [{ id }] = await person.ask('GET', '/api/calendar/events?from=2026-11-01&to=2026-12-01');
  const event = await person.ask('GET', `/api/calendar/events/${id}`);
  const { calendar_id, location, url, description, categories, show_as, status, visibility, time_zone, start_at, reminders, color } = event;
  const seen = { calendar_id, location, url, description, categories, show_as, status, visibility, time_zone, start_at, reminders, color };
  assert.deepEqual(seen, {
    calendar_id: calendar, location: 'Room 101', url: 'https://example.com/a?b=c&d', description: 'One\nTwo & <three>',
    categories: ['Work', 'Travel'], show_as: 'free', status: 'tentative', visibility: 'private', time_zone: 'Asia/Tokyo',
    start_at: '2026-11-18T01:00:00Z', reminders: [{ minutes_before: 15, method: 'display' }], color: colour,
  });
  // Saved as it is shown, it is what it was.
  await page.goto(`/events/${id}`);
  assert.equal(await page.locator('#start_time').inputValue(), '10:00');
  await save(page);
  assert.deepEqual(await person.ask('GET', `/api/calendar/events/${id}`), event);
}

async function wholeDays(page, server) {
  const person = await somebody(page, server);
  await page.goto('/events/new');
  await page.getByLabel('All day').check();
  await fillIn(page, { title: 'Fair', start_date: '2026-11-13', end_date: '2026-11-15' });
  await save(page);
  const [event] = await person.ask('GET', `/api/calendar/events?from=2026-11-01&to=2026-12-01&time_zone=${BERLIN}`);
  assert.equal(event.is_all_day, true);
  await page.goto(`/events/${event.id}`);
  assert.ok(await page.getByLabel('All day').isChecked());
  assert.deepEqual([await page.locator('#start_date').inputValue(), await page.locator('#end_date').inputValue()], ['2026-11-13', '2026-11-15']);
}

async function makeSeries(page, server) {
  const person = await somebody(page, server);
  await page.goto('/events/new?start_date=2026-11-04');
  await fillIn(page, { title: 'Stand-up', start_date: '2026-11-04', start_time: '09:00', end_date: '2026-11-04', end_time: '09:15', repeats: 'weekly' });
  await page.locator('input[name=weekday]').nth(0).check();
  await page.locator('input[name=weekday]').nth(2).check();
  await fillIn(page, { ends: 'after' });
  await fillIn(page, { count: '3' });
  await press(page, 'Show the next dates', page.locator('form.event'));
  assert.equal(await page.locator('.next-dates li').count(), 3);
  await save(page);
  assert.deepEqual(await november(person), ['04 09:00 Stand-up', '09 09:00 Stand-up', '11 09:00 Stand-up']);
}

async function changeSeries(page, server) {
  const person = await somebody(page, server);
  const { id } = await person.event(WEEKLY);
  const change = async (title, scope, query = THIRD) => {
    await page.goto(`/events/${id}?${query}`);
    await page.getByLabel(scope, { exact: true }).check();
    await fillIn(page, { title });
    await save(page);
  };
  await change('Only this', 'This one');
  assert.deepEqual(await november(person), ['04 09:00 Stand-up', '11 09:00 Stand-up', '18 09:00 Only this', '25 09:00 Stand-up']);
  await change('All', 'All', 'occurrence=2026-11-11T08:00:00Z');
  assert.deepEqual(await november(person), ['04 09:00 All', '11 09:00 All', '18 09:00 Only this', '25 09:00 All']);
  await change('From here', 'This and all after it', 'occurrence=2026-11-11T08:00:00Z');
  assert.deepEqual(await november(person), ['04 09:00 All', '11 09:00 From here', '18 09:00 Only this', '25 09:00 From here']);
}

async function moveSeries(page, server) {
  const person = await somebody(page, server);
  const { id } = await person.event(WEEKLY);
  await page.goto(`/events/${id}?${THIRD}`);
  await follow(page, 'Move…');
  await page.getByLabel('This one', { exact: true }).check();
  await fillIn(page, { start_date: '2026-11-19', start_time: '14:00' });
  await press(page, 'Move');
  assert.deepEqual(await november(person), ['04 09:00 Stand-up', '11 09:00 Stand-up', '19 14:00 Stand-up', '25 09:00 Stand-up']);
  const single = await person.event({ title: 'Dentist', start_at: '2026-11-02T08:00', end_at: '2026-11-02T09:00', time_zone: BERLIN });
  await page.goto(`/events/${single.id}/move`);
  await fillIn(page, { start_date: '2026-11-03' });
  await press(page, 'Move');
  assert.equal((await november(person))[0], '03 08:00 Dentist');
}

async function removeSeries(page, server) {
  const person = await somebody(page, server);
  const { id } = await person.event(WEEKLY);
  const remove = async (scope, occurrence) => {
    await page.goto(`/events/${id}/delete?occurrence=${occurrence}`);
    await page.getByLabel(scope, { exact: true }).check();
    await press(page, 'Delete');
  };
  await remove('This one', '2026-11-11T08:00:00Z');
  assert.deepEqual(await november(person), ['04 09:00 Stand-up', '18 09:00 Stand-up', '25 09:00 Stand-up']);
  await remove('This and all after it', '2026-11-18T08:00:00Z');
  assert.deepEqual(await november(person), ['04 09:00 Stand-up']);
  await page.goto(`/events/${id}?occurrence=2026-11-04T08:00:00Z`);
  await follow(page, 'Delete…');
  await page.getByLabel('All', { exact: true }).check();
  await press(page, 'Delete');
  assert.deepEqual(await november(person), []);
}

async function isRefused(page, server) {
  const person = await somebody(page, server);
  await page.goto('/events/new');
  await fillIn(page, { title: 'Planning', start_date: '2026-11-18', start_time: '10:00', end_date: '2026-11-17', end_time: '11:00', location: 'Room 101' });
  await save(page);
  await page.locator('form.event [role=alert]').first().waitFor();
  await page.locator('form.event [aria-invalid=true]:focus').waitFor();
  assert.equal(await page.locator('#title').inputValue(), 'Planning');
  assert.equal(await page.locator('#location').inputValue(), 'Room 101');
  await fillIn(page, { end_date: '2026-11-18' });
  await save(page);
  assert.deepEqual(await november(person), ['18 10:00 Planning']);
}

async function hasChangedMeanwhile(page, server) {
  const person = await somebody(page, server);
  const { id } = await person.event({ title: 'Planning', start_at: '2026-11-18T10:00', end_at: '2026-11-18T11:00', time_zone: BERLIN });
  await page.goto(`/events/${id}`);
  await fillIn(page, { title: 'Mine' });
  await person.ask('PATCH', `/api/calendar/events/${id}`, { title: 'Theirs' });
  await save(page);
  const banner = page.getByRole('alert').filter({ hasText: 'Somebody has changed this meanwhile' });
  await banner.getByText('Theirs').waitFor();
  assert.deepEqual(await november(person), ['18 10:00 Theirs']);
  assert.equal(await page.locator('#title').inputValue(), 'Mine');
  await save(page);
  assert.deepEqual(await november(person), ['18 10:00 Mine']);
}

async function mayOnlyLook(page, server) {
  const [person, other] = [await somebody(page, server), await Person.register(server)];
  const { id } = await other.event({ title: 'Theirs', start_at: '2026-11-18T10:00Z', end_at: '2026-11-18T11:00Z' });
  await page.goto(`/events/${id}`);
  await heads(page, 'There is nothing here');
  const share = await other.ask('POST', `/api/calendar/events/${id}/shares`, { email: person.email, access: 'read' });
  await person.ask('POST', `/api/calendar/offers/${share.id}`, { accept: true });
  await page.goto(`/events/${id}`);
  await heads(page, 'Theirs');
  assert.equal(await page.locator('main form').count(), 0);
}

export const tests = server => both(server, {
  'a person makes an event': make,
  'a person fills everything in': fillEverything,
  'a person makes an event of whole days': wholeDays,
  'a person makes a series': makeSeries,
  'a person changes one, some or all of a series': changeSeries,
  'a person moves events': moveSeries,
  'a person deletes one, some or all of a series': removeSeries,
  'an event that is refused comes back filled in': isRefused,
  'two who change one event lose nothing': hasChangedMeanwhile,
  'a person looks at an event of another': mayOnlyLook,
});
