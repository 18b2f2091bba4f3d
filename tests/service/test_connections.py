"""Connections that post finished bodies: every form of a response that HTTP/1.1 allows,
and what comes of none.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from itertools import pairwise
from unittest.mock import Mock

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from bot.service import connections
from bot.service.connections import Connection, Connections, Response

OK = b"HTTP/1.1 200 OK\r\nDate: Thu, 26 Nov 2026 10:00:00 GMT\r\n"
DATE = "Thu, 26 Nov 2026 10:00:00 GMT"
CUT = b"|"
"""Where what the server sends is torn into parts."""


class Server:
    """Answers one request after another with what it is given; None hangs up."""

    def __init__(self) -> None:
        self.answers: list[bytes | None] = []
        self.requests: list[bytes] = []
        self.connections = 0
        self.port = 0
        self.tasks: set[asyncio.Task[None] | None] = set()
        self.hangs_up = False
        """Whether a connection ends after its first answer."""

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.connections += 1
        self.tasks.add(asyncio.current_task())
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.partition(b"Content-Length: ")[2].split(b"\r")[0])
                self.requests.append(head + await reader.readexactly(length))
                answer = self.answers.pop(0)
                if answer is None:
                    break
                for part in answer.split(CUT):
                    writer.write(part)
                    await writer.drain()
                    await asyncio.sleep(0.001)
                if self.hangs_up:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


@pytest_asyncio.fixture
async def server() -> AsyncGenerator[Server]:
    made = Server()
    listening = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = listening.sockets[0].getsockname()[1]
    yield made
    listening.close()
    await asyncio.gather(*(task for task in made.tasks if task))


@pytest_asyncio.fixture
async def discord(server: Server) -> AsyncGenerator[Connections]:
    made = Connections(f"http://127.0.0.1:{server.port}/api/v10", "Ally")
    yield made
    made.close()


async def post(discord: Connections, seconds: float = 5) -> Response | None:
    return await discord.post(discord.request("/x", b"{}"), seconds)


@pytest.mark.asyncio
async def test_a_request_is_whole(server: Server, discord: Connections) -> None:
    server.answers = [OK + b"Content-Length: 0\r\n\r\n"]
    assert await post(discord) == Response(200, DATE, b"")
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /api/v10/x HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"Content-Type: application/json" in head
    assert body == b"{}"


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (OK + b"Content-Length: 5\r\n\r\nhello", b"hello"),
        (OK + b"content-length:5\r\n\r\nhel|lo", b"hello"),
        (OK[:30] + CUT + OK[30:] + b"Content-Length: 2\r|\n\r\nok", b"ok"),
        (
            OK
            + b"Transfer-Encoding: chunked\r\n\r\n"
            + b"3\r\nhel\r\n|2;a=b\r\nlo\r\n0|\r\n\r\n",
            b"hello",
        ),
        (
            OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\nh\r\n0\r\nTrailer: x\r\n\r\n",
            b"h",
        ),
        (
            b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
            + OK
            + b"Content-Length: 1\r\n\r\nx",
            b"x",
        ),
    ],
)
@pytest.mark.asyncio
async def test_a_response_is_read_in_every_form_and_its_connection_used_again(
    server: Server, discord: Connections, answer: bytes, body: bytes
) -> None:
    server.answers = [answer, answer]
    assert await post(discord) == Response(200, DATE, body)
    assert await post(discord) == Response(200, DATE, body)
    assert server.connections == 1


@pytest.mark.asyncio
async def test_no_content_has_no_body(server: Server, discord: Connections) -> None:
    server.answers = [b"HTTP/1.1 204 No Content\r\nVia: x\r\n\r\n"] * 2
    assert await post(discord) == Response(204, "", b"")
    assert await post(discord) == Response(204, "", b"")
    assert server.connections == 1


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"Connection: close\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.0 200 OK\r\nDate: " + DATE.encode() + b"\r\n\r\nok",
        OK + b"\r\nok",
    ],
)
@pytest.mark.asyncio
async def test_a_connection_that_ends_is_not_used_again(
    server: Server, discord: Connections, answer: bytes
) -> None:
    server.hangs_up = True
    server.answers = [answer, answer]
    assert await post(discord) == Response(200, DATE, b"ok")
    assert await post(discord) == Response(200, DATE, b"ok")
    assert server.connections == 2


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        OK + b"Content-Length: many\r\n\r\n",
        OK + b"Content-Length: -1\r\n\r\n",
        OK + b"Content-Length: 99999999999\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"x" * (connections.LARGEST + 2),
    ],
)
@pytest.mark.asyncio
async def test_what_is_no_response_is_none(
    server: Server, discord: Connections, answer: bytes | None
) -> None:
    server.answers = [answer, OK + b"Content-Length: 0\r\n\r\n"]
    assert await post(discord) is None
    assert await post(discord) == Response(200, DATE, b"")
    assert server.connections == 2


@pytest.mark.asyncio
async def test_a_response_cut_off_is_none(server: Server, discord: Connections) -> None:
    server.hangs_up = True
    server.answers = [OK + b"Content-Length: 9\r\n\r\nhalf"]
    assert await post(discord) is None


@pytest.mark.asyncio
async def test_what_takes_too_long_is_none(
    server: Server, discord: Connections
) -> None:
    server.answers = [OK, OK + b"Content-Length: 0\r\n\r\n"]
    assert await post(discord, 0.05) is None
    assert await post(discord) == Response(200, DATE, b"")


@pytest.mark.asyncio
async def test_nobody_there_is_none(server: Server) -> None:
    refusing = Connections("http://127.0.0.1:1/api", "Ally")
    assert await post(refusing) is None


@pytest.mark.asyncio
async def test_an_old_connection_is_not_used(
    server: Server, discord: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers = [OK + b"Content-Length: 0\r\n\r\n"] * 2
    assert await post(discord)
    monkeypatch.setattr(connections, "IDLE_SECONDS", -1.0)
    assert await post(discord)
    assert server.connections == 2


@given(
    sizes=st.lists(st.integers(1, 40), max_size=6),
    cuts=st.lists(st.integers(min_value=0)),
)
def test_a_body_is_whole_however_its_response_was_torn(
    sizes: list[int], cuts: list[int]
) -> None:
    chunks = [b"%x\r\n%s\r\n" % (size, b"y" * size) for size in sizes]
    data = OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"".join(chunks) + b"0\r\n\r\n"
    places = sorted({0, len(data), *(cut % len(data) for cut in cuts)})
    came: list[Response | None] = []

    async def read() -> None:
        connection = Connection(lambda _: None)
        connection.connection_made(Mock(spec=asyncio.Transport))
        connection.post(b"", 5, came.append)
        for begin, end in pairwise(places):
            assert came == []
            connection.data_received(data[begin:end])

    asyncio.run(read())
    assert came == [Response(200, DATE, b"y" * sum(sizes))]
