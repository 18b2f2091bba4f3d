"""An edition is read over https from where it may be, no further than it must."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import trustme
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.knowledge.edition import EditionRefusedError, public_key, written
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.runtime.edition_source import EditionSource, EditionUnreachableError, fetch
from bot.runtime.editions import LOOK_EVERY, Editions
from bot.runtime.public_web import REDIRECTS
from bot.runtime.settings import Settings
from bot.service import newer_editions
from bot.service.newer_editions import keep_looking, look
from tests.support.bases import FOREIGN_TODAY, foreign
from tests.support.clocks import FrozenClock

pytestmark = pytest.mark.asyncio
SECRET = "11" * 32
KEY = public_key(SECRET)


@dataclass
class Resolver(AbstractResolver):
    """Every name leads to the test's server, but for those that lead elsewhere."""

    elsewhere: dict[str, str] = field(default_factory=dict[str, str])
    asked: list[str] = field(default_factory=list[str])

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,
    ) -> list[ResolveResult]:
        self.asked.append(host)
        address = self.elsewhere.get(host, "127.0.0.1")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=0,
            )
        ]

    async def close(self) -> None:
        """Nothing is held."""


@dataclass
class Site:
    """A web server on this machine with editions, and a source that may reach it."""

    url: str
    source: EditionSource
    resolver: Resolver
    pages: dict[str, bytes]
    requests: list[web.Request]
    sent: list[int] = field(default_factory=list[int])

    def at(self, path: str) -> EditionSource:
        return replace(self.source, url=self.url + path)

    def leading_to(self, target: str) -> EditionSource:
        return self.at(f"/to?{target}")

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        match request.path:
            case "/to":
                raise web.HTTPFound(request.query_string)
            case "/gone":
                return web.Response(status=404)
            case "/packed":
                body = gzip.compress(self.pages["/new"])
                return web.Response(body=body, headers={"Content-Encoding": "gzip"})
            case "/endless":
                return await self._endless(request)
            case "/slow":
                response = web.StreamResponse()
                await response.prepare(request)
                await response.write(self.pages["/new"][:20])
                await asyncio.Event().wait()
                return response
            case _:
                return web.Response(body=self.pages[request.path])

    async def _endless(self, request: web.Request) -> web.StreamResponse:
        """An edition whose body does not end, until nobody reads on."""
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(self.pages["/new"])
        self.sent.append(0)
        while request.transport and not request.transport.is_closing():
            await response.write(bytes(2**16))
            self.sent[-1] += 2**16
        return response


@pytest.fixture
def small(tmp_path: Path) -> Base:
    return read_base(foreign(tmp_path / "foreign"), FOREIGN_TODAY)


def numbered(base: Base, number: int, secret: str = SECRET) -> bytes:
    return written(base, {}, number=number, made=FOREIGN_TODAY, secret=secret)


@pytest_asyncio.fixture
async def site(
    small: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Site, None]:
    # What trustme calls a context may be one of another library.
    authority: Any = trustme.CA()
    here = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost", "127.0.0.1", "a.example.org").configure_cert(here)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    resolver = Resolver()
    source = EditionSource(
        "", KEY, "Ally/test", this_machine=True, resolver=lambda: resolver
    )
    pages = {"/old": numbered(small, 6), "/new": numbered(small, 8)}
    site = Site("", source, resolver, pages, [])
    application = web.Application()
    application.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=here).start()
    site.url = f"https://localhost:{runner.addresses[0][1]}"
    yield site
    await runner.cleanup()


@pytest.fixture
def editions(tmp_path: Path, small: Base) -> Editions:
    editions = Editions(tmp_path / "editions", KEY)
    editions.install(numbered(small, 7), FOREIGN_TODAY)
    return editions


def answering(editions: Editions) -> str:
    base = editions.opened(FOREIGN_TODAY)
    assert base
    return base.edition


