"""What is typed to the brim of a field, in the letters that take most room: it is
shown, kept whole and offered again, and no form opens with more than its fields take.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
import pytest_asyncio

from bot.knowledge.text import length
from bot.store.services import Services
from bot.ui import limits
from tests.support.clocks import FrozenClock
from tests.support.crawl import HOSTILE, to_the_brim
from tests.support.discord_api import Body, components_of
from tests.support.places import FACT
from tests.support.posted import (
    Payload,
    Posted,
    Reader,
    Sent,
    chosen,
    commanded,
    message_of,
    open_client,
    pressed,
    submitted,
)

pytestmark = pytest.mark.asyncio

READER = Reader("en-US", 1000)
FORMS = ("entry add", "entry level", "entry summary", "entry actor", "suggest")
_PRIVATE_USE = range(0xE000, 0xF900)
_LETTERS = range(0x4E00, 0x9FA0)
_ANY = random.Random(1).choices([*_PRIVATE_USE, *_LETTERS], k=400)
NOISE = "".join(map(chr, _ANY))
"""Nothing in it repeats, and every third letter is not shown."""


@pytest_asyncio.fixture
async def posted(services: Services, clock: FrozenClock) -> Posted:
    """The bot as `ally serve` runs it: no server is in its cache."""
    return await open_client(services, clock.today)


def fields_of(form: Body) -> list[Body]:
    """The fields of a form, in the order shown."""
    components = (each for _, each in components_of(form["components"]))
    return [each for each in components if each.get("custom_id")]


def filled(form: Payload, letters: str) -> dict[str, Any]:
    """Every text of a form to its brim, and the first of every choice."""
    values: dict[str, Any] = {}
    for each in fields_of(form):
        key, options = each["custom_id"], each.get("options")
        if options:
            value = options[0]["value"]
            values[key] = value if each["type"] == 21 else [value]
        else:
            values[key] = to_the_brim(letters, each["max_length"])
            if len(letters) == len(NOISE):
                values[key] = (letters * 3)[: each["max_length"]]
    return values


def texts_of(sent: Sent) -> list[str]:
    inside = components_of(sent.data.get("components", ()))
    return [each["content"] for _, each in inside if "content" in each]


def button(sent: Sent, action: str) -> Body:
    inside = (each for _, each in components_of(sent.data["components"]))
    return next(each for each in inside if f":{action}:" in each.get("custom_id", ""))


async def opened(posted: Posted, command: str) -> Payload:
    country = {"country": (3, "belarus")}
    asked = commanded(READER, command, {} if command == "entry actor" else country)
    (form,) = await posted.ask(asked)
    return form.data


@pytest.mark.parametrize("letters", [*HOSTILE, NOISE], ids=ascii)
@pytest.mark.parametrize("command", FORMS)
async def test_a_form_filled_to_the_brim_is_shown_and_kept_whole(
    posted: Posted, command: str, letters: str
) -> None:
    form = await opened(posted, command)
    typed = filled(form, letters)
    (draft,) = await posted.ask(submitted(READER, form, typed))
    texts = texts_of(draft)
    assert len(texts) > 1
    assert all(texts)
    assert sum(map(length, texts)) <= limits.TEXT_TOTAL
    edit = pressed(READER, message_of(draft, 1), button(draft, "edit"))
    (again,) = await posted.ask(edit)
    for each in fields_of(again.data):
        if "max_length" in each:
            assert each["value"] == typed[each["custom_id"]], each["custom_id"]


async def test_what_is_published_after_a_full_form_is_what_was_typed(
    posted: Posted,
) -> None:
    form = await opened(posted, "entry add")
    claim = "`" * 399 + "."
    # Lines of a source that come after its title and day are a second source's.
    source = FACT["source"].replace("Consulate closed", "`" * 199 + ".")
    typed = filled(form, "`") | {"claim": claim, "date": "2024", "source": source}
    (draft,) = await posted.ask(submitted(READER, form, typed))
    publish = pressed(READER, message_of(draft, 1), button(draft, "publish"))
    await posted.ask(publish)
    entry = await posted.client.services.reader.entry(READER.guild, 1)
    assert entry.body["claim"] == claim


@pytest.mark.parametrize("text", ["🇧🇾", "𝔘", "a", "漢", "a🇧🇾"], ids=ascii)
async def test_a_message_is_proposed_within_what_its_field_takes(
    posted: Posted, text: str
) -> None:
    for characters in (1, 199, 200, 201, 399, 400, 401, 2000):
        message = (text * characters)[:characters]
        asked = chosen(READER, "Propose as evidence", message)
        (form,) = await posted.ask(asked)
        claim = next(
            each for each in fields_of(form.data) if each["custom_id"] == "claim"
        )
        assert length(claim["value"]) <= claim["max_length"]
        assert claim["value"].rstrip("…") == message[: len(claim["value"].rstrip("…"))]
