"""What a verb that answers works with: a base, its names and words, and the day."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.texts import Texts
from bot.cli.common import CommandError, clock_of, read
from bot.cli.output import quoted
from bot.knowledge.dates import DayRefusal, past_day
from bot.knowledge.facts import Base
from bot.names.choose import Choice, select, select_actor
from bot.names.index import NameIndex, names_of
from bot.runtime.exit_code import ExitCode

_LISTED = 30
"""Options that are listed where nothing was meant."""
_REFUSALS = {
    DayRefusal.UNREADABLE: "{typed} is not a date that I can read; write 2022, "
    "2022-03, 2022-03-02 or 2 March 2022.",
    DayRefusal.FUTURE: "{typed} has not come yet; name a past day.",
    DayRefusal.EARLY: "{typed} is too early; what I know begins on {first}.",
}


@dataclass(frozen=True, slots=True)
class Context:
    """A base with its names and words, and the day on which is asked."""

    base: Base
    names: NameIndex
    texts: Texts
    today: date

    @classmethod
    def of(cls, args: argparse.Namespace) -> Context:
        """Of the base in use, in English, today."""
        base = read(args)
        names = names_of(base)
        return cls(base, names, Texts("en", names.display), clock_of(args).today())

    def day(self, text: str | None) -> date:
        """The past day that a text means; today without one."""
        first = self.base.first_day
        days = past_day(text, self.today, first)
        if isinstance(days, DayRefusal):
            said = _REFUSALS[days].format(typed=quoted(text or ""), first=first)
            raise CommandError(said, ExitCode.USAGE)
        return days.last

    def actor(self, text: str) -> str:
        """The code of the actor that a text surely means."""
        selection = select_actor(text, self.names)
        if selection.key is not None:
            return selection.key
        near = ", ".join(f"{self.names.display(c)} ({c})" for c in selection.near)
        hint = f" Did you mean: {near}?" if near else ""
        raise CommandError(f"{quoted(text)} is not quite a name I know.{hint}")

    def option(self, text: str, options: Sequence[Choice], what: str) -> str:
        """The key of the option that a text means."""
        selection = select(text, options)
        if selection.key is not None:
            return selection.key
        words = dict(options)
        keys = selection.near or tuple(words)
        lines = [f"  {key}  {words[key]}" for key in keys[:_LISTED]]
        if len(keys) > _LISTED:
            lines.append(f"  … and {len(keys) - _LISTED} more")
        head = "Did you mean:" if selection.near else "There are:"
        raise CommandError(
            "\n".join([f"{quoted(text)} is not one of the {what}. {head}", *lines])
        )
