"""Rules on single words, marks and literals. Each looks at a statement and yields what is wrong with it."""

from places import is_called, names, types
from words import AFTER, BEFORE_PARENTHESIS, FUNCTIONS, MARKS, OPENINGS, RESERVED, SYNTAX


def opening(statement):
    if not any(statement.begins(words) for words in OPENINGS):
        yield f"no statement of the plain subset opens with {statement[0].text}"


def comment(statement):
    if statement.open_comment:
        yield "a comment hides the end of the line"


def mark(statement):
    for token in statement.tokens:
        if token.kind == "mark" and token.text not in MARKS:
            yield f"Oracle's SQL has no {token.text} here"


def quoted_name(statement):
    for token in statement.tokens:
        if token.kind == "quoted":
            yield f"a name in quotes: {token.text}"


def empty_text(statement):
    for token in statement.tokens:
        if token.kind == "string" and token.text.lstrip("nN") == "''":
            yield "'' is NULL"


def name_form(statement):
    for token in statement.tokens:
        name = token.text.lstrip(":")
        if token.kind in ("word", "bind") and len(name.encode()) > 30:
            yield f"longer than 30 bytes: {name}"
        if token.kind in ("word", "bind") and not name[:1].isalpha():
            yield f"a name begins with a letter: {token.text}"


def bind_name(statement):
    for token in statement.tokens:
        if token.kind == "bind" and token.text[1:].upper() in RESERVED:
            yield f"ORA-01745: {token.text} is a reserved word"


def reserved_word(statement):
    named, typed = set(names(statement)), set(types(statement))
    for index, token in enumerate(statement.tokens):
        if token.kind != "word" or token.text not in RESERVED or index in typed:
            continue
        date = token == "DATE" and statement[index + 1].kind == "string"
        used = token.text in SYNTAX or date or statement[index - 1] == AFTER.get(token.text, "")
        if index in named or not used:
            yield f"{token.text} is a reserved word"


def function(statement):
    typed = set(types(statement))
    for index, token in enumerate(statement.tokens):
        known = token.text in FUNCTIONS or token.text in BEFORE_PARENTHESIS or index in typed
        if is_called(statement, index) and not known:
            yield f"no function of the plain subset: {token.text}"


def extremes(statement):
    for index in statement.at("MIN", "MAX"):
        if statement[index + 1] == "(" and len(statement.items(index + 1)) > 1:
            yield f"{statement[index].text} of several is LEAST or GREATEST"


RULES = [opening, comment, mark, quoted_name, empty_text, name_form, bind_name, reserved_word, function, extremes]
