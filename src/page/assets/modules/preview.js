// Adds: the next dates of a series are listed while its rule is typed.
import { load } from "./page.js";

const PAUSE = 300;
let waits;
let latest = 0;

document.addEventListener("input", (event) => {
  const form = event.target.form;
  const place = form?.querySelector("[data-preview]");
  if (!place) return;
  clearTimeout(waits);
  waits = setTimeout(async () => {
    const mine = ++latest;
    const fields = new URLSearchParams(new FormData(form));
    fields.delete("csrf_token");
    try {
      const page = await load(`${place.dataset.preview}?${fields}`);
      if (mine === latest) place.replaceChildren(...document.adoptNode(page.body).childNodes);
    } catch { /* The button beside it says why. */ }
  }, PAUSE);
});
