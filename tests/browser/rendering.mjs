// Not a test: how long Chromium takes to show a month with 2,160 occurrences. `.ci/pages rendering`, in milliseconds.
import { withPage } from './browser.mjs';
import { Person } from './person.mjs';

const TIMES = 7;

async function render(page, server) {
  const person = await Person.register(server, { time_zone: 'Europe/Berlin' });
  for (const title of ['One', 'Two', 'Three']) {
    await person.event({ title, start_at: '2026-11-01T00:00', end_at: '2026-11-01T00:30', time_zone: 'Europe/Berlin',
      recurrence: ['RRULE:FREQ=HOURLY;COUNT=720'] });
  }
  await person.logIn(page.context());
  const took = [];
  for (let time = 0; time < TIMES; time++) {
    await page.goto('/calendar/month/2026-11', { waitUntil: 'load' });
    const painted = await page.evaluate(() => new Promise(resolve => new PerformanceObserver(list => resolve(list.getEntries().at(-1).startTime))
      .observe({ type: 'largest-contentful-paint', buffered: true })));
    took.push(Math.round(painted));
  }
  took.sort((one, other) => one - other);
  console.log(JSON.stringify({ painted: { median: took[TIMES >> 1], longest: took.at(-1) } }));
}

export const tests = server => ({ 'a month with 2,160 occurrences': () => withPage(server, {}, page => render(page, server)) });
