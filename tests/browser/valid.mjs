// What the server sends is valid HTML, by html-validate.
import assert from 'node:assert/strict';

import { HtmlValidate } from './packages.mjs';
import { ask, onEachPage } from './pages.mjs';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Matters of style: templates leave blanks behind, and write void elements and entities as they like.
    'no-trailing-whitespace': 'off',
    'doctype-style': 'off',
    'void-style': 'off',
    'long-title': 'off',
    // One name for all that is of a list is how forms send lists.
    'form-dup-name': 'off',
  },
});

/** What is wrong with it: a line for each. */
async function faults(html) {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ line, ruleId, message }) => `${line}: ${ruleId}: ${message}`));
}

async function isValid(page, one) {
  const reply = await ask(page, one);
  assert.equal(reply.headers()['content-type'], 'text/html; charset=utf-8');
  assert.deepEqual(await faults(await reply.text()), []);
}

/** The check finds what is wrong. */
async function findsFaults() {
  const page = main => `<!doctype html>\n<html lang="en"><head><title>A page</title></head><body>${main}</body></html>`;
  assert.deepEqual(await faults(page('<p>Fine</p>')), []);
  for (const wrong of ['<p><div></div></p>', '<p id="a"></p><p id="a"></p>', '<a href="/"><a href="/">in</a></a>', '<p style="color: red">a</p>']) {
    assert.notDeepEqual(await faults(page(wrong)), [], wrong);
  }
}

export const tests = async server => ({ 'finds faults': findsFaults, ...await onEachPage(server, {}, isValid) });
