from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.answers.entry_words import in_a_list, sources_of, told
from bot.answers.texts import Texts
from bot.entries.records import Entry
from bot.knowledge.facts import Base
from bot.names.index import NameIndex


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("event", {"id": "x", "claim": "A thing."}),
        ("level", {"level": "gone", "date": "2024-01-01", "reason": "A thing."}),
    ],
)
def test_an_entry_that_cannot_be_read_any_more_is_told_as_it_is_stored(
    kind: str, body: Any, base: Base, names: NameIndex
) -> None:
    assert "A thing." in told(kind, body, base, Texts("en", names.display))
    assert sources_of(kind, body) == ()


def test_the_list_of_entries_has_days_in_the_readers_form_and_levels_in_words(
    base: Base, names: NameIndex
) -> None:
    source = {"url": "https://example.org/x", "publisher": "Gazette", "title": "T"}
    event = {
        "id": "x",
        "claim": "A thing.",
        "date": "2024-03-02",
        "toward": "russia",
        "deed": "formal",
        "sources": [source],
    }
    level = {
        "level": "ally-russia",
        "date": "2024-03",
        "reason": "So",
        "sources": [source],
    }

    def said(kind: Any, body: Any, language: str) -> str:
        noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
        row = Entry(1, kind, "BY", body, "published", 1, 7, noon)
        return in_a_list(row, base, Texts(language, names.display))

    assert said("event", event, "en") == "A thing (Mar 2, 2024)"
    assert said("event", event, "de") == "A thing (02.03.2024)"
    assert said("level", level, "en") == "Ally of Russia, since Mar 2024: So"
