#!/usr/bin/env python3
"""The release server under load, beside bounds that are measured in the same run.

    python3 benches/load.py                    prints a table
    python3 benches/load.py --write            and keeps it in BENCHMARKS.md
    python3 benches/load.py --beside PROGRAM   this program beside another persony, of a former commit

Needs cargo and wrk (Debian: apt-get install wrk). Subject and bound take turns, and each figure is
the median of its turns: small machines are noisy, so what counts is the ratio. wrk has a core of its
own, where there are two, and so does the server: else they take from each other what is measured.
"""

import json
import os
import re
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELEASE = ROOT / "target" / "release"
TURNS, SECONDS = 5, 3
CLOCK_TICK = os.sysconf("SC_CLK_TCK")
KEY = "a-test-key-that-only-benchmarks-know-01234567"
PASSWORD = "correct horse"


def build():
    packages = ["--package", "persony", "--package", "oracle-client-stand-in", "--bins", "--lib", "--examples"]
    subprocess.run(["cargo", "build", "--release", "--locked", *packages], cwd=ROOT, check=True)


CORES = sorted(os.sched_getaffinity(0))
# With one core there is nothing to share out.
OF_SERVER, OF_CLIENT = ({CORES[0]}, {CORES[1]}) if len(CORES) > 1 else (set(CORES), set(CORES))


