#!/usr/bin/env python3
"""What a page of a month costs the server, beside the same range as JSON.

    python3 benches/page.py

Needs what `ranged.py` needs. Both are asked for by the same token, uncompressed and compressed, by turns; server and wrk have
a core each, medians; release build, embedded engine.
"""

import sys
import tempfile

from load import OF_CLIENT, OF_SERVER, Server, build, wrk
from ranged import TURNS, File, with_events
import statistics

PAGE = "/calendar/month/2025-12"
# The weeks of the grid.
JSON = "/api/calendar/events?from=2025-12-01&to=2026-01-05"


def in_turn(server, folder, token, headers):
    waited = ([], [])
    for _ in range(TURNS):
        for times, path in zip(waited, (PAGE, JSON)):
            rate, _ = wrk(server.base + path, folder, connections=1, token=token, seconds=2, cores=OF_CLIENT, headers=headers)
            times.append(1e3 / rate)
    ratio = statistics.median(page / json for page, json in zip(*waited))
    return [statistics.median(times) for times in waited] + [ratio]


def main():
    build()
    rows = []
    with tempfile.TemporaryDirectory() as folder, Server("embedded", folder, 5086) as server:
        server.ready()
        server.keep_to(OF_SERVER)
        file = File(folder)
        for events in (100, 400, 2_000):
            token = with_events(server, file, f"{events}@example.com", events, events)
            for how, headers in (("", {}), (", compressed", {"Accept-Encoding": "gzip"})):
                page, json, ratio = in_turn(server, folder, token, headers)
                rows.append((f"a month with {events:,} events{how}", f"{page:.2f} ms", f"{json:.2f} ms", f"{ratio:.2f}", "<= 2.50"))
                print("  ".join(rows[-1]), flush=True)
    print("| the page of | time | the same range as JSON | ratio | to reach |")
    print("| --- | --- | --- | --- | --- |")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    sys.exit(main())
