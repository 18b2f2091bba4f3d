"""How much of a phone's screen an answer takes.

A phone 390 px wide shows about 46 characters of Discord's text on a line of a framed
message, and about 40 of its heading. Lines are broken between words; an address behind
a number is not seen and does not count, nor do buttons.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, east_asian_width

from bot.answers.document import Answer, Line

WIDTH, TITLE_WIDTH, NOTE_WIDTH = 46, 40, 56
"""Characters of a line of text, of the heading, and of a note below, whose letters
Discord sets at 13 px where text has 16, on a phone 390 px wide.
"""


LINES = 24
"""Lines of a phone's screen that a page of a list or a comparison may take."""
_WIDE = frozenset("WF")
_UNSEEN = frozenset({"Cf", "Mn", "Me"})
"""Categories of signs that take no column: marks on a letter, isolates, joiners."""
_FIRST_MARK = "\u0300"
"""The first sign that takes no column; those that take two come after it."""
_KEPT = 2048
"""Texts whose lines stay counted: a card asks for the same ones in each way to say
it.
"""


class Size(NamedTuple):
    """How much of a phone's screen an answer takes: lines and visible characters."""

    lines: int
    characters: int

    def within(self, most: Size) -> bool:
        """Whether it takes no more than another size, in lines or characters."""
        return self.lines <= most.lines and self.characters <= most.characters


@lru_cache(maxsize=_KEPT)
def width_of(word: str) -> int:
    """Columns that a word takes: two for each emoji and each sign of Chinese, Japanese
    or Korean, and for a flag, which is two signs; none for what is not seen.
    """
    if word.isascii() or max(word) < _FIRST_MARK:
        return len(word)
    return sum(
        1 + (east_asian_width(sign) in _WIDE)
        for sign in word
        if category(sign) not in _UNSEEN
    )


@lru_cache(maxsize=_KEPT)
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


@lru_cache(maxsize=_KEPT)
def seen_signs(text: str) -> int:
    """Characters of a text that are seen."""
    if text.isascii():
        return len(text)
    # A text has many letters and few different ones.
    unseen = [sign for sign in set(text) if category(sign) in _UNSEEN]
    return len(text) - sum(map(text.count, unseen))


def size(answer: Answer) -> Size:
    """What an answer takes of a phone's screen, without its buttons."""
    rows = [seen(answer.lead)] if answer.lead else []
    for section in answer.sections:
        rows += [section.heading] if section.heading else []
        rows += map(seen, section.lines)
    rows = [row for row in rows if row]
    lines = sum(map(rows_of, rows)) + rows_of(answer.title, TITLE_WIDTH)
    lines += sum(rows_of(note, NOTE_WIDTH) for note in answer.notes if note)
    return Size(lines, sum(map(seen_signs, (answer.title, *rows, *answer.notes))))


def fits(answer: Answer) -> bool:
    """Whether a page of a list takes no more than it may."""
    return size(answer).lines <= LINES


def fullest(ways: Iterable[Answer], most: int) -> Answer:
    """The first of some answers, which say less and less, that takes at most so many
    lines; the last where none does.
    """
    found = Answer("")
    for found in ways:
        if size(found).lines <= most:
            break
    return found
