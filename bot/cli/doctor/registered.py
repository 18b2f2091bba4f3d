"""Whether Discord has the commands that the program would register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from bot.cli.doctor.finding import Finding
from bot.knowledge.plain import PlainObject, list_in

_FILLED_IN = {
    "id",
    "application_id",
    "version",
    "guild_id",
    "dm_permission",
    "name_localized",
    "description_localized",
}
"""What Discord adds to a registered command."""


def in_step(ours: list[PlainObject], theirs: list[PlainObject]) -> Finding:
    """Whether Discord has the commands that the program would register, both as
    JSON.
    """

    def by_name(commands: list[PlainObject]) -> dict[tuple[str, str], object]:
        return {
            (str(each["name"]), str(each.get("type", 1))): _essence({"type": 1, **each})
            for each in commands
        }

    mine, registered = by_name(ours), by_name(theirs)
    if not registered:
        return Finding(
            "commands",
            "note",
            "none is registered yet",
            "the next start registers them",
        )
    said = {
        "missing": sorted(key[0] for key in mine.keys() - registered.keys()),
        "unknown": sorted(key[0] for key in registered.keys() - mine.keys()),
        "different": sorted(
            key[0]
            for key in mine.keys() & registered.keys()
            if mine[key] != registered[key]
        ),
    }
    if any(said.values()):
        seen = "; ".join(
            f"{what}: {', '.join(names)}" for what, names in said.items() if names
        )
        return Finding(
            "commands",
            "wrong",
            seen,
            "delete commands.sha256 in ALLY_STATE and start again: that registers "
            "them anew",
        )
    return Finding(
        "commands", "ok", f"{len(mine)} registered, as this program has them"
    )


def _essence(command: object) -> object:
    """A command without what Discord fills in, and without what says nothing."""
    if isinstance(command, Mapping):
        pairs = cast("Mapping[str, object]", command).items()
        kept = {key: _essence(value) for key, value in pairs if key not in _FILLED_IN}
        if kept.get("default_member_permissions") is not None:
            # A number here, text there.
            kept["default_member_permissions"] = str(kept["default_member_permissions"])
        # Zero is a number that somebody chose; False, None and nothing are what Discord
        # assumes anyway.
        return {
            key: value for key, value in kept.items() if value or type(value) is int
        }
    if isinstance(command, list):
        items = [_essence(each) for each in list_in(cast("object", command))]
        numbers = [each for each in items if isinstance(each, int)]
        return sorted(numbers) if len(numbers) == len(items) else items
    return command
