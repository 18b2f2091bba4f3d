"""Checks of what the schema of deeds demands: the conflict's own, and every use of its
words.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from string import Formatter
from typing import get_args

from bot.knowledge import values
from bot.knowledge.conflict import NEUTRAL, Conflict, Rule
from bot.knowledge.dates import PartialDate
from bot.knowledge.yaml import Path as Steps

Report = Callable[[Steps, str, str, str], None]
"""Takes the path in the document, the rule's name, the message and a hint."""
Hint = Callable[[str, Iterable[str]], str]
"""Takes a word and the known ones, and gives the nearest as a hint."""


def _known(
    report: Report,
    steps: Steps,
    word: str | None,
    known: Iterable[str],
    what: str,
    hint: Hint,
) -> None:
    """Report a word that is none of the known ones; None is no word."""
    words = list(known)
    if word is not None and word not in words:
        report(steps, "choice", f"{word!r} is no {what}", hint(word, words))


def _check_rule(
    report: Report, steps: Steps, rule: Rule, conflict: Conflict, hint: Hint
) -> None:
    levels = {level.id: level for level in conflict.levels}
    _known(report, (*steps, "level"), rule.level, levels, "level", hint)
    _known(report, (*steps, "contradicted"), rule.contradicted, levels, "level", hint)
    _check_phrase(report, (*steps, "sentence"), rule.sentence)
    for key in ("deeds", "without"):
        for number, deed in enumerate(getattr(rule.when, key)):
            place = (*steps, "when", key, number)
            _known(report, place, deed, conflict.deeds, "kind of deed", hint)
    level = levels.get(rule.level)
    if level and level.toward == NEUTRAL and rule.when != type(rule.when)():
        report(
            (*steps, "when"),
            "value",
            "a level between the sides has no conditions: it is what is left",
            "",
        )


def _check_phrase(report: Report, steps: Steps, phrase: str) -> None:
    """Report a phrase that has more in braces than the sides' names."""
    try:
        names = {
            name for _, name, _, _ in Formatter().parse(phrase) if name is not None
        }
    except ValueError:
        names = {""}
    if names - {"side", "opponent"}:
        report(
            steps,
            "value",
            "only {side} and {opponent} may stand in braces",
            "",
        )


def _check_scale(report: Report, conflict: Conflict, hint: Hint) -> None:
    """That the levels run from the first side over neutral to the second."""
    place = {NEUTRAL: 0} | {side.id: side.sign for side in conflict.sides}
    for number, level in enumerate(conflict.levels):
        _known(report, ("levels", number, "toward"), level.toward, place, "side", hint)
    order = [place.get(level.toward, 0) for level in conflict.levels]
    if order != sorted(order) or set(order) != {-1, 0, 1}:
        report(
            ("levels",),
            "order",
            "levels run from the first side's over a neutral one to the second's",
            "",
        )
    if sorted(side.sign for side in conflict.sides) != [-1, 1]:
        report(("sides",), "value", "one side has the sign -1 and the other 1", "")


def check_examples(report: Report, conflict: Conflict, known: Container[str]) -> None:
    """The roll call, the bloc and the forecast that it names exist; ``known`` has them
    as `vote:…`, `bloc:…` and `forecast:…`.
    """
    for key, kind, named in (
        ("example_vote", "vote", conflict.example_vote),
        ("example_bloc", "bloc", conflict.example_bloc),
        ("leading_forecast", "forecast", conflict.leading_forecast),
    ):
        if named and f"{kind}:{named}" not in known:
            report((key,), "dangling", f"there is no {kind} with the id {named}", "")


def check_conflict(report: Report, conflict: Conflict, hint: Hint) -> None:
    """Everything that only the whole of `conflict.yaml` can tell."""
    _check_scale(report, conflict, hint)
    if abs(sum(p.share for p in conflict.pillars.values()) - 1) > 1e-9:
        report(("pillars",), "value", "the pillars' shares add up to 1", "")
    for key, deed in conflict.deeds.items():
        pillars = conflict.pillars
        _known(report, ("deeds", key, "pillar"), deed.pillar, pillars, "pillar", hint)
        _check_phrase(report, ("deeds", key, "phrase"), deed.phrase)
        if deed.at_most < deed.points:
            report(
                ("deeds", key, "at_most"),
                "value",
                "one act already brings more than all may bring together",
                "",
            )
    _known(
        report,
        ("record", "pillar"),
        conflict.record.pillar,
        conflict.pillars,
        "pillar",
        hint,
    )
    for number, rule in enumerate(conflict.rules):
        _check_rule(report, ("rules", number), rule, conflict, hint)
    steps: Steps = ("contradiction", "sentence")
    _check_phrase(report, steps, conflict.contradiction.sentence)
    last = conflict.rules[-1]
    if last.when != type(last.when)():
        report(
            ("rules", len(conflict.rules) - 1, "when"),
            "value",
            "the last rule has no conditions, so that every actor has a level",
            "",
        )
    for path, kind, words in (
        (("scales",), values.Scale, conflict.scales),
        (("standings",), values.Standing, conflict.standings),
        (("record", "ballots"), values.Ballot, conflict.record.ballots),
    ):
        for word in get_args(kind):
            if word not in words:
                report(path, "missing", f"`{word}` is missing", "")


def check_deed(
    report: Report, steps: Steps, deed: str | None, conflict: Conflict, hint: Hint
) -> None:
    """That a fact's kind of deed exists."""
    _known(report, (*steps, "deed"), deed, conflict.deeds, "kind of deed", hint)


def check_age(
    report: Report,
    steps: Steps,
    deed: str | None,
    begun: PartialDate,
    conflict: Conflict,
) -> None:
    """That a fact is not older than the base.

    What never lapses, such as a treaty in force, may be older than the base's first
    day.
    """
    about = conflict.deeds.get(deed or "")
    never_lapses = about is not None and about.lapses_after_years is None
    if begun.last < conflict.first_day.first and not never_lapses:
        report(
            (*steps, "date"),
            "too-old",
            f"{begun} is before the base's first day, {conflict.first_day}",
            "",
        )


def check_rankings(
    report: Report, conflict: Conflict, refs: Iterable[str], hint: Hint
) -> None:
    """That the measures of each ranking exist; ``refs`` has them as ``measure:ID``."""
    measures = [ref.removeprefix("measure:") for ref in refs if ref[:8] == "measure:"]
    for number, ranking in enumerate(conflict.rankings):
        for place, measure in enumerate(ranking.measures):
            steps = ("rankings", number, "measures", place)
            if measure not in measures:
                message = f"no measure is called {measure}"
                report(steps, "dangling", message, hint(measure, measures))
