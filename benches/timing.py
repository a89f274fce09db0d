#!/usr/bin/env python3
"""What the time of a refused login tells: of an address that nobody has, beside one that somebody has.

    python3 benches/timing.py

Needs cargo. One connection, one login at a time; the two kinds take turns, each address is tried as often as it may be
without a wait. Prints the medians and their ratio, and ends with 1 if the ratio is beyond 1.2 either way.
"""

import http.client
import json
import statistics
import sys
import tempfile
import time

from load import PASSWORD, Server, build

ADDRESSES, TRIES, BOUND = 40, 4, 1.2


def ask(connection, path, body):
    began = time.perf_counter()
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
    reply = connection.getresponse()
    reply.read()
    return reply.status, time.perf_counter() - began


def main():
    build()
    took = {"known": [], "unknown": []}
    with tempfile.TemporaryDirectory() as folder, Server("embedded", folder, 5061) as server:
        server.ready()
        connection = http.client.HTTPConnection("127.0.0.1", 5061)
        for number in range(ADDRESSES):
            account = {"email": f"known{number}@example.com", "password": PASSWORD, "confirm_password": PASSWORD}
            status, _ = ask(connection, "/api/users/register", account)
            assert status == 201, status
        for _ in range(TRIES):
            for number in range(ADDRESSES):
                for kind in took:
                    login = {"email": f"{kind}{number}@example.com", "password": "a wrong password"}
                    status, seconds = ask(connection, "/api/users/login", login)
                    assert status == 401, status
                    took[kind].append(seconds)
    known, unknown = (statistics.median(took[kind]) for kind in ("known", "unknown"))
    ratio = unknown / known
    print(f"a wrong password for an address that somebody has: {known * 1000:.1f} ms")
    print(f"for one that nobody has:                           {unknown * 1000:.1f} ms")
    print(f"ratio of the medians of {len(took['known'])} each: {ratio:.3f}")
    return 0 if 1 / BOUND <= ratio <= BOUND else 1


if __name__ == "__main__":
    sys.exit(main())
