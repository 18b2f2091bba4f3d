"""Reads one public web page for a moderator who named it, and nothing else: off unless
the operator allows it.

Only https on port 443, only names (no addresses), only hosts all of whose addresses are
everybody's (`bot.runtime.public_web`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from ssl import SSLContext

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.knowledge.addresses import is_public, web_address
from bot.runtime.public_web import (
    Address,
    MovedTooOftenError,
    PublicWeb,
    is_host_named,
    is_packed,
)

SIZE = 256 * 1024
"""Bytes that are read of a page; what it says of itself stands at its beginning."""
SECONDS = 4.0
"""For everything together: names, connections, redirects, the page."""
_PORT = 443
_HTML = {"text/html", "application/xhtml+xml"}
_FAILURES = (
    MovedTooOftenError,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
    ValueError,
)


class UnreadablePageError(Exception):
    """The page was not read: it may not be, or could not be."""


@dataclass(frozen=True, slots=True)
class PageReader:
    """``resolver``, ``allowed`` and ``trusted`` are others in tests alone, which have
    their own servers.
    """

    agent: str
    """What Ally calls itself to web servers."""
    resolver: Callable[[], AbstractResolver] = aiohttp.ThreadedResolver
    allowed: Callable[[Address], bool] = is_public
    trusted: SSLContext | None = None
    seconds: float = SECONDS

    async def read(self, url: str) -> bytes:
        """The beginning of a page of HTML, at most SIZE bytes; UnreadablePageError for
        anything else.
        """
        try:
            async with asyncio.timeout(self.seconds):
                return await self._read(url)
        except _FAILURES as error:
            raise UnreadablePageError from error

    async def _read(self, url: str) -> bytes:
        web = PublicWeb(self.agent, self.resolver, self.allowed, self.trusted)
        accepted = {"Accept": "text/html"}
        async with web.response(url, checked_address, accepted) as response:
            return await _body(response)


def checked_address(url: str) -> URL:
    """An address that may be asked; ValueError or UnreadablePageError for any other."""
    address = URL(web_address(url))
    if address.scheme != "https" or address.port != _PORT:
        raise UnreadablePageError
    if not is_host_named(address):
        raise UnreadablePageError
    return address


async def _body(response: aiohttp.ClientResponse) -> bytes:
    if response.status != 200 or is_packed(response):
        raise UnreadablePageError
    if response.content_type not in _HTML:
        raise UnreadablePageError
    kept = bytearray()
    async for chunk in response.content.iter_chunked(16 * 1024):
        kept += chunk[: SIZE - len(kept)]
        if len(kept) >= SIZE:
            break
    return bytes(kept)
