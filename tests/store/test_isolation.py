"""Whatever is done in three servers, no entry, name or suggestion is ever seen in
another.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.answers.entries import listing
from bot.answers.texts import Texts
from bot.entries.import_plan import plan
from bot.entries.overlay import exported
from bot.entries.records import Change
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.names.index import NameIndex, names_of
from bot.store.database import Store
from bot.store.errors import StoreError
from bot.store.services import Services
from bot.ui.replies import ReplyCache
from tests.support.bases import TODAY, egg_war
from tests.support.clocks import noon

GUILDS = (1, 2, 3)
guild = st.sampled_from(GUILDS)
code = st.sampled_from(["LP", "BR", "LI"])
place = st.integers(0, 5)


def mark(number: int) -> str:
    """A word that only this server uses, and that no name contains."""
    return f"zq{'abc'[number - 1] * 6}"


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
        self.run(self.services.people.forget(number))

    @rule()
    def start_again(self) -> None:
        for number in GUILDS:
            self.services.views.drop(number)

    @invariant()
    def nobody_sees_another(self) -> None:
        if not hasattr(self, "services"):
            return
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
            row, _ = self.run(self.services.reader.waiting(number))
            rows = self.run(self.services.reader.all_entries(number))
            texts = Texts("en", server.names.display)
            seen += [
                str(row),
                str(
                    listing(
                        rows, texts, page=1, search="", code="", state="any", author=0
                    )
                ),
            ]
            for subject in ("LP", "BR"):
                page = self.replies.page(
                    "ask", subject, TODAY, 1, "en-US", private=False, server=server
                )
                seen.append(str(page.to_components()))
            everything = "\n".join(seen)
            for other in others:
                assert other not in everything

    def teardown(self) -> None:
        if hasattr(self, "services"):
            self.run(self.services.close())
            self.runner.close()
            shutil.rmtree(self.folder)


TestServers = Servers.TestCase
TestServers.settings = settings(max_examples=25, stateful_step_count=25)
