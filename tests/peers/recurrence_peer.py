#!/usr/bin/env python3
"""Expands random series with the engine of this project and with python-dateutil: recurrence_peer.py <expand program>

The rules are always the same ones. dateutil expands on the local clock; zoneinfo makes instants of its times, which
reads a time in a gap with the offset before it and of two the first, as RFC 5545, section 3.3.5, says.

Where dateutil is known to differ from the RFC it is told the rule in words that leave no room, see `in_words_for_peer`,
or the rule is not tried, see `random_rule`.

Ends with exit code 1 where the two differ, and where something wrong on purpose is not noticed.
"""

import os
import random
import signal
import subprocess
import sys
from datetime import datetime, timedelta, timezone

# Not the machine's own time zones.
os.environ["PYTHONTZPATH"] = ""

from zoneinfo import ZoneInfo  # noqa: E402

from dateutil.rrule import rrulestr  # noqa: E402

SEED = 5545
SERIES = 5000
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "UTC"]
HORIZON = {"MINUTELY": 2, "HOURLY": 30, "DAILY": 400, "WEEKLY": 700, "MONTHLY": 1500, "YEARLY": 4000}
# Days before clocks are set, and the day that Samoa left out.
SPECIAL = [(2011, 12, 28), (2024, 3, 29), (2024, 10, 25), (2025, 3, 8), (2025, 4, 4), (2025, 10, 3), (2026, 2, 14)]
# dateutil looks for a next occurrence to the year 9999, also where there is none for long.
PATIENCE = 0.05


class TooSlow(Exception):
    """dateutil has not found the next occurrence in time."""


def some(chance, numbers, most):
    """A few of these numbers, or none."""
    numbers = list(numbers)
    return sorted(random.sample(numbers, random.randint(1, most))) if random.random() < chance else []


def both_ways(most):
    return [number for number in range(-most, most + 1) if number]


def random_days(freq, with_weeks, months):
    if random.random() < 0.5:
        return []
    # dateutil fails with an IndexError where it looks for the 6th Monday of a December.
    nth = {"MONTHLY": both_ways(5), "YEARLY": both_ways(5) + ([] if months else [20, 52, 53, -53])}.get(freq)
    if nth and not with_weeks and random.random() < 0.5:
        return sorted({f"{random.choice(nth)}{random.choice(DAYS)}" for _ in range(random.randint(1, 3))})
    return random.sample(DAYS, random.randint(1, 6))


def random_rule():
    """A rule as a dict of its parts, lists of numbers or texts."""
    freq = random.choice(list(HORIZON))
    fine = freq in ("MINUTELY", "HOURLY")
    with_weeks = freq == "YEARLY" and random.random() < 0.3
    months = some(0.3, range(1, 13), 5)
    rule = {
        "FREQ": freq,
        "INTERVAL": random.choice([1, 1, 1, 2, 2, 3, 4, 5, 7, 12, 18, 45]),
        "WKST": random.choice(DAYS),
        "BYDAY": random_days(freq, with_weeks, months),
        "BYMONTHDAY": some(0.3, both_ways(31), 5) if freq != "WEEKLY" else [],
        "BYYEARDAY": some(0.15, both_ways(366), 60) if fine or freq == "YEARLY" else [],
        # "Valid values are 1 to 53 or -53 to -1", and a year has 52 or 53 weeks. Where a week lies in two calendar years
        # dateutil takes the first for week 1 alone, not for week -52 or -53, and miscounts the last: it gives week 53 of
        # 2025 for 2026-01-01 with WKST=SA, where week 52 is the last.
        "BYWEEKNO": some(1, both_ways(51), 4) if with_weeks else [],
        "BYMONTH": months,
        "BYHOUR": some(0.3, range(24), 12 if fine else 3),
        "BYMINUTE": some(0.25, range(60), 20 if fine else 3),
        "BYSECOND": some(0.15, [0, 15, 30, 59], 3),
    }
    # "BYWEEKNO … specifies a COMMA-separated list of ordinals specifying weeks of the year": whole weeks. dateutil takes
    # of them what lies in the calendar year, which is the same only where every year is taken, and the set whole.
    if with_weeks:
        rule["INTERVAL"] = 1
    elif any(value for part, value in rule.items() if part.startswith("BY")) and random.random() < 0.3:
        rule["BYSETPOS"] = some(1, [-30, -5, -3, -2, -1, 1, 2, 3, 5, 30], 3)
    return rule


