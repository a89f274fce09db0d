// Debian's Chromium, and contexts in it: each has cookies of its own. Its headless shell has no windows, each of which would cost
// more of the processor than the page in it.
import { chromium } from './packages.mjs';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
// How long anything is waited for, on a machine that is busy with other things.
const PATIENCE = 30_000;
// Nothing moves, and who looks is in Berlin.
const OPTIONS = {
  viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'Europe/Berlin',
};

let browser;

export async function launch() {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: FLAGS });
}

export async function close() {
  await browser.close();
}

/** Gives a new page in a context of its own to `use`, and closes the context behind it. */
export async function withPage(server, options, use) {
  const context = await browser.newContext({ ...OPTIONS, baseURL: server, ...options });
  context.setDefaultTimeout(PATIENCE);
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}
