"""Answer to the terminal: colours and links where a person reads, plain text where a
program does.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.answers.document import Answer, Citation, Line, Section
from bot.answers.sentences import BAR, level_tones
from bot.cli.output import one_line, printable
from bot.knowledge.addresses import linked, shown_host
from bot.knowledge.conflict import Conflict, Tone

_LABEL = 24
"""Columns that labels share."""
_TONE: dict[Tone, str] = {
    "first-strong": "bold red",
    "first": "red",
    "first-weak": "dim red",
    "middle": "bold yellow",
    "second-weak": "dim cyan",
    "second": "cyan",
    "second-strong": "bold blue",
}


def console_of_output() -> Console:
    """Standard output: in colour and as wide as the terminal for a person, plain and
    100 columns wide for a program.
    """
    plain = not sys.stdout.isatty()
    return Console(
        no_color=plain,
        highlight=False,
        emoji=False,
        markup=False,
        width=100 if plain else None,
    )


Links = Mapping[int, str]
"""The address behind each number, for a terminal that shows a card."""


def _add_cites(text: Text, line: Line, links: Links) -> None:
    """The numbers of a line, each a link where there are links."""
    for number in line.cites:
        link = links.get(number)
        style = Style(link=link) if link else Style()
        text.append(" ")
        text.append(f"[{number}]", style=style)


def bar(line: Line) -> str:
    """Filled and empty marks; empty without a bar."""
    return "" if line.bar is None else "▰" * line.bar + "▱" * (BAR - line.bar)


def _level_style(level: str, conflict: Conflict) -> str:
    tone = level_tones(conflict).get(level)
    return _TONE[tone] if tone else "bold"


def _show_section(section: Section, console: Console, links: Links) -> None:
    if section.heading:
        console.print(Text(one_line(section.heading), style="bold"))
    labels = [one_line(line.label) for line in section.lines]
    width = min(max(map(len, labels), default=0), _LABEL)
    for label, line in zip(labels, section.lines, strict=True):
        parts = (label.ljust(width), bar(line), one_line(line.side))
        head = " ".join(part for part in parts if part.strip())
        gap = "  " if head and line.text else ""
        text = Text(f"{head}{gap}", style="dim" if head else "")
        said = Text(printable(line.text), style="default not dim")
        _add_cites(said, line, links)
        console.print(text.append(said))


def _source(citation: Citation, console: Console) -> Text:
    """One source: its host as a link for a person, the whole address for a program."""
    source = citation.source
    mark = " ⚠" if source.weak else ""
    when = f", {source.published}" if source.published else ""
    said = f"{source.publisher}: {source.title}{when}"
    text = Text(f"[{citation.number}]{mark} {one_line(said)} ")
    url = one_line(source.url)
    if console.is_terminal:
        text.append(one_line(shown_host(url)), style=Style(link=linked(url)))
    else:
        text.append(url)
    return text


def show(answer: Answer, console: Console, conflict: Conflict) -> None:
    """Print an Answer; ``console`` decides about colour and width. A person's terminal
    has a card's sources behind its numbers, a program gets their list.
    """
    links: Links = {}
    if answer.linked and console.is_terminal:
        links = {each.number: linked(each.source.url) for each in answer.citations}
    style = _level_style(answer.level, conflict)
    console.print(Text(one_line(answer.title), style=style))
    if answer.lead and answer.lead.text:
        lead = Text(printable(answer.lead.text))
        _add_cites(lead, answer.lead, links)
        console.print(lead)
    for section in answer.sections:
        console.print()
        _show_section(section, console, links)
    listed = () if links else answer.citations
    if listed:
        console.print()
        console.print(Text("Sources", style="bold"))
    for citation in listed:
        text = _source(citation, console)
        console.print(text, soft_wrap=not console.is_terminal)
    if answer.notes:
        console.print()
    for note in answer.notes:
        console.print(Text(printable(note), style="dim"))
