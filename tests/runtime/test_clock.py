"""One clock: nothing else asks the machine what day or time it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

import bot
from bot.runtime.clock import SYSTEM_CLOCK

ROOM = Path(bot.__file__).parent
CLOCK = ROOM / "runtime" / "clock.py"
ASKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "gmtime", "localtime", "ctime", "strftime"},
    "utils": {"utcnow"},
}
"""Functions that tell the machine's day or time, by what they are called on."""


def asks_for_the_time(source: str) -> Iterator[int]:
    """The lines on which code asks the machine for the day or time."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value).rpartition(".")[2]
            if node.attr in ASKS.get(owner, ()):
                yield node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (node.lineno for each in node.names if each.name in ASKS["time"])


def test_nothing_but_the_clock_asks_the_machine_for_the_day_or_time() -> None:
    found = [
        f"{path.relative_to(ROOM)}:{line}"
        for path in sorted(ROOM.rglob("*.py"))
        if path != CLOCK
        for line in asks_for_the_time(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert list(asks_for_the_time(CLOCK.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "source",
    [
        "date.today()",
        "datetime.datetime.now(UTC)",
        "x = datetime.now",
        "time.time()",
        "from time import time",
        "discord.utils.utcnow()",
    ],
)
def test_each_way_of_asking_is_noticed(source: str) -> None:
    assert list(asks_for_the_time(source)) == [1]


def test_the_day_is_the_day_in_utc() -> None:
    before = SYSTEM_CLOCK.now()
    today = SYSTEM_CLOCK.today()
    after = SYSTEM_CLOCK.now()
    assert before.tzinfo is UTC
    assert before.date() <= today <= after.date()
