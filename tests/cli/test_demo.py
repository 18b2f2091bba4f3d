"""The demo: who is there, what stands there first, and whether a browser opens."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncGenerator
from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
import simcord

from bot.cli import demo
from bot.cli.demo import PEOPLE, furnished, has_display
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.runtime.clock import Clock
from bot.runtime.exit_code import ExitCode
from bot.service.client import Client
from bot.store.database import Store
from bot.store.services import Services
from bot.ui.replies import ReplyCache
from tests.cli.running import ran
from tests.support.bases import TODAY
from tests.support.clocks import FrozenClock

PNG = b"\x89PNG\r\n\x1a\n"


@pytest_asyncio.fixture
async def client(
    base: Base, names: NameIndex, clock: FrozenClock, tmp_path: Path
) -> AsyncGenerator[Client, None]:
    """The bot with servers' entries, as the demo has it."""
    store = Store(f"sqlite:///{tmp_path / 'demo.db'}", clock=clock.now)
    services = Services(store, base, names)
    await services.open()
    replies = ReplyCache(services.views, clock.today, "test")
    yield Client(replies, services, clock=None)
    await services.close()


@pytest.mark.asyncio
async def test_a_member_and_a_moderator_meet_a_welcome_and_an_answer_of_today(
    client: Client, clock: FrozenClock
) -> None:
    async with simcord.run(client) as env:
        scene = await furnished(env, client, "Belarus", clock)
        assert client.user
        assert client.user.name == "Ally"
        may = [
            "entry add" in person.available_commands(scene.channel)
            for person in scene.people
        ]
        assert may == [person.moderates for person in PEOPLE] == [False, True]
        welcome, answer = scene.channel.history()
        assert "Belarus" in welcome.content
        for message in (welcome, answer):
            assert message.author.id == client.user.id
            assert message.created_at.date() == TODAY
        pictures = [picture for _, picture in scene.pictures.values()]
        assert len(set(pictures)) == 1 + len(PEOPLE)
        assert all(picture.startswith(PNG) for picture in pictures)


@pytest.mark.asyncio
async def test_every_command_that_the_welcome_names_is_there(client: Client) -> None:
    known = {each.qualified_name for each in client.tree.walk_commands()}
    named = set(re.findall(r"`/([a-z ]+)`", demo.WELCOME))
    assert len(named) > 6
    assert named <= known


class Opened:
    """Stands for a browser: what it was told to open, after which the demo ends."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.addresses: list[str] = []
        monkeypatch.setattr(demo.webbrowser, "open", self.addresses.append)
        monkeypatch.setattr(demo, "told_to_stop", self.stopping)

    def stopping(self) -> asyncio.Event:
        """The demo stops as soon as it waits for that."""
        stop = asyncio.Event()
        stop.set()
        return stop


@pytest.mark.parametrize(
    ("more", "display", "opens"),
    [([], ":0", True), (["--no-browser"], ":0", False), ([], "", False)],
)
def test_a_browser_opens_where_there_is_a_display_and_nobody_minds(
    more: list[str], display: str, opens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Opened(monkeypatch)
    monkeypatch.setattr(demo.sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    done = ran("demo", *more)
    assert done.status == ExitCode.OK, done.err
    address = re.search(r"http://127\.0\.0\.1:\d+/\S*", done.out)
    assert address
    assert opened.addresses == ([address[0]] if opens else [])


def test_windows_and_macos_always_have_a_display(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    for platform, shown in (("win32", True), ("darwin", True), ("linux", False)):
        monkeypatch.setattr(demo.sys, "platform", platform)
        assert has_display() == shown


def test_the_demo_can_stand_on_a_past_day(monkeypatch: pytest.MonkeyPatch) -> None:
    Opened(monkeypatch)
    dates: list[date] = []
    real = demo.furnished

    async def watched(
        env: simcord.Env, client: Client, example: str, clock: Clock
    ) -> demo.Scene:
        scene = await real(env, client, example, clock)
        dates.extend([clock.today(), client.replies.today(), env.now().date()])
        return scene

    monkeypatch.setattr(demo, "furnished", watched)
    day = TODAY - timedelta(days=100)
    done = ran("demo", "--no-browser", "--on", day.isoformat())
    assert done.status == ExitCode.OK, done.err
    assert dates == [day] * 3
    assert ran("demo", "--on", "2999-01-01").status == ExitCode.USAGE


def test_a_port_that_is_in_use_is_told_and_not_taken_for_a_missing_extra() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = ran("demo", "--no-browser", "--port", str(port))
    assert told.status == ExitCode.CONFIG
    assert f"Port {port} cannot be opened" in told.err
    assert "extra" not in told.err
