"""/compare, /where, /bloc, /vote, /timeline, /map, /forecast: their options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from discord import app_commands

from bot.answers.vote import searched
from bot.commands.explore import options
from bot.commands.explore.questions import Questions
from bot.knowledge.facts import Base
from bot.names.choose import Also
from bot.names.choose import Choice as Named
from bot.ui.autocomplete import Country, completes_countries
from bot.ui.interaction import Choice, Command
from bot.ui.page import Reply, ReplyContext
from bot.ui.reading import Offers, Reader, Readings, completes

On = app_commands.Range[str, 1, 40]
Key = app_commands.Range[str, 1, 100]
_ON = (
    "A past day: 2022, 2022-03-02, 24.02.2022, 2 March 2022, last year (default today)"
)
_PRIVATE = "Only you see the answer"


def commands(readings: Readings, work: Questions) -> list[Command]:
    """The commands, with what completes their options."""
    compare, where = _compare(readings, work), _where(readings, work)
    bloc, vote = _bloc(readings, work), _vote(readings, work)
    forecast, timeline = _forecast(readings, work), _timeline(readings, work)
    map_ = _map(readings, work)
    replies = readings.replies
    completes_countries(replies, [compare], "first", "second", "third", "fourth")
    completes_countries(replies, [timeline], "country")
    regions = _offers(options.region_options)
    blocs = _offers(options.bloc_options)
    completes(replies, where, "side", _offers(options.side_options))
    for command in (where, vote, map_):
        completes(replies, command, "region", regions)
    for command in (where, vote):
        completes(replies, command, "bloc", blocs)
    completes(replies, bloc, "name", blocs)
    completes(replies, vote, "resolution", _offers(options.vote_options, searched))
    completes(replies, forecast, "name", _offers(options.forecast_options))
    completes(replies, map_, "show", _offers(options.map_options))
    return [compare, where, bloc, vote, forecast, timeline, map_]


def _offers(
    listed: Callable[[ReplyContext], list[Named]],
    also: Callable[[Base], Also] = lambda _: {},
) -> Offers:
    def offers(reader: Reader, current: str) -> list[Choice]:
        context = reader.context(private=True)
        return options.offered(listed(context), current, also(context.base))

    return offers


def _compare(readings: Readings, work: Questions) -> Command:
    @readings.command(
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
    def compare(
        reader: Reader,
        first: Country,
        second: Country,
        third: Country | None = None,
        fourth: Country | None = None,
        on: On | None = None,
        private: bool | None = None,
    ) -> Reply:
        countries = [each for each in (first, second, third, fourth) if each]
        return work.compare(reader, countries, on=on, private=private)

    return compare


def _where(readings: Readings, work: Questions) -> Command:
    @readings.command(
        name="where",
        description="Who is on which side, counted and listed, e.g. side:neutral",
    )
    @app_commands.describe(
        side="A side or a level; everybody if left out",
        region="Only there: Africa, Europe, Central Asia …",
        bloc="Only its members",
        since="Only those whose level has changed since this day",
        on=_ON,
        private=_PRIVATE,
    )
    def where(
        reader: Reader,
        side: Key = "all",
        region: Key | None = None,
        bloc: Key | None = None,
        since: On | None = None,
        on: On | None = None,
        private: bool | None = None,
    ) -> Reply:
        return work.where(
            reader,
            side,
            region=region,
            bloc=bloc,
            since=since,
            on=on,
            private=private,
        )

    return where


def _bloc(readings: Readings, work: Questions) -> Command:
    @readings.command(
        name="bloc",
        description="A bloc's members, where each stands, and how united it votes",
    )
    @app_commands.describe(
        name="CSTO, European Union, BRICS …", on=_ON, private=_PRIVATE
    )
    def bloc(
        reader: Reader,
        name: Key,
        on: On | None = None,
        private: bool | None = None,
    ) -> Reply:
        return work.bloc(reader, name, on=on, private=private)

    return bloc


def _vote(readings: Readings, work: Questions) -> Command:
    @readings.command(
        name="vote",
        description="A roll call: who voted how, and who broke with their bloc",
    )
    @app_commands.describe(
        resolution="Name, symbol, title, body or date, e.g. ES-11/1",
        bloc="Only its members",
        region="Only there",
        private=_PRIVATE,
    )
    def vote(
        reader: Reader,
        resolution: Key,
        bloc: Key | None = None,
        region: Key | None = None,
        private: bool | None = None,
    ) -> Reply:
        return work.vote(reader, resolution, bloc=bloc, region=region, private=private)

    return vote


def _forecast(readings: Readings, work: Questions) -> Command:
    @readings.command(
        name="forecast",
        description="Forecasts scored: who was named, and what they did",
    )
    @app_commands.describe(
        name="Which one; the article of 26 January 2022 if left out",
        on=_ON,
        private=_PRIVATE,
    )
    def forecast(
        reader: Reader,
        name: Key | None = None,
        on: On | None = None,
        private: bool | None = None,
    ) -> Reply:
        return work.forecast(reader, name, on=on, private=private)

    return forecast


def _timeline(readings: Readings, work: Questions) -> Command:
    @readings.command(
        name="timeline",
        description="A country's level over time as a picture, e.g. armenia",
    )
    @app_commands.describe(
        country="A name, code or flag",
        on="The last day to show; today if left out",
        light="For light themes",
        private=_PRIVATE,
    )
    def timeline(
        reader: Reader,
        country: Country,
        on: On | None = None,
        light: bool = False,
        private: bool | None = None,
    ) -> Reply:
        theme = "light" if light else "dark"
        return work.timeline(reader, country, on=on, theme=theme, private=private)

    return timeline


def _map(readings: Readings, work: Questions) -> Command:
    @readings.command(
        name="map", description="A world map of levels, a vote, a bloc or a measure"
    )
    @app_commands.describe(
        show="What to show; the levels if left out",
        on=_ON,
        region="Only there",
        theme="dark or light",
        private=_PRIVATE,
    )
    def map_(
        reader: Reader,
        show: Key = "levels",
        on: On | None = None,
        region: Key | None = None,
        theme: Literal["dark", "light"] = "dark",
        private: bool | None = None,
    ) -> Reply:
        return work.map(
            reader, show, on=on, region=region, theme=theme, private=private
        )

    return map_
