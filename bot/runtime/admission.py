"""What every interaction passes on its way in: not too old, not twice, not while
stopping; then followed to its end.

Both ways in, the gateway and HTTP, admit payloads here. A ``InteractionTrace`` then
travels with the work in a context variable, so that everything logged on the way
carries the reference that a reader is told when something fails.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable, Generator, Hashable, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, TypeVar, cast

from discord import AppCommandOptionType, InteractionType

from bot.knowledge.plain import PlainObject
from bot.runtime.clock import ServerClock
from bot.runtime.metrics import Metrics

log = logging.getLogger("bot.interactions")

TOO_OLD = 2.8
"""Seconds; Discord gives three for a first answer
(/interactions/receiving-and-responding), and the way takes some.
"""
EPOCH = 1_420_070_400.0
"""Discord's epoch, from which its ids count milliseconds (/reference#snowflakes), in
seconds since 1970.
"""
REMEMBERED_SECONDS, REMEMBERED = 60.0, 100_000
_IDS = 1 << 64
DISTRUST_AFTER = 20
"""So many interactions in a row that seem too old: then it is a stamp that is wrong,
and not the interactions.
"""
_LOG_SECONDS = 0.25
_KINDS = {
    InteractionType.application_command: "command",
    InteractionType.component: "button",
    InteractionType.autocomplete: "autocomplete",
    InteractionType.modal_submit: "form",
}
_PRESSED = {InteractionType.component, InteractionType.modal_submit}
_SUBCOMMANDS = {
    AppCommandOptionType.subcommand.value,
    AppCommandOptionType.subcommand_group.value,
}
"""The types of an option that is a command of its own, or a group of them."""
UNKNOWN = "unknown"
"""What the log and the metrics call what no code knows: a name that was made up by
somebody could say anything, and there could be any number of them.
"""

InteractionOutcome = Literal["ok", "error", "late", "dropped", "duplicate", "stopping"]
Option = TypeVar("Option")

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_PAIRS = tuple(first + second for first in _LETTERS for second in _LETTERS)
"""Ten bits each in base32: `base64` takes several times as long for a line of the log.
"""


def created(interaction: int) -> float:
    """When an interaction was made, in seconds since 1970, from its id."""
    return (interaction >> 22) / 1000 + EPOCH


def reference_of(interaction: int) -> str:
    """Eight letters and digits for an interaction: short enough to read out, the same
    in every process.
    """
    digest = hashlib.blake2s(b"%d" % interaction, digest_size=5).digest()
    bits = int.from_bytes(digest)
    return (
        _PAIRS[bits >> 30]
        + _PAIRS[bits >> 20 & 1023]
        + _PAIRS[bits >> 10 & 1023]
        + _PAIRS[bits & 1023]
    )


def command_called(
    name: str, options: Sequence[Option], part: Callable[[Option, str], Any]
) -> tuple[str, Sequence[Option]]:
    """A command's full name, with those of its subcommands, and the options that were
    typed into it; ``part`` gives what an option has under a name.
    """
    while options and part(options[0], "type") in _SUBCOMMANDS:
        name = f"{name} {part(options[0], 'name')}"
        options = part(options[0], "options") or ()
    return name, options


class Recent:
    """What was seen within the last minute or two, in bounded memory."""

    def __init__(
        self,
        seconds: float = REMEMBERED_SECONDS,
        most: int = REMEMBERED,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds, self._most, self._tick = seconds, most, tick
        self._now: set[Hashable] = set()
        self._before: set[Hashable] = set()
        self._turn = tick() + seconds

    def __contains__(self, key: Hashable) -> bool:
        return key in self._now or key in self._before

    def first(self, key: Hashable) -> bool:
        """Whether this is new; from now on it is not."""
        now = self._tick()
        if now >= self._turn or len(self._now) >= self._most:
            self._before, self._now, self._turn = self._now, set(), now + self._seconds
        if key in self:
            return False
        self._now.add(key)
        return True


class InteractionTrace:
    """One interaction on its way; ``outcome`` may be set by whoever knows better than
    'ok'.
    """

    __slots__ = (
        "admission",
        "begun",
        "ended",
        "id",
        "kind",
        "name",
        "outcome",
        "seconds",
        "short",
    )

    def __init__(
        self, admission: Admission, interaction: int, kind: str, name: str
    ) -> None:
        self.admission, self.id, self.kind, self.name = (
            admission,
            interaction,
            kind,
            name,
        )
        self.outcome: InteractionOutcome = "ok"
        self.short = False
        self.begun = time.perf_counter()
        self.seconds = self.ended = 0.0

    @property
    def reference(self) -> str:
        """What the log and the reader call it."""
        return reference_of(self.id)

    @property
    def said(self) -> str:
        """What the log says of it: nothing about who asked, where, or what."""
        milliseconds, way = self.seconds * 1000, " short" if self.short else ""
        return f"{self.kind} {self.name} {self.outcome} {milliseconds:.1f} ms{way}"

    def fields(self) -> PlainObject:
        """The same by itself, for JSON."""
        return {
            "ref": self.reference,
            "id": str(self.id),
            "kind": self.kind,
            "name": self.name,
            "outcome": self.outcome,
            "ms": round(self.seconds * 1000, 2),
            "short": self.short,
        }


CURRENT_TRACE: ContextVar[InteractionTrace | None] = ContextVar("trace", default=None)
"""The interaction that the running code works for."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What code answers to: commands by their full names, and families of buttons and
    forms by the first words of their custom ids. None of them tells what was asked.
    """

    commands: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()

    def name_of(self, payload: Mapping[str, Any], kind: InteractionType) -> str:
        """What was used, or ``unknown``."""
        data = cast("Mapping[str, Any]", payload.get("data") or {})
        if kind in _PRESSED:
            name = str(data.get("custom_id", "")).partition(":")[0]
            return name if name in self.families else UNKNOWN
        options = cast("list[PlainObject]", data.get("options") or ())
        name, _ = command_called(str(data.get("name", "")), options, PlainObject.get)
        return name if name in self.commands else UNKNOWN


@dataclass(frozen=True, slots=True)
class EndedInteraction:
    """An interaction for the log, and when it ended, in seconds since 1970."""

    at: float
    trace: InteractionTrace


def _record(traces: Sequence[InteractionTrace], level: int) -> logging.LogRecord:
    """What the log says of interactions, a line each; the formats of `bot.runtime.logs`
    write each as a record of its own.
    """
    said = "\n".join([trace.said for trace in traces])
    record = logging.LogRecord(log.name, level, __file__, 0, said, None, None)
    # Written a little after they ended.
    since = record.created - time.perf_counter()
    record.interactions = [
        EndedInteraction(since + trace.ended, trace) for trace in traces
    ]
    return record


def _level_of(trace: InteractionTrace) -> int:
    return logging.INFO if trace.outcome in {"ok", "stopping"} else logging.WARNING


class Admission:
    """Admits interactions, counts and logs each once, and knows how many are being
    worked on.

    Without a ``clock`` nothing is too old and each line is logged at once: simulations
    have a time of their own, and wait for all that is still to come.
    """

    def __init__(self, metrics: Metrics, clock: ServerClock | None = None) -> None:
        self.metrics, self.clock = metrics, clock
        self.known = KnownNames()
        self.stopping = False
        self.in_flight = 0
        self._idle = asyncio.Event()
        self._seen = Recent()
        self._old_in_a_row = 0
        self._ended: list[InteractionTrace] = []

    def admit(
        self, payload: Mapping[str, Any]
    ) -> InteractionTrace | InteractionOutcome:
        """The trace of a new interaction, or why it is not taken.

        Raises KeyError, ValueError, TypeError or AttributeError for none at all.
        """
        key, kind = int(payload["id"]), InteractionType(payload["type"])
        if not 0 <= key < _IDS:
            raise ValueError("no id of Discord's")
        trace = InteractionTrace(
            self, key, _KINDS.get(kind, "other"), self.known.name_of(payload, kind)
        )
        refused = self._refused(key)
        if refused is None:
            return trace
        trace.outcome = refused
        self._end(trace)
        return refused

    def _refused(self, key: int) -> InteractionOutcome | None:
        if self.stopping:
            return "stopping"
        if not self._seen.first(key):
            return "duplicate"
        if self.clock is None:
            return None
        made = created(key)
        self.clock.heard(made)
        if self.clock.age(made) < TOO_OLD:
            self._old_in_a_row = 0
            return None
        self._old_in_a_row += 1
        self.metrics.dropped.inc()
        if self._old_in_a_row >= DISTRUST_AFTER:
            log.warning(
                "%d interactions in a row seemed too old; Discord's time is learnt "
                "anew",
                self._old_in_a_row,
            )
            self.clock.forget()
            self._old_in_a_row = 0
        return "dropped"

    @contextmanager
    def handling(self, trace: InteractionTrace) -> Generator[InteractionTrace]:
        """The time in which a handler works on an interaction; at its end it is counted
        and logged.
        """
        self.begin(trace)
        try:
            yield trace
        except Exception:
            trace.outcome = "error"
            raise
        finally:
            self.end(trace)

    def begin(self, _: InteractionTrace) -> None:
        """An interaction is worked on from now until ``end``."""
        self.in_flight += 1
        self._idle.clear()

    def end(self, trace: InteractionTrace) -> None:
        """It is not any more: count and log it."""
        self.in_flight -= 1
        if not self.in_flight:
            self._idle.set()
        self._end(trace)

    def _end(self, trace: InteractionTrace) -> None:
        trace.ended = time.perf_counter()
        trace.seconds = trace.ended - trace.begun
        self.metrics.answered(trace.kind, trace.name, trace.outcome, trace.seconds)
        self._ended.append(trace)
        if self.clock is None or trace.outcome not in {"ok", "stopping"}:
            self.flush()
        elif len(self._ended) == 1:
            asyncio.get_running_loop().call_later(_LOG_SECONDS, self.flush)

    def flush(self) -> None:
        """Write what is still to be logged; many lines at once cost far less than one
        by one (docs/performance.md).
        """
        ended, self._ended = self._ended, []
        for level, traces in groupby(ended, _level_of):
            if log.isEnabledFor(level):
                log.handle(_record(list(traces), level))

    def stop(self) -> None:
        """Take nothing new from now on."""
        self.stopping = True

    async def idle(self, seconds: float) -> bool:
        """Wait until nothing is being worked on, at most so long; whether that was
        reached.
        """
        try:
            async with asyncio.timeout(seconds):
                # What came in just now has a task that has not begun yet.
                await asyncio.sleep(0.05)
                if self.in_flight:
                    await self._idle.wait()
        except TimeoutError:
            log.warning(
                "%d interactions were not answered before the end", self.in_flight
            )
            return False
        finally:
            self.flush()
        return True


@contextmanager
def handling() -> Generator[None]:
    """Follow the interaction of the running code while one handler works on it; no-op
    where there is none.
    """
    trace = CURRENT_TRACE.get()
    if trace is None:
        yield
        return
    with trace.admission.handling(trace):
        yield
