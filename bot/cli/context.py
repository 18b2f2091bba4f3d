"""What a verb that answers works with: a base, its names and words, and the day."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from bot.answers.texts import Texts, languages
from bot.cli.common import CommandError, clock_of, read
from bot.cli.output import quoted
from bot.knowledge.dates import AmbiguousDay, DayRefusal, PastDays, past_day
from bot.knowledge.facts import Base
from bot.names.choose import Also, Choice, select, select_actor
from bot.names.index import NameIndex, names_of
from bot.names.locales import babel_locale
from bot.runtime.exit_code import ExitCode

_LISTED = 30
"""Options that are listed where nothing was meant."""
_REFUSALS = {
    DayRefusal.UNREADABLE: "{typed} is not a date that I can read; write {year}, "
    "{month}, {day}, {dotted} or {written}, or yesterday, last week, last month or "
    "last year.",
    DayRefusal.FUTURE: "{typed} has not come yet; name a past day.",
    DayRefusal.EARLY: "{typed} is too early; what I know begins on {first}.",
}


def _language(args: argparse.Namespace) -> str:
    """The language that is asked for; without one the terminal's, where Ally speaks it,
    but English in what programs read.
    """
    if args.lang:
        return babel_locale(args.lang)
    if args.json:
        return "en"
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next(filter(None, map(os.environ.get, names)), "")
    language = chosen.partition("_")[0].partition(".")[0]
    if language not in {each.partition("_")[0] for each in languages()} - {"en"}:
        return "en"
    return chosen.partition(".")[0].partition("@")[0]


@dataclass(frozen=True, slots=True)
class Context:
    """A base with its names and words, and the day on which is asked."""

    base: Base
    names: NameIndex
    texts: Texts
    today: date

    @classmethod
    def of(cls, args: argparse.Namespace) -> Context:
        """Of the base in use, in the language that is asked for, today."""
        base = read(args)
        names = names_of(base)
        return cls(
            base,
            names,
            Texts(_language(args), names.display, base.catalogues),
            clock_of(args).today(),
        )

    def day(self, text: str | None) -> date:
        """The past day that a text means, of several the last; today without one."""
        return self._days(text).last

    def since(self, text: str, on: date) -> date:
        """The first of the days that a text means; it lies before ``on``."""
        begin = self._days(text).first
        if begin >= on:
            msg = f"{quoted(text)} does not lie before {on}; name an earlier day."
            raise CommandError(msg, ExitCode.USAGE)
        return begin

    def _days(self, text: str | None) -> PastDays:
        first = self.base.first_day
        days = past_day(text, self.today, first)
        if isinstance(days, DayRefusal):
            from bot.answers.examples import day_spellings

            said = _REFUSALS[days].format(
                typed=quoted(text or ""),
                first=first,
                **day_spellings(first, self.texts),
            )
            raise CommandError(said, ExitCode.USAGE)
        if isinstance(days, AmbiguousDay):
            meant = " or ".join(
                f"{each.first.isoformat()} ({self.texts.date(each.first)})"
                for each in days.days
            )
            said = f"{quoted(text or '')} can be read in two ways; write {meant}."
            raise CommandError(said, ExitCode.USAGE)
        return days

    def actor(self, text: str) -> str:
        """The code of the actor that a text surely means."""
        selection = select_actor(text, self.names)
        if selection.key is not None:
            return selection.key
        near = ", ".join(f"{self.names.display(c)} ({c})" for c in selection.near)
        hint = f" Did you mean: {near}?" if near else ""
        raise CommandError(f"{quoted(text)} is not quite a name I know.{hint}")

    def option(
        self,
        text: str,
        options: Sequence[Choice],
        what: str,
        also: Also = MappingProxyType({}),
    ) -> str:
        """The key of the option that a text means; ``also`` has more words by which an
        option is found.
        """
        selection = select(text, options, also)
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
