"""Asks the public web, and nothing else, for one response: only hosts all of whose
addresses are allowed, without cookies, proxies or decompression.

The connection goes to the very address that was looked at, so a name that changes its
mind in between reaches nothing. Each redirect is looked at alike.
"""

from __future__ import annotations

import socket
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from ssl import SSLContext
from types import MappingProxyType
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.knowledge.addresses import is_public

REDIRECTS = 3
"""So often an address may lead on to another one."""
_MOVED = {301, 302, 303, 307, 308}
"""Statuses of a response that names another address (RFC 9110, 15.4)."""
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})

Address = IPv4Address | IPv6Address


class MovedTooOftenError(Exception):
    """An address led on more than REDIRECTS times."""


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


def is_host_named(address: URL) -> bool:
    """Whether an address's host is a name: what ends in a digit is an IP address in one
    of its spellings, which would be reached without being looked up.
    """
    last = (address.host or "").rpartition(".")[2]
    return last.replace("-", "").isalnum() and not last[-1].isdecimal()


@dataclass(frozen=True, slots=True)
class PublicWeb:
    """``resolver`` and ``allowed`` are others in tests, which have their own servers;
    ``trusted`` says whose certificates are good, None for aiohttp's own choice.
    """

    agent: str
    """What Ally calls itself to web servers."""
    resolver: Callable[[], AbstractResolver] = aiohttp.ThreadedResolver
    allowed: Callable[[Address], bool] = is_public
    trusted: SSLContext | None = None

    @asynccontextmanager
    async def response(
        self,
        url: str,
        checked: Callable[[str], URL],
        headers: Mapping[str, str] = _NO_HEADERS,
    ) -> AsyncGenerator[aiohttp.ClientResponse]:
        """What an address answers, or that to which it leads on, its body still to be
        read. ``checked`` raises what it likes for an address that is not to be asked.

        Raises MovedTooOftenError, and aiohttp.ClientError, OSError or ValueError for
        what cannot be reached.
        """
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
                "Accept-Encoding": "identity",
                **headers,
            },
        ) as session:
            for _ in range(REDIRECTS + 1):
                asked = session.get(checked(url), allow_redirects=False)
                async with asked as response:
                    if response.status not in _MOVED:
                        yield response
                        return
                    url = urljoin(url, response.headers.get("Location", ""))
        raise MovedTooOftenError


def is_packed(response: aiohttp.ClientResponse) -> bool:
    """Whether a body came packed though it was asked for as it is."""
    encoding = response.headers.get("Content-Encoding", "identity")
    return encoding.strip().casefold() != "identity"
