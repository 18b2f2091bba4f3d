"""Comparisons, surveys, roll calls and pictures: worked out off the event loop, kept,
and sent.
"""

from __future__ import annotations

import asyncio
import io
import logging
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import discord
from cachetools import LRUCache
from discord import ui

from bot.alignment.cohesion import among
from bot.alignment.over_time import course, moved, standings
from bot.alignment.rubric import assess
from bot.answers import compare, timeline, where
from bot.answers.bloc import bloc as bloc_answer
from bot.answers.document import Action, Answer, Line, Section
from bot.answers.forecast import forecast as forecast_answer
from bot.answers.sentences import called, level_name
from bot.answers.texts import Texts, english
from bot.answers.vote import roll
from bot.knowledge.facts import Base
from bot.names.index import flag
from bot.names.mentions import find
from bot.pictures.cache import NotDrawnError, PictureCache
from bot.pictures.chart import chart
from bot.pictures.sheet import Theme
from bot.pictures.world import MapPicture, picture
from bot.pictures.worldmap import draw
from bot.store.views import ServerView
from bot.ui import limits
from bot.ui.forms import answers_of, form, text_field
from bot.ui.refusals import say
from bot.ui.render import Prepared, boxed, finished, prepare, row_of, texts_of
from bot.ui.replies import ReplyCache, locale_for

log = logging.getLogger(__name__)

