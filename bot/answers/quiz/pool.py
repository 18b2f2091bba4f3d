"""What a base offers for questions on a day: only what it can prove, and nothing that
rests on weak sources or on a level that is not sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.alignment.assessment import Assessment
from bot.alignment.forecasts import Claim, claims
from bot.alignment.rubric import PARTY, UNKNOWN, assess
from bot.answers.document import Citations
from bot.answers.headline import sentences_of
from bot.answers.quiz.question import Settled
from bot.answers.texts import english
from bot.answers.verdict import verdict_line
from bot.knowledge.base_changes import ActorFact
from bot.knowledge.documents import Source
from bot.knowledge.facts import Base, Fact
from bot.knowledge.values import BALLOTS, Ballot
from bot.names import regions

_LONGEST = 150
"""Characters of a sentence that is a choice: four of them fit on one screen."""
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
"""A year in a sentence, which would give away what came first."""


def proven(sources: Iterable[Source]) -> bool:
    """Whether something rests on more than weak sources."""
    return any(not source.weak for source in sources)


def proofs_of_level(assessment: Assessment) -> tuple[Fact, ...]:
    """The facts that the sentence about an actor's level names."""
    verdict = assessment.verdict
    leads = (verdict.leads,) if verdict.leads else ()
    kinds = (*leads, *verdict.deeds, *verdict.but)
    facts = [kind.contributions[0].fact for kind in kinds]
    if assessment.votes.last and assessment.record.total:
        facts.append(assessment.votes.last.fact)
    return tuple(facts)


def _is_sure(assessment: Assessment) -> bool:
    """Whether Ally is sure of an actor's level."""
    confidence = assessment.confidence
    is_level = assessment.level not in {PARTY, UNKNOWN}
    return is_level and confidence.grade != "low" and not confidence.weak_alone


def _is_explained(assessment: Assessment, base: Base) -> bool:
    """Whether it can be said why an actor stands where it does, from good sources."""
    proofs = proofs_of_level(assessment)
    said = verdict_line(assessment, base, Citations(), english())
    return bool(said and proofs) and all(proven(fact.sources) for fact in proofs)


@dataclass(frozen=True, slots=True)
class Roll:
    """A complete roll call with the ballots that may be asked about."""

    vote: str
    ballots: Mapping[str, Ballot]
    """By the actor's code."""


class Pool:
    """What questions of one base on one day are made of; each part is worked out when
    it is first asked for (the levels of 200 actors take a quarter of a second).
    """

    def __init__(self, base: Base, on: date) -> None:
        self.base, self.on = base, on

    def within(self, area: str) -> frozenset[str]:
        """The actors of a region, of the whole world without one; nobody for a region
        that there is not.
        """
        codes = frozenset(self.base.countries) - set(self.base.conflict.parties)
        if not area:
            return codes
        try:
            return codes & regions.within(area)
        except KeyError:
            return frozenset()

    @cached_property
    def groups(self) -> Mapping[str, frozenset[str]]:
        """For each actor the regions in which it lies and the blocs in which it
        sits.
        """
        groups: dict[str, set[str]] = {code: set() for code in self.base.countries}
        for region in regions.ALL_REGIONS:
            for code in regions.within(region) & groups.keys():
                groups[code].add(region)
        for bloc in self.base.blocs.values():
            for seat in bloc.members:
                if seat.code in groups and seat.until is None:
                    groups[seat.code].add(bloc.id)
        return {code: frozenset(names) for code, names in groups.items()}

    @cached_property
    def rolls(self) -> tuple[Roll, ...]:
        """Complete roll calls up to the day; ballots cast for somebody else, and those
        of the belligerents, are left out.
        """
        anybody = self.within("")
        rolls: list[Roll] = []
        for vote in sorted(self.base.votes.values(), key=lambda each: each.id):
            if vote.partial or vote.date.last > self.on or not proven(vote.sources):
                continue
            cast_: dict[str, Ballot] = {
                code: ballot
                for ballot in BALLOTS
                for code in vote.roll(ballot)
                if code in anybody and code not in vote.spoken_for
            }
            rolls.append(Roll(vote.id, cast_))
        return tuple(rolls)

    @cached_property
    def levels(self) -> Mapping[str, str]:
        """The level of each actor that may be asked about, by code: Ally is sure of it,
        and can say why.
        """
        return {
            each.code: each.level
            for each in self._sure.values()
            if _is_explained(each, self.base)
        }

    @cached_property
    def _sure(self) -> Mapping[str, Assessment]:
        found = (assess(code, self.base, on=self.on) for code in self._codes)
        return {each.code: each for each in found if _is_sure(each)}

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        return tuple(sorted(self.within("")))

    @cached_property
    def told(self) -> tuple[ActorFact, ...]:
        """What happened on a known day, the oldest first."""
        told = [
            ActorFact(code, fact)
            for code in self._codes
            for fact in self.base.facts(code)
            if self._datable(fact)
        ]
        told.sort(key=lambda each: (each.fact.date.first, each.code, each.fact.ref))
        return tuple(told)

    def _datable(self, fact: Fact) -> bool:
        return (
            fact.kind == "event"
            and not fact.own
            and fact.date.day is not None
            and fact.date.first <= self.on
            and len(fact.text) <= _LONGEST
            and not _YEAR.search(fact.text)
            and len(sentences_of(fact.text)) == 1
            and all(not source.weak for source in fact.sources)
        )

    @cached_property
    def settled(self) -> Mapping[str, tuple[Settled, ...]]:
        """What claims about one actor came to, by the forecast's id; what depends on a
        level counts only where that is sure.
        """
        found: dict[str, tuple[Settled, ...]] = {}
        for forecast in self.base.forecasts.values():
            if forecast.date.last > self.on:
                continue
            rows = [
                settled
                for claim in claims(forecast, self.base, on=self.on)
                if (settled := self._settled(claim))
            ]
            once = {each.code: each for each in rows}
            doubled = len(once) != len(rows)
            found[forecast.id] = () if doubled else tuple(rows)
        return found

    def _settled(self, claim: Claim) -> Settled | None:
        """A claim about one actor that a fact settled; None for any other."""
        scored, because = claim.scored, claim.scored.because
        code, outcome = scored.named.code, scored.outcome
        if code is None or code in self.base.conflict.parties:
            return None
        if because is None or not proven(because.fact.sources):
            return None
        if because.fact.begins < scored.forecast.date.first:
            # What was done before was not foretold.
            return None
        by_deed = outcome == "hit" and bool(scored.named.subject)
        if not by_deed and code not in self._sure:
            return None
        if outcome in {"open", "unknown"}:
            return None
        return Settled(code, outcome, because.fact)
