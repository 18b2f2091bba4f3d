"""Behind an answer: every fact with its points, the actor's ballots, and the method."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.alignment.assessment import Assessment, Contribution
from bot.answers import base_words, page_ids, sentences, web_pages
from bot.answers.document import Answer, Citations, Line, Section
from bot.answers.paging import page_of
from bot.answers.stance import title
from bot.answers.texts import Texts, places_of
from bot.knowledge.facts import Base, Fact

PER_PAGE = 6
"""Facts or ballots on a page."""
CITED = 3
"""Facts cited under a rule."""
_PLACES = 2
"""Decimal places of points."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A fact of the page: what it counts for, or that it is over."""

    label: str
    fact: Fact
    counts_less: bool = False
    """Whether the label has in brackets what the fact would bring alone."""


def _counts_less(each: Contribution) -> bool:
    """Whether a fact brings less than it would alone, as others of its kind came
    first.
    """
    return bool(each.alone) and round(each.points - each.alone, _PLACES) != 0


def _points(each: Contribution, texts: Texts) -> str:
    """What a fact brings; behind it in brackets what it would bring alone, where that
    is something else.
    """
    points = texts.signed(each.points, _PLACES)
    if not _counts_less(each):
        return points
    return f"{points} ({texts.signed(each.alone, _PLACES)})"


def _rows(assessment: Assessment, base: Base, texts: Texts) -> list[_Row]:
    """Each fact that holds, then what lapsed or ended; empty chairs are left out."""
    conflict = base.conflict
    rows: list[_Row] = []
    for each in assessment.contributions:
        fact = each.fact
        if fact.kind != "vote":
            name = sentences.deed_name(fact.deed, conflict, texts)
            worth = f"{_points(each, texts)} {name}" if fact.deed else name
            rows.append(_Row(worth, fact, bool(fact.deed) and _counts_less(each)))
        elif fact.detail != "absent":
            points = texts.signed(each.points, _PLACES)
            rows.append(_Row(f"{points} {texts('Vote')}", fact))
    for fact in assessment.past:
        over = texts("lapsed") if fact.lapsed(assessment.on) else texts("ended")
        name = sentences.deed_name(fact.deed, conflict, texts)
        rows.append(_Row(f"{over}: {name}", fact))
    return rows


def _of_those_before(since: date, texts: Texts) -> str:
    """Why ballots up to a day are shown and not counted."""
    return texts(
        "Ballots from before {date} are those of a government that was overthrown, and "
        "no longer count.",
        date=texts.date(since),
    )


def _remarks(
    facts: Iterable[Fact], base: Base, texts: Texts, *, on: date
) -> tuple[str, ...]:
    """What a reader should know of some facts, each once: how far their lists go, and
    who cast a ballot that is not counted.
    """
    remarks: list[str] = []
    for fact in facts:
        if fact.spoken_for:
            remarks.append(fact.spoken_for)
        if fact.counts_until and fact.counts_until <= on:
            remarks.append(_of_those_before(fact.counts_until, texts))
        _, _, listed = (fact.part_of or fact.ref).partition(":")
        measure = base.measures.get(listed)
        if measure and measure.scope:
            remarks.append(
                texts(
                    "{list}: {scope}",
                    list=base_words.measure_name(measure, texts),
                    scope=base_words.measure_scope(measure, texts),
                )
            )
    return tuple(dict.fromkeys(remarks))


def _rules(
    assessment: Assessment, base: Base, cites: Citations, texts: Texts
) -> tuple[Line, ...]:
    """The rules that named the level, in the words of the base, with the sources of
    the strongest facts that satisfied them.
    """
    lines: list[Line] = []
    for rule in assessment.fired:
        facts = [each.fact for each in rule.contributions[:CITED]]
        numbers = [n for fact in facts for n in cites.cite(fact.sources[:1])]
        lines.append(
            Line.labelled(
                sentences.level_name(rule.level, base, texts),
                base_words.rule_sentence(
                    rule.id, rule.sentence, rule.toward, base.conflict, texts
                ),
                cites=tuple(dict.fromkeys(numbers)),
            )
        )
    return tuple(lines)


def _balance(assessment: Assessment, base: Base, texts: Texts) -> str:
    """The sum of it all, and of what it is made."""
    names = {
        side.sign: base_words.side_name(side, texts) for side in base.conflict.sides
    }
    score = texts.signed(assessment.score, _PLACES)
    deeds = texts.signed(assessment.mean, _PLACES)
    if assessment.record.value is None:
        return texts(
            "Balance {score} from −1 ({first}) to +1 ({second}): deeds {deeds}, no "
            "votes that count.",
            score=score,
            first=names[-1],
            second=names[1],
            deeds=deeds,
        )
    return texts(
        "Balance {score} from −1 ({first}) to +1 ({second}): deeds {deeds}, record "
        "of votes {votes}.",
        score=score,
        first=names[-1],
        second=names[1],
        deeds=deeds,
        votes=texts.signed(assessment.record.value, _PLACES),
    )


def _in_brackets(rows: Iterable[_Row], texts: Texts) -> list[str]:
    """What stands in brackets behind points, where it does: no note or one."""
    if not any(row.counts_less for row in rows):
        return []
    return [
        texts(
            "In brackets: what the act would count alone. Acts of one kind together "
            "count only up to a limit."
        )
    ]