async def test_a_newer_one_is_got_and_answers(site: Site, editions: Editions) -> None:
    manifest = await fetch(editions, site.at("/new"), FOREIGN_TODAY)
    assert manifest.number == 8
    assert answering(editions) == "8"
    assert site.requests[0].headers["User-Agent"] == "Ally/test"
    assert "Cookie" not in site.requests[0].headers


async def test_of_an_older_one_only_the_manifest_is_read(
    site: Site, editions: Editions
) -> None:
    site.pages["/old"] += bytes(8 * 2**20)
    with pytest.raises(EditionRefusedError, match="older than 7"):
        await fetch(editions, site.at("/old"), FOREIGN_TODAY)
    assert answering(editions) == "7"
    manifest = await site.at("/new").newest()
    assert manifest.number == 8


async def forged(site: Site, base: Base) -> None:
    site.pages["/new"] = numbered(base, 8, "22" * 32)


async def truncated(site: Site, base: Base) -> None:
    site.pages["/new"] = site.pages["/new"][:-1]


async def cut_in_its_head(site: Site, base: Base) -> None:
    site.pages["/new"] = site.pages["/new"][:100]


async def empty(site: Site, base: Base) -> None:
    site.pages["/new"] = b""


async def too_long(site: Site, base: Base) -> None:
    site.pages["/new"] += b"x"


async def a_page(site: Site, base: Base) -> None:
    site.pages["/new"] = b"<!doctype html><title>Moved</title>\n\n"


async def with_problems(site: Site, base: Base) -> None:
    site.pages["/new"] = numbered(replace(base, votes={}), 8)


@pytest.mark.parametrize(
    "bad",
    [forged, truncated, cut_in_its_head, empty, too_long, a_page, with_problems],
)
async def test_what_is_bad_is_refused_and_the_old_one_goes_on_answering(
    site: Site, editions: Editions, small: Base, bad: Callable[..., Any]
) -> None:
    await bad(site, small)
    with pytest.raises(EditionRefusedError):
        await fetch(editions, site.at("/new"), FOREIGN_TODAY)
    assert answering(editions) == "7"


async def test_what_does_not_end_is_read_no_further_than_the_manifest_says(
    site: Site, editions: Editions
) -> None:
    with pytest.raises(EditionRefusedError, match="damaged"):
        await fetch(editions, site.at("/endless"), FOREIGN_TODAY)
    assert site.sent[0] < 16 * 2**20


async def test_a_server_that_takes_too_long_is_left(
    site: Site, editions: Editions
) -> None:
    source = replace(site.at("/slow"), seconds=0.2)
    with pytest.raises(EditionUnreachableError, match=r"longer than 0\.2 seconds"):
        await fetch(editions, source, FOREIGN_TODAY)


@pytest.mark.parametrize(
    ("path", "why"), [("/gone", "status 404"), ("/packed", "packs it once more")]
)
async def test_a_server_that_gives_something_else_is_said_to(
    site: Site, editions: Editions, path: str, why: str
) -> None:
    with pytest.raises(EditionUnreachableError, match=why):
        await fetch(editions, site.at(path), FOREIGN_TODAY)


async def test_a_moved_edition_is_followed_some_times(
    site: Site, editions: Editions
) -> None:
    there = "/to?" * (REDIRECTS - 1) + "/new"
    await fetch(editions, site.leading_to(there), FOREIGN_TODAY)
    assert answering(editions) == "8"
    with pytest.raises(EditionUnreachableError, match=f"more than {REDIRECTS} times"):
        await site.leading_to("/to?" * REDIRECTS + "/new").newest()


FORBIDDEN = (
    "http://localhost/new",
    "file:///etc/passwd",
    "ftp://a.example.org/new",
    "https://10.0.0.1/new",
    "https://192.168.1.1/new",
    "https://169.254.169.254/latest",
    "https://[::ffff:10.0.0.1]/new",
    "https://[fd00::1]/new",
    "https://0x7f000001/new",
    "https://2130706433/new",
    "https://127.1/new",
    "https://8.8.8.8/new",
    "https://user:pass@a.example.org/new",
    "https://printer.local/new",
    "https://inside.example.org/new",
    "https://linklocal.example.org/new",
    "//inside.example.org/new",
)
NOWHERE = ("https:///new", "https://", "", "/new", "a.example.org/new")


