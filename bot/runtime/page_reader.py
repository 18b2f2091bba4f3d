"""Reads one public web page for a moderator who named it, and nothing else: off unless
the operator allows it.

Only https on port 443, only names (no addresses), only hosts all of whose addresses are
everybody's. The connection goes to the very address that was looked at, so a name that
changes its mind in between reaches nothing. Each redirect is looked at alike.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from ssl import SSLContext
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.knowledge.addresses import is_public, web_address

SIZE = 256 * 1024
"""Bytes that are read of a page; what it says of itself stands at its beginning."""
SECONDS = 4.0
"""For everything together: names, connections, redirects, the page."""
REDIRECTS = 3
_PORT = 443
_HTML = {"text/html", "application/xhtml+xml"}
MOVED = {301, 302, 303, 307, 308}
"""Statuses of a response that names another address (RFC 9110, 15.4)."""

Address = IPv4Address | IPv6Address


class UnreadablePageError(Exception):
    """The page was not read: it may not be, or could not be."""


class CheckedResolver(AbstractResolver):
    """Looks a name up and gives its addresses only if each of them is allowed."""

    def __init__(
        self, below: AbstractResolver, allowed: Callable[[Address], bool]
    ) -> None:
        self.below, self.allowed = below, allowed

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,
    ) -> list[ResolveResult]:
        """The addresses of a name; OSError where one of them is not allowed."""
        results = await self.below.resolve(host, port, family)
        for each in results:
            address = ip_address(each["host"].partition("%")[0])
            if not self.allowed(address):
                msg = "an address of this name is not public"
                raise OSError(msg)
        return results

    async def close(self) -> None:
        """Nothing is held."""
        await self.below.close()


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
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise UnreadablePageError from error

    async def _read(self, url: str) -> bytes:
        connector = aiohttp.TCPConnector(
            resolver=CheckedResolver(self.resolver(), self.allowed),
            ssl=self.trusted or True,
            use_dns_cache=False,
            force_close=True,
        )
        async with aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            headers={
                "User-Agent": self.agent,
                "Accept": "text/html",
                "Accept-Encoding": "identity",
            },
        ) as session:
            for _ in range(REDIRECTS + 1):
                async with session.get(
                    checked_address(url), allow_redirects=False
                ) as response:
                    if response.status not in MOVED:
                        return await _body(response)
                    url = urljoin(url, response.headers.get("Location", ""))
        raise UnreadablePageError


def checked_address(url: str) -> URL:
    """An address that may be asked; ValueError or UnreadablePageError for any other."""
    address = URL(web_address(url))
    last = (address.host or "").rpartition(".")[2]
    # A host is a name: what ends in a digit is an IP address in one of its spellings,
    # which would be reached without being looked up.
    named = last.replace("-", "").isalnum() and not last[-1].isdecimal()
    if not named or address.scheme != "https" or address.port != _PORT:
        raise UnreadablePageError
    return address


async def _body(response: aiohttp.ClientResponse) -> bytes:
    encoded = response.headers.get("Content-Encoding", "identity").strip().casefold()
    if response.status != 200 or encoded != "identity":
        raise UnreadablePageError
    if response.content_type not in _HTML:
        raise UnreadablePageError
    kept = bytearray()
    async for chunk in response.content.iter_chunked(16 * 1024):
        kept += chunk[: SIZE - len(kept)]
        if len(kept) >= SIZE:
            break
    return bytes(kept)
