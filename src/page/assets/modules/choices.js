// Adds: which calendars show is applied at once, without a button.
import { say, send } from "./page.js";
import { refresh } from "./fresh.js";

document.addEventListener("change", async (event) => {
  const form = event.target.closest?.("form.choices");
  if (!form) return;
  const fields = new URLSearchParams(new FormData(form));
  try {
    await send(form.action, fields);
    await refresh();
  } catch (error) {
    event.target.checked = !event.target.checked;
    say(error.message, true);
  }
});
