"""Comparisons, surveys and roll calls: worked out off the event loop, kept, sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cachetools import LRUCache

from bot.alignment.cohesion import among
from bot.alignment.over_time import moved, standings
from bot.answers import compare, where
from bot.answers.bloc import bloc as bloc_answer
from bot.answers.document import Answer
from bot.answers.forecast import forecast as forecast_answer
from bot.answers.vote import roll
from bot.commands.explore.context import ReplyContext
from bot.ui.interaction import Interaction, send
from bot.ui.render import Prepared, prepare

CACHED = 512
"""Prepared pages kept, at 5 to 10 KiB each."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Whom a page is about: those of a region and of a bloc, everybody without one."""

    region: str = ""
    """A UN M49 code."""
    bloc: str = ""

    def words(self, context: ReplyContext) -> str:
        """What the filters are called."""
        texts = context.texts
        return where.filters(self.region, self.bloc, texts.locale, context.base)


class PageReplies:
    """Pages without a picture. Each is kept under its question, the revision of what
    the server sees, and the reader's locale.
    """

    def __init__(self) -> None:
        self._kept: LRUCache[Hashable, Prepared] = LRUCache(CACHED)

    async def _answer(
        self,
        interaction: Interaction,
        context: ReplyContext,
        question: Hashable,
        work_out: Callable[[], Answer],
        *,
        again: bool = False,
    ) -> None:
        """Reply with a page, worked out in a thread unless it was before; ``again``
        replaces the page on the screen.
        """
        away = context.server.away
        key = (question, context.base.revision, context.locale, away)
        view = self._kept.get(key)
        if view is None:
            answer = await asyncio.to_thread(work_out)
            if away:
                note = context.texts(
                    "I cannot read this server's own entries right now; this is "
                    "what Ally itself knows."
                )
                answer = replace(answer, notes=(*answer.notes, note))
            view = self._kept[key] = prepare(answer, context.base.conflict)
        if again:
            await interaction.response.edit_message(view=view)
        else:
            await send(interaction, view, ephemeral=context.private)

    async def compare(
        self,
        interaction: Interaction,
        context: ReplyContext,
        codes: Sequence[str],
        on: date,
    ) -> None:
        """Two to four actors beside each other."""
        await self._answer(
            interaction,
            context,
            ("compare", *codes, on),
            lambda: compare.comparison(list(codes), context.base, context.texts, on=on),
        )

    async def where(
        self,
        interaction: Interaction,
        context: ReplyContext,
        side: str,
        filters: Filters,
        on: date,
    ) -> None:
        """Who is on which side."""

        def work_out() -> Answer:
            codes = among(context.base, filters.region, filters.bloc, on)
            return where.where(
                standings(context.base, on=on, codes=codes),
                side,
                context.base,
                context.texts,
                on=on,
                among=filters.words(context),
            )

        question = ("where", side, filters, on)
        await self._answer(interaction, context, question, work_out)

    async def movers(
        self,
        interaction: Interaction,
        context: ReplyContext,
        side: str,
        filters: Filters,
        *,
        since: date,
        on: date,
        page: int = 1,
        again: bool = False,
    ) -> None:
        """Who has changed since a day, and is on this side now."""

        def work_out() -> Answer:
            codes = among(context.base, filters.region, filters.bloc, on)
            wanted = where.levels_of(side, context.base)
            moves = [
                move
                for move in moved(context.base, since=since, on=on, codes=codes)
                if move.after in wanted
            ]
            question = f"{side}:{filters.region}:{filters.bloc}"
            return where.movers(
                moves,
                context.base,
                context.texts,
                since=since,
                on=on,
                page=page,
                key=f"movers:{question}:{since.isoformat()}:{on.isoformat()}",
                among=filters.words(context),
            )

        question = ("movers", side, filters, since, on, page)
        await self._answer(interaction, context, question, work_out, again=again)

    async def roll(
        self,
        interaction: Interaction,
        context: ReplyContext,
        key: str,
        filters: Filters,
    ) -> None:
        """One roll call."""

        def work_out() -> Answer:
            vote = context.base.votes[key]
            codes = None
            if filters.region or filters.bloc:
                day = vote.date.first
                codes = among(context.base, filters.region, filters.bloc, day)
            words = filters.words(context)
            return roll(vote, context.base, context.texts, among=codes, words=words)

        await self._answer(interaction, context, ("roll", key, filters), work_out)

    async def bloc(
        self,
        interaction: Interaction,
        context: ReplyContext,
        key: str,
        on: date,
        *,
        page: int = 1,
        again: bool = False,
    ) -> None:
        """One bloc; KeyError for one that the base does not have."""
        await self._answer(
            interaction,
            context,
            ("bloc", key, on, page),
            lambda: bloc_answer(key, context.base, context.texts, on=on, page=page),
            again=again,
        )

    async def forecast(
        self,
        interaction: Interaction,
        context: ReplyContext,
        key: str,
        on: date,
        *,
        page: int = 1,
        again: bool = False,
    ) -> None:
        """One forecast, scored; KeyError for one that the base does not have."""

        def work_out() -> Answer:
            return forecast_answer(
                context.base.forecasts[key],
                context.base,
                context.texts,
                on=on,
                page=page,
                key="forecast",
            )

        question = ("forecast", key, on, page)
        await self._answer(interaction, context, question, work_out, again=again)
