"""What a picture shows, before it is drawn: classes with colours, patterns and
counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.answers import palette
from bot.knowledge.conflict import Tone

Theme = Literal["dark", "light"]
Pattern = Literal[
    "plain",
    "wide-stripes",
    "stripes",
    "dense-stripes",
    "wide-dots",
    "dots",
    "dense-dots",
    "cross",
    "hollow",
]


@dataclass(frozen=True, slots=True)
class Look:
    """A colour (``#rrggbb``) and a pattern that says the same to those who cannot tell
    it.
    """

    colour: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Class:
    """One entry of a legend; ``count`` is how many codes have it."""

    id: str
    label: str
    count: int
    colour: str
    pattern: Pattern = "plain"

    @classmethod
    def looking(cls, key: str, label: str, count: int, look: Look) -> Class:
        """An entry with a look."""
        return cls(key, label, count, look.colour, look.pattern)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A map to draw: its heading, its classes in order, and the class of each code."""

    title: str
    subtitle: str
    classes: tuple[Class, ...]
    of: Mapping[str, str]
    footer: str
    focus: frozenset[str] = frozenset()
    """Codes to zoom in on; empty for the whole world."""
    mark: str = ""
    """A code to draw a ring around."""
    locale: str = "en"
    """The language of its words."""


PAPER: dict[Theme, dict[str, str]] = {
    "dark": {
        "paper": "#1e1f22",
        "sea": "#1e1f22",
        "ink": "#f2f3f5",
        "faint": "#b5bac1",
        "land": "#3a3c42",
        "line": "#1e1f22",
        "mark": "#ffffff",
    },
    "light": {
        "paper": "#ffffff",
        "sea": "#ffffff",
        "ink": "#1e1f22",
        "faint": "#4e5058",
        "land": "#e3e5e8",
        "line": "#ffffff",
        "mark": "#000000",
    },
}
"""Discord's own dark and light grounds, so that a picture has no frame."""

_PATTERNS: dict[Tone, Pattern] = {
    "first-strong": "dense-stripes",
    "first": "stripes",
    "first-weak": "wide-stripes",
    "middle": "plain",
    "second-weak": "wide-dots",
    "second": "dots",
    "second-strong": "dense-dots",
}
TONES = {tone: Look(colour, _PATTERNS[tone]) for tone, colour in palette.TONES.items()}
"""How a level looks by its tone."""
PARTY = Look(palette.PARTY_COLOUR, "cross")
UNKNOWN = Look(palette.UNKNOWN_COLOUR, "hollow")
BALLOTS: dict[str, Look] = {
    "yes": Look("#4393c3", "plain"),
    "no": Look("#b35806", "dense-stripes"),
    "abstain": Look("#fee090", "dots"),
    "absent": Look("#8a8d94", "stripes"),
    "none": Look("#6b6e76", "hollow"),
}
STANDINGS: dict[str, Look] = {
    "member": Look("#4393c3", "plain"),
    "partner": Look("#92c5de", "dots"),
    "observer": Look("#d1e5f0", "dense-dots"),
    "frozen": Look("#f1a340", "stripes"),
    "suspended": Look("#f1a340", "dense-stripes"),
    "left": Look("#8a8d94", "cross"),
    "out": Look("#6b6e76", "hollow"),
}
PARTS: dict[str, Look] = {
    "in": Look("#4393c3", "plain"),
    "out": Look("#6b6e76", "hollow"),
}
