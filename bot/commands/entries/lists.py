"""/entry list, review, export and import: many entries at once."""

from __future__ import annotations

import asyncio
import hashlib
import io
import re
from typing import Any, Literal, cast
from urllib.parse import unquote

import discord
from discord import app_commands, ui

from bot.answers import entries as pages
from bot.answers import imports
from bot.answers.document import Answer, Line
from bot.commands.entries.editor import Editor
from bot.commands.entries.entry import Country, Entries, countries
from bot.commands.entries.review import ReviewQueue
from bot.entries.import_plan import Plan, plan
from bot.entries.overlay import exported, replacement
from bot.entries.records import headline
from bot.knowledge.yaml import MAX_BYTES
from bot.names.index import fold
from bot.runtime.discord_internals import attachment_of
from bot.store.errors import StoreError
from bot.store.views import ServerView
from bot.ui.forms import upload_form, upload_of
from bot.ui.refusals import refusal, refuse, say
from bot.ui.render import boxed, finished, prepare, row_of, texts_of

LIST = (
    r"entries:(?P<page>\d{1,4}):(?P<state>published|retired|any):(?P<code>[A-Za-z0-9-]{0,40})"
    r":(?P<author>\d{1,20}):(?P<search>[^:]{0,60})"
)
HISTORY = r"history:(?P<number>\d{1,9}):(?P<page>\d{1,4})"
IMPORT = r"import:(?P<action>apply|cancel):(?P<digest>[0-9a-f]{12})"
UPLOAD = r"form:upload"

File = tuple[str, str]
"""A file's name and text."""


def with_files(
    answer: Answer, files: list[File]
) -> tuple[ui.LayoutView, list[discord.File]]:
    """An answer with files below it; Components V2 shows only files that a component
    names.
    """
    blocks = texts_of(answer)
    view = ui.LayoutView(timeout=None)
    view.add_item(boxed(blocks, answer.level))
    for name, _ in files:
        view.add_item(ui.File(f"attachment://{name}"))
    if answer.actions:
        view.add_item(row_of(answer.actions))
    made = [discord.File(io.BytesIO(text.encode()), name) for name, text in files]
    return finished(view, blocks), made


