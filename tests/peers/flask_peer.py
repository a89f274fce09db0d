"""Proves against Werkzeug and Flask-JWT-Extended themselves that accounts and tokens are shared.

    python tests/peers/flask_peer.py target/debug/persony

Starts that program in a temporary folder on the embedded engine, and checks both directions of
password hashes and of access tokens. Prints a line per check; the exit code is 1 if one fails.
"""

import json
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
import uuid
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from flask import Flask, jsonify
from flask_jwt_extended import (
    JWTManager,
    create_access_token,
    create_refresh_token,
    decode_token,
    get_csrf_token,
    get_jwt_identity,
    jwt_required,
)
from werkzeug.security import check_password_hash, generate_password_hash

TEST_KEY = "a-test-key-that-only-tests-know-0123456789"
ANOTHER_KEY = "another-key-that-only-tests-know-9876543210"
START_TIMEOUT = 30

PASSWORDS = {"ASCII": "correct horse battery staple", "Unicode": "Mật khẩu 密码 🔑 é"}
METHODS = [
    "scrypt",
    "scrypt:16384:8:1",
    "scrypt:32768:8:2",
    "scrypt:4096:16:3",
    "pbkdf2:sha256",
    "pbkdf2:sha256:260000",
]


class Checks:
    """Counts what holds, and tells of each check."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def that(self, name, holds, detail=""):
        if holds:
            self.passed += 1
            print(f"ok      {name}", flush=True)
        else:
            self.failed += 1
            print(f"FAILED  {name}{f': {detail}' if detail else ''}", flush=True)


class Server:
    """The running program and its database file."""

    def __init__(self, program, base, file):
        self.program = program
        self.base = base
        self.file = file

    def operate(self, *words):
        """What an operator does beside it."""
        environment = {"EMBEDDED_DB_PATH": str(self.file)}
        subprocess.run([self.program, "users", *words], env=environment, stdout=subprocess.DEVNULL, check=True, timeout=60)

    def request(self, method, path, body=None, token=None, headers=None):
        """The status and the JSON of the answer."""
        headers = dict(headers or {}) | ({"Authorization": f"Bearer {token}"} if token else {})
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, json.load(refusal)

    def log_in(self, email, password):
        return self.request("POST", "/api/users/login", {"email": email, "password": password})

    def begin_session(self, email, password):
        """The cookies of a login, as a browser keeps them."""
        body = json.dumps({"email": email, "password": password}).encode()
        request = urllib.request.Request(f"{self.base}/api/session", body, method="POST")
        with urllib.request.urlopen(request, timeout=30) as answer:
            lines = answer.headers.get_all("Set-Cookie")
        return dict(line.split(";")[0].split("=", 1) for line in lines)

    def with_cookies(self, method, path, cookies, csrf=None, body=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        headers |= {"X-CSRF-TOKEN": csrf} if csrf else {}
        return self.request(method, path, body, headers=headers)

    def list_events(self, token):
        return self.request("GET", "/api/calendar/events", token=token)

    def connect(self):
        return closing(sqlite3.connect(self.file, timeout=5))

    def insert_user(self, email, password_hash):
        """A row as another program writes it, with the default of CREATED_AT."""
        with self.connect() as connection, connection:
            connection.execute("INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES (?, ?)", (email, password_hash))

    def password_hash(self, email):
        with self.connect() as connection:
            query = "SELECT PASSWORD_HASH FROM USERS WHERE EMAIL = ?"
            return connection.execute(query, (email,)).fetchone()[0]


@contextmanager
def running(program):
    """Starts the program on a free port, and kills it, and nothing else, in the end."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "persony.db")
        environment = {
            "ROCKET_PORT": "0",
            "JWT_SECRET_KEY": TEST_KEY,
            "EMBEDDED_DB_PATH": str(file),
        }
        process = subprocess.Popen(
            [program],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        log = Log(process.stderr)
        try:
            yield Server(program, log.wait_for_address(), file)
        finally:
            process.kill()
            process.wait()
            log.join()


class Log(threading.Thread):
    """Reads the server's log, so that it never has to wait for a reader."""

    def __init__(self, stream):
        super().__init__(daemon=True)
        self.stream = stream
        self.lines = []
        self.address = None
        self.known = threading.Event()
        self.start()

    def run(self):
        with self.stream:
            for line in self.stream:
                self.lines.append(line)
                if found := re.search(r"listens on (http://[^;\s]+)", line):
                    self.address = found[1]
                    self.known.set()
        self.known.set()

    def wait_for_address(self):
        self.known.wait(START_TIMEOUT)
        if self.address is None:
            sys.exit("the server did not start:\n" + "".join(self.lines))
        return self.address


def flask_app(key):
    """The part of the Flask application that looks at tokens."""
    app = Flask(__name__)
    app.config["JWT_SECRET_KEY"] = key
    app.config["JWT_TOKEN_LOCATION"] = ["headers", "cookies"]
    JWTManager(app)

    @app.route("/protected", methods=["GET", "POST"])
    @jwt_required()
    def protected():
        return jsonify(identity=get_jwt_identity())

    @app.route("/refresh", methods=["GET", "POST"])
    @jwt_required(refresh=True)
    def refresh():
        return jsonify(identity=get_jwt_identity())

    return app


def check_hashes_of_werkzeug(checks, server):
    for method in METHODS:
        for kind, password in PASSWORDS.items():
            email = f"{uuid.uuid4()}@example.com"
            server.insert_user(email, generate_password_hash(password, method))
            status, answer = server.log_in(email, password)
            checks.that(
                f"Werkzeug's {method} hash of a password in {kind} logs in", status == 200, answer
            )
            status, answer = server.log_in(email, password + "x")
            checks.that(
                f"Werkzeug's {method} hash in {kind}: a wrong password is a 401",
                status == 401,
                answer,
            )


def check_hashes_of_the_server(checks, server):
    for kind, password in PASSWORDS.items():
        email = f"{uuid.uuid4()}@example.com"
        body = {"email": email, "password": password, "confirm_password": password}
        status, answer = server.request("POST", "/api/users/register", body)
        checks.that(f"a password in {kind} is registered", status == 201, answer)
        stored = server.password_hash(email)
        form = re.fullmatch(r"scrypt:32768:8:1\$[A-Za-z0-9]{16}\$[0-9a-f]{128}", stored)
        checks.that(f"its hash has the form of Werkzeug's ({kind})", form is not None, stored)
        checks.that(f"Werkzeug accepts it ({kind})", check_password_hash(stored, password))
        checks.that(
            f"Werkzeug refuses a wrong password ({kind})",
            not check_password_hash(stored, password + "x"),
        )


def check_tokens_of_flask(checks, server, user_id):
    identity = str(user_id)
    with flask_app(TEST_KEY).app_context():
        accepted = {
            "Flask's access token": create_access_token(identity),
            "Flask's fresh access token": create_access_token(identity, fresh=True),
            "Flask's token with more claims": create_access_token(
                identity, additional_claims={"role": "user"}
            ),
        }
        refused = {
            "an expired token": create_access_token(identity, expires_delta=timedelta(seconds=-1)),
            "a token that never expires": create_access_token(identity, expires_delta=False),
            "a refresh token": create_refresh_token(identity),
            "a token of nobody's id": create_access_token("john@example.com"),
        }
    with flask_app(ANOTHER_KEY).app_context():
        refused["a token of another key"] = create_access_token(identity)
    for name, token in accepted.items():
        status, answer = server.list_events(token)
        checks.that(f"{name} is accepted", (status, answer) == (200, []), (status, answer))
    for name, token in refused.items():
        status, answer = server.list_events(token)
        on_authorization = list(answer.get("errors", {})) == ["authorization"]
        checks.that(f"{name} is a 401", status == 401 and on_authorization, (status, answer))


def check_tokens_of_the_server(checks, token, user_id):
    headers = {"Authorization": f"Bearer {token}"}
    answer = flask_app(TEST_KEY).test_client().get("/protected", headers=headers)
    checks.that("Flask accepts the server's token", answer.status_code == 200, answer.text)
    identity = answer.json.get("identity")
    checks.that("its identity is the user's id as a string", identity == str(user_id), identity)
    with flask_app(TEST_KEY).app_context():
        ours, theirs = decode_token(token), decode_token(create_access_token(str(user_id)))
    checks.that("it has the claims of Flask's", set(ours) == set(theirs), set(ours) ^ set(theirs))
    types = ({name: type(value) for name, value in claims.items()} for claims in (ours, theirs))
    checks.that("each claim has the type of Flask's", next(types) == next(types), ours)
    answer = flask_app(ANOTHER_KEY).test_client().get("/protected", headers=headers)
    checks.that("Flask with another key refuses it", answer.status_code != 200, answer.text)


def check_sessions(checks, server, email, password):
    body = {"email": email, "password": password, "refresh": True}
    _, answer = server.request("POST", "/api/users/login", body)
    access, refresh, user_id = answer["access_token"], answer["refresh_token"], answer["user"]["id"]
    flask = flask_app(TEST_KEY).test_client()

    def at(path, token):
        return flask.get(path, headers={"Authorization": f"Bearer {token}"}).status_code

    checks.that("Flask accepts the access token of a session", at("/protected", access) == 200)
    checks.that("Flask accepts its refresh token where it wants one", at("/refresh", refresh) == 200)
    checks.that("Flask takes it for no access token", at("/protected", refresh) != 200)
    checks.that("nor the access token for a refresh token", at("/refresh", access) != 200)
    with flask_app(TEST_KEY).app_context():
        ours, theirs = decode_token(refresh), decode_token(create_refresh_token(str(user_id)))
        foreign, flasks = create_refresh_token(str(user_id)), create_access_token(str(user_id))
    checks.that("it has Flask's claims and the session", set(ours) == set(theirs) | {"sid"}, ours)
    status, answer = server.request("POST", "/api/users/refresh", {"refresh_token": foreign})
    refused = {"errors": {"refresh_token": "Token has been revoked"}}
    checks.that("Flask's refresh token has no session", (status, answer) == (401, refused), answer)
    status, answer = server.request("POST", "/api/users/logout", token=flasks)
    checks.that("Flask's access token is revoked by a logout", status == 200, answer)
    status, answer = server.list_events(flasks)
    checks.that("and refused from then on", status == 401, answer)
    status, answer = server.list_events(access)
    checks.that("a token that was not revoked is good", status == 200, answer)


def check_cookies_of_the_server(checks, server, email, password):
    cookies = server.begin_session(email, password)
    named = {"access_token_cookie", "refresh_token_cookie", "csrf_access_token", "csrf_refresh_token"}
    checks.that("a browser gets Flask's four cookies", set(cookies) == named, set(cookies))
    flask = flask_app(TEST_KEY).test_client()
    for name, value in cookies.items():
        flask.set_cookie(name, value)

    def posted(path, csrf):
        return flask.post(path, headers={"X-CSRF-TOKEN": csrf} if csrf else {}).status_code

    checks.that("Flask accepts the access cookie", flask.get("/protected").status_code == 200)
    checks.that("and the refresh cookie where it wants one", flask.get("/refresh").status_code == 200)
    for path, cookie in (("/protected", "csrf_access_token"), ("/refresh", "csrf_refresh_token")):
        checks.that(f"Flask accepts {cookie} with a change", posted(path, cookies[cookie]) == 200)
        checks.that(f"and neither none nor another ({cookie})", {posted(path, None), posted(path, "x")} == {401})


def check_cookies_of_flask(checks, server, user_id):
    with flask_app(TEST_KEY).app_context():
        access, refresh = create_access_token(str(user_id)), create_refresh_token(str(user_id))
        csrf, csrf_refresh = get_csrf_token(access), get_csrf_token(refresh)
    cookies = {"access_token_cookie": access, "refresh_token_cookie": refresh}
    event = {"title": "T", "start_at": "2025-12-06", "end_at": "2025-12-06"}
    status, answer = server.with_cookies("GET", "/api/users/me", cookies)
    checks.that("Flask's access cookie is accepted", (status, answer.get("id")) == (200, user_id), answer)
    status, answer = server.with_cookies("POST", "/api/calendar/events", cookies, csrf, event)
    checks.that("with its CSRF token a change is, too", status == 201, answer)
    for wrong in (None, csrf_refresh):
        status, answer = server.with_cookies("POST", "/api/calendar/events", cookies, wrong, event)
        checks.that("without it, or with another, it is not", (status, list(answer["errors"])) == (401, ["csrf"]), answer)
    alone = {"refresh_token_cookie": refresh}
    refused = {"errors": {"authorization": "Token has been revoked"}}
    for method, path in (("GET", "/api/users/me"), ("POST", "/api/session/refresh")):
        status, answer = server.with_cookies(method, path, alone, csrf_refresh)
        checks.that(f"Flask's refresh cookie has no session ({method} {path})", (status, answer) == (401, refused), answer)
    status, answer = server.with_cookies("GET", "/api/users/me", {"access_token_cookie": refresh})
    checks.that("nor is it taken for an access cookie", status == 401, answer)


def check_ends_of_accounts(checks, server):
    """A changed password is Werkzeug's, and nobody logs in by Werkzeug to an account that is erased or deactivated."""
    email, first, second = "jane@example.com", "correct horse", PASSWORDS["Unicode"]
    server.request(
        "POST", "/api/users/register", {"email": email, "password": first, "confirm_password": first}
    )

    def token():
        body = {"email": email, "password": second, "refresh": True}
        return server.request("POST", "/api/users/login", body)[1]["access_token"]

    _, answer = server.log_in(email, first)
    body = {"current_password": first, "password": second, "confirm_password": second}
    status, answer = server.request("PUT", "/api/users/me/password", body, answer["access_token"])
    checks.that("a password is changed", status == 200, answer)
    changed = server.password_hash(email)
    checks.that("Werkzeug accepts the changed password", check_password_hash(changed, second))
    checks.that("and not the former one", not check_password_hash(changed, first))
    status, answer = server.request("POST", "/api/users/me/erase", {"password": second}, token())
    checks.that("an account is erased", status == 202, answer)
    shut = server.password_hash(email)
    for name, password in {"the password": second, "none": "", "the hash itself": shut}.items():
        checks.that(f"Werkzeug lets nobody in with {name}", check_password_hash(shut, password) is False)
    with server.connect() as connection:
        kept = connection.execute("SELECT PASSWORD_HASH FROM CLOSED_ACCOUNTS").fetchone()[0]
    checks.that("what a restore brings back is what was there", kept == changed)
    status, answer = server.log_in(email, second)
    checks.that("who knows the password is told", (status, list(answer["errors"])) == (403, ["email"]), answer)
    for command, is_open in (("restore", True), ("deactivate", False), ("activate", True)):
        server.operate(command, email)
        lets_in = check_password_hash(server.password_hash(email), second)
        checks.that(f"Werkzeug lets in after an operator's {command}: {is_open}", lets_in == is_open)


def main():
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} path/to/persony")
    checks = Checks()
    with running(Path(sys.argv[1]).resolve()) as server:
        check_hashes_of_werkzeug(checks, server)
        check_hashes_of_the_server(checks, server)
        email, password = "john@example.com", PASSWORDS["Unicode"]
        server.insert_user(email, generate_password_hash(password))
        _, answer = server.log_in(email, password)
        token, user_id = answer["access_token"], answer["user"]["id"]
        check_tokens_of_flask(checks, server, user_id)
        check_tokens_of_the_server(checks, token, user_id)
        check_sessions(checks, server, email, password)
        check_cookies_of_the_server(checks, server, email, password)
        check_cookies_of_flask(checks, server, user_id)
        check_ends_of_accounts(checks, server)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
