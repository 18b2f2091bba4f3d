"""Interactions that no client of Discord's would offer: commands where they are hidden,
buttons and forms by any custom id, from anybody, anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord
import simcord
from simcord import interactions
from simcord.actors import _dispatch_actor_interaction
from simcord.backend import serializers
from simcord.results import InteractionResult

from tests.support.replies import text_of

V2 = discord.MessageFlags(components_v2=True).value
_CHANNEL = 7
_TYPES = {bool: 5, int: 4, str: 3}
"""Types of options (/interactions/application-commands)."""


def said(result: InteractionResult) -> str:
    """All that an interaction was answered with: texts, or a form's title."""
    messages = [each for each in (result.response, *result.followups) if each]
    form = str(result.modal["title"]) if result.modal else ""
    return "\n".join([form, *map(text_of, messages)])


async def run(
    env: simcord.Env, actor: Any, channel: Any, name: str, /, **options: Any
) -> InteractionResult:
    """Run a command whether it is offered or not. A channel is an option's value by
    its handle.
    """
    channels = {k: each for k, each in options.items() if hasattr(each, "id")}
    options = {
        k: str(each.id) if k in channels else each for k, each in options.items()
    }
    root_name, *path = name.split()
    root = env.backend.find_command(root_name, None)
    assert root is not None
    _, nesting = interactions.walk_to_subcommand(root, path)
    filled = [
        {
            "name": key,
            "type": _CHANNEL if key in channels else _TYPES[type(value)],
            "value": value,
        }
        for key, value in options.items()
    ]
    data = {
        "id": root["id"],
        "name": root["name"],
        "type": 1,
        "options": interactions.nest_options(root, nesting, filled),
        "resolved": {
            "channels": {
                str(each.id): {"id": str(each.id), "type": 0, "name": "general"}
                | {"permissions": str(discord.Permissions.all().value)}
                for each in channels.values()
            }
        },
    }
    kind = discord.InteractionType.application_command.value
    return await _dispatch_actor_interaction(actor, kind, channel, data)


async def run_on_message(
    env: simcord.Env, actor: Any, channel: Any, name: str, content: str
) -> InteractionResult:
    """Run a command on a message of the actor's."""
    root = env.backend.find_command(name, None, type=3)
    assert root is not None
    message = env.backend.create_message(channel.id, actor.id, content)
    shown = dict(serializers.message_payload(env.backend, message))
    data = {
        "id": root["id"],
        "name": name,
        "type": 3,
        "target_id": str(message.id),
        "resolved": {"messages": {str(message.id): shown}},
    }
    kind = discord.InteractionType.application_command.value
    return await _dispatch_actor_interaction(actor, kind, channel, data)


async def press(
    env: simcord.Env, actor: Any, channel: Any, custom_id: str, text: str = ""
) -> InteractionResult:
    """Press a button of a message of the bot's that shows ``text``."""
    button = {"type": 2, "style": 2, "label": "Press", "custom_id": custom_id}
    components: list[dict[str, Any]] = [{"type": 1, "components": [button]}]
    if text:
        components.insert(0, {"type": 10, "content": text})
    stored = env.backend.create_message(
        channel.id, env.backend.bot_user.id, "", components=components, flags=V2
    )
    return await _dispatch_actor_interaction(
        actor,
        discord.InteractionType.component.value,
        channel,
        {"custom_id": custom_id, "component_type": 2},
        extra={"message": dict(serializers.message_payload(env.backend, stored))},
        source_message_id=stored.id,
    )


async def choose(
    env: simcord.Env, actor: Any, channel: Any, custom_id: str, choice: str
) -> InteractionResult:
    """Take a choice of a menu of a message of the bot's."""
    option = {"label": "Choice", "value": choice}
    menu = {"type": 3, "custom_id": custom_id, "options": [option]}
    stored = env.backend.create_message(
        channel.id,
        env.backend.bot_user.id,
        "",
        components=[{"type": 1, "components": [menu]}],
        flags=V2,
    )
    return await _dispatch_actor_interaction(
        actor,
        discord.InteractionType.component.value,
        channel,
        {"custom_id": custom_id, "component_type": 3, "values": [choice]},
        extra={"message": dict(serializers.message_payload(env.backend, stored))},
        source_message_id=stored.id,
    )


async def send_form(
    actor: Any,
    channel: Any,
    custom_id: str,
    fields: Mapping[str, str | Sequence[str]],
) -> InteractionResult:
    """Send a form with these fields; several values stand for chosen ones."""
    labels: list[dict[str, Any]] = []
    for key, value in fields.items():
        leaf: dict[str, Any] = {"type": 4, "custom_id": key, "value": value}
        if not isinstance(value, str):
            leaf = {"type": 3, "custom_id": key, "values": list(value)}
        labels.append({"type": 18, "component": leaf})
    data = {"custom_id": custom_id, "components": labels}
    kind = discord.InteractionType.modal_submit.value
    return await _dispatch_actor_interaction(actor, kind, channel, data)
