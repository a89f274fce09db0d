"""Rules on clauses. Each looks at a statement and yields what is wrong with it."""

from places import is_called
from statement import is_one_of

COMPARISONS = ("=", "<>", "!=", "<", ">", "<=", ">=")
ENDS_TABLES = "WHERE GROUP ORDER HAVING FETCH OFFSET UNION MINUS INTERSECT SELECT SET VALUES RETURNING ON FOR".split()
UNITS = "YEAR MONTH DAY HOUR MINUTE SECOND".split()


def without_from(statement):
    for select in statement.at("SELECT"):
        if not any(statement[index] == "FROM" for index in statement.beside(select)):
            yield "SELECT without FROM is 23ai's: FROM DUAL"


def opener(statement, index):
    """The place of the parenthesis that this place stands in."""
    return max(start for start, end in statement.closes.items() if start < index < end)


def table_alias(statement):
    in_tables = {}
    for index, token in enumerate(statement.tokens):
        depth = statement.depth[index]
        if token == "(":
            in_tables[depth + 1] = False
        elif token == "FROM" and depth > 0 and is_called(statement, opener(statement, index) - 1):
            # EXTRACT(DAY FROM …), TRIM('x' FROM …).
            continue
        elif is_one_of(token, ("FROM", "JOIN", "INTO")) or (token == "UPDATE" and index == 0):
            in_tables[depth] = True
        elif is_one_of(token, ENDS_TABLES):
            in_tables[depth] = False
        elif token == "AS" and in_tables.get(depth):
            yield "AS before the alias of a table"


def select_list(statement):
    for select in statement.at("SELECT"):
        places = list(statement.beside(select))
        tables = next((place for place, index in enumerate(places) if statement[index] == "FROM"), len(places))
        listed, cases = places[:tables], 0
        several = any(statement[index] == "," for index in listed)
        for index in listed:
            cases += (statement[index] == "CASE") - (statement[index] == "END")
            before = statement[index - 1]
            if several and statement[index] == "*" and is_one_of(before, ("SELECT", "DISTINCT", ",")):
                yield "* beside others wants its table: T.*"
            if cases == 0 and is_one_of(statement[index], (*COMPARISONS, "EXISTS")):
                yield "a condition is no value before 23ai: CASE WHEN"


def row_value(statement):
    for start, end in statement.closes.items():
        before, after = statement[start - 1], statement[end + 1]
        compared = is_one_of(before, COMPARISONS) or is_one_of(after, COMPARISONS)
        query = statement[start + 1] == "SELECT" or statement.begins(["(", "SELECT"], end + 2)
        called = before.kind == "word" and not is_one_of(before, ("WHERE", "AND", "OR", "NOT", "ON", "WHEN"))
        if compared and not query and not called and len(statement.items(start)) > 1:
            yield "(a, b) is compared by IN alone"


def in_list(statement):
    for index in statement.at("IN"):
        if statement[index + 1] == "(" and len(statement.items(index + 1)) > 1000:
            yield "ORA-01795: more than 1000 in a list"


def row_limit(statement):
    for index in statement.at("OFFSET", "FETCH"):
        words = [statement[index + place] for place in range(1, 5)]
        if statement[index] == "FETCH":
            first, *words = words
            whole = is_one_of(first, ("FIRST", "NEXT")) and words[2] == "ONLY"
        else:
            whole = True
        count, rows = words[:2]
        if not (whole and count.kind in ("number", "bind") and is_one_of(rows, ("ROW", "ROWS"))):
            yield "the form is OFFSET n ROWS FETCH FIRST n ROWS ONLY"


def limited_write(statement):
    top = [token for token, depth in zip(statement.tokens, statement.depth, strict=True) if depth == 0]
    writes = is_one_of(statement[0], ("UPDATE", "DELETE"))
    if writes and any(is_one_of(token, ("ORDER", "FETCH", "OFFSET")) for token in top):
        yield f"{statement[0].text} takes no ORDER BY and no FETCH FIRST: WHERE ID IN (SELECT …)"
    if statement.begins(["UPDATE"]) and any(token == "FROM" for token in top):
        yield "UPDATE … FROM is 23ai's"
    if statement.begins(["DELETE"]) and any(token == "USING" for token in top):
        yield "DELETE … USING is none of Oracle's"


def locked_rows(statement):
    for index in statement.at("FOR"):
        limited = any(statement.depth[fetch] == statement.depth[index] for fetch in statement.at("FETCH", "OFFSET"))
        if statement[index + 1] == "UPDATE" and limited:
            yield "ORA-02014: FOR UPDATE with FETCH FIRST"


def ordered_subquery(statement):
    for start in statement.closes:
        if statement[start + 1] == "SELECT" and is_one_of(statement[start - 1], ("IN", *COMPARISONS)):
            inside = range(start + 1, statement.closes[start])
            words = [statement[index] for index in inside if statement.depth[index] == statement.depth[start + 1]]
            limited = any(is_one_of(word, ("FETCH", "OFFSET")) for word in words)
            if any(word == "ORDER" for word in words) and not limited:
                yield "ORA-00907: ORDER BY in a condition's query"


def grouped_by_place(statement):
    for index in statement.at("GROUP"):
        if statement[index + 1] == "BY" and statement[index + 2].kind == "number":
            yield "GROUP BY takes no place of a column"


def interval(statement):
    for index in statement.at("INTERVAL"):
        if statement[index + 1].kind != "string" or not is_one_of(statement[index + 2], UNITS):
            yield "the form is INTERVAL '1' DAY"


def rows_of_values(statement):
    for index in statement.at("VALUES"):
        if statement[0] != "INSERT":
            yield "VALUES is no table before 23ai"
        elif statement[statement.closes.get(index + 1, index) + 1] == ",":
            yield "several rows of VALUES are 23ai's"


def returning(statement):
    for start in statement.at("RETURNING"):
        after = list(statement.beside(start))
        into = next((index for index in after if statement[index] == "INTO"), None)
        if into is None:
            yield "RETURNING without INTO"
            continue
        commas = [index for index in after if statement[index] == ","]
        if 2 * sum(index < into for index in commas) != len(commas):
            yield "RETURNING has as many targets as columns"
        if any(statement[index].kind != "bind" for index in after if index > into and index not in commas):
            yield "the targets of RETURNING are binds"


RULES = [
    without_from,
    table_alias,
    select_list,
    row_value,
    in_list,
    row_limit,
    limited_write,
    locked_rows,
    ordered_subquery,
    grouped_by_place,
    interval,
    rows_of_values,
    returning,
]
