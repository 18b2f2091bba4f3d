"""Words in a picture: how wide they are, in lines, and placed from the edge at which
the reader's language begins.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape

from bot.pictures.sheet import PAPER, Theme

FONT = "Noto Sans"
Anchor = Literal["start", "middle", "end"]
_FROM_THE_RIGHT = frozenset({"ar", "fa", "he", "ur"})
_RIGHT_TO_LEFT, _ENDED = "\u2067", "\u2069"
_MARK = "\u200f"
"""CLDR has it between the parts of an Arabic date."""
_NARROW = frozenset("iIjlt.,:;!'|()[]·-’ f1r")
_BROAD = frozenset("mwMWQOGDNHU@%—…&+=<>→ЖШЩЮжшщюмМДФФЫ")
_BOLDER = 1.07
_ARABIC = "Noto Sans Arabic"
_IN_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_NOT_IN_ARABIC = re.compile(
    "[^\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff 0-9.,:\u200f\u2066-\u2069]+"
)
"""Letters that the Arabic face has, and what it lacks or leaves to the others."""


@dataclass(frozen=True, slots=True)
class Format:
    """How large a picture and its letters are, in pixels of the picture."""

    width: int
    edge: int
    small: float
    """The least size of letters."""
    body: float
    head: float


PHONE = Format(1200, 30, 34, 36, 50)
"""For a phone, 390 of its own points wide: the smallest letters are 11 points there."""
WIDE = Format(1600, 40, 24, 28, 44)
"""For a desktop, on request."""


def advance(words: str, size: float, *, bold: bool = False) -> float:
    """About how wide words are, rather too wide than too narrow: the font's own widths
    are not read for it.
    """
    return sum(map(_share_of, words)) * size * (_BOLDER if bold else 1)


@lru_cache(maxsize=4096)
def _share_of(letter: str) -> float:
    """How wide a letter is, of its own size."""
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW:
        return 0.4
    if letter in _BROAD or "\u0530" <= letter <= "\u058f":
        return 0.95
    return 0.68 if letter.isupper() else 0.6


def _parts(words: str) -> list[str]:
    """Where a line may be broken: after a blank, and around a letter that is as wide as
    it is high.
    """
    parts: list[str] = [""]
    for letter in words:
        wide = unicodedata.east_asian_width(letter) in "WF"
        if wide or parts[-1].endswith(" "):
            parts.append("")
        parts[-1] += letter
        if wide:
            parts.append("")
    return [part for part in parts if part]


def lines_of(
    words: str, size: float, room: float, *, most: int = 3, bold: bool = False
) -> list[str]:
    """Words in at most so many lines of so many pixels; what does not fit ends in …."""
    lines = [""]
    for part in _parts(" ".join(words.split())):
        longer = lines[-1] + part
        if lines[-1] and advance(longer.rstrip(), size, bold=bold) > room:
            lines.append(part)
        else:
            lines[-1] = longer
    lines = [line.rstrip() for line in lines]
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] += "…"
    return [_cut(line, size, room, bold=bold) for line in kept if line]


def _cut(line: str, size: float, room: float, *, bold: bool) -> str:
    if advance(line, size, bold=bold) <= room:
        return line
    line = line.rstrip("…")
    while line and advance(f"{line}…", size, bold=bold) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


def shown(words: str) -> str:
    """Words without what no picture can show, as XML's text."""
    return escape(
        "".join(letter for letter in words if letter.isprintable() or letter == _MARK)
    )


def _in_arabic(words: str) -> str:
    """Arabic words for a line in the Arabic face, all others marked for the common one.

    resvg takes a letter from another face than the line's only where both would set as
    many signs, and Arabic letters join.
    """
    return _NOT_IN_ARABIC.sub(rf'<tspan font-family="{FONT}">\g<0></tspan>', words)


class Block(NamedTuple):
    """Something drawn, and how high it is in pixels."""

    svg: str
    height: float


