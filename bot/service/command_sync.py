"""Registering the commands with Discord, only when they are others than last time."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path

import discord

from bot.knowledge.folders import make_private_folder
from bot.knowledge.plain import PlainObject
from bot.runtime.discord_internals import AnyClient, FollowedTree

log = logging.getLogger(__name__)


async def register_if_changed(
    tree: FollowedTree[AnyClient],
    payload: Sequence[PlainObject],
    guild: discord.Object | None,
    state: Path | None,
) -> bool:
    """Register a tree's commands, in one guild or everywhere, unless the same
    ``payload`` of them was registered last time; whether it did.

    ``state`` is the folder that remembers them; None remembers nothing.
    """
    text = (
        json.dumps(payload, sort_keys=True)
        + str(tree.client.application_id)
        + str(guild)
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    mark = state / "commands.sha256" if state else None
    if mark and mark.is_file() and mark.read_text(encoding="ascii").strip() == digest:
        log.info("commands unchanged, not registered again")
        return False
    await tree.register(payload, guild)
    log.info("%d commands registered", len(payload))
    if mark:
        _remember(mark, digest)
    return True


def _remember(mark: Path, digest: str) -> None:
    try:
        make_private_folder(mark.parent)
        mark.write_text(digest + "\n", encoding="ascii")
    except OSError as error:
        log.warning(
            "cannot remember the registered commands in %s: %s", mark, error.strerror
        )