class Process:
    """A server, until the end of the with block."""

    def __init__(self, command, environment, folder):
        self.log = open(Path(folder) / f"{Path(command[0]).name}.log", "w+")
        self.child = subprocess.Popen(command, env=environment, cwd=folder, stderr=self.log, stdout=self.log)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.send_signal(signal.SIGTERM)
        self.child.wait(30)

    def cpu(self):
        """Seconds of processor that it has taken so far, in its own code and in the kernel's."""
        fields = Path(f"/proc/{self.child.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / CLOCK_TICK

    def keep_to(self, cores):
        """Lets all of its threads run on these cores alone."""
        for thread in os.listdir(f"/proc/{self.child.pid}/task"):
            os.sched_setaffinity(int(thread), cores)

    def memory(self):
        """Resident memory, in MiB."""
        status = Path(f"/proc/{self.child.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


class Server(Process):
    def __init__(self, engine, folder, port, program=None):
        environment = {
            "PATH": os.environ["PATH"],
            "ROCKET_PORT": str(port),
            "JWT_SECRET_KEY": KEY,
            "RATE_LIMIT_ENABLED": "false",
        }
        if engine == "stand-in":
            library = Path(folder) / "client" / "libclntsh.so"
            library.parent.mkdir()
            library.symlink_to(RELEASE / "liboracle_client_stand_in.so")
            environment |= {
                "ORACLE_USER": "SYSTEM",
                "ORACLE_PASSWORD": "stand-in",
                "ORACLE_DSN": "localhost/BENCH",
                "ORACLE_CLIENT_LIB_DIR": str(library.parent),
                "ORACLE_STAND_IN_DIR": str(folder),
            }
        super().__init__([str(program or RELEASE / "persony")], environment, folder)
        self.base = f"http://127.0.0.1:{port}"
        self.folder = folder

    def call(self, path, body=None, token=None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(self.base + path, data=data, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as reply:
            return json.load(reply) if "json" in reply.headers["content-type"] else reply.read()

    def ready(self):
        for _ in range(300):
            try:
                return self.call("/api/db-ping")
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"the server did not start: see {self.folder}")

    def settle(self):
        """Waits until no password of clients that have gone is in line."""
        while b"persony_hashing_queue 0\n" not in self.call("/metrics"):
            time.sleep(0.05)

    def session(self, email):
        """An access token of a new session of a user's."""
        return self.call("/api/users/login", {"email": email, "password": PASSWORD, "refresh": True})["access_token"]

    def user(self, email, events):
        """A token of a new user with this many events."""
        self.call("/api/users/register", {"email": email, "password": PASSWORD, "confirm_password": PASSWORD})
        token = self.call("/api/users/login", {"email": email, "password": PASSWORD})["access_token"]
        for number in range(events):
            self.call("/api/calendar/events", event(number), token)
        return token


def event(number):
    start, end = f"2026-01-{number % 28 + 1:02}T10:00:00Z", f"2026-01-{number % 28 + 1:02}T11:00:00Z"
    text = {"title": f"Team Meeting {number}", "description": "Weekly sync", "location": "Conference Room A"}
    return text | {"start_at": start, "end_at": end, "color": "#FF5733"}


def alone(process, load):
    """Requests a second of a server that has one core while wrk has another, and the microseconds of
    processor that each took of it."""
    process.keep_to(OF_SERVER)
    before = process.cpu()
    rate = load()
    spent = process.cpu() - before
    process.keep_to(set(CORES))
    return rate, spent * 1e6 / (rate * SECONDS)


def wrk(url, folder, connections=16, token=None, body=None, seconds=SECONDS, cores=None, headers=None):
    """Requests a second, and the 99th percentile of latency in ms."""
    script = Path(folder) / f"wrk-{threading.get_ident()}.lua"
    headers = (headers or {}) | ({"Authorization": f"Bearer {token}"} if token else {})
    lines = [f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}" for name, value in headers.items()]
    if body:
        lines += ['wrk.method = "POST"', f"wrk.body = {json.dumps(json.dumps(body))}"]
    script.write_text("\n".join(lines))
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout=30s", f"-s{script}", url]
    keep = (lambda: os.sched_setaffinity(0, cores)) if cores else None
    said = subprocess.run(command, check=True, capture_output=True, text=True, preexec_fn=keep).stdout
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    if failed:
        raise SystemExit(f"{url}: {failed[0]}")
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
    scale = {"us": 0.001, "ms": 1, "s": 1000}[unit]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), float(number) * scale


def in_turn(subject, bound):
    """The medians of both."""
    pairs = [(subject(), bound()) for _ in range(TURNS)]
    return [statistics.median(column) for column in zip(*pairs)]


def alone_in_turn(subject, bound):
    """The medians of both for rates, and for the processor's time of a request."""
    turns = [(*subject(), *bound()) for _ in range(TURNS)]
    rate, cpu, bound_rate, bound_cpu = [statistics.median(column) for column in zip(*turns)]
    return (rate, bound_rate), (cpu, bound_cpu)


def measure(engine, rows):
    ours = engine == "embedded"

    def row(what, value, unit, beside, bound, goal=""):
        rows.append((engine, what, f"{value:,.1f} {unit}", beside, f"{bound:,.1f} {unit}", f"{value / bound:.2f}", goal))
        print("  ".join(rows[-1]), flush=True)

    port = 5900 if engine == "embedded" else 5910
    with tempfile.TemporaryDirectory() as folder, Server(engine, folder, port) as server:
        server.ready()
        time.sleep(1)
        rows.append((engine, "memory at rest", f"{server.memory():.1f} MiB", "", "", "", "under 40 MiB" if ours else ""))
        token = server.user("a@example.com", 100)
        events = server.base + "/api/calendar/events"
        listed = Path(folder) / "list.json"
        request = urllib.request.Request(events, headers={"Authorization": f"Bearer {token}"})
        listed.write_bytes(urllib.request.urlopen(request).read())
        plain = {"PATH": os.environ["PATH"], "ROCKET_PORT": str(port + 1), "ROCKET_PROFILE": "release"}
        with Process([str(RELEASE / "examples" / "bounds"), "serve", str(listed)], plain, folder) as bounds:
            time.sleep(1)
            bare = lambda: wrk(f"http://127.0.0.1:{port + 1}/", folder)[0]
            bare_alone = lambda: alone(bounds, lambda: wrk(f"http://127.0.0.1:{port + 1}/", folder, cores=OF_CLIENT)[0])
            list_alone = lambda: alone(server, lambda: wrk(events, folder, token=token, cores=OF_CLIENT)[0])
            rates, cpu = alone_in_turn(list_alone, bare_alone)
            row("list of 100 events, a core each", *interleave(rates, "1/s", "bare Rocket route"))
            row("processor's time of such a list", *interleave(cpu, "µs", "bare Rocket route"))
            list_100 = lambda: wrk(events, folder, token=token)[0]
            row("list of 100 events, cores shared", *interleave(in_turn(list_100, bare), "1/s", "bare Rocket route"))
            writer = server.user("writer@example.com", 0)
            # An empty list is the least that a protected request can be: who asks costs the largest part of it.
            plain = lambda: wrk(events, folder, token=writer)[0]
            for what, who in (("a session's token", {"token": server.session("writer@example.com")}),):
                asked = lambda: wrk(events, folder, **who)[0]
                beside = "a token without a session"
                row(f"empty list, {what}", *interleave(in_turn(asked, plain), "1/s", beside), ">= 0.97")
            create = lambda: wrk(events, folder, token=writer, body=event(1))[0]
            row("create", *interleave(in_turn(create, bare), "1/s", "bare Rocket route"))
            mixed = lambda: mixed_rate(server, folder, token, writer)
            row("9 connections list, 1 creates", *interleave(in_turn(mixed, bare), "1/s", "bare Rocket route"))
        row("memory, 64 connections that list", memory_under(server, lambda: wrk(events, folder, 64, token)), "MiB", "40 MiB", 40.0, "<= 1.00" if ours else "")
        good = {"email": "a@example.com", "password": PASSWORD}
        login_url = server.base + "/api/users/login"
        cores = os.cpu_count()
        hashes = memory_under(server, lambda: wrk(login_url, folder, 64, body=good))
        row("memory, 64 connections that log in", hashes, "MiB", "40 MiB and 32 for each core's hash", 40.0 + 32 * cores, "<= 1.00" if ours else "")
        scrypt = lambda: cores / float(subprocess.check_output([RELEASE / "examples" / "bounds", "scrypt"]))
        login = lambda: server.settle() or wrk(login_url, folder, connections=2 * cores, body=good, seconds=5)[0]
        row("login", *interleave(in_turn(login, scrypt), "1/s", "cores / one scrypt"), ">= 0.95")
        for connections, over, goal in ((16, "16 connections", "<= 3.00"), (1, "1 connection", "")):
            quiet = lambda: server.settle() or wrk(events, folder, connections, token)[1]
            in_storm = lambda: server.settle() or storm(server, lambda: wrk(events, folder, connections, token)[1], good, folder)
            row(f"p99 of list in a login storm, {over}", *interleave(in_turn(in_storm, quiet), "ms", "quiet"), goal)
        if ours:
            many = server.user("many@example.com", 10_000)
            per_event = lambda token, count: 1e6 / wrk(events, folder, connections=4, token=token)[0] / count
            medians = in_turn(lambda: per_event(many, 10_000), lambda: per_event(token, 100))
            row("an event of a list of 10,000", *interleave(medians, "µs", "an event of a list of 100"), "<= 1.00")
            thousand = server.user("thousand@example.com", 1_000)
            list_1000 = lambda: 1e3 / wrk(events, folder, connections=4, token=thousand)[0]
            alone = statistics.median(list_1000() for _ in range(TURNS))
            fill(Path(folder) / "persony.db", 1_000_000)
            crowded = statistics.median(list_1000() for _ in range(TURNS))
            row("list of 1,000 among 1,000,000", crowded, "ms", "the same in a small table", alone, "<= 1.20")


def interleave(medians, unit, beside):
    subject, bound = medians
    return subject, unit, beside, bound


def mixed_rate(server, folder, token, writer):
    """The rate of lists over nine connections and of creates over another."""
    events, rates = server.base + "/api/calendar/events", []
    create = threading.Thread(target=lambda: rates.append(wrk(events, folder, 1, writer, event(2))[0]))
    create.start()
    rates.append(wrk(events, folder, 9, token)[0])
    create.join()
    return sum(rates)


def memory_under(server, load):
    """The most memory that is resident meanwhile."""
    peaks, load = [], threading.Thread(target=load)
    load.start()
    while load.is_alive():
        peaks.append(server.memory())
        time.sleep(0.02)
    return max(peaks)


def storm(server, quiet, good, folder):
    over = threading.Event()

    def log_in():
        while not over.is_set():
            wrk(server.base + "/api/users/login", folder, 16, body=good, seconds=1)

    stormers = threading.Thread(target=log_in)
    stormers.start()
    time.sleep(0.3)
    try:
        return quiet()
    finally:
        over.set()
        stormers.join()


def fill(file, count):
    """Events of somebody else, straight into the file."""
    connection = sqlite3.connect(file, timeout=30)
    connection.execute("PRAGMA foreign_keys = ON")
    other = connection.execute("SELECT ID FROM USERS WHERE EMAIL = 'writer@example.com'").fetchone()[0]
    insert = "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, START_AT, END_AT, CREATED_AT) VALUES (?, ?, ?, ?, 0)"
    step = 86_400_000_000
    connection.executemany(insert, ((other, f"event {n}", n * step // 97, n * step // 97) for n in range(count)))
    connection.commit()
    connection.close()


def beside(other):
    """This program beside another's, on the embedded engine."""
    rows = []

    def told(*row):
        rows.append((*row, "", "", "")[:7])
        print("  ".join(row), flush=True)

    for what, memory in (
        ("memory at rest", at_rest),
        ("memory, 1,000 idle connections", with_idle),
        ("memory, 64 connections that list", with_lists),
    ):
        subject, bound = [in_a_process_of_its_own(program, memory) for program in (None, other)]
        told(what, f"{subject:.1f} MiB", f"{bound:.1f} MiB", f"{subject / bound:.2f}")
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
        with Server("embedded", ours, 5920) as server, Server("embedded", theirs, 5930, other) as former:
            both = server, former
            for each in both:
                each.ready()
                each.token = each.user("a@example.com", 100)
            tokens = {each: (each.token, each.user("writer@example.com", 0)) for each in both}
            events = "/api/calendar/events"
            loads = [
                (f"{what}, {connections} connection" + "s" * (connections > 1), connections, *rest)
                for connections in (1, 16, 64)
                for what, *rest in (("health", "/api/health", None, None), ("list of 100 events", events, 0, None), ("create", events, 1, event(1)))
            ]
            script = "/docs/swagger-ui-bundle.js"
            size = len(server.call(script)) / 1e6
            loads.append((f"an answer of {size:.1f} MB, 16 connections", 16, script, None, None))
            for what, connections, path, reader, body in loads:
                in_turns = [
                    lambda each=each: paced(each, each.base + path, connections, reader is not None and tokens[each][reader], body)
                    for each in both
                ]
                (rate, former_rate, ratio), (cpu, former_cpu, cpu_ratio) = in_short_turns(*in_turns)
                compared = (f"{rate:,.0f} 1/s", f"{former_rate:,.0f} 1/s", f"{ratio:.2f}", f"{cpu:,.0f} µs", f"{former_cpu:,.0f} µs", f"{cpu_ratio:.2f}")
                told(what, *compared)
            stops = [stop_beside_idle(each) for each in both]
            told("from the last answer to the end, 1,000 idle connections", *(f"{stop:.3f} s" for stop in stops), f"{stops[0] / stops[1]:.2f}")
    lines = [("what", "this", "the former", "ratio", "processor's time of one", "the former's", "ratio"), ("---",) * 7, *rows]
    print("".join("| " + " | ".join(line) + " |\n" for line in lines))


def in_a_process_of_its_own(program, memory):
    """The median of three: what one load leaves behind would be counted as the next one's."""
    found = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder, Server("embedded", folder, 5940, program) as server:
            server.ready()
            found.append(memory(server))
    return statistics.median(found)


def at_rest(server):
    server.ready()
    time.sleep(1)
    return server.memory()


def idle_connections(server, count=1000):
    """Connections over which one request each has been answered."""
    address = server.base.removeprefix("http://").split(":")
    connections = []
    for _ in range(count):
        connection = socket.create_connection((address[0], int(address[1])))
        connection.sendall(b"GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n")
        while not connection.recv(4096).endswith(b"}"):
            pass
        connections.append(connection)
    return connections


def with_idle(server):
    connections = idle_connections(server)
    memory = server.memory()
    for connection in connections:
        connection.close()
    return memory


def with_lists(server):
    server.token = server.user("a@example.com", 100)
    events = server.base + "/api/calendar/events"
    return memory_under(server, lambda: wrk(events, server.folder, 64, server.token))


def stop_beside_idle(server):
    """Seconds from the last answer to the process's end: a login is under way, and connections are idle."""
    connections = idle_connections(server)
    good = json.dumps({"email": "a@example.com", "password": PASSWORD}).encode()
    head = f"POST /api/users/login HTTP/1.1\r\nHost: x\r\nContent-Length: {len(good)}\r\n\r\n"
    login = connections.pop()
    login.sendall(head.encode() + good)
    # The hash takes far longer than this.
    time.sleep(0.01)
    server.child.send_signal(signal.SIGTERM)
    answer = b""
    while piece := login.recv(4096):
        answer += piece
        if b"access_token" in answer:
            answered = time.monotonic()
    server.child.wait(30)
    return time.monotonic() - answered


def paced(server, url, connections, token, body):
    """Requests a second, and the microseconds of processor that each took of the server."""
    before = server.cpu()
    rate = wrk(url, server.folder, connections, token or None, body, seconds=1)[0]
    return rate, (server.cpu() - before) * 1e6 / rate


def in_short_turns(subject, bound):
    """For rates and for the processor's time: the medians of both, and the median of the ratios of
    neighbours. The machine's speed drifts within a minute; two turns of a second see the same of it. Who
    is first changes: else what the first leaves behind (dirty pages) would be the second's."""
    turns = []
    for turn in range(4 * TURNS):
        order = (subject, bound) if turn % 2 == 0 else (bound, subject)
        said = [load() for load in order]
        turns.append(said if turn % 2 == 0 else said[::-1])
    columns = [[(ours[which], theirs[which]) for ours, theirs in turns] for which in (0, 1)]
    median = lambda values: statistics.median(list(values))
    return [
        (median(ours for ours, _ in column), median(theirs for _, theirs in column), median(ours / theirs for ours, theirs in column))
        for column in columns
    ]


def table(rows):
    head = ("engine", "what", "measured", "beside", "measured", "ratio", "to reach")
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def main():
    build()
    if "--beside" in sys.argv:
        return beside(Path(sys.argv[sys.argv.index("--beside") + 1]).resolve())
    rows = []
    for engine in ("embedded", "stand-in"):
        measure(engine, rows)
    print(table(rows))
    if "--write" in sys.argv:
        page = ROOT / "BENCHMARKS.md"
        text = page.read_text()
        head, tail = text.split("<!-- table -->\n")[0], text.split("<!-- end -->\n")[1]
        page.write_text(f"{head}<!-- table -->\n{table(rows)}<!-- end -->\n{tail}")


if __name__ == "__main__":
    main()
