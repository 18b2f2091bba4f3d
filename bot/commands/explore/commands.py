"""/compare, /where, /bloc, /vote, /timeline, /map, /forecast: their options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from discord import app_commands

from bot.answers.vote import searched
from bot.commands.command_texts import CommandTexts
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


def commands(work: Questions) -> list[Command]:
    """The commands, with what completes their options."""
    replies = work.replies
    texts = CommandTexts.of(replies)
    compare, where, bloc = (
        _compare(work, texts),
        _where(work, texts),
        _bloc(work, texts),
    )
    vote, forecast = _vote(work, texts), _forecast(work, texts)
    timeline, map_ = _timeline(work, texts), _map(work, texts)
    completes_countries(replies, [compare], "first", "second", "third", "fourth")
    completes_countries(replies, [timeline], "country")
    regions = _completes(replies, options.region_options)
    blocs = _completes(replies, options.bloc_options)
    where.autocomplete("side")(_completes(replies, options.side_options))
    where.autocomplete("region")(regions)
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


def _compare(work: Questions, texts: CommandTexts) -> Command:
    @texts.command("compare")
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

    return compare


def _where(work: Questions, texts: CommandTexts) -> Command:
    @texts.command("where")
    async def where(
        interaction: Interaction,
        side: Key = "all",
        region: Key | None = None,
        bloc: Key | None = None,
        since: On | None = None,
        on: On | None = None,
        private: bool | None = None,
    ) -> None:
        await work.where(
            interaction,
            side,
            region=region,
            bloc=bloc,
            since=since,
            on=on,
            private=private,
        )

    return where


def _bloc(work: Questions, texts: CommandTexts) -> Command:
    @texts.command("bloc")
    async def bloc(
        interaction: Interaction,
        name: Key,
        on: On | None = None,
        private: bool | None = None,
    ) -> None:
        await work.bloc(interaction, name, on=on, private=private)

    return bloc


def _vote(work: Questions, texts: CommandTexts) -> Command:
    @texts.command("vote")
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

    return vote


def _forecast(work: Questions, texts: CommandTexts) -> Command:
    @texts.command("forecast")
    async def forecast(
        interaction: Interaction,
        name: Key | None = None,
        on: On | None = None,
        private: bool | None = None,
    ) -> None:
        await work.forecast(interaction, name, on=on, private=private)

    return forecast


def _timeline(work: Questions, texts: CommandTexts) -> Command:
    @texts.command("timeline")
    async def timeline(
        interaction: Interaction,
        country: Country,
        on: On | None = None,
        light: bool = False,
        private: bool | None = None,
    ) -> None:
        theme = "light" if light else "dark"
        await work.timeline(interaction, country, on=on, theme=theme, private=private)

    return timeline


def _map(work: Questions, texts: CommandTexts) -> Command:
    @texts.command("map")
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

    return map_
