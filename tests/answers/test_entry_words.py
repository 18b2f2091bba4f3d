from __future__ import annotations

from typing import Any

import pytest

from bot.answers.entry_words import sources_of, told
from bot.answers.texts import Texts
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
