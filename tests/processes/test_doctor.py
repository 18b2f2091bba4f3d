"""`ally doctor` against a stand-in of Discord: what it finds wrong, what it says to do,
and that it changes nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from collections.abc import AsyncGenerator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.cli.doctor import machine
from bot.cli.doctor.application import clock_finding
from bot.cli.doctor.finding import Finding
from bot.cli.doctor.registered import in_step
from bot.runtime.clock import SYSTEM_CLOCK
from bot.store.database import Store
from bot.store.schema import VERSIONS
from bot.store.writer import EntryWriter, Quotas
from tests.support.bases import DATA
from tests.support.clocks import FrozenClock, noon
from tests.support.databases import of_first_schema
from tests.support.discord_standin import StandIn
from tests.support.hosted import (
    PUBLIC,
    START_SECONDS,
    TOKEN,
    Hosted,
    ally,
    started_cold,
)
from tests.support.warm_parent import started_warm

windows = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no SIGTERM to send"
)


class Ward:
    """A bot that has run once, with its state and its Discord, and a doctor who looks
    at it.
    """

    def __init__(self, folder: Path, standin: StandIn) -> None:
        self.folder, self.standin = folder, standin

    async def examined(
        self, port: int | None = None, *, warm: bool = True, **env: str
    ) -> tuple[int | None, str]:
        """The exit status and all that was said."""
        start = started_warm if warm else started_cold
        child, out = await start(
            port or self.standin.port,
            "doctor",
            cwd=self.folder,
            env=os.environ
            | {
                "ALLY_STATE": str(self.folder / "state"),
                "PYTHONPATH": str(DATA.parent),
                "DISCORD_TOKEN": TOKEN,
                **env,
            },
        )
        async with asyncio.timeout(START_SECONDS):
            text = (await out.read()).decode()
            status = await child.wait()
        assert TOKEN not in text
        assert "Traceback" not in text
        return status, text


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What a bot that has run once leaves: its state, and commands at Discord."""

    state: Path
    commands: list[dict[str, Any]]


_RUN: list[FirstRun] = []
"""The first run, once a test has wanted it: each test has a copy of what it left."""


async def first_run(factory: pytest.TempPathFactory) -> FirstRun:
    """What a bot that has run once leaves."""
    if not _RUN:
        folder = factory.mktemp("first-run")
        hosted = Hosted(folder, warm=True)
        await hosted.start("run", ready=False)
        try:
            await asyncio.wait_for(hosted.standin.registered.wait(), START_SECONDS)
            await hosted.stop()
        finally:
            await hosted.end()
        _RUN.append(FirstRun(folder / "state", hosted.standin.commands))
    return _RUN[0]


@pytest_asyncio.fixture
async def ward(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Ward, None]:
    left = await first_run(tmp_path_factory)
    await asyncio.to_thread(shutil.copytree, left.state, tmp_path / "state")
    standin = StandIn(verify_key=PUBLIC)
    standin.commands = deepcopy(left.commands)
    await standin.start()
    yield Ward(tmp_path, standin)
    await standin.stop()


@windows
@pytest.mark.asyncio
async def test_all_is_well_after_a_first_run(ward: Ward) -> None:
    # The others are forked: this one begins as people's does.
    status, said = await ward.examined(warm=False)
    assert status == 0, said
    for line in (
        "ok    base: revision",
        f"ok    database: SQLite, its schema {VERSIONS[-1]} is up to date",
        "ok    access: the database is its owner's alone",
        "ok    token: accepted, for the application bench",
        "ok    clock",
        "ok    pictures: can be drawn",
        (
            "ok    installation: in about 7 servers; can be installed in servers and "
            "by people for themselves"
        ),
        "ok    commands: 24 registered, as this program has them",
        "ok    channels: no server has chosen an audit or review channel",
    ):
        assert line in said


@windows
@pytest.mark.asyncio
async def test_commands_that_discord_has_otherwise_are_named(ward: Ward) -> None:
    first, *rest = ward.standin.commands
    ward.standin.commands = [
        first | {"description": "Something else"},
        *rest[:-1],
        {"name": "poll", "type": 1},
    ]
    status, said = await ward.examined()
    assert status == 1
    assert (
        f"WRONG commands: missing: {rest[-1]['name']}; unknown: poll; different: "
        f"{first['name']}" in said
    )
    assert "to do: delete commands.sha256" in said


