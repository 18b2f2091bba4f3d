"""Which requests are read without aiohttp: whole ones in the plainest form alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.service.whole_requests import WholeRequest, read_request, written_response

SIGNATURE = "0f" * 64
HEAD = (
    b"POST /interactions HTTP/1.1\r\nHost: ally\r\n"
    b"X-Signature-Ed25519: " + SIGNATURE.encode() + b"\r\n"
    b"X-Signature-Timestamp: 1700000000\r\n"
)
PLAIN = HEAD + b"Content-Length: 2\r\n\r\n{}"
READ = WholeRequest(SIGNATURE, "1700000000", b"{}")


def with_header(line: bytes) -> bytes:
    return HEAD + line + b"\r\nContent-Length: 2\r\n\r\n{}"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN,
        PLAIN.replace(b"Content-Length", b"content-length"),
        PLAIN.replace(b"Length: 2", b"Length:2 \t"),
        with_header(b"Connection: keep-alive"),
        with_header(b"Accept-Encoding: gzip"),
        with_header(b"X-Forwarded-For: 10.0.0.1"),
    ],
)
def test_a_plain_request_is_read(data: bytes) -> None:
    assert read_request(data) == READ


@pytest.mark.parametrize(
    "data",
    [
        b"",
        PLAIN + b"x",
        PLAIN[:-1],
        PLAIN + PLAIN,
        b"\r\n" + PLAIN,
        PLAIN.replace(b"POST", b"PUT"),
        PLAIN.replace(b"/interactions", b"/interactions?x"),
        PLAIN.replace(b"HTTP/1.1", b"HTTP/1.0"),
        HEAD + b"\r\n",
        HEAD + b"Content-Length: +2\r\n\r\n{}",
        HEAD + b"Content-Length: 0x2\r\n\r\n{}",
        HEAD + b"Content-Length: 2, 2\r\n\r\n{}",
        HEAD + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        HEAD + b"Content-Length : 3\r\nContent-Length: 2\r\n\r\n{}",
        with_header(b"Transfer-Encoding: chunked"),
        with_header(b"Transfer-Encoding : chunked"),
        with_header(b"Content-Encoding: gzip"),
        with_header(b"Connection: close"),
        with_header(b"Connection: keep-alive, upgrade"),
        with_header(b"Upgrade: websocket"),
        with_header(b"Expect: 100-continue"),
        with_header(b"X: a\r\n folded"),
        with_header(b"X: a\nContent-Length: 9"),
        with_header(b"X: a\rContent-Length: 9"),
        with_header(b"X: \0"),
        PLAIN.replace(b"X-Signature-Timestamp: 1700000000\r\n", b""),
        PLAIN.replace(b"X-Signature-Timestamp: ", b"X-Signature-Timestamp: \xc2\xb2"),
    ],
)
def test_what_is_not_quite_plain_is_left_to_aiohttp(data: bytes) -> None:
    assert read_request(data) is None


@given(st.binary(max_size=300))
def test_nothing_is_an_error(data: bytes) -> None:
    assert read_request(data) is None
    read_request(HEAD + data)


def test_a_response_says_how_long_it_is() -> None:
    head, _, body = written_response(200, b"{}", "application/json").partition(
        b"\r\n\r\n"
    )
    lines = head.split(b"\r\n")
    assert lines[0] == b"HTTP/1.1 200 OK"
    assert b"Content-Length: 2" in lines
    assert b"Content-Type: application/json" in lines
    assert body == b"{}"
