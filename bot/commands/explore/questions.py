"""What each command does: options are understood or kindly refused, then a page is
given back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from bot.answers.vote import searched
from bot.commands.explore import options
from bot.commands.explore.asked import Asked, read_again, read_private
from bot.commands.explore.briefs import BriefReplies
from bot.commands.explore.options import TypedOptions
from bot.commands.explore.pages import PageReplies
from bot.commands.explore.pictures import PictureReplies
from bot.commands.explore.search import SearchReplies
from bot.names.blocs import bloc_called
from bot.pictures.drawings import MapQuestion
from bot.pictures.sheet import Theme
from bot.ui.page import Reply
from bot.ui.reading import Reader


class Questions:
    """The commands' work. Each takes its options as they were typed; ``private`` is
    None for what the server prefers.
    """

    def __init__(
        self,
        pages: PageReplies,
        pictures: PictureReplies,
        search: SearchReplies,
        briefs: BriefReplies,
    ) -> None:
        self.pages, self.pictures = pages, pictures
        self.search, self.briefs = search, briefs

    def compare(
        self,
        reader: Reader,
        countries: Sequence[str],
        *,
        on: str | None,
        private: bool | None,
    ) -> Reply:
        """/compare."""
        given = {f"country {n}": each for n, each in enumerate(countries)}
        asked = Asked("compare", private, {"on": on, **given})
        typed = _options(reader, private)
        day = typed.day(asked)
        return self.pages.compare(typed.context, typed.actors(countries, day), day)

    def where(
        self,
        reader: Reader,
        side: str,
        *,
        region: str | None,
        bloc: str | None,
        since: str | None,
        rank: str | None,
        on: str | None,
        private: bool | None,
    ) -> Reply:
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
        typed = _options(reader, private)
        day, context = typed.day(asked), typed.context
        if rank:
            rankings = options.ranking_options(typed.mine)
            key = typed.one_of(
                rank, rankings, typed.texts("rankings"), partial(asked.key, "rank")
            )
            return self.pictures.ranking(context, key, day)
        sides = options.side_options(typed.mine)
        chosen = typed.one_of(
            side, sides, typed.texts("sides and levels"), partial(asked.key, "side")
        )
        filters = typed.filters(asked)
        if since is None:
            return self.pages.where(context, chosen, filters, day)
        begin = typed.since(asked, day)
        return self.pages.movers(context, chosen, filters, since=begin, on=day)

    def bloc(
        self,
        reader: Reader,
        name: str,
        *,
        on: str | None,
        private: bool | None,
    ) -> Reply:
        """/bloc."""
        given = {"name": name, "on": on}
        asked = Asked("bloc", private, given)
        typed = _options(reader, private)
        day, context = typed.day(asked), typed.context
        key = bloc_called(name, context.base)
        if key is None:
            blocs = options.bloc_options(typed.mine)
            key = typed.one_of(
                name, blocs, typed.texts("blocs"), partial(asked.key, "name")
            )
        return self.pages.bloc(context, key, day)

    def changes(
        self,
        reader: Reader,
        since: str,
        *,
        region: str | None,
        bloc: str | None,
        private: bool | None,
    ) -> Reply:
        """/changes."""
        given = {"since": since, "region": region, "bloc": bloc}
        asked = Asked("changes", private, given)
        typed = _options(reader, private)
        begin, filters = typed.back(asked), typed.filters(asked)
        return self.pages.changes(typed.context, filters, since=begin, on=reader.today)

    def vote(
        self,
        reader: Reader,
        resolution: str,
        *,
        bloc: str | None,
        region: str | None,
        private: bool | None,
    ) -> Reply:
        """/vote."""
        given = {"resolution": resolution, "bloc": bloc, "region": region}
        asked = Asked("vote", private, given)
        typed = _options(reader, private)
        context = typed.context
        votes, also = options.vote_options(typed.mine), searched(context.base)
        key = typed.one_of(
            resolution,
            votes,
            typed.texts("roll calls"),
            partial(asked.key, "resolution"),
            also,
        )
        return self.pages.roll(context, key, typed.filters(asked))

    def forecast(
        self,
        reader: Reader,
        name: str | None,
        *,
        on: str | None,
        private: bool | None,
    ) -> Reply:
        """/forecast; the first one without a name."""
        asked = Asked("forecast", private, {"name": name, "on": on})
        typed = _options(reader, private)
        day, context = typed.day(asked), typed.context
        forecasts = options.forecast_options(typed.mine)
        key = typed.one_of(
            name, forecasts, typed.texts("forecasts"), partial(asked.key, "name")
        )
        if not forecasts:
            raise typed.nothing_there(typed.texts("There are no forecasts yet."))
        return self.pages.forecast(context, key or forecasts[0][0], day)

    def timeline(
        self,
        reader: Reader,
        country: str,
        *,
        on: str | None,
        theme: Theme,
        private: bool | None,
    ) -> Reply:
        """/timeline."""
        given = {"country": country, "on": on, "theme": theme}
        asked = Asked("timeline", private, given)
        typed = _options(reader, private)
        day = typed.day(asked)
        code = typed.actor(country, day)
        return self.pictures.timeline(typed.context, code, day, theme)

    def brief(
        self,
        reader: Reader,
        country: str,
        *,
        on: str | None,
        private: bool | None,
    ) -> Reply:
        """/brief."""
        asked = Asked("brief", private, {"country": country, "on": on})
        typed = _options(reader, private)
        day = typed.day(asked)
        code = typed.actor(country, day)
        return self.briefs.brief(typed.context, code, day)

    def map(
        self,
        reader: Reader,
        show: str,
        *,
        on: str | None,
        region: str | None,
        theme: Theme,
        private: bool | None,
    ) -> Reply:
        """/map."""
        given = {"show": show, "on": on, "region": region, "theme": theme}
        asked = Asked("map", private, given)
        typed = _options(reader, private)
        day, context = typed.day(asked), typed.context
        maps = options.map_options(typed.mine)
        key = typed.one_of(show, maps, typed.texts("maps"), partial(asked.key, "show"))
        filters = typed.filters(asked)
        wanted = MapQuestion(key, day, filters.region, theme)
        return self.pictures.map(context, wanted)

    def again(self, reader: Reader, match: re.Match[str]) -> Reply:
        """A command once more, as a button carries it; ValueError for options that are
        not the command's.
        """
        private = read_private(match["private"])
        given = read_again(match["options"])
        match match["command"], given:
            case "compare", (on, *typed):
                countries = [each for each in typed if each]
                return self.compare(reader, countries, on=on, private=private)
            case "where", (str(side), region, bloc, since, rank, on):
                return self.where(
                    reader,
                    side,
                    region=region,
                    bloc=bloc,
                    since=since,
                    rank=rank,
                    on=on,
                    private=private,
                )
            case "changes", (str(since), region, bloc):
                return self.changes(
                    reader, since, region=region, bloc=bloc, private=private
                )
            case "bloc", (str(name), on):
                return self.bloc(reader, name, on=on, private=private)
            case "vote", (str(resolution), bloc, region):
                return self.vote(
                    reader, resolution, bloc=bloc, region=region, private=private
                )
            case "forecast", (name, on):
                return self.forecast(reader, name, on=on, private=private)
            case "search", (str(text), side, deed, since, region):
                return self.search.search(
                    reader,
                    text,
                    side=side,
                    deed=deed,
                    since=since,
                    region=region,
                    private=private,
                )
            case command, _:
                return self._again_drawn(reader, command, given, private=private)

    def _again_drawn(
        self,
        reader: Reader,
        command: str,
        given: Sequence[str | None],
        *,
        private: bool | None,
    ) -> Reply:
        """As ``again``, of commands that draw or print."""
        match command, given:
            case "timeline", (str(country), on, "light" | "dark" as theme):
                return self.timeline(
                    reader, country, on=on, theme=theme, private=private
                )
            case "brief", (str(country), on):
                return self.brief(reader, country, on=on, private=private)
            case "map", (str(show), on, region, "light" | "dark" as theme):
                return self.map(
                    reader, show, on=on, region=region, theme=theme, private=private
                )
            case _:
                raise ValueError(command)


def _options(reader: Reader, private: bool | None) -> TypedOptions:
    return TypedOptions(reader, reader.context(private=private))
