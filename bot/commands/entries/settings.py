"""/settings: who moderates Ally in a server, where it reports, and how it answers
there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import discord
from discord import app_commands

from bot.answers.document import Answer, Line
from bot.answers.settings import settings as settings_page
from bot.answers.texts import Texts
from bot.commands.command_texts import CommandTexts
from bot.commands.entries.editor import Editor
from bot.store.errors import StoreError
from bot.store.views import ServerView
from bot.ui.interaction import SILENT, Command, Interaction
from bot.ui.permissions import manages_server
from bot.ui.refusals import guild_only, not_a_manager, refuse, say
from bot.ui.render import prepare

MOST_ROLES = 10


class _TextChannel(app_commands.Transformer):
    """A channel of text as the interaction describes it: over HTTP no server is in
    discord.py's cache, where its own converter looks.
    """

    @property
    def type(self) -> discord.AppCommandOptionType:
        """An option for a channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The channels that Discord offers."""
        return [discord.ChannelType.text, discord.ChannelType.news]

    async def transform(
        self, interaction: discord.Interaction, value: Any, /
    ) -> app_commands.AppCommandChannel:
        """The channel as it came; TransformerError for a thread or no channel."""
        if isinstance(value, app_commands.AppCommandChannel):
            return value
        raise app_commands.TransformerError(value, self.type, self)


Channel = app_commands.Transform[app_commands.AppCommandChannel, _TextChannel]
Seconds = app_commands.Range[int, 0, 3600]
Cleared = Literal["review channel", "audit channel", "moderator roles"]
_CLEARED_CHANNELS: dict[str | None, str] = {
    "review channel": "review_channel",
    "audit channel": "audit_channel",
}
"""The setting of each channel that can be switched off."""


@dataclass(frozen=True, slots=True)
class WantedSettings:
    """What somebody wants to change."""

    values: Mapping[str, object]
    """By the setting's name; what is missing stays as it is."""
    channels: tuple[app_commands.AppCommandChannel, ...]
    """The channels among them, in which Ally has to be able to write."""
    roles: int
    """How many roles might moderate then."""


def command(editor: Editor) -> Command:
    """The slash command; without options it shows what is set."""
    texts = CommandTexts.of(editor.replies)

    @texts.command("settings")
    @app_commands.guild_only()
    @app_commands.guild_install()
    @app_commands.default_permissions(manage_guild=True)
    async def settings(
        interaction: Interaction,
        add_role: discord.Role | None = None,
        remove_role: discord.Role | None = None,
        review_channel: Channel | None = None,
        audit_channel: Channel | None = None,
        private: bool | None = None,
        cooldown: Seconds | None = None,
        clear: Cleared | None = None,
    ) -> None:
        server = await _manager(editor, interaction)
        if server is None:
            return
        wanted: dict[str, object] = {}
        roles = _roles(server.preferences.roles, add_role, remove_role, clear)
        if roles != server.preferences.roles:
            wanted["roles"] = list(roles)
        if clear in _CLEARED_CHANNELS:
            wanted[_CLEARED_CHANNELS[clear]] = 0
        channels = {"review_channel": review_channel, "audit_channel": audit_channel}
        chosen = {key: channel for key, channel in channels.items() if channel}
        wanted |= {key: channel.id for key, channel in chosen.items()}
        if private is not None:
            wanted["private"] = private
        if cooldown is not None:
            wanted["cooldown"] = cooldown
        change = WantedSettings(wanted, tuple(chosen.values()), len(roles))
        await _set(editor, interaction, server, change)

    return settings


def _roles(
    roles: tuple[int, ...],
    add: discord.Role | None,
    remove: discord.Role | None,
    clear: str | None,
) -> tuple[int, ...]:
    """The roles that may moderate after a change, in the order in which they came."""
    after = [] if clear == "moderator roles" else list(roles)
    if add and add.id not in after:
        after.append(add.id)
    return tuple(role for role in after if not remove or role != remove.id)


async def _manager(editor: Editor, interaction: Interaction) -> ServerView | None:
    """The server's view for somebody who may change its settings, or None when they
    have been told why not: a role that may moderate must not name further roles.
    """
    texts = editor.texts(interaction)
    if interaction.guild_id is None:
        await say(interaction, guild_only(texts))
        return None
    if not manages_server(interaction):
        await say(interaction, not_a_manager(texts))
        return None
    return await editor.services.views.view(interaction.guild_id)


async def _set(
    editor: Editor,
    interaction: Interaction,
    server: ServerView,
    change: WantedSettings,
) -> None:
    texts = editor.texts(interaction, server)
    if not change.values:
        await say(interaction, settings_page(server.preferences, texts))
        return
    if change.roles > MOST_ROLES:
        lead = texts("At most {n} roles may moderate; remove one first.", n=MOST_ROLES)
        await say(interaction, Answer.plain(texts("Not changed"), lead))
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    for channel in change.channels:
        if not await _may_write(interaction, channel, texts):
            lead = texts(
                "I may not write there. Allow Ally to see the channel and send "
                "messages in it, then try again."
            )
            page = Answer(texts("Not changed"), lead=Line(lead, channel=channel.id))
            await say(interaction, page)
            return
    try:
        preferences = await editor.services.writer.prefer(
            server.guild, dict(change.values), author=interaction.user.id
        )
    except StoreError as error:
        await refuse(editor.replies, interaction, error)
        return
    editor.services.views.drop(server.guild)
    await say(interaction, settings_page(preferences, texts, changed=True))
    await editor.notices.audit(interaction.client, server.guild)


async def _may_write(
    interaction: Interaction, channel: app_commands.AppCommandChannel, texts: Texts
) -> bool:
    """Whether a message arrives there: asking Discord is surer than working permissions
    out.
    """
    lead = texts("This channel was chosen in /settings; Ally will post here.")
    page = Answer.plain(texts("Ally reports here"), lead)
    place = interaction.client.get_partial_messageable(
        channel.id, guild_id=interaction.guild_id
    )
    try:
        await place.send(view=prepare(page), allowed_mentions=SILENT)
    except discord.HTTPException:
        return False
    return True
