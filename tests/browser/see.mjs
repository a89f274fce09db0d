// What a person does and sees on a page. Everything waits for what it looks for; nothing waits for a time to pass.
import assert from 'node:assert/strict';

/** Sends the form of the button that is called so, and waits for the page that comes. */
export async function press(page, name, within = page.locator('main')) {
  const next = page.waitForEvent('domcontentloaded');
  await within.getByRole('button', { name, exact: true }).click();
  await next;
}

/** Follows the link that is called so. */
export async function follow(page, name, within = page.locator('main')) {
  const next = page.waitForEvent('domcontentloaded');
  await within.getByRole('link', { name, exact: true }).click();
  await next;
}

/** The field that is called so. A part of the page can be called so, too. */
export const field = (page, label) =>
  page.getByLabel(label, { exact: true }).and(page.locator('input:not([hidden]), select, textarea'));

/** Fills fields in by their labels. */
export async function fill(page, values) {
  for (const [label, value] of Object.entries(values)) await field(page, label).fill(value);
}

/** The page's heading is this. */
export async function heads(page, heading) {
  assert.equal((await page.locator('h1').innerText()).trim(), heading);
}

/** The page is at this path, with its query. */
export function isAt(page, path) {
  const { pathname, search } = new URL(page.url());
  assert.equal(pathname + search, path);
}

/** The form came back: the field is marked wrong, says why, and has the focus if it is the first. */
export async function isWrong(page, label, why, { first = true } = {}) {
  const wrong = field(page, label);
  await page.locator('main [role=alert]').first().waitFor();
  assert.equal(await wrong.getAttribute('aria-invalid'), 'true', label);
  // A hint may come behind it.
  const message = page.locator(`[id="${(await wrong.getAttribute('aria-describedby')).split(' ')[0]}"]`);
  assert.match(await message.innerText(), why);
  assert.equal(await message.getAttribute('role'), 'alert');
  // The browser moves the focus after the page has loaded.
  if (first) await page.locator(`[id="${await wrong.getAttribute('id')}"]:focus`).waitFor();
}
