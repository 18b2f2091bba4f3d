"""The one place that turns what went wrong into a reply; the reader gets a reference
that the log has too.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, cast

import aiohttp
import discord

from bot.answers.document import Answer, Line
from bot.answers.texts import Texts
from bot.names.index import babel_locale
from bot.runtime.admission import CURRENT_TRACE, reference_of
from bot.ui.render import prepare

log = logging.getLogger(__name__)

TOO_LATE = {10062, 10015, 50027}
"""Unknown interaction, unknown webhook, invalid webhook token: nobody is there any
more.
"""
_ELSEWHERE = (discord.DiscordServerError, aiohttp.ClientError, OSError, TimeoutError)
"""Faults of the way to Discord, of which a traceback would tell nothing."""


async def apologise(
    interaction: discord.Interaction[Any], error: BaseException
) -> None:
    """Log the error under a short reference and tell the reader that reference,
    privately.
    """
    cause = getattr(error, "original", error)
    trace = CURRENT_TRACE.get()
    if isinstance(cause, discord.HTTPException) and cause.code in TOO_LATE:
        if trace:
            trace.outcome = "late"
        log.warning("answered too late: code %s", cause.code)
        return
    texts = Texts(babel_locale(str(interaction.locale.value)))
    if _gone(interaction, cause):
        log.info("what a button was about is no longer in the base")
        text = texts(
            "That country is no longer in the knowledge base. Ask again with /ally."
        )
    else:
        failed(cause)
        text = texts(
            "Something went wrong on my side. If it goes on, tell the operator "
            "this reference: {reference}",
            reference=reference_of(interaction.id),
        )
    view = prepare(Answer(texts("Sorry"), "", Line(text)))
    try:
        if interaction.response.is_done():
            await interaction.followup.send(view=view, ephemeral=True)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)
    except Exception as again:  # noqa: BLE001 - there is nobody above who could do more
        log.warning("the apology could not be sent: %s", type(again).__name__)


async def outdated(interaction: discord.Interaction[Any]) -> None:
    """Answer a button or form that no part of this edition knows; without an answer the
    reader would wait.
    """
    log.warning("a button or form with an unknown custom id came")
    texts = Texts(babel_locale(str(interaction.locale.value)))
    text = texts(
        "This was made by another version of Ally and no longer works. Ask again "
        "with /ally."
    )
    await interaction.response.send_message(
        view=prepare(Answer(texts("Sorry"), "", Line(text))), ephemeral=True
    )


def _gone(interaction: discord.Interaction[Any], cause: BaseException) -> bool:
    """Whether a button names what the base no longer has; any other missing key is a
    fault of Ally's.
    """
    data = cast("Mapping[str, Any]", interaction.data or {})
    return isinstance(cause, KeyError) and str(cause.args[0]) in str(
        data.get("custom_id", "")
    ).split(":")


def failed(error: BaseException) -> None:
    """Log what went wrong, under the reference of the interaction that it went wrong
    in.
    """
    trace = CURRENT_TRACE.get()
    if trace:
        trace.outcome = "error"
    cause = getattr(error, "original", error)
    reference = trace.reference if trace else "-"
    if isinstance(cause, _ELSEWHERE):
        log.warning(
            "reference %s: Discord could not be reached, or failed: %s",
            reference,
            type(cause).__name__,
        )
    else:
        log.error("reference %s: an interaction failed", reference, exc_info=cause)
