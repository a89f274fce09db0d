#!/usr/bin/env python3
"""What it costs to know who asks: an empty list by a token, by a session's token and by a cookie.

    python3 benches/who_asks.py PROGRAM     beside another persony, of a former commit, by a token without a session

Needs cargo and wrk. An empty list is the least that a protected request can be. All of them take turns, server and wrk have a
core each, and each figure is the median of its turns.
"""

import json
import statistics
import sys
import tempfile
import urllib.request
from pathlib import Path

from load import OF_CLIENT, OF_SERVER, PASSWORD, Server, build, wrk

TURNS, SECONDS, CONNECTIONS = 21, 1, 16


def cookies(server, email):
    """Those of a browser's login."""
    body = json.dumps({"email": email, "password": PASSWORD}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{server.base}/api/session", body)) as reply:
        return "; ".join(line.split(";")[0] for line in reply.headers.get_all("Set-Cookie"))


def main(former):
    build()
    email = "john@example.com"
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as folder_of_former,
        Server("embedded", folder, 5071) as server,
        Server("embedded", folder_of_former, 5072, former) as before,
    ):
        for one in (server, before):
            one.ready()
            one.keep_to(OF_SERVER)
        token = server.user(email, 0)
        ways = {
            "the former program, a token": (before, {"token": before.user(email, 0)}),
            "a token without a session": (server, {"token": token}),
            "a session's token": (server, {"token": server.session(email)}),
            "a cookie": (server, {"headers": {"Cookie": cookies(server, email)}}),
        }
        rates, spent = ({way: [] for way in ways} for _ in range(2))
        for _ in range(TURNS):
            for way, (one, who) in ways.items():
                began = one.cpu()
                rate, _ = wrk(f"{one.base}/api/calendar/events", folder, CONNECTIONS, seconds=SECONDS, cores=OF_CLIENT, **who)
                rates[way].append(rate)
                spent[way].append((one.cpu() - began) * 1e6 / (rate * SECONDS))
    first = next(iter(ways))
    print("| an empty list, 16 connections, by | 1/s | ratio | processor's time of one | the former's to it |")
    print("| --- | --- | --- | --- | --- |")
    for way in ways:
        rate, time = statistics.median(rates[way]), statistics.median(spent[way])
        faster = statistics.median(one / other for one, other in zip(rates[way], rates[first]))
        cheaper = statistics.median(other / one for one, other in zip(spent[way], spent[first]))
        print(f"| {way} | {rate:,.0f} | {faster:.2f} | {time:,.0f} µs | {cheaper:.2f} |")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
