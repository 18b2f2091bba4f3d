"""/compare, /where, /bloc, /vote, /timeline, /brief, /map, /forecast, /changes: the
options.
"""

from __future__ import annotations

from typing import Literal

from discord import app_commands

from bot.answers.vote import searched
from bot.commands.command_texts import CommandTexts
from bot.commands.explore import options
from bot.commands.explore.options import offers_of
from bot.commands.explore.questions import Questions
from bot.names.blocs import other_names
from bot.ui.autocomplete import Country, completes_countries
from bot.ui.interaction import Command
from bot.ui.page import Reply
from bot.ui.reading import Reader, Readings, completes

On = app_commands.Range[str, 1, 40]
Key = app_commands.Range[str, 1, 100]


def commands(readings: Readings, work: Questions) -> list[Command]:
    """The commands, with what completes their options."""
    replies = readings.replies
    texts = CommandTexts.of(replies)
    compare, where, bloc, vote, forecast, timeline, map_, brief, changes = (
        declare(readings, work, texts)
        for declare in (
            _compare,
            _where,
            _bloc,
            _vote,
            _forecast,
            _timeline,
            _map,
            _brief,
            _changes,
        )
    )
    completes_countries(replies, [compare], "first", "second", "third", "fourth")
    completes_countries(replies, [timeline, brief], "country")
    blocs = offers_of(options.bloc_options, other_names)
    completes(replies, where, "side", offers_of(options.side_options))
    completes(replies, where, "rank", offers_of(options.ranking_options))
    for command in (where, vote, map_, changes):
        completes(replies, command, "region", options.region_offers)
    for command in (where, vote, changes):
        completes(replies, command, "bloc", blocs)
    completes(replies, bloc, "name", blocs)
    completes(replies, vote, "resolution", offers_of(options.vote_options, searched))
    completes(replies, forecast, "name", offers_of(options.forecast_options))
    completes(replies, changes, "since", offers_of(options.period_options))
    completes(replies, map_, "show", offers_of(options.map_options))
    return [compare, where, bloc, vote, forecast, timeline, map_, brief, changes]


def _compare(readings: Readings, work: Questions, texts: CommandTexts) -> Command:
    @readings.command(texts.command("compare"))
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


def _where(readings: Readings, work: Questions, texts: CommandTexts) -> Command:
    @readings.command(texts.command("where"))
    def where(
        reader: Reader,
        side: Key = "all",
        region: Key | None = None,
        bloc: Key | None = None,
        since: On | None = None,
        rank: Key | None = None,
        on: On | None = None,
        private: bool | None = None,
    ) -> Reply:
        return work.where(
            reader,
            side,
            region=region,
            bloc=bloc,
            since=since,
            rank=rank,
            on=on,
            private=private,
        )

    return where


def _bloc(readings: Readings, work: Questions, texts: CommandTexts) -> Command:
    @readings.command(texts.command("bloc"))
    def bloc(
        reader: Reader,
        name: Key,
        on: On | None = None,
        private: bool | None = None,
    ) -> Reply:
        return work.bloc(reader, name, on=on, private=private)

    return bloc


def _vote(readings: Readings, work: Questions, texts: CommandTexts) -> Command:
    @readings.command(texts.command("vote"))
    def vote(
        reader: Reader,
        resolution: Key,
        bloc: Key | None = None,
        region: Key | None = None,
        private: bool | None = None,
    ) -> Reply:
        return work.vote(reader, resolution, bloc=bloc, region=region, private=private)

    return vote


def _forecast(readings: Readings, work: Questions, texts: CommandTexts) -> Command:
    @readings.command(texts.command("forecast"))
    def forecast(
        reader: Reader,
        name: Key | None = None,
        on: On | None = None,
        private: bool | None = None,
    ) -> Reply:
        return work.forecast(reader, name, on=on, private=private)

    return forecast


def _timeline(readings: Readings, work: Questions, texts: CommandTexts) -> Command:
    @readings.command(texts.command("timeline"))
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


def _brief(readings: Readings, work: Questions, texts: CommandTexts) -> Command:
    @readings.command(texts.command("brief"))
    def brief(
        reader: Reader,
        country: Country,
        on: On | None = None,
        private: bool | None = None,
    ) -> Reply:
        return work.brief(reader, country, on=on, private=private)

    return brief


def _map(readings: Readings, work: Questions, texts: CommandTexts) -> Command:
    @readings.command(texts.command("map"))
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


def _changes(readings: Readings, work: Questions, texts: CommandTexts) -> Command:
    @readings.command(texts.command("changes"))
    def changes(
        reader: Reader,
        since: On = "month",
        region: Key | None = None,
        bloc: Key | None = None,
        private: bool | None = None,
    ) -> Reply:
        return work.changes(reader, since, region=region, bloc=bloc, private=private)

    return changes
