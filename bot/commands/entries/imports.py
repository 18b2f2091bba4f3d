"""/entry import: a file's changes are shown first, and made only then."""

from __future__ import annotations

import asyncio
import hashlib
import re
from typing import NamedTuple

from bot.answers import imports as pages
from bot.answers.document import Answer
from bot.answers.texts import Texts
from bot.commands.entries.editor import Editor
from bot.entries.import_plan import Plan, plan
from bot.entries.records import Revision
from bot.knowledge.problems import Problem
from bot.knowledge.yaml import MAX_BYTES
from bot.runtime.discord_internals import attachment_of
from bot.runtime.outages import UNSENT
from bot.store.errors import StoreError
from bot.store.views import ServerView
from bot.ui.files import TextFile, with_files
from bot.ui.forms import upload_form, upload_of
from bot.ui.interaction import Interaction
from bot.ui.refusals import refusal, refuse, say
from bot.ui.render import prepare

IMPORT = r"import:(?P<action>apply|cancel):(?P<digest>[0-9a-f]{12})"
UPLOAD = r"form:upload"
_FILE = "entries.yaml"


class PlannedImport(NamedTuple):
    """What a file would change, or every problem that it has."""

    plan: Plan | None
    problems: list[Problem]


class Imports:
    """Reads files for one editor's servers."""

    def __init__(self, editor: Editor) -> None:
        self.editor, self.services = editor, editor.services

    async def begin(self, interaction: Interaction) -> None:
        """Ask for the file."""
        if await self.editor.admitted(interaction) is not None:
            texts = self.editor.texts(interaction)
            await interaction.response.send_modal(
                upload_form(texts("Import entries"), "form:upload", texts)
            )

    async def uploaded(self, interaction: Interaction, _match: re.Match[str]) -> None:
        """Read the file and say what it would change; nothing is changed yet."""
        server = await self.editor.admitted(interaction)
        data = upload_of(interaction)
        if server is None or data is None:
            return
        texts = self.editor.texts(interaction, server)
        size = int(data.get("size", 0))
        if size > MAX_BYTES:
            lead = texts(
                "The file has {size} bytes; at most {limit} are read. Export and "
                "import a part at a time.",
                size=texts.number(size),
                limit=texts.number(MAX_BYTES),
            )
            await say(interaction, pages.not_imported(lead, texts))
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        attachment = attachment_of(interaction.client, data)
        try:
            raw = await attachment.read()
        except UNSENT:
            await _unreadable(interaction, texts)
            return
        await self._show(interaction, server, raw)

    async def _plan(self, server: ServerView, raw: bytes) -> PlannedImport:
        rows = await self.services.reader.all_entries(server.guild)
        # Off the loop: a file of a megabyte takes a while, and nobody else should wait
        # for it.
        return PlannedImport(
            *await asyncio.to_thread(
                plan,
                _FILE,
                raw,
                server.base,
                rows,
                self.editor.replies.today(),
                server.names.exact,
            )
        )

    async def _show(
        self, interaction: Interaction, server: ServerView, raw: bytes
    ) -> None:
        """Put the plan, or what is wrong with the file, in the reply's place."""
        answer, files = await self._look(server, raw, self._texts(interaction, server))
        view, attached = with_files(answer, files)
        await interaction.edit_original_response(view=view, attachments=attached)

    def _texts(self, interaction: Interaction, server: ServerView) -> Texts:
        return self.editor.texts(interaction, server)

    async def _look(
        self, server: ServerView, raw: bytes, texts: Texts
    ) -> tuple[Answer, list[TextFile]]:
        try:
            planned = await self._plan(server, raw)
        except StoreError as error:
            return refusal(error, server.base, texts), []
        if planned.plan is None:
            files: list[TextFile] = []
            if len(planned.problems) > pages.SHOWN:
                text = pages.plain_problems(planned.problems)
                files.append(TextFile("problems.txt", text))
            return pages.refused(planned.problems, texts), files
        changes = planned.plan.changes
        files = [TextFile(_FILE, raw.decode("utf-8-sig"))] if changes else []
        if len(changes) > pages.SHOWN:
            text = pages.plain_changes(planned.plan, server.base, texts)
            files.append(TextFile("changes.txt", text))
        digest = _digest(planned.plan)
        return pages.planned(planned.plan, server.base, texts, digest), files

    async def pressed(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Import or Cancel under a dry run; the file is the one that is attached to
        it.
        """
        server = await self.editor.admitted(interaction)
        if server is None or interaction.message is None:
            return
        texts = self._texts(interaction, server)
        attached = {each.filename: each for each in interaction.message.attachments}
        file = attached.get(_FILE)
        if match["action"] == "cancel" or file is None:
            page = pages.cancelled(texts)
            await interaction.response.edit_message(view=prepare(page), attachments=[])
            return
        await interaction.response.defer()
        try:
            server = await self.services.views.fresh(server.guild)
            made = await self._apply(
                interaction, server, await file.read(), match["digest"]
            )
        except StoreError as error:
            await refuse(self.editor.replies, interaction, error)
            return
        except UNSENT:
            await _unreadable(interaction, texts)
            return
        if made is None:
            return
        self.services.views.drop(server.guild)
        page = pages.imported(len(made), texts)
        await interaction.edit_original_response(view=prepare(page), attachments=[])
        await self.editor.notices.audit(interaction.client, server.guild)

    async def _apply(
        self, interaction: Interaction, server: ServerView, raw: bytes, digest: str
    ) -> list[Revision] | None:
        """Make the changes that were shown; None when they would be others now, and
        are shown again.
        """
        planned = await self._plan(server, raw)
        if planned.plan is None or _digest(planned.plan) != digest:
            await self._show(interaction, server, raw)
            texts = self._texts(interaction, server)
            lead = texts(
                "Something has changed since. Look at the changes again, then import."
            )
            await say(interaction, Answer.plain(texts("Look again"), lead))
            return None
        return await self.services.writer.publish(
            server.guild,
            planned.plan.changes,
            author=interaction.user.id,
            verb="import",
        )


async def _unreadable(interaction: Interaction, texts: Texts) -> None:
    lead = texts("The file could not be read from Discord. Try again.")
    await say(interaction, pages.not_imported(lead, texts))


def _digest(planned: Plan) -> str:
    return hashlib.sha256(repr(planned.changes).encode()).hexdigest()[:12]
