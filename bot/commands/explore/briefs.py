"""Briefs: a country on one page, as PDF where the library for it is installed, with the
same in words.
"""

from __future__ import annotations

import asyncio
import io
import logging
from datetime import date

import discord
from discord import ui

from bot.answers.country_brief import country_brief
from bot.answers.document import Answer
from bot.knowledge.conflict import Conflict
from bot.pictures.cache import NotDrawnError, PictureCache
from bot.pictures.paper import can_print, paper, pdf_of
from bot.ui.interaction import SILENT, Interaction
from bot.ui.page import LongReply, Reply, ReplyContext, survey
from bot.ui.render import Prepared, add_rows, finished, framed, prepare, texts_of

log = logging.getLogger(__name__)


class BriefReplies:
    """Briefs over one cache of what is drawn: a PDF is kept under its question, the
    revision of what the server sees, and a locale.
    """

    def __init__(self, picture_cache: PictureCache) -> None:
        self._cache = picture_cache

    def brief(self, context: ReplyContext, code: str, on: date) -> Reply:
        """One actor's brief up to a day."""

        def work_out() -> Answer:
            return country_brief(code, context.base, context.texts, on=on)

        if not can_print():
            return survey(context, ("brief", code, on), work_out)

        async def send(interaction: Interaction) -> None:
            await interaction.response.defer(ephemeral=context.private, thinking=True)
            answer = await asyncio.to_thread(work_out)
            conflict = context.base.conflict
            view, files = prepare(answer, conflict), list[discord.File]()
            if pdf := await self._pdf(context, code, on, answer):
                view, file = _with_pdf(answer, pdf, f"{code}.pdf".lower(), conflict)
                files.append(file)
            await interaction.edit_original_response(
                view=view, attachments=files, allowed_mentions=SILENT
            )

        return LongReply(send)

    async def _pdf(
        self, context: ReplyContext, code: str, on: date, answer: Answer
    ) -> bytes | None:
        """The brief as PDF; None if it could not be made."""
        key = ("brief", code, on, context.base.state, context.locale)
        try:
            return self._cache.kept(key) or await self._cache.drawn(
                key, lambda: paper(code, answer, context.base, context.texts), pdf_of
            )
        except NotDrawnError:
            log.exception("a brief could not be made")
            return None


def _with_pdf(
    answer: Answer, pdf: bytes, name: str, conflict: Conflict
) -> tuple[Prepared, discord.File]:
    """A brief in words, and below it the file."""
    blocks = texts_of(answer)
    view = ui.LayoutView(timeout=None)
    view.add_item(framed(answer, blocks, conflict))
    view.add_item(ui.File(f"attachment://{name}"))
    add_rows(view, answer.actions)
    return finished(view, blocks), discord.File(io.BytesIO(pdf), name)
