"""Clicks through Swagger UI in Chromium as a person would: swagger_ui.py <address>

Each route is tried without an access token, one is put in after a login, and each is tried again. What the
page shows is compared with the statuses that the document gives for the route.
"""

import json
import sys
import tempfile
import urllib.request

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

PATIENCE = 60
# The page's example of a refresh token is never good; and it does not send what proves a page that has cookies.
REFUSED = ("refresh_session", "refresh_cookies", "end_cookie_session", "log_out")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-dev-shm-usage "
    "--disable-background-networking --disable-component-update --disable-sync --window-size=1400,3000"
)


def chromium(profile):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*FLAGS.split(), f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))


class Docs:
    """The page, and what a person does on it."""

    def __init__(self, browser, address):
        self.browser = browser
        browser.get(f"{address}/docs")
        self.wait(lambda: browser.find_elements(By.CSS_SELECTOR, ".opblock"))

    def wait(self, look):
        return WebDriverWait(self.browser, PATIENCE, 0.05).until(lambda _: look())

    def find(self, selector, within=None):
        found = lambda: (within or self.browser).find_elements(By.CSS_SELECTOR, selector)
        return self.wait(lambda: (found() or [None])[0])

    def click(self, selector, within=None):
        # As the page's own script sees it, wherever the button has scrolled to.
        self.browser.execute_script("arguments[0].click()", self.find(selector, within))

    def operations(self):
        return {block.get_attribute("id") for block in self.browser.find_elements(By.CSS_SELECTOR, ".opblock")}

    def uncompressed(self):
        """Those of the page's scripts and styles that were as long on their way as they are."""
        files = self.browser.execute_script("return performance.getEntriesByType('resource').map(file => file.toJSON())")
        files = [file for file in files if file["name"].endswith((".js", ".css"))]
        assert len(files) == 5, files
        return [file["name"] for file in files if file["encodedBodySize"] >= file["decodedBodySize"]]

    def run(self, operation):
        """Executes an operation with the values that the page proposes; the status and the body."""
        block = self.find(f"[id='{operation}']")
        if "is-open" not in block.get_attribute("class"):
            self.click(".opblock-summary-control", block)
        for clear in block.find_elements(By.CSS_SELECTOR, ".btn-clear"):
            self.browser.execute_script("arguments[0].click()", clear)
        self.click(".execute", block)
        response = self.find(".live-responses-table tbody tr.response", block)
        status = self.wait(lambda: response.find_element(By.CSS_SELECTOR, ".response-col_status").text.split()[:1])
        bodies = response.find_elements(By.CSS_SELECTOR, ".response-col_description pre.microlight code")
        seen = int(status[0]), bodies[0].text if bodies else ""
        # The page draws all that is open once more at each step.
        self.click(".opblock-summary-control", block)
        return seen

    def authorize(self, token):
        self.click(".btn.authorize")
        # Each way to say who asks has a form of its own.
        field = self.find(".modal-ux input[aria-label=auth-bearer-value]")
        field.send_keys(token)
        self.browser.execute_script("arguments[0].form.querySelector('button.authorize').click()", field)
        self.click(".modal-ux .btn-done")


def documented(address):
    """The statuses of each operation, and which of them want an access token, by the page's ids."""
    with urllib.request.urlopen(f"{address}/api/openapi.json") as reply:
        paths = json.load(reply)["paths"]
    operations = {}
    for methods in paths.values():
        for operation in methods.values():
            name = f"operations-{operation['tags'][0]}-{operation['operationId']}"
            # An empty one is: nobody in particular.
            security = operation.get("security") or [{}]
            operations[name] = (set(map(int, operation["responses"])), {} not in security)
    return operations


def session_token(address):
    """The access token of a session of the page's example of an account."""
    login = {"email": "john@example.com", "password": "correct horse", "refresh": True}
    request = urllib.request.Request(f"{address}/api/users/login", json.dumps(login).encode())
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)["access_token"]


def check(name, seen, wanted):
    assert seen == wanted, f"{name}: {seen!r}, not {wanted!r}"
    print(f"{name}: {seen!r}")


def main(address):
    operations = documented(address)
    with tempfile.TemporaryDirectory() as profile:
        browser = chromium(profile)
        try:
            docs = Docs(browser, address)
            check("files that came uncompressed", docs.uncompressed(), [])
            check("operations on the page", sorted(docs.operations()), sorted(operations))
            for name, (_, wants_token) in operations.items():
                if wants_token:
                    check(f"{name} without a token", docs.run(name)[0], 401)
            check("register", docs.run("operations-users-register_user")[0], 201)
            check("log in", docs.run("operations-users-log_in_user")[0], 200)
            # Of a session: whoever changes the password keeps that, and no token without one.
            docs.authorize(session_token(address))
            # In the order of a life: the page's example of an id is the first event's.
            for action, wanted in (("create", 201), ("update", 200), ("delete", 200)):
                check(f"{action} an event", docs.run(f"operations-calendar-{action}_event")[0], wanted)
            # What ends an account or a token comes last. The page's example of a password is right until it is
            # changed, and no token is good once the account is erased. Its example of a refresh token never is.
            last = [
                "operations-users-change_password",
                "operations-users-erase_account",
                "operations-users-delete_account",
                "operations-sessions-log_out",
            ]
            for name in sorted(operations, key=lambda name: last.index(name) if name in last else -1):
                status, _ = docs.run(name)
                is_refused = name.removeprefix("operations-sessions-") in REFUSED
                assert status in operations[name][0] and (status == 401) == is_refused, f"{name}: {status}"
                print(f"{name}: {status}")
            said = [line["message"] for line in browser.get_log("browser")]
            # An answer of 400 or more is a line, too.
            check("the page's errors", [line for line in said if "the server responded with" not in line], [])
        finally:
            browser.quit()


if __name__ == "__main__":
    main(sys.argv[1])
