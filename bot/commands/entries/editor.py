"""From a form to a published entry: judged, previewed, corrected and only then
written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers import entries as pages
from bot.answers.document import Action, Answer
from bot.answers.entry_words import told
from bot.answers.sentences import shortened
from bot.answers.texts import Texts
from bot.commands.entries.draft_form import draft_form
from bot.commands.entries.draft_message import draft_page, fields_in, page_of
from bot.commands.entries.edited import Edited, edited_by
from bot.commands.entries.judge import Judgement, judge
from bot.commands.entries.notices import Notices
from bot.commands.entries.preview import preview_of, remarks_on
from bot.commands.entries.publication import Publication
from bot.commands.entries.read_sources import read_notes, read_sources
from bot.commands.entries.task import UNKNOWN_SUBJECT, Task, message_source
from bot.entries.from_form import Draft, fields_of
from bot.entries.records import Entry, EntryKind
from bot.names.choose import Selection, select_actor
from bot.names.index import flag
from bot.runtime.discord_internals import is_of_person_alone
from bot.runtime.page_reader import PageReader
from bot.store.errors import (
    DecidedError,
    MissingError,
    StaleError,
    StoreAwayError,
    StoreError,
)
from bot.store.services import Services
from bot.store.views import ServerView
from bot.ui.forms import answers_of
from bot.ui.interaction import Interaction
from bot.ui.permissions import moderates
from bot.ui.refusals import guild_only, not_a_moderator, refusal, refuse, say
from bot.ui.replies import ReplyCache

_UNREAD = "entry-being-edited"
"""Stands for an edited event's id while the database is away: nothing resembles it."""


