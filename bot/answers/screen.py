"""How much of a phone's screen an answer takes.

A phone 390 px wide shows about 46 characters of Discord's text on a line of a framed
message, and about 40 of its heading. Lines are broken between words; an address behind
a number is not seen and does not count, nor do buttons.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import east_asian_width

from bot.answers.document import Answer, Line

WIDTH, TITLE_WIDTH = 46, 40
"""Characters of a line of text, and of the heading, on a phone 390 px wide."""


_WIDE = frozenset("WF")


class Size(NamedTuple):
    """How much of a phone's screen an answer takes: lines and visible characters."""

    lines: int
    characters: int


def width_of(word: str) -> int:
    """Columns that a word takes: two for each emoji and each sign of Chinese, Japanese
    or Korean, and for a flag, which is two signs.
    """
    if word.isascii():
        return len(word)
    return len(word) + sum(east_asian_width(sign) in _WIDE for sign in word)


def rows_of(text: str, width: int = WIDTH) -> int:
    """Lines of the screen that a text takes, broken between words, and within a word
    that is longer than a line.
    """
    if 2 * len(text) <= width or (len(text) <= width and text.isascii()):
        return 1
    rows, left = 1, width
    for word in text.split(" "):
        columns = width_of(word)
        need = columns if left == width else columns + 1
        if need > left and left < width:
            rows, left, need = rows + 1, width, columns
        while need > left:
            rows, need, left = rows + 1, need - left, width
        left -= need
    return rows


def line_as_text(line: Line) -> str:
    """A line as it is read, without its citations."""
    head = " ".join(part for part in (line.label, line.side) if part)
    gap = " · " if line.side and line.text else " "
    return f"{head}{gap}{line.text}".strip()


def seen(line: Line) -> str:
    """A line as it is read, with its numbers."""
    cites = "".join(f"[{number}]" for number in line.cites)
    return f"{line_as_text(line)} {cites}".strip()


def size(answer: Answer) -> Size:
    """What an answer takes of a phone's screen, without its buttons."""
    rows = [seen(answer.lead)] if answer.lead else []
    for section in answer.sections:
        rows += [section.heading] if section.heading else []
        rows += map(seen, section.lines)
    rows += answer.notes
    rows = [row for row in rows if row]
    lines = sum(map(rows_of, rows)) + rows_of(answer.title, TITLE_WIDTH)
    return Size(lines, len(answer.title) + sum(map(len, rows)))


def fullest(ways: Iterable[Answer], most: int) -> Answer:
    """The first of some answers, which say less and less, that takes at most so many
    lines; the last where none does.
    """
    found = Answer("")
    for found in ways:
        if size(found).lines <= most:
            break
    return found
