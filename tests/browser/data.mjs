// A person with all that is awkward to draw, and what others share with them.
import { Person } from './person.mjs';

export const EMOJI = '👩‍👩‍👧‍👦 Ausflug 🎉';
export const ARABIC = 'اجتماع الفريق الأسبوعي';
/** As long as a title can be, once without a place to break it. */
export const LONG = 'Donaudampfschifffahrtsgesellschaft'.repeat(8).slice(0, 255);
export const LONG_WORDS = 'A title that goes on and on '.repeat(10).slice(0, 254).trimEnd() + '.';

const BERLIN = 'Europe/Berlin';
const at = (title, start, end, more) => ({ title, start_at: start, end_at: end, time_zone: BERLIN, ...more });
const days = (title, start, end, more) => ({ title, start_at: start, end_at: end, is_all_day: true, ...more });

const EVENTS = [
  at('Stand-up', '2026-11-02T09:00', '2026-11-02T09:15', { recurrence: ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR'] }),
  at(EMOJI, '2026-11-03T10:00', '2026-11-03T12:00', { color: '#FFFF00', location: 'Zoo 🦓' }),
  at(ARABIC, '2026-11-03T11:00', '2026-11-03T13:00', { color: '#000000', description: ARABIC }),
  at(LONG, '2026-11-04T10:00', '2026-11-04T11:00', { location: LONG, description: LONG.repeat(4) }),
  at(LONG_WORDS, '2026-11-04T10:30', '2026-11-04T11:30', { status: 'tentative', show_as: 'free' }),
  at('Called off', '2026-11-04T10:45', '2026-11-04T12:00', { status: 'cancelled', visibility: 'private' }),
  at('Over midnight', '2026-11-05T22:00', '2026-11-06T03:00', { url: 'https://example.com/a' }),
  at('Of no length', '2026-11-06T12:00', '2026-11-06T12:00'),
  at('Three weeks', '2026-11-06T08:00', '2026-11-27T18:00', { color: '#FF0000' }),
  days('A day', '2026-11-10', '2026-11-10', { reminders: [{ minutes_before: 15, method: 'display' }] }),
  days('A long weekend', '2026-11-13', '2026-11-17', { categories: ['Holiday', 'Family'] }),
  at('Clocks go back', '2026-10-25T01:30', '2026-10-25T03:30'),
  at('Clocks go forward', '2026-03-29T01:30', '2026-03-29T03:30'),
  at('Every night', '2026-10-20T02:30', '2026-10-20T03:00', { recurrence: ['RRULE:FREQ=DAILY;COUNT=10'] }),
  at('Far ahead', '9998-12-30T23:00', '9998-12-31T01:00'),
];

/** Forty events on 21 November 2026, many at once. */
const fullDay = () => Array.from({ length: 40 }, (_, place) => {
  const hour = String(6 + Math.floor(place / 3)).padStart(2, '0');
  return at(`Number ${place + 1}`, `2026-11-21T${hour}:${(place % 3) * 20 || '00'}`, `2026-11-21T${hour}:59`);
});

/** Calendars of others: one that is seen busy, one that can be written, one whose offer waits; and one event. */
async function others(server, person) {
  const other = await Person.register(server, { name: `Zoë ${ARABIC}`, time_zone: BERLIN });
  const offered = async (path, access) => (await other.ask('POST', `/api/calendar/${path}/shares`, { email: person.email, access })).id;
  const accepted = async (path, access) =>
    person.ask('POST', `/api/calendar/offers/${await offered(path, access)}`, { accept: true });
  const shared = {};
  for (const access of ['busy', 'read', 'write', 'offered']) {
    const { id } = await other.calendar({ name: `${access} of another`, color: '#008000' });
    const event = at(`Seen ${access}`, '2026-11-12T14:00', '2026-11-12T15:00', { calendar_id: id });
    shared[access] = { calendar: id, event: (await other.event(event)).id };
    if (access === 'offered') await offered(`calendars/${id}`, 'read');
    else await accepted(`calendars/${id}`, access);
  }
  const { id } = await other.event(at('By itself', '2026-11-12T16:00', '2026-11-12T17:00'));
  await accepted(`events/${id}`, 'read');
  return { ...shared, single: id };
}

/** The person, with the ids of what they have. */
export async function richPerson(server) {
  const person = await Person.register(server, { name: `${ARABIC} & <Doe>`, time_zone: BERLIN, locale: 'en-GB' });
  const work = await person.calendar({ name: LONG.slice(0, 100), color: '#FFFFFF', description: LONG_WORDS });
  await person.calendar({ name: ARABIC, color: '#000000', time_zone: 'Asia/Kathmandu' });
  const own = (await person.ask('GET', '/api/calendar/calendars')).find(calendar => calendar.is_default).id;
  const ids = {};
  for (const event of [...EVENTS, ...fullDay()]) ids[event.title] = (await person.event(event)).id;
  await person.event(at('At work', '2026-11-12T09:00', '2026-11-12T10:00', { calendar_id: work.id }));
  await person.ask('POST', `/api/calendar/calendars/${work.id}/shares`, { email: 'somebody@example.com', access: 'read' });
  await person.ask('POST', `/api/calendar/events/${ids['A day']}/shares`, { email: 'somebody@example.com', access: 'write' });
  return { person, own, work: work.id, events: ids, shared: await others(server, person) };
}
