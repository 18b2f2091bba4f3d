"""What Ally posts because of a change: the audit channel, the review channel, and a
word to who asked for it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import discord

from bot.answers import entries as pages
from bot.answers.document import Answer, Line, Section
from bot.answers.entry_words import told, verb_name
from bot.answers.sentences import shortened
from bot.answers.texts import Texts
from bot.entries.records import Suggestion
from bot.store.errors import StoreError
from bot.store.outbox import AuditPost
from bot.store.services import Services
from bot.store.views import ServerView
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache

log = logging.getLogger(__name__)

_SEPARATE = 5
"""Changes of one moment that are posted one by one; more are posted together."""
_SILENT = discord.AllowedMentions.none()


class Notices:
    """Posts for one services. A channel that is gone or closed to Ally is logged and
    changes nothing else.
    """

    def __init__(self, services: Services, replies: ReplyCache) -> None:
        self.services, self.replies = services, replies

    def _texts(self, client: discord.Client, server: ServerView) -> Texts:
        guild = client.get_guild(server.guild)
        return self.replies.texts(
            str(guild.preferred_locale.value) if guild else "en-US", server
        )

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
        for number, (answer, covered) in enumerate(posts):
            try:
                where = client.get_partial_messageable(channel, guild_id=guild)
                await where.send(view=prepare(answer), allowed_mentions=_SILENT)
            except discord.HTTPException as error:
                log.warning(
                    "the audit channel %d of server %d: code %s",
                    channel,
                    guild,
                    error.code,
                )
                if error.status >= 500:
                    later = [row for _, each in posts[number:] for row in each]
                    await self.services.outbox.give_back(later or covered)
                return

    def _posts(
        self, rows: Sequence[AuditPost], server: ServerView, texts: Texts
    ) -> list[tuple[Answer, list[AuditPost]]]:
        together: dict[tuple[Any, ...], list[AuditPost]] = {}
        for row in rows:
            together.setdefault((row.at, row.actor, row.verb), []).append(row)
        posts: list[tuple[Answer, list[AuditPost]]] = []
        for (_, actor, verb), group in together.items():
            if len(group) <= _SEPARATE:
                posts += [
                    (
                        pages.changed(
                            verb, r.after, r.before, r.detail, actor, server.base, texts
                        ),
                        [r],
                    )
                    for r in group
                ]
                continue
            lines = tuple(
                Line(
                    shortened(
                        told(r.after.kind, r.after.body, server.base, texts), 100
                    ),
                    (),
                    f"#{r.after.number} {texts.name(r.after.subject)}",
                )
                for r in group[:15]
                if r.after
            )
            title = texts(
                "{n} entries {what}", n=len(group), what=verb_name(verb, texts)
            )
            note = (
                (texts("… and {n} more: /entry list", n=len(group) - 15),)
                if len(group) > 15
                else ()
            )
            posts.append(
                (
                    Answer(
                        title, "", Line("", by=actor), (Section("", lines),), notes=note
                    ),
                    group,
                )
            )
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
            sent = await where.send(view=view, allowed_mentions=_SILENT)
            await self.services.writer.note(
                server.guild, row.number, channel=channel, message=sent.id
            )
        except discord.HTTPException as error:
            log.warning(
                "the review channel %d of server %d: code %s",
                channel,
                server.guild,
                error.code,
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
                    view=prepare(answer), allowed_mentions=_SILENT
                )
            except discord.HTTPException as error:
                log.warning(
                    "the review message of suggestion %d: code %s",
                    row.number,
                    error.code,
                )
        if row.tell and row.proposer:
            try:
                private = await client.create_dm(discord.Object(row.proposer))
                await private.send(view=prepare(answer), allowed_mentions=_SILENT)
            except discord.HTTPException as error:
                log.info("a proposer could not be told: code %s", error.code)
