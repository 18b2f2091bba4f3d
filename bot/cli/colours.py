"""Rows of text for a person at a terminal: colours, links, its own width."""

from __future__ import annotations

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.cli.terminal import Run


class Coloured:
    """A terminal in front of a person; standard output if none is given."""

    for_person = True

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, emoji=False, markup=False)

    def row(self, *runs: Run, whole: bool = False) -> None:
        """Print a row, broken between words at the terminal's width."""
        text = Text()
        for run in runs:
            style = Style.parse(run.style) + Style(link=run.link or None)
            text.append(run.text, style)
        self._console.print(text)

    def rule(self) -> None:
        """Print a line across the terminal."""
        self._console.rule()
