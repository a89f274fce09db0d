// Adds: a form that cannot reach the server, or whose server cannot reach its database, is not sent into nothing. It says so,
// and what was typed stays.
import { say, UNREACHABLE } from "./page.js";

const NOT_READY = "The server cannot reach its database. Nothing is lost: try again in a moment.";

const asked = new WeakSet();

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || asked.has(form)) return;
  event.preventDefault();
  const submitter = event.submitter;
  asked.add(form);
  const ready = await fetch("/ready", { cache: "no-store", signal: AbortSignal.timeout(5_000) }).catch(() => null);
  // Whatever else stands before the server may not let everybody ask that: only what says that it is away counts.
  if (!ready || ready.status >= 500) {
    asked.delete(form);
    say(ready ? NOT_READY : UNREACHABLE, true);
    return;
  }
  // As the person has sent it, with the button that they took.
  form.requestSubmit(submitter?.form === form ? submitter : undefined);
  asked.delete(form);
});

addEventListener("offline", () => say("You are offline. What you type stays in its form.", true));
addEventListener("online", () => say("You are online again."));
