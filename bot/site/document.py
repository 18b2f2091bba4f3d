"""A page of the site as plain data: the template lays it out and decides nothing.

Every ``href`` is a path below the site's root, perhaps with a fragment; addresses of
other sites stand in citations alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup

from bot.alignment.over_time import Stop, course
from bot.answers.document import Citation
from bot.knowledge.facts import Base

NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a page of the site; ``level`` colours a mark before them."""

    text: str
    href: str = ""
    level: str = ""
    note: str = ""
    """What stands behind the words, outside the link."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One statement; ``bar`` is 0 to 5 blocks or None, which ``side`` says in words."""

    text: str
    label: str = ""
    href: str = ""
    """Where the label leads; empty for nowhere."""
    bar: int | None = None
    side: str = ""
    cites: tuple[int, ...] = ()
    """Numbers of the page's own list of sources."""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of each row names it. ``columns`` has as many words as a
    row has cells.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page; what is empty is left out."""

    heading: str = ""
    id: str = ""
    level: str = ""
    lead: ShownLine | None = None
    lines: tuple[ShownLine, ...] = ()
    links: tuple[Link, ...] = ()
    table: Table | None = None
    drawing: Markup = NOTHING
    notes: tuple[str, ...] = ()
    folded: bool = False
    """Whether only its heading is shown until it is opened."""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class SitePage:
    """A whole page; ``path`` is below the site's root."""

    path: str
    title: str
    heading: str
    description: str = ""
    """What a preview of a link says."""
    level: str = ""
    level_name: str = ""
    parts: tuple[Part, ...] = ()
    citations: tuple[Citation, ...] = ()
    picture: str = ""
    """The path of the picture for previews of links; empty for none."""
    flag: Markup = NOTHING
    """A drawing before the heading."""
    searches: bool = False
    """Whether what was searched for is shown here."""


@dataclass(frozen=True)
class Edition:
    """A base on a day, with what many pages ask of it."""

    base: Base
    on: date

    @cached_property
    def courses(self) -> Mapping[str, tuple[Stop, ...]]:
        """Each actor's course to the day, by code."""
        return {
            code: course(code, self.base, end=self.on) for code in self.base.countries
        }

    @cached_property
    def levels(self) -> Mapping[str, str]:
        """Each actor's level on the day, by code."""
        return {code: stops[-1].level for code, stops in self.courses.items()}
