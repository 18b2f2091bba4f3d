"""Timelines and maps: drawn off the event loop, kept, and sent with all they show in
words.
"""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import discord
from cachetools import LRUCache
from discord import ui

from bot.alignment.over_time import course
from bot.answers import timeline
from bot.answers.document import Answer
from bot.answers.texts import Texts, english
from bot.commands.explore.context import ReplyContext
from bot.knowledge.conflict import Conflict
from bot.pictures.cache import NotDrawnError, PictureCache
from bot.pictures.chart import chart
from bot.pictures.sheet import Theme
from bot.pictures.world import picture
from bot.pictures.worldmap import draw
from bot.ui import limits
from bot.ui.interaction import SILENT, Interaction
from bot.ui.render import (
    Prepared,
    add_menus,
    add_rows,
    finished,
    framed,
    prepare,
    texts_of,
)

log = logging.getLogger(__name__)

CACHED = 512
"""Answers beside pictures that are kept."""


class Drawing(NamedTuple):
    """A picture as SVG, and all that it shows in words."""

    answer: Answer
    svg: str


@dataclass(frozen=True, slots=True)
class MapQuestion:
    """Which map: what it shows, when, where, and whom it points out."""

    show: str
    on: date
    region: str = ""
    theme: Theme = "dark"
    mark: str = ""
    """The code of an actor, or nobody's."""


class PictureReplies:
    """Pages with a picture, over one picture cache. A picture is kept under its
    question and the revision of what the server sees; its words also under a locale.
    """

    def __init__(self, picture_cache: PictureCache) -> None:
        self.picture_cache = picture_cache
        self._answers: LRUCache[Hashable, Answer] = LRUCache(CACHED)

    async def timeline(
        self,
        interaction: Interaction,
        context: ReplyContext,
        code: str,
        on: date,
        theme: Theme,
    ) -> None:
        """One actor's level over time up to a day."""
        base = context.base
        name = context.server.names.display(code)

        def work_out() -> Drawing:
            stops = course(code, base, end=on)
            answer = timeline.timeline(code, stops, base, context.texts)
            return Drawing(answer, chart(name, stops, base, english(), theme=theme))

        question = ("timeline", code, on, theme, base.revision)
        await self._send(interaction, context, "timeline", question, work_out)

    async def map(
        self, interaction: Interaction, context: ReplyContext, wanted: MapQuestion
    ) -> None:
        """A world map."""
        base = context.base
        plain = Texts("en", context.server.names.display)

        def work_out() -> Drawing:
            drawn = picture(
                wanted.show,
                base,
                context.texts,
                plain,
                on=wanted.on,
                region=wanted.region,
                mark=wanted.mark,
            )
            return Drawing(drawn.answer, draw(drawn.sheet, wanted.theme))

        question = ("map", wanted, base.revision)
        await self._send(interaction, context, "map", question, work_out)

    async def _send(
        self,
        interaction: Interaction,
        context: ReplyContext,
        name: str,
        question: tuple[Hashable, ...],
        work_out: Callable[[], Drawing],
    ) -> None:
        """Reply with a picture above its text; what has to be drawn first shows that it
        is being drawn.
        """
        key, conflict = (question, context.locale), context.base.conflict
        png, answer = self.picture_cache.kept(question), self._answers.get(key)
        if png is not None and answer is not None:
            view, file = with_picture(answer, png, f"{name}.png", conflict)
            await interaction.response.send_message(
                view=view,
                file=file,
                ephemeral=context.private,
                allowed_mentions=SILENT,
            )
            return
        await interaction.response.defer(ephemeral=context.private, thinking=True)
        drawing = await asyncio.to_thread(work_out)
        answer = self._answers[key] = drawing.answer
        try:
            png = await self.picture_cache.picture(question, lambda: drawing.svg)
        except NotDrawnError:
            log.exception("a picture could not be drawn")
            note = context.texts(
                "The picture could not be drawn; a button leads to what it would show."
            )
            answer = replace(answer, notes=(*answer.notes, note))
            await interaction.edit_original_response(view=prepare(answer, conflict))
            return
        view, file = with_picture(answer, png, f"{name}.png", conflict)
        await interaction.edit_original_response(view=view, attachments=[file])


def with_picture(
    answer: Answer, png: bytes, name: str, conflict: Conflict
) -> tuple[Prepared, discord.File]:
    """A picture with all that it shows in its description, and below it what matters
    most.
    """
    blocks = texts_of(answer)
    view = ui.LayoutView(timeout=None)
    gallery: ui.MediaGallery[ui.LayoutView] = ui.MediaGallery()
    gallery.add_item(
        media=f"attachment://{name}",
        description=limits.cut(answer.described, limits.ALTERNATIVE),
    )
    view.add_item(gallery)
    view.add_item(framed(answer, blocks, conflict))
    add_rows(view, answer.actions)
    add_menus(view, answer.menus)
    return finished(view, blocks), discord.File(io.BytesIO(png), name)
