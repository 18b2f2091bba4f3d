"""From a form to a published entry: judged, previewed, corrected and only then
written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import discord

from bot.answers import entries as pages
from bot.answers.document import Action, Answer, Line
from bot.answers.entry_words import told
from bot.answers.sentences import shortened
from bot.answers.texts import Texts
from bot.commands.entries.draft_message import draft_in, page_of
from bot.commands.entries.notices import Notices
from bot.entries.from_form import CODE_LENGTH, Draft, Finding, code_for, fields_of, read
from bot.entries.overlay import previewed
from bot.entries.records import Body, Change, Entry, EntryKind
from bot.knowledge.values import CODE
from bot.store.errors import (
    DecidedError,
    MissingError,
    StaleError,
    StoreAwayError,
    StoreError,
)
from bot.store.services import Services
from bot.store.views import ServerView
from bot.ui.forms import answers_of, draft_form
from bot.ui.permissions import moderates
from bot.ui.refusals import guild_only, not_a_moderator, refusal, refuse, say
from bot.ui.render import prepare
from bot.ui.replies import ReplyCache

STATE = (
    r"(?P<verb>add|edit|approve|suggest):(?P<kind>event|actor|alias|summary|level):"
    r"(?P<subject>[A-Za-z0-9-]{1,40}):(?P<number>\d{1,20}):(?P<revision>\d{1,20})"
)
FORM = "form:" + STATE
DRAFT = r"draft:(?P<action>publish|edit|cancel):" + STATE


@dataclass(frozen=True, slots=True)
class Task:
    """What a draft is for; it travels in custom ids. A suggestion from a message has
    its channel and message here.
    """

    verb: str
    kind: EntryKind
    subject: str = "-"
    number: int = 0
    revision: int = 0

    @classmethod
    def of(cls, match: re.Match[str]) -> Task:
        """From a custom id."""
        return cls(
            match["verb"],
            cast("EntryKind", match["kind"]),
            match["subject"],
            int(match["number"]),
            int(match["revision"]),
        )  # type: ignore[arg-type]

    def __str__(self) -> str:
        return f"{self.verb}:{self.kind}:{self.subject}:{self.number}:{self.revision}"


class Editor:
    """Forms and previews over one services."""

    def __init__(
        self, services: Services, replies: ReplyCache, notices: Notices
    ) -> None:
        self.services, self.replies, self.notices = services, replies, notices

    def texts(
        self, interaction: discord.Interaction[Any], server: ServerView | None = None
    ) -> Texts:
        """The presser's words; all of this is private."""
        return self.replies.texts(str(interaction.locale.value), server)

    async def admitted(
        self, interaction: discord.Interaction[Any], *, moderator: bool = True
    ) -> ServerView | None:
        """The server's view for somebody who may go on, or None when they have been
        told why not.
        """
        if interaction.guild_id is None:
            await say(interaction, guild_only(self.texts(interaction)))
            return None
        server = await self.services.views.view(interaction.guild_id)
        if moderator and not moderates(interaction, server.preferences):
            await say(interaction, not_a_moderator(self.texts(interaction)))
            return None
        return server

    async def show_form(
        self,
        interaction: discord.Interaction[Any],
        task: Task,
        server: ServerView,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        """Open the form of a task, filled in with ``fields``."""
        subject = "" if task.subject == "-" else task.subject
        own = "edit" if task.verb == "edit" else ""
        draft = Draft(task.kind, subject, fields or {}, own)
        made = draft_form(
            draft,
            f"form:{task}",
            server.base,
            self.texts(interaction, server),
            today=self.replies.today(),
            ask_country=task.kind == "event" and not subject,
        )
        await interaction.response.send_modal(made)

    async def submitted(
        self, interaction: discord.Interaction[Any], match: re.Match[str]
    ) -> None:
        """A form came back: show what it would make, or what is wrong with it; nothing
        typed is lost either way.
        """
        task = Task.of(match)
        carried = draft_in(interaction.message)
        fields = {**carried, **answers_of(interaction)}
        if (
            task.verb == "suggest"
            and task.number
            and interaction.guild_id
            and "source" not in fields
        ):
            fields["source"] = _message_source(
                interaction.guild_id, task.number, task.revision
            )
            task = replace(task, number=0, revision=0)
        server = await self._allowed(interaction, task, fields)
        if server is None:
            return
        await self._show(interaction, task, fields, server, again=bool(carried))

    async def _allowed(
        self,
        interaction: discord.Interaction[Any],
        task: Task,
        fields: Mapping[str, str],
    ) -> ServerView | None:
        """As ``admitted``, but what was typed is shown with the refusal: rights may end
        while a form is open.
        """
        if interaction.guild_id is None:
            return await self.admitted(interaction)
        server = await self.services.views.view(interaction.guild_id)
        if task.verb != "suggest" and not moderates(interaction, server.preferences):
            view = page_of(not_a_moderator(self.texts(interaction)), fields, ())
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
    ) -> tuple[Task, Body | None, list[Finding]]:
        subject = task.subject
        if task.kind == "actor":
            if subject == "-":
                subject = fields.get("code", "").strip() or code_for(
                    fields.get("name", ""), server.base.countries
                )
                if not re.fullmatch(CODE, subject) or len(subject) > CODE_LENGTH:
                    hint = texts(
                        "two capitals as ISO has them, or small letters, digits "
                        "and hyphens"
                    )
                    found = Finding(
                        "code", texts("“{code}” is no code", code=subject[:40]), hint
                    )
                    return task, None, [found]
        elif subject == "-":
            typed = fields.get("country", "")
            meant = server.names.resolve(typed, texts.locale)
            if not meant.sure:
                near = ", ".join(texts.name(code) for code in meant.matches)
                hint = (
                    texts("did you mean {names}?", names=near)
                    if near
                    else texts("a name, a code or a flag")
                )
                return (
                    task,
                    None,
                    [
                        Finding(
                            "country",
                            texts("“{query}” is no country I know", query=typed[:60]),
                            hint,
                        )
                    ],
                )
            subject = meant.matches[0]
        elif subject not in server.base.countries:
            return (
                task,
                None,
                [
                    Finding(
                        "country",
                        texts("{code} is not in the knowledge base", code=subject),
                    )
                ],
            )
        body, found = read(
            Draft(task.kind, subject, fields, own),
            server.base,
            self.replies.today(),
            server.names.exact,
        )
        return replace(task, subject=subject), body, found

    async def _own(self, task: Task, guild: int) -> str:
        """The id of the event that is being edited, which an edit must not change."""
        if task.verb != "edit" or task.kind != "event":
            return ""
        return str((await self.services.reader.entry(guild, task.number)).body["id"])

    async def _show(
        self,
        interaction: discord.Interaction[Any],
        task: Task,
        fields: Mapping[str, str],
        server: ServerView,
        *,
        again: bool,
        warning: str = "",
    ) -> None:
        texts = self.texts(interaction, server)
        try:
            own = await self._own(task, server.guild)
        except StoreAwayError:
            own = "" if task.kind != "event" else "entry-being-edited"
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        settled, body, found = self._judged(task, fields, server, texts, own)
        # A new actor's code is made from its name, which may still change.
        if task.kind != "actor":
            task = settled
        publish = (
            texts("Send to the moderators")
            if task.verb == "suggest"
            else texts("Publish")
        )
        buttons = [
            Action(f"draft:edit:{task}", texts("Edit"), "✏️"),
            Action(f"draft:cancel:{task}", texts("Cancel"), "✖️"),
        ]
        if body is None:
            answer = pages.findings(found, texts)
        else:
            change = Change(
                settled.kind, settled.subject, body, task.number, task.revision
            )
            remarks = self._remarks(change, server, texts, own)
            answer = self._preview(
                change, server, texts, [*([warning] if warning else []), *remarks]
            )
            buttons.insert(0, Action(f"draft:publish:{task}", publish, "✅", tone="go"))
        view = page_of(answer, fields, buttons)
        if again:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)

    def _preview(
        self, change: Change, server: ServerView, texts: Texts, remarks: list[str]
    ) -> Answer:
        today = self.replies.today()
        after = previewed(server.base, change, today)
        names = (
            {change.subject: change.body["names"]["short"]}
            if change.kind == "actor"
            else {}
        )

        def name(code: str, locale: str) -> str:
            return names.get(code) or server.names.display(code, locale)

        shown = Texts(texts.locale, name)
        return pages.preview(
            change, server.base, after, shown, today=today, remarks=remarks
        )

    def _remarks(
        self, change: Change, server: ServerView, texts: Texts, own: str
    ) -> list[str]:
        """What is not wrong but worth a look."""
        found: list[str] = []
        if server.away:
            found.append(
                texts(
                    "Servers' entries cannot be reached at the moment: publishing "
                    "has to wait."
                )
            )
        if change.kind == "event":
            if same := pages.resembling(
                change.body["claim"], server.base, change.subject, own
            ):
                found.append(
                    texts(
                        "This resembles what is there: {claim}",
                        claim=shortened(same),
                    )
                )
            if all(source.get("grade") == "weak" for source in change.body["sources"]):
                found.append(
                    texts("Every source is marked weak; a better one convinces more.")
                )
        return found

    async def pressed(
        self, interaction: discord.Interaction[Any], match: re.Match[str]
    ) -> None:
        """Publish, Edit or Cancel under a preview."""
        task, action = Task.of(match), match["action"]
        fields = draft_in(interaction.message)
        if action == "cancel":
            texts = self.texts(interaction)
            answer = Answer(texts("Cancelled"), "", Line(texts("Nothing was changed.")))
            await interaction.response.edit_message(view=page_of(answer, fields, ()))
            return
        server = await self._allowed(interaction, task, fields)
        if server is None:
            return
        if action == "edit":
            await self.show_form(interaction, task, server, fields)
            return
        try:
            await self._publish(interaction, task, fields)
        except StaleError as error:
            texts = self.texts(interaction, server)
            warning = refusal(error, server.base, texts)
            assert warning.lead
            text = texts(
                "{what} Publishing now puts yours over it: {theirs}",
                what=warning.lead.text,
                theirs=shortened(
                    told(error.latest.kind, error.latest.body, server.base, texts)
                ),
            )
            self.services.views.drop(server.guild)
            task = replace(task, revision=error.latest.revision)
            await self._show(
                interaction,
                task,
                fields,
                await self.services.views.view(server.guild),
                again=True,
                warning=text,
            )
        except StoreError as error:
            await refuse(self.replies, interaction, error)

    async def _publish(
        self,
        interaction: discord.Interaction[Any],
        task: Task,
        fields: Mapping[str, str],
    ) -> None:
        guild, author = interaction.guild_id, interaction.user.id
        assert guild is not None
        server = await self.services.views.fresh(guild)
        texts = self.texts(interaction, server)
        own = await self._own(task, guild)
        settled, body, _ = self._judged(task, fields, server, texts, own)
        if body is None:
            await self._show(interaction, task, fields, server, again=True)
            return
        change = Change(settled.kind, settled.subject, body)
        if task.verb == "suggest":
            row = await self.services.writer.propose(
                guild, settled.subject, body, proposer=author
            )
            tell = Action(
                f"tell:{row.number}", texts("Tell me what becomes of it"), "🔔"
            )
            thanks = Line(
                texts(
                    "Suggestion {number} waits for the moderators of this server.",
                    number=row.number,
                )
            )
            done = Answer(texts("Thank you"), "", thanks, actions=(tell,))
            await interaction.response.edit_message(view=prepare(done))
            await self.notices.proposed(interaction.client, server, row)
            return
        if task.verb == "approve":
            row, made = await self.services.writer.decide(
                guild, task.number, "approved", by=author, change=change
            )
        else:
            if task.verb == "edit":
                change = replace(change, number=task.number, revision=task.revision)
            verb = "edit" if task.verb == "edit" else "add"
            row, made = (
                None,
                await self.services.writer.publish(
                    guild, [change], author=author, verb=verb
                ),
            )
        self.services.views.drop(guild)
        after = await self.services.views.view(guild)
        done = pages.published(made, after.base, self.texts(interaction, after))
        await interaction.response.edit_message(view=prepare(done))
        if row is not None:
            await self.notices.decided(interaction.client, after, row)
        await self.notices.audit(interaction.client, guild)

    async def begin(
        self,
        interaction: discord.Interaction[Any],
        kind: EntryKind,
        country: str,
        *,
        verb: str = "add",
        fields: Mapping[str, str] | None = None,
    ) -> None:
        """``/entry add``, ``summary``, ``level`` and ``alias``: open the form for a
        country that was typed.
        """
        server = await self.admitted(interaction, moderator=verb != "suggest")
        if server is None:
            return
        texts = self.texts(interaction, server)
        meant = server.names.resolve(country, texts.locale)
        if not meant.sure:
            await say(
                interaction,
                _unknown(country, meant.matches, texts, moderator=verb != "suggest"),
            )
            return
        subject = meant.matches[0]
        task = Task(verb, kind, subject)
        if kind in {"summary", "level"}:
            try:
                there = await self._there(server.guild, kind, subject)
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
        rows = await self.services.reader.all_entries(guild)
        return next(
            (
                r
                for r in rows
                if (r.kind, r.subject, r.state) == (kind, subject, "published")
            ),
            None,
        )

    async def edit(
        self, interaction: discord.Interaction[Any], entry: Entry, server: ServerView
    ) -> None:
        """Open the form of an entry, filled in with what it says now."""
        task = Task("edit", entry.kind, entry.subject, entry.number, entry.revision)
        await self.show_form(
            interaction, task, server, fields_of(entry.kind, entry.body)
        )

    async def edit_suggestion(
        self, interaction: discord.Interaction[Any], number: int, server: ServerView
    ) -> None:
        """Open a suggestion's form, to be approved as it is corrected."""
        row = await self.services.reader.suggestion(server.guild, number)
        if row.verdict != "pending":
            raise DecidedError(row)
        if row.subject not in server.base.countries:
            raise MissingError(number)
        task = Task("approve", "event", row.subject, row.number, row.revision)
        await self.show_form(interaction, task, server, fields_of("event", row.body))


def _message_source(guild: int, channel: int, message: int) -> str:
    """A Discord message as a source: its link, its day, and the mark of a weak one."""
    when = discord.utils.snowflake_time(message).date().isoformat()
    link = f"https://discord.com/channels/{guild}/{channel}/{message}"
    return f"{link}\nDiscord\nMessage in this server\n{when}\nweak"


def _unknown(
    query: str, codes: tuple[str, ...], texts: Texts, *, moderator: bool
) -> Answer:
    near = ", ".join(texts.name(code) for code in codes)
    lead = texts(
        "“{query}” is no country or actor that I know.", query=shortened(query, 60)
    )
    if near:
        lead = texts(
            "“{query}” is not quite a name I know. Did you mean {names}?",
            query=shortened(query, 60),
            names=near,
        )
    hint = (
        (texts("A moderator can add an actor that the base lacks: /entry actor"),)
        if moderator
        else ()
    )
    return Answer(texts("Which country?"), "", Line(lead), notes=hint)
