"""What is let in: never too late, never twice, never while stopping; by Discord's time
and not by this machine's.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
from typing import Any

import pytest
from discord import InteractionType
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.plain import PlainObject
from bot.runtime.admission import (
    DISTRUST_AFTER,
    EPOCH,
    TOO_OLD,
    Admission,
    InteractionTrace,
    KnownNames,
    Recent,
    command_called,
    created,
    reference_of,
)
from bot.runtime.clock import ServerClock
from bot.runtime.metrics import Metrics
from bot.ui.payload import read_payload
from tests.support.payloads import id_at

NOW = 1_790_000_000.0


class Ticks:
    """A clock that only runs forward, set by the test."""

    def __init__(self, now: float = 100.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def payload(interaction: int, kind: int = 2, **data: Any) -> dict[str, Any]:
    return {"id": str(interaction), "type": kind, "data": {"name": "ally", **data}}


def test_an_id_tells_when_it_was_made() -> None:
    assert created(id_at(NOW) + 7) == pytest.approx(NOW, abs=0.001)
    assert created(0) == EPOCH


@given(
    delays=st.lists(st.floats(0, 2), min_size=1, max_size=30),
    steps=st.lists(st.floats(0, 4_000), min_size=30, max_size=30),
    started=st.floats(0, 1e6),
)
def test_nothing_fresh_ever_seems_too_old_whatever_clock_the_machine_has(
    delays: list[float], steps: list[float], started: float
) -> None:
    tick = Ticks(started)
    clock = ServerClock(tick)
    real = NOW
    for delay, step in zip(delays, steps, strict=False):
        tick.now += step
        real += step
        made = real - delay
        clock.heard(made)
        assert clock.age(made) <= delay + 1e-6


@given(delay=st.floats(3.1, 1_000), gap=st.floats(0, 1_000))
def test_what_is_old_seems_old_once_discords_time_is_known(
    delay: float, gap: float
) -> None:
    tick = Ticks()
    clock = ServerClock(tick)
    clock.heard(NOW)
    tick.now += gap
    assert clock.age(NOW + gap - delay) == pytest.approx(delay, abs=0.01)


def test_old_evidence_is_forgotten_since_even_good_clocks_drift() -> None:
    tick = Ticks()
    clock = ServerClock(tick)
    clock.heard(NOW + 50)
    for _ in range(3):
        tick.now += 2_000
        clock.heard(NOW + tick.now - 100)
    assert clock.age(NOW + tick.now - 100) == pytest.approx(0)


@given(keys=st.lists(st.integers(0, 40), max_size=200))
def test_what_comes_again_within_the_time_is_known(keys: list[int]) -> None:
    tick = Ticks()
    recent = Recent(10, 1_000, tick)
    seen: set[int] = set()
    for key in keys:
        assert recent.first(key) == (key not in seen)
        seen.add(key)
    tick.now += 11
    recent.first(-1)
    tick.now += 11
    assert recent.first(-2)
    for key in seen:
        assert recent.first(key)


def test_the_memory_of_what_was_seen_is_bounded() -> None:
    recent = Recent(1e9, 100, Ticks())
    for number in range(10_000):
        assert recent.first(number)
    assert sum(number in recent for number in range(10_000)) <= 200
    assert 9_999 in recent


@pytest.mark.asyncio
async def test_each_is_taken_once_unless_it_is_old_or_the_bot_is_stopping() -> None:
    tick = Ticks()
    clock = ServerClock(tick)
    clock.heard(NOW)
    admission = Admission(Metrics(), clock)
    assert isinstance(admission.admit(payload(id_at(NOW))), InteractionTrace)
    assert admission.admit(payload(id_at(NOW))) == "duplicate"
    assert admission.admit(payload(id_at(NOW - TOO_OLD - 0.1))) == "dropped"
    assert isinstance(
        admission.admit(payload(id_at(NOW - TOO_OLD + 0.1))), InteractionTrace
    )
    admission.stop()
    assert admission.admit(payload(id_at(NOW) + 1)) == "stopping"
    with pytest.raises((KeyError, ValueError)):
        admission.admit({"type": 2})


@pytest.mark.asyncio
async def test_a_stamp_that_was_wrong_does_not_silence_the_bot_for_ever() -> None:
    clock = ServerClock(Ticks())
    clock.heard(NOW + 3_600)
    admission = Admission(Metrics(), clock)
    verdicts = [
        admission.admit(payload(id_at(NOW) + n)) for n in range(DISTRUST_AFTER + 5)
    ]
    assert verdicts[:DISTRUST_AFTER] == ["dropped"] * DISTRUST_AFTER
    assert all(isinstance(each, InteractionTrace) for each in verdicts[DISTRUST_AFTER:])


@pytest.mark.asyncio
async def test_each_interaction_is_one_line_that_says_nothing_of_who_or_what(
    caplog: pytest.LogCaptureFixture,
) -> None:
    admission = Admission(Metrics())
    admission.known = KnownNames(
        commands=frozenset(("ally", "entry add")), families=frozenset(("bloc",))
    )
    options = [{"name": "country", "type": 3, "value": "atlantis"}]
    made = [
        payload(1, options=options)
        | {
            "guild_id": "8765",
            "member": {"user": {"id": "4321", "username": "reader"}},
        },
        payload(2, 3, custom_id="bloc:csto:2026-11-23:1"),
        payload(3, 4, options=options),
        payload(
            4, name="entry", options=[{"name": "add", "type": 1, "options": options}]
        ),
    ]
    with caplog.at_level(logging.INFO):
        for each in made:
            trace = admission.admit(each)
            assert isinstance(trace, InteractionTrace)
            with admission.handling(trace):
                pass
        admission.admit(made[0])
        assert await admission.idle(1)
    said = [record.getMessage() for record in caplog.records]
    assert [text.rsplit(" ", 2)[0] for text in said] == [
        "command ally ok",
        "button bloc ok",
        "autocomplete ally ok",
        "command entry add ok",
        "command ally duplicate",
    ]
    told = str([record.__dict__ for record in caplog.records])
    for secret in ("atlantis", "4321", "8765", "reader", "csto"):
        assert secret not in told
    assert [record.levelname for record in caplog.records][-1] == "WARNING"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "made_up",
    [
        payload(1, name="a-name-of-my-own"),
        payload(1, name="entry", options=[{"name": "my-own", "type": 1}]),
        payload(1, 3, custom_id="a-name-of-my-own"),
        payload(1, 3, custom_id="my-own:bloc:1"),
        payload(1, 4, name="a-name-of-my-own"),
        payload(1, 5, custom_id="my-own:1"),
        payload(1, 3, custom_id=["my-own"]),
    ],
)
async def test_names_that_no_code_knows_reach_neither_log_nor_metrics(
    made_up: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    metrics = Metrics()
    admission = Admission(metrics)
    admission.known = KnownNames(
        commands=frozenset(("ally", "entry add")), families=frozenset(("bloc",))
    )
    trace = admission.admit(made_up)
    assert isinstance(trace, InteractionTrace)
    with caplog.at_level(logging.DEBUG), admission.handling(trace):
        pass
    admission.flush()
    assert trace.name == "unknown"
    assert "my-own" not in caplog.text
    assert b"my-own" not in metrics.exposed()


WORDS = ("entry", "add", "event")


@pytest.mark.parametrize("words", [WORDS[:1], WORDS[:2], WORDS])
@pytest.mark.parametrize("typed", [[], [{"name": "country", "type": 3, "value": "x"}]])
def test_a_command_has_one_full_name_however_deep_it_lies(
    words: tuple[str, ...], typed: list[PlainObject]
) -> None:
    options: list[PlainObject] = typed
    for depth in range(len(words) - 1, 0, -1):
        group = depth < len(words) - 1
        options = [
            {"name": words[depth], "type": 2 if group else 1, "options": options}
        ]
    asked = payload(1, name=words[0], options=options)
    name = " ".join(words)
    known = KnownNames(commands=frozenset((name,)))
    assert known.name_of(asked, InteractionType.application_command) == name
    called, left = command_called(words[0], options, PlainObject.get)
    assert (called, list(left)) == (name, typed)
    asker = {"user": {"id": "1", "username": "reader"}, "token": "t", "version": 1}
    read = read_payload({**asked, **asker, "application_id": "2"})
    called, given_options = read.called()
    assert called == name
    assert [each.name for each in given_options] == [each["name"] for each in typed]


@pytest.mark.asyncio
@pytest.mark.parametrize("simulated", [True, False])
async def test_lines_are_written_together_but_at_once_where_time_is_simulated(
    caplog: pytest.LogCaptureFixture, *, simulated: bool
) -> None:
    admission = Admission(Metrics(), None if simulated else ServerClock())
    with caplog.at_level(logging.INFO):
        for number in range(3):
            trace = admission.admit(payload(number))
            assert isinstance(trace, InteractionTrace)
            with admission.handling(trace):
                pass
            assert len(caplog.records) == (number + 1 if simulated else 0)
        admission.flush()
    lines = "\n".join(record.getMessage() for record in caplog.records).split("\n")
    assert len(lines) == 3


def test_references_are_short_and_the_same_everywhere() -> None:
    assert reference_of(1_574_508_033_747_189_761) == reference_of(
        1_574_508_033_747_189_761
    )
    assert len({reference_of(id_at(NOW) + n) for n in range(20_000)}) == 20_000
    assert all(
        len(reference_of(n)) == 8 and reference_of(n).isalnum() for n in range(50)
    )


@pytest.mark.asyncio
async def test_stopping_waits_for_what_is_being_answered_but_not_for_ever() -> None:
    admission = Admission(Metrics())
    trace = admission.admit(payload(1))
    assert isinstance(trace, InteractionTrace)

    async def work(seconds: float) -> None:
        with admission.handling(trace):
            await asyncio.sleep(seconds)

    quick = asyncio.create_task(work(0.2))
    await asyncio.sleep(0)
    assert await admission.idle(5)
    assert quick.done()
    slow = asyncio.create_task(work(60))
    await asyncio.sleep(0)
    assert not await admission.idle(0.2)
    slow.cancel()


@given(st.integers(0, 2**64 - 1))
def test_a_reference_is_base32(interaction: int) -> None:
    digest = hashlib.blake2s(str(interaction).encode(), digest_size=5).digest()
    assert reference_of(interaction) == base64.b32encode(digest).decode()


def test_what_is_counted_is_counted_by_its_outcome_and_timed_in_its_bucket() -> None:
    metrics = Metrics()
    for seconds in (0.0004, 0.0005, 0.7, 9.0):
        metrics.answered("command", "ally", "ok", seconds)
    metrics.answered("autocomplete", "ally", "ok", 0.02)
    metrics.answered("command", "ally", "dropped", 5.0)

    def value(metric: str, **labels: str) -> float | None:
        return metrics.registry.get_sample_value(metric, labels)

    ally = {"kind": "command", "name": "ally"}
    assert value("ally_commands_total", outcome="ok", **ally) == 4
    assert value("ally_commands_total", outcome="dropped", **ally) == 1
    assert value("ally_answer_seconds_bucket", le="0.0005", **ally) == 2
    assert value("ally_answer_seconds_bucket", le="1.0", **ally) == 3
    assert value("ally_answer_seconds_bucket", le="+Inf", **ally) == 4
    assert value("ally_answer_seconds_sum", **ally) == pytest.approx(9.7009)
    assert value("ally_autocomplete_seconds_count") == 1
