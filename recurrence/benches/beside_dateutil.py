#!/usr/bin/env python3
"""A month of 1,000 mixed series with 50 exceptions each, begun ten years ago: the engine beside python-dateutil.

    cargo build --release --locked --package recurrence --example month
    python recurrence/benches/beside_dateutil.py target/release/examples/month

Both get the same lines once, and then expand all series for the same month over and over; what is printed is the best
round of each, in one process each, with the lines read anew in each round and without. They must find as much.
"""

import os
import random
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone

os.environ["PYTHONTZPATH"] = ""

from zoneinfo import ZoneInfo  # noqa: E402

from dateutil.rrule import rrulestr  # noqa: E402

SERIES = 1000
EXCEPTIONS = 50
FROM, TO = datetime(2026, 3, 1, tzinfo=timezone.utc), datetime(2026, 4, 1, tzinfo=timezone.utc)
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "UTC"]
RULES = [
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=WEEKLY;BYDAY=TU,TH",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=12",
    "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
]


def made():
    """Each series: its zone, its local start, its rule and what it leaves out."""
    random.seed(5545)
    for index in range(SERIES):
        start = datetime(2016, 3, 1) + timedelta(days=random.randrange(28), hours=random.randrange(8, 20))
        zone, rule = ZONES[index // len(RULES) % len(ZONES)], RULES[index % len(RULES)]
        # The last of those before the month's end.
        starts = rrulestr(rule, dtstart=start).between(datetime(2016, 1, 1), datetime(2026, 3, 20))
        yield zone, start, rule, sorted(random.sample(starts[-200:], min(EXCEPTIONS, len(starts) // 2)))


def utc(local, zone):
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(timezone.utc)


def read(zone, start, rule, excluded):
    exdates = "".join(f"\nEXDATE:{local:%Y%m%dT%H%M%S}" for local in excluded)
    return zone, rrulestr(f"RRULE:{rule}{exdates}", dtstart=start, forceset=True)


def expand(zone, rules):
    """dateutil expands local times; those at the edges are looked at as instants."""
    day = timedelta(days=1)
    near = rules.between((FROM - day).replace(tzinfo=None), (TO + day).replace(tzinfo=None), inc=True)
    return sum(FROM <= utc(local, zone) < TO for local in near)


def best(rounds, work):
    """The best time of a few rounds, and what the work gave."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        found = work()
        times.append(time.perf_counter() - begin)
    return min(times), found


def main():
    every = list(made())
    lines = "".join(
        "\t".join([
            zone, start.isoformat(), f"{FROM:%Y-%m-%dT%H:%M:%SZ}", f"{TO:%Y-%m-%dT%H:%M:%SZ}", f"RRULE:{rule}",
            "EXDATE:" + ",".join(f"{utc(local, zone):%Y%m%dT%H%M%SZ}" for local in excluded),
        ]) + "\n"
        for zone, start, rule, excluded in every
    )  # fmt: skip
    answer = subprocess.run([sys.argv[1]], input=lines, capture_output=True, text=True, check=True).stdout.split()
    ours, ours_read, count = float(answer[0]), float(answer[1]), int(answer[2])

    theirs_read, found = best(2, lambda: sum(expand(*read(*series)) for series in every))
    known = [read(*series) for series in every]
    theirs, found_again = best(2, lambda: sum(expand(*series) for series in known))
    if not count == found == found_again:
        sys.exit(f"they differ: {count} occurrences, dateutil {found} and {found_again}")
    exceptions = sum(len(excluded) for *_, excluded in every)
    print(f"{SERIES} series, {exceptions} exceptions, {count} occurrences in the month")
    for what, one, other in (("expanded", ours, theirs), ("read and expanded", ours_read, theirs_read)):
        print(f"{what}: {one * 1e3:.2f} ms, dateutil {other * 1e3:.0f} ms, ratio {other / one:.0f}")
    return 0 if theirs / ours >= 50 and theirs_read / ours_read >= 50 else 1


if __name__ == "__main__":
    sys.exit(main())
