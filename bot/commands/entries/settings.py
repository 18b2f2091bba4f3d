"""/settings: who moderates Ally in a server, where it reports, and how it answers
there.
"""

from __future__ import annotations

from typing import Any, Literal, cast

import discord
from discord import app_commands

from bot.answers.document import Answer, Line
from bot.answers.settings import settings as settings_page
from bot.answers.texts import Texts
from bot.commands.entries.editor import Editor
from bot.store.errors import StoreError
from bot.store.views import ServerView
from bot.ui.refusals import not_a_moderator, refuse, say
from bot.ui.render import prepare

MOST_ROLES = 10
Channel = discord.TextChannel


def command(editor: Editor) -> app_commands.Command[Any, ..., None]:
    """The slash command; without options it shows what is set."""

    @app_commands.command(
        name="settings",
        description="Show or change how Ally works here, e.g. /settings private:True",
    )
    @app_commands.describe(
        add_role="A role that may moderate Ally's entries",
        remove_role="A role that may no longer",
        review_channel="Where suggestions are shown for review",
        audit_channel="Where every change is reported",
        private="Whether answers are seen only by the asker unless they say otherwise",
        cooldown="Seconds between two questions of one person",
        clear="Something to switch off",
    )
    @app_commands.guild_only()
    @app_commands.guild_install()
    @app_commands.default_permissions(manage_guild=True)
    async def settings(
        interaction: discord.Interaction[Any],
        add_role: discord.Role | None = None,
        remove_role: discord.Role | None = None,
        review_channel: Channel | None = None,
        audit_channel: Channel | None = None,
        private: bool | None = None,
        cooldown: app_commands.Range[int, 0, 3600] | None = None,
        clear: Literal["review channel", "audit channel", "moderator roles"]
        | None = None,
    ) -> None:
        server = await editor.admitted(interaction)
        if server is None:
            return
        wanted: dict[str, Any] = {}
        if clear:
            wanted |= (
                {"roles": []}
                if clear == "moderator roles"
                else {clear.replace(" ", "_"): 0}
            )
        roles = list(wanted.get("roles", server.preferences.roles))
        if add_role and add_role.id not in roles:
            roles.append(add_role.id)
        if remove_role and remove_role.id in roles:
            roles.remove(remove_role.id)
        if tuple(roles) != server.preferences.roles:
            wanted["roles"] = roles
        if review_channel:
            wanted["review_channel"] = review_channel.id
        if audit_channel:
            wanted["audit_channel"] = audit_channel.id
        if private is not None:
            wanted["private"] = private
        if cooldown is not None:
            wanted["cooldown"] = cooldown
        await _set(
            editor,
            interaction,
            server,
            wanted,
            [c for c in (review_channel, audit_channel) if c],
        )

    return cast("app_commands.Command[Any, ..., None]", settings)


async def _set(
    editor: Editor,
    interaction: discord.Interaction[Any],
    server: ServerView,
    wanted: dict[str, Any],
    channels: list[discord.TextChannel],
) -> None:
    texts = editor.texts(interaction, server)
    # A role that may moderate entries must not be able to name further roles.
    if not (
        interaction.permissions.manage_guild or interaction.permissions.administrator
    ):
        await say(interaction, not_a_moderator(texts))
        return
    if not wanted:
        await say(interaction, settings_page(server.preferences, texts))
        return
    if len(wanted.get("roles", ())) > MOST_ROLES:
        lead = texts("At most {n} roles may moderate; remove one first.", n=MOST_ROLES)
        await say(interaction, Answer(texts("Not changed"), "", Line(lead)))
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    for channel in channels:
        if not await _may_write(interaction, channel, texts):
            lead = texts(
                "I may not write there. Allow Ally to see the channel and send "
                "messages in it, then try again."
            )
            await say(
                interaction,
                Answer(texts("Not changed"), "", Line(lead, channel=channel.id)),
            )
            return
    try:
        preferences = await editor.services.writer.prefer(
            server.guild, wanted, author=interaction.user.id
        )
    except StoreError as error:
        await refuse(editor.replies, interaction, error)
        return
    editor.services.views.drop(server.guild)
    await say(interaction, settings_page(preferences, texts, changed=True))
    await editor.notices.audit(interaction.client, server.guild)


async def _may_write(
    interaction: discord.Interaction[Any], channel: discord.TextChannel, texts: Texts
) -> bool:
    """Whether a message arrives there: asking Discord is surer than working permissions
    out.
    """
    lead = texts("This channel was chosen in /settings; Ally will post here.")
    try:
        await interaction.client.get_partial_messageable(
            channel.id, guild_id=interaction.guild_id
        ).send(
            view=prepare(Answer(texts("Ally reports here"), "", Line(lead))),
            allowed_mentions=discord.AllowedMentions.none(),
        )
    except discord.HTTPException:
        return False
    return True
