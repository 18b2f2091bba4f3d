"""No reply of a reader's command is a dead end, and every way on is answered."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import simcord

from tests.support.replies import choices_of, ids_of, place, take, text_of

pytestmark = pytest.mark.asyncio

ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("ally", {"country": "armenia"}),
    ("compare", {"first": "belarus", "second": "armenia"}),
    ("where", {}),
    ("where", {"side": "neutral", "region": "africa"}),
    ("where", {"since": "2022"}),
    ("vote", {"resolution": "ES-11/1"}),
    ("bloc", {"name": "european union"}),
    ("forecast", {}),
    ("timeline", {"country": "armenia"}),
    ("map", {}),
    ("map", {"show": "vote:es-11-1"}),
    ("map", {"show": "measure:sanctions-ru"}),
)
STEPS = 1
"""How far from a command the ways are walked."""
APOLOGIES = ("went wrong", "no longer works", "is outdated")


def kind_of(custom_id: str) -> str:
    """What a custom id asks for, without of whom."""
    parts = custom_id.split(":")
    return ":".join(parts[:2]) if parts[0] in {"ally", "cited"} else parts[0]


def ways_of(message: Any, gone: set[str]) -> Iterator[str]:
    """One way of each kind that was not gone yet; a menu's own id is none."""
    ids = [each for each in ids_of(message) if not each.startswith("menu:")]
    for way in (*ids, *choices_of(message)):
        if kind_of(way) not in gone:
            gone.add(kind_of(way))
            yield way


async def go(reader: Any, message: Any, way: str) -> Any:
    """What a button or a choice in a menu shows; None for a form."""
    if way in ids_of(message):
        result = await reader.click(message, custom_id=way)
    else:
        result = await take(reader, message, way)
    return None if result.modal else result.response or result.followups[0]


async def arrive(reader: Any, message: Any, path: Sequence[str]) -> Any:
    """What is shown at the end of some ways; pages that only the reader sees turn in
    place, so every walk begins anew.
    """
    for way in path:
        message = await go(reader, message, way)
    return message


@pytest.mark.parametrize(("command", "options"), ASKED)
async def test_every_reply_has_a_way_on_and_pressing_it_answers(
    env: simcord.Env, command: str, options: dict[str, Any]
) -> None:
    channel, reader, _ = place(env)
    result = await reader.slash(channel, command, **options)
    first = result.response or result.followups[0]
    waiting, gone = deque[tuple[str, ...]]([()]), set[str]()
    while waiting:
        path = waiting.popleft()
        message = await arrive(reader, first, path)
        if message is None:
            continue
        text = text_of(message)
        assert text, path
        assert not any(words in text for words in APOLOGIES), (path, text)
        assert [*ids_of(message), *choices_of(message)], (path, text)
        if len(path) < STEPS:
            waiting.extend((*path, way) for way in ways_of(message, gone))
    assert len(gone) > 1
