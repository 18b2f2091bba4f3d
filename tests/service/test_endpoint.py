"""The endpoint under attack: what it refuses, how soon, and what it tells nobody."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import socket
import zlib
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass
from typing import Any, cast

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.runtime.clock import ServerClock
from bot.runtime.first_reply import HttpFeed
from bot.runtime.health import ConnectionGuard, Listener, listen
from bot.service.client import Client
from bot.service.http import InteractionEndpoint, Signatures, application
from bot.service.payloads import is_interaction
from bot.store.views import ServerViews
from bot.ui.replies import ReplyCache
from tests.support.clocks import FrozenClock
from tests.support.hosted import PUBLIC, free_port, signed
from tests.support.payloads import payload_of

pytestmark = pytest.mark.asyncio
MOST = 8
SLOW = 0.4
"""Seconds that the endpoint of these tests waits for headers, and for a body."""
REST = 3.0
"""Seconds that a connection of these tests may rest."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A listening endpoint in this process."""

    port: int
    client: Client
    session: ClientSession

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/interactions"

    async def post(self, body: bytes) -> int:
        """The status for a body that Discord has signed."""
        async with self.session.post(
            self.url, data=body, headers=signed(body)
        ) as response:
            await response.read()
            return response.status

    async def said(self, sent: bytes) -> bytes:
        """All that comes back on a connection until it is closed."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(sent)
            async with asyncio.timeout(10):
                return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.close()

    def refused(self, reason: str) -> float:
        """How many requests were refused for a reason."""
        return cast("Any", self.client.metrics)._refused.labels(reason)._value.get()


@pytest_asyncio.fixture(params=["by aiohttp", "at once where that can be"])
async def endpoint(
    request: pytest.FixtureRequest, base: Base, names: NameIndex
) -> AsyncGenerator[Endpoint]:
    replies = ReplyCache(ServerViews(base, names, None), FrozenClock().today, "test")
    client = Client(replies, clock=None)
    # discord.py knows its loop once it has logged in; here nothing is to be reached.
    await client._async_setup_hook()
    handler = InteractionEndpoint(
        Signatures(PUBLIC, ServerClock()),
        client.admission,
        client.fast_path,
        HttpFeed(client, client.promises),
        body_seconds=SLOW,
    )

    async def well() -> list[str]:
        return []

    port = free_port()
    quick = None if request.param == "by aiohttp" else handler.quick
    guard = ConnectionGuard(
        most=MOST, header_seconds=SLOW, idle_seconds=REST, quick=quick
    )
    listener: Listener = await listen(
        application(well, handler.handle), "127.0.0.1", port, guard
    )
    async with ClientSession() as session:
        yield Endpoint(port, client, session)
    await listener.close()


HOSTILE: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e400,
    10**400,
    "",
    "x" * 5_000,
    "\x00",
    [],
    [[]],
    {},
    {"type": {}},
)
INTERACTION: dict[str, Any] = payload_of(
    1, "compare", first="belarus", second="armenia"
)
PRESSED: dict[str, Any] = payload_of(1_000) | {
    "type": 3,
    "data": {"component_type": 2, "custom_id": "nothing:1"},
}


def damaged(whole: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every part of a payload."""
    is_object = isinstance(whole, dict)
    keys = list(cast("Any", whole)) if is_object else list(range(len(whole)))
    for key in keys:
        yield (*path, key)
        if isinstance(whole[key], dict | list):
            yield from damaged(whole[key], (*path, key))


def without(whole: Any, path: tuple[Any, ...]) -> Any:
    payload = copy.deepcopy(whole)
    part = payload
    for key in path[:-1]:
        part = part[key]
    del part[path[-1]]
    return payload


def replaced(whole: Any, path: tuple[Any, ...], value: Any) -> Any:
    payload = copy.deepcopy(whole)
    part = payload
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return payload


async def test_what_discord_sends_has_the_form_of_an_interaction() -> None:
    for payload in (INTERACTION, PRESSED, payload_of(1, country="belarus")):
        assert is_interaction(payload)


NEEDED = ("id", "application_id", "type", "token", "version", "data", "member")


@pytest.mark.parametrize("whole", [INTERACTION, PRESSED], ids=["command", "button"])
@pytest.mark.parametrize("part", NEEDED)
async def test_what_lacks_a_part_that_it_needs_is_no_interaction(
    whole: dict[str, Any], part: str
) -> None:
    assert not is_interaction(without(whole, (part,)))
    wrong: tuple[Any, ...] = (None, [], [[]], -1, True, 1e400)
    for value in wrong:
        assert not is_interaction(replaced(whole, (part,), value)), value