CACHED = 512
_SILENT = discord.AllowedMentions.none()
MORE = (
    r"ally:(?P<kind>timeline|map|compare)"
    r":(?P<code>[A-Za-z0-9-]{1,40}):(?P<on>[\d-]{1,10}):(?P<n>\d{1,3})"
)
WITH = r"form:compare:(?P<code>[A-Za-z0-9-]{1,40}):(?P<on>[\d-]{10})"
BLOC = r"bloc:(?P<key>[a-z0-9-]{1,60}):(?P<on>[\d-]{10}):(?P<page>\d{1,3})"
FORECAST = r"forecast:(?P<key>[a-z0-9-]{1,60}):(?P<on>[\d-]{10}):(?P<page>\d{1,3})"
MOVERS = (
    r"movers:(?P<side>[a-z-]{1,30}):(?P<region>\d{0,3}):(?P<bloc>[a-z0-9-]{0,40}):(?P<since>[\d-]{10})"
    r":(?P<on>[\d-]{10}):(?P<page>\d{1,3})"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked, and where: what every page needs besides its own question."""

    server: ServerView
    texts: Texts
    locale: str
    private: bool

    @property
    def base(self) -> Base:
        """What the server sees."""
        return self.server.base


class ExploreReplies:
    """Pages beyond /ally, for one reply cache and one picture cache."""

    def __init__(self, replies: ReplyCache, picture_cache: PictureCache) -> None:
        self.replies, self.picture_cache = replies, picture_cache
        self._kept: LRUCache[Hashable, Prepared] = LRUCache(CACHED)
        self._answers: LRUCache[Hashable, Answer] = LRUCache(CACHED)

    async def asked(
        self, interaction: discord.Interaction[Any], private: bool | None
    ) -> Asked:
        """The server's view and the words, public or private as asked or as the server
        prefers.
        """
        server = await self.replies.views.view(interaction.guild_id)
        hidden = server.preferences.private if private is None else private
        locale = locale_for(interaction, private=hidden)
        return Asked(server, self.replies.texts(locale, server), locale, hidden)

    async def answer(
        self,
        interaction: discord.Interaction[Any],
        asked: Asked,
        key: Hashable,
        make: Callable[[], Answer],
        *,
        again: bool = False,
    ) -> None:
        """Reply with a page, worked out in a thread unless it was before; ``again``
        replaces the page on the screen.
        """
        whole = (key, asked.base.revision, asked.locale, asked.server.away)
        view = self._kept.get(whole)
        if view is None:
            answer = await asyncio.to_thread(make)
            if asked.server.away:
                note = asked.texts(
                    "This server's own entries cannot be read at the moment; this "
                    "is the shipped base."
                )
                answer = replace(answer, notes=(*answer.notes, note))
            view = self._kept[whole] = prepare(answer)
        if again:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(
                view=view, ephemeral=asked.private, allowed_mentions=_SILENT
            )

    async def compare(
        self,
        interaction: discord.Interaction[Any],
        asked: Asked,
        codes: list[str],
        on: date,
    ) -> None:
        """Two to four actors beside each other."""
        await self.answer(
            interaction,
            asked,
            ("compare", *codes, on),
            lambda: compare.comparison(codes, asked.base, asked.texts, on=on),
        )

    async def where(
        self,
        interaction: discord.Interaction[Any],
        asked: Asked,
        side: str,
        region: str,
        bloc: str,
        on: date,
    ) -> None:
        """Who is on which side."""

        def make() -> Answer:
            codes = among(asked.base, region, bloc, on)
            words = where.filters(
                region, bloc, asked.texts, asked.texts.locale, asked.base
            )
            return where.where(
                standings(asked.base, on=on, codes=codes),
                side,
                asked.base,
                asked.texts,
                on=on,
                among=words,
            )

        await self.answer(interaction, asked, ("where", side, region, bloc, on), make)

    async def movers(
        self,
        interaction: discord.Interaction[Any],
        asked: Asked,
        side: str,
        region: str,
        bloc: str,
        since: date,
        on: date,
        page: int,
        *,
        again: bool = False,
    ) -> None:
        """Who has changed since a day, and is on this side now."""

        def make() -> Answer:
            codes = among(asked.base, region, bloc, on)
            wanted = where.levels_of(side, asked.base)
            found = [
                m
                for m in moved(asked.base, since=since, on=on, codes=codes)
                if m.after in wanted
            ]
            words = where.filters(
                region, bloc, asked.texts, asked.texts.locale, asked.base
            )
            key = f"movers:{side}:{region}:{bloc}:{since.isoformat()}:{on.isoformat()}"
            return where.movers(
                found,
                asked.base,
                asked.texts,
                since=since,
                on=on,
                page=page,
                key=key,
                among=words,
            )

        await self.answer(
            interaction,
            asked,
            ("movers", side, region, bloc, since, on, page),
            make,
            again=again,
        )

    async def roll(
        self,
        interaction: discord.Interaction[Any],
        asked: Asked,
        key: str,
        region: str,
        bloc: str,
    ) -> None:
        """One roll call."""

        def make() -> Answer:
            vote = asked.base.votes[key]
            codes = (
                among(asked.base, region, bloc, vote.date.first)
                if region or bloc
                else None
            )
            words = where.filters(
                region, bloc, asked.texts, asked.texts.locale, asked.base
            )
            return roll(vote, asked.base, asked.texts, among=codes, words=words)

        await self.answer(interaction, asked, ("roll", key, region, bloc), make)

    async def bloc(
        self,
        interaction: discord.Interaction[Any],
        asked: Asked,
        key: str,
        on: date,
        page: int,
        *,
        again: bool = False,
    ) -> None:
        """One bloc."""
        await self.answer(
            interaction,
            asked,
            ("bloc", key, on, page),
            lambda: bloc_answer(key, asked.base, asked.texts, on=on, page=page),
            again=again,
        )

    async def forecast(
        self,
        interaction: discord.Interaction[Any],
        asked: Asked,
        key: str,
        on: date,
        page: int,
        *,
        again: bool = False,
    ) -> None:
        """One forecast, scored."""

        def make() -> Answer:
            which = asked.base.forecasts[key]
            return forecast_answer(
                which, asked.base, asked.texts, on=on, page=page, key="forecast"
            )

        await self.answer(
            interaction, asked, ("forecast", key, on, page), make, again=again
        )

    async def timeline(
        self,
        interaction: discord.Interaction[Any],
        asked: Asked,
        code: str,
        on: date,
        theme: Theme,
    ) -> None:
        """One actor's level over time, as a picture and as text."""
        base = asked.base
        name = asked.server.names.display(code)

        def make() -> tuple[Answer, str]:
            stops = course(code, base, end=on)
            return timeline.timeline(code, stops, base, asked.texts), chart(
                name, stops, base, english(), theme=theme
            )

        await self._pictured(
            interaction, asked, ("timeline", code, on, theme, base.revision), make
        )

    async def map(
        self,
        interaction: discord.Interaction[Any],
        asked: Asked,
        show: str,
        on: date,
        region: str,
        theme: Theme,
        *,
        mark: str = "",
    ) -> None:
        """A world map, as a picture and as text."""
        base = asked.base
        plain = Texts("en", asked.server.names.display)

        def make() -> tuple[Answer, str]:
            found: MapPicture = picture(
                show, base, asked.texts, plain, on=on, region=region, mark=mark
            )
            return found.answer, draw(found.sheet, theme)

        await self._pictured(
            interaction,
            asked,
            ("map", show, on, region, theme, mark, base.revision),
            make,
        )

    async def _pictured(
        self,
        interaction: discord.Interaction[Any],
        asked: Asked,
        key: tuple[Any, ...],
        make: Callable[[], tuple[Answer, str]],
    ) -> None:
        """Reply with a picture above its text; what has to be drawn first shows that it
        is being drawn.
        """
        words = (key, "answer", asked.locale)
        png, answer = self.picture_cache.kept(key), self._answers.get(words)
        deferred = png is None or answer is None
        if deferred:
            await interaction.response.defer(ephemeral=asked.private, thinking=True)
            answer, svg = await asyncio.to_thread(make)
            self._answers[words] = answer
            try:
                png = await self.picture_cache.picture(key, lambda: svg)
            except NotDrawnError:
                log.exception("a picture could not be drawn")
                note = asked.texts(
                    "The picture could not be drawn; this is all that it would show."
                )
                answer = replace(answer, notes=(*answer.notes, note))
                await interaction.edit_original_response(view=prepare(answer))
                return
        assert png is not None
        assert answer is not None
        view, file = framed(answer, png, f"{key[0]}.png")
        if deferred:
            await interaction.edit_original_response(view=view, attachments=[file])
        else:
            await interaction.response.send_message(
                view=view, file=file, ephemeral=asked.private, allowed_mentions=_SILENT
            )

    async def mentioned(self, interaction: discord.Interaction[Any], text: str) -> None:
        """Where the countries stand that a message names: privately, a line each."""
        asked = await self.asked(interaction, private=True)
        found = await asyncio.to_thread(find, text, asked.server.names)
        today = self.replies.today()
        texts, base = asked.texts, asked.base
        lines = tuple(
            Line(
                level_name(assess(code, base, on=today).level, base, texts),
                (),
                called(code, texts),
            )
            for code in found.sure
            if code in base.countries
        )
        codes = [
            code for code in (*found.sure, *found.doubtful) if code in base.countries
        ]
        actions = tuple(
            Action(
                f"ally:ask:{code}:{today.isoformat()}:1",
                texts.name(code) + ("?" if code in found.doubtful else ""),
                flag(code),
            )
            for code in codes[:15]
        )
        if not codes:
            answer = Answer(
                texts("No country found"),
                "",
                Line(
                    texts(
                        "This message names no country that I know for sure. Ask "
                        "with /ally."
                    )
                ),
            )
        else:
            lead = texts.many(
                "{n} country in this message",
                "{n} countries in this message",
                len(lines),
            )
            notes = [texts("Press a name for the whole answer with its sources.")]
            if found.doubtful:
                notes.append(
                    texts("A name with a question mark may be something else here.")
                )
            answer = Answer(
                texts("Where do they stand?"),
                "",
                Line(lead),
                (Section("", lines),),
                notes=tuple(notes),
                on=today,
                actions=actions,
            )
        await say(interaction, answer)

    async def pressed(
        self, interaction: discord.Interaction[Any], match: re.Match[str]
    ) -> None:
        """Timeline, Map or Compare under an answer; what they show is private, for
        somebody else may have asked.
        """
        asked = await self.asked(interaction, private=True)
        code, on = match["code"], self._day(match["on"])
        if code not in asked.base.countries:
            raise KeyError(code)
        if match["kind"] == "timeline":
            await self.timeline(interaction, asked, code, on, "dark")
        elif match["kind"] == "map":
            await self.map(interaction, asked, "levels", on, "", "dark", mark=code)
        else:
            field = text_field(
                "with",
                asked.texts("Compare with"),
                most=200,
                example="armenia, kazakhstan",
                hint=asked.texts("One to three countries, with commas between them."),
            )
            title = asked.texts("Compare {name}", name=asked.texts.name(code))
            await interaction.response.send_modal(
                form(title, f"form:compare:{code}:{on.isoformat()}", [field])
            )

    def _day(self, text: str) -> date:
        try:
            return min(date.fromisoformat(text), self.replies.today())
        except ValueError:
            return self.replies.today()

    async def submitted(
        self, interaction: discord.Interaction[Any], match: re.Match[str]
    ) -> None:
        """The form behind Compare came back."""
        asked = await self.asked(interaction, private=True)
        typed = [
            match["code"],
            *re.split(r"[,;\n]", answers_of(interaction).get("with", "")),
        ]
        codes = await self.resolved(
            interaction, asked, [each for each in typed if each.strip()]
        )
        if codes:
            await self.compare(interaction, asked, codes, self._day(match["on"]))

    async def resolved(
        self, interaction: discord.Interaction[Any], asked: Asked, typed: list[str]
    ) -> list[str] | None:
        """The codes of two to four different actors, or None when the asker has been
        told what was not understood.
        """
        texts = self.replies.texts(str(interaction.locale.value), asked.server)
        codes: list[str] = []
        for each in typed:
            found = asked.server.names.resolve(each.strip(), texts.locale)
            if not found.sure:
                near = ", ".join(texts.name(code) for code in found.matches)
                lead = texts("“{query}” is no country I know.", query=each.strip()[:60])
                if near:
                    lead = texts(
                        "“{query}” is not quite a name I know. Did you mean {names}?",
                        query=each.strip()[:60],
                        names=near,
                    )
                await say(interaction, Answer(texts("Which country?"), "", Line(lead)))
                return None
            codes.append(found.matches[0])
        codes = list(dict.fromkeys(codes))
        if not 2 <= len(codes) <= compare.MOST:
            lead = texts("Name two to {n} different countries.", n=compare.MOST)
            await say(interaction, Answer(texts("Compare"), "", Line(lead)))
            return None
        return codes

    async def bloc_page(
        self, interaction: discord.Interaction[Any], match: re.Match[str]
    ) -> None:
        """Another page of a bloc."""
        mine, asked = await self._turned(interaction)
        await self.bloc(
            interaction,
            asked,
            match["key"],
            self._day(match["on"]),
            int(match["page"]),
            again=mine,
        )

    async def forecast_page(
        self, interaction: discord.Interaction[Any], match: re.Match[str]
    ) -> None:
        """Another page of a forecast, or another forecast."""
        mine, asked = await self._turned(interaction)
        await self.forecast(
            interaction,
            asked,
            match["key"],
            self._day(match["on"]),
            int(match["page"]),
            again=mine,
        )

    async def movers_page(
        self, interaction: discord.Interaction[Any], match: re.Match[str]
    ) -> None:
        """Another page of those who moved."""
        mine, asked = await self._turned(interaction)
        await self.movers(
            interaction,
            asked,
            match["side"],
            match["region"],
            match["bloc"],
            self._day(match["since"]),
            self._day(match["on"]),
            int(match["page"]),
            again=mine,
        )

    async def _turned(
        self, interaction: discord.Interaction[Any]
    ) -> tuple[bool, Asked]:
        """A page turns in place where only the presser sees it, and privately beside a
        public one.
        """
        mine = interaction.message is not None and interaction.message.flags.ephemeral
        return mine, await self.asked(interaction, private=True)


def framed(answer: Answer, png: bytes, name: str) -> tuple[Prepared, discord.File]:
    """A picture with its text alternative, and the whole of it in words below."""
    blocks = texts_of(answer)
    view = ui.LayoutView(timeout=None)
    picture_cache: ui.MediaGallery[Any] = ui.MediaGallery()
    picture_cache.add_item(
        media=f"attachment://{name}",
        description=limits.cut(alternative(answer), limits.ALTERNATIVE),
    )
    view.add_item(picture_cache)
    view.add_item(boxed(blocks, answer.level))
    for start in range(0, len(answer.actions), limits.ROW_BUTTONS):
        view.add_item(row_of(answer.actions[start : start + limits.ROW_BUTTONS]))
    return finished(view, blocks), discord.File(io.BytesIO(png), name)


def alternative(answer: Answer) -> str:
    """What a picture shows in plain words: its title, and each class or turn with its
    count; names stand below it.
    """
    parts = [answer.title, answer.lead.text if answer.lead else ""]
    parts += [
        f"{line.label}" if len(line.text) > 120 else f"{line.label}: {line.text}"
        for section in answer.sections
        for line in section.lines
    ]
    return ". ".join(part.strip().rstrip(".") for part in parts if part.strip()) + "."
