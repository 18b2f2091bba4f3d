"""Whatever is done in three servers, no entry, name or suggestion is ever seen in
another.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.alignment.over_time import course, standings
from bot.alignment.rubric import assess
from bot.answers import where
from bot.answers.as_json import as_json
from bot.answers.compare import comparison
from bot.answers.entries import history as entry_history
from bot.answers.entries import listing
from bot.answers.texts import Texts
from bot.answers.timeline import timeline
from bot.entries.import_plan import plan
from bot.entries.overlay import exported
from bot.entries.records import Change, Entry
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.names.index import NameIndex, names_of
from bot.pictures.world import picture
from bot.store.database import Store
from bot.store.errors import StoreError
from bot.store.outbox import Outbox
from bot.store.reader import EntryReader
from bot.store.services import Services
from bot.store.views import ServerView
from bot.ui.replies import ReplyCache
from tests.support.bases import TODAY, egg_war
from tests.support.clocks import noon

GUILDS = (1, 2, 3)
guild = st.sampled_from(GUILDS)
code = st.sampled_from(["LP", "BR", "LI"])
place = st.integers(0, 5)


ASKED_FOR = 6
"""The most numbers and places that are asked for; every server's run from 1 up."""
OF_ALL = {"channels", "undecided", "guilds", "length", "drop_old"}
"""Methods that look at all servers, for the program and not for any reader."""


def reading_methods(reader: object) -> dict[str, Callable[..., Awaitable[object]]]:
    """The public methods of a reader by their names; a new one is asked by itself."""
    named = inspect.getmembers(reader, inspect.iscoroutinefunction)
    return {
        name: method
        for name, method in named
        if not name.startswith("_")
        and name not in OF_ALL
        and "guild" in inspect.signature(method).parameters
    }


def test_every_reading_method_names_one_server_or_is_known_to_read_all() -> None:
    for reader in (EntryReader, Outbox):
        for name, method in inspect.getmembers(reader, inspect.iscoroutinefunction):
            if not name.startswith("_") and name not in OF_ALL:
                first = list(inspect.signature(method).parameters)[1]
                assert first in {"guild", "ids", "rows"}, f"{reader.__name__}.{name}"


def mark(number: int) -> str:
    """A word that only this server uses, and that no name contains."""
    return f"zq{'abc'[number - 1] * 6}"


@contextlib.asynccontextmanager
async def in_one_transaction(store: Store) -> AsyncGenerator[None, None]:
    """Let all that is read from a store be read in one transaction; opening one for
    each question takes longer than all questions.
    """
    async with store.reading() as connection:

        @contextlib.asynccontextmanager
        async def same() -> AsyncGenerator[AsyncConnection, None]:
            yield connection

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(store, "reading", same)
            yield


