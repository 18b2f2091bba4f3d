"""The first answer in each language, and what all catalogues take of memory, against
English alone: each in a process of its own, with catalogues compiled, as the package
has them.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answers import texts
from bot.answers.catalogues import compiled
from bot.knowledge.compiled import open_base
from bot.knowledge.facts import Base
from bot.names.index import names_of
from bot.runtime.clock import SYSTEM_CLOCK
from bot.runtime.places import cache_folder
from bot.store.views import ServerViews
from bot.ui.replies import ReplyCache
from tests.bench.base import Row
from tests.bench.memory import resident
from tests.support.bases import DATA, TODAY

RUNS = 3
"""Processes for each language."""
ENGLISH = "en"


def _first(folder: Path, *locales: str) -> list[float]:
    """In a process that has answered nothing: milliseconds of a processor for the first
    answer in each language, then resident memory in MiB.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.languages", str(folder), *locales],
        check=True,
        capture_output=True,
        text=True,
    )
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _compile(folder: Path) -> None:
    """Every catalogue as the package has it."""
    for name, source in (("program", texts.CATALOGUES), ("base", DATA / "locales")):
        (folder / name).mkdir()
        for path in source.glob("*.po"):
            (folder / name / f"{path.stem}.mo").write_bytes(compiled(path))


def measure() -> list[Row]:
    languages = [each for each in texts.languages() if each != ENGLISH]
    with TemporaryDirectory() as name:
        folder = Path(name)
        _compile(folder)
        # The first time, a checkout that was never run is compiled.
        _first(folder, ENGLISH)
        took: dict[str, list[float]] = {each: [] for each in (ENGLISH, *languages)}
        alone: list[float] = []
        one: list[float] = []
        every: list[float] = []
        for _ in range(RUNS):
            for locale, so_far in took.items():
                first, memory = _first(folder, locale)
                so_far.append(first)
                if locale == ENGLISH:
                    alone.append(memory)
                elif locale == "de":
                    one.append(memory)
            every.append(_first(folder, ENGLISH, *languages)[-1])
    half = {locale: statistics.median(each) for locale, each in took.items()}
    english, german = half[ENGLISH], half["de"]
    slowest = max(languages, key=lambda each: half[each])
    ready, all_ = statistics.median(alone), statistics.median(every)
    return [
        ("first answer in English", f"{english:.0f} ms", "1", "in a new process"),
        ("in German", f"{german:.0f} ms", f"{german / english:.1f}", ""),
        (
            f"in the slowest ({slowest})",
            f"{half[slowest]:.0f} ms",
            f"{half[slowest] / english:.1f}",
            "",
        ),
        ("resident after it, English alone", f"{ready:.0f} MiB", "1", ""),
        (
            "with German alone",
            f"{statistics.median(one):.0f} MiB",
            f"{statistics.median(one) / ready:.2f}",
            "",
        ),
        (
            f"with English and {len(languages)} others",
            f"{all_:.0f} MiB",
            f"{all_ / ready:.2f}",
            "",
        ),
    ]


def _replies(base: Base) -> ReplyCache:
    names = names_of(base)
    names.warm()
    return ReplyCache(ServerViews(base, names, None), lambda: TODAY, "test")


def main() -> None:
    """Answer once in each language of the command line."""
    folder, *locales = sys.argv[1:]
    texts.CATALOGUES = Path(folder) / "program"
    base = open_base(DATA, SYSTEM_CLOCK.today(), cache_folder)
    replies = _replies(replace(base, catalogues=Path(folder) / "base"))
    found: list[float] = []
    for locale in locales:
        begun = time.process_time()
        replies.page("ask", "BY", TODAY, 1, locale, private=False)
        found.append((time.process_time() - begun) * 1000)
    sys.stdout.write(json.dumps([*found, resident()]) + "\n")


if __name__ == "__main__":
    main()
