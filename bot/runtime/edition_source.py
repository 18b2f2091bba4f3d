"""Where newer editions of the base are to be had: one address on the web, read over
https alone, from public machines alone.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.knowledge.addresses import is_public, web_address
from bot.knowledge.edition import (
    HEAD_BYTES,
    Manifest,
    head_length,
    manifest_in,
)
from bot.runtime.editions import Editions
from bot.runtime.public_web import (
    REDIRECTS,
    Address,
    MovedTooOftenError,
    PublicWeb,
    is_host_named,
    is_packed,
)

SECONDS = 60.0
"""For everything together: names, connections, redirects, the edition."""
_CHUNK = 64 * 2**10
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}

EditionCheck = Callable[[Manifest], None]
"""Raises EditionRefusedError for an edition that is not to be had."""


class EditionUnreachableError(Exception):
    """There was no answer, or no edition in it; the message says why, in a clause."""


def _unreachable(why: str) -> NoReturn:
    raise EditionUnreachableError(why)


def _everyone(_: Manifest) -> None:
    """Every edition is wanted."""


@dataclass(frozen=True, slots=True)
class EditionSource:
    """One address, and the public key of whoever may make editions.

    With ``this_machine`` the address may lead to this very machine, which is for trying
    it out. ``resolver`` is another in tests alone.
    """

    url: str
    key: str
    agent: str
    """What Ally calls itself to web servers."""
    this_machine: bool = False
    seconds: float = SECONDS
    resolver: Callable[[], AbstractResolver] = aiohttp.ThreadedResolver

    async def newest(self) -> Manifest:
        """What is there: signature and manifest are read, and the rest is not.

        EditionUnreachableError or EditionRefusedError.
        """
        return manifest_in(await self._within_time(_everyone, whole=False), self.key)

    async def whole(self, wanted: EditionCheck = _everyone) -> bytes:
        """The edition that is there; errors as ``newest``, and those of ``wanted``, by
        which the rest is not read.
        """
        return await self._within_time(wanted, whole=True)

    async def _within_time(self, wanted: EditionCheck, *, whole: bool) -> bytes:
        try:
            async with asyncio.timeout(self.seconds):
                return await self._read(wanted, whole=whole)
        except TimeoutError:
            _unreachable(f"it took longer than {self.seconds:g} seconds")
        except aiohttp.ClientSSLError:
            _unreachable("its certificate is not good")
        except MovedTooOftenError:
            _unreachable(f"it leads on more than {REDIRECTS} times")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            _unreachable(f"it cannot be reached ({type(error).__name__})")

    def _allowed(self, address: Address) -> bool:
        return is_public(address) or (self.this_machine and address.is_loopback)

    def _checked(self, text: str) -> URL:
        """An address that may be asked; EditionUnreachableError for any other."""
        address = URL(text)
        if address.scheme != "https":
            _unreachable("only an address that begins with https:// is asked")
        if self.this_machine and address.host in _THIS_MACHINE:
            return address
        try:
            web_address(text)
        except ValueError as error:
            _unreachable(str(error))
        if not is_host_named(address):
            _unreachable("an address names its host, and gives no number for it")
        return address

    async def _read(self, wanted: EditionCheck, *, whole: bool) -> bytes:
        trusted = ssl.create_default_context()
        web = PublicWeb(self.agent, self.resolver, self._allowed, trusted)
        async with web.response(self.url, self._checked) as response:
            return await self._body(response, wanted, whole=whole)

    async def _body(
        self, response: aiohttp.ClientResponse, wanted: EditionCheck, *, whole: bool
    ) -> bytes:
        if response.status != 200:
            _unreachable(f"its server answered with status {response.status}")
        if is_packed(response):
            _unreachable("its server packs it once more, which is not read")
        kept, most = bytearray(), HEAD_BYTES
        manifest: Manifest | None = None
        async for chunk in response.content.iter_chunked(_CHUNK):
            kept += chunk
            if manifest is None:
                length = head_length(bytes(kept))
                if length is None:
                    continue
                manifest = manifest_in(bytes(kept), self.key)
                wanted(manifest)
                most = length + manifest.packed
            if not whole or len(kept) > most:
                break
        return bytes(kept)


async def fetch(
    editions: Editions, source: EditionSource, today: date, *, allow_older: bool = False
) -> Manifest:
    """Let the edition that is at an address answer, if it is newer than every one
    before.

    EditionUnreachableError, EditionRefusedError, or OSError if it cannot be written;
    then nothing has changed.
    """
    data = await source.whole(_everyone if allow_older else editions.refuse_older)
    return await asyncio.to_thread(
        editions.install, data, today, allow_older=allow_older
    )
