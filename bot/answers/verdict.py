"""The one sentence that answers, from the rules that fired and what was done."""

from __future__ import annotations

from collections.abc import Iterable

from bot.alignment.assessment import Assessment, Said, VotingRecord
from bot.alignment.levels import PARTY, UNKNOWN
from bot.answers.base_words import deed_phrase, list_name, side_name
from bot.answers.document import Citations, Line
from bot.answers.headline import in_full
from bot.answers.sentences import in_a_row
from bot.answers.texts import Texts
from bot.knowledge.conflict import NEUTRAL, Conflict
from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base

MOST = 2 / 3
"""The share of roll calls from which an actor is said to vote so."""


def _seats(seats: list[Fact], texts: Texts) -> str:
    """That an actor sits in blocs, two at most, where nothing but that is known of a
    kind of deed: the words of the kind would say that it did more.
    """
    names = dict.fromkeys(list_name(fact, texts) for fact in seats)
    blocs = texts.listed(list(names)[:2])
    if any(fact.detail == "member" for fact in seats):
        return texts("has a seat in the {blocs}", blocs=blocs)
    return texts("has a seat without a vote in the {blocs}", blocs=blocs)


def _phrases(kinds: Iterable[Said], conflict: Conflict, texts: Texts) -> list[str]:
    """What each kind of deed says, seats together where the first of them stands."""
    said: dict[str, str] = {}
    seats: list[Fact] = []
    for kind in kinds:
        facts = [each.fact for each in kind.contributions if each.alone]
        if facts and all(fact.kind == "bloc" for fact in facts):
            seats += facts
            said["seats"] = _seats(seats, texts)
        else:
            phrase = deed_phrase(kind.deed, kind.toward, conflict, texts)
            said[f"deed {kind.deed}"] = phrase
    return list(said.values())


def _votes_with(
    votes: VotingRecord, sign: int, conflict: Conflict, texts: Texts
) -> str:
    """That the actor votes with a side, if it mostly does."""
    if not votes.total or votes.outright(sign) < MOST * votes.total:
        return ""
    return _votes_said(votes, sign, conflict, texts)


def _votes_said(
    votes: VotingRecord, sign: int, conflict: Conflict, texts: Texts
) -> str:
    """How often the actor votes with a side."""
    return texts(
        "votes with {side} ({n} of {total} roll calls)",
        side=side_name(conflict.side(sign), texts),
        n=votes.outright(sign),
        total=votes.total,
    )


def _some_votes(assessment: Assessment, base: Base, texts: Texts) -> list[str]:
    """The votes for the side of a level that nothing but them explains, be they few."""
    verdict, conflict = assessment.verdict, base.conflict
    if verdict.toward == NEUTRAL:
        return []
    sign = conflict.sign(verdict.toward)
    if not verdict.record.outright(sign):
        return []
    return [_votes_said(verdict.record, sign, conflict, texts)]


def _votes_between(votes: VotingRecord, texts: Texts) -> str:
    """That an actor between the sides takes neither in most roll calls."""
    aside = votes.total - votes.first - votes.second
    if not votes.total or aside < votes.total / 2:
        return ""
    return texts(
        "takes no side in {n} of {total} roll calls", n=aside, total=votes.total
    )


def _parts(assessment: Assessment, base: Base, texts: Texts) -> list[str]:
    """What the sentence says first: mediation, deeds, votes for the same side."""
    verdict, conflict = assessment.verdict, base.conflict
    parts = _phrases([verdict.leads] if verdict.leads else [], conflict, texts)
    parts += _phrases(verdict.deeds, conflict, texts)
    if verdict.toward == NEUTRAL:
        votes = _votes_between(verdict.record, texts)
    else:
        sign = conflict.sign(verdict.toward)
        votes = _votes_with(verdict.record, sign, conflict, texts)
    return parts + ([votes] if votes else [])


def _objections(assessment: Assessment, base: Base, texts: Texts) -> list[str]:
    """What the sentence says after *but*."""
    verdict, conflict = assessment.verdict, base.conflict
    parts = _phrases(verdict.but, conflict, texts)
    if verdict.toward != NEUTRAL:
        against = -conflict.sign(verdict.toward)
        votes = _votes_with(verdict.record, against, conflict, texts)
        parts += [votes] if votes else []
    return parts


def _numbers(assessment: Assessment, cites: Citations) -> tuple[int, ...]:
    verdict = assessment.verdict
    leads = [verdict.leads] if verdict.leads else []
    kinds = (*leads, *verdict.deeds, *verdict.but)
    facts = [kind.contributions[0].fact for kind in kinds]
    if assessment.votes.last and assessment.record.total:
        facts.append(assessment.votes.last.fact)
    numbers = [n for fact in facts for n in cites.cite(fact.sources[:1])]
    return tuple(dict.fromkeys(numbers))


def _of_a_party(
    assessment: Assessment, base: Base, cites: Citations, texts: Texts
) -> Line | None:
    """What a belligerent did, a sentence a deed in words of its own: the words of a
    kind of deed say what is done for a side, and it is that side.
    """
    kinds = [
        [each.fact for each in kind.contributions if each.fact.kind != "bloc"]
        for kind in assessment.verdict.deeds
    ]
    facts = [told[0] for told in kinds if told]
    if not facts:
        return None
    text = in_a_row([texts.sentence(in_full(fact, base, texts)[-1]) for fact in facts])
    numbers = [n for fact in facts for n in cites.cite(fact.sources[:1])]
    return Line(text, cites=tuple(dict.fromkeys(numbers)))


def verdict_line(
    assessment: Assessment, base: Base, cites: Citations, texts: Texts
) -> Line | None:
    """The sentence with its citations; None for an actor of whom it has nothing to
    say.
    """
    if assessment.level == UNKNOWN:
        return None
    if assessment.level == PARTY and (
        line := _of_a_party(assessment, base, cites, texts)
    ):
        return line
    parts = _parts(assessment, base, texts)
    objections = _objections(assessment, base, texts)
    if not parts:
        parts, objections = objections, []
    if not parts:
        parts = _some_votes(assessment, base, texts)
    if not parts:
        return None
    text = texts.listed(parts)
    if objections:
        but = texts.listed(objections)
        text = texts("{text}; but {objections}", text=text, objections=but)
    return Line(texts.sentence(text), cites=_numbers(assessment, cites))
