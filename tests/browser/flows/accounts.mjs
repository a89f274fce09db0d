// Becoming known, staying so, and leaving.
import assert from 'node:assert/strict';

import { withPage } from '../browser.mjs';
import { PASSWORD, Person, anAddress } from '../person.mjs';
import { fill, follow, heads, isAt, isWrong, press } from '../see.mjs';
import { both } from './both.mjs';

/** By the session cookie alone, as it is: a browser that has no other is logged in. */
const isLoggedIn = async context => (await context.request.get('/logout', { maxRedirects: 0 })).status() === 200;

const logIn = (page, email, password = PASSWORD) => fill(page, { Address: email, Password: password });

async function register(page) {
  const email = anAddress();
  await page.goto('/');
  await heads(page, 'A calendar to live in');
  await follow(page, 'Register');
  await fill(page, { Address: email, 'Name (optional)': 'Jane Doe', Password: PASSWORD, 'Password again': PASSWORD });
  await press(page, 'Register');
  assert.ok(await isLoggedIn(page.context()));
  await page.goto('/logout');
  assert.equal(await page.locator('.account-name').innerText(), 'Jane Doe');
}

async function registrationIsRefused(page, server) {
  const { email } = await Person.register(server);
  await page.goto('/register');
  await fill(page, { Address: email, 'Name (optional)': 'Jane "J" <Doe>', Password: PASSWORD, 'Password again': PASSWORD });
  await press(page, 'Register');
  await isWrong(page, 'Address', /./);
  assert.equal(await page.getByLabel('Address').inputValue(), email);
  assert.equal(await page.getByLabel('Name (optional)').inputValue(), 'Jane "J" <Doe>');
  assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), '');

  // Of two fields that are wrong the first one has the focus.
  await fill(page, { Address: anAddress(), Password: 'short', 'Password again': 'another' });
  await press(page, 'Register');
  await isWrong(page, 'Password', /8/);
  assert.equal(await page.locator('main [aria-invalid]').count(), await page.locator('main .field .error').count());

  // What is mended goes through.
  await fill(page, { Password: PASSWORD, 'Password again': PASSWORD });
  await press(page, 'Register');
  assert.ok(await isLoggedIn(page.context()));
}

async function loginIsRefused(page, server) {
  const { email } = await Person.register(server);
  await page.goto('/login?next=%2Flogout');
  await logIn(page, email, 'wrong horse');
  await page.getByLabel('Stay logged in').uncheck();
  await press(page, 'Log in');
  await page.locator('main [role=alert]').first().waitFor();
  assert.equal(await page.getByLabel('Address').inputValue(), email);
  assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), '');
  assert.ok(!await page.getByLabel('Stay logged in').isChecked());
  assert.ok(!await isLoggedIn(page.context()));
  // Where it was to lead is not forgotten.
  await fill(page, { Password: PASSWORD });
  await press(page, 'Log in');
  isAt(page, '/logout');
}

async function logInAndOut(page, server) {
  const { email } = await Person.register(server);
  await page.goto('/login');
  await logIn(page, email);
  await page.getByLabel('Stay logged in').uncheck();
  await press(page, 'Log in');
  assert.ok(await isLoggedIn(page.context()));
  const named = await page.context().cookies();
  assert.deepEqual(named.filter(cookie => cookie.expires !== -1).map(cookie => cookie.name), [], 'they end with the browser');

  await page.goto('/logout');
  await page.locator('.account summary').click();
  await press(page, 'Log out', page.locator('.account'));
  isAt(page, '/');
  await heads(page, 'A calendar to live in');
  assert.ok(!await isLoggedIn(page.context()));
}

async function stayLoggedIn(page, server) {
  const { email } = await Person.register(server);
  await page.goto('/login');
  await logIn(page, email);
  assert.ok(await page.getByLabel('Stay logged in').isChecked());
  await press(page, 'Log in');
  // What the browser still has after it was closed.
  const cookies = (await page.context().cookies()).filter(cookie => cookie.expires > Date.now() / 1000 + 86_400);
  await withPage(server, {}, async later => {
    await later.context().addCookies(cookies);
    assert.ok(await isLoggedIn(later.context()));
  });
}

async function isLedBack(page, server) {
  const { email } = await Person.register(server);
  await page.goto('/logout');
  isAt(page, '/login?next=%2Flogout');
  await logIn(page, email);
  await press(page, 'Log in');
  isAt(page, '/logout');
  await heads(page, 'Log out?');
  await follow(page, 'Stay');
  assert.ok(await isLoggedIn(page.context()));

  // But not to elsewhere.
  await page.context().clearCookies();
  await page.goto('/login?next=//example.com/');
  await logIn(page, email);
  await press(page, 'Log in');
  assert.equal(new URL(page.url()).origin, server);
}

/** A form of a session that has ended meanwhile does nothing, and says so. */
async function hasEndedMeanwhile(page, server) {
  const person = await Person.register(server);
  await person.logIn(page.context());
  await page.goto('/logout');
  await person.ask('DELETE', '/api/users/me/sessions');
  await press(page, 'Log out');
  await heads(page, 'You are not logged in any more');
}

export const tests = server => both(server, {
  'a person registers, and is logged in': register,
  'a registration that is refused comes back filled in': registrationIsRefused,
  'a login that is refused comes back filled in': loginIsRefused,
  'a person logs in and out': logInAndOut,
  'a person stays logged in': stayLoggedIn,
  'a login leads back, and nowhere else': isLedBack,
  'a form of a session that has ended says so': hasEndedMeanwhile,
});
