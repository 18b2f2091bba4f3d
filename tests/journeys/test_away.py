"""The database goes away under the bot and comes back, as readers and moderators see
it.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from contextlib import closing

import pytest

from bot.store.database import BUSY_SECONDS
from bot.store.services import Services
from tests.support.places import FACT, Place, reply
from tests.support.replies import text_of, values_in

pytestmark = pytest.mark.asyncio


async def test_answers_go_on_writes_are_refused_nothing_typed_is_lost_and_it_recovers(
    place: Place, services: Services
) -> None:
    assert services.store.path
    await place.publish()
    preview = await place.preview(claim="Something else happened in Belarus.")
    gone = services.store.path.with_name("gone")
    services.store.path.rename(gone)
    services.views.drop(place.guild.id)
    answer = await place.ally()
    assert "Belarus · Ally of Russia" in answer
    assert "I cannot read this server's own entries" in answer
    assert "closed a consulate" not in answer
    refused = await place.ada.click(reply(preview), label="Publish")
    assert "Nothing was changed, and what you typed is still here" in text_of(
        reply(refused)
    )
    form = await place.ada.click(reply(preview), label="Edit")
    assert values_in(form.modal)["claim"] == "Something else happened in Belarus."
    fresh = await place.preview("cuba")
    assert FACT["claim"] in text_of(reply(fresh))
    assert "publishing has to wait" in text_of(reply(fresh))
    for command, options in (
        ("entry list", {}),
        ("entry history", {"entry": "1"}),
        ("privacy", {}),
        ("entry review", {}),
        ("settings", {}),
    ):
        result = await place.ada.slash(place.channel, command, **options)
        told = text_of(reply(result)) + "".join(
            text_of(each) for each in result.followups
        )
        assert "Not right now" in told, command
    gone.rename(services.store.path)
    services.watch.start()
    await place.env.advance_time(2)
    await place.ada.click(reply(fresh), label="Publish")
    assert "#2 Cuba: added" in text_of(reply(fresh))
    assert "closed a consulate" in await place.ally()
    await services.watch.stop()


@pytest.mark.parametrize("seconds", [2.6, 6.0])
async def test_a_database_slow_to_write_loses_nothing_and_leaves_nobody_unanswered(
    place: Place, services: Services, seconds: float
) -> None:
    assert services.store.path
    preview = await place.preview()
    path = services.store.path

    def hold() -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            taken.set()
            time.sleep(seconds)
            other.execute("ROLLBACK")

    taken = threading.Event()
    holding = asyncio.create_task(asyncio.to_thread(hold))
    await asyncio.to_thread(taken.wait, 5)
    pressed = await place.ada.click(reply(preview), label="Publish")
    await holding
    told = text_of(reply(preview)) + "".join(
        text_of(each) for each in pressed.followups
    )
    if pressed.response is not None:
        told += text_of(pressed.response)
    listed = await services.reader.all_entries(place.guild.id)
    if seconds < BUSY_SECONDS:
        assert "#1 Belarus: added" in told
        assert len(listed) == 1
    else:
        assert "Nothing was changed, and what you typed is still here" in told
        assert listed == ()
        await place.ada.click(reply(preview), label="Publish")
        assert len(await services.reader.all_entries(place.guild.id)) == 1
