import { withPage } from '../browser.mjs';

/** Tests out of flows by name, which take a page: each is done with JavaScript, and again without. */
export function both(server, flows) {
  const tests = {};
  for (const [name, flow] of Object.entries(flows)) {
    tests[name] = () => withPage(server, {}, page => flow(page, server));
    tests[`${name}, without JavaScript`] = () => withPage(server, { javaScriptEnabled: false }, page => flow(page, server));
  }
  return tests;
}
