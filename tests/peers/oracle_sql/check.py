"""Whether statements are Oracle's SQL, in Persony's plain subset: check.py STATEMENTS SCRIPT...

STATEMENTS has a statement on each line, as the server sent them; a SCRIPT's statements end with a semicolon.
sqlglot's grammar takes other dialects along with Oracle's, so rules of our own come before it. Both are tried
first on wrong.sql, where each statement has to be refused for the reason above it, and on right.sql.

Ends with exit code 1 if a statement is refused, if a wrong one passes, or if a rule refuses no wrong one.
"""

import logging
import re
import sys
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

import clause_rules
import compound_rules
import definition_rules
import word_rules
from statement import Statement
from words import SEQUENCES

RULES = word_rules.RULES + definition_rules.RULES + clause_rules.RULES + compound_rules.RULES

# Five things that Oracle's documentation has and sqlglot's grammar lacks: LOCK TABLE, SET TRANSACTION, ALTER SESSION,
# USING INDEX (CREATE …) in a constraint, and more than one target of RETURNING … INTO.
UNREAD = re.compile(
    r"LOCK TABLE [A-Z_]+ IN EXCLUSIVE MODE( NOWAIT)?|SET TRANSACTION (READ ONLY|ISOLATION LEVEL SERIALIZABLE)"
    r"|ALTER SESSION SET DDL_LOCK_TIMEOUT = \d+"
)
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


def unread(text):
    """Why sqlglot does not read a statement, if it does not."""
    if UNREAD.fullmatch(text):
        return None
    try:
        trees = sqlglot.parse(with_one_target(text), read="oracle", error_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        return f"does not parse: {error}"
    if len(trees) != 1 or trees[0] is None:
        return f"{len(trees)} statements"
    if isinstance(trees[0], exp.Command) or trees[0].find(exp.Command):
        return "kept unread"
    return None


def faults(text):
    """What is wrong with a statement: pairs of the rule that finds it, and why."""
    statement = Statement(text)
    for words, why in SEQUENCES.items():
        if any(statement.begins(words, start) for start in range(len(statement))):
            yield " ".join(words), why
    for rule in RULES:
        yield from ((rule.__name__, why) for why in rule(statement))
    if (why := unread(text)) is not None:
        yield "sqlglot", why


def examples(name):
    """The statements of a list, with the comment above each; an empty line ends them."""
    blocks = (Path(__file__).parent / name).read_text().strip().split("\n\n")
    for comment, _, text in (block.partition("\n") for block in blocks if not block.startswith("---")):
        yield comment.removeprefix("-- "), text


def failures_of_the_rules():
    """What the lists of wrong and of right statements say against the rules."""
    proven = set()
    for reason, text in examples("wrong.sql"):
        found = list(faults(text))
        proving = {rule for rule, why in found if reason in why}
        proven |= proving
        if not proving:
            yield f"not refused for {reason!r}, but for {[why for _, why in found]}: {text}"
    for _, text in examples("right.sql"):
        for _, why in faults(text):
            yield f"refused for {why!r}, and is right: {text}"
    for rule in {rule.__name__ for rule in RULES} | {" ".join(words) for words in SEQUENCES} | {"sqlglot"}:
        if rule not in proven:
            yield f"{rule}: no statement of wrong.sql is refused by this rule"


def main():
    # It warns of what it keeps unread, which is told below.
    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    failures = list(failures_of_the_rules())
    sent = Path(sys.argv[1]).read_text().splitlines()
    scripts = "\n".join(Path(name).read_text() for name in sys.argv[2:])
    scripted = re.sub(r"^\s*--.*\n", "", scripts, flags=re.MULTILINE).split(";\n")
    texts = {part for text in sent + scripted if text.strip() for part in parts(text.strip())}
    refused = {text: found for text in sorted(texts) if (found := [why for _, why in faults(text)])}
    failures += [f"{', '.join(why)}: {text}" for text, why in refused.items()]
    if not sent:
        failures.append("no statement was sent")
    print(*failures, sep="\n", end="\n" if failures else "")
    print(
        f"{len(list(examples('wrong.sql')))} wrong statements and {len(list(examples('right.sql')))} right ones tried"
    )
    print(f"{len(texts) - len(refused)} passed, {len(refused)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
