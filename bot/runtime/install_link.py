"""The address at which Ally is added to a server."""

from __future__ import annotations

import discord

PERMISSIONS = discord.Permissions(view_channel=True, send_messages=True)
"""What posting takes in the channels that moderators choose, and a welcome; replies to
commands need nothing.
"""
SCOPES = ("bot", "applications.commands")


def install_link(application: int) -> str:
    """Where a server's managers add this application, with the permissions that it
    needs (Discord's /topics/oauth2#bot-authorization-flow).
    """
    return discord.utils.oauth_url(application, permissions=PERMISSIONS, scopes=SCOPES)


def open_install_link(application: discord.AppInfo | None) -> str:
    """The same for everybody to see; empty for a bot that only its owner may add, and
    for one that is not logged in.
    """
    if application is None or not application.bot_public:
        return ""
    return install_link(application.id)
