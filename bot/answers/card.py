"""The card: where an actor stands, on one screen of a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.alignment.assessment import Assessment, VotingRecord
from bot.answers import base_words, sentences, stance, web_pages
from bot.answers.card_deeds import (
    PillarWords,
    ToldLine,
    Way,
    best_source,
    cited_best,
    fitted,
    pillar_line,
    pillar_words,
    ways_to_say,
)
from bot.answers.card_fullness import FULLNESS, LARGEST, USUAL, Fullness
from bot.answers.document import Answer, Citations, Line, Section
from bot.answers.headline import is_as_written, sentences_of
from bot.answers.screen import NOTE_WIDTH, Size, rows_of, seen, size
from bot.answers.texts import Texts
from bot.answers.verdict import verdict_line
from bot.knowledge.documents import Source
from bot.knowledge.facts import Base, Fact

LEAST_AGAINST = 0.1
"""Points for the other side from which a *but* is said where there is room."""


def _empty_pillars(
    assessment: Assessment, base: Base, texts: Texts
) -> tuple[Line, ...]:
    """The pillars of which nothing is told, in one line."""
    empty = [each.pillar for each in assessment.pillars if not each.facts]
    if not empty:
        return ()
    said = sentences.empty_pillars(empty, assessment, base, texts)
    names = [base_words.pillar_name(each, base.conflict, texts) for each in empty]
    return (Line.labelled(texts.listed(names), said),)


def _sides_taken(
    record: VotingRecord, signs: Sequence[int], base: Base, texts: Texts
) -> list[str]:
    """How often an actor voted with these sides, without those with which it never
    did.
    """
    return [
        texts(
            "with {side} in {n}",
            side=base_words.side_name(base.conflict.side(sign), texts),
            n=record.outright(sign),
        )
        for sign in signs
        if record.outright(sign)
    ]


def votes_in_words(record: VotingRecord, base: Base, texts: Texts) -> tuple[str, ...]:
    """What is most telling of a record with at least one roll call: the side with which
    the actor votes most, or that it mostly abstains or stays away. From the fullest way
    to say it to the shortest.
    """
    counts = {
        "second": record.second,
        "first": record.first,
        "abstained": record.abstained,
        "absent": record.absent,
    }
    most = max(counts, key=lambda kind: counts[kind])
    sign = {"first": -1, "second": 1}.get(most, 0)
    values: dict[str, object] = {"n": counts[most], "total": record.total}
    values |= {"when": sentences.when_cast(record, base.conflict, texts)}
    if sign:
        values |= {"side": base_words.side_name(base.conflict.side(sign), texts)}
        text = texts("with {side} in {n} of {total} roll calls", **values)
        when = texts("with {side} in {n} of {total} roll calls {when}", **values)
    elif most == "abstained":
        text = texts("abstained in {n} of {total} roll calls", **values)
        when = texts("abstained in {n} of {total} roll calls {when}", **values)
    else:
        text = texts("absent from {n} of {total} roll calls", **values)
        when = texts("absent from {n} of {total} roll calls {when}", **values)
    others = texts.row(
        ["", *_sides_taken(record, [-sign] if sign else [-1, 1], base, texts)]
    )
    shortest = text if record.since_began else when
    ways = [when + others, shortest + others, when, shortest]
    if sign and record.since_began:
        ways.append(texts("{side}: {n} of {total}", **values))
    return tuple(dict.fromkeys(ways))


@dataclass(frozen=True, slots=True)
class _VotesWords:
    """Ways to say how an actor votes, from the fullest to the shortest, and the source
    that shows it.
    """

    ways: Sequence[str]
    sources: Sequence[Source]


def _votes_line(
    votes: _VotesWords, full: Fullness, cites: Citations, texts: Texts
) -> Line:
    """The votes in a line: the first way that fits, or the last."""
    cited = cites.cite(votes.sources)
    lines = [Line.labelled(texts("Votes"), text, cites=cited) for text in votes.ways]
    fitting = (line for line in lines if rows_of(seen(line)) <= full.votes)
    return next(fitting, lines[-1])


def _votes_words(
    assessment: Assessment, base: Base, texts: Texts
) -> _VotesWords | None:
    """How an actor votes; of one whose votes another casts, by whom; None for one
    without any.
    """
    not_own = assessment.votes.not_own
    if not assessment.record.total and not_own:
        ways = (not_own.fact.spoken_for, texts("not cast by those who rule"))
        return _VotesWords(ways, not_own.fact.sources[-1:])
    newest = [c.fact for c in assessment.contributions if c.fact.kind == "vote"]
    if not assessment.record.total or not newest:
        return None
    last = assessment.votes.last
    shown_by = last.fact if last else newest[0]
    ways = votes_in_words(assessment.record, base, texts)
    return _VotesWords(ways, [best_source(shown_by.sources)])


def _may_say_but(assessment: Assessment, full: Fullness) -> bool:
    """Whether there is a fact on the other side that a card has to tell, or may."""
    if assessment.counter is None:
        return False
    small = full.small and assessment.against >= LEAST_AGAINST
    return small or not assessment.confidence.agree


def _but_ways(assessment: Assessment, base: Base, texts: Texts) -> tuple[Way, ...]:
    """Ways to say the strongest fact on the other side, the best first; none where
    there is no such fact.
    """
    counter = assessment.counter
    if counter is None:
        return ()
    bare = Line.labelled(texts("But"))
    return tuple(
        way
        for own in (True, False)
        for way in ways_to_say(counter.fact, bare, base, texts, own=own)
    )


def _but_line(
    words: _Words,
    full: Fullness,
    shown: Sequence[ToldLine],
    cites: Citations,
    texts: Texts,
) -> ToldLine | None:
    """The strongest fact on the other side, where deeds or votes disagree and no
    pillar's line tells it already.
    """
    if not words.but or not _may_say_but(words.assessment, full):
        return None
    fact = words.but[0].fact
    if fact in [told.fact for told in shown]:
        return None
    said = " ".join(told.line.text for told in shown)
    way = fitted(words.but, full.but, said)
    if way is None:
        return None
    cited = cited_best(fact, cites)
    line = Line.labelled(texts("But"), way.text, cites=cited)
    return ToldLine(line, fact, is_as_written(way.words, fact))


def _mediated(assessment: Assessment) -> Fact | None:
    """What an actor mediated, where that leads: its newest."""
    leads = assessment.verdict.leads
    if leads is None:
        return None
    facts = [each.fact for each in leads.contributions]
    return max(facts, key=lambda fact: fact.begins)


def _brief(assessment: Assessment) -> Assessment:
    """With a verdict that says less: two kinds of deed, and votes only where nothing
    was done; the other lines of the card say the rest.
    """
    verdict = assessment.verdict
    record = verdict.record
    if verdict.deeds:
        record = replace(record, first=0, second=0, abstained=0, total=0)
    verdict = replace(verdict, deeds=verdict.deeds[:2], record=record, but=())
    return replace(assessment, verdict=verdict)


def _composed(
    assessment: Assessment,
    full: Fullness,
    base: Base,
    cites: Citations,
    texts: Texts,
) -> Line:
    """The sentence from what was done; of a mediator, what it mediated comes first."""
    mediated = _mediated(assessment)
    if mediated is None:
        found = _brief(assessment) if full.sentences == 1 else assessment
        return stance.composed(found, base, cites, texts)
    words = mediated.detail if mediated.kind == "measure" else mediated.text
    text = f"{sentences_of(words)[0].removesuffix('.')}."
    cited = cited_best(mediated, cites)
    rest = replace(assessment, verdict=replace(assessment.verdict, leads=None))
    more = verdict_line(rest, base, cites, texts) if full.sentences > 1 else None
    if more:
        text = sentences.in_a_row((text, more.text))
        cited = (*cited, *more.cites)
    return Line(text, cites=tuple(dict.fromkeys(cited)))


def _lead(
    words: _Words, full: Fullness, base: Base, cites: Citations, texts: Texts
) -> Line:
    """The written summary, or its first sentence, or a composed one."""
    assessment, facts = words.assessment, words.summary
    summary = base_words.summary_of(assessment.code, base, texts)
    if not facts or not summary:
        line = _composed(assessment, full, base, cites, texts)
        return replace(line, cites=line.cites[: full.cites])
    added = base.added.get(assessment.code)
    text = sentences.in_a_row(sentences_of(summary)[: full.sentences])
    if added and added.summary:
        text = f"{sentences.OWN} {text}"
    numbers = [n for fact in facts[: full.cites] for n in cited_best(fact, cites)]
    return Line(text, cites=tuple(dict.fromkeys(numbers)))


def _sure(assessment: Assessment, last: str, texts: Texts) -> str:
    """How sure the answer is, its day, and what stands last in the line."""
    return texts(
        "Sure: {grade} · {date} · {facts}",
        grade=sentences.sureness_grade(assessment.confidence.grade, texts),
        date=texts.date(assessment.on),
        facts=last,
    )


def sure(assessment: Assessment, texts: Texts) -> str:
    """How sure the answer is, its day, and how many facts speak."""
    facts = sum(
        (each.fact.kind, each.fact.detail) != ("vote", "absent")
        for each in assessment.contributions
    )
    count = texts.many("{n} fact", "{n} facts", facts)
    return _sure(assessment, count, texts)


def _notes(
    words: _Words, untranslated: Sequence[str], full: Fullness, texts: Texts
) -> tuple[str, ...]:
    """How sure the answer is, and what is translated; in one line where it fits, in
    which that stands for the count of facts where the card is short of lines.
    """
    plain = words.sure
    for note in untranslated:
        said = note.rstrip(".。")
        joined = [f"{plain} · {said}"]
        if full.joined:
            joined.append(_sure(words.assessment, said, texts))
        for line in joined:
            if rows_of(line, NOTE_WIDTH) == 1:
                return (line,)
    return (plain, *untranslated)


def _untranslated(
    words: _Words, told: Sequence[ToldLine], base: Base, texts: Texts
) -> list[str]:
    """That facts are not translated, where the card has words of one, or a summary or
    a mediation as it was written; that a summary is, where it is.
    """
    assessment, facts = words.assessment, words.summary
    lead = _mediated(assessment) is not None
    translated = False
    if facts and (summary := base_words.summary_of(assessment.code, base, texts)):
        translated = summary != base.countries[assessment.code].summary
        lead = not translated
    if lead or any(each.is_as_written for each in told):
        return stance.as_written(assessment, base, texts)
    return base_words.summary_note(texts) if translated else []


@dataclass(frozen=True, slots=True)
class _Words:
    """What a card may say of an actor, however full it is: how sure that is, the facts
    under its summary, its pillars with facts, the line of the others, its votes, and
    what it did for the other side.
    """

    assessment: Assessment
    sure: str
    summary: Sequence[Fact] | None
    pillars: Sequence[PillarWords]
    empty: Sequence[Line]
    votes: _VotesWords | None
    but: Sequence[Way]


def _words(assessment: Assessment, base: Base, texts: Texts) -> _Words:
    """All of it, worked out once for every card that is tried."""
    return _Words(
        assessment,
        sure(assessment, texts),
        stance.facts_of_summary(assessment, base),
        [pillar_words(each, base, texts) for each in assessment.pillars if each.facts],
        _empty_pillars(assessment, base, texts),
        _votes_words(assessment, base, texts),
        _but_ways(assessment, base, texts),
    )


def _built(
    words: _Words, full: Fullness, base: Base, cites: Citations, texts: Texts
) -> Answer:
    assessment = words.assessment
    lead = _lead(words, full, base, cites, texts)
    weakest = sorted(words.pillars, key=lambda each: abs(each.pillar.score))
    short = weakest[: full.short]
    said, shown = lead.text, list[ToldLine]()
    for each in words.pillars:
        rows = 1 if each in short else full.deed
        if each in weakest[: full.bare]:
            rows = 0
        line = pillar_line(each, rows, said, cites, terse=full.terse)
        shown.append(line)
        said = f"{said} {shown[-1].line.text}"
    lines = [told.line for told in shown]
    lines += words.empty
    if words.votes:
        lines.append(_votes_line(words.votes, full, cites, texts))
    if but := _but_line(words, full, shown, cites, texts):
        lines.append(but.line)
        shown.append(but)
    return Answer(
        stance.title(assessment, base, texts),
        level=assessment.level,
        lead=lead,
        sections=(Section("", tuple(lines)),),
        citations=cites.listed(),
        notes=_notes(words, _untranslated(words, shown, base, texts), full, texts),
        on=assessment.on,
        linked=True,
        web=web_pages.actor(assessment.code, base, texts),
    )


def plain_card(
    assessment: Assessment, base: Base, texts: Texts, cites: Citations | None = None
) -> Answer:
    """The card without buttons and without what a server added beside it: as full as
    fits on the screen. ``cites`` are numbers given out already.
    """
    contradicted = assessment.against >= base.conflict.contradiction.points
    # What does not fit the usual size even at its tersest may as well say more.
    sizes = (LARGEST,) if contradicted else (USUAL, LARGEST)
    words = _words(assessment, base, texts)

    @cache
    def taken(full: Fullness) -> Size:
        return size(_built(words, full, base, Citations(), texts))

    def fits(full: Fullness, most: Size) -> bool:
        narrowed = full.narrowed(len(words.pillars), but=bool(words.but))
        return taken(narrowed).within(most)

    fullness, within = next(
        ((full, most) for most in sizes for full in FULLNESS if fits(full, most)),
        (FULLNESS[-1], sizes[-1]),
    )
    # A number more behind the lead, where it costs no words.
    fullness = next(
        (more for more in fullness.better_cited() if fits(more, within)), fullness
    )
    return _built(words, fullness, base, cites or Citations(), texts)


def _own(
    assessment: Assessment, found: Answer, base: Base, cites: Citations, texts: Texts
) -> tuple[Section, ...]:
    """What the server added and the card does not tell yet."""
    shown = tuple(line for section in found.sections for line in section.lines)
    return (
        *stance.own_facts(assessment, shown, cites, texts),
        *stance.own_judgement(assessment, base, cites, texts),
    )


def with_own(
    assessment: Assessment,
    base: Base,
    texts: Texts,
    *,
    shipped: Assessment | None = None,
) -> Answer:
    """The card without buttons, with what a server added beside it. ``shipped`` is what
    the base alone says where a server's entries lie over it.
    """
    cites = Citations()
    found = plain_card(assessment, base, texts, cites)
    sections = found.sections
    if assessment.code in base.added:
        sections += _own(assessment, found, base, cites, texts)
    notes = (*found.notes, *stance.own_notes(assessment, base, shipped, texts))
    return replace(found, sections=sections, citations=cites.listed(), notes=notes)


def card(
    assessment: Assessment,
    base: Base,
    texts: Texts,
    *,
    today: date,
    shipped: Assessment | None = None,
) -> Answer:
    """The card for one actor on one day; ``today`` only decides what is overdue."""
    found = with_own(assessment, base, texts, shipped=shipped)
    if stance.is_stale(assessment, base, today):
        found = replace(found, notes=(*found.notes, stance.stale_note(texts)))
    return found
