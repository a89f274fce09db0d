// Sharing: offered in two steps, answered, changed, ended by either side.
import assert from 'node:assert/strict';

import { Person } from '../person.mjs';
import { fill, follow, heads, isWrong, press } from '../see.mjs';
import { both } from './both.mjs';

const DAY = '/calendar/day/2026-11-18';

/** John, who has a calendar with an event in it, and Jane. John is logged in on the page. */
async function people(page, server) {
  const settings = { time_zone: 'Europe/Berlin', locale: 'en-GB' };
  const [john, jane] = [await Person.register(server, { ...settings, name: 'John' }), await Person.register(server, { ...settings, name: 'Jane' })];
  const { id } = await john.calendar({ name: 'Work' });
  const event = await john.event({ title: 'Planning', start_at: '2026-11-18T08:00Z', end_at: '2026-11-18T09:00Z', calendar_id: id });
  await john.logIn(page.context());
  return { john, jane, calendar: id, event: event.id };
}

/** Offers what is on the page, by both steps. */
async function offer(page, email, access, what) {
  await fill(page, { Address: email });
  await page.locator(`input[name=access][value=${access}]`).check();
  await press(page, 'Continue');
  assert.ok((await page.locator('h1').innerText()).includes(email));
  await press(page, `Share this ${what}`);
  await page.getByRole('status').getByText(email).waitFor();
}

const titles = page => page.locator('.view a[href^="/events/"] bdi').allInnerTexts();

async function shareAndEnd(page, server, elsewhere) {
  const { john, jane, calendar } = await people(page, server);
  await page.goto(`/calendars/${calendar}`);
  await offer(page, jane.email, 'busy', 'calendar');
  await page.locator('.shares').getByText('Not answered yet').waitFor();

  await elsewhere(async hers => {
    await jane.logIn(hers.context());
    await hers.goto(DAY);
    assert.deepEqual(await titles(hers), []);
    await hers.locator('.top').getByRole('link', { name: 'Offers 1' }).waitFor();
    await follow(hers, 'Offers 1', hers.locator('.top'));
    await press(hers, `Accept what ${john.email} offers`);
    assert.equal(await hers.locator('.top .count').count(), 0);
    await hers.goto(DAY);
    assert.deepEqual(await titles(hers), ['Busy']);

    // More, then nothing any more.
    await page.goto(`/calendars/${calendar}`);
    await page.getByLabel(`What ${jane.email} may do`).selectOption('write');
    await press(page, `Change for ${jane.email}`);
    await hers.goto(DAY);
    assert.deepEqual(await titles(hers), ['Planning']);
    await press(page, `Stop sharing with ${jane.email}`);
    await page.locator('#shares').getByText('Nobody yet').waitFor();
    await hers.goto(DAY);
    assert.deepEqual(await titles(hers), []);
  });
}

async function decline(page, server, elsewhere) {
  const { john, jane, calendar } = await people(page, server);
  await john.ask('POST', `/api/calendar/calendars/${calendar}/shares`, { email: jane.email, access: 'read' });
  await elsewhere(async hers => {
    await jane.logIn(hers.context());
    await hers.goto('/offers');
    await press(hers, `Decline what ${john.email} offers`);
    await hers.getByText('Nothing is offered to you').waitFor();
  });
  await page.goto(`/calendars/${calendar}`);
  await page.locator('.shares').getByText('Declined').waitFor();
  await follow(page, `Offer again to ${jane.email}`);
  await press(page, 'Continue');
  await press(page, 'Share this calendar');
  await page.locator('.shares').getByText('Not answered yet').waitFor();
}

async function leave(page, server, elsewhere) {
  const { john, jane, calendar } = await people(page, server);
  const { id } = await john.ask('POST', `/api/calendar/calendars/${calendar}/shares`, { email: jane.email, access: 'read' });
  await jane.ask('POST', `/api/calendar/offers/${id}`, { accept: true });
  await elsewhere(async hers => {
    await jane.logIn(hers.context());
    await hers.goto(`/calendars/${calendar}`);
    await fill(hers, { Name: 'Of John' });
    await press(hers, 'Save');
    await heads(hers, 'Of John');
    await press(hers, 'Leave this calendar');
    assert.equal(await hers.locator('main').getByRole('link', { name: 'Of John' }).count(), 0);
  });
  await page.goto(`/calendars/${calendar}`);
  await heads(page, 'Work');
  await page.locator('#shares').getByText('Nobody yet').waitFor();
}

async function shareAnEvent(page, server, elsewhere) {
  const { john, jane, event } = await people(page, server);
  await page.goto(`/events/${event}/share`);
  await offer(page, jane.email, 'read', 'event');
  await elsewhere(async hers => {
    await jane.logIn(hers.context());
    await hers.goto('/offers');
    await press(hers, `Accept what ${john.email} offers`);
    await hers.getByRole('status').getByText('Planning').waitFor();
    await hers.goto(DAY);
    assert.deepEqual(await titles(hers), ['Planning']);
    await hers.goto(`/events/${event}/share`);
    await press(hers, 'Leave this event');
    await hers.goto(DAY);
    assert.deepEqual(await titles(hers), []);
  });
}

async function findAndBeRefused(page, server) {
  const { john, jane, calendar } = await people(page, server);
  const name = `Zazie ${jane.email.slice(0, 8)}`;
  await jane.ask('PATCH', '/api/users/me', { name, is_listed: true });
  await page.goto(`/calendars/${calendar}`);
  await page.getByText('Find somebody by name').click();
  await page.getByLabel('Beginning of a name or an address').fill(name.slice(0, 10).toLowerCase());
  await press(page, 'Find');
  await follow(page, `${name} ${jane.email}`);
  assert.equal(await page.getByLabel('Address', { exact: true }).inputValue(), jane.email);

  await fill(page, { Address: john.email });
  await page.locator('input[name=access][value=write]').check();
  await press(page, 'Continue');
  await isWrong(page, 'Address', /./);
  assert.ok(await page.locator('input[name=access][value=write]').isChecked());
}

export const tests = server => both(server, {
  'a person shares a calendar in two steps, and ends it': shareAndEnd,
  'a person declines, and is offered it again': decline,
  'a person leaves a calendar': leave,
  'a person shares one event': shareAnEvent,
  'a person is found by name, and a share with oneself is refused': findAndBeRefused,
});
