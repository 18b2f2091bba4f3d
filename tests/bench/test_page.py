"""The page of measurements: whole without any, and with one that failed."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.bench import __main__ as bench
from tests.bench import page, results, traffic
from tests.bench.real import RecordingStandIn

FOUND: dict[str, Any] = {
    "date": "1 December 2026",
    "machine": "2 cores",
    "seconds": 120.0,
    "rooms": [["Names", [["exact look-up", "0.1 µs", "", "under 10 µs"]]]],
}
SOAK = {
    "date": "2 December 2026",
    "machine": "4 cores",
    "asked": 180_000,
    "answered": 179_999,
    "lost": 1,
    "failed": 0,
    "rate": 200.0,
    "seconds": 900.0,
    "p50": 0.5,
    "p99": 9.0,
    "slowest": 80.0,
    "early_mib": 150.0,
    "end_mib": 151.0,
    "thirds": "150, 151, 151",
    "processor_share": 0.11,
    "follows": 20,
    "told_once": 20,
    "told_twice": 0,
    "quiz_answered": 3_600,
    "quiz_kept": 3_600,
    "p99_of": {"/ally": 3.0},
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "FOLDER", tmp_path)


def test_the_page_has_every_row_and_no_place_that_was_not_filled() -> None:
    text = page.written(FOUND)
    assert "| exact look-up | 0.1 µs |  | under 10 µs |" in text
    assert "It was not run on this machine." in text
    assert "@" not in text


def test_a_table_that_is_measured_again_takes_its_place_and_says_when() -> None:
    rooms = [*FOUND["rooms"], ["Memory", [["resident", "104 MiB", "", ""]]]]
    found = {
        "date": "9 December 2026",
        "machine": "4 cores",
        "seconds": 5.0,
        "rooms": [["Memory", [["resident", "99 MiB", "", ""]]]],
    }
    text = page.written(page.renewed({**FOUND, "rooms": rooms}, found))
    names, memory = text.split("### Memory")
    assert "| exact look-up | 0.1 µs |" in names
    assert "Measured on 1 December 2026" in names
    assert "again" not in names
    assert "Measured again, by itself, on 9 December 2026: 4 cores." in memory
    assert "99 MiB" in memory
    assert "104 MiB" not in text


def test_the_newest_soak_stands_on_the_page_with_its_day_and_machine() -> None:
    results.keep("soak-http", SOAK)
    text = page.written(FOUND)
    assert "| asked, answered, lost | 180,000, 179,999, 1 | none lost |" in text
    assert "HTTP on 2 December 2026, 4 cores" in text


def test_a_measurement_that_fails_is_a_row_and_says_why() -> None:
    done = subprocess.CompletedProcess([], 1, stdout="", stderr="a\nValueError: no")
    assert bench._rows_of("names", done) == [("names", "failed", "ValueError: no", "")]


def test_a_measurement_that_hangs_is_a_row() -> None:
    run = bench.measured("names", seconds=0.01)
    assert run.rows == [("names", "not done after 0 s", "", "")]


def test_the_weights_of_the_soak_are_hundredths() -> None:
    assert sum(traffic.WEIGHTS.values()) == 100


@pytest.mark.asyncio
async def test_a_promise_is_no_reply() -> None:
    import asyncio

    standin = RecordingStandIn()
    waiting = standin.replies["7"] = asyncio.get_running_loop().create_future()
    standin.replied("7", b'{"type":5,"data":{"flags":64}}')
    assert not waiting.done()
    standin.replied("7", b'{"type":8,"data":{"choices":[]}}')
    assert waiting.done()
