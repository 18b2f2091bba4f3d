"""In a language in which every message has accents, nothing that Ally says of its own
is without: what was forgotten shows itself.

One reader of that language makes Ally say everything, as in
`test_discord_accepts.py`. What stands there in plain letters are names, what was typed,
and the facts of the base, which stay as they were written.
"""

from __future__ import annotations

import dataclasses
import re
import zoneinfo
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from bot.answers import catalogues
from bot.answers.base_words import messages
from bot.answers.texts import language_name, languages
from bot.knowledge.facts import Base
from bot.names.index import NameIndex, names_of
from bot.names.territories import territories_of
from tests.support import pseudo
from tests.support.bases import DATA
from tests.support.crawl import Crawl, Found, Way
from tests.support.everything import (
    NEEDED,
    SCRIPT,
    commands_of,
    templates_of,
)
from tests.support.posted import Payload, Posted, Reader, Sent

pytestmark = pytest.mark.asyncio

LEAST = 500
"""Texts that a crawl sees at least."""
WORDS = re.compile(r"[A-Za-z][A-Za-z']{2,}(?: [A-Za-z']{2,})*")
NO_PROSE = re.compile(r"https?\S+|`[^`]*`|/[\w:]+|\bYAML: .*|\b[0-9a-f]*\d[0-9a-f]*\b")
"""Addresses, numbers of citations, drafts, commands, what a parser of YAML says, and
the revision of a base.
"""
SHOWN = {"content", "label", "placeholder", "description", "title", "name"}
"""Keys of what Discord shows; what a form holds already is not among them."""
TYPED = (
    "Title of the page; Ruritania; Rurit; Kingdom of Ruritania; ruritania; Reuters; "
    "Kongo und; Belarus and Georgia; nobody at all; True; UTC; YAML; MiB; everyone; "
    "Thing number; happened; Blue Ruthenia; The source was withdrawn; The government "
    "of Belarus closed a consulate; Gazette; Ally; It says so itself; "
    "Consulate closed; arms for Ukraine since; "
    "Svenska; entries; entry list; undone; Suggestion; Proposed Nov; "
    "Approved as entry; "
    "review shows what still waits"
)
"""What the script types, what stays as it is in every language, and what a channel is
told in its server's language.
"""
MONTHS = "januari februari mars april maj juni juli augusti september oktober"


def shown_in(node: Any) -> Iterator[str]:
    """Every text of a reply that somebody reads."""
    if isinstance(node, list):
        for each in cast("list[Any]", node):
            yield from shown_in(each)
    elif isinstance(node, dict):
        for key, value in cast("Payload", node).items():
            if key in SHOWN and isinstance(value, str):
                yield value
            else:
                yield from shown_in(value)


class Read(Found):
    """Keeps every text, with the first occasion of each."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}

    def take(self, kinds: Iterable[str], asked: str, sent: Sequence[Sent]) -> None:
        """Keep what came of one question."""
        for each in sent:
            for text in shown_in(each.body):
                self.texts.setdefault(text, asked)


@pytest.fixture
def base(base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Base]:
    """The base with a catalogue in the made-up language; the program has one too."""
    pseudo.write(tmp_path / "program", tmp_path / "base")
    monkeypatch.setattr("bot.answers.texts.CATALOGUES", tmp_path / "program")
    catalogues.forget()
    yield dataclasses.replace(base, catalogues=tmp_path / "base")
    catalogues.forget()


@pytest.fixture
def names(base: Base) -> NameIndex:
    return names_of(base)


async def all_texts(posted: Posted, base: Base) -> dict[str, str]:
    posted.join(1000)
    reader = Reader(pseudo.DISCORD_LOCALE, 1000)
    others = frozenset(base.countries.keys() - NEEDED)
    way = Way(reader, SCRIPT, templates_of(posted), 0, others)
    crawl = Crawl(posted, way)
    crawl.found = read = Read()
    await crawl.run(commands_of(posted))
    return read.texts


def plain_words(texts: dict[str, str]) -> dict[str, str]:
    """Words in plain letters that are no name, fact or typed text, with where."""
    of_base = " ".join(path.read_text("utf-8") for path in DATA.rglob("*.yaml"))
    zones = " ".join(zoneinfo.available_timezones()).replace("_", " ").replace("/", " ")
    spoken = " ".join(
        word for each in languages() for word in WORDS.findall(language_name(each))
    )
    places = f"{spoken} {zones} {' '.join(territories_of(pseudo.LOCALE).values())}"
    known = " ".join(
        f"{of_base} {places} {places.lower()} {TYPED} {MONTHS}".replace(
            "''", "'"
        ).split()
    )
    return {
        words: f"{asked}: {text[:80]}"
        for text, asked in texts.items()
        for words in WORDS.findall(NO_PROSE.sub(" ", text).replace(" och ", ", "))
        if words not in known
    }


def base_texts(texts: dict[str, str], base: Base) -> dict[str, str]:
    """Texts of the base that stand alone, and not in a fact, in English."""
    english = {each.text for each in messages(base) if " " in each.text}
    return {
        part: f"{asked}: {text[:80]}"
        for text, asked in texts.items()
        for part in re.split(r"[\n·:—*]", text)
        if part.strip(" ⟦⟧.") in english
    }


async def test_nothing_is_said_outside_the_catalogues(
    posted: Posted, base: Base
) -> None:
    texts = await all_texts(posted, base)
    assert len(texts) >= LEAST
    forgotten = plain_words(texts) | base_texts(texts, base)
    assert not forgotten, "\n".join(f"{k!r} in {v}" for k, v in forgotten.items())
