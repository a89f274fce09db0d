// What the other modules share: reading a page of ours, sending a form, and saying something to the person.

/** By what a request of this page proves that it is ours. */
export const csrfToken = () => document.querySelector('input[name="csrf_token"]')?.value ?? "";

/** Another page of ours, parsed by the browser and without running anything: no text becomes markup here. */
export function load(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.setRequestHeader("Accept", "text/html");
    request.responseType = "document";
    request.timeout = 15_000;
    request.onload = () => {
      const page = request.response;
      if (request.status === 200 && page && !request.responseURL.includes("/login?")) resolve(page);
      else reject(new Error(request.status === 200 ? "You are logged out." : `The server answers ${request.status}.`));
    };
    request.onerror = request.ontimeout = () => reject(new Error(UNREACHABLE));
    request.send();
  });
}

export const UNREACHABLE = "The server cannot be reached. Nothing is lost: try again in a moment.";

/** Sends a form's fields, as a form would. Resolves once it is done; rejects with what the page of an error says. */
export async function send(address, fields) {
  const body = new URLSearchParams(fields);
  body.set("csrf_token", csrfToken());
  const answer = await fetch(address, { method: "POST", body, headers: { Accept: "text/html" }, redirect: "manual" })
    .catch(() => { throw new Error(UNREACHABLE); });
  // A redirection that is not followed: it was done.
  if (answer.type === "opaqueredirect") return;
  const known = { 401: "You are logged out.", 403: "You may see this, but not change it.", 404: "It is not there any more.",
    409: "Somebody has changed it meanwhile.", 412: "Somebody has changed it meanwhile." };
  throw new Error(known[answer.status] ?? `That was not taken (${answer.status}).`);
}

/** Says something that is read aloud, too, and goes away by itself unless it is an error. */
export function say(text, isError = false) {
  let place = document.querySelector(".sayings");
  if (!place) {
    place = document.createElement("div");
    place.className = "sayings";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  const saying = document.createElement("p");
  saying.className = isError ? "saying error" : "saying";
  saying.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "button plain";
  close.textContent = "Close";
  close.addEventListener("click", () => saying.remove());
  saying.append(" ", close);
  place.append(saying);
  if (!isError) setTimeout(() => saying.remove(), 6_000);
}

/** An element with attributes and what is in it. */
export function element(name, attributes = {}, ...inner) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inner);
  return made;
}
