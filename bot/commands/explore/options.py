"""What was typed into a command's options: understood, or kindly refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from types import MappingProxyType

from bot.alignment.changes import PERIODS, day_before, period_begin
from bot.answers import compare, page_ids, where
from bot.answers.base_words import bloc_name, ranking_name
from bot.answers.changes import period_names
from bot.answers.document import Action, Answer, Menu
from bot.answers.forecast import ordered
from bot.answers.help import (
    bad_date,
    day_buttons,
    no_actor,
    none_of,
    not_found,
    which_day,
    with_examples,
)
from bot.answers.sentences import shortened
from bot.answers.vote import roll_calls
from bot.commands.explore.asked import Asked
from bot.commands.explore.pages import Filters
from bot.knowledge.dates import AmbiguousDay, DayRefusal, PastDays, past_day
from bot.knowledge.facts import Base
from bot.names import regions
from bot.names.blocs import other_names
from bot.names.choose import Also, containing, meant, select_actor
from bot.names.choose import Choice as Named
from bot.pictures.world import shows
from bot.ui import limits
from bot.ui.autocomplete import choice
from bot.ui.interaction import Choice
from bot.ui.page import RefusedError, ReplyContext
from bot.ui.reading import Offers, Reader

_NOTHING: Also = MappingProxyType({})
_NEAR = 600
"""Characters of a list of what may have been meant."""


def region_options(context: ReplyContext) -> list[Named]:
    """Regions by their UN M49 codes."""
    locale = context.texts.locale
    return [(key, regions.name_of(key, locale)) for key in regions.ALL_REGIONS]


def bloc_options(context: ReplyContext) -> list[Named]:
    """Blocs."""
    return [
        (bloc.id, bloc_name(bloc, context.texts))
        for bloc in context.base.blocs.values()
    ]


def vote_options(context: ReplyContext) -> list[Named]:
    """Roll calls, the newest first."""
    return roll_calls(context.base, context.texts)


def forecast_options(context: ReplyContext) -> list[Named]:
    """Forecasts, in the order in which they are told."""
    return [
        (each.id, f"{each.source.publisher}, {each.date}: {each.source.title}")
        for each in ordered(context.base)
    ]


def map_options(context: ReplyContext) -> list[Named]:
    """What a map can show."""
    return list(shows(context.base, context.texts))


def ranking_options(context: ReplyContext) -> list[Named]:
    """Rankings."""
    rankings = context.base.conflict.rankings
    return [(each.id, ranking_name(each, context.texts)) for each in rankings]


def period_options(context: ReplyContext) -> list[Named]:
    """Spans of time back from today."""
    return list(period_names(context.texts).items())


def side_options(context: ReplyContext) -> list[Named]:
    """Sides and levels."""
    return list(where.sides(context.base, context.texts))


def offered(
    options: Sequence[Named], current: str, also: Also = _NOTHING
) -> list[Choice]:
    """The options that contain what has been typed so far, the likeliest first;
    ``also`` has more words by which one is found.
    """
    words = dict(options)
    keys = containing(current, options, also)[: limits.CHOICES]
    return [choice(words[key], key) for key in keys]


def offers_of(
    listed: Callable[[ReplyContext], Sequence[Named]],
    also: Callable[[Base], Also] = lambda _: {},
) -> Offers:
    """What completes an option of a list of choices; ``also`` gives more words by which
    one is found.
    """

    def offers(reader: Reader, current: str) -> list[Choice]:
        context = reader.context(private=True)
        return offered(listed(context), current, also(context.base))

    return offers


region_offers = offers_of(region_options, lambda _: regions.in_english())
"""What completes a region, found by its English name too."""


class TypedOptions:
    """The options of one command. Each method gives what was meant; RefusedError says
    what was not understood.
    """

    def __init__(self, reader: Reader, context: ReplyContext) -> None:
        self.context, self.texts = context, reader.texts
        self.mine = reader.context(private=True)
        """What the options offered: in the reader's words, whatever the reply's are."""
        self.today, self.first = reader.today, context.base.first_day

    def day(self, asked: Asked) -> date:
        """The past day of the option *on*; of several its last. Today without one."""
        return self._days("on", asked).last

    def begin(self, asked: Asked) -> date:
        """The first of the days of the option *since*, today at the latest."""
        return self._days("since", asked).first

    def since(self, asked: Asked, on: date) -> date:
        """The same for what is compared with ``on``: the day before where it is that
        day itself.
        """
        since = day_before(self.begin(asked), on, self.first)
        if since is None:
            raise self._not_a_day("since", asked, DayRefusal.FUTURE, on)
        return since

    def back(self, asked: Asked) -> date:
        """The day after which to look: a span of time before today by its word, or as
        ``since``; not before the base begins.
        """
        typed = (asked.options["since"] or "").strip()
        near = meant(typed, period_options(self.mine))
        if typed in PERIODS or len(near) == 1:
            period = typed if typed in PERIODS else near[0]
            return max(self.first, period_begin(period, self.today))
        return self.since(asked, self.today)

    def _days(self, option: str, asked: Asked) -> PastDays:
        text = asked.options[option]
        days = past_day(text, self.today, self.first)
        if isinstance(days, PastDays):
            return days
        if isinstance(days, AmbiguousDay):

            def key(day: date) -> str:
                return asked.key(option, day)

            raise self._refused(which_day(text or "", days, self.texts, key=key))
        raise self._not_a_day(option, asked, days)

    def _not_a_day(
        self, option: str, asked: Asked, refusal: DayRefusal, on: date | None = None
    ) -> RefusedError:
        """Says why it is none, and asks the same about some that are; ``on`` is the
        day before which they must lie, today without one.
        """
        ways = day_buttons(
            self._near(option, refusal, on or self.today),
            self.texts,
            lambda day: asked.key(option, day),
        )
        text = asked.options[option] or ""
        return self._refused(
            bad_date(text, self.texts, refusal, first=self.first, actions=ways)
        )

    def _near(self, option: str, refusal: DayRefusal, on: date) -> tuple[date, ...]:
        """Days to ask about instead of one that is none."""
        if refusal is DayRefusal.EARLY:
            return (self.first,)
        if option != "since":
            return (on,)
        days = (period_begin(period, on) for period in PERIODS)
        return tuple(day for day in days if day >= self.first) or (self.first,)

    def _refused(self, page: Answer) -> RefusedError:
        """A refusal that leads on, to examples if nowhere else."""
        return RefusedError(with_examples(page, self.context.base, self.texts))

    def one_of(
        self,
        typed: str | None,
        options: Sequence[Named],
        what: str,
        ask: Callable[[str], str],
        also: Also = _NOTHING,
    ) -> str:
        """The key that was chosen or typed, empty for nothing; ``ask`` gives the custom
        id that asks the same with another key, ``also`` more words by which an option
        is found.
        """
        if not typed:
            return ""
        near = meant(typed, options, also)
        if len(near) == 1:
            return near[0]
        lead = none_of(typed, what, self.texts)
        if near:
            names = self.texts.row(words for key, words in options if key in near)
            lead = self.texts(
                "“{query}” could be more than one: {names}.",
                query=shortened(typed, 60),
                names=shortened(names, _NEAR),
            )
        offered = [(key, words) for key, words in options if not near or key in near]
        ways = [Action(ask(key), words) for key, words in offered[: limits.CHOICES]]
        title = self.texts("Which one?")
        menu = Menu("menu:meant", title, tuple(way for way in ways if way.id))
        raise self._refused(replace(Answer.plain(title, lead), menus=(menu,)))

    def nothing_there(self, lead: str) -> RefusedError:
        """For a base without what was asked about."""
        return self._refused(Answer.plain(self.texts("Nothing there"), lead))

    def filters(self, asked: Asked) -> Filters:
        """The options *region* and *bloc*, each empty without one."""
        texts, mine, given = self.texts, self.mine, asked.options
        area = self.one_of(
            given.get("region"),
            region_options(mine),
            texts("regions"),
            partial(asked.key, "region"),
            regions.in_english(),
        )
        group = self.one_of(
            given.get("bloc"),
            bloc_options(mine),
            texts("blocs"),
            partial(asked.key, "bloc"),
            other_names(mine.base),
        )
        return Filters(area, group)

    def actor(self, typed: str, on: date) -> str:
        """The code of one actor."""
        names, base = self.context.server.names, self.context.base
        selection = select_actor(typed, names, self.texts.locale)
        if selection.key is None:
            near = selection.near
            raise RefusedError(
                not_found(typed, near, base, on, self.texts, private=True)
            )
        return selection.key

    def actors(self, typed: Sequence[str], on: date) -> list[str]:
        """The codes of two to four different actors, to be compared on a day."""
        codes: list[str] = []
        for place, each in enumerate(typed):
            names = self.context.server.names
            selection = select_actor(each.strip(), names, self.texts.locale)
            if selection.key is None:
                others = [*typed[:place], *typed[place + 1 :]]
                raise self._no_actor(each, selection.near, others, on)
            if selection.key not in codes:
                codes.append(selection.key)
        if 2 <= len(codes) <= compare.MOST:
            return codes
        title = self.texts("Compare")
        lead = self.texts("Name two to {n} different countries.", n=compare.MOST)
        again = Action(page_ids.compare_with(codes[:1], on), title)
        raise self._refused(Answer.plain(title, lead, actions=(again,)))

    def _no_actor(
        self, typed: str, near: Sequence[str], others: Sequence[str], on: date
    ) -> RefusedError:
        """Offers to compare the ``others`` with what may have been meant instead."""
        names, locale = self.context.server.names, self.texts.locale
        known = [select_actor(each.strip(), names, locale).key for each in others]
        codes = [code for code in known if code]
        actions = [
            Action(page_ids.compare([*codes, code], on), self.texts.name(code))
            for code in near
            if code not in codes
        ]
        lead = no_actor(typed, [self.texts.name(code) for code in near], self.texts)
        ways = page_ids.that_fit(actions) if codes else ()
        page = Answer.plain(self.texts("Which country?"), lead, actions=ways)
        return self._refused(page)
