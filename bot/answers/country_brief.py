"""A brief: all that a delegate needs of one country, on one page of paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from bot.alignment.assessment import Assessment, Contribution
from bot.alignment.comparison import VotesAlike, votes_alike
from bot.alignment.rubric import assess
from bot.answers import base_words, page_ids
from bot.answers.card import votes_in_words
from bot.answers.card_deeds import best_source
from bot.answers.document import Action, Answer, Citations, Line, Section
from bot.answers.headline import brief as in_short
from bot.answers.stance import lead_line, own_notes, record_line, sureness, title
from bot.answers.texts import Texts
from bot.knowledge.conflict import NEUTRAL
from bot.knowledge.facts import Base, Fact

DEEDS, AGAINST, BALLOTS, WORDS, ALIKE = 3, 2, 3, 2, 4
"""How many of each the page has."""
FACT = 240
"""Characters of a fact, about two and a half lines of the printed page."""


def _line(fact: Fact, base: Base, cites: Citations, texts: Texts) -> Line:
    """A fact with its day and its best source."""
    cited = cites.cite([best_source(fact.sources)])
    return Line(in_short(fact, FACT, base, texts), cites=cited)


def _of_each_kind(deeds: Sequence[Contribution], most: int) -> list[Fact]:
    """The strongest of each kind of deed first, then the strongest of the others."""
    first: dict[str | None, Contribution] = {}
    for each in deeds:
        first.setdefault(each.fact.deed, each)
    others = [each for each in deeds if each not in first.values()]
    return [each.fact for each in (*first.values(), *others)][:most]


def _sign(assessment: Assessment, base: Base) -> int:
    """The half of the scale of which the brief speaks: that of the verdict; where it is
    neutral, the one to which votes and deeds lean together.
    """
    toward = assessment.verdict.toward
    if toward != NEUTRAL:
        return base.conflict.sign(toward)
    return -1 if assessment.score < 0 else 1


def _deeds(assessment: Assessment, sign: int) -> list[Contribution]:
    """Deeds for the side on this half of the scale, strongest first."""
    return [
        each
        for each in assessment.contributions
        if each.fact.deed is not None and each.points * sign > 0
    ]


def _said(code: str, base: Base, on: date) -> Iterator[Fact]:
    """What the actor said by a day, newest first; what lapsed was said all the same."""
    deeds = base.conflict.deeds
    spoken = [
        fact
        for fact in base.facts(code)
        if fact.deed and deeds[fact.deed].said and fact.begins <= on
    ]
    return iter(sorted(spoken, key=lambda fact: fact.begins, reverse=True))


def _ballots(assessment: Assessment) -> Iterator[Fact]:
    """The newest ballots that count; an empty chair is none."""
    return (
        each.fact
        for each in assessment.contributions
        if each.fact.kind == "vote" and each.fact.detail != "absent"
    )


def _named(rows: Iterable[VotesAlike], texts: Texts) -> str:
    """Actors, each with the roll calls in which it voted the same."""
    return texts.row(
        texts(
            "{name} {same} of {shared}",
            name=texts.name(row.code),
            same=row.same,
            shared=row.shared,
        )
        for row in rows
    )


def _company(code: str, base: Base, texts: Texts, on: date) -> tuple[Line, ...]:
    """Who votes most and least like an actor; nothing without a shared roll call."""
    rows = votes_alike(code, base, on=on)
    if len(rows) < 2 * ALIKE:
        return ()
    most = _named(rows[:ALIKE], texts)
    as_alike = [row for row in rows[ALIKE:] if row.share == rows[0].share]
    if as_alike:
        most = texts.many(
            "{names}, and {n} more as often",
            "{names}, and {n} more as often",
            len(as_alike),
            names=most,
        )
    return (
        Line.labelled(texts("Votes most like it"), most),
        Line.labelled(
            texts("Votes least like it"), _named(reversed(rows[-ALIKE:]), texts)
        ),
    )


def _record(
    assessment: Assessment, base: Base, cites: Citations, texts: Texts
) -> list[Line]:
    """What is most telling of the voting record, as the card says it; for an actor
    whose votes another casts, by whom.
    """
    lines: list[Line] = []
    for line in record_line(assessment, base, cites, texts):
        text = line.text
        if assessment.record.total:
            text = votes_in_words(assessment.record, base, texts)[0]
        lines.append(replace(line, label="", text=texts.capital(text)))
    return lines


def country_brief(code: str, base: Base, texts: Texts, *, on: date) -> Answer:
    """Position, deeds, what speaks against it, votes, whom it votes with, its own words
    and the sources; KeyError for a code that the base does not have.
    """
    assessment = assess(code, base, on=on)
    cites = Citations()
    sign = _sign(assessment, base)

    def section(heading: str, facts: Iterable[Fact], empty: str = "") -> Section:
        lines = tuple(_line(fact, base, cites, texts) for fact in facts)
        return Section(heading, lines or ((Line(empty),) if empty else ()))

    lead = lead_line(assessment, base, cites, texts)
    sections = [
        section(
            texts("Strongest deeds"),
            _of_each_kind(_deeds(assessment, sign), DEEDS),
            texts("No deed for either side is on record."),
        ),
        section(
            texts("What speaks against it"),
            _of_each_kind(_deeds(assessment, -sign), AGAINST),
            texts("No deed for the other side is on record."),
        ),
    ]
    voted = section("", islice(_ballots(assessment), BALLOTS)).lines
    record = _record(assessment, base, cites, texts)
    votes = (*record, *voted, *_company(code, base, texts, on))
    sections += [
        Section(texts("Votes"), votes),
        section(texts("In its own words"), islice(_said(code, base, on), WORDS)),
    ]
    edition = texts(
        "Ally’s edition {revision}, of {date}",
        revision=base.revision,
        date=texts.date(base.updated),
    )
    return Answer(
        title(assessment, base, texts),
        level=assessment.level,
        lead=lead,
        sections=tuple(each for each in sections if each.lines),
        citations=cites.listed(),
        notes=(
            texts("Holds on {date}", date=texts.date(on)),
            sureness(assessment, texts),
            *base_words.facts_as_written(texts),
            *own_notes(assessment, base, None, texts),
            edition,
        ),
        on=on,
        actions=(
            Action(page_ids.card(code, on), texts("The card")),
            Action(page_ids.timeline(code, on), texts("Timeline")),
        ),
        linked=True,
    )
