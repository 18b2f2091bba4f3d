"""What each command does: options are understood or kindly refused, then the page is
sent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.answers.vote import searched
from bot.commands.explore import options
from bot.commands.explore.asked import Asked, read_again, read_private
from bot.commands.explore.context import context_of
from bot.commands.explore.options import TypedOptions
from bot.commands.explore.pages import PageReplies
from bot.commands.explore.pictures import PictureReplies
from bot.names.blocs import bloc_called
from bot.pictures.drawings import MapQuestion
from bot.pictures.sheet import Theme
from bot.ui.cooldown import Cooldown, must_wait
from bot.ui.interaction import Interaction
from bot.ui.replies import ReplyCache


class Questions:
    """The commands' work. Each takes its options as they were typed; ``private`` is
    None for what the server prefers.
    """

    def __init__(
        self,
        replies: ReplyCache,
        pages: PageReplies,
        pictures: PictureReplies,
        cooldown: Cooldown,
    ) -> None:
        self.replies, self.cooldown = replies, cooldown
        self.pages, self.pictures = pages, pictures

    async def _options(
        self, interaction: Interaction, private: bool | None
    ) -> TypedOptions | None:
        """What reads the options; None when the asker has to wait, and was told so."""
        context = await context_of(interaction, self.replies, private=private)
        preferences = context.server.preferences
        if await must_wait(interaction, self.cooldown, preferences, self.replies):
            return None
        return TypedOptions(interaction, self.replies, context)

    async def compare(
        self,
        interaction: Interaction,
        countries: Sequence[str],
        *,
        on: str | None,
        private: bool | None,
    ) -> None:
        """/compare."""
        given = {f"country {n}": each for n, each in enumerate(countries)}
        asked = Asked("compare", private, {"on": on, **given})
        typed = await self._options(interaction, private)
        if typed is None or (day := await typed.day(asked)) is None:
            return
        if codes := await typed.actors(countries):
            await self.pages.compare(interaction, typed.context, codes, day)

    async def where(
        self,
        interaction: Interaction,
        side: str,
        *,
        region: str | None,
        bloc: str | None,
        since: str | None,
        rank: str | None,
        on: str | None,
        private: bool | None,
    ) -> None:
        """/where."""
        given = {
            "side": side,
            "region": region,
            "bloc": bloc,
            "since": since,
            "rank": rank,
            "on": on,
        }
        asked = Asked("where", private, given)
        typed = await self._options(interaction, private)
        if typed is None or (day := await typed.day(asked)) is None:
            return
        context = typed.context
        if rank:
            await self._ranking(interaction, typed, rank, day)
            return
        sides = options.side_options(context)
        chosen = await typed.one_of(side, sides, typed.texts("sides and levels"))
        if chosen is None or (filters := await typed.filters(region, bloc)) is None:
            return
        if since is None:
            await self.pages.where(interaction, context, chosen, filters, day)
        elif begin := await typed.since(asked, day):
            await self.pages.movers(
                interaction, context, chosen, filters, since=begin, on=day
            )

    async def _ranking(
        self, interaction: Interaction, typed: TypedOptions, rank: str, day: date
    ) -> None:
        """/where as a ranking."""
        rankings = options.ranking_options(typed.context)
        if key := await typed.one_of(rank, rankings, typed.texts("rankings")):
            await self.pictures.ranking(interaction, typed.context, key, day)

    async def bloc(
        self,
        interaction: Interaction,
        name: str,
        *,
        on: str | None,
        private: bool | None,
    ) -> None:
        """/bloc."""
        given = {"name": name, "on": on}
        asked = Asked("bloc", private, given)
        typed = await self._options(interaction, private)
        if typed is None or (day := await typed.day(asked)) is None:
            return
        blocs = options.bloc_options(typed.context)
        called = bloc_called(name, typed.context.base)
        if key := called or await typed.one_of(name, blocs, typed.texts("blocs")):
            await self.pages.bloc(interaction, typed.context, key, day)

    async def vote(
        self,
        interaction: Interaction,
        resolution: str,
        *,
        bloc: str | None,
        region: str | None,
        private: bool | None,
    ) -> None:
        """/vote."""
        typed = await self._options(interaction, private)
        if typed is None:
            return
        votes = options.vote_options(typed.context)
        also = searched(typed.context.base)
        key = await typed.one_of(resolution, votes, typed.texts("roll calls"), also)
        if key and (filters := await typed.filters(region, bloc)) is not None:
            await self.pages.roll(interaction, typed.context, key, filters)

    async def forecast(
        self,
        interaction: Interaction,
        name: str | None,
        *,
        on: str | None,
        private: bool | None,
    ) -> None:
        """/forecast; the first one without a name."""
        asked = Asked("forecast", private, {"name": name, "on": on})
        typed = await self._options(interaction, private)
        if typed is None or (day := await typed.day(asked)) is None:
            return
        forecasts = options.forecast_options(typed.context)
        key = await typed.one_of(name, forecasts, typed.texts("forecasts"))
        if key is not None and (key or forecasts):
            first = key or forecasts[0][0]
            await self.pages.forecast(interaction, typed.context, first, day)

    async def timeline(
        self,
        interaction: Interaction,
        country: str,
        *,
        on: str | None,
        theme: Theme,
        private: bool | None,
    ) -> None:
        """/timeline."""
        given = {"country": country, "on": on, "theme": theme}
        asked = Asked("timeline", private, given)
        typed = await self._options(interaction, private)
        if typed is None or (day := await typed.day(asked)) is None:
            return
        if code := await typed.actor(country, day):
            await self.pictures.timeline(interaction, typed.context, code, day, theme)

    async def map(
        self,
        interaction: Interaction,
        show: str,
        *,
        on: str | None,
        region: str | None,
        theme: Theme,
        private: bool | None,
    ) -> None:
        """/map."""
        given = {"show": show, "on": on, "region": region, "theme": theme}
        asked = Asked("map", private, given)
        typed = await self._options(interaction, private)
        if typed is None or (day := await typed.day(asked)) is None:
            return
        maps = options.map_options(typed.context)
        key = await typed.one_of(show, maps, typed.texts("maps"))
        if key and (filters := await typed.filters(region, None)) is not None:
            wanted = MapQuestion(key, day, filters.region, theme)
            await self.pictures.map(interaction, typed.context, wanted)

    async def again(self, interaction: Interaction, match: re.Match[str]) -> None:
        """A command once more, as a button carries it; ValueError for options that are
        not the command's.
        """
        private = read_private(match["private"])
        given = read_again(match["options"])
        match match["command"], given:
            case "compare", (on, *typed):
                countries = [each for each in typed if each]
                await self.compare(interaction, countries, on=on, private=private)
            case "where", (str(side), region, bloc, since, rank, on):
                await self.where(
                    interaction,
                    side,
                    region=region,
                    bloc=bloc,
                    since=since,
                    rank=rank,
                    on=on,
                    private=private,
                )
            case "bloc", (str(name), on):
                await self.bloc(interaction, name, on=on, private=private)
            case "forecast", (name, on):
                await self.forecast(interaction, name, on=on, private=private)
            case "timeline", (str(country), on, "light" | "dark" as theme):
                await self.timeline(
                    interaction, country, on=on, theme=theme, private=private
                )
            case "map", (str(show), on, region, "light" | "dark" as theme):
                await self.map(
                    interaction,
                    show,
                    on=on,
                    region=region,
                    theme=theme,
                    private=private,
                )
            case _:
                raise ValueError(match["command"])
