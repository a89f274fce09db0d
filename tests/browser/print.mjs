// Paper has what a page says, in ink on white, also of who looks at it in the dark; and nothing that one can only press.
import assert from 'node:assert/strict';

import { withPage } from './browser.mjs';
import { richPerson } from './data.mjs';

/** How many pages of paper it takes. */
const sheets = pdf => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;

/** Whether what is looked at is dark on light. */
const isInk = locator => locator.evaluate(element => {
  const light = colour => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, one) => sum + one) / 3;
  };
  return light(getComputedStyle(element).color) < 110 && light(getComputedStyle(document.documentElement).backgroundColor) === 255;
});

async function onPaper(page, path, text, most) {
  await page.goto(path);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const seen = page.getByText(text).first();
  await seen.waitFor({ state: 'visible' });
  assert.ok(await isInk(seen), `${path}: ${text}`);
  assert.equal(await page.locator('.top, .side, .button').filter({ visible: true }).count(), 0, path);
  const pdf = await page.pdf({ format: 'A4', landscape: true });
  assert.ok(sheets(pdf) <= most, `${path}: ${sheets(pdf)} sheets`);
  await page.emulateMedia({ media: null });
}

export const tests = server => ({
  'views and an event': () => withPage(server, {}, async page => {
    const { person, events } = await richPerson(server);
    await person.logIn(page.context());
    await page.context().addCookies([{ name: 'theme', value: 'dark', url: server }]);
    await onPaper(page, '/calendar/month/2026-11', 'Three weeks', 2);
    await onPaper(page, '/calendar/week/2026-W45', 'Stand-up', 3);
    await onPaper(page, '/calendar/agenda?from=2026-11-01', 'Stand-up', 8);
    await page.goto(`/events/${events['A day']}`);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByLabel('Title', { exact: true }).inputValue(), 'A day');
    assert.ok(await page.getByLabel('Title', { exact: true }).isVisible());
  }),
});
