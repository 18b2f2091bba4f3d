"""What a reply shows, and who is there to be shown it."""

from __future__ import annotations

from typing import Any, cast

import simcord


def place(env: simcord.Env) -> tuple[Any, Any, Any]:
    guild = env.create_guild()
    channel = guild.create_text_channel("general")
    reader = guild.add_member(env.create_user("reader"))
    other = guild.add_member(env.create_user("other"))
    return channel, reader, other


def values_of(tree: Any, key: str) -> list[str]:
    """Every text under ``key`` in a component payload, in order."""
    if isinstance(tree, dict):
        mapping = cast("dict[str, Any]", tree)
        own: list[str] = [mapping[key]] if isinstance(mapping.get(key), str) else []
        return own + [
            text for each in mapping.values() for text in values_of(each, key)
        ]
    items = cast("list[Any]", tree) if isinstance(tree, list | tuple) else []
    return [text for each in items for text in values_of(each, key)]


def text_of(message: Any) -> str:
    return "\n".join(values_of(message.components, "content"))


def ids_of(message: Any) -> list[str]:
    return values_of(message.components, "custom_id")


def choices_of(message: Any) -> list[str]:
    """The ids that the menus of a message offer."""
    return values_of(message.components, "value")


def menu_with(tree: Any, choice: str) -> str:
    """The custom id of the menu that offers a choice; empty for none."""
    if isinstance(tree, dict):
        mapping = cast("dict[str, Any]", tree)
        options = cast("list[dict[str, Any]]", mapping.get("options") or [])
        if any(option.get("value") == choice for option in options):
            return str(mapping["custom_id"])
        return next(filter(None, (menu_with(e, choice) for e in mapping.values())), "")
    items = cast("list[Any]", tree) if isinstance(tree, list | tuple) else []
    return next(filter(None, (menu_with(each, choice) for each in items)), "")


async def take(actor: Any, message: Any, choice: str) -> Any:
    """Take a choice of the menu that offers it."""
    menu = menu_with(message.components, choice)
    return await actor.select(message, [choice], custom_id=menu)


async def use(actor: Any, message: Any, kind: str) -> Any:
    """Press the button, or take the choice of a menu, whose id begins so."""
    for each in ids_of(message):
        if each.startswith(kind):
            return await actor.click(message, custom_id=each)
    choice = next(each for each in choices_of(message) if each.startswith(kind))
    return await take(actor, message, choice)


def values_in(modal: Any) -> dict[str, Any]:
    """What a form is filled in with."""
    found: dict[str, Any] = {}
    for label in modal["components"]:
        field = label["component"]
        chosen = [
            option["value"]
            for option in field.get("options", [])
            if option.get("default")
        ]
        found[field["custom_id"]] = (
            " ".join(chosen) if "options" in field else field.get("value") or ""
        )
    return found


def room_text(room: simcord.ChannelHandle) -> str:
    """All texts in a channel."""
    return "\n".join(
        text
        for message in room.history()
        for part in message.components
        for text in values_of(part.to_dict(), "content")
    )