class Servers(RuleBasedStateMachine):
    """Three servers over one database, each writing its own word into everything."""

    shared: tuple[Base, NameIndex, Path] | None = None

    @classmethod
    def prepared(cls) -> tuple[Base, NameIndex, Path]:
        """The base and an empty database, made once."""
        if cls.shared is None:
            folder = Path(tempfile.mkdtemp())
            base = read_base(egg_war(folder / "base"), TODAY)
            empty = folder / "empty.db"

            async def make() -> None:
                store = Store(f"sqlite:///{empty}", clock=noon)
                await store.open()
                await store.close()

            asyncio.run(make())
            cls.shared = (base, names_of(base), empty)
        return cls.shared

    @initialize()
    def begin(self) -> None:
        base, names, empty = self.prepared()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(empty, self.folder / "x.db")
        self.runner = asyncio.Runner()
        self.services = Services(
            Store(f"sqlite:///{self.folder / 'x.db'}", clock=noon), base, names
        )
        self.run(self.services.store.open())
        self.replies = ReplyCache(self.services.views, lambda: TODAY, "test")
        self.count = 0
        self.given = Counter[tuple[int, str]]()
        self.shown: dict[int, tuple[str, list[str]]] = {}
        self.read_from, self.told = "", dict[int, list[str]]()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    def attempt(self, work: Coroutine[Any, Any, Any]) -> None:
        with contextlib.suppress(StoreError):
            self.run(work)

    def event(self, number: int) -> dict[str, Any]:
        self.count += 1
        word = mark(number)
        return {
            "id": f"{word}-{self.count}",
            "date": "1721-05-05",
            "toward": "big-end",
            "pillar": "economic",
            "weight": "major",
            "claim": f"{word} happened.",
            "sources": [
                {
                    "publisher": word,
                    "title": word,
                    "url": f"https://{word}.example.org/",
                }
            ],
        }

    def publish(self, number: int, change: Change, verb: Any = "add") -> None:
        self.given[number, "entry"] += verb == "add"
        self.attempt(
            self.services.writer.publish(number, [change], author=number, verb=verb)
        )
        self.services.views.drop(number)

    @rule(number=guild, subject=code)
    def add_fact(self, number: int, subject: str) -> None:
        self.publish(number, Change("event", subject, self.event(number)))

    @rule(number=guild)
    def add_actor(self, number: int) -> None:
        body = {
            "kind": "state",
            "names": {"short": f"{mark(number)} land"},
            "reviewed": "2020-01-01",
        }
        self.publish(number, Change("actor", f"{mark(number)}-land", body))

    @rule(number=guild, subject=code)
    def add_alias(self, number: int, subject: str) -> None:
        self.count += 1
        self.publish(
            number,
            Change(
                "alias", subject, {"alias": f"{mark(number)} {'xyz'[self.count % 3]}"}
            ),
        )

    @rule(number=guild, subject=code)
    def judge(self, number: int, subject: str) -> None:
        body = {
            **self.event(number),
            "level": "neutral",
            "reason": f"{mark(number)} says so.",
        }
        wanted = {key: body[key] for key in ("level", "date", "reason", "sources")}
        self.publish(number, Change("level", subject, wanted))

    @rule(number=guild, subject=code)
    def suggest(self, number: int, subject: str) -> None:
        self.given[number, "suggestion"] += 1
        self.attempt(
            self.services.writer.propose(
                number, subject, self.event(number), proposer=40 + number
            )
        )

    @rule(number=guild, other=guild, approve=st.booleans())
    def decide(self, number: int, other: int, approve: bool) -> None:
        row, _ = self.run(self.services.reader.waiting(other))
        if row is None:
            return
        change = (
            Change("event", row.subject, row.body)
            if approve and number == other
            else None
        )
        # A number that belongs to another server means this server's own suggestion, or
        # nothing.
        verdict = "approved" if change else "rejected"
        self.given[number, "entry"] += change is not None
        self.attempt(
            self.services.writer.decide(
                number, row.number, verdict, by=number, change=change
            )
        )
        self.services.views.drop(number)

    @rule(number=guild, at=place)
    def retire(self, number: int, at: int) -> None:
        rows = self.run(self.services.reader.all_entries(number))
        if at < len(rows):
            row = rows[at]
            self.publish(
                number,
                Change(
                    row.kind, row.subject, row.body, row.number, row.revision, "retired"
                ),
                "retire",
            )

    @rule(number=guild)
    def export_and_import_again(self, number: int) -> None:
        server = self.run(self.services.views.fresh(number))
        rows = self.run(self.services.reader.all_entries(number))
        codes = sorted(server.base.added)
        if not codes:
            return
        raw = exported(codes, self.services.views.base, rows, TODAY).encode()
        found, problems = plan(
            "x.yaml", raw, server.base, rows, TODAY, server.names.exact
        )
        assert not problems, problems
        assert found is not None
        assert not found.changes

    @rule(number=guild)
    def forget(self, number: int) -> None:
        self.run(self.services.privacy.forget(number))

    @rule()
    def start_again(self) -> None:
        for number in GUILDS:
            self.services.views.drop(number)

    def stored(self) -> str:
        """All that the database holds."""
        with contextlib.closing(sqlite3.connect(self.folder / "x.db")) as database:
            return "\n".join(database.iterdump())

    def everything_read(self) -> dict[int, list[str]]:
        """What each server is told by every reading method. They know the database
        alone: while that is as it was, so is what they say.
        """
        if self.stored() != self.read_from:
            self.told = self.run(self.all_told())
            # Taking what is to be posted is written down.
            self.read_from = self.stored()
        return self.told

    async def all_told(self) -> dict[int, list[str]]:
        """What each server is told by every reading method."""
        async with in_one_transaction(self.services.store):
            read = {
                each: await self.told_by(self.services.reader, each) for each in GUILDS
            }
        taken = {
            each: await self.told_by(self.services.outbox, each) for each in GUILDS
        }
        return {each: read[each] + taken[each] for each in GUILDS}

    async def told_by(self, reader: object, number: int) -> list[str]:
        """What every method of a reader says when one server asks, whatever it asks
        for: each number that any server may have given, and one beyond.
        """
        said: list[str] = []
        numbers = range(min(ASKED_FOR, max(self.given.values(), default=0) + 2))
        for name, method in reading_methods(reader).items():
            asked_for = set(inspect.signature(method).parameters)
            known = {"guild", "number", "place", "limit", "proposer"}
            assert asked_for <= known, name
            others = asked_for & {"number", "place", "proposer"}
            people = [40 + each for each in GUILDS] if "proposer" in others else []
            for n in [*numbers, *people] if others else (0,):
                with contextlib.suppress(StoreError):
                    said.append(str(await method(number, *([n] * len(others)))))
        return said

    def every_page(self, server: ServerView, rows: Sequence[Entry]) -> list[str]:
        """Every kind of page that a server's readers and moderators are shown. Those
        that hang on its view and its entries alone are made anew when these are others.
        """
        base = server.base
        names = [server.names.display(code) for code in base.countries]
        made_of = repr((base.revision, base.countries, base.added, names, rows))
        if self.shown.get(server.guild, ("", []))[0] != made_of:
            self.shown[server.guild] = (made_of, self.pages_of(server, rows))
        return [*self.shown[server.guild][1], *self.kept_replies(server)]

    def kept_replies(self, server: ServerView) -> list[str]:
        """The replies that are kept in memory for all servers, which one server's
        could be mistaken for another's in.
        """
        return [
            str(
                self.replies.page(
                    kind, subject, TODAY, 1, "uk", private=False, server=server
                ).to_components()
            )
            for subject in ("LP", "BR", "LI")
            for kind in ("ask", "evidence", "votes", "method")
        ]

    def pages_of(self, server: ServerView, rows: Sequence[Entry]) -> list[str]:
        """Pages that are worked out from a server's view and its entries."""
        base, texts = server.base, Texts("en", server.names.display)
        said = [str(listing(rows, base, texts, page=1, code="", state="any", author=0))]
        for row in rows:
            history = self.run(self.services.reader.history(server.guild, row.number))
            said.append(str(entry_history(history, base, texts, page=1)))
        said.append(exported(sorted(base.added), base, rows, TODAY))
        said.append(str(comparison(["LP", "BR"], base, texts, on=TODAY)))
        levels = standings(base, on=TODAY, codes=sorted(base.countries))
        asked = where.Asked("all", "", "", TODAY)
        said.append(str(where.where(levels, asked, base, texts)))
        said.append(str(picture("levels", base, texts, on=TODAY)))
        for subject in ("LP", "BR", "LI"):
            stops = course(subject, base, end=TODAY)
            said.append(str(timeline(subject, stops, base, texts)))
            said.append(str(as_json(assess(subject, base, on=TODAY), base, texts)))
        return said

    @invariant()
    def nobody_sees_another(self) -> None:
        if not hasattr(self, "services"):
            return
        told = self.everything_read()
        for number in GUILDS:
            server = self.run(self.services.views.view(number))
            others = [mark(other) for other in GUILDS if other != number]
            seen = [str(country) for country in server.base.countries.values()]
            for other in others:
                seen += [
                    str(server.names.resolve(other).matches),
                    str(server.names.suggest(other)),
                ]
                assert server.names.exact(f"{other} land") is None
                assert not server.names.resolve(f"{other} x").sure
            seen += told[number]
            rows = self.run(self.services.reader.all_entries(number))
            seen += self.every_page(server, rows)
            everything = "\n".join(seen)
            for other in others:
                assert other not in everything

    def teardown(self) -> None:
        if hasattr(self, "services"):
            self.run(self.services.close())
            self.runner.close()
            shutil.rmtree(self.folder)


TestServers = Servers.TestCase
TestServers.settings = settings(max_examples=9, stateful_step_count=20)
