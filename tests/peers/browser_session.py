"""Logs a browser in by cookies, and has pages of elsewhere try to make use of them: browser_session.py <address>

A small page stands before the server, under one origin with it. Two more pages stand elsewhere: on another port,
which is the same site and is sent the cookies, and on another host, which is not. What Chromium does of its own
accord is what the server has to do with: its cookies, its Origin, its Sec-Fetch-Site.
"""

import base64
import http.client
import json
import sys
import tempfile
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from selenium.webdriver.support.ui import WebDriverWait

from swagger_ui import PATIENCE, check, chromium

ACCOUNT = {"email": "john@example.com", "password": "correct horse"}

PAGE = """<!doctype html><title>A page</title><p id="who"></p><script>
const cookie = name => (document.cookie.match(new RegExp('(?:^|; )' + name + '=([^;]*)')) || [])[1];
let proof = () => cookie('csrf_access_token') || '';
const ask = (method, path, body) => fetch(path, {
  method, body: body && JSON.stringify(body),
  headers: method == 'GET' ? {} : {'X-CSRF-TOKEN': proof()},
});
const show = async () => {
  const reply = await ask('GET', '/api/users/me');
  document.getElementById('who').textContent = reply.ok ? (await reply.json()).email : 'nobody: ' + reply.status;
};
addEventListener('pageshow', show);
</script>"""

# A form sends what a script of its page need not be allowed to.
ELSEWHERE = """<!doctype html><title>Elsewhere</title>
<form id="log-out" method="post" action="{target}/api/users/logout"><input name="csrf_token" value="x"></form>
<form id="renew" method="post" action="{target}/api/session/refresh"><input name="csrf_token" value="x"></form>
<form id="log-in" method="post" action="{target}/api/session" enctype="text/plain">
<input name='{{"email": "mallory@example.com", "password": "correct horse", "x": "' value='"}}'></form>"""


