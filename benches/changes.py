#!/usr/bin/env python3
"""What it costs to hear that nothing has changed, among 100,000 events of one person in a table of 1,000,000.

    python3 benches/changes.py            of the release build
    python3 benches/changes.py PROGRAM    of this persony

On the embedded engine, over HTTP, one request after the other. The person's events lie together, or are spread evenly among
those of 900 others, which has each page of the table read; the bound is a table scan of SQLite's over the same rows.
The first call, which finds all of them new, is told of in its units of work: it goes on until there is no more.
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from load import Server, build

EVENTS, MINE, OTHERS, TURNS = 1_000_000, 100_000, 900, 21

FILL = """
    WITH RECURSIVE N (N) AS (SELECT 0 UNION ALL SELECT N + 1 FROM N WHERE N < :events - 1)
    INSERT INTO CALENDAR_EVENTS
      (USER_ID, TITLE, DESCRIPTION, START_AT, END_AT, IS_ALL_DAY, LOCATION, COLOR, CREATED_AT, UPDATED_AT)
    SELECT CASE WHEN CASE WHEN :spread THEN N % 10 = 0 ELSE N < :mine END THEN 1 ELSE 2 + N % :others END,
      'Team Meeting number ' || N, CASE WHEN N % 2 THEN 'Weekly sync of the whole team in the large room' END,
      1700000000000000 + N * 60000000, 1700003600000000 + N * 60000000, 0,
      CASE WHEN N % 3 THEN 'Conference Room A' END, '#FF5733', 1700000000000000, 1700000000000000 FROM N
"""


def fill(file, spread):
    """A fourth of the person's events have something beside them, a twentieth lie in another calendar."""
    with sqlite3.connect(file) as database:
        others = ((f"user{number}@example.com",) for number in range(2, OTHERS + 2))
        database.executemany("INSERT INTO USERS (EMAIL, PASSWORD_HASH) VALUES (?, 'x')", others)
        database.execute(FILL, {"events": EVENTS, "mine": MINE, "others": OTHERS, "spread": spread})
        database.execute(
            "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) SELECT ID, CASE WHEN ID / 10 % 20 = 0 THEN 2 "
            "ELSE 1 END, ID || '@example.com', ID || '.ics' FROM CALENDAR_EVENTS WHERE USER_ID = 1 AND ID / 10 % 4 = 0"
        )
    database.close()


def catch_up(server, token):
    """Asks for all changes; the last token."""
    since = ""
    while True:
        told = server.call(f"/api/calendar/calendars/1/changes{since}", token=token)
        since = f"?since={told['token']}"
        if not told["has_more"]:
            return since


def measure(folder, program, port, spread):
    with Server("embedded", folder, port, program) as server:
        server.ready()
        token = server.user("john@example.com", 0)
        server.call("/api/calendar/calendars", token=token)
        server.call("/api/calendar/calendars", {"name": "Work"}, token)
        fill(Path(folder) / "persony.db", spread)
        began = time.perf_counter()
        since = catch_up(server, token)
        first = time.perf_counter() - began
        took, spent = [], []
        for _ in range(TURNS):
            began, cpu = time.perf_counter(), server.cpu()
            assert server.call(f"/api/calendar/calendars/1/changes{since}", token=token)["changes"] == []
            took.append((time.perf_counter() - began) * 1e3)
            spent.append((server.cpu() - cpu) * 1e3)
        with sqlite3.connect(Path(folder) / "persony.db") as database:
            scans = []
            for _ in range(TURNS):
                began = time.perf_counter()
                database.execute("SELECT MAX(COLOR) FROM CALENDAR_EVENTS INDEXED BY IDX_CAL_EVENTS_USER_ID WHERE USER_ID = 1")
                scans.append((time.perf_counter() - began) * 1e3)
        database.close()
    return first, statistics.median(took), min(took), statistics.mean(spent), statistics.median(scans)


def main(program=None):
    if not program:
        build()
    print("| 100,000 events of one person among 1,000,000 | nothing changed | at best | processor's time | those rows read once, by SQLite alone | all of them new |")
    print("| --- | --- | --- | --- | --- | --- |")
    for port, (how, spread) in enumerate([("together", 0), ("spread evenly", 1)], 5075):
        with tempfile.TemporaryDirectory() as folder:
            first, median, best, cpu, scan = measure(folder, program, port, spread)
        print(f"| {how} | {median:.0f} ms | {best:.0f} ms | {cpu:.0f} ms | {scan:.0f} ms | {first:.1f} s |")


if __name__ == "__main__":
    sys.exit(main(*(Path(word).resolve() for word in sys.argv[1:])))