class Lists:
    """The commands' work, over one editor."""

    def __init__(self, editor: Editor) -> None:
        self.editor, self.services, self.replies = (
            editor,
            editor.services,
            editor.replies,
        )
        self.entries = Entries(editor)

    async def listing(
        self,
        interaction: discord.Interaction[Any],
        *,
        page: int,
        search: str,
        country: str,
        state: str,
        author: int,
        again: bool,
    ) -> None:
        """Show the entries that fit."""
        server = await self.editor.admitted(interaction)
        if server is None:
            return
        texts = self.editor.texts(interaction, server)
        code = ""
        if country:
            meant = server.names.resolve(country, texts.locale)
            # An actor whose own entry is retired is known by its code alone.
            code = meant.matches[0] if meant.sure else country[:40]
        try:
            rows = await self.services.reader.all_entries(server.guild)
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        wanted = fold(search)
        fitting = [
            row
            for row in reversed(rows)
            if state in {"any", row.state}
            and (not code or row.subject == code)
            and (not author or row.author == author)
            and (
                not wanted
                or wanted in fold(headline(row)[:100])
                or wanted in fold(headline(row)[-100:])
            )
        ]
        answer = pages.listing(
            fitting,
            texts,
            page=page,
            search=search[:20],
            code=re.sub(r"[^A-Za-z0-9-]", "", code),
            state=state,
            author=author,
        )
        if again:
            await interaction.response.edit_message(view=prepare(answer))
        else:
            await interaction.response.send_message(
                view=prepare(answer), ephemeral=True
            )

    async def turned(
        self, interaction: discord.Interaction[Any], match: re.Match[str]
    ) -> None:
        """Another page of the list."""
        await self.listing(
            interaction,
            page=int(match["page"]),
            search=unquote(match["search"]),
            country=match["code"],
            state=match["state"],
            author=int(match["author"]),
            again=True,
        )

    async def leafed(
        self, interaction: discord.Interaction[Any], match: re.Match[str]
    ) -> None:
        """Another page of a history."""
        await self.entries.history(
            interaction, match["number"], int(match["page"]), again=True
        )

    async def export(
        self,
        interaction: discord.Interaction[Any],
        country: str | None,
        *,
        merged: bool,
    ) -> None:
        """Give the server's entries as a file of the base's own format."""
        server = await self.editor.admitted(interaction)
        if server is None:
            return
        texts = self.editor.texts(interaction, server)
        codes = sorted(server.base.added)
        try:
            rows = await self.services.reader.all_entries(server.guild)
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        if country:
            meant = server.names.resolve(country, texts.locale)
            codes = (
                [meant.matches[0]]
                if meant.sure and meant.matches[0] in server.base.added
                else []
            )
        if not codes:
            lead = texts(
                "This server has no entries to export."
                if not country
                else "This server has no entries about that country."
            )
            await say(interaction, Answer(texts("Nothing to export"), "", Line(lead)))
            return
        today = self.replies.today()
        if merged and len(codes) == 1:
            text = replacement(codes[0], self.replies.base, rows, today)
            about = texts(
                "The base's own facts and this server's in one file: it can stand "
                "in for data/countries/… "
                "in a contribution upstream."
            )
        else:
            text = await asyncio.to_thread(
                exported, codes, self.replies.base, rows, today
            )
            about = texts(
                "This server's own entries in the base's format; /entry import "
                "reads the file back."
            )
        name = f"{codes[0].casefold() if len(codes) == 1 else 'entries'}.yaml"
        view, files = with_files(
            Answer(texts("Export"), "", Line(about)), [(name, text)]
        )
        await interaction.response.send_message(view=view, files=files, ephemeral=True)

    async def begin_import(self, interaction: discord.Interaction[Any]) -> None:
        """Ask for the file."""
        if await self.editor.admitted(interaction) is not None:
            texts = self.editor.texts(interaction)
            await interaction.response.send_modal(
                upload_form(texts("Import entries"), "form:upload", texts)
            )

    async def uploaded(
        self, interaction: discord.Interaction[Any], _match: re.Match[str]
    ) -> None:
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
                size=f"{size:,}",
                limit=f"{MAX_BYTES:,}",
            )
            await say(interaction, Answer(texts("Not imported"), "", Line(lead)))
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        attachment = attachment_of(interaction.client, data)
        try:
            raw = await attachment.read()
        except discord.HTTPException:
            await say(
                interaction,
                Answer(
                    texts("Not imported"),
                    "",
                    Line(texts("The file could not be read from Discord. Try again.")),
                ),
            )
            return
        answer, files = await self._look(server, raw, interaction)
        view, made = with_files(answer, files)
        await interaction.edit_original_response(view=view, attachments=made)

    async def _plan(self, server: ServerView, raw: bytes) -> tuple[Plan | None, Any]:
        rows = await self.services.reader.all_entries(server.guild)
        # Off the loop: a file of a megabyte takes a while, and nobody else should wait
        # for it.
        return await asyncio.to_thread(
            plan,
            "entries.yaml",
            raw,
            server.base,
            rows,
            self.replies.today(),
            server.names.exact,
        )

    async def _look(
        self, server: ServerView, raw: bytes, interaction: discord.Interaction[Any]
    ) -> tuple[Answer, list[File]]:
        texts = self.editor.texts(interaction, server)
        try:
            found, problems = await self._plan(server, raw)
        except StoreError as error:
            return refusal(error, server.base, texts), []
        if found is None:
            files = (
                [("problems.txt", imports.plain_problems(problems))]
                if len(problems) > imports.SHOWN
                else []
            )
            return imports.refused(problems, texts), files
        files = [("entries.yaml", raw.decode("utf-8-sig"))] if found.changes else []
        if len(found.changes) > imports.SHOWN:
            files.append(
                ("changes.txt", imports.plain_changes(found, server.base, texts))
            )
        return imports.planned(found, server.base, texts, _digest(found)), files

    async def pressed(
        self, interaction: discord.Interaction[Any], match: re.Match[str]
    ) -> None:
        """Import or Cancel under a dry run; the file is the one that is attached to
        it.
        """
        server = await self.editor.admitted(interaction)
        if server is None or interaction.message is None:
            return
        texts = self.editor.texts(interaction, server)
        file = next(
            (
                a
                for a in interaction.message.attachments
                if a.filename == "entries.yaml"
            ),
            None,
        )
        if match["action"] == "cancel" or file is None:
            page = Answer(texts("Cancelled"), "", Line(texts("Nothing was changed.")))
            await interaction.response.edit_message(view=prepare(page), attachments=[])
            return
        await interaction.response.defer()
        try:
            server = await self.services.views.fresh(server.guild)
            raw = await file.read()
            found, _ = await self._plan(server, raw)
            if found is None or _digest(found) != match["digest"]:
                answer, files = await self._look(server, raw, interaction)
                view, made = with_files(answer, files)
                await interaction.edit_original_response(view=view, attachments=made)
                lead = texts(
                    "Something has changed since; look at the changes again, then "
                    "import."
                )
                await say(interaction, Answer(texts("Look again"), "", Line(lead)))
                return
            rows = await self.services.writer.publish(
                server.guild, found.changes, author=interaction.user.id, verb="import"
            )
        except StoreError as error:
            await refuse(self.replies, interaction, error)
            return
        except discord.HTTPException:
            await say(
                interaction,
                Answer(
                    texts("Not imported"),
                    "",
                    Line(texts("The file could not be read from Discord. Try again.")),
                ),
            )
            return
        self.services.views.drop(server.guild)
        lead = texts.many(
            "{n} entry was imported; /ally shows it at once.",
            "{n} entries were imported; /ally shows them at once.",
            len(rows),
        )
        await interaction.edit_original_response(
            view=prepare(Answer(texts("Imported"), "", Line(lead))), attachments=[]
        )
        await self.editor.notices.audit(interaction.client, server.guild)


