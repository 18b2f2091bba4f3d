"""What goes wrong around a running bot, made to go wrong: Discord, the network, the
clock, the database, the base.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from importlib.util import find_spec
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.runtime.clock import SYSTEM_CLOCK
from bot.store.database import Store, engine_url
from tests.support.bases import DATA
from tests.support.databases import fresh_database
from tests.support.hosted import TOKEN, Hosted
from tests.support.payloads import id_at, interaction, payload_of

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(
        sys.platform == "win32", reason="Windows has no SIGTERM to send"
    ),
]

Start = Callable[..., Awaitable[Hosted]]
KNOWN, ASKED = {"country": "belarus"}, {"country": "korea"}
"""The first takes the short way; the second is asked back, which takes discord.py's."""


@pytest_asyncio.fixture
async def start(tmp_path: Path) -> AsyncGenerator[Start, None]:
    running: list[Hosted] = []

    async def make(verb: str, **env: str) -> Hosted:
        folder = tmp_path / str(len(running))
        folder.mkdir()
        # What is loaded before a program must be there when that starts.
        made = Hosted(folder, warm="LD_PRELOAD" not in env, **env)
        running.append(made)
        await made.start(verb)
        return made

    yield make
    for each in running:
        await each.end()
    for each in running:
        assert TOKEN not in each.log
        assert "Traceback" not in each.log, each.log


