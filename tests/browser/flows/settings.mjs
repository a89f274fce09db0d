// One's own account: what one is called, how time is written, who is logged in, and the way out.
import assert from 'node:assert/strict';

import { PASSWORD, Person, anAddress } from '../person.mjs';
import { field, fill, follow, heads, isAt, isWrong, press } from '../see.mjs';
import { both } from './both.mjs';

async function somebody(page, server) {
  const person = await Person.register(server);
  await person.logIn(page.context());
  return person;
}

const says = (page, text) => page.getByRole('status').getByText(text).first().waitFor();

async function changeThem(page, server) {
  const person = await somebody(page, server);
  await page.goto('/settings');
  await fill(page, { Name: 'Jane Doe' });
  await press(page, 'Save name');
  await says(page, /./);
  assert.equal(await page.locator('.account-name').innerText(), 'Jane Doe');

  await field(page, 'Time zone').selectOption('Asia/Tokyo');
  await fill(page, { 'Language of dates and times': 'de-AT' });
  await page.getByLabel('Weeks begin on').selectOption('0');
  await press(page, 'Save time and language');
  await person.event({ title: 'Planning', start_at: '2026-11-18T08:00Z', end_at: '2026-11-18T09:00Z' });
  await page.goto('/calendar/week/2026-W47');
  assert.equal(await page.locator('.columns .date .unseen').first().textContent(), 'Sonntag, 15. November 2026');
  assert.match(await page.locator('.view .placed .time').innerText(), /^17:00/);

  await page.goto('/settings');
  await field(page, 'Dark').check();
  await press(page, 'Save light and dark');
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  await page.getByLabel('Anybody here may find me').check();
  await press(page, 'Save who may find you');
  assert.equal((await person.ask('GET', '/api/users/me')).is_listed, true);
}

async function changeAddressAndPassword(page, server) {
  const person = await somebody(page, server);
  const [email, password] = [anAddress(), 'battery staple'];
  await page.goto('/settings');
  await fill(page, { 'E-mail address': email });
  await press(page, 'Change address');
  const form = page.locator('form[action="/settings/password"]');
  const passwords = async values => {
    for (const [name, value] of Object.entries(values)) await form.locator(`[name=${name}]`).fill(value);
    await press(page, 'Change password');
  };
  await passwords({ current_password: 'wrong horse', password, confirm_password: password });
  await form.locator('[name=current_password][aria-invalid=true]:focus').waitFor();
  await passwords({ current_password: PASSWORD, password, confirm_password: password });
  await says(page, /./);
  // The session goes on; the next login is by what is new.
  await page.goto('/logout');
  await press(page, 'Log out');
  await page.goto('/login');
  await fill(page, { Address: person.email, Password: password });
  await press(page, 'Log in');
  await page.locator('main [role=alert]').first().waitFor();
  await fill(page, { Address: email, Password: password });
  await press(page, 'Log in');
  assert.equal(await page.locator('.account-name').textContent(), email);
}

async function endSessions(page, server, elsewhere) {
  const { email } = await somebody(page, server);
  await elsewhere(async other => {
    await other.goto('/login');
    await fill(other, { Address: email, Password: PASSWORD });
    await press(other, 'Log in');
    await page.goto('/settings/sessions');
    assert.equal(await page.locator('.entry').count(), 2);
    await press(page, 'End all other sessions');
    assert.equal(await page.locator('.entry').count(), 1);
    await other.goto('/settings');
    isAt(other, '/login?next=%2Fsettings');
  });
  await follow(page, 'Activity');
  await heads(page, 'Activity');
  assert.ok(await page.locator('.log .entry').count() >= 3);
}

async function exportThem(page, server) {
  const { email } = await somebody(page, server);
  await page.goto('/settings/export');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download my data' }).click()]);
  const chunks = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk);
  assert.ok(JSON.stringify(JSON.parse(Buffer.concat(chunks))).includes(email));
}

async function leave(page, server) {
  const person = await somebody(page, server);
  await page.goto('/settings/delete');
  await fill(page, { 'Your password': 'wrong horse' });
  await press(page, 'Delete my account');
  await isWrong(page, 'Your password', /./);
  await fill(page, { 'Your password': PASSWORD });
  await press(page, 'Delete my account');
  await heads(page, 'Goodbye');
  await assert.rejects(person.ask('GET', '/api/users/me'), /401/);
}

export const tests = server => both(server, {
  'a person changes settings': changeThem,
  'a person changes their address and password': changeAddressAndPassword,
  'a person ends other sessions': endSessions,
  'a person downloads what is theirs': exportThem,
  'a person deletes their account': leave,
});
