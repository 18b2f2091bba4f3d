"""Two to four actors beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from bot.alignment.assessment import Assessment, PillarScore
from bot.alignment.comparison import Agreement, Disagreement, Ties, agreement, ties
from bot.alignment.over_time import changes, course
from bot.alignment.rubric import assess
from bot.answers import base_words, sentences
from bot.answers.document import Answer, Citations, Line, Section
from bot.answers.sentences import (
    called,
    favoured_side,
    leaning_side,
    level_name,
    own_note,
)
from bot.answers.texts import Texts
from bot.answers.vote import roll_call_name
from bot.knowledge.documents import Vote
from bot.knowledge.facts import Base, Fact

MOST = 4
"""Actors that fit beside each other."""
_DISAGREEMENTS = {1: 4, 3: 1}
"""Roll calls shown for a pair in which it parted, by how many pairs there are."""
_CLAIM = 110
"""Characters of a claim where more than two actors share the room of one message."""


def _pillar(pillar: PillarScore, base: Base, texts: Texts) -> str:
    name = base_words.pillar_name(pillar.pillar, base.conflict, texts)
    if not pillar.facts:
        return f"{name} {texts('nothing known')}"
    bar = sentences.marks(sentences.filled(pillar.score))
    return f"{name} {bar} {leaning_side(pillar.score, base.conflict, texts)}"


def _standing(assessment: Assessment, base: Base, texts: Texts) -> Line:
    pillars = " · ".join(_pillar(each, base, texts) for each in assessment.pillars)
    level = level_name(assessment.level, base, texts)
    return Line.labelled(
        called(assessment.code, texts),
        f"{level} ({assessment.score:+.2f}) · {pillars}",
    )


def agreed(votes: Agreement, base: Base, texts: Texts) -> str:
    """How far two voted alike, in words, and in which bodies."""
    if votes.share is None:
        return texts("no roll call in which both cast a ballot")
    text = texts(
        "same ballot in {same} of {shared} shared roll calls ({share})",
        same=votes.same,
        shared=votes.shared,
        share=f"{votes.share:.0%}",
    )
    if len(votes.bodies) == 1 and votes.bodies[0].shared == votes.shared:
        body = base_words.body_short(votes.bodies[0].body, base.conflict, texts)
        return texts("{text}, all in {body}", text=text, body=body)
    if not votes.bodies:
        return text
    parts = [
        texts(
            "{body} {same} of {shared}",
            body=base_words.body_short(each.body, base.conflict, texts),
            same=each.same,
            shared=each.shared,
        )
        for each in votes.bodies
    ]
    return texts("{text}: {bodies}", text=text, bodies=", ".join(parts))


def _last_vote(code: str, base: Base, on: date) -> Vote | None:
    """The newest roll call up to a day that lists the actor."""
    listed = (vote for vote, _ in base.ballots.get(code, ()) if vote.date.first <= on)
    return max(listed, key=lambda vote: vote.date.first, default=None)


def _disagreement(
    pair: tuple[str, str],
    parted: Disagreement,
    base: Base,
    cites: Citations,
    texts: Texts,
) -> Line:
    first, second = pair
    text = texts(
        "{first} {how}, {second} {other}: {title} ({date})",
        first=texts.name(first),
        how=sentences.ballot(parted.first, texts),
        second=texts.name(second),
        other=sentences.ballot(parted.second, texts),
        title=roll_call_name(parted.vote, base, texts),
        date=texts.date(parted.vote.date),
    )
    return Line(text, cites=cites.cite(parted.vote.sources[:1]))


def _votes(
    codes: Sequence[str], base: Base, on: date, cites: Citations, texts: Texts
) -> Section:
    lines: list[Line] = []
    pairs = list(combinations(codes, 2))
    shown = _DISAGREEMENTS.get(len(pairs), 0)
    for first, second in pairs:
        votes = agreement(first, second, base, on=on)
        last = _last_vote(first, base, on) if votes.shared else None
        lines.append(
            Line.labelled(
                f"{texts.name(first)} – {texts.name(second)}",
                agreed(votes, base, texts),
                cites=cites.cite(last.sources[:1]) if last else (),
            )
        )
        lines += [
            _disagreement((first, second), parted, base, cites, texts)
            for parted in votes.parted[:shown]
        ]
    return Section(texts("Votes"), tuple(lines))


def _tie(
    tie: Mapping[str, Fact],
    codes: Sequence[str],
    base: Base,
    cites: Citations,
    texts: Texts,
) -> Line:
    fact = next(iter(tie.values()))
    side = favoured_side(fact.toward, base.conflict, texts)
    cited = cites.cite(source for each in tie.values() for source in each.sources[:1])
    who = ""
    if len(tie) < len(codes):
        who = ", ".join(texts.name(code) for code in codes if code in tie) + ": "
    detail = ""
    if fact.kind == "bloc":
        standings = {sentences.standing(each.detail, texts) for each in tie.values()}
        detail = f" ({', '.join(sorted(standings))})"
    words = fact.text
    if fact.kind in {"bloc", "measure"}:
        words = base_words.list_name(fact, texts)
    _, _, listed = (fact.part_of or fact.ref).partition(":")
    measure = base.measures.get(listed)
    # Who is missing from a list that is not full may have done the same.
    scope = base_words.measure_scope(measure, texts) if measure and who else ""
    scope = f" · {scope}" if scope else ""
    return Line(
        f"{who}{words}{detail} · {side}{scope}",
        cites=tuple(dict.fromkeys(cited))[: 2 if len(codes) == 2 else 1],
    )


def _ties(
    common: Ties, codes: Sequence[str], base: Base, cites: Citations, texts: Texts
) -> list[Section]:
    sections: list[Section] = []
    for heading, rows in (
        (texts("Share"), common.shared),
        (texts("Only some"), common.partial),
    ):
        if not rows:
            continue
        shown = 4 if len(codes) == 2 else 2
        lines = [_tie(tie, codes, base, cites, texts) for tie in rows[:shown]]
        if len(rows) > shown:
            lines.append(
                Line(texts.many("and {n} more", "and {n} more", len(rows) - shown))
            )
        sections.append(Section(heading, tuple(lines)))
    return sections


def _moved(
    code: str, base: Base, on: date, cites: Citations, texts: Texts, *, short: bool
) -> Line:
    """What moved the actor since the day before it began."""
    name = texts.name(code)
    eve = base.conflict.began.first - timedelta(days=1)
    if on <= eve:
        return Line.labelled(
            name, base_words.once("times.not_begun", base.conflict, texts)
        )
    before, after = assess(code, base, on=eve).level, assess(code, base, on=on).level
    was, now = level_name(before, base, texts), level_name(after, base, texts)
    if before == after:
        return Line.labelled(name, texts("{level}, before and now", level=now))
    turns = [
        stop
        for _, stop in changes(course(code, base, begin=eve, end=on))
        if stop.level == after
    ]
    fact = next(iter(turns[-1].facts), None) if turns else None
    text = f"{was} → {now}"
    if fact is None:
        return Line.labelled(name, text)
    claim = sentences.fact(fact, texts)
    if short:
        claim = sentences.shortened(claim, _CLAIM)
    return Line.labelled(name, f"{text}: {claim}", cites=cites.cite(fact.sources[:1]))


def comparison(codes: Sequence[str], base: Base, texts: Texts, *, on: date) -> Answer:
    """The Answer for two to four different actors; KeyError for a code that the base
    does not have.
    """
    cites = Citations()
    standings = tuple(
        _standing(assess(code, base, on=on), base, texts) for code in codes
    )
    sections = [Section("", standings)]
    sections.append(_votes(codes, base, on, cites, texts))
    sections += _ties(ties(tuple(codes), base, on=on), codes, base, cites, texts)
    moved = tuple(
        _moved(code, base, on, cites, texts, short=len(codes) > 2) for code in codes
    )
    sections.append(
        Section(base_words.once("times.since", base.conflict, texts), moved)
    )
    notes = [
        texts("Holds on {date}", date=texts.date(on)),
        texts(
            "Only roll calls in which both cast a ballot are counted; staying away "
            "is not."
        ),
    ]
    notes += own_note(codes, base, texts)
    title = " · ".join(called(code, texts) for code in codes)
    return Answer(
        title,
        sections=tuple(sections),
        citations=cites.listed(),
        notes=tuple(notes),
        on=on,
    )
