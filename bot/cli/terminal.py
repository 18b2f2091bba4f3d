"""Answer to the terminal: colours and links where a person reads, plain text where a
program does.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

from rich.console import Console
from rich.text import Text

from bot.answers.document import Answer, Line
from bot.answers.sentences import BAR

_STYLE = {
    "ally-russia": "bold red",
    "leans-russia": "red",
    "neutral": "bold yellow",
    "leans-ukraine": "cyan",
    "ally-ukraine": "bold blue",
    "party": "bold magenta",
}


def printable(text: str) -> str:
    """Text without control characters, so that no source can drive the terminal."""
    return "".join(
        c
        for c in text
        if c == "\n" or unicodedata.category(c)[0] != "C" or c == "\u200d"
    )


def _cites(line: Line) -> str:
    return "".join(f" [{n}]" for n in line.cites)


def bar(line: Line) -> str:
    """Filled and empty marks; empty without a bar."""
    return "" if line.bar is None else "▰" * line.bar + "▱" * (BAR - line.bar)


def show(answer: Answer, console: Console) -> None:
    """Print an Answer; ``console`` decides about colour and width."""
    console.print(Text(printable(answer.title), style=_STYLE.get(answer.level, "bold")))
    if answer.lead and answer.lead.text:
        console.print(Text(printable(answer.lead.text + _cites(answer.lead))))
    for section in answer.sections:
        console.print()
        if section.heading:
            console.print(Text(printable(section.heading), style="bold"))
        width = max((len(line.label) for line in section.lines), default=0)
        for line in section.lines:
            head = " ".join(
                part
                for part in (line.label.ljust(min(width, 24)), bar(line), line.side)
                if part.strip()
            )
            text = Text(
                printable(f"{head}  " if head else ""), style="dim" if head else ""
            )
            text.append(printable(line.text) + _cites(line), style="default not dim")
            console.print(text)
    if answer.citations:
        console.print()
        console.print(Text("Sources", style="bold"))
    for cited in answer.citations:
        source = cited.source
        mark = " ⚠" if source.weak else ""
        when = f", {source.published}" if source.published else ""
        text = Text(
            printable(
                f"[{cited.number}]{mark} {source.publisher}: {source.title}{when} "
            )
        )
        host = urlsplit(source.url).hostname or ""
        if console.is_terminal:
            text.append(host, style=f"link {source.url}")
        else:
            text.append(source.url)
        console.print(text, soft_wrap=not console.is_terminal)
    if answer.notes:
        console.print()
    for note in answer.notes:
        console.print(Text(printable(note), style="dim"))
