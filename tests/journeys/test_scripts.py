"""Every command with text of six scripts, as long as its options allow: what comes back
is a message that Discord takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import discord
import pytest
from discord import app_commands

from bot.knowledge.text import length
from bot.service.client import Client
from bot.store.services import Services
from bot.ui import limits
from tests.support.forged import run, said
from tests.support.many_entries import fill
from tests.support.places import Place, client_of, reply
from tests.support.replies import ids_of, text_of

pytestmark = pytest.mark.asyncio

SCRIPTS = {
    "Latin": "ß§ñÅ",
    "Cyrillic": "Щюй ",
    "CJK": "論評国家",
    "Arabic": "مرحبا",
    "Devanagari": "क्षत्रिय",
    "emoji": "🇧🇾👩‍🚀",
}


def leaves(tree: Any) -> Iterator[dict[str, Any]]:
    """Every component of a message or form."""
    if isinstance(tree, list):
        for each in cast("list[Any]", tree):
            yield from leaves(each)
    elif tree:
        yield tree
        yield from leaves(tree.get("components", []))
        yield from leaves(tree.get("component"))


def assert_sendable(tree: Any) -> None:
    """Within Discord's limits; its page stands beside each in ``limits``."""
    parts = list(leaves(tree))
    ids = [part["custom_id"] for part in parts if part.get("custom_id")]
    assert all(len(each) <= limits.CUSTOM_ID for each in ids), ids
    assert len(ids) == len(set(ids))
    texts = [part["content"] for part in parts if part.get("type") == 10]
    assert sum(map(length, texts)) <= limits.TEXT_TOTAL
    assert all(texts)
    assert len(parts) <= limits.COMPONENTS


def longest(
    command: app_commands.Command[Any, ..., Any], script: str
) -> dict[str, Any]:
    """Text for every option that takes text, of the greatest length that it allows."""
    options: dict[str, Any] = {}
    for parameter in command.parameters:
        if parameter.type is not discord.AppCommandOptionType.string:
            continue
        most = int(parameter.max_value or 100)
        text = (SCRIPTS[script] * most)[:most]
        options[parameter.name] = text
        if parameter.choices:
            options[parameter.name] = parameter.choices[0].value
    return options


@pytest.fixture
def way() -> type[Client]:
    """What is typed goes one way behind both."""
    return Client


@pytest.mark.parametrize("script", SCRIPTS)
async def test_every_command_answers_text_of_every_script_at_its_longest(
    place: Place, services: Services, script: str
) -> None:
    await fill(place, services)
    client = place.env.bot
    assert isinstance(client, Client)
    commands = [
        each
        for each in client.tree.walk_commands()
        if isinstance(each, app_commands.Command)
    ]
    assert commands
    for command in commands:
        options = longest(command, script)
        for parameter in command.parameters:
            if parameter.required and parameter.name == "channel":
                options["channel"] = place.channel
        result = await run(
            place.env, place.ada, place.channel, command.qualified_name, **options
        )
        assert "Something went wrong" not in said(result), command.name
        assert result.modal or result.response or result.followups, command.name
        for message in (result.response, *result.followups):
            if message is not None:
                assert_sendable(message.components)
        if result.modal:
            assert_sendable(result.modal["components"])
            assert len(result.modal["custom_id"]) <= limits.CUSTOM_ID


@pytest.mark.parametrize("script", SCRIPTS)
async def test_a_search_in_any_script_turns_its_pages_after_a_restart(
    place: Place, services: Services, script: str
) -> None:
    word = (SCRIPTS[script].strip() * 20)[:20].strip()
    for number in range(10):
        await place.publish(claim=f"Fact {number}: {word}")
    await place.publish(claim="Something else happened.")
    listed = reply(await place.ada.slash(place.channel, "entry list", search=word))
    assert "10 entries" in text_of(listed)
    assert "Page 1 of 2" in text_of(listed)
    assert not any(word[:4] in each or "%" in each for each in ids_of(listed))
    await place.env.restart_bot(client_of(services))
    await place.ada.click(listed, label="Next")
    assert "10 entries" in text_of(listed)
    assert "Page 2 of 2" in text_of(listed)
    assert_sendable(listed.components)
