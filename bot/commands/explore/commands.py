"""/compare, /where, /bloc, /vote, /timeline, /map, /forecast: their options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from discord import app_commands

from bot.answers.vote import searched
from bot.commands.explore import options
from bot.commands.explore.context import ReplyContext, context_of
from bot.commands.explore.questions import Questions
from bot.knowledge.facts import Base
from bot.names.choose import Also
from bot.names.choose import Choice as Named
from bot.ui.autocomplete import Country, completes_countries
from bot.ui.interaction import Choice, Command, Completion, Interaction
from bot.ui.replies import ReplyCache

On = app_commands.Range[str, 1, 40]
Key = app_commands.Range[str, 1, 100]
_ON = (
    "A past day: 2022, 2022-03-02, 24.02.2022, 2 March 2022, last year (default today)"
)
_PRIVATE = "Only you see the answer"


def commands(work: Questions) -> list[Command]:
    """The commands, with what completes their options."""
    compare, where, bloc = _compare(work), _where(work), _bloc(work)
    vote, forecast = _vote(work), _forecast(work)
    timeline, map_ = _timeline(work), _map(work)
    replies = work.replies
    completes_countries(replies, [compare], "first", "second", "third", "fourth")
    completes_countries(replies, [timeline], "country")
    regions = _completes(replies, options.region_options)
    blocs = _completes(replies, options.bloc_options)
    where.autocomplete("side")(_completes(replies, options.side_options))
    where.autocomplete("region")(regions)
    where.autocomplete("rank")(_completes(replies, options.ranking_options))
    where.autocomplete("bloc")(blocs)
    bloc.autocomplete("name")(blocs)
    vote.autocomplete("resolution")(_completes(replies, options.vote_options, searched))
    vote.autocomplete("region")(regions)
    vote.autocomplete("bloc")(blocs)
    forecast.autocomplete("name")(_completes(replies, options.forecast_options))
    map_.autocomplete("show")(_completes(replies, options.map_options))
    map_.autocomplete("region")(regions)
    made = [compare, where, bloc, vote, forecast, timeline, map_]
    for command in made:
        app_commands.allowed_installs(guilds=True, users=True)(command)
        app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(
            command
        )
    return made


def _completes(
    replies: ReplyCache,
    listed: Callable[[ReplyContext], list[Named]],
    also: Callable[[Base], Also] = lambda _: {},
) -> Completion:
    async def complete(interaction: Interaction, current: str) -> list[Choice]:
        context = await context_of(interaction, replies, private=True)
        return options.offered(listed(context), current, also(context.base))

    return complete


def _compare(work: Questions) -> Command:
    @app_commands.command(
        name="compare",
        description="Two to four countries side by side, e.g. belarus and armenia",
    )
    @app_commands.describe(
        first="A name, code or flag",
        second="Another one",
        third="Perhaps a third",
        fourth="Perhaps a fourth",
        on=_ON,
        private=_PRIVATE,
    )
    async def compare(
        interaction: Interaction,
        first: Country,
        second: Country,
        third: Country | None = None,
        fourth: Country | None = None,
        on: On | None = None,
        private: bool | None = None,
    ) -> None:
        countries = [each for each in (first, second, third, fourth) if each]
        await work.compare(interaction, countries, on=on, private=private)

    return cast("Command", compare)


def _where(work: Questions) -> Command:
    @app_commands.command(
        name="where",
        description="Who is on which side, counted and listed, e.g. side:neutral",
    )
    @app_commands.rename(rank="as")
    @app_commands.describe(
        side="A side or a level; everybody if left out",
        region="Only there: Africa, Europe, Central Asia …",
        bloc="Only its members",
        since="Only those whose level has changed since this day",
        rank="As a ranking with a chart, e.g. military aid",
        on=_ON,
        private=_PRIVATE,
    )
    async def where(
        interaction: Interaction,
        side: Key = "all",
        region: Key | None = None,
        bloc: Key | None = None,
        since: On | None = None,
        rank: Key | None = None,
        on: On | None = None,
        private: bool | None = None,
    ) -> None:
        await work.where(
            interaction,
            side,
            region=region,
            bloc=bloc,
            since=since,
            rank=rank,
            on=on,
            private=private,
        )

    return cast("Command", where)


def _bloc(work: Questions) -> Command:
    @app_commands.command(
        name="bloc",
        description="A bloc's members, where each stands, and how united it votes",
    )
    @app_commands.describe(
        name="CSTO, European Union, BRICS …", on=_ON, private=_PRIVATE
    )
    async def bloc(
        interaction: Interaction,
        name: Key,
        on: On | None = None,
        private: bool | None = None,
    ) -> None:
        await work.bloc(interaction, name, on=on, private=private)

    return cast("Command", bloc)


def _vote(work: Questions) -> Command:
    @app_commands.command(
        name="vote",
        description="A roll call: who voted how, and who broke with their bloc",
    )
    @app_commands.describe(
        resolution="Name, symbol, title, body or date, e.g. ES-11/1",
        bloc="Only its members",
        region="Only there",
        private=_PRIVATE,
    )
    async def vote(
        interaction: Interaction,
        resolution: Key,
        bloc: Key | None = None,
        region: Key | None = None,
        private: bool | None = None,
    ) -> None:
        await work.vote(
            interaction, resolution, bloc=bloc, region=region, private=private
        )

    return cast("Command", vote)


def _forecast(work: Questions) -> Command:
    @app_commands.command(
        name="forecast",
        description="Forecasts scored: who was named, and what they did",
    )
    @app_commands.describe(
        name="Which one; the article of 26 January 2022 if left out",
        on=_ON,
        private=_PRIVATE,
    )
    async def forecast(
        interaction: Interaction,
        name: Key | None = None,
        on: On | None = None,
        private: bool | None = None,
    ) -> None:
        await work.forecast(interaction, name, on=on, private=private)

    return cast("Command", forecast)


def _timeline(work: Questions) -> Command:
    @app_commands.command(
        name="timeline",
        description="A country's level over time as a picture, e.g. armenia",
    )
    @app_commands.describe(
        country="A name, code or flag",
        on="The last day to show; today if left out",
        light="For light themes",
        private=_PRIVATE,
    )
    async def timeline(
        interaction: Interaction,
        country: Country,
        on: On | None = None,
        light: bool = False,
        private: bool | None = None,
    ) -> None:
        theme = "light" if light else "dark"
        await work.timeline(interaction, country, on=on, theme=theme, private=private)

    return cast("Command", timeline)


def _map(work: Questions) -> Command:
    @app_commands.command(
        name="map", description="A world map of levels, a vote, a bloc or a measure"
    )
    @app_commands.describe(
        show="What to show; the levels if left out",
        on=_ON,
        region="Only there",
        theme="dark or light",
        private=_PRIVATE,
    )
    async def map_(
        interaction: Interaction,
        show: Key = "levels",
        on: On | None = None,
        region: Key | None = None,
        theme: Literal["dark", "light"] = "dark",
        private: bool | None = None,
    ) -> None:
        await work.map(
            interaction, show, on=on, region=region, theme=theme, private=private
        )

    return cast("Command", map_)
