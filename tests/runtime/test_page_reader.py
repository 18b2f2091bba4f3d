"""One public page is read, and nothing else can be reached through it."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import pytest_asyncio
import trustme
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.knowledge.addresses import is_public
from bot.runtime.page_reader import (
    SIZE,
    PageReader,
    UnreadablePageError,
    checked_address,
)
from bot.runtime.public_web import REDIRECTS, CheckedResolver

pytestmark = pytest.mark.asyncio
PAGE = b"<title>A page</title>"


@dataclass
class Resolver(AbstractResolver):
    """Knows a few names; every one leads to the test's server or to an address."""

    port: int
    names: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    asked: list[str] = field(default_factory=list[str])

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,
    ) -> list[ResolveResult]:
        assert port == 443
        self.asked.append(host)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=self.port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=0,
            )
            for address in self.names.get(host, ["127.0.0.1"])
        ]

    async def close(self) -> None:
        """Nothing is held."""


@dataclass
class Site:
    """A web server on this machine, and a reader that may reach it alone."""

    reader: PageReader
    resolver: Resolver
    requests: list[web.Request]


async def _answer(request: web.Request) -> web.StreamResponse:
    match request.path:
        case "/page":
            return web.Response(body=PAGE, content_type="text/html")
        case "/big":
            return web.Response(body=b"x" * (SIZE * 3), content_type="text/html")
        case "/pdf":
            return web.Response(body=b"%PDF", content_type="application/pdf")
        case "/gone":
            return web.Response(status=404, body=PAGE, content_type="text/html")
        case "/packed":
            return web.Response(
                body=PAGE,
                content_type="text/html",
                headers={"Content-Encoding": "gzip"},
            )
        case "/slow":
            await asyncio.sleep(30)
            return web.Response()
        case "/loop":
            raise web.HTTPFound("/loop")
        case _:
            raise web.HTTPFound(request.query["to"])


@pytest_asyncio.fixture
async def site() -> AsyncGenerator[Site, None]:
    # What trustme calls a context may be one of another library.
    authority: Any = trustme.CA()
    here = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("news.example.org", "other.example.org").configure_cert(here)
    there = ssl.create_default_context()
    authority.configure_trust(there)
    requests: list[web.Request] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        requests.append(request)
        return await _answer(request)

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=here).start()
    resolver = Resolver(runner.addresses[0][1])
    reader = PageReader(
        "Ally/test",
        resolver=lambda: resolver,
        allowed=lambda address: is_public(address) or str(address) == "127.0.0.1",
        trusted=there,
    )
    yield Site(reader, resolver, requests)
    await runner.cleanup()


async def test_a_page_is_read_without_cookies_or_anything_of_the_asker(
    site: Site,
) -> None:
    assert await site.reader.read("https://news.example.org/page") == PAGE
    (request,) = site.requests
    assert request.headers["User-Agent"] == "Ally/test"
    assert not {"Cookie", "Referer", "Authorization"} & set(request.headers)


async def test_no_more_is_read_than_the_beginning(site: Site) -> None:
    assert len(await site.reader.read("https://news.example.org/big")) == SIZE


@pytest.mark.parametrize("path", ["pdf", "gone", "packed", "loop"])
async def test_what_is_no_plain_page_of_html_is_not_read(site: Site, path: str) -> None:
    with pytest.raises(UnreadablePageError):
        await site.reader.read(f"https://news.example.org/{path}")
    assert len(site.requests) <= REDIRECTS + 1


async def test_a_slow_page_is_left(site: Site) -> None:
    with pytest.raises(UnreadablePageError):
        await replace(site.reader, seconds=0.2).read("https://news.example.org/slow")


async def test_a_redirect_to_another_public_page_is_followed(site: Site) -> None:
    to = "https://other.example.org/page"
    assert await site.reader.read(f"https://news.example.org/x?to={to}") == PAGE
    assert site.resolver.asked == ["news.example.org", "other.example.org"]


REFUSED = (
    "http://news.example.org/page",
    "https://news.example.org:8443/page",
    "https://user:word@news.example.org/page",
    "https://127.0.0.1/page",
    "https://[::1]/page",
    "https://2130706433/page",
    "https://0x7f.0.0.1/page",
    "https://127.1/page",
    "https://8.8.8.8/page",
    "https://localhost/page",
    "https://localhost./page",
    "https://8.8.8.8./page",
    "https://[2606:4700::abcd]/page",
    "https://router.local/page",
    "ftp://news.example.org/page",
    "file:///etc/hostname",
    "https://",
    "nonsense",
)
"""Addresses that are refused before a name is looked up."""


@pytest.mark.parametrize("address", REFUSED)
async def test_what_is_no_public_https_name_is_not_even_looked_up(
    site: Site, address: str
) -> None:
    with pytest.raises(UnreadablePageError):
        await site.reader.read(address)
    assert not site.resolver.asked
    assert not site.requests


@pytest.mark.parametrize("address", REFUSED[:11])
async def test_a_redirect_to_it_is_not_followed(site: Site, address: str) -> None:
    with pytest.raises(UnreadablePageError):
        await site.reader.read(f"https://news.example.org/x?to={address}")
    assert len(site.requests) == 1
    assert site.resolver.asked == ["news.example.org"]


PRIVATE = (
    "127.0.0.2",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "::",
    "::1",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:db8::1",
)


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_name_with_a_private_address_is_not_reached(
    site: Site, address: str
) -> None:
    """Also where another of its addresses is public: the reader must not choose."""
    for addresses in ([address], ["127.0.0.1", address]):
        site.resolver.names["inside.example.org"] = addresses
        with pytest.raises(UnreadablePageError):
            await site.reader.read("https://inside.example.org/page")
    assert not site.requests


async def test_a_name_that_changes_its_mind_is_reached_where_it_was_looked_at(
    site: Site,
) -> None:
    """One look-up a request, and the connection goes where it led."""
    await site.reader.read("https://news.example.org/page")
    site.resolver.names["news.example.org"] = ["10.0.0.1"]
    with pytest.raises(UnreadablePageError):
        await site.reader.read("https://news.example.org/page")
    assert site.resolver.asked == ["news.example.org"] * 2
    assert len(site.requests) == 1


async def test_a_certificate_of_another_is_refused(site: Site) -> None:
    with pytest.raises(UnreadablePageError):
        await replace(site.reader, trusted=None).read("https://news.example.org/page")


async def test_public_addresses_pass_the_resolver() -> None:
    below = Resolver(443, {"a.example.org": ["93.184.215.14", "2606:4700::1111"]})
    assert (
        len(await CheckedResolver(below, is_public).resolve("a.example.org", 443)) == 2
    )


@pytest.mark.parametrize("address", PRIVATE)
async def test_the_resolver_gives_nothing_out_with_a_private_address_among_it(
    address: str,
) -> None:
    below = Resolver(443, {"a.example.org": ["93.184.215.14", address]})
    with pytest.raises(OSError, match="not public"):
        await CheckedResolver(below, is_public).resolve("a.example.org", 443)


@pytest.mark.parametrize("address", REFUSED)
async def test_what_is_refused_is_refused_before_anything_is_connected(
    address: str,
) -> None:
    with pytest.raises((UnreadablePageError, ValueError)):
        checked_address(address)