def evidence(assessment: Assessment, base: Base, texts: Texts, *, page: int) -> Answer:
    """Why: the rules that named the level, every fact with its points and citation,
    strongest first, then what lapsed or ended.
    """
    cites = Citations()
    shown = page_of(_rows(assessment, base, texts), page, size=PER_PAGE)
    lines = tuple(
        Line.labelled(
            row.label,
            sentences.fact(row.fact, texts),
            cites=cites.cite(row.fact.sources),
        )
        for row in shown.rows
    )
    if not lines:
        lines = (Line(texts("No fact about this actor holds on that day.")),)
    remarks = _remarks((row.fact for row in shown.rows), base, texts, on=assessment.on)
    sections = [Section(texts("Facts"), lines)]
    if assessment.fired and shown.number == 1:
        rules = _rules(assessment, base, cites, texts)
        sections.insert(0, Section(texts("Rules"), rules))
    return Answer(
        title(assessment, base, texts),
        level=assessment.level,
        sections=tuple(sections),
        citations=cites.listed(),
        notes=(
            shown.note(texts),
            _balance(assessment, base, texts),
            *_in_brackets(shown.rows, texts),
            *remarks,
            *base_words.facts_as_written(texts),
        ),
        on=assessment.on,
        actions=shown.turns(
            page_ids.of_actor("evidence", assessment.code, assessment.on, "{page}"),
            texts,
        ),
        web=web_pages.actor(assessment.code, base, texts),
    )


def votes(assessment: Assessment, base: Base, texts: Texts, *, page: int) -> Answer:
    """Each roll call up to the day and how the actor voted, newest first."""
    cites = Citations()
    shown = page_of(
        [
            (vote, ballot)
            for vote, ballot in reversed(base.ballots.get(assessment.code, ()))
            if vote.date.first <= assessment.on
        ],
        page,
        size=PER_PAGE,
    )
    lines: list[Line] = []
    not_counted: list[str] = []
    for vote, ballot in shown.rows:
        sources = vote.sources
        if other := vote.spoken_for.get(assessment.code):
            not_counted.append(other.reason)
            sources += other.sources
        text = texts(
            "{symbol}, {date}: {title} (adopted {yes}–{no}, {abstain} abstaining)",
            symbol=vote.symbol,
            date=texts.date(vote.date),
            title=vote.title,
            yes=vote.tally.yes,
            no=vote.tally.no,
            abstain=vote.tally.abstain,
        )
        cast = sentences.ballot(ballot, texts)
        lines.append(Line.labelled(cast, text, cites=cites.cite(sources)))
    if not lines:
        none = texts(
            "No roll call lists this actor: it has no vote in a body that voted, or "
            "none was held."
        )
        lines = [Line(none)]
    record = assessment.votes
    counted = texts(
        "{yes} yes, {no} no, {abstain} abstained, {absent} absent of {total}",
        yes=record.yes,
        no=record.no,
        abstain=record.abstain,
        absent=record.absent,
        total=record.total,
    )
    since = base.countries[assessment.code].ballots_since
    if since and since.first <= assessment.on:
        not_counted.append(_of_those_before(since.first, texts))
    return Answer(
        title(assessment, base, texts),
        level=assessment.level,
        sections=(Section(texts("Votes"), tuple(lines)),),
        citations=cites.listed(),
        notes=(
            shown.note(texts),
            counted,
            *dict.fromkeys(not_counted),
            *base_words.facts_as_written(texts),
        ),
        on=assessment.on,
        actions=shown.turns(
            page_ids.of_actor("votes", assessment.code, assessment.on, "{page}"), texts
        ),
        web=web_pages.actor(assessment.code, base, texts),
    )


def _deeds(pillar: str, base: Base, texts: Texts) -> str:
    """The kinds of deed of a pillar with their points, in a row."""
    return texts.listed(
        [
            f"{sentences.deed_name(key, base.conflict, texts)} "
            f"{texts.number(deed.points, places_of(deed.points))}"
            for key, deed in base.conflict.deeds.items()
            if deed.pillar == pillar
        ]
    )


def method(base: Base, texts: Texts) -> Answer:
    """The rules in words, with the numbers that conflict.yaml gives."""
    conflict = base.conflict
    pillars = tuple(
        Line.labelled(
            f"{base_words.pillar_name(key, conflict, texts)} "
            f"{texts.percent(pillar.share)}",
            f"{base_words.pillar_reason(key, conflict, texts)} "
            f"{texts.sentence(_deeds(key, base, texts))}",
        )
        for key, pillar in conflict.pillars.items()
    )
    ballots = tuple(
        Line.labelled(
            f"{sentences.ballot(word, texts)} "
            f"{texts.signed(worth.points, places_of(worth.points))}",
            base_words.ballot_reason(word, conflict, texts),
        )
        for word, worth in conflict.record.ballots.items()
    )
    rules = [
        Line.labelled(
            sentences.level_name(rule.level, base, texts),
            base_words.rule_sentence(
                rule.id,
                rule.sentence,
                conflict.level(rule.level).toward,
                conflict,
                texts,
            ),
        )
        for rule in conflict.rules
    ]
    lead = texts(
        "What an actor did counts by its kind, for as long as such deeds count; its "
        "votes make a record. The first of these rules that holds names the level."
    )
    known = texts(
        "An actor of whom nothing is told has no level; few facts make an answer "
        "unsure, never blank."
    )
    record = base_words.once("record.reason", conflict, texts)
    return Answer(
        texts("How Ally decides"),
        lead=Line(lead),
        sections=(
            Section(texts("Rules"), tuple(rules)),
            Section(texts("Pillars and kinds of deed"), pillars),
            Section(texts("Votes"), (*ballots, Line(record))),
            Section(texts("Not enough known"), (Line(known),)),
        ),
        web=web_pages.page(web_pages.METHOD, texts),
    )
