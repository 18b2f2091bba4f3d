"""What becomes of a draft when *Publish* was pressed: a suggestion, an approved
suggestion or an entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers import entries as pages
from bot.answers.document import Action, Answer
from bot.commands.entries.judge import Judgement
from bot.commands.entries.notices import Notices
from bot.entries.records import Body, Change, Revision
from bot.store.errors import ClashError
from bot.store.services import Services
from bot.store.views import ServerView
from bot.ui.interaction import Interaction
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache


class Publication:
    """Writes judged drafts, says so where they were previewed, and tells those who are
    to know. What the store refuses is raised as its StoreError.
    """

    def __init__(
        self, services: Services, replies: ReplyCache, notices: Notices
    ) -> None:
        self._services, self._replies, self._notices = services, replies, notices

    async def publish(
        self, interaction: Interaction, judgement: Judgement, server: ServerView
    ) -> None:
        """By the verb of the draft's task; the draft must have a body."""
        assert judgement.body is not None
        verb = judgement.task.verb
        if verb == "suggest":
            await self._propose(interaction, judgement, judgement.body, server)
        elif verb == "approve":
            await self._approve(interaction, judgement, server.guild)
        else:
            await self._write(interaction, judgement, server.guild)

    async def _propose(
        self,
        interaction: Interaction,
        judgement: Judgement,
        body: Body,
        server: ServerView,
    ) -> None:
        texts = self._replies.texts(str(interaction.locale.value), server)
        guild, subject, author = (
            server.guild,
            judgement.task.subject,
            interaction.user.id,
        )
        # Sent twice, or once more because the answer to the first was lost.
        mine = await self._services.reader.waiting_of(guild, author)
        same = (each for each in mine if (each.subject, each.body) == (subject, body))
        row = next(same, None)
        is_new = row is None
        if row is None:
            row = await self._services.writer.propose(
                guild, subject, body, proposer=author
            )
        lead = texts(
            "Suggestion {number} waits for the moderators of this server.",
            number=row.number,
        )
        tell = Action(f"tell:{row.number}", texts("Tell me what happens"), "🔔")
        thanks = Answer.plain(texts("Thank you"), lead, actions=[tell])
        await interaction.response.edit_message(view=prepare(thanks))
        if is_new:
            await self._notices.proposed(interaction.client, server, row)

    async def _approve(
        self, interaction: Interaction, judgement: Judgement, guild: int
    ) -> None:
        change = replace(judgement.change(), number=0, revision=0)
        row, made = await self._services.writer.decide(
            guild,
            judgement.task.number,
            "approved",
            by=interaction.user.id,
            change=change,
        )
        after = await self._after(interaction, guild, made)
        await self._notices.decided(interaction.client, after, row)
        await self._notices.audit(interaction.client, guild)

    async def _write(
        self, interaction: Interaction, judgement: Judgement, guild: int
    ) -> None:
        editing = judgement.task.verb == "edit"
        change = judgement.change()
        if not editing:
            change = replace(change, number=0, revision=0)
            await self._check_new(change, guild)
        made = await self._services.writer.publish(
            guild,
            [change],
            author=interaction.user.id,
            verb="edit" if editing else "add",
        )
        await self._after(interaction, guild, made)
        await self._notices.audit(interaction.client, guild)

    async def _check_new(self, change: Change, guild: int) -> None:
        """ClashError for a fact that an entry tells word for word: it was sent twice,
        or once more because the answer to the first was lost.
        """
        if change.kind != "event":
            return
        said = {**change.body, "id": ""}
        for entry in await self._services.reader.all_entries(guild):
            is_same = entry.kind == "event" and entry.subject == change.subject
            if not is_same or entry.state != "published":
                continue
            if {**entry.body, "id": ""} == said:
                raise ClashError(entry.number)

    async def _after(
        self, interaction: Interaction, guild: int, made: Sequence[Revision]
    ) -> ServerView:
        """Show what was written; the server's view with it."""
        self._services.views.drop(guild)
        after = await self._services.views.view(guild)
        texts = self._replies.texts(str(interaction.locale.value), after)
        done = pages.published(made, after.base, texts)
        await interaction.response.edit_message(view=prepare(done))
        return after