@pytest.mark.parametrize("target", FORBIDDEN)
@pytest.mark.parametrize("moved", [False, True])
async def test_no_other_scheme_and_no_private_address_is_asked(
    site: Site, target: str, moved: bool
) -> None:
    site.resolver.elsewhere = {
        "inside.example.org": "10.1.2.3",
        "linklocal.example.org": "fe80::1",
    }
    source = site.leading_to(target) if moved else replace(site.source, url=target)
    with pytest.raises(EditionUnreachableError):
        await source.newest()
    assert len(site.requests) == moved


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("http://localhost/new", "begins with https://"),
        ("http://a.example.org/new", "begins with https://"),
        ("file:///etc/passwd", "begins with https://"),
        ("https://8.8.8.8/new", "gives no number"),
        ("https://8.8.8.8./new", "gives no number"),
        ("https://[2606:4700::abcd]/new", "gives no number"),
        ("https://[2606:4700::1111]/new", "gives no number"),
        ("https://10.0.0.1/new", "everybody can open"),
    ],
)
@pytest.mark.parametrize("moved", [False, True])
async def test_what_may_not_be_asked_is_refused_before_anybody_is_asked(
    site: Site, target: str, why: str, moved: bool
) -> None:
    source = site.leading_to(target) if moved else replace(site.source, url=target)
    with pytest.raises(EditionUnreachableError, match=why):
        await source.newest()


@pytest.mark.parametrize("target", NOWHERE)
async def test_an_address_that_leads_nowhere_is_told_so(
    site: Site, target: str
) -> None:
    with pytest.raises(EditionUnreachableError):
        await replace(site.source, url=target).newest()


async def test_this_machine_is_asked_only_by_whoever_says_so(
    site: Site,
) -> None:
    _, _, port = site.url.rpartition(":")
    for host in ("localhost", "127.0.0.1", "a.example.org"):
        source = replace(site.source, url=f"https://{host}:{port}/new")
        assert (await source.newest()).number == 8
        with pytest.raises(EditionUnreachableError):
            await replace(source, this_machine=False).newest()
    assert len(site.requests) == 3


async def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(EditionUnreachableError, match="certificate"):
        await site.at("/new").newest()
    assert not site.requests


async def test_a_process_looks_once_a_day_and_only_one_of_them(
    site: Site, editions: Editions
) -> None:
    clock = FrozenClock()
    for _ in range(3):
        await look(editions, site.at("/new"), clock)
    assert len(site.requests) == 1
    assert answering(editions) == "8"
    clock.at += LOOK_EVERY
    await look(editions, site.at("/new"), clock)
    assert len(site.requests) == 2
    assert answering(editions) == "8"


@pytest.mark.parametrize("path", ["/gone", "/old"])
async def test_a_look_that_fails_is_logged_and_stops_nothing(
    site: Site, editions: Editions, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    await look(editions, site.at(path), FrozenClock())
    assert len(caplog.records) == 1
    assert "Traceback" not in caplog.text
    assert answering(editions) == "7"


async def test_nobody_looks_unless_the_operator_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[Editions] = []

    async def noted(editions: Editions, *_: object) -> None:
        looked.append(editions)
        raise asyncio.CancelledError

    monkeypatch.setattr(newer_editions, "look", noted)
    monkeypatch.setattr(newer_editions, "FIRST_SECONDS", (0.0, 0.0))
    url = "https://a.example.org/ally.edition"
    for given in ({}, {"ally_base_key": KEY}, {"ally_base_url": url}):
        await keep_looking(Settings.model_construct(None, **given), FrozenClock())
    assert not looked
    said = Settings.model_construct(ally_base_key=KEY, ally_base_url=url)
    with pytest.raises(asyncio.CancelledError):
        await keep_looking(said, FrozenClock())
    assert looked