async def test_a_signed_body_that_is_no_interaction_is_a_400_without_a_traceback(
    endpoint: Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    bodies = [b"", b"{", b"[]", b"null", b"7", b'"x"', b"\xff", b"[" * 100_000]
    bodies += [b'{"type": 1e400}', b'{"type": 2}', b'{"type": 2, "id": "x"}']
    for whole in (INTERACTION, PRESSED):
        for number, part in enumerate(NEEDED):
            key = str(int(whole["id"]) + number)
            payload = without(whole | {"id": key, "locale": "x"}, (part,))
            bodies.append(json.dumps(payload).encode())
    with caplog.at_level(logging.DEBUG):
        for body in bodies:
            assert await endpoint.post(body) == 400, body[:100]
    assert not [each for each in caplog.records if each.exc_info]
    assert endpoint.refused("malformed") == len(bodies)


async def test_no_damage_to_an_interaction_makes_a_traceback_or_leaves_it_waiting(
    endpoint: Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    number = 10
    statuses: set[int] = set()
    for whole in (INTERACTION, PRESSED):
        for path in damaged(whole):
            for value in HOSTILE:
                number += 1
                key = str(int(whole["id"]) + number)
                payload = replaced(whole | {"id": key}, path, value)
                status = await endpoint.post(json.dumps(payload).encode())
                # True and 1 are one id.
                assert status in {200, 400} or path == ("id",), (path, value, status)
                statuses.add(status)
    assert {200, 400} <= statuses
    said = [each for each in caplog.records if each.exc_info]
    assert not said, said[0].getMessage()


async def test_without_its_headers_a_request_is_refused_before_its_body(
    endpoint: Endpoint,
) -> None:
    for headers in (
        b"",
        b"X-Signature-Ed25519: 00\r\nX-Signature-Timestamp: 1\r\n",
        b"X-Signature-Ed25519: " + b"0" * 128 + b"\r\n",
        b"X-Signature-Ed25519: " + b"0" * 128 + b"\r\nX-Signature-Timestamp: nan\r\n",
    ):
        # No byte of the body is ever sent.
        said = await endpoint.said(
            b"POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n"
            + headers
            + b"\r\n"
        )
        assert said.startswith(b"HTTP/1.1 401 ")
    assert endpoint.refused("signature") == 4
    assert endpoint.refused("slow") == 0


@pytest.mark.parametrize("sent", [b"", b"POST", b"POST /interactions HTTP/1.1\r\nHo"])
async def test_a_connection_whose_headers_do_not_come_is_closed(
    endpoint: Endpoint, sent: bytes
) -> None:
    assert await endpoint.said(sent) == b""


async def test_headers_that_drip_are_not_waited_for_longer(endpoint: Endpoint) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", endpoint.port)
    writer.write(b"POST /interactions HTTP/1.1\r\n")
    async with asyncio.timeout(10):
        with pytest.raises(ConnectionError):  # noqa: PT012 - some byte is the last
            while True:
                writer.write(b"X-Drip: 1\r\n")
                await writer.drain()
                if await asyncio.wait_for(_more(reader), 0.05) == b"":
                    raise ConnectionResetError
    writer.close()


async def _more(reader: asyncio.StreamReader) -> bytes | None:
    try:
        async with asyncio.timeout(0.02):
            return await reader.read(1)
    except TimeoutError:
        return None


async def test_a_body_that_does_not_come_is_told_so_and_the_connection_closed(
    endpoint: Endpoint,
) -> None:
    headers = "".join(f"{name}: {value}\r\n" for name, value in signed(b"x").items())
    said = await endpoint.said(
        b"POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
        + headers.encode()
        + b"\r\nx"
    )
    assert said.startswith(b"HTTP/1.1 408 ")
    assert endpoint.refused("slow") == 1


async def test_there_are_never_more_connections_than_the_cap_and_room_comes_back(
    endpoint: Endpoint,
) -> None:
    held = [
        await asyncio.open_connection("127.0.0.1", endpoint.port) for _ in range(MOST)
    ]
    # The last of them has been taken once the endpoint has spoken on it.
    for _, writer in held:
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    for reader, _ in held:
        assert (await reader.readuntil(b"alive\n")).startswith(b"HTTP/1.1 200 ")
    assert await endpoint.said(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") == b""
    for _, writer in held:
        writer.close()
        await writer.wait_closed()
    said = b""
    for _ in range(200):
        said = await endpoint.said(
            b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        if said:
            break
    assert said.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"POST /interactions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"this is no HTTP\r\n\r\n",
    ],
)
async def test_no_answer_says_what_the_server_is_made_of(
    endpoint: Endpoint, sent: bytes
) -> None:
    said = await endpoint.said(sent)
    assert said.startswith(b"HTTP/1.")
    for word in (b"aiohttp", b"Python", b"python"):
        assert word not in said


async def test_a_connection_serves_many_requests(endpoint: Endpoint) -> None:
    for number in range(3):
        body = json.dumps(payload_of(number, country="belarus")).encode()
        assert await endpoint.post(body) == 200
        # Longer than headers may take: between requests another limit holds.
        await asyncio.sleep(SLOW * 1.5)
    assert len(endpoint.session._connector._conns or ()) == 1  # type: ignore[union-attr]


def raw(payload: dict[str, Any], **more: str) -> bytes:
    """A signed request as it is sent, with more headers."""
    body = json.dumps(payload).encode()
    headers = signed(body) | {"Host": "ally", "Content-Length": str(len(body))} | more
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return b"POST /interactions HTTP/1.1\r\n" + lines.encode() + b"\r\n" + body


async def answer_of(reader: asyncio.StreamReader) -> tuple[int, Any]:
    """The status and the body of the next response on a connection."""
    async with asyncio.timeout(10):
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r")[0])
        body = await reader.readexactly(length)
    return int(head.split(b" ")[1]), body


async def test_answers_of_both_ways_keep_their_order_on_one_connection(
    endpoint: Endpoint,
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", endpoint.port)
    named = {"belarus": "Belarus", "ukraine": "Ukraine", "KZ": "Kazakhstan"}
    countries = ["belarus", "ukraine", "KZ"] * 4

    def asked(number: int) -> bytes:
        payload = payload_of(number, country=countries[number % len(countries)])
        # aiohttp reads what says of its content how it is written.
        more = {"Content-Encoding": "identity"} if number % 2 else {}
        return raw(payload, **more)

    async def is_answered(number: int) -> None:
        status, body = await answer_of(reader)
        assert status == 200
        assert named[countries[number % len(countries)]].encode() in body[:400]

    for number in range(12):
        writer.write(asked(number))
        await is_answered(number)
    # One after another without waiting, in one piece and in many.
    writer.write(b"".join(map(asked, range(12, 24))))
    for number in range(12, 24):
        await is_answered(number)
    for number in range(24, 36):
        writer.write(asked(number))
        await writer.drain()
    for number in range(24, 36):
        await is_answered(number)
    writer.close()


async def test_a_request_in_parts_is_answered(endpoint: Endpoint) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", endpoint.port)
    for number, place in enumerate((10, 60, -20, -1)):
        whole = raw(payload_of(number, country="belarus"))
        writer.write(whole[:place])
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.write(whole[place:])
        assert (await answer_of(reader))[0] == 200
    writer.close()


async def test_what_came_twice_is_refused_however_it_was_answered_first(
    endpoint: Endpoint,
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", endpoint.port)
    once = raw(payload_of(1, country="belarus"))
    writer.write(once)
    assert (await answer_of(reader))[0] == 200
    anew = raw(
        payload_of(1, country="belarus")
        | {"id": json.loads(once.partition(b"\r\n\r\n")[2])["id"], "token": "other"}
    )
    writer.write(anew)
    assert (await answer_of(reader))[0] == 409
    writer.write(once)
    assert (await answer_of(reader))[0] == 401
    assert endpoint.refused("replayed") == 1
    writer.close()


async def test_what_only_admission_refuses_is_no_interaction_and_then_a_replay(
    endpoint: Endpoint,
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", endpoint.port)
    # Whole and well asked, so that there is an answer; but no id of Discord's.
    sent = raw(payload_of(1, country="belarus") | {"id": "x"})
    writer.write(sent)
    assert (await answer_of(reader))[0] == 400
    writer.close()
    reader, writer = await asyncio.open_connection("127.0.0.1", endpoint.port)
    writer.write(sent)
    assert (await answer_of(reader))[0] == 401
    writer.close()
    assert endpoint.refused("malformed") == endpoint.refused("replayed") == 1


async def test_a_connection_that_rests_is_closed_and_one_that_is_used_is_not(
    endpoint: Endpoint,
) -> None:
    resting, one = await asyncio.open_connection("127.0.0.1", endpoint.port)
    used, two = await asyncio.open_connection("127.0.0.1", endpoint.port)
    one.write(raw(payload_of(1, country="belarus")))
    assert (await answer_of(resting))[0] == 200
    begun = asyncio.get_running_loop().time()
    number = 2
    while asyncio.get_running_loop().time() < begun + REST + 1.5:
        two.write(raw(payload_of(number, country="belarus")))
        assert (await answer_of(used))[0] == 200
        number += 1
        await asyncio.sleep(0.3)
    assert resting.at_eof()
    one.close()
    two.close()


async def test_nothing_is_unpacked_before_its_signature_is_looked_at(
    endpoint: Endpoint,
) -> None:
    packed = zlib.compress(b"\0" * (64 << 20), 9)
    unsigned = b"X-Signature-Ed25519: " + b"0" * 128 + b"\r\nX-Signature-Timestamp: 1"
    said = await endpoint.said(
        b"POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Encoding: deflate\r\n"
        + f"Content-Length: {len(packed)}\r\n".encode()
        + unsigned
        + b"\r\n\r\n"
        + packed
    )
    # 413 would mean that it was unpacked as far as a body may be long.
    assert said.startswith(b"HTTP/1.1 401 ")


async def test_a_connection_on_which_no_answer_is_read_is_closed(
    endpoint: Endpoint,
) -> None:
    asked = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 2_000
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
    held.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(held, ("127.0.0.1", endpoint.port))
    sending = asyncio.create_task(_sent_without_end(held, asked))
    try:
        async with asyncio.timeout(60):
            with pytest.raises(ConnectionError):
                await sending
    finally:
        held.close()


async def _sent_without_end(held: socket.socket, asked: bytes) -> None:
    while True:
        await asyncio.get_running_loop().sock_sendall(held, asked)
