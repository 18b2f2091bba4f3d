"""The one place that turns what went wrong into a reply; the reader gets a reference
that the log has too.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, cast

import discord
from discord import app_commands

from bot.answers.document import Answer
from bot.answers.texts import Texts
from bot.names.locales import cldr_locale
from bot.runtime.admission import CURRENT_TRACE, reference_of
from bot.runtime.outages import OUTAGES
from bot.ui.interaction import Interaction
from bot.ui.render import prepare

log = logging.getLogger(__name__)

TOO_LATE = {10062, 10015, 50027}
"""Unknown interaction, unknown webhook, invalid webhook token: nobody is there any
more.
"""
_ELSEWHERE = (discord.DiscordServerError, *OUTAGES)
"""Faults of the way to Discord, of which a traceback would tell nothing."""


_COMMAND_GONE = (
    app_commands.CommandNotFound,
    app_commands.CommandSignatureMismatch,
)
"""The command that Discord still offers is one of another version of Ally."""


async def apologise(interaction: Interaction, error: BaseException) -> None:
    """Say privately what went wrong: that something is gone, or a short reference under
    which the log has the error.
    """
    cause = getattr(error, "original", error)
    if isinstance(cause, discord.HTTPException) and cause.code in TOO_LATE:
        trace = CURRENT_TRACE.get()
        if trace:
            trace.outcome = "late"
        log.warning("answered too late: code %s", cause.code)
        return
    texts = _texts(interaction)
    if isinstance(cause, _COMMAND_GONE):
        log.warning("a command of another version came")
        text = _another_version(texts)
    elif family := _family_of_what_is_gone(interaction, cause):
        log.info("what a button was about is no longer in the base")
        text = _gone(family, texts)
    else:
        failed(cause)
        text = texts(
            "Something went wrong on my side. If it happens again, tell "
            "whoever runs this bot this reference: {reference}",
            reference=reference_of(interaction.id),
        )
    try:
        await _sorry(interaction, text)
    except Exception as again:  # noqa: BLE001 - there is nobody above who could do more
        log.warning("the apology could not be sent: %s", type(again).__name__)


async def outdated(interaction: Interaction) -> None:
    """Answer a button or form that no part of this edition knows; without an answer the
    reader would wait.
    """
    log.warning("a button or form with an unknown custom id came")
    await _sorry(interaction, _another_version(_texts(interaction)))


def _texts(interaction: Interaction) -> Texts:
    return Texts(cldr_locale(str(interaction.locale.value)))


async def _sorry(interaction: Interaction, text: str) -> None:
    texts = _texts(interaction)
    view = prepare(Answer.plain(texts("Sorry"), text))
    if interaction.response.is_done():
        await interaction.followup.send(view=view, ephemeral=True)
    else:
        await interaction.response.send_message(view=view, ephemeral=True)


def _another_version(texts: Texts) -> str:
    return texts(
        "This was made by another version of Ally and no longer works. Ask again "
        "with /ally."
    )


def _gone(family: str, texts: Texts) -> str:
    match family:
        case "bloc":
            return texts("Ally no longer knows that bloc. Choose one with /bloc.")
        case "forecast":
            return texts(
                "Ally no longer knows that forecast. Choose one with /forecast."
            )
        case _:
            return texts("Ally no longer knows that country. Ask again with /ally.")


def _family_of_what_is_gone(interaction: Interaction, cause: BaseException) -> str:
    """The family of a button's custom id if it names what the base no longer has, else
    nothing; any other missing key is a fault of Ally's.
    """
    data = cast("Mapping[str, Any]", interaction.data or {})
    family, *parts = str(data.get("custom_id", "")).split(":")
    gone = isinstance(cause, KeyError) and str(cause.args[0]) in parts
    return family if gone else ""


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
