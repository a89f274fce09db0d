// Not a test: the pictures of the documentation, out of a real run. `.ci/pages pictures`, then look at docs/pictures.
import { fileURLToPath } from 'node:url';

import { withPage } from './browser.mjs';
import { Person } from './person.mjs';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const BERLIN = 'Europe/Berlin';

async function person(server) {
  const one = await Person.register(server, { name: 'John Doe', time_zone: BERLIN, locale: 'en-GB' });
  const [work, home] = [await one.calendar({ name: 'Work', color: '#0b8043' }), await one.calendar({ name: 'Home', color: '#d67c00' })];
  const at = (calendar, title, start, end, more) =>
    one.event({ title, start_at: start, end_at: end, time_zone: BERLIN, calendar_id: calendar.id, ...more });
  const days = (calendar, title, start, end) => at(calendar, title, start, end, { is_all_day: true });
  await at(work, 'Stand-up', '2026-11-02T09:00', '2026-11-02T09:30', { recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO,TH'] });
  await at(work, 'Team meeting', '2026-11-03T10:00', '2026-11-03T11:30', { recurrence: ['RRULE:FREQ=WEEKLY;INTERVAL=2'], location: 'Room 4' });
  await at(work, 'Review', '2026-11-19T14:00', '2026-11-19T15:30', { location: 'Room 2' });
  await at(work, 'Planning', '2026-11-20T10:30', '2026-11-20T12:00', { status: 'tentative' });
  await at(work, 'Call with Tokyo', '2026-11-18T08:00', '2026-11-18T08:45');
  await days(work, 'Conference', '2026-11-24', '2026-11-27');
  await at(home, 'Dentist', '2026-11-17T14:15', '2026-11-17T15:00');
  await at(home, 'Choir', '2026-11-04T19:30', '2026-11-04T21:30', { recurrence: ['RRULE:FREQ=WEEKLY'] });
  await at(home, 'Night train', '2026-11-13T22:10', '2026-11-14T07:30');
  await days(home, 'In Vienna', '2026-11-14', '2026-11-16');
  await at(home, 'Lunch', '2026-11-19T12:30', '2026-11-19T13:30');
  await at(home, 'Cinema', '2026-11-20T20:00', '2026-11-20T22:30');
  await days(home, 'Birthday', '2026-11-22', '2026-11-23');
  return one;
}

async function picture(page, who, path, name) {
  await who.logIn(page.context());
  await page.goto(path);
  await page.screenshot({ path: `${FOLDER}${name}.png` });
}

export async function tests(server) {
  const who = await person(server);
  const view = (path, name, options) => () => withPage(server, options, page => picture(page, who, path, name));
  const desk = { viewport: { width: 1280, height: 800 } };
  return {
    month: view('/calendar/month/2026-11', 'month', desk),
    week: view('/calendar/week/2026-W47', 'week', desk),
    'week in the dark': view('/calendar/week/2026-W47', 'week-dark', { ...desk, colorScheme: 'dark' }),
    'month on a telephone': view('/calendar/month/2026-11', 'month-telephone', { viewport: { width: 390, height: 844 } }),
  };
}
