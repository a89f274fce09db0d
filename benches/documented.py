#!/usr/bin/env python3
"""What the documented routes cost beside what came after them: a list of 100 events, and a new event.

    python3 benches/documented.py PROGRAM     beside another persony, of a former commit

Needs cargo and wrk. Both programs take turns of a second on the embedded engine, server and wrk have a core each; medians, and
the median of the ratios of neighbours.
"""

import sys
import tempfile
from pathlib import Path

from load import OF_SERVER, Server, build, event, in_short_turns, paced


def main(former):
    build()
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as folder_of_former,
        Server("embedded", folder, 5071) as server,
        Server("embedded", folder_of_former, 5072, former) as before,
    ):
        both = (server, before)
        tokens = {}
        for each in both:
            each.ready()
            each.keep_to(OF_SERVER)
            tokens[each] = {"reads": each.user("reads@example.com", 100), "writes": each.user("writes@example.com", 0)}
        print("| what | this | the former | ratio | processor's time of one | the former's | ratio |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        new = event(1)
        for what, who, body in (("a list of 100 events", "reads", None), ("a new event", "writes", new)):
            for connections in (1, 16):
                turns = [
                    lambda each=each: paced(each, f"{each.base}/api/calendar/events", connections, tokens[each][who], body)
                    for each in both
                ]
                (rate, old_rate, faster), (cpu, old_cpu, dearer) = in_short_turns(*turns)
                print(
                    f"| {what}, {connections} connection{'s' * (connections > 1)} | {rate:,.0f} 1/s | {old_rate:,.0f} 1/s | {faster:.2f} "
                    f"| {cpu:,.0f} µs | {old_cpu:,.0f} µs | {dearer:.2f} |"
                )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
