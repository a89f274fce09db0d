// All pages, as people see them who have everything, nothing, or made a mistake. A page that is not there fails.
import assert from 'node:assert/strict';

import { withPage } from './browser.mjs';
import { EMOJI, LONG, richPerson } from './data.mjs';
import { Person } from './person.mjs';
import { fill, press } from './see.mjs';

/** What each page is called, who looks at it, at which path, its status, and what they do there first. */
function list({ rich, empty, arab }) {
  const views = { who: rich.person, at: [
    'month/2026-11', 'month/2026-10', 'month/9999-12', 'month/0001-01', 'week/2026-W45', 'week/2026-W43', 'week/2026-W13',
    'day/2026-11-21', 'day/2026-11-04', 'day/2026-10-25', 'day/2026-03-29', 'day/9999-12-30',
    'agenda?from=2026-11-01', 'search?q=number&from=2026-01-01', 'search',
  ] };
  const without = { who: empty, at: ['month/2026-11', 'week/2026-W47', 'day/2026-11-21', 'agenda?from=2026-11-01', 'search?q=nothing'] };
  const inArabic = { who: arab, at: ['month/2026-11', 'week/2026-W47'] };
  return [
    { name: 'welcome', path: '/' },
    { name: 'login', path: '/login' },
    { name: 'login that leads on', path: '/login?next=%2Flogout' },
    { name: 'refused login', path: '/login', status: 401, act: refusedLogin },
    { name: 'register', path: '/register' },
    { name: 'refused registration', path: '/register', status: 400, act: refusedRegistration },
    { name: 'logout', path: '/logout', who: rich.person },
    { name: 'nothing', path: '/nothing', status: 404 },
    { name: 'nothing for somebody', path: '/nothing', status: 404, who: rich.person },
    ...ofCalendars(rich, empty),
    ...ofSettings(rich, empty),
    ...ofEvents(rich),
    ...views.at.map(path => ({ name: path, path: `/calendar/${path}`, who: views.who })),
    ...without.at.map(path => ({ name: `${path} without events`, path: `/calendar/${path}`, who: without.who })),
    ...inArabic.at.map(path => ({ name: `${path} in Arabic`, path: `/calendar/${path}`, who: inArabic.who })),
  ];
}

/** Those of calendars, of sharing and of offers. */
function ofCalendars({ person: who, own, work, events, shared }, empty) {
  const at = path => ({ name: path.replace(/[0-9]+/, 'one'), path, who });
  return [
    at('/calendars'),
    { name: '/calendars of nothing', path: '/calendars', who: empty },
    { ...at('/calendars'), name: 'refused calendar', status: 400, act: refusedCalendar },
    { ...at(`/calendars/${own}`), name: 'default calendar' },
    { ...at(`/calendars/${work}`), name: 'shared calendar' },
    { ...at(`/calendars/${work}?q=zo`), name: 'people found' },
    { ...at(`/calendars/${work}?q=nobody`), name: 'nobody found' },
    { ...at(`/calendars/${work}`), name: 'second step of sharing', act: share('jane@example.com'), lands: `/calendars/${work}/share` },
    { ...at(`/calendars/${work}`), name: 'refused sharing', status: 400, act: share(who.email), lands: `/calendars/${work}/share` },
    ...['busy', 'read', 'write'].map(access => ({ ...at(`/calendars/${shared[access].calendar}`), name: `calendar of another, ${access}` })),
    { ...at(`/calendars/${shared.offered.calendar}`), name: 'calendar that is only offered', status: 404 },
    { ...at(`/calendars/${own}/delete`), name: 'deletion of the default calendar' },
    at(`/calendars/${work}/delete`),
    at('/offers'),
    { name: '/offers of nothing', path: '/offers', who: empty },
    { ...at(`/events/${events['A day']}/share`), name: 'shared event' },
    { ...at(`/events/${events['Called off']}/share`), name: 'sharing of a private event' },
    { ...at(`/events/${shared.single}/share`), name: 'event of another' },
    { ...at(`/events/${shared.read.event}/share`), name: 'event of a calendar of another' },
  ];
}

/** Those of settings. */
function ofSettings({ person: who }, empty) {
  const refused = (path, values, button, lands) =>
    ({ name: `refused: ${button}`, path, who, status: 400, lands, act: page => fill(page, values).then(() => press(page, button)) });
  return [
    ...['', '/sessions', '/activity', '/export', '/delete'].map(path => ({ name: `/settings${path}`, path: `/settings${path}`, who })),
    ...['', '/activity'].map(path => ({ name: `/settings${path} of nothing`, path: `/settings${path}`, who: empty })),
    { name: 'goodbye', path: '/goodbye' },
    refused('/settings', { Name: 'x'.repeat(300) }, 'Save name', '/settings/name'),
    refused('/settings', { 'Language of dates and times': 'no language' }, 'Save time and language', '/settings/preferences'),
    { ...refused('/settings', {}, 'Change password', '/settings/password'), act: refusedPassword },
    refused('/settings/delete', { 'Your password': 'wrong' }, 'Delete my account', '/settings/delete'),
  ];
}

async function refusedPassword(page) {
  for (const name of ['current_password', 'password', 'confirm_password']) {
    await page.locator(`form[action="/settings/password"] [name=${name}]`).fill(name);
  }
  await press(page, 'Change password');
}

