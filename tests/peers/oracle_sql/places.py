"""Where a statement defines columns, names things and names types."""

CONSTRAINTS = ("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK")


def definitions(statement):
    """The column definitions of CREATE TABLE and of ALTER TABLE … ADD: the places of each, its name first."""
    opening = statement.at("(")[:1]
    if statement.begins(["CREATE", "TABLE"]) and opening == [3]:
        items = statement.items(3)
    elif statement.begins(["ALTER", "TABLE"]) and statement[3] == "ADD":
        items = statement.items(4) if statement[4] == "(" else [list(range(4, len(statement)))]
    else:
        items = []
    return [item for item in items if item and not any(statement[item[0]] == word for word in CONSTRAINTS)]


def types(statement):
    """The places of the names of types: in column definitions, and in CAST."""
    yield from (item[1] for item in definitions(statement) if len(item) > 1)
    for cast in statement.at("CAST"):
        inside = range(cast + 2, statement.closes.get(cast + 1, cast))
        yield from (index + 1 for index in inside if statement[index] == "AS" and index + 1 in inside)


def names(statement):
    """The places of the names of columns, tables and aliases, where a word can be nothing else."""
    yield from (item[0] for item in definitions(statement))
    yield from (index + 1 for index in statement.at("."))
    if statement.begins(["INSERT", "INTO"]) and statement[3] == "(":
        yield from (index for item in statement.items(3) for index in item)
    for index in statement.at("FROM", "JOIN", "INTO", "TABLE", "INDEX", "UPDATE"):
        if statement[index + 1].kind == "word" and not (statement[index] == "UPDATE" and index > 0):
            yield index + 1
    cast = set(types(statement))
    for index in statement.at("AS"):
        if statement[index + 1].kind == "word" and statement[index + 1] != "SELECT" and index + 1 not in cast:
            yield index + 1


def is_called(statement, index):
    """Whether the word at this place is followed by arguments, and not by a list of columns."""
    if statement[index].kind != "word" or statement[index + 1] != "(":
        return False
    before = statement[index - 1]
    of_table = any(before == word for word in ("INTO", "TABLE", "REFERENCES"))
    of_index = before == "ON" and statement[index - 3] == "INDEX"
    of_with = (before == "WITH" or before == ",") and statement[statement.closes.get(index + 1, index) + 1] == "AS"
    return not (of_table or of_index or of_with)
