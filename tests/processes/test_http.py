"""The HTTP endpoint: signatures, replies within the response, promises, health and
metrics.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from bot.runtime.admission import Recent
from bot.runtime.clock import SYSTEM_CLOCK, ServerClock
from bot.runtime.health import application
from bot.runtime.metrics import Metrics
from bot.runtime.settings import Shards, shards_of
from bot.service.http import FRESH_SECONDS, Signatures
from bot.store.database import Store
from bot.store.membership import Memberships
from tests.support.databases import add
from tests.support.hosted import KEY, PUBLIC, Hosted, signed
from tests.support.payloads import MESSAGE, payload_of
from tests.support.replies import values_of


def test_only_fresh_signatures_of_the_right_key_are_good_and_only_once() -> None:
    tick = [0.0]
    now = 1_700_000_000.0
    clock = ServerClock(lambda: tick[0])
    clock.heard(now)
    signatures = Signatures(PUBLIC, clock, Recent(tick=lambda: tick[0]))

    def fault(
        body: bytes, when: float, *, key: SigningKey = KEY, sent: bytes | None = None
    ) -> str:
        headers = signed(body, when, key)
        return signatures.fault(
            headers["X-Signature-Ed25519"],
            headers["X-Signature-Timestamp"],
            sent or body,
        )

    assert fault(b"one", now) == ""
    assert fault(b"one", now) == "replayed"
    assert fault(b"two", now, sent=b"changed") == "signature"
    assert fault(b"three", now, key=SigningKey(b"x" * 32)) == "signature"
    assert fault(b"four", now - FRESH_SECONDS - 2) == "stale"
    assert fault(b"nonsense", now + 1e6, key=SigningKey(b"x" * 32)) == "signature"
    assert fault(b"five", now) == "", (
        "what was not signed by Discord must not set its time"
    )
    tick[0] += 3 * FRESH_SECONDS
    assert fault(b"six", now) == "stale"
    # Discord alone can sign a later time: then it is this machine's clock that was
    # behind.
    assert fault(b"seven", now + 1_000) == ""
    assert fault(b"eight", now + 900) == "stale"


@given(
    signature=st.text(max_size=140),
    stamp=st.text(max_size=20),
    body=st.binary(max_size=50),
)
def test_no_nonsense_is_a_good_signature_or_an_error(
    signature: str, stamp: str, body: bytes
) -> None:
    assert Signatures(PUBLIC, ServerClock()).fault(signature, stamp, body)


@pytest_asyncio.fixture
async def served(tmp_path: Path) -> AsyncGenerator[Hosted, None]:
    made = Hosted(tmp_path, warm=True)
    await made.start("serve")
    yield made
    await made.end()


@pytest.mark.asyncio
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
async def test_serving_answers_in_the_response_refuses_the_unsigned_and_ends_cleanly(
    served: Hosted,
) -> None:
    ping = {"type": 1, "id": "1", "application_id": "100", "token": "t", "version": 1}
    assert await served.post(ping) == (200, {"type": 1})
    body = json.dumps(ping).encode()
    async with served.session.post(f"{served.url}/interactions", data=body) as response:
        assert response.status == 401
    headers = signed(body, time.time() - 3600)
    async with served.session.post(
        f"{served.url}/interactions", data=body, headers=headers
    ) as response:
        assert response.status == 401
    status, quick = await served.post(payload_of(1, country="belarus"))
    assert (status, quick["type"]) == (200, 4)
    assert "Ally of Russia" in json.dumps(quick)
    status, asked = await served.post(payload_of(2, country="korea"))
    assert (status, asked["type"]) == (200, 4)
    assert "Which country?" in json.dumps(asked)
    status, about = await served.post(payload_of(3, "about"))
    assert "About Ally" in json.dumps(about)
    ids = values_of(quick["data"]["components"], "custom_id")
    assert ids[0].startswith("ally:evidence")
    assert ids[3].startswith("ally:compare")
    assert ids[-1].startswith("menu:")
    button = payload_of(4)
    button |= {
        "type": 3,
        "data": {"component_type": 2, "custom_id": ids[0]},
        "message": MESSAGE | {"id": "500", "components": quick["data"]["components"]},
    }
    status, evidence = await served.post(button)
    assert "Page 1 of" in json.dumps(evidence)
    compare = {"component_type": 2, "custom_id": ids[3]}
    status, form = await served.post(
        payload_of(5) | {"type": 3, "message": button["message"], "data": compare}
    )
    assert form["type"] == 9
    gone: dict[str, Any] = {
        "component_type": 2,
        "custom_id": "ally:evidence:QQ:2026-11-23:1",
    }
    older = json.loads(json.dumps(button["message"]).replace(ids[0], gone["custom_id"]))
    status, sorry = await served.post(
        payload_of(6) | {"type": 3, "message": older, "data": gone}
    )
    assert "Ally no longer knows" in json.dumps(sorry)
    unknown: dict[str, Any] = {"component_type": 2, "custom_id": "poll:vote:7"}
    older = json.loads(
        json.dumps(button["message"]).replace(ids[0], unknown["custom_id"])
    )
    for number, kind in ((7, 3), (8, 5)):
        pressed: dict[str, Any] = {
            "type": kind,
            "data": unknown | {"components": []},
            "message": older,
        }
        status, sorry = await served.post(payload_of(number) | pressed)
        assert "made by another version of Ally" in json.dumps(sorry)
    metrics = await served.metrics()
    assert 'ally_commands_total{kind="command",name="ally",outcome="ok"} 2.0' in metrics
    assert 'ally_commands_total{kind="button",name="ally",outcome="ok"} 3.0' in metrics
    assert 'ally_http_refused_total{reason="signature"} 1.0' in metrics
    assert 'ally_http_refused_total{reason="stale"} 1.0' in metrics
    assert 'ally_cache_lookups_total{cache="replies",outcome="miss"} 3.0' in metrics
    assert "belarus" not in metrics
    assert '="300"' not in metrics
    assert '="200"' not in metrics
    async with served.session.get(f"{served.url}/metrics") as response:
        assert response.status == 404
    assert await served.stop() == 0, served.log
    assert "a.b.c" not in served.log


@pytest.mark.asyncio
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
async def test_without_a_gateway_servers_that_removed_ally_are_found_by_asking(
    tmp_path: Path,
) -> None:
    address = f"sqlite:///{tmp_path / 'x.db'}"
    store = Store(address, clock=SYSTEM_CLOCK.now)
    await store.open()
    membership = Memberships(store)
    here, gone, commands_only = 450, 777, 888
    for guild in (here, gone, commands_only):
        await add(store, guild)
    await membership.compare([here, gone])
    replicas = [
        Hosted(tmp_path / name, warm=True, ALLY_DATABASE_URL=address) for name in "ab"
    ]
    for each in replicas:
        each.folder.mkdir()
        # Discord lists 200 at a time.
        each.standin.guilds = [
            {"id": str(n), "name": "x", "owner": False, "permissions": "0"}
            for n in range(1, 501)
        ]
    try:
        await asyncio.gather(*(each.start("serve") for each in replicas))
        for _ in range(200):
            if await membership.left_at(gone):
                break
            await asyncio.sleep(0.05)
        assert await membership.left_at(gone)
        assert await membership.left_at(here) is None
        assert await membership.left_at(commands_only) is None
        assert sum(each.standin.listed for each in replicas) == 3
    finally:
        for each in replicas:
            await each.end()
        await store.close()


@pytest.mark.asyncio
async def test_health_says_what_is_missing() -> None:
    missing = ["the database cannot be reached"]

    async def health() -> list[str]:
        return missing

    app = application(health, Metrics())
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/healthz")).status == 200
        answer = await client.get("/readyz")
        assert answer.status == 503
        assert "database" in await answer.text()
        missing.clear()
        assert (await client.get("/readyz")).status == 200
        assert (await client.get("/interactions")).status == 404


@pytest.mark.parametrize(
    ("text", "shards"),
    [
        ("0-7/32", Shards(tuple(range(8)), 32)),
        ("3/4", Shards((3,), 4)),
        ("4/4", None),
        ("7-3/32", None),
        ("x", None),
    ],
)
def test_shards_are_read(text: str, shards: Shards | None) -> None:
    assert shards_of(text) == shards
