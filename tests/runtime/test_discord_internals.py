"""Every private part of discord.py that Ally uses is there and does what it is used
for, and another release is refused.
"""

from __future__ import annotations

import re
from pathlib import Path

import discord
import pytest

import bot
from bot.runtime import discord_internals as internals

ROOM = Path(bot.__file__).parent
MODULE = Path(internals.__file__)


@pytest.mark.parametrize("release", ["2.7.0", "2.7.1", "2.7.12", discord.__version__])
def test_a_release_that_is_known_is_taken(release: str) -> None:
    internals.require_known_release(release)


@pytest.mark.parametrize("release", ["2.6.4", "2.8.0", "2.70.1", "3.2.7.1", "2.7", ""])
def test_another_release_is_refused_with_what_to_install(release: str) -> None:
    with pytest.raises(internals.UnknownReleaseError, match="pip install"):
        internals.require_known_release(release)


@pytest.mark.asyncio
async def test_each_private_part_is_there() -> None:
    client = discord.Client(intents=discord.Intents.none())
    assert internals.api_base().startswith("http")
    assert internals.read_json(internals.written_json({"a": [1]})) == {"a": [1]}
    with pytest.raises(ValueError, match=r".+"):
        internals.read_json(b"{")
    sender = object()
    before = internals.reply_sender()
    internals.use_reply_sender(sender)
    assert internals.reply_sender() is sender
    internals.use_reply_sender(before)
    for name in (
        "create_interaction_response",
        "edit_original_interaction_response",
        "delete_original_interaction_response",
        "execute_webhook",
        "edit_webhook_message",
    ):
        assert callable(getattr(before, name))
    assert internals.json_only({"type": 4}).payload == {"type": 4}
    assert callable(internals.interaction_parser(client))
    assert "INTERACTION_CREATE" in internals.parsers_of(client)
    assert hasattr(client.http, "_HTTPClient__session")
    file = {"id": "1", "size": 2, "filename": "x", "url": "u", "proxy_url": "p"}
    assert internals.attachment_of(client, file).filename == "x"
    assert "_roles" in discord.Member.__slots__
    tree = internals.FollowedTree(client)
    assert tree.client is client


def test_no_other_module_uses_what_discord_py_keeps_to_itself() -> None:
    private = re.compile(
        r"\._connection\b|_HTTPClient__|\b_from_json\b|\b_to_json\b|async_context"
        r"|\"_roles\"|discord\.webhook\.async_"
    )
    found = [
        str(path.relative_to(ROOM))
        for path in sorted(ROOM.rglob("*.py"))
        if path != MODULE and private.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert private.search(MODULE.read_text(encoding="utf-8"))
