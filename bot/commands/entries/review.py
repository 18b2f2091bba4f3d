"""The review queue: suggestions shown, approved, corrected or rejected, by one
moderator each.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers import entries as pages
from bot.answers.document import Answer
from bot.answers.paging import Page
from bot.answers.preview import resembling
from bot.answers.sentences import shortened
from bot.answers.texts import Texts
from bot.commands.entries.editor import Editor
from bot.entries.from_form import Draft, fields_of, read
from bot.entries.records import Change, Suggestion
from bot.runtime.outages import UNSENT
from bot.store.errors import DecidedError, MissingError, StoreError
from bot.store.views import ServerView
from bot.ui.forms import answers_of, reason_form
from bot.ui.interaction import Interaction, is_private
from bot.ui.refusals import refuse, say
from bot.ui.render import prepare
from bot.ui.replies import locale_for

REVIEW = (
    r"review:(?P<action>approve|edit|reject|show)"
    r":(?P<number>\d{1,9}):(?P<revision>\d{1,9})"
)
REJECT = r"form:reject:(?P<number>\d{1,9})"
TELL = r"tell:(?P<number>\d{1,9})"


class ReviewQueue:
    """Decides over the services of one store; ``editor`` does what forms and previews
    need.
    """

    def __init__(self, editor: Editor) -> None:
        self.editor = editor
        self.services, self.notices = editor.services, editor.notices

    async def open(
        self, interaction: Interaction, page: int = 1, *, again: bool = False
    ) -> None:
        """Show the suggestion at a place of the queue, counted from 1, privately."""
        server = await self.editor.admitted(interaction)
        if server is None:
            return
        texts = self.editor.texts(interaction, server)
        try:
            row, count = await self.services.reader.waiting(server.guild, page - 1)
        except StoreError as error:
            await refuse(self.editor.replies, interaction, error)
            return
        if row is None:
            lead = texts("Every suggestion is decided. Thank you.")
            answer = Answer.plain(
                texts("No suggestions wait"), lead, actions=(pages.all_entries(texts),)
            )
        else:
            shown = Page((row,), min(max(page, 1), count), count)
            place = texts("{n} of {all} in the queue", n=shown.number, all=count)
            answer = self._page(row, server, texts, place)
            turns = shown.turns("review:show:{page}:0", texts)
            answer = replace(answer, actions=(*answer.actions, *turns))
        view = prepare(answer)
        if again:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)

    def _page(
        self, row: Suggestion, server: ServerView, texts: Texts, queue: str = ""
    ) -> Answer:
        remarks: list[str] = []
        # What is decided is not judged again: an approved fact would resemble itself.
        if row.verdict == "pending":
            remarks = _remarks(row, server, texts)
        return pages.proposal(row, server.base, texts, remarks=remarks, queue=queue)

    async def pressed(self, interaction: Interaction, match: re.Match[str]) -> None:
        """A button of the queue or of the review channel."""
        action, number = match["action"], int(match["number"])
        if action == "show":
            await self.open(interaction, number, again=True)
            return
        server = await self.editor.admitted(interaction)
        if server is None:
            return
        texts = self.editor.texts(interaction, server)
        try:
            if action == "edit":
                await self.editor.edit_suggestion(interaction, number, server)
            elif action == "reject":
                row = await self._pending(server.guild, number)
                title = texts("Reject suggestion {number}", number=row.number)
                await interaction.response.send_modal(
                    reason_form(title, f"form:reject:{number}", texts)
                )
            else:
                await self._approve(interaction, number)
        except DecidedError as error:
            await refuse(self.editor.replies, interaction, error)
            await self._mend(interaction, error.suggestion, server)
        except StoreError as error:
            await refuse(self.editor.replies, interaction, error)

    async def _pending(self, guild: int, number: int) -> Suggestion:
        """A suggestion that nobody has decided; DecidedError for any other."""
        row = await self.services.reader.suggestion(guild, number)
        if row.verdict != "pending":
            raise DecidedError(row)
        return row

    async def _approve(self, interaction: Interaction, number: int) -> None:
        guild = interaction.guild_id
        assert guild is not None
        server = await self.services.views.fresh(guild)
        row = await self._pending(guild, number)
        if row.subject not in server.base.countries:
            raise MissingError(number)
        # The base may have changed since it was proposed, and with it what is right.
        draft = Draft(
            "event", row.subject, fields_of("event", row.body), str(row.body["id"])
        )
        body, findings = read(
            draft, server.base, self.editor.replies.today(), server.names.exact
        )
        if body is None:
            await say(
                interaction,
                pages.findings(findings, self.editor.texts(interaction, server)),
            )
            return
        change = Change("event", row.subject, body)
        after, _ = await self.services.writer.decide(
            guild, number, "approved", by=interaction.user.id, change=change
        )
        self.services.views.drop(guild)
        await self._done(interaction, after)

    async def rejected(self, interaction: Interaction, match: re.Match[str]) -> None:
        """The reason for a rejection came back."""
        server = await self.editor.admitted(interaction)
        if server is None:
            return
        reason = " ".join(answers_of(interaction).get("reason", "").split())
        try:
            after, _ = await self.services.writer.decide(
                server.guild,
                int(match["number"]),
                "rejected",
                by=interaction.user.id,
                reason=reason,
            )
        except StoreError as error:
            await refuse(self.editor.replies, interaction, error)
            return
        await self._done(interaction, after)

    async def _done(self, interaction: Interaction, row: Suggestion) -> None:
        """Show the outcome in place, and everywhere else that it concerns."""
        guild = interaction.guild_id
        assert guild is not None
        server = await self.services.views.view(guild)
        public = interaction.message is not None and not is_private(interaction)
        locale = locale_for(interaction, server.preferences, private=not public)
        texts = self.editor.replies.texts(locale, server)
        view = prepare(self._page(row, server, texts))
        if interaction.message is not None:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)
        shown = interaction.message.id if interaction.message is not None else 0
        await self.notices.decided(interaction.client, server, row, shown=shown)
        await self.notices.audit(interaction.client, guild)

    async def _mend(
        self, interaction: Interaction, row: Suggestion, server: ServerView
    ) -> None:
        """Show the outcome on a message that still offered the decision."""
        if interaction.message is None or is_private(interaction):
            return
        locale = locale_for(interaction, server.preferences, private=False)
        texts = self.editor.replies.texts(locale, server)
        try:
            await interaction.message.edit(view=prepare(self._page(row, server, texts)))
        except UNSENT:
            return

    async def tell(self, interaction: Interaction, match: re.Match[str]) -> None:
        """The proposer wishes to be told."""
        number = int(match["number"])
        server = await self.editor.admitted(interaction, moderator=False)
        if server is None:
            return
        guild, texts = server.guild, self.editor.texts(interaction)
        try:
            row = await self.services.reader.suggestion(guild, number)
            if row.proposer != interaction.user.id:
                raise MissingError(number)
            if row.verdict != "pending":
                # Nothing is to come of which they could be told.
                decided = pages.proposal(row, server.base, texts)
                await interaction.response.edit_message(view=prepare(decided))
                return
            await self.services.writer.note(guild, number, tell=True)
        except StoreError as error:
            await refuse(self.editor.replies, interaction, error)
            return
        lead = texts(
            "You get a private message when suggestion {number} is decided.",
            number=number,
        )
        thanks = Answer.plain(
            texts("Thank you"), lead, notes=(texts("Another fact? /suggest"),)
        )
        await interaction.response.edit_message(view=prepare(thanks))


def _remarks(row: Suggestion, server: ServerView, texts: Texts) -> list[str]:
    """What a moderator should know before deciding."""
    if row.subject not in server.base.countries:
        return [texts("I no longer know what it is about; it can only be rejected.")]
    alike = resembling(row.body["claim"], server.base, row.subject)
    if alike is None:
        return []
    return [
        texts("This looks like what is already there: {claim}", claim=shortened(alike))
    ]
