"""Errors of servers' entries as kind replies: what was wrong, what would be right, and
that nothing is lost.
"""

from __future__ import annotations

from bot.answers.document import Answer, Line, Section
from bot.answers.entries import all_entries
from bot.answers.entry_words import told
from bot.answers.sentences import shortened
from bot.answers.texts import Texts
from bot.entries.records import Suggestion
from bot.knowledge.facts import Base
from bot.store.errors import (
    ClashError,
    DecidedError,
    MissingError,
    QuotaError,
    SchemaNewerError,
    StaleError,
    StoreAwayError,
    StoreError,
)
from bot.ui.interaction import Interaction
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache


def refusal(error: StoreError, base: Base, texts: Texts) -> Answer:
    """The page for an error; its words are for the one who pressed or typed."""
    sorry = texts("That did not work")
    match error:
        case StoreAwayError():
            return _away(texts)
        case MissingError():
            lead = texts(
                "This server has no #{number}. /entry list shows what there is.",
                number=error.number,
            )
            return Answer.plain(sorry, lead, actions=[all_entries(texts)])
        case StaleError():
            return _stale(error, base, texts)
        case DecidedError():
            return _decided(error.suggestion, texts)
        case ClashError():
            lead = texts(
                "#{number} already says this. Change it with /entry edit.",
                number=error.number,
            )
            return Answer.plain(sorry, lead)
        case QuotaError():
            return Answer.plain(sorry, _quota(error, texts))
        case SchemaNewerError():
            lead = texts(
                "The servers' entries were written by a newer Ally. Nothing was "
                "changed; whoever runs this bot has to upgrade it."
            )
            return Answer.plain(texts("Not right now"), lead)
        case _:
            return _away(texts)


def _away(texts: Texts) -> Answer:
    lead = texts(
        "I cannot reach the servers' entries right now. Nothing was "
        "changed, and what you typed is still here. Try again in a "
        "minute."
    )
    return Answer.plain(texts("Not right now"), lead)


def _stale(error: StaleError, base: Base, texts: Texts) -> Answer:
    latest = error.latest
    what = texts(
        "Somebody changed #{number} on {when}. Look at it again, then repeat what you "
        "wanted.",
        number=latest.number,
        when=texts.moment(latest.at),
    )
    content = shortened(told(latest.kind, latest.body, base, texts), 400)
    reads = Line.labelled(texts("It says now"), content)
    return Answer(
        texts("Somebody was faster"),
        lead=Line(what, by=latest.author),
        sections=(Section("", (reads,)),),
    )


def _decided(suggestion: Suggestion, texts: Texts) -> Answer:
    decided = suggestion.decided_at
    when = texts.moment(decided) if decided else texts("an unknown day")
    number = suggestion.number
    waiting = texts("/entry review shows what still waits.")
    if suggestion.verdict == "withdrawn":
        lead = texts(
            "Suggestion {number} was withdrawn on {when}: its author asked to be "
            "forgotten. There is nothing left to decide.",
            number=number,
            when=when,
        )
        return Answer.plain(texts("No longer there"), lead, notes=(waiting,))
    what = texts(
        "Suggestion {number} was already rejected, on {when}.", number=number, when=when
    )
    if suggestion.verdict == "approved":
        what = texts(
            "Suggestion {number} was already approved, on {when}.",
            number=number,
            when=when,
        )
    return Answer(
        texts("Somebody was faster"),
        lead=Line(what, by=suggestion.decided_by),
        notes=(waiting,),
    )


def _quota(error: QuotaError, texts: Texts) -> str:
    n = error.limit
    match error.what:
        case "entries":
            return texts.many(
                "This server has {n} entry, which is all it may have. Retire some "
                "first.",
                "This server has {n} entries, which is all it may have. Retire some "
                "first.",
                n,
            )
        case "waiting":
            return texts(
                "{n} suggestions already wait for the moderators. Try again later.",
                n=n,
            )
        case "follows":
            return texts.many(
                "This server follows {n} thing, which is all it may. Stop one with "
                "/following first.",
                "This server follows {n} things, which is all it may. Stop one with "
                "/following first.",
                n,
            )
        case _:
            return texts(
                "You have made {n} suggestions in 24 hours, which is all for now. "
                "Thank you!",
                n=n,
            )


def not_a_moderator(texts: Texts) -> Answer:
    """For somebody who may not do this (any more)."""
    lead = texts(
        "You need the permission Manage Server, or a role chosen in "
        "/settings. To send in a fact, use /suggest."
    )
    return Answer.plain(texts("Only for moderators"), lead)


def not_a_manager(texts: Texts) -> Answer:
    """For somebody who may moderate at most, and wants to change the settings."""
    lead = texts(
        "Settings need the permission Manage Server. The roles "
        "chosen there can moderate entries, but not change the "
        "settings."
    )
    return Answer.plain(texts("Only for those who manage this server"), lead)


def guild_only(texts: Texts) -> Answer:
    """For somebody outside a server."""
    lead = texts("A server's entries belong to that server; ask there.")
    return Answer.plain(texts("Only in a server"), lead)


async def say(interaction: Interaction, answer: Answer) -> None:
    """Reply privately, first or after the first reply."""
    view = prepare(answer)
    if interaction.response.is_done():
        await interaction.followup.send(view=view, ephemeral=True)
    else:
        await interaction.response.send_message(view=view, ephemeral=True)


async def refuse(
    replies: ReplyCache, interaction: Interaction, error: StoreError
) -> None:
    """Say what went wrong; what is on the screen stays as it is."""
    await say(
        interaction,
        refusal(error, replies.base, replies.texts(str(interaction.locale.value))),
    )
