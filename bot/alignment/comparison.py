"""Two actors beside each other: how they voted, what they share, and where they went
different ways.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.knowledge.conflict import NEUTRAL
from bot.knowledge.documents import Vote
from bot.knowledge.fact import Fact
from bot.knowledge.facts import Base
from bot.knowledge.values import Ballot

_CAST: tuple[Ballot, ...] = ("yes", "no", "abstain")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A roll call in which two actors voted differently."""

    vote: Vote
    first: Ballot
    second: Ballot

    @property
    def opposed(self) -> bool:
        """Whether one said yes and the other no."""
        return {self.first, self.second} == {"yes", "no"}


@dataclass(frozen=True, slots=True)
class BodyAgreement:
    """Of one body's roll calls: in how many both cast a ballot, and the same one."""

    body: str
    """The body's id."""
    shared: int
    same: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Roll calls in which both cast a ballot: how many, in how many they cast the same,
    and where they parted.

    An empty chair is no ballot: it is neither agreement nor disagreement. ``parted``
    has yes against no first, then the newest first; ``bodies`` has those in which both
    cast ballots, in the conflict's order, without the roll calls that name no body.
    """

    shared: int
    same: int
    parted: tuple[Disagreement, ...]
    bodies: tuple[BodyAgreement, ...] = ()

    @property
    def share(self) -> float | None:
        """The share of shared roll calls with the same ballot, in [0, 1]; None if there
        was none.
        """
        return self.same / self.shared if self.shared else None


def _cast(code: str, base: Base, on: date) -> Iterator[tuple[Vote, Ballot]]:
    """An actor's ballots in the complete roll calls up to a day; one cast for a
    government that no longer ruled is nobody's.
    """
    for vote, ballot in base.ballots.get(code, ()):
        if vote.date.first > on or vote.partial:
            continue
        if ballot in _CAST and code not in vote.spoken_for:
            yield vote, ballot


def agreement(first: str, second: str, base: Base, *, on: date) -> Agreement:
    """How two actors voted in the complete roll calls up to a day."""
    theirs: dict[str, Ballot] = {
        vote.id: ballot for vote, ballot in _cast(second, base, on)
    }
    shared, same = Counter[str](), Counter[str]()
    parted: list[Disagreement] = []
    for vote, ballot in _cast(first, base, on):
        other = theirs.get(vote.id)
        if other is None:
            continue
        body = vote.body or ""
        shared[body] += 1
        if ballot == other:
            same[body] += 1
        else:
            parted.append(Disagreement(vote, ballot, other))
    parted.sort(
        key=lambda p: (p.opposed, p.vote.date.first, p.vote.symbol), reverse=True
    )
    bodies = tuple(
        BodyAgreement(body, shared[body], same[body])
        for body in base.conflict.bodies
        if shared[body]
    )
    return Agreement(shared.total(), same.total(), tuple(parted), bodies)


class VotesAlike(NamedTuple):
    """Another actor, in how many roll calls both cast a ballot, and in how many the
    same.
    """

    code: str
    shared: int
    same: int

    @property
    def share(self) -> float:
        """The share of shared roll calls with the same ballot, in [0, 1]."""
        return self.same / self.shared if self.shared else 0.0


LEAST_SHARED = 0.5
"""The share of an actor's own ballots that another must share to be compared with it:
who voted twice and alike is no companion.
"""


def votes_alike(code: str, base: Base, *, on: date) -> tuple[VotesAlike, ...]:
    """The other actors by how often they voted the same in shared roll calls up to a
    day, from the most to the least alike; of equals, who shares more roll calls first.
    """
    shared, same = Counter[str](), Counter[str]()
    for vote, ballot in _cast(code, base, on):
        for cast in _CAST:
            codes = [each for each in vote.roll(cast) if each not in vote.spoken_for]
            shared.update(codes)
            if cast == ballot:
                same.update(codes)
    # With itself an actor shares whatever it cast.
    least = LEAST_SHARED * shared[code]
    rows = [
        VotesAlike(other, shared[other], same[other])
        for other in base.countries
        if other != code and shared[other] > least
    ]
    return tuple(sorted(rows, key=lambda row: (-row.share, -row.shared, row.code)))


@dataclass(frozen=True, slots=True)
class Ties:
    """Blocs and measures in which several actors take part on a day: those that all
    share, and those that only some.

    Each tie is the facts of those who have it, by code.
    """

    shared: tuple[dict[str, Fact], ...]
    partial: tuple[dict[str, Fact], ...]


def ties(codes: tuple[str, ...], base: Base, *, on: date) -> Ties:
    """Which blocs and measures the actors have in common; observers and partners count
    as such, those who left do not.

    Measures that lean to different sides are never shared, even under one name.
    """
    by_ref: dict[tuple[str, str], dict[str, Fact]] = {}
    for code in codes:
        for fact in base.facts(code):
            gone = fact.kind == "bloc" and fact.detail in {
                "left",
                "suspended",
                "frozen",
            }
            ref = fact.part_of or fact.ref
            listed = fact.part_of or fact.kind in {"bloc", "measure"}
            if listed and fact.holds(on) and not gone:
                by_ref.setdefault((ref, fact.toward), {}).setdefault(code, fact)
    ranked = sorted(
        by_ref.items(),
        key=lambda item: (_rank(next(iter(item[1].values())), base), item[0]),
    )
    shared = tuple(tie for _, tie in ranked if len(tie) == len(codes))
    return Ties(shared, tuple(tie for _, tie in ranked if len(tie) < len(codes)))


def _rank(fact: Fact, base: Base) -> tuple[bool, float]:
    """Rank among ties: what takes a side before what does not, and of these what brings
    most first.
    """
    deed = base.conflict.deeds[fact.deed] if fact.deed else None
    return fact.toward == NEUTRAL, -(deed.points if deed else 0.0)
