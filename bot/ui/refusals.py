"""Errors of servers' entries as kind replies: what was wrong, what would be right, and
that nothing is lost.
"""

from __future__ import annotations

from typing import Any

import discord

from bot.answers.document import Answer, Line, Section
from bot.answers.entry_words import told, verb_name
from bot.answers.sentences import shortened
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.store.errors import (
    ClashError,
    DecidedError,
    MissingError,
    QuotaError,
    StaleError,
    StoreAwayError,
    StoreError,
)
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache


def refusal(error: StoreError, base: Base, texts: Texts) -> Answer:
    """The page for an error; its words are for the one who pressed or typed."""
    sorry = texts("That did not work")
    match error:
        case StoreAwayError():
            lead = Line(
                texts(
                    "Servers' entries cannot be reached at the moment. Nothing was "
                    "changed, and what you typed "
                    "is still here: try again in a minute. /ally goes on answering "
                    "from its own base."
                )
            )
            return Answer(texts("Not right now"), "", lead)
        case MissingError():
            return Answer(
                sorry,
                "",
                Line(
                    texts(
                        "This server has no #{number}. /entry list shows what "
                        "there is.",
                        number=error.number,
                    )
                ),
            )
        case StaleError():
            row = error.latest
            what = texts(
                "#{number} was {what} meanwhile, on {when}. Look at it again, then "
                "repeat what you wanted.",
                number=row.number,
                what=verb_name(row.verb, texts),
                when=f"{row.at:%Y-%m-%d %H:%M} UTC",
            )
            reads = Line(
                shortened(told(row.kind, row.body, base, texts), 400),
                (),
                texts("It reads now"),
            )
            return Answer(
                texts("Somebody was faster"),
                "",
                Line(what, by=row.author),
                (Section("", (reads,)),),
            )
        case DecidedError():
            row = error.suggestion
            done = texts("approved") if row.verdict == "approved" else texts("rejected")
            when = f"{row.decided_at:%Y-%m-%d %H:%M} UTC" if row.decided_at else "—"
            what = texts(
                "Suggestion {number} was {what} already, on {when}.",
                number=row.number,
                what=done,
                when=when,
            )
            return Answer(
                texts("Somebody was faster"), "", Line(what, by=row.decided_by)
            )
        case ClashError():
            return Answer(
                sorry,
                "",
                Line(
                    texts(
                        "#{number} already says this. Change it with /entry edit.",
                        number=error.number,
                    )
                ),
            )
        case QuotaError():
            n = error.limit
            what = {
                "entries": texts(
                    "This server has {n} entries, which is all it may have. Retire "
                    "some first.",
                    n=n,
                ),
                "waiting": texts(
                    "{n} suggestions wait for the moderators already. Try again later.",
                    n=n,
                ),
                "today": texts(
                    "You have made {n} suggestions in 24 hours, which is all for "
                    "now. Thank you!",
                    n=n,
                ),
            }[error.what]
            return Answer(sorry, "", Line(what))
        case _:
            return Answer(sorry, "", Line(texts("Nothing was changed.")))


def not_a_moderator(texts: Texts) -> Answer:
    """For somebody who may not do this (any more)."""
    return Answer(
        texts("Only for moderators"),
        "",
        Line(
            texts(
                "This needs the permission Manage Server, or a role that /settings "
                "names. To propose a fact, use /suggest."
            )
        ),
    )


def guild_only(texts: Texts) -> Answer:
    """For somebody outside a server."""
    return Answer(
        texts("Only in a server"),
        "",
        Line(texts("A server's entries belong to that server; ask there.")),
    )


async def say(interaction: discord.Interaction[Any], answer: Answer) -> None:
    """Reply privately, first or after the first reply."""
    view = prepare(answer)
    if interaction.response.is_done():
        await interaction.followup.send(view=view, ephemeral=True)
    else:
        await interaction.response.send_message(view=view, ephemeral=True)


async def refuse(
    replies: ReplyCache, interaction: discord.Interaction[Any], error: StoreError
) -> None:
    """Say what went wrong; what is on the screen stays as it is."""
    await say(
        interaction,
        refusal(error, replies.base, replies.texts(str(interaction.locale.value))),
    )
