"""The one place that turns what went wrong into a reply; the reader gets a reference that the log has too."""

from __future__ import annotations

import logging
from typing import Any

import discord

from bot.answers.document import Answer, Line
from bot.answers.texts import Texts
from bot.intake import PASSAGE, reference_of
from bot.knowledge.names import babel_locale
from bot.ui.render import prepare

log = logging.getLogger(__name__)

TOO_LATE = {10062, 10015, 50027}
"""Unknown interaction, unknown webhook, invalid webhook token: nobody is there any more."""


async def apologise(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Log the error under a short reference and tell the reader that reference, privately."""
    cause = getattr(error, "original", error)
    passage = PASSAGE.get()
    if isinstance(cause, discord.HTTPException) and cause.code in TOO_LATE:
        if passage:
            passage.outcome = "late"
        log.warning("answered too late: code %s", cause.code)
        return
    reference = reference_of(interaction.id)
    texts = Texts(babel_locale(str(interaction.locale.value)))
    if isinstance(cause, KeyError):
        log.info("reference %s: %s is no longer in the base", reference, cause)
        text = texts("That country is no longer in the knowledge base. Ask again with /ally.")
    else:
        failed(cause)
        text = texts("Something went wrong on my side. If it goes on, tell the operator this reference: {reference}",
                     reference=reference)  # fmt: skip
    view = prepare(Answer(texts("Sorry"), "", Line(text)))
    try:
        if interaction.response.is_done():
            await interaction.followup.send(view=view, ephemeral=True)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)
    except discord.HTTPException as again:
        log.warning("reference %s: the apology could not be sent: code %s", reference, again.code)


def failed(error: BaseException) -> None:
    """Log what went wrong, under the reference of the interaction that it went wrong in."""
    passage = PASSAGE.get()
    if passage:
        passage.outcome = "error"
    reference = passage.reference if passage else "-"
    log.error("reference %s: an interaction failed", reference, exc_info=getattr(error, "original", error))
