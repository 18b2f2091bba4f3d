"""What Discord shows of the commands: each text has a key, and a catalogue's words
reach Discord where Discord takes them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.commands.command_messages import MESSAGES
from bot.commands.command_texts import DESCRIPTION, NAME, CommandTexts
from bot.commands.translator import CatalogueTranslator, accepted
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.service.client import Client
from bot.store.database import Store
from bot.store.services import Services
from tests.support.bases import SHIPPED_WORDS
from tests.support.catalogues import po
from tests.support.clocks import FrozenClock
from tests.support.discord_api import problems_of, spec_missing
from tests.support.places import client_of

pytestmark = pytest.mark.asyncio


def client_over(base: Base, names: NameIndex, folder: Path) -> Client:
    store = Store(f"sqlite:///{folder / 'ally.db'}", clock=FrozenClock().now)
    return client_of(Services(store, base, names))


def texts_in(node: Any) -> Iterator[tuple[str, str]]:
    """Each name and description of a command as it is registered."""
    for key in ("name", "description"):
        if node.get(key):
            yield key, node[key]
    for key in ("options", "choices"):
        for each in node.get(key) or ():
            yield from texts_in(each)


def localised(node: Any, locale: str) -> Iterator[tuple[str, str]]:
    """Each text that a command has in a locale."""
    for key in ("name", "description"):
        words: dict[str, str] = node.get(f"{key}_localizations") or {}
        if locale in words:
            yield key, words[locale]
    for key in ("options", "choices"):
        for each in node.get(key) or ():
            yield from localised(each, locale)


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program's own catalogues are looked for."""
    monkeypatch.setattr("bot.answers.texts.CATALOGUES", tmp_path)
    return tmp_path


async def test_every_text_of_every_command_has_a_key_that_translates_it(
    base: Base, names: NameIndex, catalogue: Path, tmp_path: Path
) -> None:
    # A name is marked by a letter, a sentence by brackets: both as Discord takes them.
    rows = [
        (
            key,
            text,
            f"ж{text}" if key.endswith("name") or "choice" in key else f"⟦{text}⟧",
        )
        for key, text in MESSAGES.items()
    ]
    (catalogue / "uk.po").write_text(po(*rows), encoding="utf-8")
    client = client_over(base, names, tmp_path)
    for command in await client.command_payload():
        english = list(texts_in(command))
        ours = list(localised(command, "uk"))
        assert len(ours) == len(english), command["name"]
        assert all(text[0] in "ж⟦" for _, text in ours)
        assert list(localised(command, "de")) == []


async def test_every_text_in_english_is_one_that_discord_takes(
    base: Base, lighthouse: Base, lighthouse_names: NameIndex, names: NameIndex
) -> None:
    for texts in (
        CommandTexts(base, names),
        CommandTexts(lighthouse, lighthouse_names),
    ):
        for key in MESSAGES:
            said = texts.text(key).message
            assert "{" not in said
            assert 1 <= len(said) < DESCRIPTION, key
            if key.startswith(("command.", "option.")) and key.endswith(".name"):
                assert NAME.fullmatch(said)


async def test_no_command_of_another_base_has_a_word_of_the_shipped_conflict(
    lighthouse: Base, lighthouse_names: NameIndex, tmp_path: Path
) -> None:
    client = client_over(lighthouse, lighthouse_names, tmp_path)
    payload = json.dumps(await client.command_payload(), ensure_ascii=False)
    assert "orchard" in payload
    assert "LAMP/6" in payload
    assert "Market day" in payload
    # In other languages *un* is an article.
    english = re.sub(r'"\w+_localizations": \{[^}]*\}', "", payload)
    assert not SHIPPED_WORDS.findall(english)


@pytest.mark.skipif(bool(spec_missing()), reason=spec_missing() or "-")
async def test_discord_takes_every_command_in_every_language(
    base: Base, names: NameIndex, tmp_path: Path
) -> None:
    client = client_over(base, names, tmp_path)
    payload = await client.command_payload()
    assert all(list(localised(each, "uk")) for each in payload)
    problems = [told for each in payload for told in problems_of(each, "commands")]
    assert not problems, "\n".join(problems)


PLACE = app_commands.TranslationContextLocation


@pytest.mark.parametrize(
    ("text", "place", "takes"),
    [
        ("карта", PLACE.command_name, True),
        ("Карта", PLACE.command_name, False),
        ("дві карти", PLACE.command_name, False),
        ("地図", PLACE.parameter_name, True),
        ("ж" * 33, PLACE.group_name, False),
        ("", PLACE.command_name, False),
        ("Дві карти.", PLACE.command_description, True),
        ("ж" * 101, PLACE.parameter_description, False),
        ("Модератори", PLACE.choice_name, True),
    ],
)
async def test_a_text_is_taken_where_discord_takes_it(
    text: str, place: app_commands.TranslationContextLocation, takes: bool
) -> None:
    assert accepted(text, place) is takes


async def test_what_discord_would_refuse_stays_english(
    base: Base, names: NameIndex, catalogue: Path, tmp_path: Path
) -> None:
    rows = [
        ("command.map.name", MESSAGES["command.map.name"], "Мапа світу"),
        ("command.help.name", MESSAGES["command.help.name"], "довідка"),
    ]
    (catalogue / "uk.po").write_text(po(*rows), encoding="utf-8")
    client = client_over(base, names, tmp_path)
    names_of = {
        each["name"]: dict(localised(each, "uk")).get("name")
        for each in await client.command_payload()
    }
    assert names_of["help"] == "довідка"
    assert names_of["map"] is None


async def test_an_example_is_named_in_the_language_of_the_text(
    base: Base, names: NameIndex, catalogue: Path
) -> None:
    key = "command.ally.description"
    words = (key, MESSAGES[key], "Де ця країна? Приклад: /ally country:{actor}")
    (catalogue / "uk.po").write_text(po(words), encoding="utf-8")
    said = CommandTexts(base, names).in_locale(key, "uk")
    assert said == "Де ця країна? Приклад: /ally country:білорусь"


async def test_new_words_for_a_command_are_registered_and_the_same_words_are_not(
    base: Base,
    names: NameIndex,
    catalogue: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = client_over(base, names, tmp_path)
    monkeypatch.setattr(client, "_state", tmp_path)
    registered: list[object] = []

    async def register(payload: object, guild: object) -> None:
        registered.append(payload)

    monkeypatch.setattr(client.tree, "register", register)
    assert await client.sync_if_changed()
    assert not await client.sync_if_changed()
    key = "command.help.name"
    (catalogue / "pl.po").write_text(po((key, MESSAGES[key], "pomoc")))
    from bot.answers import catalogues

    catalogues.forget()
    assert await client.sync_if_changed()
    assert not await client.sync_if_changed()
    assert len(registered) == 2


async def test_a_text_without_a_key_is_left_alone(base: Base, names: NameIndex) -> None:
    translator = CatalogueTranslator(CommandTexts(base, names))
    place: Any = PLACE.other
    context: Any = app_commands.TranslationContext[Any, Any](place, None)
    said = app_commands.locale_str("Hello")
    assert await translator.translate(said, discord.Locale.ukrainian, context) is None
