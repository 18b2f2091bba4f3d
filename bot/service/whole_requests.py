"""Requests that came in one piece and in the plainest form, as Discord and the proxies
before Ally send nearly all of them: read and answered without aiohttp, which takes
longer for both than everything else that is done for an answer but the signature
(docs/performance.md).
"""

from __future__ import annotations

import re
import time
from email.utils import formatdate
from http import HTTPStatus
from typing import NamedTuple

_LINE = b"POST /interactions HTTP/1.1\r\n"
_LONGEST = 64 << 10
_HEADER = re.compile(
    rb"\r\n(content-length|x-signature-ed25519|x-signature-timestamp|connection"
    rb"|transfer-encoding|content-encoding|expect|upgrade|te|trailer)"
    rb"[ \t]*:[ \t]*([^\r\n]*)",
    re.IGNORECASE,
)
"""The headers that say what a request is and how it is to be read."""
_PLAIN = {
    b"content-length": re.compile(rb"[0-9]{1,6}"),
    b"x-signature-ed25519": re.compile(rb"[0-9a-fA-F]{128}"),
    b"x-signature-timestamp": re.compile(rb"[0-9]{1,20}"),
    b"connection": re.compile(rb"keep-alive", re.IGNORECASE),
}
"""What these may say; of all others none may be there."""
_NEEDED = _PLAIN.keys() - {b"connection"}
_ODD = re.compile(rb"\r\n[ \t]|[^\r]\n|\r[^\n]|\0")
"""What aiohttp may read in another way: folded lines, lone ends of lines."""


class WholeRequest(NamedTuple):
    """A signed interaction, before its signature is checked."""

    signature: str
    timestamp: str
    body: bytes


def read_request(data: bytes) -> WholeRequest | None:
    """A whole request, and nothing else, that posts an interaction; None for all that
    is not quite plain.
    """
    end = data.find(b"\r\n\r\n", 0, _LONGEST)
    if end < 0 or not data.startswith(_LINE):
        return None
    # The line before the first header ends with what a header begins with.
    head = data[len(_LINE) - 2 : end]
    found = [(name.lower(), value) for name, value in _HEADER.findall(head)]
    headers = dict(found)
    if len(headers) < len(found) or _ODD.search(head) or not headers.keys() >= _NEEDED:
        return None
    for name, value in found:
        form = _PLAIN.get(name)
        if form is None or not form.fullmatch(value.rstrip(b" \t")):
            return None
    body = data[end + 4 :]
    if len(body) != int(headers[b"content-length"]):
        return None
    return WholeRequest(
        headers[b"x-signature-ed25519"].rstrip().decode("ascii"),
        headers[b"x-signature-timestamp"].rstrip().decode("ascii"),
        body,
    )


class _Date:
    """The header ``Date``, written once a second."""

    def __init__(self) -> None:
        self._second, self._text = 0, b""

    def text(self) -> bytes:
        """That of now."""
        now = int(time.time())
        if now != self._second:
            self._second = now
            self._text = formatdate(now, usegmt=True).encode("ascii")
        return self._text


_DATE = _Date()


def written_response(status: int, body: bytes, kind: str) -> bytes:
    """A response as it is sent; its connection stays."""
    head = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nDate: "
    )
    return b"%s%s\r\nServer: Ally\r\n\r\n%s" % (head.encode(), _DATE.text(), body)
