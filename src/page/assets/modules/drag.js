// Adds: drag an event to another day or time, its end to make it longer or shorter, or over empty time to make a new one.
// "Move…" on an event's page does the same without a pointer; a finger scrolls, and does not drag.
import { element, say, send } from "./page.js";
import { refresh } from "./fresh.js";
import { open } from "./quick.js";
import { dayOf, days, quarterAt, shifted } from "./clock.js";

const THRESHOLD = 5;
const EDGE = 7;
let drag = null;

document.addEventListener("pointerdown", (event) => {
  if (event.button !== 0 || event.pointerType === "touch" || drag) return;
  const day = event.target.closest?.("td[data-date]");
  const link = event.target.closest?.("a[data-id]");
  if (!day || (!link && event.target.closest("a, button"))) return;
  const box = link?.getBoundingClientRect();
  const isEdge = link?.matches(".placed:not(.on)") && box.bottom - event.clientY <= EDGE && box.height > 3 * EDGE;
  drag = { link, day, kind: link ? (isEdge ? "resize" : "move") : "make", x: event.clientX, y: event.clientY, isOn: false,
    from: day.matches(".day") ? quarterAt(day, event.clientY) : null };
});

document.addEventListener("dragstart", (event) => { if (drag) event.preventDefault(); });

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  if (!drag.isOn) {
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < THRESHOLD) return;
    begin();
  }
  event.preventDefault();
  const day = dayOf(event.clientX, event.clientY) ?? drag.over;
  if (day && day !== drag.over) {
    drag.over?.classList.remove("target");
    if (drag.kind !== "resize") day.classList.add("target");
    drag.over = day;
  }
  drag.to = drag.from === null || !drag.over?.matches(".day") ? null : quarterAt(drag.kind === "resize" ? drag.day : drag.over, event.clientY);
  show(event);
});

function begin() {
  drag.isOn = true;
  drag.over = drag.day;
  document.documentElement.classList.add("dragging");
  if (drag.kind === "move") {
    drag.ghost = drag.link.cloneNode(true);
    drag.ghost.classList.add("ghost");
    drag.ghost.style.width = `${drag.link.offsetWidth}px`;
    drag.ghost.style.height = `${drag.link.offsetHeight}px`;
    document.body.append(drag.ghost);
  } else if (drag.kind === "make" && drag.from !== null) {
    drag.ghost = element("div", { class: "making" });
    drag.day.append(drag.ghost);
  }
}

function show(event) {
  if (drag.kind === "move") {
    drag.ghost.style.left = `${event.clientX + 4}px`;
    drag.ghost.style.top = `${event.clientY + 4}px`;
  } else if (drag.kind === "resize") {
    const item = drag.link.parentElement;
    drag.height ??= Number(getComputedStyle(item).getPropertyValue("--h"));
    item.style.setProperty("--h", String(Math.max(1, drag.height + drag.to - drag.from)));
  } else if (drag.ghost) {
    const [first, last] = [drag.from, drag.to ?? drag.from].sort((a, b) => a - b);
    drag.ghost.style.setProperty("--t", String(first));
    drag.ghost.style.setProperty("--h", String(last - first + 1));
  }
}

document.addEventListener("pointerup", (event) => {
  const done = end();
  if (!done) return;
  if (!done.isOn) {
    if (done.kind === "make") make(done, done.from === null ? null : [done.from, done.from + 4]);
    return;
  }
  // The click that follows is the end of the drag.
  const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
  if (done.kind === "make") {
    const [first, last] = [done.from, done.to ?? done.from].sort((a, b) => a - b);
    make(done, done.from === null ? null : [first, last + 1]);
  } else {
    move(done, event);
  }
});

document.addEventListener("pointercancel", end);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drag?.isOn) {
    event.stopPropagation();
    const { link, height } = end();
    if (height) link.parentElement.style.removeProperty("--h");
  }
}, true);

function end() {
  const done = drag;
  drag = null;
  document.documentElement.classList.remove("dragging");
  document.querySelectorAll(".target").forEach((day) => day.classList.remove("target"));
  done?.ghost?.remove();
  return done;
}

function make({ day, over }, quarters) {
  const [first, last] = [day.dataset.date, over?.dataset.date ?? day.dataset.date].sort();
  const fields = new URLSearchParams({ start_date: first });
  if (quarters && first === last) {
    fields.set("start_time", shifted(`${first}T00:00`, quarters[0] * 15).slice(11));
    fields.set("end_date", shifted(`${first}T00:00`, quarters[1] * 15).slice(0, 10));
    fields.set("end_time", shifted(`${first}T00:00`, quarters[1] * 15).slice(11));
  } else if (first !== last) {
    fields.set("end_date", last);
    fields.set("is_all_day", "true");
  }
  open(`/events/new?${fields}`);
}

async function move({ link, day, over, kind, from, to }) {
  const { begins, ends, id, occurrence } = link.dataset;
  const minutes = (from === null || to === null ? 0 : (to - from) * 15) + (kind === "move" ? days(day.dataset.date, over.dataset.date) * 24 * 60 : 0);
  if (minutes === 0) return;
  const [start, stop] = [kind === "move" ? shifted(begins, minutes) : begins, shifted(ends, minutes)];
  if (stop < start) {
    refresh().catch((error) => say(error.message, true));
    return;
  }
  const scope = occurrence ? await ask() : "";
  if (scope !== null) {
    const fields = { start_date: start.slice(0, 10), start_time: start.slice(11), end_date: stop.slice(0, 10), end_time: stop.slice(11) };
    await send(`/events/${id}/move`, { ...fields, occurrence, scope })
      .then(() => say(kind === "move" ? "Moved." : "Changed."), (error) => say(error.message, true));
  }
  await refresh().catch((error) => say(error.message, true));
}

/** Which occurrences are meant. `null`: none. */
function ask() {
  const choices = [["this", "This one"], ["following", "This and all after it"], ["all", "All"]];
  const buttons = choices.map(([value, label]) => element("button", { value, class: "button" }, label));
  const form = element("form", { method: "dialog", class: "stack" }, element("h2", {}, "This repeats. Change which?"), ...buttons,
    element("button", { value: "", class: "button plain" }, "Cancel"));
  const dialog = element("dialog", { class: "sheet", "aria-label": "Which ones" }, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue || null);
  }));
}
