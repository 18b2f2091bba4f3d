"""How a level looks, wherever it is shown: cards, maps, charts and the terminal.

The colours run from orange by grey to blue, near the ends of ColorBrewer's PuOr and
RdBu (https://colorbrewer2.org); readers who are blind to red, green or blue tell them
apart, as a test measures. Pictures add a pattern to each.
"""

from __future__ import annotations

from bot.alignment.rubric import PARTY, UNKNOWN
from bot.answers.sentences import level_tones
from bot.knowledge.conflict import Conflict, Tone

TONES: dict[Tone, str] = {
    "first-strong": "#b35806",
    "first": "#f1a340",
    "first-weak": "#fee0b6",
    "middle": "#a6a6a6",
    "second-weak": "#d1e5f0",
    "second": "#86bdda",
    "second-strong": "#4393c3",
}
"""A level's colour by its tone, as ``#rrggbb``."""
MARKS: dict[Tone, str] = {
    "first-strong": "🟧",
    "first": "🟠",
    "first-weak": "🟡",
    "middle": "⬜",
    "second-weak": "🟣",
    "second": "🔵",
    "second-strong": "🟦",
}
"""A level's mark in text by its tone, of the colours that there are: squares for the
strong levels and circles for the others, so that the form tells them apart, too.
"""
PARTY_MARK, UNKNOWN_MARK = "🟪", "⬛"
PARTY_COLOUR, UNKNOWN_COLOUR = "#8e4b9e", "#6b6e76"
"""The colours of the belligerents and of those of whom nothing is known."""


def colour_of(level: str, conflict: Conflict) -> str | None:
    """A level's colour, as ``#rrggbb``; None for an id that is no level's."""
    if level == PARTY:
        return PARTY_COLOUR
    if level == UNKNOWN:
        return UNKNOWN_COLOUR
    tone = level_tones(conflict).get(level)
    return TONES[tone] if tone else None


def level_mark(level: str, conflict: Conflict) -> str:
    """The mark that stands for a level in bars and lists of text."""
    special = {PARTY: PARTY_MARK, UNKNOWN: UNKNOWN_MARK}
    return special.get(level) or MARKS[level_tones(conflict)[level]]


def side_colour(sign: float) -> str:
    """The colour of the side on this half of the scale; the middle's for zero."""
    if not sign:
        return TONES["middle"]
    return TONES["first-strong" if sign < 0 else "second-strong"]


def luminance(colour: str) -> float:
    """A colour's relative luminance, 0 for black to 1 for white (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(colour: str) -> str:
    """Black or white, whichever is read better on a colour."""
    light = luminance(colour) + 0.05
    return "#000000" if light / 0.05 >= 1.05 / light else "#ffffff"
