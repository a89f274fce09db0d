// Adds: keys. t today, m w d a views, j k forward and back, n new, / search, ? what keys there are.
import { element } from "./page.js";

const KEYS = [
  ["t", "Today"], ["m", "Month"], ["w", "Week"], ["d", "Day"], ["a", "Agenda"],
  ["j", "Forward"], ["k", "Back"], ["n", "New event"], ["/", "Search"], ["?", "These keys"],
];
const ALIKE = { j: 'a[rel="next"]', k: 'a[rel="prev"]' };

const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable]");

function help() {
  const rows = KEYS.map(([key, what]) => element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, what)));
  const close = element("button", { class: "button", type: "button", autofocus: "" }, "Close");
  const dialog = element("dialog", { class: "sheet", "aria-label": "Keys" },
    element("h2", {}, "Keys"), element("dl", { class: "keys" }, ...rows), close);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]") || event.repeat) return;
  if (event.key === "?") {
    event.preventDefault();
    help();
    return;
  }
  if (!/^[a-z/]$/.test(event.key)) return;
  const found = document.querySelector(ALIKE[event.key] ?? `[data-key="${event.key}"]`);
  if (!found) return;
  event.preventDefault();
  if (found.matches("input")) {
    found.closest("details")?.setAttribute("open", "");
    found.focus();
  } else {
    found.click();
  }
});