@dataclass(frozen=True, slots=True)
class PictureFrame:
    """What every picture has: a ground, a heading, words below, and a direction."""

    form: Format
    theme: Theme
    locale: str

    @property
    def from_the_right(self) -> bool:
        """Whether the reader's language is written from right to left."""
        return self.locale.split("_")[0] in _FROM_THE_RIGHT

    @property
    def room(self) -> float:
        """Pixels between both edges."""
        return self.form.width - 2 * self.form.edge

    def colour(self, of: str) -> str:
        """A colour of the ground's, such as ``ink`` or ``faint``."""
        return PAPER[self.theme][of]

    def x(self, start: float, width: float = 0) -> float:
        """Where something so wide stands that begins so far from the edge at which the
        reader begins.
        """
        return self.form.width - start - width if self.from_the_right else start

    def text(
        self,
        start: float,
        y: float,
        words: str,
        size: float,
        colour: str,
        *,
        bold: bool = False,
        anchor: Anchor = "start",
        fixed: bool = False,
        halo: str = "",
    ) -> str:
        """A line of words; ``fixed`` stands where it is told from the left in every
        language, ``halo`` is the colour of a margin around the letters.
        """
        x, words = start, shown(words)
        arabic = _IN_ARABIC.search(words) is not None
        if arabic:
            words = _in_arabic(words)
        if self.from_the_right:
            words = f"{_RIGHT_TO_LEFT}{words}{_ENDED}"
            if not fixed:
                x = self.x(start)
                anchor = _MIRRORED[anchor]
        more = ' font-weight="700"' if bold else ""
        if arabic:
            more += f' font-family="{_ARABIC}"'
        more += f' text-anchor="{anchor}"' if anchor != "start" else ""
        if halo:
            more += f' stroke="{halo}" stroke-width="7" paint-order="stroke"'
            more += ' stroke-linejoin="round"'
        return (
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" '
            f'fill="{colour}"{more}>{words}</text>'
        )

    def written(
        self,
        lines: Sequence[str],
        top: float,
        size: float,
        colour: str,
        *,
        bold: bool = False,
        start: float | None = None,
    ) -> Block:
        """Lines below each other, from a pixel down."""
        step = size * 1.32
        begin = self.form.edge if start is None else start
        drawn = [
            self.text(begin, top + size + step * n, line, size, colour, bold=bold)
            for n, line in enumerate(lines)
        ]
        return Block("".join(drawn), step * len(lines) + size * 0.2)

    def heading(self, title: str, subtitle: str) -> Block:
        """A title and a line or more below it, from the picture's top."""
        form, top = self.form, 14.0
        title_lines = lines_of(title, form.head, self.room, most=2, bold=True)
        head = self.written(title_lines, top, form.head, self.colour("ink"), bold=True)
        below = self.written(
            lines_of(subtitle, form.small, self.room),
            top + head.height,
            form.small,
            self.colour("faint"),
        )
        # Whole pixels: a pattern that begins between two of them is drawn much slower.
        height = math.ceil(top + head.height + below.height + 12)
        return Block(head.svg + below.svg, height)

    def footing(self, words: str, top: float) -> Block:
        """What stands at the foot, in the smallest letters."""
        form = self.form
        lines = lines_of(words, form.small, self.room, most=4)
        foot = self.written(lines, top, form.small, self.colour("faint"))
        return Block(foot.svg, foot.height + 14)

    def framed(
        self, drawn: str, height: float, title: str, told: str = "", styles: str = ""
    ) -> str:
        """The whole picture as SVG."""
        width = self.form.width
        about = f"<desc>{shown(told)}</desc>" if told else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" '
            f'height="{height:.0f}" viewBox="0 0 {width} {height:.0f}" '
            f'font-family="{FONT}" role="img"><title>{shown(title)}</title>{about}'
            f"<defs>{styles}</defs>"
            f'<rect width="{width}" height="{height:.0f}" '
            f'fill="{self.colour("paper")}"/>{drawn}</svg>'
        )


_MIRRORED: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}
