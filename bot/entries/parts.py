"""The documents of one file, cut apart in one pass and without reading them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

_MARK = re.compile(r"^---(?=[ \t\n]|\Z)", re.MULTILINE)
_CONTENT = re.compile(r"^[ \t]*[^\s#]", re.MULTILINE)
"""A line with more than a comment; it looks at each character once."""


class Part(NamedTuple):
    """One document of a file."""

    before: int
    """Lines of the file in front of it."""
    text: str


def _cut(text: str) -> Iterator[Part]:
    start = before = 0
    for mark in _MARK.finditer(text):
        yield Part(before, text[start : mark.start()])
        before += text.count("\n", start, mark.end())
        start = mark.end()
    yield Part(before, text[start:])


def parts_of(text: str, most: int) -> list[Part]:
    """The documents of a YAML stream that say anything, ``most`` and one at most: who
    gets one more knows that there are too many, and the rest is not looked at.

    Work is linear in the text. A marker ``---`` cannot stand inside a value.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = (part for part in _cut(lines) if _CONTENT.search(part.text))
    return list(islice(parts, most + 1))
