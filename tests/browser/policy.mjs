// No page has an error, breaks its policy, or asks anybody else.
import assert from 'node:assert/strict';

import { withPage } from './browser.mjs';
import { onEachPage, open } from './pages.mjs';

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/** Keeps what goes wrong on a page from now on. */
async function watch(page, server) {
  const wrong = [];
  page.on('console', message => {
    // Chromium says so of a page itself whose status is an error.
    // And of a rule that is wrong while it is typed.
    const { url } = message.location();
    const isStatus = [page.url(), `${server}/events/preview`].includes(url.replace(/(preview)\?.*/, '$1')) &&
      message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !isStatus) wrong.push(message.text());
  });
  page.on('pageerror', error => wrong.push(error.message));
  page.on('dialog', dialog => {
    wrong.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on('requestfailed', request => wrong.push(`${request.url()}: ${request.failure().errorText}`));
  page.on('request', request => {
    if (!request.url().startsWith(`${server}/`) && !request.url().startsWith('data:')) wrong.push(`asks ${request.url()}`);
  });
  await page.exposeFunction('isViolated', what => wrong.push(what));
  await page.addInitScript(() => addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    isViolated(`${violatedDirective}: ${blockedURI}`)));
  return wrong;
}

async function keepsToIt(page, one, server) {
  const wrong = await watch(page, server);
  const reply = await open(page, one);
  await page.waitForLoadState('networkidle');
  assert.deepEqual(wrong, []);
  assert.equal(await reply.headerValue('content-security-policy'), POLICY);
  assert.equal(await reply.headerValue('cache-control'), 'no-store');
  assert.equal(await reply.headerValue('referrer-policy'), 'same-origin');
}

/** The check finds what is wrong, and the policy forbids it. */
async function findsFaults(page, server) {
  const wrong = await watch(page, server);
  const body = `<!doctype html><link rel="icon" href="data:,"><script>alert(1)</script><p style="color: red">
    <img src="http://127.0.0.1:1/elsewhere.png"><script src="/assets/nothing.js"></script>`;
  await page.route('**/wrong', route => route.fulfill({
    body, contentType: 'text/html', headers: { 'Content-Security-Policy': POLICY },
  }));
  await page.goto('/wrong');
  await page.waitForLoadState('networkidle');
  const said = wrong.join('\n');
  for (const one of [/script-src-elem: inline/, /style-src-attr: inline/, /img-src: http:/, /404/]) assert.match(said, one);
  assert.doesNotMatch(said, /dialog/);
}

export const tests = async server => ({
  'finds faults': () => withPage(server, {}, page => findsFaults(page, server)),
  ...await onEachPage(server, {}, keepsToIt),
});
