"""What a verb that answers works with: a base, its names and words, and the day."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from bot.answers.document import Answer
from bot.answers.texts import Texts, languages
from bot.cli.common import CommandError, clock_of, read
from bot.cli.output import quoted
from bot.knowledge.dates import AmbiguousDay, DayRefusal, PastDays, past_day
from bot.knowledge.facts import Base
from bot.names.choose import Also, Choice, select, select_actor
from bot.names.index import NameIndex, names_of
from bot.names.locales import cldr_locale, spelled, varieties
from bot.runtime.exit_code import ExitCode

_LISTED = 30
"""Options that are listed where nothing was meant."""


def spoken() -> str:
    """The terminal's language, where Ally speaks it or a variety of it."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next(filter(None, map(os.environ.get, names)), "")
    locale = chosen.partition(".")[0].partition("@")[0]
    language = locale.partition("_")[0]
    spoken_here = [each for each in languages() if each.partition("_")[0] == language]
    if not spoken_here:
        return "en"
    # Chinese has a variety for each of two scripts, which CLDR finds by the country.
    known = language in spoken_here or language == "zh" or locale in spoken_here
    return locale if known else spoken_here[0]


def texts_called(typed: str) -> str:
    """The language of the texts that a typed language (``pt-PT``, ``zh_TW``) gets;
    CommandError with the list of them if there are none.
    """
    known = languages()
    locale = spelled(cldr_locale(typed.strip()))
    found = next((each for each in varieties(locale or "") if each in known), None)
    if found is None:
        msg = f"There are no texts in {quoted(typed)}; there are {', '.join(known)}."
        raise CommandError(msg, ExitCode.USAGE)
    return found


def locale_of(args: argparse.Namespace) -> str:
    """The language that is asked for; without one the terminal's, where Ally speaks it,
    but English in what programs read. Errors as ``texts_called``.
    """
    if args.lang:
        texts_called(args.lang)
        return cldr_locale(args.lang.strip())
    return "en" if args.json else spoken()


def words_of(args: argparse.Namespace) -> Texts:
    """Words in that language, for what needs no base."""
    return Texts(locale_of(args))


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
        locale = locale_of(args)
        base = read(args)
        names = names_of(base)
        return cls(
            base,
            names,
            Texts(locale, names.display, base.catalogues),
            clock_of(args).today(),
        )

    def day(self, text: str | None) -> date:
        """The past day that a text means, of several the last; today without one."""
        return self._days(text).last

    def begin(self, text: str) -> date:
        """The first of the days that a text means, today at the latest."""
        return self._days(text).first

    def since(self, text: str, on: date) -> date:
        """The same for what is compared with ``on``: the day before where it is that
        day itself.
        """
        from bot.alignment.changes import day_before

        since = day_before(self.begin(text), on, self.base.first_day)
        if since is None:
            raise self._no_day(text, DayRefusal.FUTURE)
        return since

    def _days(self, text: str | None) -> PastDays:
        days = past_day(text, self.today, self.base.first_day)
        if isinstance(days, DayRefusal):
            raise self._no_day(text or "", days)
        if isinstance(days, AmbiguousDay):
            from bot.answers.help import which_day

            page = which_day(text or "", days, self.texts, key=lambda _: "")
            lines = (line.text for section in page.sections for line in section.lines)
            raise CommandError("\n".join([_lead(page), *lines]), ExitCode.USAGE)
        return days

    def _no_day(self, text: str, refusal: DayRefusal) -> CommandError:
        from bot.answers.help import bad_date

        page = bad_date(text, self.texts, refusal, first=self.base.first_day)
        return CommandError(_lead(page), ExitCode.USAGE)

    def actor(self, text: str) -> str:
        """The code of the actor that a text surely means."""
        selection = select_actor(text, self.names, self.texts.locale)
        if selection.key is not None:
            return selection.key
        from bot.answers.help import no_actor

        near = [f"{self.texts.name(code)} ({code})" for code in selection.near]
        raise CommandError(no_actor(text, near, self.texts))

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
        from bot.answers.help import none_of

        words = dict(options)
        keys = selection.near or tuple(words)
        lines = [f"  {key}  {words[key]}" for key in keys[:_LISTED]]
        if len(keys) > _LISTED:
            more = self.texts("… and {n} more", n=len(keys) - _LISTED)
            lines.append(f"  {more}")
        raise CommandError("\n".join([none_of(text, what, self.texts), *lines]))


def _lead(page: Answer) -> str:
    return page.lead.text if page.lead else page.title
