// Adds: a new event in a dialog over the calendar, instead of on a page of its own.
import { element, load, say } from "./page.js";

/** Opens a page of ours that has a form as a dialog; where that fails, as a page. */
export async function open(address) {
  let page;
  try {
    page = await load(address);
  } catch (error) {
    say(error.message, true);
    return;
  }
  const main = document.adoptNode(page.querySelector("main"));
  const form = main.querySelector("form");
  if (!form) {
    location.assign(address);
    return;
  }
  const next = form.querySelector('input[name="next"]') ?? form.appendChild(element("input", { type: "hidden", name: "next" }));
  next.value = location.pathname + location.search;
  const close = element("button", { type: "button", class: "button plain close", "aria-label": "Close" }, "×");
  const heading = main.querySelector("h1");
  // The page behind has its own.
  const title = element("h2", { id: "quick-title" }, heading?.textContent ?? "New event");
  heading?.replaceWith(title);
  const dialog = element("dialog", { class: "sheet", "aria-labelledby": "quick-title" }, close, ...main.childNodes);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector('[autofocus], input[name="title"]')?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.new");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  open(link.href);
});
