"""Requests that came in one piece and in the plainest form, as Discord and the proxies
before Ally send nearly all of them: read by httptools and answered without aiohttp,
which takes longer for both than everything else that is done for an answer but the
signature (docs/performance.md).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

import httptools
from aiohttp.helpers import rfc822_formatted_time

_BEGIN = b"POST /interactions HTTP/1.1\r\n"
_LONGEST = 64 << 10
_SIGNATURE, _TIMESTAMP = b"x-signature-ed25519", b"x-signature-timestamp"
_SPECIAL = {b"transfer-encoding", b"content-encoding", b"expect", b"upgrade"}
"""Headers of requests that aiohttp is to read."""


class WholeRequest(NamedTuple):
    """A signed interaction, before its signature is checked."""

    signature: str
    timestamp: str
    body: bytes


class _Reading:
    """What httptools finds in some bytes; it calls the methods that begin with
    ``on_``.
    """

    def __init__(self) -> None:
        self.headers: dict[bytes, bytes] = {}
        self.body = b""
        self.begun = self.complete = 0
        self.is_plain = True

    def on_message_begin(self) -> None:
        self.begun += 1

    def on_header(self, name: bytes, value: bytes) -> None:
        name = name.lower()
        if name in _SPECIAL or name in self.headers:
            self.is_plain = False
        if name == b"connection" and value.lower() != b"keep-alive":
            self.is_plain = False
        self.headers[name] = value

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.complete += 1


def read_request(data: bytes) -> WholeRequest | None:
    """A whole request, and nothing else, that posts an interaction; None for all that
    is not quite plain.
    """
    if len(data) > _LONGEST or not data.startswith(_BEGIN):
        return None
    reading = _Reading()
    try:
        httptools.HttpRequestParser(reading).feed_data(data)
    except (httptools.HttpParserError, httptools.HttpParserUpgrade):
        return None
    is_whole = reading.begun == reading.complete == 1
    if not (is_whole and reading.is_plain and reading.body):
        return None
    try:
        signature = reading.headers[_SIGNATURE].decode("ascii")
        timestamp = reading.headers[_TIMESTAMP].decode("ascii")
    except (KeyError, UnicodeDecodeError):
        return None
    return WholeRequest(signature, timestamp, reading.body)


def written_response(status: int, body: bytes, kind: str) -> bytes:
    """A response as it is sent; its connection stays."""
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nDate: "
    )
    date = rfc822_formatted_time()
    return b"%s%s\r\nServer: Ally\r\n\r\n%s" % (head.encode(), date.encode(), body)
