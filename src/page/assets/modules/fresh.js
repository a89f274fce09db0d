// Adds: the calendar is drawn anew when something has changed elsewhere, without losing the place.
import { load, say } from "./page.js";

const EVERY = 60_000;
let known = null;
let isBusy = false;

/** By what a link or a box is found again in what is drawn anew. */
function selectorOf(one) {
  const having = (name) => `[${name}="${CSS.escape(one.getAttribute(name))}"]`;
  if (one.matches("a[href]")) return `a${having("href")}`;
  return one.matches("input[name][value]") ? `input${having("name")}${having("value")}` : null;
}

/** What somebody types just now would be lost. */
const isTypedIn = (part) => part.contains(document.activeElement) && document.activeElement.matches('input[type="search"], input[type="date"]');

/** Draws the view and what is beside it anew. */
export async function refresh() {
  const page = await load(location.href);
  for (const part of [".view", ".side"]) {
    const [before, after] = [document.querySelector(part), page.querySelector(part)];
    if (!before || !after || isTypedIn(before)) continue;
    const scrolled = before.querySelector(".scroller");
    const [top, left] = [scrolled?.scrollTop, scrolled?.scrollLeft];
    const focused = before.contains(document.activeElement) ? selectorOf(document.activeElement) : null;
    const made = document.adoptNode(after);
    before.replaceWith(made);
    made.querySelector(".scroller")?.scrollTo(left ?? 0, top ?? 0);
    if (focused) made.querySelector(focused)?.focus();
  }
  document.dispatchEvent(new Event("drawn"));
}

/** What has changed is told by the tokens of the calendars. */
async function tokens() {
  const answer = await fetch("/api/calendar/calendars", { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return JSON.stringify((await answer.json()).map(({ id, token, color, name }) => [id, token, color, name]));
}

async function look() {
  if (isBusy || document.visibilityState !== "visible" || document.querySelector("dialog[open], .dragging")) return;
  isBusy = true;
  try {
    const now = await tokens();
    if (known !== null && now !== known) {
      await refresh();
      say("The calendar has changed, and is shown as it is now.");
    }
    known = now;
  } catch { /* The next look tells; who does something meanwhile is told by that. */ }
  isBusy = false;
}

if (document.querySelector(".calendar")) {
  look();
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  addEventListener("focus", look);
  // What one has changed oneself is known.
  document.addEventListener("changed", async () => { known = null; await look(); });
}
