#!/usr/bin/env python3
"""What a month of others' calendars costs beside the same month of one's own: 20 calendars of 1,000 events each.

    python3 benches/shared.py

Needs what `ranged.py` needs. The calendars are one owner's, or those of 20; beside them stands a person who has as many events
in as many calendars. Each pair takes turns, server and wrk have a core each, medians; release build, embedded engine.
"""

import sys
import tempfile
from datetime import timedelta

from load import OF_SERVER, Server, build
from ranged import FROM, MONTH, TO, File, in_turn

CALENDARS, EVENTS, IN_MONTH = 20, 1_000, 80
DOCUMENTED = "/api/calendar/events"


def with_calendars(file, user, count):
    """As many calendars of a person as asked for, with events before, within and after the month; their ids."""
    ids = []
    step = (TO - FROM) / IN_MONTH
    for number in range(count):
        insert = "INSERT INTO CALENDARS (USER_ID, NAME, CREATED_AT) VALUES (?, ?, 0)"
        calendar = file.sqlite.execute(insert, (user, f"Calendar {number}")).lastrowid
        for place in range(EVENTS):
            start = FROM + step * (place - EVENTS // 2) + timedelta(seconds=number)
            id = file.event(user, f"Team Meeting {place}", start, start + timedelta(minutes=30))
            details = "INSERT INTO EVENT_DETAILS (EVENT_ID, CALENDAR_ID, UID_TEXT, NAME) VALUES (?, ?, ?, ?)"
            file.sqlite.execute(details, (id, calendar, f"{id}@bench", f"{id}.ics"))
        ids.append(calendar)
    file.sqlite.commit()
    return ids


def person(server, file, name):
    token = server.user(f"{name}@example.com", 0)
    return token, file.user(f"{name}@example.com")


def share(file, owner, calendars, receiver):
    insert = "INSERT INTO SHARES (OWNER_ID, CALENDAR_ID, RECEIVER_ID, STATE, ACCESS_LEVEL) VALUES (?, ?, ?, 'accepted', 'read')"
    file.sqlite.executemany(insert, [(owner, calendar, receiver) for calendar in calendars])
    file.sqlite.commit()


def main():
    build()
    rows = []
    with tempfile.TemporaryDirectory() as folder, Server("embedded", folder, 5085) as server:
        server.ready()
        server.keep_to(OF_SERVER)
        file = File(folder)
        own, owner = person(server, file, "owner")
        calendars = with_calendars(file, owner, CALENDARS)
        of_one, receiver = person(server, file, "of-one")
        share(file, owner, calendars, receiver)
        of_many, receiver = person(server, file, "of-many")
        for number in range(CALENDARS):
            _, one = person(server, file, f"owner-{number}")
            share(file, one, with_calendars(file, one, 1), receiver)
        # A default calendar of each is there from now on.
        for token in (own, of_one, of_many):
            server.call("/api/calendar/calendars", token=token)
        shown = [len(server.call(MONTH, token=token)) for token in (own, of_one, of_many)]
        assert len(set(shown)) == 1, shown
        print(f"{shown[0]} events are in the month", flush=True)
        for what, token in ((f"{CALENDARS} calendars of one owner", of_one), (f"{CALENDARS} calendars of {CALENDARS} owners", of_many)):
            (shared, owned), (cpu, owned_cpu), ratio = in_turn(server, folder, (MONTH, token), (MONTH, own))
            rows.append((what, f"{shared:.2f} ms", f"{owned:.2f} ms", f"{ratio:.2f}", f"{cpu / owned_cpu:.2f}", "<= 1.30"))
            print("  ".join(rows[-1]), flush=True)
    print("| a month of | time | the same events owned | ratio | of the processor's | to reach |")
    print("| --- | --- | --- | --- | --- | --- |")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    sys.exit(main())