@windows
@pytest.mark.asyncio
async def test_channels_that_are_closed_to_ally_or_gone_are_named(ward: Ward) -> None:
    address = f"sqlite:///{ward.folder / 'state' / 'ally.db'}"
    store = Store(address, clock=SYSTEM_CLOCK.now)
    await store.open()
    await EntryWriter(store, Quotas()).prefer(
        200, {"audit_channel": 400, "review_channel": 401}, author=7
    )
    await store.close()
    everyone: dict[str, Any] = {
        "id": "200",
        "name": "@everyone",
        "permissions": "3072",
        "position": 0,
        "color": 0,
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    server = {"id": "200", "name": "x", "owner_id": "1", "roles": [everyone]}
    member: dict[str, Any] = {
        "user": {
            "id": "100",
            "username": "bench",
            "discriminator": "0",
            "avatar": None,
        },
        "roles": [],
        "joined_at": "2024-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }
    channel: dict[str, Any] = {
        "id": "400",
        "type": 0,
        "name": "log",
        "position": 0,
        "guild_id": "200",
        "nsfw": False,
        "permission_overwrites": [
            {"id": "200", "type": 0, "allow": "0", "deny": "2048"}
        ],
    }
    ward.standin.routes = {
        "/guilds/200": (200, server),
        "/guilds/200/members/100": (200, member),
        "/channels/400": (200, channel),
        "/channels/401": (404, {"code": 10003}),
    }
    status, said = await ward.examined()
    assert status == 1
    assert (
        "WRONG channels: the audit channel 400 of server 200: Ally lacks Send Messages"
        in said
    )
    assert "WRONG channels: the review channel 401 of server 200 is gone" in said
    channel["permission_overwrites"] = []
    ward.standin.routes["/channels/401"] = ward.standin.routes["/channels/400"]
    status, said = await ward.examined()
    assert status == 0
    assert "ok    channels: Ally may post in all 2 that were looked at" in said


@windows
@pytest.mark.asyncio
async def test_wrong_tokens_keys_addresses_and_settings_are_told_apart(
    ward: Ward,
) -> None:
    status, said = await ward.examined(ALLY_PUBLIC_KEY="ab" * 32)
    assert status == 1
    assert "WRONG interactions: ALLY_PUBLIC_KEY is another application's" in said
    status, said = await ward.examined(DISCORD_TOKEN="")
    assert status == 1
    assert "WRONG token: there is none\n      to do: make a bot" in said
    status, said = await ward.examined(
        1, ALLY_DATABASE_URL="postgresql://u:secret@127.0.0.1:1/x"
    )
    assert status == 1
    assert "WRONG Discord: cannot be reached" in said
    assert "WRONG database: PostgreSQL cannot be reached" in said
    assert "secret" not in said
    ward.standin.routes = {"/applications/@me": (401, {"code": 0})}
    status, said = await ward.examined()
    assert status == 1
    assert "WRONG token: Discord does not accept it" in said
    ward.standin.routes = {"/applications/@me": (200, ["no", "application"])}
    status, said = await ward.examined()
    assert status == 1
    assert "WRONG Discord: cannot be reached" in said
    status, said = await ward.examined(ALLY_LOG_FORMAT="loud")
    assert status == 78
    assert "ALLY_LOG_FORMAT" in said


@windows
@pytest.mark.asyncio
async def test_a_database_that_others_may_use_or_that_was_emptied_is_named(
    ward: Ward,
) -> None:
    database = ward.folder / "state" / "ally.db"
    for path, mode in ((database, 0o644), (database.parent, 0o755)):
        before = path.stat().st_mode
        path.chmod(mode)
        status, said = await ward.examined()
        assert status == 1
        assert f"WRONG access: others may use {path}\n      to do: chmod go=" in said
        path.chmod(before)
    database.write_bytes(b"")
    status, said = await ward.examined()
    assert status == 1
    assert f"WRONG database: {database} is empty\n      to do: restore" in said


def stamped(seconds: int) -> str:
    """The tests' noon and so many seconds, as a response's Date has it."""
    return format_datetime(noon() + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("stamp", "grade"),
    [
        (stamped(30), "ok"),
        (stamped(120), "wrong"),
        (stamped(-120), "wrong"),
        (stamped(0).replace("GMT", "-0000"), "note"),
        ("yesterday", "note"),
        ("", "note"),
    ],
)
def test_the_clock_is_held_against_what_discord_says(stamp: str, grade: str) -> None:
    assert clock_finding(stamp, FrozenClock()).grade == grade


def test_it_changes_nothing(tmp_path: Path) -> None:
    state = tmp_path / "state"
    done = ally("doctor", "--json", ALLY_STATE=str(state), DISCORD_TOKEN="")
    assert done.returncode == 1
    found = {each["name"]: each for each in json.loads(done.stdout)}
    assert found["token"]["grade"] == "wrong"
    assert found["database"]["seen"] == "SQLite, empty; the next start makes its tables"
    assert not state.exists()


def test_it_says_what_the_next_start_will_do_to_an_older_database(
    tmp_path: Path,
) -> None:
    address = f"sqlite:///{tmp_path / 'x.db'}"
    asyncio.run(of_first_schema(address))
    done = ally("doctor", ALLY_DATABASE_URL=address, DISCORD_TOKEN="")
    assert (
        "note  database: SQLite, schema 0001\n      to do: the next start brings "
        f"it to {VERSIONS[-1]}" in done.stdout
    )

    async def version() -> str | None:
        store = Store(address, clock=SYSTEM_CLOCK.now)
        try:
            return await store.version()
        finally:
            await store.close()

    assert asyncio.run(version()) == "0001"


def test_a_state_folder_that_cannot_be_written_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"sqlite:///{tmp_path / 'state' / 'ally.db'}"

    def found() -> list[Finding]:
        database = machine.database(address, SYSTEM_CLOCK)
        return [machine.disk(tmp_path / "state"), asyncio.run(database)]

    assert [each.grade for each in found()] == ["ok", "ok"]

    def is_open(path: Path, _: int) -> bool:
        return path != tmp_path

    # Who is root may write everywhere but on what is mounted for reading.
    with monkeypatch.context() as closed:
        closed.setattr(os, "access", is_open)
        for each in found():
            assert each.grade == "wrong"
            assert f"{tmp_path} cannot be written to" in each.seen
    (tmp_path / "state").touch()
    for each in found():
        assert (each.grade, each.seen) == ("wrong", f"{tmp_path}/state is no folder")


def test_a_file_that_is_no_sqlite_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ally.db"

    def found() -> Finding:
        return asyncio.run(machine.database(f"sqlite:///{path}", SYSTEM_CLOCK))

    path.write_text("text\n" * 1000, encoding="utf-8")
    assert found().seen == f"{path} is no SQLite database"
    path.write_bytes(b"SQLite format 3\0" + b"text" * 1000)
    assert found().seen == f"{path} cannot be read"
    path.unlink()
    path.mkdir()
    assert found().seen == f"{path} is no file"


def test_what_discord_fills_in_makes_no_difference_and_what_was_chosen_does() -> None:
    ours: list[dict[str, Any]] = [
        {
            "name": "ally",
            "type": 1,
            "description": "x",
            "nsfw": False,
            "default_member_permissions": 32,
            "contexts": [0, 1],
            "options": [
                {
                    "name": "n",
                    "type": 4,
                    "description": "y",
                    "min_value": 0,
                    "required": False,
                    "choices": [],
                }
            ],
        }
    ]
    theirs: list[dict[str, Any]] = [
        {
            "id": "1",
            "application_id": "2",
            "version": "3",
            "name": "ally",
            "description": "x",
            "dm_permission": True,
            "default_member_permissions": "32",
            "contexts": [1, 0],
            "name_localizations": None,
            "options": [{"name": "n", "type": 4, "description": "y", "min_value": 0}],
        }
    ]
    assert in_step(ours, theirs).grade == "ok"
    theirs[0]["options"][0].pop("min_value")
    assert in_step(ours, theirs).grade == "wrong"
    assert in_step(ours, []).grade == "note"
