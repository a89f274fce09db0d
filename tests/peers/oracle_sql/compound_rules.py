"""Rules on UNION and its like. Each looks at a statement and yields what is wrong with it."""

from statement import is_one_of

OPERATORS = ("UNION", "INTERSECT", "MINUS")
ENDS_ORDER = ("OFFSET", "FETCH", "FOR")


def compounds(statement):
    """The queries of several parts: for each, its own places, those of its operators, and those of its SELECTs."""
    openings = {}
    for index in statement.at(*OPERATORS):
        around = [start for start, end in statement.closes.items() if start < index < end]
        openings.setdefault(max(around, default=-1), []).append(index)
    for start, operators in openings.items():
        depth = statement.depth[operators[0]]
        inside = range(start + 1, statement.closes.get(start, len(statement)))
        own = [index for index in inside if statement.depth[index] == depth]
        yield own, operators, [index for index in own if statement[index] == "SELECT"]


def listed(statement, places, ends):
    """These places up to one of these words, split at commas."""
    lists = [[]]
    for index in places:
        if is_one_of(statement[index], ends):
            break
        if statement[index] == ",":
            lists.append([])
        else:
            lists[-1].append(index)
    return lists


def columns(statement, select):
    """The columns of a SELECT, the places of each; None where a star stands for some."""
    places = [index for index in statement.beside(select) if not is_one_of(statement[index], ("DISTINCT", "ALL"))]
    items = listed(statement, places, ("FROM",))
    return None if any(item and statement[item[-1]] == "*" for item in items) else items


def name(statement, item):
    """What a column of the first SELECT is called, if it has a name."""
    last, before = statement[item[-1]], statement[item[-2]] if len(item) > 1 else None
    named = before is None or is_one_of(before, (".", ")")) or before.kind != "mark"
    return last.text if last.kind == "word" and named and not is_one_of(last, ("END", "NULL")) else None


def ordered_part(statement):
    for own, operators, _ in compounds(statement):
        if any(is_one_of(statement[index], ("ORDER", "OFFSET", "FETCH")) for index in own if index < operators[-1]):
            yield "ORA-00933: ORDER BY and FETCH FIRST stand behind the last part"


def order_of_parts(statement):
    for own, operators, selects in compounds(statement):
        last = [index for index in own if index > operators[-1]]
        order = next((place for place, index in enumerate(last) if statement[index] == "ORDER"), None)
        if order is None or not selects or selects[0] > operators[0]:
            continue
        found = columns(statement, selects[0])
        for item in listed(statement, last[order + 2 :], ENDS_ORDER):
            keys = [i for i in item if not is_one_of(statement[i], ("ASC", "DESC", "NULLS", "FIRST", "LAST"))]
            key = statement[keys[0]] if len(keys) == 1 else None
            if len(keys) > 1 and all(statement[i] == "." or statement[i].kind == "word" for i in keys):
                yield "ORA-00904: several parts have no table to name a column of"
            elif key is None or key.kind not in ("word", "number"):
                yield "ORA-01785: several parts are sorted by names or places"
            elif found is not None and key.kind == "number" and not 1 <= int(key.text) <= len(found):
                yield f"ORA-01785: there is no column {key.text}"
            elif found is not None and key.kind == "word" and key.text not in [name(statement, c) for c in found if c]:
                yield f"ORA-00904: the first part has no column {key.text}"


def number_of_columns(statement):
    for _, _, selects in compounds(statement):
        found = [columns(statement, select) for select in selects]
        if len({len(items) for items in found if items is not None}) > 1:
            yield "ORA-01789: the parts have as many columns each"


def locked_parts(statement):
    for own, *_ in compounds(statement):
        if any(statement.begins(["FOR", "UPDATE"], index) for index in own):
            yield "ORA-01786: FOR UPDATE of several parts"


RULES = [locked_parts, ordered_part, order_of_parts, number_of_columns]
