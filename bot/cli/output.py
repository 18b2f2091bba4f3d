"""What is written to a terminal or a pipe: no text of a source, a name or an argument
can drive the terminal.
"""

from __future__ import annotations

import json
import sys
import unicodedata

from bot.knowledge.text import cut

_SHOWN = 60
"""Characters of an argument that are said again."""
_JOINER = "\u200d"
"""Joins emoji to one; alone it does nothing."""


def _drives(char: str) -> bool:
    """Whether a character is not to be seen: controls, format characters such as marks
    of direction, halves of surrogates, private and unassigned ones.
    """
    return unicodedata.category(char)[0] == "C" and char not in {"\n", _JOINER}


def printable(text: str) -> str:
    """A text without control characters, in its own lines."""
    return text.translate({ord(c): None for c in set(text) if _drives(c)})


def one_line(text: str) -> str:
    """A printable text on one line: what breaks lines becomes a blank."""
    return printable(" ".join(text.split()))


def quoted(text: str) -> str:
    """Something that somebody typed, as it is said again: cut, with its control
    characters written out.
    """
    return repr(cut(text, _SHOWN))


def say(text: str) -> None:
    """Tell people something, on standard error."""
    sys.stderr.write(printable(text) + "\n")


def write(text: str) -> None:
    """Write lines of an answer to standard output."""
    sys.stdout.write(printable(text) + "\n")


def write_json(value: object) -> None:
    """Write a value as JSON on one line. What a terminal would obey is escaped, and so
    is everything beyond ASCII where the output is not in UTF-8.
    """
    encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
    text = json.dumps(value, ensure_ascii=encoding != "utf8")
    escapes = {ord(c): json.dumps(c)[1:-1] for c in set(text) if _drives(c)}
    sys.stdout.write(text.translate(escapes) + "\n")
