"""Who may moderate Ally in a server: checked at every step, not only at the first."""

from __future__ import annotations

from bot.entries.records import Preferences
from bot.runtime.discord_internals import role_ids
from bot.ui.interaction import Interaction


def manages_server(interaction: Interaction) -> bool:
    """Whether the presser may manage the server: administrators may, whatever else
    they have.
    """
    rights = interaction.permissions
    return rights.administrator or rights.manage_guild


def moderates(interaction: Interaction, preferences: Preferences) -> bool:
    """Whether the presser may manage the server, or has a role that the server named
    for this.

    Discord sends the permissions and roles with every interaction, so what was taken
    away a moment ago counts.
    """
    if manages_server(interaction):
        return True
    return any(role in preferences.roles for role in role_ids(interaction.user))
