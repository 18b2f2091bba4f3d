"""The message of /settings: what is set, with a menu or a button for each of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.answers.settings import Lost, SettingsPage
from bot.entries.records import Preferences
from bot.knowledge.text import cut
from bot.runtime.outages import UNSENT
from bot.ui import limits
from bot.ui.interaction import Box, Interaction, Row
from bot.ui.render import Prepared, escape, finished, menu_row, row_of

MOST_ROLES = 10
TEXT_CHANNELS = (discord.ChannelType.text, discord.ChannelType.news)
_PATIENCE = 1.2
"""Seconds that Discord may take to say what is lost; the panel comes without then."""
_ROLE = discord.SelectDefaultValueType.role
_CHANNEL = discord.SelectDefaultValueType.channel


def panel(page: SettingsPage, preferences: Preferences, lost: Lost) -> Prepared:
    """Lay the page out; what is lost is not among what is chosen."""
    roles = [role for role in preferences.roles if role not in lost.roles]
    box: Box = ui.Container()
    blocks: list[str] = []

    def say(text: str) -> None:
        blocks.append(text)
        box.add_item(ui.TextDisplay(text))

    say("\n".join([f"### {escape(page.title)}", *map(escape, page.notes)]))
    say(f"👥 {escape(page.moderators)}")
    box.add_item(_roles_row(page, roles))
    say(f"💡 {escape(page.suggestions)}")
    box.add_item(_channel_row(page, "review", preferences.review_channel, lost))
    say(f"📝 {escape(page.changes)}")
    box.add_item(_channel_row(page, "audit", preferences.audit_channel, lost))
    say(f"💬 {escape(page.answers)}")
    for menu in page.menus:
        if menu.options:
            box.add_item(menu_row(menu))
    box.add_item(row_of(page.buttons))
    say(f"-# {escape(page.footer)}")
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    made = finished(view, blocks)
    _write_ids_as_text(made.to_components())
    return made


def _write_ids_as_text(components: Sequence[dict[str, Any]]) -> None:
    """Discord describes the ids of what is chosen as texts; discord.py writes numbers
    (/components/reference#select-default-value-structure).
    """
    for each in components:
        for chosen in each.get("default_values", ()):
            chosen["id"] = str(chosen["id"])
        _write_ids_as_text(each.get("components", ()))


def _roles_row(page: SettingsPage, roles: Sequence[int]) -> Row:
    row: Row = ui.ActionRow()
    select: ui.RoleSelect[ui.LayoutView] = ui.RoleSelect(
        custom_id="settings:roles:-",
        placeholder=cut(page.no_role, limits.PLACEHOLDER),
        min_values=0,
        max_values=MOST_ROLES,
        default_values=[
            discord.SelectDefaultValue(id=role, type=_ROLE)
            for role in roles[:MOST_ROLES]
        ],
    )
    return row.add_item(select)


def _channel_row(page: SettingsPage, name: str, channel: int, lost: Lost) -> Row:
    row: Row = ui.ActionRow()
    there = [channel] if channel and channel not in lost.channels else []
    select: ui.ChannelSelect[ui.LayoutView] = ui.ChannelSelect(
        custom_id=f"settings:{name}:-",
        placeholder=cut(page.no_channel, limits.PLACEHOLDER),
        channel_types=list(TEXT_CHANNELS),
        min_values=0,
        max_values=1,
        default_values=[
            discord.SelectDefaultValue(id=each, type=_CHANNEL) for each in there
        ],
    )
    return row.add_item(select)


async def lost_of(interaction: Interaction, preferences: Preferences) -> Lost:
    """What the settings name and Discord no longer has, as far as Ally may know: from
    the cache on the gateway, by asking otherwise.
    """
    assert interaction.guild_id is not None
    named = {preferences.review_channel, preferences.audit_channel} - {0}
    guild = interaction.client.get_guild(interaction.guild_id)
    if guild is not None:
        return Lost(
            [role for role in preferences.roles if guild.get_role(role) is None],
            [each for each in named if guild.get_channel(each) is None],
        )
    try:
        async with asyncio.timeout(_PATIENCE):
            roles = await _lost_roles(interaction, preferences.roles)
            gone = [each for each in named if await _is_lost(interaction, each)]
    except TimeoutError:
        return Lost()
    return Lost(roles, gone)


async def _lost_roles(interaction: Interaction, roles: Sequence[int]) -> list[int]:
    if not roles or interaction.guild_id is None:
        return []
    try:
        guild = await interaction.client.fetch_guild(
            interaction.guild_id, with_counts=False
        )
    except UNSENT:
        # Ally serves servers that it is no member of; of those it knows nothing.
        return []
    return [role for role in roles if guild.get_role(role) is None]


async def _is_lost(interaction: Interaction, channel: int) -> bool:
    try:
        await interaction.client.fetch_channel(channel)
    except (discord.NotFound, discord.Forbidden):
        return True
    except UNSENT:
        return False
    return False
