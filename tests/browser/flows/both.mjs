import { withPage } from '../browser.mjs';

/**
 * Tests out of flows by name: each is done with JavaScript, and again without. A flow takes a page, the server's address, and
 * by what to do something on a page of another browser of that kind.
 */
export function both(server, flows) {
  const tests = {};
  for (const [name, flow] of Object.entries(flows)) {
    for (const [kind, javaScriptEnabled] of [['', true], [', without JavaScript', false]]) {
      const elsewhere = use => withPage(server, { javaScriptEnabled }, use);
      tests[name + kind] = () => elsewhere(page => flow(page, server, elsewhere));
    }
  }
  return tests;
}
