"""Every page that turns: walked to its end and back, each row is seen exactly once, and
the buttons end where the pages do.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import pytest
from simcord.results import ResponseMessage

from bot.alignment.cohesion import among
from bot.alignment.over_time import moved
from bot.alignment.rubric import assess
from bot.knowledge.facts import Base
from bot.service.client import Client
from bot.store.services import Services
from tests.support.bases import TODAY
from tests.support.many_entries import ENTRIES, SUGGESTIONS, fill
from tests.support.places import Place, reply
from tests.support.replies import text_of, use

pytestmark = pytest.mark.asyncio


def buttons_of(tree: Any) -> dict[str, bool]:
    """Every button of a message: its label, and whether it can be pressed."""
    if isinstance(tree, list):
        parts = cast("list[Any]", tree)
        return {k: v for each in parts for k, v in buttons_of(each).items()}
    if tree.get("type") == 2:
        return {tree["label"]: not tree.get("disabled", False)}
    return buttons_of(tree.get("components", []))


@dataclass(frozen=True)
class Paged:
    """A page that turns: how it is opened, what a row looks like, how many it has."""

    open: Callable[[Place], Awaitable[ResponseMessage]]
    row: str
    count: Callable[[Base], int]


def slash(
    name: str, /, **options: Any
) -> Callable[[Place], Awaitable[ResponseMessage]]:
    async def ask(place: Place) -> ResponseMessage:
        return reply(await place.ada.slash(place.channel, name, **options))

    return ask


def under_answer(kind: str) -> Callable[[Place], Awaitable[ResponseMessage]]:
    async def ask(place: Place) -> ResponseMessage:
        answer = reply(
            await place.ada.slash(place.channel, "ally", country="BY", private=True)
        )
        await use(place.ada, answer, f"ally:{kind}")
        return answer

    return ask


def evidence(base: Base) -> int:
    found = assess("BY", base, on=TODAY)
    absent = sum(each.fact.detail == "absent" for each in found.contributions)
    return len(found.contributions) - absent + len(found.past)


def movers(base: Base) -> int:
    codes = among(base, "", "", TODAY)
    return len(moved(base, since=date(2022, 2, 23), on=TODAY, codes=codes))


def named(base: Base) -> int:
    """How many claims the first forecast makes."""
    return len(base.forecasts["express-2022-01-26"].named)


PAGED = {
    "evidence": Paged(
        under_answer("evidence"),
        r"\*\*(\\?[-+−]?\d|Not counted|lapsed|ended).*",
        evidence,
    ),
    "votes": Paged(
        under_answer("votes"),
        r"\*\*.* — .*\(adopted.*",
        lambda base: len(base.ballots["BY"]),
    ),
    "where since": Paged(
        slash("where", since="2022-02-23", private=True), r"\*\*.* → .*", movers
    ),
    "bloc": Paged(
        slash("bloc", name="coe", private=True),
        r"\*\*.*:\*\* .*\[\[\d+⚠?\]\]\(.*",
        lambda base: len({seat.code for seat in base.blocs["coe"].members}),
    ),
    "forecast": Paged(
        slash("forecast", private=True),
        r"\*\*.*, (?:came true|half|did not come true).*:\*\* .*",
        named,
    ),
    "entry list": Paged(slash("entry list"), r"\*\*\\?#\d+ .*", lambda _: ENTRIES),
    "entry list with a search": Paged(
        slash("entry list", search="number"), r"\*\*\\?#\d+ .*", lambda _: ENTRIES
    ),
    "entry history": Paged(
        slash("entry history", entry="1"), r"\*\*Revision \d+.*", lambda _: ENTRIES
    ),
    "entry review": Paged(
        slash("entry review"), r"### Suggestion \d+.*", lambda _: SUGGESTIONS
    ),
}


@pytest.fixture
def way() -> type[Client]:
    """Pages turn behind both ways alike; the gateway's is the faster one."""
    return Client


def rows_in(message: ResponseMessage, row: str) -> list[str]:
    return [line for line in text_of(message).split("\n") if re.fullmatch(row, line)]


@pytest.mark.parametrize("kind", PAGED)
async def test_every_row_is_seen_once_and_the_buttons_end_where_the_pages_do(
    place: Place, services: Services, base: Base, kind: str
) -> None:
    paged = PAGED[kind]
    own = kind.startswith("entry")
    if own:
        await fill(place, services)
    message = await paged.open(place)
    assert message.ephemeral
    pages = [rows_in(message, paged.row)]
    assert not buttons_of(message.components).get("Previous")
    while buttons_of(message.components).get("Next"):
        assert len(pages) < 50, "the pages never end"
        await place.ada.click(message, label="Next")
        assert buttons_of(message.components).get("Previous")
        pages.append(rows_in(message, paged.row))
    assert len(pages) > 1
    assert all(pages)
    # Sources are numbered anew on each page.
    rows = [re.sub(r" `\[\d+\]`", "", row) for page in pages for row in page]
    assert len(rows) == paged.count(base)
    assert len(set(rows)) == len(rows)
    for page in reversed(pages[:-1]):
        await place.ada.click(message, label="Previous")
        assert rows_in(message, paged.row) == page
    assert not buttons_of(message.components).get("Previous")
