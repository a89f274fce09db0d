// Calendars of one's own: made, renamed, coloured, deleted.
import assert from 'node:assert/strict';

import { Person } from '../person.mjs';
import { fill, follow, heads, isAt, isWrong, press } from '../see.mjs';
import { both } from './both.mjs';

/** Somebody who is logged in. */
async function somebody(page, server) {
  const person = await Person.register(server, { time_zone: 'Europe/Berlin', locale: 'en-GB' });
  await person.logIn(page.context());
  return person;
}

const drawn = page => page.locator('h1 svg rect').getAttribute('fill');

async function makeAndChange(page, server) {
  await somebody(page, server);
  await page.goto('/calendar/month/2026-11');
  await follow(page, 'Manage');
  isAt(page, '/calendars');
  await fill(page, { Name: 'Work', 'Description (optional)': 'Meetings & <trips>' });
  const colours = page.locator('input[name=color]:not([value=""], [value=other])');
  const [first, second] = await colours.evaluateAll(all => all.map(one => one.value));
  await page.locator(`input[name=color][value="${first}"]`).check();
  await press(page, 'Make calendar');
  await heads(page, 'Work');
  assert.equal(await drawn(page), first);
  assert.equal(await page.getByLabel('Description (optional)').inputValue(), 'Meetings & <trips>');

  await fill(page, { Name: 'Project' });
  await page.locator(`input[name=color][value="${second}"]`).check();
  await press(page, 'Save');
  await heads(page, 'Project');
  assert.equal(await drawn(page), second);
  // Any other colour.
  await page.getByLabel('Other', { exact: true }).check();
  await page.getByLabel('Other colour').fill('#123456');
  await press(page, 'Save');
  assert.equal((await drawn(page)).toLowerCase(), '#123456');
  await follow(page, 'Calendars');
  await page.locator('main').getByRole('link', { name: 'Project' }).waitFor();
}

async function isRefused(page, server) {
  await somebody(page, server);
  await page.goto('/calendars');
  await fill(page, { Name: 'Work', 'Time zone (optional)': 'Europe/Atlantis', 'Description (optional)': 'Kept' });
  await press(page, 'Make calendar');
  await isWrong(page, 'Time zone (optional)', /./);
  assert.equal(await page.getByLabel('Name').inputValue(), 'Work');
  assert.equal(await page.getByLabel('Description (optional)').inputValue(), 'Kept');
  await fill(page, { 'Time zone (optional)': 'Europe/Vienna' });
  await press(page, 'Make calendar');
  await heads(page, 'Work');
}

async function remove(page, server) {
  const person = await somebody(page, server);
  const withEvent = async name => {
    const { id } = await person.calendar({ name });
    return { id, event: (await person.event({ title: name, start_at: '2026-11-18T08:00Z', end_at: '2026-11-18T09:00Z', calendar_id: id })).id };
  };
  const [kept, lost] = [await withEvent('Kept'), await withEvent('Lost')];
  await page.goto(`/calendars/${kept.id}`);
  await follow(page, 'Delete this calendar…');
  await press(page, 'Delete calendar');
  assert.equal(new URL(page.url()).pathname, '/calendars');
  assert.notEqual((await person.ask('GET', `/api/calendar/events/${kept.event}`)).calendar_id, kept.id);

  await page.goto(`/calendars/${lost.id}/delete`);
  await page.getByLabel('Delete them, too').check();
  await press(page, 'Delete calendar');
  await assert.rejects(person.ask('GET', `/api/calendar/events/${lost.event}`), /404/);
  assert.equal(await page.locator('main').getByRole('link', { name: /Kept|Lost/ }).count(), 0);
}

export const tests = server => both(server, {
  'a person makes a calendar, and changes it': makeAndChange,
  'a calendar that is refused comes back filled in': isRefused,
  'a person deletes a calendar': remove,
});
