"""Everything that a moderator asks with the database there, asked again with it away:
each time an answer comes, and never an apology for a fault.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable

import pytest

from bot.knowledge.facts import Base
from bot.names.locales import LOCALES
from bot.store.database import Store
from bot.store.services import Services
from tests.support.databases import no_transaction
from tests.support.discord_api import problems_of, spec_missing
from tests.support.everything import everything
from tests.support.posted import Payload, Posted, Sent

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(bool(spec_missing()), reason=spec_missing() or "-"),
]
GUILD = 1000 + LOCALES.index("en")
"""The server in which ``everything`` is asked in English."""


def name_of(payload: Payload) -> str:
    """What is asked: a command's name, or a custom id with what was chosen."""
    data = payload["data"]
    values = " ".join(map(str, data.get("values") or ()))
    inside = " ".join(each["name"] for each in data.get("options") or ())
    return f"{data.get('name') or data.get('custom_id')} {inside}{values}"


def few_of_a_kind(asked: Iterable[Payload]) -> list[Payload]:
    """Of what differs by nothing but its subjects the first two."""
    kinds, few = Counter[str](), list[Payload]()
    for payload in asked:
        words = name_of(payload).split()
        kind = " ".join(":".join(word.split(":")[:3]) for word in words)
        kinds[kind] += 1
        if kinds[kind] <= 2:
            few.append(payload)
    return few


def is_wait(sent: Sent) -> bool:
    """Whether it says that this cannot be done now."""
    return "Not right now" in str(sent.body)


def is_fault(record: logging.LogRecord) -> bool:
    """Whether something went wrong that nobody had thought of; some pictures cannot be
    drawn here on purpose.
    """
    return record.levelno >= logging.ERROR and not record.name.endswith(".pictures")


async def asked_again(
    posted: Posted, asked: Iterable[Payload], caplog: pytest.LogCaptureFixture
) -> tuple[list[str], int]:
    """What was wrong with the answers, and how many say that it has to wait."""
    wrong, waits = list[str](), 0
    for payload in asked:
        caplog.clear()
        sent = await posted.ask(payload)
        faults = [each.getMessage() for each in caplog.records if is_fault(each)]
        if not sent or faults:
            wrong.append(f"{name_of(payload)}: {faults or 'no answer'}")
        wrong += [
            f"{name_of(payload)}: {problem}"
            for each in sent
            for problem in problems_of(each.body, each.what, each.files)
        ]
        waits += any(map(is_wait, sent))
    return wrong, waits


async def test_while_the_database_is_away_all_is_answered_and_nothing_fails(
    posted: Posted,
    services: Services,
    base: Base,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked = list[Payload]()
    ask = posted.ask

    async def remembered(payload: Payload) -> list[Sent]:
        asked.append(payload)
        return await ask(payload)

    with monkeypatch.context() as there:
        there.setattr(posted, "ask", remembered)
        await everything(posted, "en", base)
    asked = few_of_a_kind(asked)
    # First with what is known of the server still in memory, as when it goes away.
    with monkeypatch.context() as away:
        away.setattr(Store, "_transaction", no_transaction)
        unread, some = await asked_again(posted, asked, caplog)
        services.views.drop(GUILD)
        unknown, more = await asked_again(posted, asked, caplog)
    monkeypatch.setattr(Store, "writing", no_transaction)
    unwritten, most = await asked_again(posted, asked, caplog)
    wrong = dict.fromkeys((*unread, *unknown, *unwritten))
    assert not wrong, "\n".join(wrong)
    assert min(some, more, most) > len(asked) / 12