def count(metrics: str, name: str) -> float:
    """A metric's value, 0 where it has none yet."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", metrics, re.MULTILINE)
    return float(found[1]) if found else 0.0


async def test_a_broken_connection_is_resumed_and_what_was_missed_is_answered(
    start: Start,
) -> None:
    bot = await start("run")
    standin = bot.standin
    standin.hesitates = 0.5
    standin.drop()
    old = str(id_at(time.time() - 20))
    await standin.show(interaction(old, "ally", KNOWN))
    await asyncio.gather(standin.ask(1, KNOWN), standin.ask(2, ASKED))
    assert standin.resumed.is_set()
    assert old not in standin.taken
    await bot.until_ready()
    metrics = await bot.metrics()
    assert count(metrics, "ally_interactions_dropped_total") == 1
    assert count(metrics, 'ally_gateway_events_total{event="resumed"}') == 1
    # Discord asks for it now and then (opcode 7).
    standin.resumed.clear()
    await standin.ask_for_reconnect()
    await asyncio.wait_for(standin.resumed.wait(), 20)
    assert await standin.ask(3, KNOWN) > 0
    assert count(await bot.metrics(), 'ally_gateway_events_total{event="ready"}') == 1


async def test_while_discord_refuses_connections_the_bot_says_so_and_comes_back(
    start: Start,
) -> None:
    bot = await start("run")
    bot.standin.refuses = True
    bot.standin.drop()
    await bot.until_missing("lost")
    bot.standin.refuses = False
    await bot.until_ready(40)
    assert await bot.standin.ask(1, KNOWN) > 0
    assert await bot.standin.ask(2, ASKED) > 0


async def test_when_discord_limits_or_fails_replies_are_sent_again_while_somebody_waits(
    start: Start,
) -> None:
    bot = await start("run")
    standin = bot.standin
    for country in (KNOWN, ASKED):
        standin.faults = [502]
        assert await standin.ask(1, country) > 0
        standin.faults = [(429, {"retry_after": 0.4})]
        assert await standin.ask(2, country) >= 400
        assert standin.faults == []
    standin.faults = [-1, 503]
    assert await standin.ask(3, KNOWN) > 0
    # What cannot be in time is not tried: Discord counts requests that fail.
    standin.faults = [(429, {"retry_after": 30}), 500]
    with pytest.raises(TimeoutError):
        await standin.ask(4, KNOWN, seconds=1)
    assert standin.faults == [500]
    standin.faults = [500] * 4
    with pytest.raises(TimeoutError):
        await standin.ask(5, KNOWN, seconds=2)
    assert standin.faults == []
    metrics = await bot.metrics()
    assert count(metrics, 'ally_rest_errors_total{class="429"}') == 3
    assert count(metrics, 'ally_rest_errors_total{class="5xx"}') == 7
    assert count(metrics, 'ally_rest_errors_total{class="network"}') == 1
    assert (
        count(
            metrics, 'ally_commands_total{kind="command",name="ally",outcome="error"}'
        )
        == 2
    )
    assert await standin.ask(6, KNOWN) > 0


async def test_expired_interactions_are_counted_as_late_and_nothing_else_happens(
    start: Start,
) -> None:
    bot = await start("run")
    for country in (KNOWN, ASKED):
        bot.standin.faults = [(404, {"code": 10062, "message": "Unknown interaction"})]
        with pytest.raises(TimeoutError):
            await bot.standin.ask(1, country, seconds=1)
    assert (
        count(
            await bot.metrics(),
            'ally_commands_total{kind="command",name="ally",outcome="late"}',
        )
        == 2
    )
    assert await bot.standin.ask(2, KNOWN) > 0


async def test_an_interaction_that_comes_twice_is_answered_once(start: Start) -> None:
    bot = await start("run")
    for number, country in enumerate((KNOWN, ASKED)):
        key = str(id_at(time.time()) + number)
        for _ in range(3):
            await bot.standin.show(interaction(key, "ally", country))
    await bot.standin.ask(9, ASKED)
    assert len(bot.standin.taken) == len(set(bot.standin.taken)) == 3
    assert (
        count(
            await bot.metrics(),
            'ally_commands_total{kind="command",name="ally",outcome="duplicate"}',
        )
        == 4
    )
    web = await start("serve")
    payload = payload_of(1, country="belarus")
    assert (await web.post(payload))[0] == 200
    payload["locale"] = (
        "de"  # Another body has another signature, and is the same interaction.
    )
    assert (await web.post(payload))[0] == 409
    old = payload_of(2, country="belarus") | {"id": str(id_at(time.time() - 20))}
    assert (await web.post(old))[0] == 410
    assert (await web.post(payload_of(3, country="korea")))[0] == 200


async def test_a_clock_that_jumps_changes_no_answer(
    start: Start, tmp_path: Path
) -> None:
    spec = find_spec("libfaketime")
    context = (
        Path(spec.origin).parent / "vendor/libfaketime/src/libfaketime.so.1"
        if spec and spec.origin
        else None
    )
    if context is None or not context.is_file():
        pytest.skip(
            "the library that bends a process's clock is packaged for Linux on "
            "x86-64 only"
        )
    shift = tmp_path / "clock"
    shift.write_text("+0\n", encoding="ascii")
    bent = {
        "LD_PRELOAD": str(context),
        "FAKETIME_TIMESTAMP_FILE": str(shift),
        # The file is read again at every call of the clock if this is 0, and starting
        # then takes ten times as long.
        "FAKETIME_CACHE_DURATION": "1",
        "DONT_FAKE_MONOTONIC": "1",
        # It takes waits by the monotonic clock for waits by the bent one, so that they
        # are over at once: a thread that wants Python's interpreter lock then asks for
        # it without a pause, and a start takes ten times the work. These are the 5 ms
        # that Python waits for it at a start; nothing else in Ally waits in this way.
        "FAKETIME_WAIT_MS": "5",
    }
    bot, web = await asyncio.gather(start("run", **bent), start("serve", **bent))

    async def all_well() -> None:
        assert await bot.standin.ask(1, KNOWN, seconds=3) > 0
        assert await bot.standin.ask(2, ASKED, seconds=3) > 0
        for number, country in enumerate(("belarus", "korea")):
            assert (await web.post(payload_of(number, country=country)))[0] == 200
        await bot.until_ready(5)
        await web.until_ready(5)

    await all_well()
    # From an hour ahead to an hour behind is a jump back of two.
    for jump in (3600, -3600, 2_000_000_000):
        await asyncio.to_thread(shift.write_text, f"{jump:+d}\n", encoding="ascii")
        await all_well()
        await asyncio.gather(bot.until_ahead(jump), web.until_ahead(jump))
        await all_well()
    assert await bot.stop() == 0
    assert await web.stop() == 0


async def test_told_to_stop_under_load_it_answers_what_it_has_and_takes_nothing_new(
    start: Start,
) -> None:
    bot = await start("run")
    standin = bot.standin
    standin.gate.clear()
    asked = [
        asyncio.create_task(standin.ask(n, KNOWN if n % 3 else ASKED))
        # All of them within the 2.5 seconds for which one waits for Discord, on a
        # machine however busy.
        for n in range(40)
    ]
    async with asyncio.timeout(30):
        while standin.arrived < len(asked):
            standin.came.clear()
            await standin.came.wait()
    begun = time.monotonic()
    stopping = asyncio.create_task(bot.stop())
    await bot.until_logged("stopping")
    standin.gate.set()
    more = [
        asyncio.create_task(standin.ask(1_000 + n, KNOWN, seconds=3)) for n in range(20)
    ]
    times = await asyncio.gather(*asked)
    assert len(times) == len(asked)
    assert await stopping == 0, bot.log
    assert time.monotonic() - begun < 10
    late = await asyncio.gather(*more, return_exceptions=True)
    # What is sent while the connection closes is refused, or never answered.
    assert all(isinstance(each, TimeoutError | ConnectionError) for each in late), late
    assert len(standin.taken) == len(asked)
    assert bot.log.count(" ok ") == len(asked)
    assert "command ally stopping" in bot.log


async def test_told_to_stop_it_leaves_within_ten_seconds_even_if_discord_never_answers(
    start: Start,
) -> None:
    bot = await start("run")
    bot.standin.delay = 60
    asked = asyncio.create_task(bot.standin.ask(1, ASKED, seconds=12))
    await asyncio.sleep(0.3)
    begun = time.monotonic()
    assert await bot.stop() == 0
    assert time.monotonic() - begun < 10
    assert "1 interactions were not answered before the end" in bot.log
    asked.cancel()


async def test_told_to_stop_the_endpoint_keeps_its_promises(start: Start) -> None:
    web = await start("serve")
    asked = [web.post(payload_of(n, country="belarus")) for n in range(60)]
    assert [each[0] for each in await asyncio.gather(*asked)] == [200] * 60
    countries = ("belarus", "armenia", "france", "cuba")
    drawn = [
        web.post(payload_of(60 + n, "timeline", country=country))
        for n, country in enumerate(countries)
    ]
    for status, reply in await asyncio.gather(*drawn):
        assert (status, reply["type"]) == (200, 5)
    begun = time.monotonic()
    stopping = asyncio.create_task(web.stop(seconds=60))
    await web.until_logged("stopping")
    late = await asyncio.gather(
        *(web.post(payload_of(n, country="belarus")) for n in range(100, 120)),
        return_exceptions=True,
    )
    assert await stopping == 0, web.log
    assert time.monotonic() - begun < 10
    assert len(web.standin.edits) == len(countries)
    assert all("timeline.png" in each for each in web.standin.edits)
    assert web.log.count("command ally ok ") == 60
    assert web.log.count("command timeline ok ") == len(countries)
    # Nobody is left hanging: told to go elsewhere, or the port is closed.
    for each in late:
        if isinstance(each, tuple):
            assert each[0] == 503
        else:
            assert isinstance(each, aiohttp.ClientError | OSError)


async def test_a_slow_database_delays_no_answer(start: Start, postgres: str) -> None:
    address = await fresh_database(postgres)
    store = Store(address, clock=SYSTEM_CLOCK.now)
    await store.open()
    await store.close()
    engine = create_async_engine(engine_url(address))
    bot, web = await asyncio.gather(
        *(start(verb, ALLY_DATABASE_URL=address) for verb in ("run", "serve"))
    )
    async with engine.begin() as connection:
        await connection.execute(text("LOCK TABLE guilds IN ACCESS EXCLUSIVE MODE"))
        assert await bot.standin.ask(1, KNOWN) < 2500
        begun = time.monotonic()
        status, reply = await web.post(payload_of(1, country="belarus"))
        assert status == 200
        assert time.monotonic() - begun < 2.5
        said = json.dumps(reply) + "".join(web.standin.edits)
        assert "cannot read this server's own entries" in said
    await engine.dispose()
    await asyncio.gather(bot.until_ready(), web.until_ready())
    status, reply = await web.post(payload_of(2, country="belarus"))
    assert "cannot read this server's" not in json.dumps(reply)
    assert "Ally of Russia" in json.dumps(reply)


async def test_a_base_that_breaks_while_it_runs_changes_nothing_until_it_is_mended(
    start: Start, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    await asyncio.to_thread(shutil.copytree, DATA, data)
    web = await start("serve", ALLY_DATA=str(data), ALLY_RELOAD_SECONDS="0.2")
    file = data / "countries" / "belarus.yaml"
    whole = file.read_text(encoding="utf-8")
    _, before = await web.post(payload_of(1, country="belarus"))
    file.write_text("code: [", encoding="utf-8")
    await web.until_logged("the old one goes on serving")
    _, after = await web.post(payload_of(2, country="belarus"))
    assert after["data"]["components"] == before["data"]["components"]
    changed = re.sub(r"short: Belarus\b", "short: Belarusia", whole)
    assert changed != whole
    file.write_text(changed, encoding="utf-8")
    os.utime(file)
    await web.until_logged("base reloaded")
    status, reply = await web.post(payload_of(3, country="belarusia"))
    assert status == 200
    assert "Ally of Russia" in json.dumps(reply)