class Editor:
    """Forms and previews over the services of one store."""

    def __init__(
        self,
        services: Services,
        replies: ReplyCache,
        notices: Notices,
        pages: PageReader | None = None,
    ) -> None:
        self.services, self.replies, self.notices = services, replies, notices
        self._pages = pages
        self._publication = Publication(services, replies, notices)

    def texts(
        self, interaction: Interaction, server: ServerView | None = None
    ) -> Texts:
        """The presser's words; all of this is private."""
        return self.replies.texts(str(interaction.locale.value), server)

    async def admitted(
        self, interaction: Interaction, *, moderator: bool = True
    ) -> ServerView | None:
        """The server's view for somebody who may go on, or None when they have been
        told why not.
        """
        if interaction.guild_id is None or is_of_person_alone(interaction):
            # Nobody moderates entries where the server has not installed Ally, and what
            # is written keeps a server that was left from being purged.
            await say(interaction, guild_only(self.texts(interaction)))
            return None
        server = await self.services.views.view(interaction.guild_id)
        if moderator and not moderates(interaction, server.preferences):
            if server.away:
                # Which roles moderate may not be known.
                await refuse(self.replies, interaction, StoreAwayError())
                return None
            await say(interaction, not_a_moderator(self.texts(interaction)))
            return None
        return server

    async def show_form(
        self,
        interaction: Interaction,
        task: Task,
        server: ServerView,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        """Open the form of a task, filled in with ``fields``."""
        subject = "" if task.subject == UNKNOWN_SUBJECT else task.subject
        own = "edit" if task.verb == "edit" else ""
        modal = draft_form(
            Draft(task.kind, subject, fields or {}, own),
            f"form:{task}",
            server.base,
            self.texts(interaction, server),
            today=self.replies.today(),
            ask_country=task.kind == "event" and not subject,
        )
        await interaction.response.send_modal(modal)

    async def submitted(self, interaction: Interaction, match: re.Match[str]) -> None:
        """A form came back: show what it would make, or what is wrong with it; nothing
        typed is lost either way.
        """
        task = Task.of(match)
        carried = fields_in(interaction.message)
        fields = {**carried, **answers_of(interaction)}
        from_message = task.verb == "suggest" and task.number
        if from_message and interaction.guild_id and "source" not in fields:
            fields["source"] = message_source(
                interaction.guild_id, task.number, task.revision
            )
            task = replace(task, number=0, revision=0)
        server = await self._allowed(interaction, task, fields)
        if server is None:
            return
        texts, again = self.texts(interaction, server), bool(carried)
        read = fields
        if self._pages is not None and task.verb != "suggest":
            read = await read_sources(self._pages, interaction, fields, again=again)
        warnings = read_notes(fields, read, texts)
        await self._show(
            interaction, task, read, server, again=again, warnings=warnings
        )

    async def _allowed(
        self, interaction: Interaction, task: Task, fields: Mapping[str, str]
    ) -> ServerView | None:
        """As ``admitted``, but what was typed is shown with the refusal: rights may end
        while a form is open.
        """
        if interaction.guild_id is None or is_of_person_alone(interaction):
            return await self.admitted(interaction)
        server = await self.services.views.view(interaction.guild_id)
        if task.verb != "suggest" and not moderates(interaction, server.preferences):
            texts = self.texts(interaction)
            page = not_a_moderator(texts)
            if server.away:
                page = refusal(StoreAwayError(), server.base, texts)
            view = page_of(page, fields, ())
            await interaction.response.send_message(view=view, ephemeral=True)
            return None
        return server

    def _judged(
        self,
        task: Task,
        fields: Mapping[str, str],
        server: ServerView,
        texts: Texts,
        own: str,
    ) -> Judgement:
        today = self.replies.today()
        return judge(task, fields, server, texts, today=today, own=own)

    async def _show(
        self,
        interaction: Interaction,
        task: Task,
        fields: Mapping[str, str],
        server: ServerView,
        *,
        again: bool,
        warnings: Sequence[str] = (),
    ) -> None:
        """Show a draft; ``again`` replaces the message that shows it already."""
        texts = self.texts(interaction, server)
        try:
            edited = await edited_by(task, server.guild, self.services.reader)
        except StoreAwayError:
            edited = Edited(_UNREAD if task.kind == "event" else "")
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        own = edited.own
        judgement = self._judged(task, fields, server, texts, own)
        card: Answer | None = None
        # A new actor's code is made from its name, which may still change.
        if task.kind != "actor":
            task = judgement.task
        buttons = [
            Action(f"draft:edit:{task}", texts("Edit"), "✏️"),
            Action(f"draft:cancel:{task}", texts("Cancel"), "✖️"),
        ]
        if judgement.body is None:
            answer = pages.findings(judgement.findings, texts)
        else:
            change = judgement.change()
            remarks = [*warnings, *remarks_on(change, server, texts)]
            if edited.is_retired:
                remarks.insert(0, pages.is_retired(task.number, texts))
            shown = preview_of(
                change,
                server,
                texts,
                today=self.replies.today(),
                remarks=remarks,
                own=own,
            )
            answer, card = shown.changes, shown.card
            buttons.insert(0, _publish_button(task, texts))
        view = draft_page(answer, fields, buttons, server.base.conflict, card=card)
        if interaction.response.is_done():
            await interaction.edit_original_response(view=view)
        elif again:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)

    async def pressed(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Publish, Edit or Cancel under a preview."""
        task, action = Task.of(match), match["action"]
        fields = fields_in(interaction.message)
        if action == "cancel":
            texts = self.texts(interaction)
            answer = Answer.plain(texts("Cancelled"), texts("Nothing was changed."))
            again = Action(f"draft:edit:{task}", texts("Edit"), "✏️")
            view = page_of(answer, fields, [again])
            await interaction.response.edit_message(view=view)
            return
        server = await self._allowed(interaction, task, fields)
        if server is None:
            return
        try:
            if action == "edit":
                await self.show_form(interaction, task, server, fields)
            else:
                await self._publish(interaction, task, fields)
        except StaleError as error:
            await self._show_stale(interaction, task, fields, error)
        except StoreError as error:
            await refuse(self.replies, interaction, error)

    async def _show_stale(
        self,
        interaction: Interaction,
        task: Task,
        fields: Mapping[str, str],
        error: StaleError,
    ) -> None:
        """Show a draft again whose entry somebody else has changed meanwhile."""
        assert interaction.guild_id is not None
        self.services.views.drop(interaction.guild_id)
        server = await self.services.views.view(interaction.guild_id)
        texts = self.texts(interaction, server)
        what, latest = refusal(error, server.base, texts), error.latest
        assert what.lead
        theirs = shortened(told(latest.kind, latest.body, server.base, texts))
        warnings = (
            what.lead.text,
            texts(
                "It now says: {theirs}. Publishing puts yours over it.", theirs=theirs
            ),
        )
        task = replace(task, revision=latest.revision)
        await self._show(
            interaction, task, fields, server, again=True, warnings=warnings
        )

    async def _publish(
        self, interaction: Interaction, task: Task, fields: Mapping[str, str]
    ) -> None:
        guild = interaction.guild_id
        assert guild is not None
        server = await self.services.views.fresh(guild)
        texts = self.texts(interaction, server)
        own = (await edited_by(task, guild, self.services.reader)).own
        judgement = self._judged(task, fields, server, texts, own)
        if judgement.body is None:
            await self._show(interaction, task, fields, server, again=True)
        else:
            await self._publication.publish(interaction, judgement, server)

    async def begin(
        self,
        interaction: Interaction,
        kind: EntryKind,
        country: str,
        *,
        verb: str = "add",
        fields: Mapping[str, str] | None = None,
    ) -> None:
        """Open the form for a country that was typed; with ``fields`` show the draft
        at once.
        """
        server = await self.admitted(interaction, moderator=verb != "suggest")
        if server is None:
            return
        texts = self.texts(interaction, server)
        selection = select_actor(country, server.names, texts.locale)
        if selection.key is None:
            page = _unknown(country, selection, texts, Task(verb, kind))
            await say(interaction, page)
            return
        task = Task(verb, kind, selection.key)
        if kind in {"summary", "level"}:
            try:
                there = await self._there(server.guild, kind, task.subject)
            except StoreError as error:
                await refuse(self.replies, interaction, error)
                return
            if there is not None:
                await self.edit(interaction, there, server)
                return
        if fields is not None:
            await self._show(interaction, task, fields, server, again=False)
            return
        await self.show_form(interaction, task, server)

    async def _there(self, guild: int, kind: str, subject: str) -> Entry | None:
        """The published entry of a kind of which an actor has one at most."""
        for row in await self.services.reader.all_entries(guild):
            if (row.kind, row.subject) == (kind, subject) and row.state == "published":
                return row
        return None

    async def edit(
        self, interaction: Interaction, entry: Entry, server: ServerView
    ) -> None:
        """Open the form of an entry, filled in with what it says now."""
        task = Task("edit", entry.kind, entry.subject, entry.number, entry.revision)
        await self.show_form(
            interaction, task, server, fields_of(entry.kind, entry.body)
        )

    async def edit_suggestion(
        self, interaction: Interaction, number: int, server: ServerView
    ) -> None:
        """Open a suggestion's form, to be approved as it is corrected."""
        row = await self.services.reader.suggestion(server.guild, number)
        if row.verdict != "pending":
            raise DecidedError(row)
        if row.subject not in server.base.countries:
            raise MissingError(number)
        task = Task("approve", "event", row.subject, row.number, row.revision)
        await self.show_form(interaction, task, server, fields_of("event", row.body))


def _publish_button(task: Task, texts: Texts) -> Action:
    label = texts("Publish")
    if task.verb == "suggest":
        label = texts("Send to the moderators")
    return Action(f"draft:publish:{task}", label, "✅", tone="go")


def _unknown(query: str, selection: Selection, texts: Texts, task: Task) -> Answer:
    """Nobody was meant for sure; buttons open the form about who may have been."""
    shown = shortened(query, 60)
    lead = texts(
        "I know no state or breakaway entity called “{query}”. Try an English "
        "name, a flag or a two-letter code.",
        query=shown,
    )
    if selection.near:
        lead = texts(
            "“{query}” is not quite a name I know. Did you mean {names}?",
            query=shown,
            names=texts.row(texts.name(code) for code in selection.near),
        )
    notes: list[str] = []
    if task.verb != "suggest":
        notes.append(
            texts(
                "A moderator can add a country or group that is missing: /entry actor"
            )
        )
    actions = [
        Action(
            f"draft:edit:{replace(task, subject=code)}", texts.name(code), flag(code)
        )
        for code in selection.near
    ]
    return Answer.plain(texts("Which country?"), lead, notes=notes, actions=actions)
