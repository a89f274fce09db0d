// What people write is text to everybody who looks at it: no markup, no script, and it turns no other text around.
import assert from 'node:assert/strict';

import { withPage } from './browser.mjs';
import { PASSWORD, Person, anAddress } from './person.mjs';
import { fill, press } from './see.mjs';

/** Markup that would run, and what turns the text behind it around (RIGHT-TO-LEFT OVERRIDE). */
export const HOSTILE = '"><script>alert(1)</script>\u202Eoverride';

/** Where the text is not held as it should be: a line for each. Runs in the page. */
function leaks(hostile) {
  const found = [];
  for (const script of document.scripts) {
    if (!script.src.startsWith(`${location.origin}/assets/`) || script.text !== '') found.push(script.outerHTML);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    // What is not drawn turns nothing around.
    if (!text.data.includes('\u202E') || text.parentElement.closest('.unseen, title, option, textarea, datalist')) continue;
    let box = text.parentElement;
    const style = () => getComputedStyle(box);
    const isolates = () => style().unicodeBidi.includes('isolate') || style().unicodeBidi === 'plaintext' || style().display !== 'inline';
    while (!isolates()) box = box.parentElement;
    // A box has an order of its own: only what else is in it could be turned around.
    if (box.textContent.trim() !== hostile.trim()) found.push(`${box.outerHTML.slice(0, 300)} turns around what it surrounds`);
  }
  return found;
}

/** The page holds the text as text, in its tree or in a field, and nothing of it has run. */
export async function isTextOn(page) {
  assert.deepEqual(await page.evaluate(leaks, HOSTILE), []);
  const isThere = await page.evaluate(hostile => document.body.textContent.includes(hostile) ||
    [...document.querySelectorAll('input, textarea')].some(field => field.value === hostile), HOSTILE);
  assert.ok(isThere, `the text is on ${page.url()}`);
}

