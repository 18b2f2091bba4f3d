"""What a picture shows, before it is drawn: classes with colours, patterns and
counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Theme = Literal["dark", "light"]
Pattern = Literal[
    "plain", "stripes", "dense-stripes", "dots", "dense-dots", "cross", "hollow"
]


@dataclass(frozen=True, slots=True)
class Class:
    """One entry of a legend: a colour, and a pattern that says the same to those who
    cannot tell it.
    """

    id: str
    label: str
    count: int
    colour: str
    pattern: Pattern = "plain"


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

LEVELS: tuple[tuple[str, Pattern], ...] = (
    ("#b35806", "dense-stripes"),
    ("#f1a340", "stripes"),
    ("#a6a6a6", "plain"),
    ("#92c5de", "dots"),
    ("#4393c3", "dense-dots"),
)
"""From the first side's ally to the second's: ColorBrewer's PuOr and RdBu ends, orange
to blue, safe for the colour-blind (https://colorbrewer2.org).
"""
PARTY: tuple[str, Pattern] = ("#c994c7", "cross")
UNKNOWN: tuple[str, Pattern] = ("#6b6e76", "hollow")
BALLOTS: dict[str, tuple[str, Pattern]] = {
    "yes": ("#4393c3", "plain"),
    "no": ("#b35806", "dense-stripes"),
    "abstain": ("#fee090", "dots"),
    "absent": ("#8a8d94", "stripes"),
    "none": ("#6b6e76", "hollow"),
}
STANDINGS: dict[str, tuple[str, Pattern]] = {
    "member": ("#4393c3", "plain"),
    "partner": ("#92c5de", "dots"),
    "observer": ("#d1e5f0", "dense-dots"),
    "frozen": ("#f1a340", "stripes"),
    "suspended": ("#f1a340", "dense-stripes"),
    "left": ("#8a8d94", "cross"),
    "out": ("#6b6e76", "hollow"),
}
PARTS: dict[str, tuple[str, Pattern]] = {
    "in": ("#4393c3", "plain"),
    "out": ("#6b6e76", "hollow"),
}
