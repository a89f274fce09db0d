// People with accounts of their own, and what they do by the API to have something that pages can show.
import { randomUUID } from 'node:crypto';

export const PASSWORD = 'correct horse';

/** An address that nobody has. */
export const anAddress = () => `${randomUUID()}@example.com`;

export class Person {
  constructor(server, email, token, id) {
    Object.assign(this, { server, email, token, id });
  }

  /** Registers somebody; `settings` as for PATCH /api/users/me. */
  static async register(server, settings = {}) {
    const email = anAddress();
    await ask(server, 'POST', '/api/users/register', { email, password: PASSWORD, confirm_password: PASSWORD });
    const { access_token: token, user } = await ask(server, 'POST', '/api/users/login', { email, password: PASSWORD });
    const person = new Person(server, email, token, user.id);
    if (Object.keys(settings).length > 0) await person.ask('PATCH', '/api/users/me', settings);
    return person;
  }

  /** What the API answers; throws where it refuses. */
  ask(method, path, body) {
    return ask(this.server, method, path, body, this.token);
  }

  calendar(body) {
    return this.ask('POST', '/api/calendar/calendars', body);
  }

  event(body) {
    return this.ask('POST', '/api/calendar/events', body);
  }

  /** Logs a browser's context in: all of a person's have one session. */
  async logIn(context) {
    this.cookies ??= this.begin(context);
    await context.addCookies(await this.cookies);
  }

  async begin({ request }) {
    const reply = await request.post(`${this.server}/api/session`, { data: { email: this.email, password: PASSWORD } });
    if (!reply.ok()) throw new Error(`the login: ${reply.status()} ${await reply.text()}`);
    return (await request.storageState()).cookies;
  }
}

async function ask(server, method, path, body, token) {
  const reply = await fetch(server + path, {
    method,
    body: body && JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${path} ${JSON.stringify(body)}: ${reply.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}
