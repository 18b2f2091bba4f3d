"""/compare, /where, /bloc, /vote, /timeline, /map, /forecast, and Where do they stand?
on a message.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import date
from typing import Any, Literal, cast

import discord
from discord import app_commands

from bot.answers import where
from bot.answers.document import Answer, Line
from bot.answers.forecast import ordered
from bot.answers.help import bad_date, not_found
from bot.commands.entries.entry import Country, countries
from bot.commands.explore import replies as pages_of
from bot.commands.explore.replies import Asked, ExploreReplies
from bot.knowledge.dates import parse_when
from bot.names import regions
from bot.names.choose import containing, meant
from bot.pictures.world import shows
from bot.ui import limits
from bot.ui.refusals import say
from bot.ui.routes import Handler

On = app_commands.Range[str, 1, 40]
Key = app_commands.Range[str, 1, 100]
Choices = list[app_commands.Choice[str]]
Completion = Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, Choices]]
_ON = "A past day: 2022, 2022-03, 2022-03-02 or 2 March 2022 (today if left out)"
_PRIVATE = "Only you see the answer"


class Explore:
    """The commands' work: options are understood or kindly refused, then the explorer
    answers.
    """

    def __init__(self, explorer: ExploreReplies) -> None:
        self.explorer, self.replies = explorer, explorer.replies

    async def day(
        self, interaction: discord.Interaction[Any], on: str | None
    ) -> date | None:
        """The day that was asked for, today without one; None when the asker has been
        told what was wrong.
        """
        today = self.replies.today()
        if not on:
            return today
        when = parse_when(on)
        if when is None or when.first > today:
            texts = self.replies.texts(str(interaction.locale.value))
            await say(interaction, bad_date(on, texts, future=when is not None))
            return None
        return min(when.last, today)

    async def one_of(
        self,
        interaction: discord.Interaction[Any],
        typed: str | None,
        options: Sequence[tuple[str, str]],
        what: str,
    ) -> str | None:
        """The key that was chosen or typed, empty for nothing; None when the asker has
        been told what there is.
        """
        if not typed:
            return ""
        near = meant(typed, options)
        if len(near) == 1:
            return near[0]
        texts = self.replies.texts(str(interaction.locale.value))
        shown = ", ".join(words for key, words in options if key in near)[:600]
        lead = texts(
            "“{query}” is none of the {what} that I know; choose one from the list.",
            query=typed[:60],
            what=what,
        )
        if near:
            lead = texts(
                "“{query}” could be more than one: {names}.",
                query=typed[:60],
                names=shown,
            )
        await say(interaction, Answer(texts("Which one?"), "", Line(lead)))
        return None

    async def filters(
        self,
        interaction: discord.Interaction[Any],
        asked: Asked,
        region: str | None,
        bloc: str | None,
    ) -> tuple[str, str] | None:
        """A region and a bloc, empty without one; None when the asker has been told
        what was wrong.
        """
        texts = asked.texts
        area = await self.one_of(
            interaction, region, _regions(texts.locale), texts("regions")
        )
        if area is None:
            return None
        group = await self.one_of(interaction, bloc, _blocs(asked), texts("blocs"))
        return None if group is None else (area, group)


def _regions(locale: str) -> list[tuple[str, str]]:
    return [(key, regions.name_of(key, locale)) for key in regions.suggest("", locale)]


def _blocs(asked: Asked) -> list[tuple[str, str]]:
    return [(bloc.id, bloc.name) for bloc in asked.base.blocs.values()]


def _votes(asked: Asked) -> list[tuple[str, str]]:
    found = sorted(
        asked.base.votes.values(), key=lambda v: (v.date.first, v.symbol), reverse=True
    )
    return [(vote.id, f"{vote.symbol} · {vote.date} · {vote.title}") for vote in found]


def _forecasts(asked: Asked) -> list[tuple[str, str]]:
    return [
        (f.id, f"{f.source.publisher}, {f.date}: {f.source.title}")
        for f in ordered(asked.base)
    ]


def _shows(asked: Asked) -> list[tuple[str, str]]:
    return list(shows(asked.base, asked.texts))


def _sides(asked: Asked) -> list[tuple[str, str]]:
    return list(where.sides(asked.base, asked.texts))


def _offered(options: Sequence[tuple[str, str]], current: str) -> Choices:
    found = containing(current, options)
    fitting = [(key, words) for key, words in options if key in found]
    return [
        app_commands.Choice(name=limits.cut(words, limits.CHOICE_NAME), value=key)
        for key, words in fitting[: limits.CHOICES]
    ]


def _questions(
    work: Explore, explorer: ExploreReplies
) -> list[app_commands.Command[Any, ..., None]]:
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
        interaction: discord.Interaction[Any],
        first: Country,
        second: Country,
        third: Country | None = None,
        fourth: Country | None = None,
        on: On | None = None,
        private: bool | None = None,
    ) -> None:
        asked = await explorer.asked(interaction, private)
        if (day := await work.day(interaction, on)) is None:
            return
        typed = [each for each in (first, second, third, fourth) if each]
        if codes := await explorer.resolved(interaction, asked, typed):
            await explorer.compare(interaction, asked, codes, day)

    @app_commands.command(
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
    async def where(
        interaction: discord.Interaction[Any],
        side: Key = "all",
        region: Key | None = None,
        bloc: Key | None = None,
        since: On | None = None,
        on: On | None = None,
        private: bool | None = None,
    ) -> None:
        asked = await explorer.asked(interaction, private)
        if (day := await work.day(interaction, on)) is None:
            return
        chosen = await work.one_of(
            interaction, side, _sides(asked), asked.texts("sides and levels")
        )
        if (
            chosen is None
            or (found := await work.filters(interaction, asked, region, bloc)) is None
        ):
            return
        if since is None:
            await explorer.where(interaction, asked, chosen, *found, day)
        elif (begin := parse_when(since)) is None or begin.first >= day:
            texts = explorer.replies.texts(str(interaction.locale.value))
            await say(interaction, bad_date(since, texts, future=begin is not None))
        else:
            await explorer.movers(
                interaction, asked, chosen, *found, begin.first, day, 1
            )

    @app_commands.command(
        name="bloc",
        description="A bloc's members, where each stands, and how united it votes",
    )
    @app_commands.describe(
        name="CSTO, European Union, BRICS …", on=_ON, private=_PRIVATE
    )
    async def bloc(
        interaction: discord.Interaction[Any],
        name: Key,
        on: On | None = None,
        private: bool | None = None,
    ) -> None:
        asked = await explorer.asked(interaction, private)
        if (day := await work.day(interaction, on)) is None:
            return
        if key := await work.one_of(
            interaction, name, _blocs(asked), asked.texts("blocs")
        ):
            await explorer.bloc(interaction, asked, key, day, 1)

    @app_commands.command(
        name="vote",
        description="A roll call: who voted how, and who broke with their bloc",
    )
    @app_commands.describe(
        resolution="Symbol, title or date, e.g. ES-11/1",
        bloc="Only its members",
        region="Only there",
        private=_PRIVATE,
    )
    async def vote(
        interaction: discord.Interaction[Any],
        resolution: Key,
        bloc: Key | None = None,
        region: Key | None = None,
        private: bool | None = None,
    ) -> None:
        asked = await explorer.asked(interaction, private)
        key = await work.one_of(
            interaction, resolution, _votes(asked), asked.texts("roll calls")
        )
        if (
            key
            and (found := await work.filters(interaction, asked, region, bloc))
            is not None
        ):
            await explorer.roll(interaction, asked, key, *found)

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
        interaction: discord.Interaction[Any],
        name: Key | None = None,
        on: On | None = None,
        private: bool | None = None,
    ) -> None:
        asked = await explorer.asked(interaction, private)
        if (day := await work.day(interaction, on)) is None:
            return
        options = _forecasts(asked)
        key = await work.one_of(interaction, name, options, asked.texts("forecasts"))
        if key is not None and (key or options):
            await explorer.forecast(interaction, asked, key or options[0][0], day, 1)

    return cast(
        "list[app_commands.Command[Any, ..., None]]",
        [compare, where, bloc, vote, forecast],
    )


def _pictures(
    work: Explore, explorer: ExploreReplies
) -> list[app_commands.Command[Any, ..., None]]:
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
        interaction: discord.Interaction[Any],
        country: Country,
        on: On | None = None,
        light: bool = False,
        private: bool | None = None,
    ) -> None:
        asked = await explorer.asked(interaction, private)
        if (day := await work.day(interaction, on)) is None:
            return
        found = asked.server.names.resolve(country, asked.texts.locale)
        if not found.sure:
            page = not_found(
                country, found.matches, asked.base, day, asked.texts, private=True
            )
            await say(interaction, page)
            return
        await explorer.timeline(
            interaction, asked, found.matches[0], day, "light" if light else "dark"
        )

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
        interaction: discord.Interaction[Any],
        show: Key = "levels",
        on: On | None = None,
        region: Key | None = None,
        theme: Literal["dark", "light"] = "dark",
        private: bool | None = None,
    ) -> None:
        asked = await explorer.asked(interaction, private)
        if (day := await work.day(interaction, on)) is None:
            return
        key = await work.one_of(interaction, show, _shows(asked), asked.texts("maps"))
        if (
            key
            and (found := await work.filters(interaction, asked, region, None))
            is not None
        ):
            await explorer.map(interaction, asked, key, day, found[0], theme)

    return cast("list[app_commands.Command[Any, ..., None]]", [timeline, map_])


def commands(
    explorer: ExploreReplies,
) -> tuple[
    Sequence[app_commands.Command[Any, ..., None] | app_commands.ContextMenu],
    Mapping[str, Handler],
    Mapping[str, Handler],
]:
    """The commands with the handlers of their buttons and of their forms."""
    work = Explore(explorer)

    async def mentioned(
        interaction: discord.Interaction[Any], message: discord.Message
    ) -> None:
        await explorer.mentioned(interaction, message.content)

    async def complete_country(
        interaction: discord.Interaction[Any], current: str
    ) -> Choices:
        return await countries(explorer.replies, interaction, current)

    def complete(options: Callable[[Asked], Sequence[tuple[str, str]]]) -> Completion:
        async def offered(
            interaction: discord.Interaction[Any], current: str
        ) -> Choices:
            return _offered(
                options(await explorer.asked(interaction, private=True)), current
            )

        return offered

    made = [*_questions(work, explorer), *_pictures(work, explorer)]
    choices: dict[str, Completion] = {
        "region": complete(lambda asked: _regions(asked.texts.locale)),
        "bloc": complete(_blocs),
        "side": complete(_sides),
        "resolution": complete(_votes),
        "show": complete(_shows),
        **dict.fromkeys(
            ("first", "second", "third", "fourth", "country"), complete_country
        ),
    }
    for command in made:
        for option in command.parameters:
            names = (
                {"bloc": _blocs, "forecast": _forecasts}
                if option.name == "name"
                else {}
            )
            if option.name in choices:
                command.autocomplete(option.name)(choices[option.name])
            elif command.name in names:
                command.autocomplete(option.name)(complete(names[command.name]))
        app_commands.allowed_installs(guilds=True, users=True)(command)
        app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(
            command
        )
    menu = app_commands.ContextMenu(
        name="Where do they stand?",
        callback=mentioned,
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=True, private_channel=True
        ),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    )
    buttons: dict[str, Handler] = {
        pages_of.MORE: explorer.pressed,
        pages_of.BLOC: explorer.bloc_page,
        pages_of.FORECAST: explorer.forecast_page,
        pages_of.MOVERS: explorer.movers_page,
    }
    return [*made, menu], buttons, {pages_of.WITH: explorer.submitted}
