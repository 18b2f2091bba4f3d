"""The state of a base: as a page, and as the tables that a README shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.answers.document import Answer, Line, Section
from bot.answers.sentences import deed_name
from bot.answers.texts import Texts
from bot.knowledge.audit import FEW, GRADES, Audit, DeedCount
from bot.knowledge.conflict import Conflict
from bot.knowledge.documents import Grade

_NAMED = 6
"""Actors that a line names; the others are counted."""


def _kind(kind: str, texts: Texts) -> str:
    return {
        "state": texts("States"),
        "observer": texts("Observers"),
        "partially-recognised": texts("Partially recognised"),
        "breakaway": texts("Breakaway entities"),
    }[kind]


def _grade(grade: Grade, texts: Texts) -> str:
    return {
        "official": texts("official"),
        "quality": texts("well known"),
        "plain": texts("plain"),
        "weak": texts("weak"),
    }[grade]


def rule_name(rule: str, texts: Texts) -> str:
    """What a rule of the findings looks for, in words; KeyError for another rule."""
    return {
        "told-twice": texts("One deed told twice"),
        "no-end": texts("An end that only the sentence tells"),
        "weak-alone": texts("Strongest deeds on weak pages alone"),
        "old": texts("Newest fact older than a year"),
        "tally-day": texts("Dated to its tally"),
    }[rule]


def _named(codes: Sequence[str], texts: Texts) -> str:
    """How many actors, and the first of them by name."""
    if not codes:
        return "0"
    names = sorted(texts.name(code) for code in codes)
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    if more > 0:
        shown += " " + texts("and {count} more", count=more)
    return f"{len(names)} ({shown})"


def _day(day: date | None, texts: Texts) -> str:
    return texts.date(day) if day else "–"


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _state(found: Audit, texts: Texts) -> Iterable[tuple[str, str]]:
    """Labels and what stands beside them, all but facts by deed."""
    for kind, count in found.kinds.items():
        yield _kind(kind, texts), str(count)
    yield texts("Without a summary"), _named(found.without_summary, texts)
    yield (
        texts("Fewer than {count} facts beside votes", count=FEW),
        _named(found.few_facts, texts),
    )
    yield (
        texts("Strongest deeds on weak pages alone"),
        _named(found.weak_alone, texts),
    )
    yield texts("Oldest review"), _day(found.oldest_review, texts)
    yield texts("Newest fact"), _day(found.newest_fact, texts)
    rolls = texts(
        "{complete} complete, {partial} known in part",
        complete=found.complete_rolls,
        partial=found.partial_rolls,
    )
    yield texts("Roll calls"), rolls
    official = _percent(found.of_grade("official"), found.facts)
    weak = _percent(found.of_grade("weak"), found.facts)
    yield (
        texts("Facts beside votes"),
        texts(
            "{count}: {official} with an official source, {weak} on weak pages alone",
            count=found.facts,
            official=official,
            weak=weak,
        ),
    )


def _to_look_at(found: Audit, texts: Texts) -> Iterable[tuple[str, str]]:
    """How much was found by each rule but weak pages, whose actors are named above."""
    for rule, count in found.found.items():
        if rule != "weak-alone":
            yield rule_name(rule, texts), str(count)


def _grades(row: DeedCount, texts: Texts) -> str:
    told = [f"{row.grades[g]} {_grade(g, texts)}" for g in GRADES if row.grades[g]]
    return f"{row.total}: {', '.join(told)}" if told else "0"


def audit(found: Audit, conflict: Conflict, texts: Texts) -> Answer:
    """The state of a base as a page."""

    def lines(rows: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
        return tuple(Line.labelled(label, text) for label, text in rows)

    deeds = lines(
        (deed_name(row.deed, conflict, texts), _grades(row, texts))
        for row in found.deeds
    )
    return Answer(
        title=texts("The state of the base"),
        lead=Line(
            texts("As of its latest review, {date}.", date=texts.date(found.day))
        ),
        sections=(
            Section(texts("Actors and facts"), lines(_state(found, texts))),
            Section(texts("Facts by deed and grade of the best source"), deeds),
            Section(texts("To look at again"), lines(_to_look_at(found, texts))),
        ),
        on=found.day,
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table; a bar in a cell does not end it."""
    lines = [head, ["---"] * len(head), *rows]
    return [
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |"
        for line in lines
    ]


def audit_as_markdown(found: Audit, conflict: Conflict, texts: Texts) -> str:
    """The same as two Markdown tables."""
    grades = [_grade(grade, texts) for grade in GRADES]
    state = [
        (texts("As of"), texts.date(found.day)),
        *_state(found, texts),
        *_to_look_at(found, texts),
    ]
    deeds = [
        [
            deed_name(row.deed, conflict, texts),
            *(str(row.grades[grade]) for grade in GRADES),
            str(row.total),
        ]
        for row in found.deeds
    ]
    head = [texts("facts by deed"), *grades, texts("in all")]
    return "\n".join(
        [
            *_table([texts("the base"), ""], state),
            "",
            *_table(head, deeds),
        ]
    )
