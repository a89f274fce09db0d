"""A statement in tokens: what stands in a string literal or a comment is no word."""

import re
from dataclasses import dataclass

# In this order: what begins alike is told apart by its length.
KINDS = {
    "comment": r"--[^\n]*(?:\n|\Z)|/\*.*?\*/",
    "string": r"[nN]?'(?:[^']|'')*'",
    "quoted": r'"[^"]*"|`[^`]*`|\[[^\]]*\]',
    "bind": r":\w+",
    "number": r"\d+(?:\.\d+)?",
    "word": r"[^\W\d][\w$#]*",
    "mark": r"->>|<=>|->|::|:=|==|<<|>>|<>|!=|<=|>=|\|\||\S",
}
TOKEN = re.compile(r"\s*(?:" + "|".join(f"(?P<{kind}>{text})" for kind, text in KINDS.items()) + ")", re.DOTALL)


@dataclass(frozen=True)
class Token:
    """A piece of a statement; a word in upper case, everything else as it stands."""

    kind: str
    text: str

    def __eq__(self, text):
        """A word or a mark is this text; a literal or a name in quotes never is."""
        return self.kind in ("word", "mark") and self.text == text

    def __hash__(self):
        return hash(self.text)


NOTHING = Token("end", "")


def is_one_of(token, texts):
    """Whether a token is one of these words or marks."""
    return any(token == text for text in texts)


class Statement:
    """The tokens of a statement, how deep in parentheses each stands, and where each parenthesis ends."""

    def __init__(self, text):
        self.text = text
        found = [(match.lastgroup, match[match.lastgroup]) for match in TOKEN.finditer(text)]
        self.open_comment = any(text.startswith("--") and not text.endswith("\n") for _, text in found)
        self.tokens = [
            Token(kind, text.upper() if kind == "word" else text) for kind, text in found if kind != "comment"
        ]
        self.depth, self.closes = [], {}
        opened = []
        for index, token in enumerate(self.tokens):
            if token == ")" and opened:
                self.closes[opened.pop()] = index
            self.depth.append(len(opened))
            if token == "(":
                opened.append(index)
        self.closes |= {start: len(self.tokens) for start in opened}

    def __len__(self):
        return len(self.tokens)

    def __getitem__(self, index):
        """The token at this place; NOTHING before the first and after the last."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else NOTHING

    def begins(self, words, start=0):
        """Whether these words and marks stand here, one after the other."""
        return all(self[start + place] == word for place, word in enumerate(words))

    def at(self, *texts):
        """The places of these words or marks."""
        return [index for index, token in enumerate(self.tokens) if any(token == text for text in texts)]

    def items(self, opening):
        """What stands in a parenthesis, split at its own commas: a list of places for each item."""
        end, inner = self.closes.get(opening, len(self)), self.depth[opening] + 1
        lists = [[]]
        for index in range(opening + 1, end):
            if self[index] == "," and self.depth[index] == inner:
                lists.append([])
            else:
                lists[-1].append(index)
        return lists

    def beside(self, start):
        """The places after this one that are in the same parenthesis and the same SELECT."""
        for index in range(start + 1, len(self)):
            if self.depth[index] < self.depth[start]:
                return
            if self.depth[index] == self.depth[start]:
                if any(self[index] == word for word in ("UNION", "INTERSECT", "MINUS", "EXCEPT")):
                    return
                yield index
