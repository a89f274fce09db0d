"""Rules on what CREATE and ALTER define. Each looks at a statement and yields what is wrong with it."""

from places import definitions, is_called, types
from statement import is_one_of
from words import MOMENTS, PURE, TYPES


def column_type(statement):
    for item in definitions(statement):
        if len(item) < 2:
            yield f"a column without a type: {statement[item[0]].text}"
    for index in types(statement):
        token, length = statement[index], statement[index + 2].text
        if token.text not in TYPES:
            yield f"no type of the plain subset: {token.text}"
        elif is_one_of(token, ("VARCHAR2", "CHAR", "RAW")):
            if statement[index + 1] != "(":
                yield f"{token.text} wants its length"
            elif length.isdigit() and int(length) > 4000:
                yield f"ORA-00910: {token.text}({length}) is too long"


def column_order(statement):
    first = ("NOT", "NULL", "CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "REFERENCES")
    for item in definitions(statement):
        own = [index for index in item if statement.depth[index] == statement.depth[item[0]]]
        after = [index for index in own if is_one_of(statement[index], first)]
        for index in own:
            if after and index > after[0] and statement[index] == "DEFAULT" and statement[index - 1] != "BY":
                yield "DEFAULT stands before NOT NULL and other constraints"


def zoned_key(statement):
    zoned = [item for item in definitions(statement) if is_zoned(statement, item)]
    names = {statement[item[0]].text for item in zoned}
    keys = [index + 1 for index in statement.at("KEY", "UNIQUE") if statement[index - 1] != "FOREIGN"]
    listed = {
        statement[index].text
        for start in keys
        if statement[start] == "("
        for index in range(start, statement.closes[start])
    }
    if names & listed or any(is_one_of(statement[index], ("PRIMARY", "UNIQUE")) for item in zoned for index in item):
        yield "ORA-02329: a TIMESTAMP WITH TIME ZONE is no key"


def is_zoned(statement, item):
    return any(statement.begins(["WITH", "TIME", "ZONE"], index) for index in item)


def table_options(statement):
    if statement.begins(["CREATE", "TABLE"]) and statement[3] == "(":
        if (end := statement.closes.get(3)) is not None and end < len(statement) - 1:
            yield f"no option of a table in the plain subset: {statement[end + 1].text}"


def partial_index(statement):
    if statement.begins(["CREATE"]) and statement.at("INDEX") and statement.at("WHERE"):
        yield "an index has no WHERE"


def indexed_expression(statement):
    if not (statement.begins(["CREATE", "INDEX"]) or statement.begins(["CREATE", "UNIQUE", "INDEX"])):
        return
    for index, token in enumerate(statement.tokens):
        called = is_called(statement, index)
        if is_one_of(token, MOMENTS) or (called and token.text not in PURE):
            yield f"ORA-01743: {token.text} is not for an index, which knows no session"
        if token.kind == "bind":
            yield "ORA-01027: an index has no binds"
        if token == "." and statement.depth[index] > 0:
            yield "ORA-01748: an index names its columns alone"
        if token == "SELECT":
            yield "an index has no queries"


RULES = [column_type, column_order, zoned_key, table_options, partial_index, indexed_expression]