/** Those of events. */
function ofEvents({ person: who, events, shared }) {
  const at = (path, more) => ({ path: `/events/${path}`, who, ...more });
  const one = title => events[title];
  const third = '?occurrence=2026-11-06T08:00:00Z';
  return [
    at('new', { name: 'new event' }),
    at('new?start_date=2026-11-18&end_date=2026-11-20&is_all_day=true', { name: 'new event of days' }),
    at('new', { name: 'refused event', status: 400, act: event({ end_date: '2026-11-17' }, 'Save') }),
    at('new', { name: 'event whose login has ended', status: 401, act: endedLogin }),
    at('new', { name: 'event that is gone', status: 404, act: goneEvent(who), lands: /^\/events\/\d+$/ }),
    at('new', { name: 'next dates', act: event({ repeats: 'weekly' }, 'Show the next dates') }),
    ...[EMOJI, LONG, 'A day', 'Far ahead'].map(title =>
      at(one(title), { name: `event: ${title.slice(0, 20)}` })),
    at(`${one('Stand-up')}${third}`, { name: 'occurrence' }),
    ...['move', 'delete'].flatMap(what => [
      at(`${one('A day')}/${what}`, { name: `${what} an event` }),
      at(`${one('Stand-up')}/${what}${third}`, { name: `${what} an occurrence` }),
      at(`${one('Stand-up')}/${what}`, { name: `${what} a series` }),
    ]),
    ...['busy', 'read', 'write'].map(access => at(shared[access].event, { name: `event of another, ${access}` })),
    at(shared.single, { name: 'event of another by itself' }),
    at(shared.offered.event, { name: 'event that is only offered', status: 404 }),
    { name: 'dialog of a new event', path: '/calendar/month/2026-11', who, script: openNew },
    { name: 'dialog of keys', path: '/calendar/month/2026-11', who, script: openKeys },
  ];
}

const event = (values, button) => async page => {
  const all = { title: 'Planning', start_date: '2026-11-18', start_time: '10:00', end_date: '2026-11-18', end_time: '11:00', ...values };
  for (const [name, value] of Object.entries(all)) {
    const field = page.locator(`form.event [name=${name}]`);
    await (name === 'repeats' ? field.selectOption(value) : field.fill(value));
  }
  await press(page, button);
};

async function endedLogin(page) {
  await page.context().clearCookies();
  await event({ description: EMOJI, location: LONG }, 'Save')(page);
}

const goneEvent = who => async page => {
  const { id } = await who.event({ title: 'Short-lived', start_at: '2027-02-01T10:00', end_at: '2027-02-01T11:00', time_zone: 'UTC' });
  await page.goto(`/events/${id}`);
  await who.ask('DELETE', `/api/calendar/events/${id}`);
  await press(page, 'Save');
};

async function openNew(page) {
  await page.locator('a.new').click();
  await page.locator('dialog #title:focus').waitFor();
}

async function openKeys(page) {
  await page.keyboard.press('?');
  await page.locator('dialog').getByText('Search').waitFor();
}

async function refusedCalendar(page) {
  await fill(page, { Name: 'x'.repeat(300) });
  await press(page, 'Make calendar');
}

const share = email => async page => {
  await fill(page, { Address: email });
  await page.locator('input[name=access][value=read]').check();
  await press(page, 'Continue');
};

async function refusedLogin(page) {
  await fill(page, { Address: 'nobody@example.com', Password: 'wrong horse' });
  await press(page, 'Log in');
}

async function refusedRegistration(page) {
  await fill(page, { Address: 'jane@example.com', Password: 'short', 'Password again': 'other' });
  await press(page, 'Register');
}

let made;

/** All pages. Who looks at them is registered once. */
export function pages(server) {
  made ??= (async () => list({
    rich: await richPerson(server),
    empty: await Person.register(server, { time_zone: 'Europe/Berlin' }),
    arab: await Person.register(server, { time_zone: 'Africa/Cairo', locale: 'ar-EG', week_starts_on: 6 }),
  }))();
  return made;
}

/** The answer that a page is made of, without a look at it where nothing has to be done on it. */
export async function ask(page, one) {
  if (one.act) return open(page, one);
  if (one.who) await one.who.logIn(page.context());
  const reply = await page.request.get(one.path, { headers: { Accept: 'text/html' } });
  assert.equal(reply.status(), one.status ?? 200, one.path);
  return reply;
}

/** Opens a page; the answer that it was made of. */
export async function open(page, { path, who, status = 200, act, script, lands = path }) {
  if (who) await who.logIn(page.context());
  let reply = await page.goto(path);
  if (act) {
    const isAnswer = answer => answer.request().isNavigationRequest() && answer.request().method() === 'POST';
    [reply] = await Promise.all([page.waitForResponse(isAnswer), act(page)]);
  }
  if (script) await script(page);
  assert.equal(reply.status(), status, path);
  // Not the login, nor another page that this one leads to.
  const { pathname } = new URL(page.url());
  assert.ok(lands instanceof RegExp ? lands.test(pathname) : pathname === lands.split('?')[0], pathname);
  return reply;
}

/** A test for each page: `check(page, one, server)` opens it and looks at it. */
export async function onEachPage(server, options, check) {
  const tests = {};
  for (const one of await pages(server)) tests[one.name] = () => withPage(server, options, page => check(page, one, server));
  return tests;
}
