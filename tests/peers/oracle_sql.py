"""Parses statements as Oracle SQL with sqlglot: oracle_sql.py STATEMENTS SCHEMA

STATEMENTS has a statement on each line, as the server sent them; SCHEMA is a script whose statements
end with a semicolon. Ends with exit code 1 if one does not parse.
"""

import re
import sys
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

# Three things that Oracle's documentation has and sqlglot's grammar lacks: LOCK TABLE, USING INDEX
# (CREATE …) in a constraint, and more than one target of RETURNING … INTO.
UNREAD = re.compile(r"LOCK TABLE [A-Z_]+ IN EXCLUSIVE MODE")
USING_INDEX = re.compile(r"\s+USING INDEX \((CREATE UNIQUE INDEX [A-Z_]+ ON [A-Z_]+ \([A-Z_]+\))\)")
TARGETS = re.compile(r" RETURNING (?P<columns>[A-Z_]+(, [A-Z_]+)*) INTO (?P<first>:[a-z_]+)(?P<more>(, :[a-z_]+)*)$")


def parts(statement):
    """The statement, and those that stand within it where sqlglot does not look for one."""
    inner = USING_INDEX.findall(statement)
    return [USING_INDEX.sub("", statement), *inner]


def with_one_target(statement):
    """Leaves the first target of RETURNING, if there are as many as columns."""
    found = TARGETS.search(statement)
    if found is None or found["columns"].count(",") != found["more"].count(","):
        return statement
    return statement[: found.start("more")]


def fault(statement):
    if UNREAD.fullmatch(statement):
        return None
    try:
        trees = sqlglot.parse(with_one_target(statement), read="oracle", error_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        return str(error)
    if len(trees) != 1 or trees[0] is None:
        return f"{len(trees)} statements"
    if isinstance(trees[0], exp.Command) or trees[0].find(exp.Command):
        return "kept unread"
    return None


def main():
    sent = Path(sys.argv[1]).read_text().splitlines()
    script = re.sub(r"^\s*--.*\n", "", Path(sys.argv[2]).read_text(), flags=re.MULTILINE)
    statements = {part for text in sent + script.split(";\n") if text.strip() for part in parts(text.strip())}
    faults = {statement: why for statement in sorted(statements) if (why := fault(statement))}
    for statement, why in faults.items():
        print(f"{why}: {statement}")
    print(f"{len(statements) - len(faults)} passed, {len(faults)} failed")
    return 1 if faults or not sent else 0


if __name__ == "__main__":
    sys.exit(main())
