"""What survived, as Markdown, and the reasons that were written down for some."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import takewhile
from pathlib import Path

from tests.mutation.mutants import Key
from tests.mutation.trials import SURVIVED, Outcome, Trial

OUTCOMES: tuple[Outcome, ...] = ("killed", "timeout", "survived", "not reached")
_WIDTH = 90
"""Characters of a statement that a table shows."""


def explained(file: Path) -> Mapping[Key, str]:
    """The written reasons; ValueError where one is missing, empty or given twice."""
    found: dict[Key, str] = {}
    for table in tomllib.loads(file.read_text("utf-8")).get("explained", ()):
        reason = table.pop("reason", "")
        try:
            key = Key(**table)
        except TypeError as error:
            raise ValueError(f"{file}: {error}") from None
        if key in found or not reason.strip():
            raise ValueError(f"{file}: one reason each is needed: {key}")
        found[key] = reason
    return found


def unexplained(trials: Collection[Trial], reasons: Mapping[Key, str]) -> list[Trial]:
    """The survivors without a reason, in the order of files and lines."""
    left = [each for each in trials if each.outcome in SURVIVED]
    left = [each for each in left if each.mutant.key not in reasons]
    return sorted(left, key=_order)


def stale(
    reasons: Mapping[Key, str], known: Collection[Key], files: Collection[str]
) -> list[Key]:
    """The reasons about one of these files for what is not in the code any more."""
    return [key for key in reasons if key.file in files and key not in known]


def _order(trial: Trial) -> str:
    mutant = trial.mutant
    return f"{mutant.key.file} {mutant.first:06} {mutant.number:06}"


def _first_difference(before: str, after: str) -> int:
    pairs = zip(before, after, strict=False)
    same = takewhile(lambda pair: pair[0] == pair[1], pairs)
    return sum(1 for _ in same)


def _code(text: str, around: int) -> str:
    """A statement as inline code in a cell, cut to what is near its change."""
    begin = max(0, min(around - _WIDTH // 3, len(text) - _WIDTH))
    shown = text[begin : begin + _WIDTH]
    if begin > 0:
        shown = f"…{shown}"
    if begin + _WIDTH < len(text):
        shown = f"{shown}…"
    return f"`` {shown.replace('|', chr(92) + '|')} ``"


def _row(trial: Trial, reason: str) -> str:
    key = trial.mutant.key
    around = _first_difference(key.before, key.after)
    place = f"{key.file}:{trial.mutant.first}"
    before, after = _code(key.before, around), _code(key.after, around)
    said = reason or f"**{trial.outcome}**"
    return f"| {place} | {key.operator} | {before} | {after} | {said} |"


def _numbers(tried: Collection[Trial]) -> list[str]:
    """The cells of a room: outcomes now, survivors at first, seconds of processor."""
    counts = Counter(each.outcome for each in tried)
    run = [each.processor for each in tried if each.outcome != "not reached"]
    return [
        str(counts.total()),
        *(str(counts[outcome]) for outcome in OUTCOMES),
        str(sum(_had_survived(each) for each in tried)),
        f"{sum(run) / len(run):.1f}" if run else "",
    ]


def _had_survived(trial: Trial) -> bool:
    """Whether the tests of the time when it was first tried had not noticed it."""
    return (trial.first or trial.outcome) in SURVIVED


def _done(trials: Collection[Trial], reasons: Mapping[Key, str]) -> str:
    """What became of those that had survived, in a paragraph."""
    at_first = [each for each in trials if _had_survived(each)]
    now = [each for each in at_first if each.outcome in SURVIVED]
    reasoned = sum(each.mutant.key in reasons for each in now)
    return (
        f"Of these {len(trials)} mutants {len(at_first)} had survived, or were not "
        f"reached, when they were first tried.\n{len(at_first) - len(now)} of them are "
        f"killed now, {reasoned} have a reason, and {len(now) - reasoned} have neither."
        "\nThe tests that kill them were written after they had been seen. The fair "
        "measure is what survives at first of a seed for which no test was written yet."
    )


def markdown(
    trials: Collection[Trial], reasons: Mapping[Key, str], title: str
) -> Iterator[str]:
    """The lines of the page: totals a room, then every survivor, then what was done."""
    heads = ("mutants", *OUTCOMES, "survived at first", "seconds each")
    yield from (title, "", f"| room | {' | '.join(heads)} |")
    yield "| --- |" + " ---: |" * len(heads)
    for room in dict.fromkeys(each.room for each in trials):
        tried = [each for each in trials if each.room == room]
        yield f"| {room} | {' | '.join(_numbers(tried))} |"
    yield from ("", "| place | change | before | after | why it may stay |")
    yield "| --- | --- | --- | --- | --- |"
    survivors = [each for each in trials if each.outcome in SURVIVED]
    for trial in sorted(survivors, key=_order):
        yield _row(trial, reasons.get(trial.mutant.key, ""))
    yield from ("", _done(trials, reasons))
