// Keys: each goes where the page says, and none does anything while somebody types.
import assert from 'node:assert/strict';

import { withPage } from '../browser.mjs';
import { Person } from '../person.mjs';

const AT = { t: /\/calendar\/month\/\d{4}-\d\d$/, w: /\/calendar\/week\/2026-W4[78]$/, d: /\/calendar\/day\/2026-11-\d\d$/ };

async function views(page) {
  await page.goto('/calendar/month/2026-11');
  for (const [key, path] of [
    ['j', '/calendar/month/2026-12'], ['k', '/calendar/month/2026-11'], ['w', AT.w], ['m', '/calendar/month/2026-11'],
    ['d', AT.d], ['m', '/calendar/month/2026-11'], ['a', /\/calendar\/agenda\?from=2026-11-\d\d$/], ['t', /\/calendar\/agenda\?from=/],
  ]) {
    await page.keyboard.press(key);
    await page.waitForURL(typeof path === 'string' ? `**${path}` : path);
    await page.locator('[data-key=n]').waitFor();
  }
}

async function search(page) {
  await page.goto('/calendar/month/2026-11');
  await page.keyboard.press('/');
  await page.locator('input[name=q]:focus').waitFor();
  await page.keyboard.type('jkt?');
  assert.equal(await page.locator('input[name=q]').inputValue(), 'jkt?');
  assert.equal(new URL(page.url()).pathname, '/calendar/month/2026-11');
  assert.equal(await page.locator('dialog').count(), 0);
}

async function help(page) {
  await page.goto('/calendar/month/2026-11');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.waitFor();
  assert.equal(await dialog.locator('kbd').count(), 10);
  // Behind it nothing hears keys.
  await page.keyboard.press('j');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(new URL(page.url()).pathname, '/calendar/month/2026-11');
}

async function anew(page) {
  await page.goto('/calendar/day/2026-11-19');
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[name=title]:focus').waitFor();
  assert.equal(await dialog.locator('input[name=start_date]').inputValue(), '2026-11-19');
  await page.keyboard.type('By a key');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/calendar/day/2026-11-19');
  await page.getByRole('link', { name: /By a key/ }).waitFor();
}

export const tests = server => {
  const by = use => () => withPage(server, {}, async page => {
    await (await Person.register(server, { time_zone: 'Europe/Berlin', locale: 'en-GB' })).logIn(page.context());
    await use(page);
  });
  return { 'between views': by(views), 'to search': by(search), 'that are told': by(help), 'for a new event': by(anew) };
};
