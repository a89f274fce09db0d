// Adds: whoever has not chosen a time zone is offered the browser's, once.
import { csrfToken, element, say, send } from "./page.js";

const NEVER = "persony.zone";
const own = document.documentElement.dataset.zone;
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

function isAsked() {
  try { return localStorage.getItem(NEVER) === here; } catch { return false; }
}

function remember() {
  try { localStorage.setItem(NEVER, here); } catch { /* A browser that keeps nothing asks again. */ }
}

if (own !== undefined && here && own !== here && csrfToken() && !isAsked()) {
  const take = element("button", { type: "button", class: "button primary" }, `Use ${here}`);
  const keep = element("button", { type: "button", class: "button" }, `Stay with ${own}`);
  const banner = element("aside", { class: "banner offer", "aria-label": "Time zone" },
    element("p", {}, `This browser is in the time zone ${here}. Your calendar shows times of ${own}.`),
    element("div", { class: "row" }, take, keep));
  document.querySelector("main").prepend(banner);
  keep.addEventListener("click", () => { remember(); banner.remove(); });
  take.addEventListener("click", async () => {
    try {
      await send("/settings/preferences", { time_zone: here });
      remember();
      // Not reload(): this can be the answer to a form.
      location.assign(location.pathname + location.search);
    } catch (error) {
      say(error.message, true);
    }
  });
}