def near(rule, start):
    """Lets a rule of every hour or minute match about its start, mostly: dateutil walks to the next match step by step."""
    if rule["FREQ"] in ("MINUTELY", "HOURLY") and random.random() < 0.9:
        week = [start + timedelta(days=days) for days in range(3)]
        for part, values in (
            ("BYMONTH", [day.month for day in week]),
            ("BYMONTHDAY", [day.day for day in week]),
            ("BYYEARDAY", [day.timetuple().tm_yday for day in week]),
            ("BYDAY", [DAYS[day.weekday()] for day in week]),
            ("BYHOUR", [start.hour, (start.hour + 1) % 24, (start.hour + 5) % 24]),
        ):
            if rule[part]:
                rule[part] = list(dict.fromkeys([*rule[part], *values]))
    return rule


def text_of(rule):
    parts = ((part, value if isinstance(value, list) else [value]) for part, value in rule.items())
    return ";".join(f"{part}={','.join(map(str, values))}" for part, values in parts if values)


class Series:
    """A start and what recurs after it."""

    def __init__(self, rule, start, zone, is_date=False):
        self.rule = rule
        self.start = start
        self.zone = zone
        self.is_date = is_date
        self.count = None
        self.until = None
        self.added = []
        self.excluded = []
        self.known = None
        self.to = start.replace(tzinfo=timezone.utc) + timedelta(days=HORIZON[rule["FREQ"]])

    def lines(self):
        ends = {"COUNT": self.count, "UNTIL": self.until and self.value(self.until)}
        lines = ["RRULE:" + text_of(self.rule | {part: value for part, value in ends.items() if value})]
        for name, instants in (("RDATE", self.added), ("EXDATE", self.excluded)):
            if instants:
                kind = ";VALUE=DATE" if self.is_date else ""
                lines.append(f"{name}{kind}:{','.join(map(self.value, instants))}")
        return lines

    def value(self, instant):
        return instant.strftime("%Y%m%d" if self.is_date else "%Y%m%dT%H%M%SZ")

    def asked(self):
        kind = "date" if self.is_date else "time"
        to = self.to.strftime("%Y-%m-%dT%H:%M:%SZ")
        return "\t".join([self.zone, self.start.isoformat(), kind, "-", to, *self.lines()])

    def instant(self, local):
        return local.replace(tzinfo=ZoneInfo(self.zone), fold=0).astimezone(timezone.utc)

    def in_words_for_peer(self):
        """The rule without its end, and a start from which dateutil sees whole periods."""
        rule, start = dict(self.rule), self.start
        dayless = not (rule["BYDAY"] or rule["BYMONTHDAY"] or rule["BYYEARDAY"])
        # "Information, not contained in the rule, necessary to determine the various recurrence instance start time and
        # dates are derived from the Start Time (DTSTART)". dateutil takes all seven days of a week of BYWEEKNO.
        if dayless and (rule["BYWEEKNO"] or rule["FREQ"] == "WEEKLY"):
            rule["BYDAY"] = [DAYS[start.weekday()]]
        # "in a WEEKLY rule, the interval is one week": a week from WKST on, also the first. dateutil's begins at DTSTART.
        if rule["FREQ"] == "WEEKLY":
            start -= timedelta(days=(start.weekday() - DAYS.index(rule["WKST"])) % 7)
        # The same is true of the hours of the first day, and of the minutes of the first hour.
        return rule, start

    def starts(self):
        """What dateutil makes of the rule without its end, as instants."""
        if self.known is None:
            rule, start = self.in_words_for_peer()
            local_end = (self.to + timedelta(days=2)).replace(tzinfo=None)
            self.known = {self.instant(self.start)}
            try:
                for local in rrulestr(text_of(rule), dtstart=start):
                    if local > local_end:
                        break
                    if local >= self.start:
                        self.known.add(self.instant(local))
            except ValueError as error:
                # Its words for an INTERVAL that never meets BYHOUR or BYMINUTE.
                if "Invalid" not in str(error):
                    raise
        return self.known

    def expected(self):
        """The occurrences as dateutil has them."""
        # "The DTSTART property value always counts as the first occurrence", also where the rule does not give it.
        instants = sorted(instant for instant in self.starts() if instant >= self.instant(self.start))
        instants = instants[: self.count] if self.count else instants
        instants = [instant for instant in instants if not self.until or instant <= self.until]
        instants = sorted((set(instants) | set(self.added)) - set(self.excluded))
        return [instant for instant in instants if instant < self.to]


