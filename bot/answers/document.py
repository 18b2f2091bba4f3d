"""The Answer: what Ally says, as plain data. Renderers lay it out; they decide
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from typing import Literal

from bot.knowledge.documents import Source


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered source."""

    number: int
    source: Source


@dataclass(frozen=True, slots=True)
class Line:
    """One statement and the numbers of its citations; ``label`` and ``bar`` (0 to 5
    marks filled, or None for no bar) stand before it.
    """

    text: str
    _: KW_ONLY
    cites: tuple[int, ...] = ()
    label: str = ""
    bar: int | None = None
    side: str = ""
    by: int | None = None
    """The Discord user who did what the line tells."""
    roles: tuple[int, ...] = ()
    channel: int = 0

    @classmethod
    def labelled(
        cls,
        label: str,
        text: str = "",
        *,
        cites: tuple[int, ...] = (),
        by: int | None = None,
    ) -> Line:
        """A statement with what it is about before it."""
        return cls(text, cites=cites, label=label, by=by)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading; an empty heading is left out."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """Something the reader can ask for next: ``id`` is a stateless custom id or a
    command to type.
    """

    id: str
    label: str
    emoji: str = ""
    enabled: bool = True
    tone: Literal["plain", "go", "stop"] = "plain"
    """What a press does: shows something, changes something, or throws something away.
    """
    url: str = ""
    """A public address that it opens; its ``id`` is empty then."""


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of one choice, at most 25 options: each one's id is that of a button that
    would do the same.
    """

    id: str
    label: str
    options: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. ``level`` is a level's id or empty for pages that name none."""

    title: str
    _: KW_ONLY
    level: str = ""
    lead: Line | None = None
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    on: date | None = None
    actions: tuple[Action, ...] = ()
    menus: tuple[Menu, ...] = ()
    linked: bool = False
    """Whether numbers are links where they stand, without a list of the sources."""
    remarks: tuple[Line, ...] = ()
    """What the curators remark, shown with the sources."""
    web: str = ""
    """The page of the site that says this and more: a path below the site's root, or
    once the site is known its whole address; empty for none.
    """
    described: str = ""
    """All that a picture above the answer shows, in words, for those who do not see it.
    """

    @classmethod
    def plain(
        cls,
        title: str,
        lead: str = "",
        *,
        lines: Iterable[Line] = (),
        notes: Iterable[str] = (),
        actions: Iterable[Action] = (),
    ) -> Answer:
        """A page that names no level and cites nothing: a sentence, lines, notes."""
        rows = tuple(lines)
        return cls(
            title,
            lead=Line(lead) if lead else None,
            sections=(Section("", rows),) if rows else (),
            notes=tuple(notes),
            actions=tuple(actions),
        )


@dataclass(slots=True)
class Citations:
    """Numbers sources in the order in which lines use them; the same source keeps its
    number.
    """

    _numbers: dict[Source, int] = field(default_factory=dict[Source, int])

    def cite(self, sources: Iterable[Source]) -> tuple[int, ...]:
        """The numbers of these sources, given out now if they are new."""
        return tuple(
            self._numbers.setdefault(source, len(self._numbers) + 1)
            for source in sources
        )

    def listed(self) -> tuple[Citation, ...]:
        """All of them, by number."""
        return tuple(
            Citation(number, source) for source, number in self._numbers.items()
        )
