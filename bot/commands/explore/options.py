"""What was typed into a command's options: understood, or kindly refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType

from bot.answers import compare, where
from bot.answers.base_words import bloc_name
from bot.answers.document import Answer
from bot.answers.forecast import ordered
from bot.answers.help import bad_date, not_found, which_day
from bot.answers.sentences import shortened
from bot.answers.vote import roll_calls
from bot.commands.explore.asked import Asked
from bot.commands.explore.context import ReplyContext
from bot.commands.explore.pages import Filters
from bot.knowledge.dates import AmbiguousDay, DayRefusal, PastDays, past_day
from bot.names import regions
from bot.names.choose import Also, containing, meant, select_actor
from bot.names.choose import Choice as Named
from bot.pictures.world import shows
from bot.ui import limits
from bot.ui.autocomplete import choice
from bot.ui.interaction import Choice, Interaction
from bot.ui.refusals import say
from bot.ui.replies import ReplyCache

_NOTHING: Also = MappingProxyType({})
_NEAR = 600
"""Characters of a list of what may have been meant."""


def region_options(context: ReplyContext) -> list[Named]:
    """Regions by their UN M49 codes."""
    locale = context.texts.locale
    return [(key, regions.name_of(key, locale)) for key in regions.suggest("", locale)]


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


class TypedOptions:
    """The options of one command. Each method gives what was meant, or None when the
    asker has been told what was not understood.
    """

    def __init__(
        self, interaction: Interaction, replies: ReplyCache, context: ReplyContext
    ) -> None:
        self.interaction, self.context = interaction, context
        self.today, self.first = replies.today(), context.base.first_day
        self.texts = replies.texts(str(interaction.locale.value), context.server)

    async def day(self, asked: Asked) -> date | None:
        """The past day of the option *on*; of several its last. Today without one."""
        days = await self._days("on", asked)
        return days.last if days else None

    async def since(self, asked: Asked, on: date) -> date | None:
        """The first of the days of the option *since*; it lies before ``on``."""
        days = await self._days("since", asked)
        if days is None or days.first < on:
            return days.first if days else None
        await self.refuse_day(asked.options["since"] or "", DayRefusal.FUTURE)
        return None

    async def _days(self, option: str, asked: Asked) -> PastDays | None:
        text = asked.options[option]
        days = past_day(text, self.today, self.first)
        if isinstance(days, PastDays):
            return days
        if isinstance(days, AmbiguousDay):
            page = which_day(
                text or "", days, self.texts, key=lambda day: asked.key(option, day)
            )
            await say(self.interaction, page)
            return None
        await self.refuse_day(text or "", days)
        return None

    async def refuse_day(self, text: str, refusal: DayRefusal) -> None:
        """Say which days are read."""
        page = bad_date(text, self.texts, refusal, first=self.first)
        await say(self.interaction, page)

    async def one_of(
        self,
        typed: str | None,
        options: Sequence[Named],
        what: str,
        also: Also = _NOTHING,
    ) -> str | None:
        """The key that was chosen or typed, empty for nothing; ``also`` has more words
        by which an option is found.
        """
        if not typed:
            return ""
        near = meant(typed, options, also)
        if len(near) == 1:
            return near[0]
        query = shortened(typed, 60)
        lead = self.texts(
            "“{query}” is none of the {what} that I know; choose one from the list.",
            query=query,
            what=what,
        )
        if near:
            names = ", ".join(words for key, words in options if key in near)
            lead = self.texts(
                "“{query}” could be more than one: {names}.",
                query=query,
                names=shortened(names, _NEAR),
            )
        await say(self.interaction, Answer.plain(self.texts("Which one?"), lead))
        return None

    async def filters(self, region: str | None, bloc: str | None) -> Filters | None:
        """A region and a bloc, each empty without one."""
        texts, context = self.texts, self.context
        area = await self.one_of(region, region_options(context), texts("regions"))
        if area is None:
            return None
        group = await self.one_of(bloc, bloc_options(context), texts("blocs"))
        return None if group is None else Filters(area, group)

    async def actor(self, typed: str, on: date) -> str | None:
        """The code of one actor."""
        names = self.context.server.names
        selection = select_actor(typed, names, self.texts.locale)
        if selection.key is None:
            page = not_found(
                typed,
                selection.near,
                self.context.base,
                on,
                self.texts,
                private=True,
            )
            await say(self.interaction, page)
        return selection.key

    async def actors(self, typed: Sequence[str]) -> list[str] | None:
        """The codes of two to four different actors."""
        codes: list[str] = []
        for each in typed:
            names = self.context.server.names
            selection = select_actor(each.strip(), names, self.texts.locale)
            if selection.key is None:
                await self._refuse_actor(each, selection.near)
                return None
            if selection.key not in codes:
                codes.append(selection.key)
        if 2 <= len(codes) <= compare.MOST:
            return codes
        lead = self.texts("Name two to {n} different countries.", n=compare.MOST)
        await say(self.interaction, Answer.plain(self.texts("Compare"), lead))
        return None

    async def _refuse_actor(self, typed: str, near: Sequence[str]) -> None:
        query = shortened(typed, 60)
        lead = self.texts("“{query}” is no country I know.", query=query)
        if near:
            lead = self.texts(
                "“{query}” is not quite a name I know. Did you mean {names}?",
                query=query,
                names=", ".join(self.texts.name(code) for code in near),
            )
        await say(self.interaction, Answer.plain(self.texts("Which country?"), lead))
