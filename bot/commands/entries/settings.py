"""/settings: who moderates Ally in a server, where it reports, and how it answers
there. One message shows what is set; each choice in it is saved at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import discord
from discord import app_commands

from bot.answers.document import Answer
from bot.answers.settings import COOLDOWNS, FOLLOW
from bot.answers.settings import settings as settings_page
from bot.answers.texts import Texts, languages
from bot.commands.command_texts import CommandTexts
from bot.commands.entries.editor import Editor
from bot.commands.entries.settings_panel import (
    MOST_ROLES,
    TEXT_CHANNELS,
    lost_of,
    panel,
)
from bot.entries.records import Preferences
from bot.runtime.outages import may_succeed_later
from bot.store.errors import StoreAwayError, StoreError
from bot.store.views import ServerView
from bot.ui.interaction import SILENT, Command, Interaction
from bot.ui.permissions import manages_server
from bot.ui.refusals import guild_only, not_a_manager, refuse, say
from bot.ui.render import Prepared, prepare

SETTINGS = (
    r"settings:(?P<action>roles|review|audit|private|full|cooldown|language|polls)"
    r":(?P<value>[A-Za-z0-9_-]{1,16})"
)
_CHANNELS = {"review": "review_channel", "audit": "audit_channel"}
"""The setting of each channel, by its select's name."""
_TEXT_TYPES = {each.value for each in TEXT_CHANNELS}


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting and its new value, or why it cannot have it."""

    key: str
    value: object = None
    wrong: str = ""


class ServerSettings:
    """The command and the choices below its message."""

    def __init__(self, editor: Editor) -> None:
        self.editor, self.services = editor, editor.services

    def command(self) -> Command:
        """The slash command; it shows what is set."""
        texts = CommandTexts.of(self.editor.replies)

        @texts.command("settings")
        @app_commands.guild_only()
        @app_commands.guild_install()
        @app_commands.default_permissions(manage_guild=True)
        async def settings(interaction: Interaction) -> None:
            server = await self._manager(interaction)
            if server is None:
                return
            if server.away:
                await refuse(self.editor.replies, interaction, StoreAwayError())
                return
            view = await self._panel(interaction, server.preferences)
            await interaction.response.send_message(view=view, ephemeral=True)

        return settings

    async def _manager(self, interaction: Interaction) -> ServerView | None:
        """The server's view for somebody who may change its settings, or None when they
        have been told why not: a role that may moderate must not name further roles.
        """
        texts = self.editor.texts(interaction)
        if interaction.guild_id is None:
            await say(interaction, guild_only(texts))
            return None
        if not manages_server(interaction):
            await say(interaction, not_a_manager(texts))
            return None
        return await self.services.views.view(interaction.guild_id)

    async def _panel(
        self, interaction: Interaction, preferences: Preferences, *notes: str
    ) -> Prepared:
        texts = self.editor.texts(interaction)
        lost = await lost_of(interaction, preferences)
        page = settings_page(preferences, texts, lost=lost, notes=notes)
        return panel(page, preferences, lost)

    async def pressed(self, interaction: Interaction, match: re.Match[str]) -> None:
        """Save a choice and show what is set now."""
        server = await self._manager(interaction)
        if server is None:
            return
        # Writing into a channel to try it, and looking for what is lost, take time.
        await interaction.response.defer()
        texts = self.editor.texts(interaction, server)
        choice = _choice(interaction, match, texts)
        if choice.key == "roles" and not choice.wrong:
            try:
                choice = await self._beside_others(choice, interaction, server.guild)
            except StoreError as error:
                await refuse(self.editor.replies, interaction, error)
                return
        wrong = choice.wrong or await self._closed(interaction, choice, texts)
        if wrong:
            view = await self._panel(interaction, server.preferences, wrong)
            await interaction.edit_original_response(view=view)
            return
        try:
            preferences = await self.services.writer.prefer(
                server.guild, {choice.key: choice.value}, author=interaction.user.id
            )
        except StoreError as error:
            await refuse(self.editor.replies, interaction, error)
            return
        self.services.views.drop(server.guild)
        view = await self._panel(interaction, preferences, texts("✅ Saved."))
        await interaction.edit_original_response(view=view)
        await self.editor.notices.audit(interaction.client, server.guild)

    async def _beside_others(
        self, choice: Choice, interaction: Interaction, guild: int
    ) -> Choice:
        """Roles with what somebody else has chosen since the pressed message was shown:
        a select sends all its roles, and only those are new that it did not show, and
        only those gone that it did. Together too many, they are those that were chosen.
        StoreError if what is stored cannot be read.
        """
        stored = (await self.services.views.fresh(guild)).preferences
        lost = await lost_of(interaction, stored)
        shown, chosen = _shown_roles(interaction), set(cast("list[int]", choice.value))
        gone = {*lost.roles, *(shown - chosen)}
        roles = [each for each in stored.roles if each not in gone]
        roles += sorted(chosen - shown - set(roles))
        return Choice("roles", roles) if len(roles) <= MOST_ROLES else choice

    async def _closed(
        self, interaction: Interaction, choice: Choice, texts: Texts
    ) -> str:
        """Why a channel that was chosen cannot be used, or nothing."""
        if choice.key not in _CHANNELS.values() or not choice.value:
            return ""
        if await _may_write(interaction, cast("int", choice.value), texts):
            return ""
        return texts(
            "Nothing was changed: I may not write in that channel. Allow Ally to see "
            "it and to send messages there, then choose it again."
        )


def _choice(interaction: Interaction, match: re.Match[str], texts: Texts) -> Choice:
    """What was chosen; what no select of Ally's offers is wrong."""
    action, value = match["action"], match["value"]
    if action == "roles":
        return _roles(interaction, texts)
    if action in _CHANNELS:
        return _channel(interaction, _CHANNELS[action], texts)
    if action == "language":
        code = "" if value == FOLLOW else value
        if not code or code in languages():
            return Choice("language", code)
    elif action == "cooldown":
        if value.isdecimal() and int(value) in COOLDOWNS:
            return Choice("cooldown", int(value))
    elif value in {"0", "1"}:
        return Choice(action, value == "1")
    return Choice(
        action, wrong=texts("Nothing was changed: I do not know that choice.")
    )


