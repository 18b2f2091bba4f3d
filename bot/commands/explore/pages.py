"""Comparisons, surveys and roll calls: worked out off the event loop, kept, sent.

A page is its custom id (``bot/answers/page_ids.py``): a command and a button that ask
the same name the same page, which is worked out once.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cachetools import LRUCache

from bot.answers import page_ids, pages
from bot.answers.document import Answer
from bot.answers.texts import Texts
from bot.commands.explore.context import ReplyContext
from bot.knowledge.facts import Base
from bot.pictures.world import picture
from bot.ui.interaction import Interaction, send
from bot.ui.render import Prepared, prepare

CACHED = 512
"""Prepared pages kept, at 5 to 10 KiB each."""
MAP = (
    r"map:(?P<show>[a-z0-9:-]{1,70}):(?P<region>\d{0,3})"
    r":(?P<on>\d{4}-\d{2}-\d{2})"
)
_MAP = re.compile(MAP)
_SOURCES = re.compile(pages.CITED)


def _with_maps(page_id: str, base: Base, texts: Texts) -> Answer:
    match = _MAP.fullmatch(page_id)
    if match is None:
        return pages.page_of(page_id, base, texts)
    on, region = date.fromisoformat(match["on"]), match["region"]
    return picture(match["show"], base, texts, texts, on=on, region=region).answer


def page_of(page_id: str, base: Base, texts: Texts) -> Answer:
    """The page that a custom id names, the words of a map, or the sources of either;
    KeyError or ValueError for none.
    """
    if _SOURCES.fullmatch(page_id):
        return pages.sources_of(page_id, base, texts, _with_maps)
    return _with_maps(page_id, base, texts)


@dataclass(frozen=True, slots=True)
class Filters:
    """Whom a page is about: those of a region and of a bloc, everybody without one."""

    region: str = ""
    """A UN M49 code."""
    bloc: str = ""


class PageReplies:
    """Pages without a picture. Each is kept under its custom id, the revision of what
    the server sees, and the reader's locale.
    """

    def __init__(self) -> None:
        self._kept: LRUCache[Hashable, Prepared] = LRUCache(CACHED)

    async def show(
        self,
        interaction: Interaction,
        context: ReplyContext,
        page_id: str,
        *,
        again: bool = False,
    ) -> None:
        """Reply with a page, worked out in a thread unless it was before; ``again``
        replaces the page on the screen. KeyError or ValueError for no page.
        """
        away = context.server.away
        key = (page_id, context.base.revision, context.locale, away)
        view = self._kept.get(key)
        if view is None:
            answer = await asyncio.to_thread(
                page_of, page_id, context.base, context.texts
            )
            if away:
                note = context.texts(
                    "I cannot read this server's own entries right now; this is "
                    "what Ally itself knows."
                )
                answer = replace(answer, notes=(*answer.notes, note))
            view = self._kept[key] = prepare(answer, context.base.conflict)
        if again:
            # A page with a picture is replaced whole.
            await interaction.response.edit_message(view=view, attachments=[])
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
        await self.show(interaction, context, page_ids.compare(codes, on))

    async def where(
        self,
        interaction: Interaction,
        context: ReplyContext,
        side: str,
        filters: Filters,
        on: date,
    ) -> None:
        """Who is on which side."""
        page_id = page_ids.where(side, filters.region, filters.bloc, on)
        await self.show(interaction, context, page_id)

    async def movers(
        self,
        interaction: Interaction,
        context: ReplyContext,
        side: str,
        filters: Filters,
        *,
        since: date,
        on: date,
    ) -> None:
        """Who has changed since a day, and is on this side now."""
        page_id = page_ids.movers(side, filters.region, filters.bloc, since, on)
        await self.show(interaction, context, page_id)

    async def roll(
        self,
        interaction: Interaction,
        context: ReplyContext,
        key: str,
        filters: Filters,
    ) -> None:
        """One roll call."""
        page_id = page_ids.roll(key, filters.region, filters.bloc)
        await self.show(interaction, context, page_id)

    async def bloc(
        self, interaction: Interaction, context: ReplyContext, key: str, on: date
    ) -> None:
        """One bloc; KeyError for one that the base does not have."""
        await self.show(interaction, context, page_ids.bloc(key, on))

    async def forecast(
        self, interaction: Interaction, context: ReplyContext, key: str, on: date
    ) -> None:
        """One forecast, scored; KeyError for one that the base does not have."""
        await self.show(interaction, context, page_ids.forecast(key, on))
