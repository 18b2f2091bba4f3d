"""docs/performance.md from its template and from what was measured: no number on the
page is typed by hand.

``python -m tests.bench.page PAGE`` writes it from what is kept under build/bench,
without measuring anything again.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench import results

TEMPLATE = Path(__file__).parent / "performance.md"
_WAYS = {"gateway": "gateway", "http": "HTTP"}
_MISSING = "It was not run on this machine."


def table(rows: Iterable[Sequence[str]], head: Sequence[str]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, each))} |" for each in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _rooms(found: Mapping[str, Any]) -> str:
    """The tables; those that were measured again by themselves say when and where."""
    head, again = ("what", "figure", "ratio", "goal"), found.get("again", {})
    return "\n\n".join(
        f"### {title}\n\n{again.get(title, '')}\n\n{table(rows, head)}"
        for title, rows in found["rooms"]
    )


def renewed(before: Mapping[str, Any], found: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was measured before, with the tables that have been measured again, each
    with a sentence that says so.
    """
    said = f"Measured again, by itself, on {found['date']}: {found['machine']}."
    rooms = dict(found["rooms"])
    return {
        **before,
        "rooms": [[title, rooms.get(title, rows)] for title, rows in before["rooms"]],
        "again": {**before.get("again", {}), **dict.fromkeys(rooms, said)},
    }


def _beside(
    name: str, rows: Mapping[str, tuple[str, str]], head: str
) -> tuple[str, str]:
    """A table of both ways in, and the day and machine of each run; ``rows`` are format
    strings over a summary, and goals.
    """
    runs = {way: results.kept(f"{name}-{way}") for way in _WAYS}
    done = {way: run for way, run in runs.items() if run}
    if not done:
        return _MISSING, ""
    lines = [
        (what, *(row.format(**run) for run in done.values()), goal)
        for what, (row, goal) in rows.items()
    ]
    said = "; ".join(
        f"{_WAYS[way]} on {run['date']}, {run['machine']}" for way, run in done.items()
    )
    heads = (head, *(_WAYS[way] for way in done), "goal")
    return table(lines, heads), f"Measured: {said}."


_SOAK = {
    "asked, answered, lost": ("{asked:,}, {answered:,}, {lost:,}", "none lost"),
    "did not end well, as the process counts": ("{failed:,}", "none"),
    "interactions a second, for so long": ("{rate:.0f}, {seconds:.0f} s", ""),
    "p50 / p99": ("{p50:.2f} / {p99:.2f} ms", "p99 under 100 ms"),
    "slowest": ("{slowest:.0f} ms", ""),
    "resident after one minute": ("{early_mib:.0f} MiB", ""),
    "resident after each third": ("{thirds} MiB", "flat"),
    "processor time, of one core": ("{processor_share:.0%}", ""),
    "follows told once, twice": ("{told_once} of {follows}, {told_twice}", "all, none"),
    "answers to the quiz, kept": ("{quiz_answered:,}, {quiz_kept:,}", "all"),
}
_MILLION = {
    "came to their end, lost": ("{ended:,} of {count:,}, {lost:,}", "all, none"),
    "did not end well, as the process counts": ("{failed:,}", "none"),
    "took": ("{seconds:,.0f} s", ""),
    "replies a second": ("{rate:,}", ""),
    "processor time for one": ("{processor} µs", ""),
    "resident when ready": ("{ready_mib:.0f} MiB", ""),
    "resident after each quarter": ("{quarters} MiB", "flat"),
}


def _slow_kinds() -> str:
    """The 99th percentile of each kind of question of the soak."""
    runs = {way: results.kept(f"soak-{way}") for way in _WAYS}
    done = {way: run["p99_of"] for way, run in runs.items() if run}
    if not done:
        return ""
    kinds = dict.fromkeys(kind for run in done.values() for kind in run)
    rows = [
        (kind, *(f"{run[kind]:.1f} ms" if kind in run else "" for run in done.values()))
        for kind in kinds
    ]
    return table(rows, ("p99 of", *(_WAYS[way] for way in done)))


def written(found: Mapping[str, Any]) -> str:
    """The whole page. ``found`` is what `tests.bench` has measured; the soak and the
    million are taken from the files that they have left.
    """
    soak, soak_where = _beside("soak", _SOAK, "soak")
    million, million_where = _beside("million", _MILLION, "a million")
    parts = {
        "date": found["date"],
        "machine": found["machine"],
        "minutes": f"{found['seconds'] / 60:.0f}",
        "rooms": _rooms(found),
        "soak": soak,
        "soak-where": soak_where,
        "soak-kinds": _slow_kinds(),
        "million": million,
        "million-where": million_where,
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    text = re.sub(r"@([a-z-]+)@", lambda mark: parts[mark[1]], text)
    return re.sub(r"\n{3,}", "\n\n", text)


def main() -> None:
    found = results.kept("table")
    if found is None:
        sys.exit("nothing is kept under build/bench; run python -m tests.bench first")
    Path(sys.argv[1]).write_text(written(found), encoding="utf-8")


if __name__ == "__main__":
    main()
