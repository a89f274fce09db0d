// Where a pointer is in the calendar, and how clocks go on, for drag.js.

/** The day under a point. */
export function dayOf(x, y) {
  return document.elementsFromPoint(x, y).find((one) => one.matches("td[data-date]")) ??
    document.elementsFromPoint(x, y).map((one) => one.closest("td[data-date]")).find(Boolean);
}

/** Which quarter of an hour of its day a height is. */
export function quarterAt(day, y) {
  const box = day.getBoundingClientRect();
  const quarters = Number(getComputedStyle(day).getPropertyValue("--q")) || 96;
  return Math.max(0, Math.min(quarters - 1, Math.floor(((y - box.top) / box.height) * quarters)));
}

const asUtc = (local) => Date.parse(local.length > 10 ? `${local}Z` : `${local}T00:00Z`);

/** A local date, or date and time, so many minutes on, as the clock on the wall counts. */
export function shifted(local, minutes) {
  return new Date(asUtc(local) + minutes * 60_000).toISOString().slice(0, local.length > 10 ? 16 : 10);
}

/** Days from one date to another. */
export const days = (from, to) => Math.round((asUtc(to) - asUtc(from)) / 86_400_000);
