"""What Discord would send: people, a server, a message, and slash commands."""

from __future__ import annotations

import time
from typing import Any

USER = {
    "id": "100",
    "username": "bench",
    "discriminator": "0",
    "avatar": None,
    "bot": True,
    "global_name": None,
}
READER = USER | {"id": "300", "username": "reader", "bot": False}
GUILD: dict[str, Any] = {
    "id": "200",
    "name": "bench",
    "owner_id": "300",
    "roles": [],
    "emojis": [],
    "features": [],
    "members": [],
    "channels": [],
    "threads": [],
    "voice_states": [],
    "presences": [],
    "stickers": [],
    "stage_instances": [],
    "guild_scheduled_events": [],
    "soundboard_sounds": [],
    "member_count": 1,
    "large": False,
    "unavailable": False,
    "verification_level": 0,
    "default_message_notifications": 0,
    "explicit_content_filter": 0,
    "mfa_level": 0,
    "premium_tier": 0,
    "nsfw_level": 0,
    "preferred_locale": "en-US",
    "afk_timeout": 300,
    "system_channel_flags": 0,
}
MESSAGE: dict[str, Any] = {
    "id": "600",
    "channel_id": "400",
    "type": 20,
    "content": "",
    "flags": 32768,
    "attachments": [],
    "embeds": [],
    "mentions": [],
    "mention_roles": [],
    "pinned": False,
    "mention_everyone": False,
    "tts": False,
    "components": [],
    "timestamp": "2026-11-01T00:00:00+00:00",
    "edited_timestamp": None,
    "author": USER,
}
EPOCH_MS = 1_420_070_400_000
"""Discord's epoch, from which its ids count milliseconds (/reference#snowflakes)."""
_KINDS = {str: 3, bool: 5}
"""The number of an option's type by what is given for it
(/interactions/application-commands, Application Command Option Type).
"""


def id_at(when: float) -> int:
    """The lowest id that Discord gives at a time, in seconds since 1970."""
    return (int(when * 1000) - EPOCH_MS) << 22


def interaction(
    key: str, name: str, options: dict[str, Any], focused: str = ""
) -> dict[str, Any]:
    """A slash command as the gateway brings it, or what was typed so far into the
    option that is ``focused``.
    """
    member: dict[str, Any] = {
        "user": READER,
        "roles": [],
        "joined_at": "2020-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "permissions": "2147485696",
        "flags": 0,
    }
    return {
        "id": key,
        "application_id": "100",
        "type": 4 if focused else 2,
        "token": f"t{key}",
        "version": 1,
        "guild_id": "200",
        "channel_id": "400",
        "member": member,
        "locale": "en-US",
        "guild_locale": "en-US",
        "app_permissions": "2147485696",
        "entitlements": [],
        "authorizing_integration_owners": {},
        "context": 0,
        "channel": {
            "id": "400",
            "type": 0,
            "name": "general",
            "position": 0,
            "permissions": "2147485696",
        },
        "guild": {"id": "200", "locale": "en-US", "features": []},
        "attachment_size_limit": 10_485_760,
        "data": {
            "id": "1",
            "name": name,
            "type": 1,
            "options": [
                {"name": k, "type": _KINDS[type(v)], "value": v}
                | ({"focused": k == focused} if focused else {})
                for k, v in options.items()
            ],
        },
    }


def payload_of(number: int, name: str = "ally", /, **options: Any) -> dict[str, Any]:
    """A slash command of this moment; those of other numbers are other ones."""
    return interaction(str(id_at(time.time()) + number), name, options)
