#!/usr/bin/env python3
"""What takes place within a month: series beside single events, many events beside few, a page beside the documented list.

    python3 benches/ranged.py

Needs cargo, wrk and python-dateutil (Debian: python3-dateutil). Each pair takes turns, server and wrk have a core each, and
each figure is the median of its turns: what counts is the ratio. Rows are written straight into the file; of the series'
occurrences the same number is kept as single events, with the same times and texts.
"""

import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from load import OF_CLIENT, OF_SERVER, Server, build, wrk

TURNS = 7
FROM, TO = datetime(2025, 12, 1, tzinfo=timezone.utc), datetime(2026, 1, 1, tzinfo=timezone.utc)
MONTH = "/api/calendar/events?from=2025-12-01&to=2026-01-01"
ZONES = "Europe/Berlin America/New_York Asia/Tokyo Australia/Sydney America/Sao_Paulo UTC".split()
RULES = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=12;BYDAY=1SU",
]
EXCEPTIONS = 50
UTC = timezone.utc


def micros(instant):
    return (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def starts(rule, first, after, before):
    """The instants that dateutil gives, which counts on the local clock."""
    zone = first.tzinfo
    local = lambda instant: instant.astimezone(zone).replace(tzinfo=None)
    found = rrulestr(rule, dtstart=first.replace(tzinfo=None)).between(local(after), local(before), inc=True)
    return [one.replace(tzinfo=zone).astimezone(UTC) for one in found]


class File:
    """The server's file."""

    def __init__(self, folder):
        self.sqlite = sqlite3.connect(Path(folder) / "persony.db", timeout=60)

    def user(self, email):
        return self.sqlite.execute("SELECT ID FROM USERS WHERE EMAIL = ?", (email,)).fetchone()[0]

    def calendar(self, user):
        return self.sqlite.execute("SELECT ID FROM CALENDARS WHERE DEFAULT_OF = ?", (user,)).fetchone()[0]

    def event(self, user, title, start, end):
        insert = (
            "INSERT INTO CALENDAR_EVENTS (USER_ID, TITLE, DESCRIPTION, START_AT, END_AT, IS_ALL_DAY, LOCATION, COLOR, CREATED_AT)"
            " VALUES (?, ?, 'Weekly sync', ?, ?, 0, 'Conference Room A', '#FF5733', 0)"
        )
        return self.sqlite.execute(insert, (user, title, micros(start), micros(end))).lastrowid

    def series(self, user, calendar, title, rule, zone, first):
        end = first + timedelta(hours=1)
        id = self.event(user, title, first, end)
        details = "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME, TIME_ZONE) VALUES (?, ?, ?, ?, ?)"
        self.sqlite.execute(details, (id, calendar, f"{id}@bench", f"{id}.ics", zone))
        insert = (
            "INSERT INTO EVENT_SERIES (EVENT_ID, USER_ID, RULE, TIME_ZONE, START_AT, END_AT, IS_ALL_DAY, BEGINS_AT)"
            " VALUES (?, ?, ?, ?, ?, ?, 0, ?)"
        )
        self.sqlite.execute(insert, (id, user, rule, zone, micros(first), micros(end), micros(first)))
        return id

    def exceptions(self, id, given):
        """Every other one is left out, the others have a title of their own."""
        insert = (
            "INSERT INTO EVENT_EXCEPTIONS (EVENT_ID, RECURRENCE_ID, IS_ADDED, IS_EXCLUDED, CHANGED, TITLE)"
            " VALUES (?, ?, 0, ?, ?, ?)"
        )
        rows = [(id, micros(start), n % 2 == 0, n % 2, None if n % 2 == 0 else f"Moved {n}") for n, start in enumerate(given)]
        self.sqlite.executemany(insert, rows)


def with_series(server, file, count=1000):
    """A person with series; the person's token, and the rules."""
    token = server.user("series@example.com", 0)
    server.call("/api/calendar/calendars", token=token)
    user = file.user("series@example.com")
    calendar, series = file.calendar(user), []
    for number in range(count):
        rule, zone = RULES[number % len(RULES)], ZONES[number // 7 % len(ZONES)]
        begin = datetime(2015, 12, 1, 8, tzinfo=ZoneInfo(zone)) + timedelta(days=number % 28, minutes=number % 600)
        first = starts(rule, begin, begin.astimezone(UTC), begin.astimezone(UTC) + timedelta(days=800))[0]
        id = file.series(user, calendar, f"Team Meeting {number}", rule, zone, first)
        first = first.astimezone(ZoneInfo(zone))
        # Over all of the ten years, this month among them; yearly ones have no more than ten.
        given = starts(rule, first, first.astimezone(UTC), datetime(2026, 1, 1, tzinfo=UTC))
        excepted = random.sample(given[1:], min(EXCEPTIONS, len(given) // 2))
        file.exceptions(id, sorted(excepted))
        series.append((rule, first))
    file.sqlite.commit()
    return token, series


def the_same_as_single_events(server, file, shown):
    token = server.user("singles@example.com", 0)
    server.call("/api/calendar/calendars", token=token)
    user = file.user("singles@example.com")
    for event in shown:
        start, end = (datetime.fromisoformat(event[name]) for name in ("start_at", "end_at"))
        file.event(user, event["title"], start, end)
    file.sqlite.commit()
    return token


def with_events(server, file, email, total, in_month=800):
    """A person with this many events, of which always the same are in the month."""
    token = server.user(email, 0)
    server.call("/api/calendar/calendars", token=token)
    user = file.user(email)
    step = (TO - FROM) / in_month
    hour = timedelta(hours=1)
    for number in range(in_month):
        start = FROM + step * number
        file.event(user, f"Team Meeting {number}", start, start + timedelta(minutes=30))
    # Half before, half after, as densely as in the month.
    for number in range((total - in_month) // 2):
        for start in (FROM - hour - step * number, TO + hour + step * number):
            file.event(user, f"Team Meeting {number}", start, start + timedelta(minutes=30))
    file.sqlite.commit()
    return token


def in_turn(server, folder, *loads):
    """The medians of the milliseconds that one request of each load takes of the server, and of the wall's."""
    spent, waited = ([[] for _ in loads] for _ in range(2))
    for _ in range(TURNS):
        for index, (path, token) in enumerate(loads):
            before = server.cpu()
            rate, _ = wrk(server.base + path, folder, connections=1, token=token, seconds=2, cores=OF_CLIENT)
            spent[index].append((server.cpu() - before) * 1e3 / (rate * 2))
            waited[index].append(1e3 / rate)
    ratio = statistics.median(one / other for one, other in zip(waited[0], waited[-1]))
    return [statistics.median(times) for times in waited], [statistics.median(times) for times in spent], ratio


def main():
    build()
    random.seed(1)
    rows = []

    def row(what, beside, times, goal):
        (subject, bound), (cpu, bound_cpu), ratio = times
        rows.append((what, f"{subject:.2f} ms", beside, f"{bound:.2f} ms", f"{ratio:.2f}", f"{cpu / bound_cpu:.2f}", goal))
        print("  ".join(rows[-1]), flush=True)

    with tempfile.TemporaryDirectory() as folder, Server("embedded", folder, 5081) as server:
        server.ready()
        server.keep_to(OF_SERVER)
        file = File(folder)
        token, series = with_series(server, file)
        shown = server.call(MONTH, token=token)
        singles = the_same_as_single_events(server, file, shown)
        as_singles = server.call(MONTH, token=singles)
        assert [event["start_at"] for event in shown] == [event["start_at"] for event in as_singles]
        print(f"{len(series)} series have {len(shown)} occurrences in the month", flush=True)
        times = in_turn(server, folder, (MONTH, token), (MONTH, singles))
        row(f"a month of 1,000 series, {len(shown)} occurrences", "the same as single events", times, "<= 3.00")
        began = time.perf_counter()
        counted = sum(len(starts(rule, first, FROM, TO)) for rule, first in series)
        seconds = time.perf_counter() - began
        ratio = seconds * 1e3 / times[0][0]
        rows.append((f"python-dateutil, {counted} starts of the same", f"{seconds * 1e3:.0f} ms", "a month of 1,000 series", f"{times[0][0]:.2f} ms", f"{ratio:.0f}", "", ">= 50"))
        print("  ".join(rows[-1]), flush=True)
        many = with_events(server, file, "many@example.com", 100_000)
        few = with_events(server, file, "few@example.com", 1_000)
        assert len(server.call(MONTH, token=many)) == len(server.call(MONTH, token=few)) == 800
        row("a month out of 100,000 events", "the same out of 1,000", in_turn(server, folder, (MONTH, many), (MONTH, few)), "<= 1.20")
        page = with_events(server, file, "page@example.com", 10_000, 10_000)
        documented = "/api/calendar/events"
        assert len(server.call(MONTH, token=page)) == 10_000
        row("a page of 10,000 events", "the documented list", in_turn(server, folder, (MONTH, page), (documented, page)), "")
    print("| what | time | beside | time | ratio | of the processor's | goal |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for one in rows:
        print("| " + " | ".join(one) + " |")


if __name__ == "__main__":
    sys.exit(main())
