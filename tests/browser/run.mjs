// All tests of the web page, or those of the files that are named: run.mjs [file...] <address of the server>
import { it, describe, before, after } from 'node:test';
import { cpus } from 'node:os';

import { launch, close } from './browser.mjs';

const FILES = ['flows/accounts', 'flows/keys', 'flows/drags', 'flows/modules', 'flows/views', 'flows/calendars', 'flows/sharing', 'flows/settings', 'flows/events', 'flows/touch', 'print', 'axe', 'valid', 'policy', 'weights', 'hostile'];

const server = process.argv.at(-1);
const named = process.argv.slice(2, -1);
// What is no test, and is done where it is named.
const BESIDE = ['pictures', 'rendering'];
for (const name of named) if (![...FILES, ...BESIDE].includes(name)) throw new Error(`${name} is none of ${FILES.join(', ')}`);

// Each file gives what it tests by name; no test needs another one.
const tests = [];
for (const file of named.length > 0 ? named : FILES) {
  const { tests: those } = await import(`./${file}.mjs`);
  for (const [name, test] of Object.entries(await those(server))) tests.push([`${file}: ${name}`, test]);
}

describe('the web page', { concurrency: Math.min(cpus().length, 3) + 1 }, () => {
  before(launch);
  after(close);
  for (const [name, test] of tests) it(name, { timeout: 120_000 }, test);
});