def _chosen(interaction: Interaction, kind: str) -> dict[int, Mapping[str, Any]]:
    """What was chosen in a select, each as Discord describes it; an id that Discord
    does not describe was not offered by it.
    """
    data = cast("Mapping[str, Any]", interaction.data or {})
    resolved = cast("Mapping[str, Any]", data.get("resolved") or {})
    described = cast("Mapping[str, Mapping[str, Any]]", resolved.get(kind) or {})
    values = [str(each) for each in data.get("values") or ()]
    return {int(each): described.get(each) or {} for each in values if each.isdecimal()}


def _roles(interaction: Interaction, texts: Texts) -> Choice:
    roles = _chosen(interaction, "roles")
    if interaction.guild_id in roles:
        wrong = texts(
            "Nothing was changed: @everyone cannot moderate. Members can use /suggest."
        )
        return Choice("roles", wrong=wrong)
    if len(roles) > MOST_ROLES or not all(roles.values()):
        wrong = texts("Nothing was changed: I do not know that choice.")
        return Choice("roles", wrong=wrong)
    return Choice("roles", list(roles))


def _shown_roles(interaction: Interaction) -> set[int]:
    """The roles that the pressed message showed as chosen."""
    if interaction.message is None:
        return set()
    boxes = interaction.message.components
    rows = [
        row
        for box in boxes
        if isinstance(box, discord.Container)
        for row in box.children
        if isinstance(row, discord.ActionRow)
    ]
    # discord.py leaves the ids of a message's default values as the text they are.
    return {
        int(value.id)
        for row in rows
        for select in row.children
        if isinstance(select, discord.SelectMenu)
        and select.type is discord.ComponentType.role_select
        for value in select.default_values
    }


def _channel(interaction: Interaction, key: str, texts: Texts) -> Choice:
    channels = _chosen(interaction, "channels")
    if not channels:
        return Choice(key, 0)
    channel, described = next(iter(channels.items()))
    if described.get("type") not in _TEXT_TYPES:
        return Choice(key, wrong=texts("Nothing was changed: choose a text channel."))
    return Choice(key, channel)


async def _may_write(interaction: Interaction, channel: int, texts: Texts) -> bool:
    """Whether a message arrives there: asking Discord is surer than working permissions
    out. Whatever of ``UNSENT`` says nothing of the channel is raised.
    """
    lead = texts("This channel was chosen in /settings; Ally will post here.")
    page = Answer.plain(texts("Ally reports here"), lead)
    place = interaction.client.get_partial_messageable(
        channel, guild_id=interaction.guild_id
    )
    try:
        await place.send(view=prepare(page), allowed_mentions=SILENT)
    except discord.HTTPException as error:
        if may_succeed_later(error):
            raise
        return False
    return True
