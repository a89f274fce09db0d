// Adds: the line for now moves on, and a day begins to be shown with its morning (browsers that know scroll-initial-target do that
// by themselves).
const MINUTE = 60_000;

function move() {
  for (const line of document.querySelectorAll(".now")) {
    line.dataset.from ??= getComputedStyle(line).getPropertyValue("--t").trim();
    line.dataset.at ??= String(Date.now());
    const quarters = Number(line.dataset.from) + (Date.now() - Number(line.dataset.at)) / (15 * MINUTE);
    line.style.setProperty("--t", String(quarters));
  }
}

setInterval(move, MINUTE);
function toMorning() {
  const scroller = document.querySelector(".scroller");
  const morning = document.getElementById("morning");
  if (!scroller || !morning || scroller.scrollTop > 0) return;
  const head = scroller.querySelector("thead").offsetHeight;
  scroller.scrollTop = morning.getBoundingClientRect().top - scroller.getBoundingClientRect().top - head - 8;
}

move();
toMorning();
document.addEventListener("drawn", move);