def random_series():
    if random.random() < 0.6:
        start = datetime(*random.choice(SPECIAL)) + timedelta(days=random.randrange(4))
    else:
        start = datetime(1990, 1, 1) + timedelta(days=random.randrange(18000))
    rule, zone = near(random_rule(), start), random.choice(ZONES)
    if rule["FREQ"] not in ("MINUTELY", "HOURLY") and random.random() < 0.15:
        rule |= {"BYHOUR": [], "BYMINUTE": [], "BYSECOND": []}
        if not any(value for part, value in rule.items() if part.startswith("BY") and part != "BYSETPOS"):
            rule.pop("BYSETPOS", None)
        return Series(rule, start, "UTC", is_date=True)
    start += timedelta(hours=random.randrange(24), minutes=random.choice([0, 0, 15, 30, 59]))
    return Series(rule, start, zone)


def finish(series):
    """Gives a series an end and exceptions, some of them where it has occurrences."""
    plain = series.expected()
    kind = random.randrange(4)
    if kind == 0:
        series.count = random.randint(1, 60)
    elif kind == 1:
        series.until = random.choice(plain) + timedelta(seconds=0 if series.is_date else random.choice([-1, 0, 1]))
        series.until = max(series.until, series.instant(series.start))
    if random.random() < 0.4:
        series.excluded = sorted(set(random.sample(plain, min(len(plain), 5))))
        others = [plain[0] + timedelta(days=random.randrange(60)) for _ in range(3)]
        series.added = sorted({random.choice(plain), *others})


def expand(program, all_series):
    """What the engine gives for each series: instants, or the reason why it is refused."""
    asked = "".join(series.asked() + "\n" for series in all_series)
    answer = subprocess.run([program], input=asked, capture_output=True, text=True, check=True, timeout=120)
    for line in answer.stdout.splitlines():
        yield line if line.startswith("!") else [datetime.fromisoformat(instant) for instant in line.split()]


def difference(series, expected, found):
    """What is different, in a line; nothing if they agree."""
    if found == expected:
        return None
    if isinstance(found, str):
        # A rule that never matches is refused; in dateutil nothing but the start is left of it.
        started = sorted(({series.instant(series.start)} | set(series.added)) - set(series.excluded))
        return None if "no occurrence" in found and expected == [at for at in started if at < series.to] else found
    missing = sorted(set(expected) - set(found))[:3]
    beyond = sorted(set(found) - set(expected))[:3]
    return f"missing {[str(at) for at in missing]}, too many {[str(at) for at in beyond]}"


def self_test(program):
    """What is wrong with this comparison itself: each of these expectations is false."""
    rule = {part: [] for part in ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")}
    series = Series(rule | {"FREQ": "DAILY", "WKST": "MO"}, datetime(2025, 3, 1, 9), "Europe/Berlin")
    [found] = expand(program, [series])
    expected = series.expected()
    assert difference(series, expected, found) is None, "a daily rule differs"
    an_hour_late = [at + timedelta(hours=1) for at in expected]
    for wrong in (expected[1:], expected[:-1], an_hour_late, [*expected, expected[-1] + timedelta(days=1)], []):
        if difference(series, wrong, found) is None:
            yield f"self-test: {len(wrong)} wrong occurrences pass"
    if difference(series, expected, "! 0: FREQ is missing") is None:
        yield "self-test: a refusal passes"
    if difference(series, expected, "! 0: The rule has no occurrence") is None:
        yield "self-test: a refusal of a rule that has occurrences passes"


def give_up(*_):
    raise TooSlow


def main():
    program = sys.argv[1]
    faults = list(self_test(program))
    signal.signal(signal.SIGVTALRM, give_up)
    all_series, slow = [], 0
    while len(all_series) < SERIES:
        # Where dateutil gave up does not change what follows.
        random.seed(SEED + len(all_series) + slow)
        series = random_series()
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
        try:
            finish(series)
            all_series.append((series, series.expected()))
        except TooSlow:
            slow += 1
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    occurrences = refused = 0
    for (series, expected), found in zip(all_series, expand(program, [one for one, _ in all_series]), strict=True):
        occurrences += len(expected)
        refused += isinstance(found, str)
        if different := difference(series, expected, found):
            faults.append(f"{series.asked()!r}: {different}")
    print(*faults[:20], sep="\n", end="\n" if faults else "")
    print(
        f"{len(all_series)} rules compared, {occurrences} occurrences; {refused} rules never match; "
        f"dateutil was too slow for {slow}; {len(faults)} faults"
    )
    return 1 if faults or occurrences < SERIES * 10 else 0


if __name__ == "__main__":
    sys.exit(main())
