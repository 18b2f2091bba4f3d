"""Timelines and maps: drawn off the event loop, kept, and sent with all they show in
words.
"""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date

import discord
from cachetools import LRUCache
from discord import ui

from bot.answers.document import Answer
from bot.knowledge.conflict import Conflict
from bot.knowledge.text import cut
from bot.pictures.cache import NotDrawnError, PictureCache
from bot.pictures.drawings import (
    Drawing,
    MapQuestion,
    card_drawing,
    map_drawing,
    ranking_drawing,
    timeline_drawing,
)
from bot.pictures.sheet import Theme
from bot.ui import limits
from bot.ui.interaction import SILENT, Interaction
from bot.ui.page import LongReply, ReplyContext
from bot.ui.render import (
    Prepared,
    add_menus,
    add_rows,
    at_site,
    finished,
    framed,
    prepare,
    texts_of,
)

log = logging.getLogger(__name__)

CACHED = 512
"""Answers beside pictures that are kept."""


class PictureReplies:
    """Pages with a picture, over one picture cache. A picture is kept under its
    question, the revision of what the server sees, and a locale.
    """

    def __init__(self, picture_cache: PictureCache, site: str = "") -> None:
        self.picture_cache, self.site = picture_cache, site
        self._answers: LRUCache[Hashable, Answer] = LRUCache(CACHED)

    def timeline(
        self, context: ReplyContext, code: str, on: date, theme: Theme
    ) -> LongReply:
        """One actor's level over time up to a day."""
        return self._reply(
            context,
            ("timeline", code, on, theme),
            lambda: timeline_drawing(
                code, context.base, context.texts, on=on, theme=theme
            ),
        )

    def map(self, context: ReplyContext, wanted: MapQuestion) -> LongReply:
        """A world map."""
        return self._reply(
            context,
            ("map", wanted),
            lambda: map_drawing(wanted, context.base, context.texts),
        )

    def card(self, context: ReplyContext, code: str, on: date) -> LongReply:
        """One actor's card as a picture for sharing."""
        server = context.server
        hosted = bool(server.guild) and not server.away
        return self._reply(
            context,
            ("card", code, on, context.private, hosted),
            lambda: card_drawing(
                code,
                context.base,
                context.texts,
                on=on,
                site=self.site.removeprefix("https://"),
                private=context.private,
                hosted=hosted,
            ),
        )

    def ranking(self, context: ReplyContext, key: str, on: date) -> LongReply:
        """A ranking; KeyError for one that the base does not have."""
        return self._reply(
            context,
            ("ranking", key, on),
            lambda: ranking_drawing(key, context.base, context.texts, on=on),
        )

    def _reply(
        self,
        context: ReplyContext,
        question: tuple[str, *tuple[Hashable, ...]],
        work_out: Callable[[], Drawing],
    ) -> LongReply:
        async def send(interaction: Interaction) -> None:
            await self._send(interaction, context, question, work_out)

        return LongReply(send)

    async def _send(
        self,
        interaction: Interaction,
        context: ReplyContext,
        question: tuple[str, *tuple[Hashable, ...]],
        work_out: Callable[[], Drawing],
    ) -> None:
        """Reply with a picture above its text; what has to be drawn first shows that it
        is being drawn.
        """
        conflict, name = context.base.conflict, f"{question[0]}.png"
        key = (question, context.base.state, context.locale)
        png, answer = self.picture_cache.kept(key), self._answers.get(key)
        if png is not None and answer is not None:
            view, file = with_picture(answer, png, name, conflict)
            await interaction.response.send_message(
                view=view,
                file=file,
                ephemeral=context.private,
                allowed_mentions=SILENT,
            )
            return
        await interaction.response.defer(ephemeral=context.private, thinking=True)
        drawing = await asyncio.to_thread(work_out)
        answer = self._answers[key] = at_site(drawing.answer, self.site)
        try:
            png = await self.picture_cache.picture(key, drawing.svg)
        except NotDrawnError:
            log.exception("a picture could not be drawn")
            note = context.texts(
                "The picture could not be drawn; a button leads to what it would show."
            )
            answer = replace(answer, notes=(*answer.notes, note))
            await interaction.edit_original_response(view=prepare(answer, conflict))
            return
        view, file = with_picture(answer, png, name, conflict)
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
        description=cut(answer.described, limits.ALTERNATIVE),
    )
    view.add_item(gallery)
    view.add_item(framed(answer, blocks, conflict))
    add_rows(view, answer.actions)
    add_menus(view, answer.menus)
    return finished(view, blocks), discord.File(io.BytesIO(png), name)
