// All pages, as people see them who have everything, nothing, or made a mistake. A page that is not there fails.
import assert from 'node:assert/strict';

import { withPage } from './browser.mjs';
import { richPerson } from './data.mjs';
import { Person } from './person.mjs';
import { fill, press } from './see.mjs';

/** What each page is called, who looks at it, at which path, its status, and what they do there first. */
function list({ rich, empty, arab }) {
  const views = { who: rich.person, at: [
    'month/2026-11', 'month/2026-10', 'month/9998-12', 'month/9999-12', 'month/0001-01',
    'week/2026-W45', 'week/2026-W47', 'week/2026-W43', 'week/2026-W13',
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
    ...views.at.map(path => ({ name: path, path: `/calendar/${path}`, who: views.who })),
    ...without.at.map(path => ({ name: `${path} without events`, path: `/calendar/${path}`, who: without.who })),
    ...inArabic.at.map(path => ({ name: `${path} in Arabic`, path: `/calendar/${path}`, who: inArabic.who })),
  ];
}

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

/** Opens a page; the answer that it was made of. */
export async function open(page, { path, who, status = 200, act }) {
  if (who) await who.logIn(page.context());
  let reply = await page.goto(path);
  if (act) {
    const answers = page.waitForResponse(answer => answer.request().isNavigationRequest() && answer.request().method() === 'POST');
    await act(page);
    reply = await answers;
  }
  assert.equal(reply.status(), status, path);
  // Not the login, nor another page that this one leads to.
  assert.equal(page.url(), new URL(path.split('?')[0], page.url()) + new URL(page.url()).search, path);
  return reply;
}

/** A test for each page, which opens it and looks at it: `check(page, reply, server)`. */
export async function onEachPage(server, options, check) {
  const tests = {};
  for (const one of await pages(server)) {
    tests[one.name] = () => withPage(server, options, async page => check(page, await open(page, one), server));
  }
  return tests;
}
