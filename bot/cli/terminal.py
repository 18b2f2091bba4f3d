"""An answer as rows of text, printed plainly where a program reads; `bot.cli.colours`
prints them for a person.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import NamedTuple, Protocol, TextIO

from bot.answers import palette
from bot.answers.document import Answer, Citation, Line, Section
from bot.answers.screen import width_of
from bot.answers.sentences import BAR
from bot.cli.output import one_line, printable
from bot.knowledge.addresses import linked, shown_host
from bot.knowledge.conflict import Conflict

_LABEL = 30
"""Columns that labels share."""
_COLUMNS = 100
"""Columns of a plain text."""


class Run(NamedTuple):
    """Some words in one style, Rich's name for it, perhaps a link."""

    text: str
    style: str = ""
    link: str = ""


class Printer(Protocol):
    """Where rows go."""

    for_person: bool
    """Whether a person reads there: who gets links in place of long addresses."""

    def row(self, *runs: Run, whole: bool = False) -> None:
        """Print a row; one that is ``whole`` is not broken where it gets long, for a
        program.
        """
        ...

    def rule(self) -> None:
        """Print a line between two answers."""
        ...


class Plain:
    """Plain text of 100 columns, for a program; nothing of Rich is loaded for it."""

    for_person = False

    def __init__(self, file: TextIO | None = None) -> None:
        self._file = file or sys.stdout

    def row(self, *runs: Run, whole: bool = False) -> None:
        """Write a row, broken between words at 100 columns."""
        for line in "".join(run.text for run in runs).split("\n"):
            lines = [line] if whole else self._broken(line)
            self._file.write("\n".join(lines) + "\n")

    @staticmethod
    def _broken(line: str) -> list[str]:
        broken = textwrap.wrap(
            line, _COLUMNS, break_long_words=False, break_on_hyphens=False
        )
        return broken or [""]

    def rule(self) -> None:
        """Write a line across all columns."""
        self.row(Run("─" * _COLUMNS))


def printer_of_output() -> Printer:
    """Standard output: in colour and as wide as the terminal for a person, with the
    extra ``terminal``; plain and 100 columns wide for a program, and without it.
    """
    if not sys.stdout.isatty() or find_spec("rich") is None:
        return Plain()
    from bot.cli.colours import Coloured

    return Coloured()


Links = Mapping[int, str]
"""The address behind each number, for a terminal that shows a card."""


def _said(line: Line, links: Links) -> Iterator[Run]:
    """A line's text and its numbers, each a link where there are links."""
    yield Run(printable(line.text))
    for number in line.cites:
        yield Run(" ")
        yield Run(f"[{number}]", link=links.get(number, ""))


def bar(line: Line) -> str:
    """Filled and empty marks; empty without a bar."""
    return "" if line.bar is None else "▰" * line.bar + "▱" * (BAR - line.bar)


def _level_style(level: str, conflict: Conflict) -> str:
    """Bold on the level's colour, in whichever ink is read on it: it must be seen on
    dark and on light terminals.
    """
    colour = palette.colour_of(level, conflict)
    return f"bold {palette.ink_on(colour)} on {colour}" if colour else "bold"


def _show_section(section: Section, printer: Printer, links: Links) -> None:
    if section.heading:
        printer.row(Run(one_line(section.heading), "bold"))
    labels = [one_line(line.label) for line in section.lines]
    width = min(max(map(width_of, labels), default=0), _LABEL)
    for label, line in zip(labels, section.lines, strict=True):
        padded = label + " " * (width - width_of(label))
        beside = " ".join(part for part in (bar(line), one_line(line.side)) if part)
        head = "  ".join(part for part in (padded, beside) if part.strip())
        gap = "  " if head and line.text else ""
        front = [Run(f"{head}{gap}", "dim")] if head else []
        printer.row(*front, *_said(line, links))


def _source(citation: Citation, *, for_person: bool) -> Iterator[Run]:
    """One source: its host as a link for a person, the whole address for a program."""
    source = citation.source
    mark = " ⚠" if source.weak else ""
    when = f", {source.published}" if source.published else ""
    said = f"{source.publisher}: {source.title}{when}"
    yield Run(f"[{citation.number}]{mark} {one_line(said)} ")
    url = one_line(source.url)
    if for_person:
        yield Run(one_line(shown_host(url)), link=linked(url))
    else:
        yield Run(url)


def show(
    answer: Answer, printer: Printer, conflict: Conflict, sources: str = "Sources"
) -> None:
    """Print an Answer, its list of ``sources`` under that heading; the printer decides
    about colour and width. A person's terminal has a card's sources behind its numbers,
    a program gets their list.
    """
    links: Links = {}
    if answer.linked and printer.for_person:
        links = {each.number: linked(each.source.url) for each in answer.citations}
    style = _level_style(answer.level, conflict)
    printer.row(Run(one_line(answer.title), style))
    if answer.lead and answer.lead.text:
        printer.row(*_said(answer.lead, links))
    for section in answer.sections:
        printer.row()
        _show_section(section, printer, links)
    listed = () if links else answer.citations
    if listed:
        printer.row()
        printer.row(Run(sources, "bold"))
    for citation in listed:
        printer.row(*_source(citation, for_person=printer.for_person), whole=True)
    if answer.remarks:
        printer.row()
        _show_section(Section("", answer.remarks), printer, links)
    if answer.notes:
        printer.row()
    for note in answer.notes:
        printer.row(Run(printable(note), "dim"))