class Front(BaseHTTPRequestHandler):
    """The page, and what is behind it: keeps what was asked and how it was answered."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self):
        server = self.server
        if self.path == "/page":
            return self.reply(200, [("Content-Type", "text/html"), ("Cache-Control", "no-store")], server.page.encode())
        if server.behind is None:
            return self.reply(404, [], b"")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        behind = http.client.HTTPConnection(server.behind, timeout=PATIENCE)
        behind.request(self.command, self.path, body, dict(self.headers))
        reply = behind.getresponse()
        body = reply.read()
        named = [(name, value) for name, value in reply.getheaders() if name.lower() not in ("content-length", "connection")]
        self.reply(reply.status, named, body)
        said = {
            "asked": f"{self.command} {self.path}",
            "site": self.headers.get("Sec-Fetch-Site"),
            "cookies": "access_token_cookie" in self.headers.get("Cookie", ""),
            "status": reply.status,
            "set": sum(name.lower() == "set-cookie" for name, _ in named),
        }
        with server.known:
            server.seen.append(said)
            server.known.notify_all()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer

    def reply(self, status, headers, body):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve(page, behind=None):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Front)
    server.page, server.behind, server.seen, server.known = page, behind, [], threading.Condition()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def port(server):
    return server.server_address[1]


class Person:
    """Who sits before the browser."""

    def __init__(self, browser, front):
        self.browser = browser
        self.front = front
        self.home = f"http://127.0.0.1:{port(front)}/page"

    def wait(self, look):
        return WebDriverWait(self.browser, PATIENCE, 0.05).until(lambda _: look())

    def shown(self):
        return self.wait(lambda: self.browser.execute_script("return document.getElementById('who')?.textContent"))

    def open(self):
        self.browser.get("about:blank")
        self.browser.get(self.home)
        return self.shown()

    def ask(self, method, path, body=None):
        """What a script of the page asks; the status."""
        script = "const done = arguments[3]; ask(arguments[0], arguments[1], arguments[2]).then(reply => done(reply.status));"
        return self.browser.execute_async_script(script, method, path, body)

    def answered(self, asked, act):
        """What the server said to what it is asked now."""
        with self.front.known:
            before = len(self.front.seen)
        act()
        new = lambda: [one for one in self.front.seen[before:] if one["asked"] == asked]
        with self.front.known:
            assert self.front.known.wait_for(new, PATIENCE), f"{asked} was never asked: {self.front.seen}"
            return new()[0]

    def cookies(self):
        self.browser.get(self.home)
        return {one["name"]: one for one in self.browser.get_cookies()}


def expiry(token):
    payload = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["exp"]


def log_in_and_go_on(person):
    check("before the login", person.open(), "nobody: 401")
    check("a login", person.ask("POST", "/api/session", ACCOUNT), 200)
    check("after it", person.open(), ACCOUNT["email"])
    cookies = person.cookies()
    hidden = sorted(name for name, one in cookies.items() if one["httpOnly"])
    check("what no script reads", hidden, ["access_token_cookie", "refresh_token_cookie"])
    check("what scripts read", person.browser.execute_script("return document.cookie").count("csrf_"), 2)
    check("on other sites", {one["sameSite"] for one in cookies.values()}, {"Lax"})
    check("with their browser they end", [one for one in cookies.values() if "expiry" in one], [])

    ends = expiry(cookies["access_token_cookie"]["value"])
    person.wait(lambda: time.time() > ends + 1)
    check("past the access token's life", person.open(), ACCOUNT["email"])
    check("the cookies are new", person.cookies()["refresh_token_cookie"] != cookies["refresh_token_cookie"], True)
    check("a change of the page's", person.ask("PATCH", "/api/users/me", {"name": "John"}), 200)
    person.browser.execute_script("proof = () => ''")
    check("and without the proof", person.ask("PATCH", "/api/users/me", {"name": "Mallory"}), 401)


def submit(person, page, form):
    person.browser.get(page)
    person.browser.execute_script(f"document.getElementById('{form}').submit()")


def fetch(person, page, path, kind="text/plain"):
    person.browser.get(page)
    script = (
        "fetch(arguments[0], {method: 'POST', mode: arguments[1], credentials: 'include', body: '{}',"
        " headers: arguments[2]}).catch(() => {})"
    )
    mode, headers = ("no-cors", {}) if kind == "text/plain" else ("cors", {"Content-Type": kind, "X-CSRF-TOKEN": "x"})
    person.browser.execute_script(script, path, mode, headers)


def try_from_elsewhere(person, elsewhere):
    target = f"http://127.0.0.1:{port(person.front)}"
    before = person.cookies()["csrf_access_token"]["value"]
    # Of another port of the host cookies are sent along; of another site they are not.
    for host, site, logged_in in (("127.0.0.1", "same-site", True), ("localhost", "cross-site", False)):
        page = f"http://{host}:{port(elsewhere)}/page"
        for form, path in (("log-out", "/api/users/logout"), ("renew", "/api/session/refresh"), ("log-in", "/api/session")):
            said = person.answered(f"POST {path}", lambda: submit(person, page, form))
            # Without cookies there is nobody to be refused for coming from elsewhere.
            status = 403 if logged_in or form == "log-in" else 401
            wanted = {"asked": f"POST {path}", "site": site, "cookies": logged_in, "status": status, "set": 0}
            check(f"a form of {host} to {form}", said, wanted)
        path = "/api/calendar/events"
        said = person.answered(f"POST {path}", lambda: fetch(person, page, target + path))
        wanted = {"asked": f"POST {path}", "site": site, "cookies": logged_in, "status": 403 if logged_in else 401, "set": 0}
        check(f"a fetch of {host}", said, wanted)
        said = person.answered(f"OPTIONS {path}", lambda: fetch(person, page, target + path, "application/json"))
        check(f"a fetch of {host} with headers is asked about", said["status"], 204)
    posts = [one for one in person.front.seen if one["asked"] == "POST /api/calendar/events"]
    check("and goes no further", len(posts), 2)
    check("nobody else is logged in", person.open(), ACCOUNT["email"])
    check("it is the same session", person.cookies()["csrf_access_token"]["value"], before)


def log_out_and_go_back(person):
    person.open()
    check("a logout", person.ask("DELETE", "/api/session"), 200)
    check("no cookie is left", person.browser.get_cookies(), [])
    person.browser.get("about:blank")
    person.browser.back()
    person.wait(lambda: person.browser.current_url == person.home)
    check("going back", person.wait(lambda: "nobody" in person.shown() and person.shown()), "nobody: 401")


def register(address, email):
    body = {"email": email, "password": ACCOUNT["password"], "confirm_password": ACCOUNT["password"]}
    request = urllib.request.Request(f"{address}/api/users/register", json.dumps(body).encode(), method="POST")
    with urllib.request.urlopen(request, timeout=PATIENCE):
        pass


def main(address):
    register(address, ACCOUNT["email"])
    register(address, "mallory@example.com")
    front = serve(PAGE, address.removeprefix("http://"))
    elsewhere = serve(ELSEWHERE.format(target=f"http://127.0.0.1:{port(front)}"))
    with tempfile.TemporaryDirectory() as profile:
        browser = chromium(profile)
        try:
            person = Person(browser, front)
            log_in_and_go_on(person)
            try_from_elsewhere(person, elsewhere)
            log_out_and_go_back(person)
        finally:
            browser.quit()


if __name__ == "__main__":
    main(sys.argv[1])