/** A page that fails where a dialog opens. */
const withWatched = (server, use) => withPage(server, {}, async page => {
  const dialogs = [];
  page.on('dialog', dialog => {
    dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  await use(page, server);
  assert.deepEqual(dialogs, []);
});

async function inAccounts(page) {
  await page.goto('/login');
  await page.getByLabel('Address').evaluate(field => { field.type = 'text'; });
  await fill(page, { Address: HOSTILE, Password: PASSWORD });
  await press(page, 'Log in');
  await isTextOn(page);

  await page.goto('/register');
  const named = { Address: anAddress(), 'Name (optional)': HOSTILE, Password: PASSWORD };
  await fill(page, { ...named, 'Password again': 'another' });
  await press(page, 'Register');
  await isTextOn(page);
  await fill(page, { ...named, 'Password again': PASSWORD });
  await press(page, 'Register');
  await page.goto('/logout');
  await isTextOn(page);
}

/** Each page says what is in it, as text. */
async function looksAt(page, paths) {
  for (const path of paths) {
    await page.goto(path);
    await isTextOn(page);
  }
}

async function inCalendars(page, server) {
  const [person, other] = [await Person.register(server), await Person.register(server)];
  await person.logIn(page.context());
  await page.goto('/calendars');
  await fill(page, { Name: HOSTILE, 'Description (optional)': HOSTILE, 'Time zone (optional)': HOSTILE });
  await press(page, 'Make calendar');
  await isTextOn(page);
  await fill(page, { 'Time zone (optional)': '' });
  await press(page, 'Make calendar');
  await isTextOn(page);
  const path = new URL(page.url()).pathname;
  await looksAt(page, ['/calendars', path, `${path}/delete`, '/calendar/month/2026-11']);
  // To somebody else it is text, too: of a calendar, and of a person.
  await person.ask('PATCH', '/api/users/me', { name: HOSTILE });
  const { id } = await person.ask('POST', `/api/calendar${path}/shares`, { email: other.email, access: 'write' });
  await other.ask('POST', `/api/calendar/offers/${id}`, { accept: true });
  await page.context().clearCookies();
  await other.logIn(page.context());
  await looksAt(page, ['/calendars', path, '/calendar/month/2026-11', `/offers?calendar=${path.split('/')[2]}`]);
}

async function inSettings(page, server) {
  const person = await Person.register(server);
  await person.logIn(page.context());
  await page.goto('/settings');
  await fill(page, { Name: HOSTILE });
  await press(page, 'Save name');
  await isTextOn(page);
  await fill(page, { 'Language of dates and times': HOSTILE });
  await press(page, 'Save time and language');
  await isTextOn(page);
}

async function inEvents(page, server) {
  const person = await Person.register(server);
  await person.logIn(page.context());
  const at = { start_at: '2026-11-18T08:00Z', end_at: '2026-11-18T09:00Z' };
  const texts = { title: HOSTILE, description: HOSTILE, location: HOSTILE, color: HOSTILE.slice(0, 30), categories: [HOSTILE] };
  const { id } = await person.event({ ...at, ...texts });
  await person.event({ start_at: '2026-11-18', end_at: '2026-11-19', is_all_day: true, ...texts });
  await looksAt(page, [
    '/calendar/month/2026-11', '/calendar/week/2026-W47', '/calendar/day/2026-11-18', '/calendar/agenda?from=2026-11-18',
    `/calendar/search?q=${encodeURIComponent(HOSTILE)}`, `/events/${id}/share`,
  ]);
}

/** Has each field of a form hold the text, whatever it would take by itself. */
const fillAll = form => form.evaluate((form, hostile) => {
  form.noValidate = true;
  for (const field of form.elements) {
    if (field.matches('select')) field.add(new Option(hostile, hostile));
    if (field.matches('input:not([type=hidden], [type=checkbox], [type=radio])')) field.type = 'text';
    if (field.matches('select, textarea, input[type=text]')) field.value = hostile;
  }
}, HOSTILE);

async function inTheFormOfAnEvent(page, server) {
  const person = await Person.register(server);
  await person.logIn(page.context());
  const form = page.locator('form.event');
  await page.goto('/events/new');
  await fillAll(form);
  await press(page, 'Save');
  await isTextOn(page);

  await page.goto('/events/new?start_date=2026-11-18&start_time=10:00');
  await form.locator('.further summary').click();
  for (const name of ['title', 'location', 'description', 'categories']) await form.locator(`[name=${name}]`).fill(HOSTILE);
  await press(page, 'Save');
  const [{ id, ...kept }] = await person.ask('GET', '/api/calendar/events?from=2026-11-18&to=2026-11-19');
  assert.deepEqual([kept.title, kept.location, kept.description, kept.categories], [HOSTILE, HOSTILE, HOSTILE, [HOSTILE]]);
  await looksAt(page, [`/events/${id}`, `/events/${id}/move`, `/events/${id}/delete`]);

  // Somebody with whom it is shared, and an address that is none.
  await page.goto(`/events/${id}/share`);
  await fillAll(page.locator('main form').filter({ has: page.locator('[name=email]') }));
  await press(page, 'Continue');
  await isTextOn(page);

  // A login that has ended shows what was sent.
  await page.goto(`/events/${id}`);
  await page.context().clearCookies();
  await press(page, 'Save');
  await page.getByRole('heading', { name: 'What you sent' }).waitFor();
  await isTextOn(page);
}

async function inAddresses(page) {
  await page.goto(`/login?next=${encodeURIComponent(`/${HOSTILE}`)}`);
  assert.deepEqual(await page.evaluate(leaks, HOSTILE), []);
  await page.goto(`/${encodeURIComponent(HOSTILE)}`);
  assert.deepEqual(await page.evaluate(leaks, HOSTILE), []);
}

/** The check finds what is wrong. */
async function findsFaults(page) {
  const found = async html => {
    await page.setContent(`<!doctype html><main>${html}</main>`);
    return page.evaluate(leaks, HOSTILE);
  };
  const text = HOSTILE.replaceAll('<', '&lt;');
  for (const good of [`<p>${text}</p>`, `<p>Of <bdi>${text}</bdi>, who`, `<ul><li>${text}</li><li>One</ul>`]) {
    assert.deepEqual(await found(good), [], good);
    await isTextOn(page);
  }
  for (const bad of [`<p>Of ${text}`, `<p>Of <b>${text}</b>, who`, `<script>1</script>`]) {
    assert.notDeepEqual(await found(bad), [], bad);
  }
  await found('<p>Another</p>');
  await assert.rejects(() => isTextOn(page), /the text is on/);
}

export const tests = server => {
  const all = {
    'finds faults': findsFaults, 'in forms of accounts': inAccounts, 'in addresses': inAddresses,
    'in forms of calendars': inCalendars, 'in forms of settings': inSettings, 'in events': inEvents, 'in the form of an event': inTheFormOfAnEvent,
  };
  return Object.fromEntries(Object.entries(all).map(([name, test]) => [name, () => withWatched(server, test)]));
};