def _digest(found: Plan) -> str:
    return hashlib.sha256(repr(found.changes).encode()).hexdigest()[:12]


def add_to(entry: app_commands.Group, editor: Editor, queue: ReviewQueue) -> Lists:
    """Add the commands to the group; returns what answers their buttons."""
    work = Lists(editor)

    @entry.command(
        name="list",
        description="Find entries, e.g. /entry list country:belarus state:retired",
    )
    @app_commands.describe(
        search="Words in the entry",
        country="A name, code or flag",
        state="published, retired or any",
        author="Who made the newest change",
    )
    async def listing(
        interaction: discord.Interaction[Any],
        search: app_commands.Range[str, 1, 20] | None = None,
        country: Country | None = None,
        state: Literal["published", "retired", "any"] = "published",
        author: discord.User | None = None,
    ) -> None:
        await work.listing(
            interaction,
            page=1,
            search=search or "",
            country=country or "",
            state=state,
            author=author.id if author else 0,
            again=False,
        )

    @entry.command(name="review", description="Decide what members have proposed")
    async def review(interaction: discord.Interaction[Any]) -> None:
        await queue.open(interaction)

    @entry.command(
        name="export",
        description="This server's entries as YAML in the base's own format",
    )
    @app_commands.describe(
        country="Only this one",
        merged="With the base's own facts, ready to be contributed (one country)",
    )
    async def export(
        interaction: discord.Interaction[Any],
        country: Country | None = None,
        merged: bool = False,
    ) -> None:
        await work.export(interaction, country, merged=merged)

    @entry.command(
        name="import",
        description="Read entries from a YAML file; you see every change first",
    )
    async def import_(interaction: discord.Interaction[Any]) -> None:
        await work.begin_import(interaction)

    async def complete(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return await countries(editor.replies, interaction, current)

    for each in cast("list[app_commands.Command[Any, ..., None]]", [listing, export]):
        each.autocomplete("country")(complete)
    del review, import_
    return work
