"""What Ally posts because of a change: the audit channel, the review channel, and a
word to who asked for it.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Hashable, Sequence

import discord

from bot.answers import entries as pages
from bot.answers.document import Answer, Line, Section
from bot.answers.entry_words import told, verb_name
from bot.answers.sentences import done_by, shortened
from bot.answers.texts import Texts
from bot.entries.records import Suggestion
from bot.runtime.outages import UNSENT, may_succeed_later, reason_of
from bot.store.errors import StoreError
from bot.store.outbox import AuditPost
from bot.store.services import Services
from bot.store.views import ServerView
from bot.ui.interaction import SILENT
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache

log = logging.getLogger(__name__)

_SEPARATE = 5
"""Changes of one moment that are posted one by one; more are posted together."""
_LISTED = 15
"""Changes that are listed where they are posted together."""


class Notices:
    """Posts over the services of one store. What cannot be posted is logged and
    changes nothing else.
    """

    def __init__(self, services: Services, replies: ReplyCache) -> None:
        self.services, self.replies = services, replies

    def _texts(self, client: discord.Client, server: ServerView) -> Texts:
        guild = client.get_guild(server.guild)
        theirs = str(guild.preferred_locale.value) if guild else None
        return self.replies.public_texts(server, theirs)

    async def audit(self, client: discord.Client, guild: int) -> None:
        """Post what has changed in a server since the last time."""
        try:
            server = await self.services.views.fresh(guild)
            channel = server.preferences.audit_channel
            if not channel:
                await self.services.outbox.drop(guild)
                return
            rows = await self.services.outbox.take(guild)
        except StoreError as error:
            log.warning("the audit of server %d waits: %s", guild, type(error).__name__)
            return
        texts = self._texts(client, server)
        posts = self._posts(rows, server, texts)
        where = client.get_partial_messageable(channel, guild_id=guild)
        outbox = self.services.outbox
        for number, (answer, covered) in enumerate(posts):
            try:
                await where.send(view=prepare(answer), allowed_mentions=SILENT)
            except UNSENT as error:
                log.warning(
                    "the audit channel %d of server %d: %s",
                    channel,
                    guild,
                    reason_of(error),
                )
                left = [row for _, each in posts[number:] for row in each]
                later = may_succeed_later(error)
                await self._note(
                    guild, outbox.give_back if later else outbox.posted, left
                )
                return
            await self._note(guild, outbox.posted, covered)

    async def _note(
        self,
        guild: int,
        note: Callable[[Sequence[AuditPost]], Awaitable[None]],
        rows: Sequence[AuditPost],
    ) -> None:
        """Note what became of rows; where it cannot be, they are shown again later."""
        try:
            await note(rows)
        except StoreError as error:
            log.warning(
                "what was shown in server %d was not kept: %s",
                guild,
                type(error).__name__,
            )

    def _posts(
        self, rows: Sequence[AuditPost], server: ServerView, texts: Texts
    ) -> list[tuple[Answer, list[AuditPost]]]:
        """What to post, each with the changes that it tells."""
        together: dict[Hashable, list[AuditPost]] = {}
        for row in rows:
            together.setdefault((row.at, row.actor, row.verb), []).append(row)
        posts: list[tuple[Answer, list[AuditPost]]] = []
        for group in together.values():
            # What is about no entry is told one by one, however much it is.
            if len(group) > _SEPARATE and group[0].after:
                posts.append((_summed_up(group, server, texts), group))
            else:
                posts += [(_post(row, server, texts), [row]) for row in group]
        return posts

    async def proposed(
        self, client: discord.Client, server: ServerView, row: Suggestion
    ) -> None:
        """Show a new suggestion in the review channel, and remember where."""
        channel = server.preferences.review_channel
        if not channel:
            return
        texts = self._texts(client, server)
        view = prepare(pages.proposal(row, server.base, texts))
        try:
            where = client.get_partial_messageable(channel, guild_id=server.guild)
            sent = await where.send(view=view, allowed_mentions=SILENT)
            await self.services.writer.note(
                server.guild, row.number, channel=channel, message=sent.id
            )
        except UNSENT as error:
            log.warning(
                "the review channel %d of server %d: %s",
                channel,
                server.guild,
                reason_of(error),
            )
        except StoreError as error:
            log.warning(
                "where suggestion %d is shown was not kept: %s",
                row.number,
                type(error).__name__,
            )

    async def decided(
        self,
        client: discord.Client,
        server: ServerView,
        row: Suggestion,
        *,
        shown: int = 0,
    ) -> None:
        """Show the outcome where the suggestion stands, and tell the proposer who asked
        for it.

        ``shown`` is the message that shows the outcome already.
        """
        texts = self._texts(client, server)
        answer = pages.proposal(row, server.base, texts)
        if row.message and row.message != shown:
            try:
                where = client.get_partial_messageable(
                    row.channel, guild_id=server.guild
                )
                await where.get_partial_message(row.message).edit(
                    view=prepare(answer), allowed_mentions=SILENT
                )
            except UNSENT as error:
                log.warning(
                    "the review message of suggestion %d: %s",
                    row.number,
                    reason_of(error),
                )
        if row.tell and row.proposer:
            try:
                private = await client.create_dm(discord.Object(row.proposer))
                await private.send(view=prepare(answer), allowed_mentions=SILENT)
            except UNSENT as error:
                log.info("a proposer could not be told: %s", reason_of(error))


def _post(row: AuditPost, server: ServerView, texts: Texts) -> Answer:
    return pages.changed(
        row.verb, row.after, row.before, row.detail, row.actor, server.base, texts
    )


def _summed_up(rows: Sequence[AuditPost], server: ServerView, texts: Texts) -> Answer:
    """Many changes of one person and moment in one message."""
    lines = tuple(
        Line.labelled(
            f"#{row.after.number} {texts.name(row.after.subject)}",
            shortened(told(row.after.kind, row.after.body, server.base, texts), 100),
        )
        for row in rows[:_LISTED]
        if row.after
    )
    more = len(rows) - _LISTED
    notes: tuple[str, ...] = ()
    if more > 0:
        notes = (texts("… and {n} more: /entry list", n=more),)
    what = verb_name(rows[0].verb, texts)
    return Answer(
        texts.many("{n} entry: {what}", "{n} entries: {what}", len(rows), what=what),
        lead=done_by(rows[0].actor, texts),
        sections=(Section("", lines),),
        notes=notes,
    )
