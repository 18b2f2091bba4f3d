"""Groups in the roll calls: how united a bloc is, and who broke with theirs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from bot.knowledge.documents import Bloc, Seat, Vote
from bot.knowledge.facts import Base
from bot.knowledge.values import BALLOTS, Ballot
from bot.names.regions import within

LEAST = 3
"""Ballots below which a bloc has no line to break with."""
LINE = 2 / 3
"""The share of a bloc's ballots from which it counts as the bloc's line."""


def members(bloc: Bloc, *, on: date, full: bool = True) -> tuple[Seat, ...]:
    """The seats that are held on a day; only full members, or every standing but those
    who left.
    """
    return tuple(
        seat
        for seat in bloc.members
        if seat.since.first <= on
        and (seat.until is None or on < seat.until.last)
        and (seat.standing == "member" if full else seat.standing != "left")
    )


def among(base: Base, region: str, bloc: str, on: date) -> list[str]:
    """The codes that a region's and a bloc's id leave, each empty for no filter;
    KeyError if there is no such one.
    """
    codes = list(base.countries)
    if region:
        inside = within(region)
        codes = [code for code in codes if code in inside]
    if bloc:
        seats = {seat.code for seat in members(base.blocs[bloc], on=on)}
        codes = [code for code in codes if code in seats]
    return codes


@dataclass(frozen=True, slots=True)
class Division:
    """How a bloc's members voted in one roll call; ``line`` is what at least two thirds
    of them cast, if anything.
    """

    vote: Vote
    ballots: tuple[tuple[Ballot, tuple[str, ...]], ...]
    line: Ballot | None

    @property
    def cast(self) -> int:
        """Ballots cast; empty chairs are not counted."""
        return sum(len(codes) for _, codes in self.ballots)

    @property
    def share(self) -> float:
        """The largest group's share of the ballots cast, in (0, 1]."""
        return max(len(codes) for _, codes in self.ballots) / self.cast

    @property
    def rebels(self) -> tuple[tuple[str, Ballot], ...]:
        """Those who did not follow the line, and how they voted."""
        if self.line is None:
            return ()
        return tuple(
            (code, ballot)
            for ballot, codes in self.ballots
            if ballot != self.line
            for code in codes
        )


def division(bloc: Bloc, vote: Vote) -> Division | None:
    """One roll call within a bloc, or None if fewer than three of its members cast a
    ballot; one cast for a government that no longer ruled is left out.
    """
    codes = {seat.code for seat in members(bloc, on=vote.date.first)}
    codes -= vote.spoken_for.keys()
    camps: list[tuple[Ballot, tuple[str, ...]]] = []
    for ballot in BALLOTS[:3]:
        those = tuple(code for code in vote.roll(ballot) if code in codes)
        if those:
            camps.append((ballot, those))
    total: Counter[Ballot] = Counter({ballot: len(those) for ballot, those in camps})
    if total.total() < LEAST:
        return None
    top, count = total.most_common(1)[0]
    return Division(vote, tuple(camps), top if count / total.total() >= LINE else None)


def divisions(bloc: Bloc, base: Base, *, on: date) -> tuple[Division, ...]:
    """Every complete roll call up to a day in which the bloc can be judged, newest
    first.
    """
    votes = sorted(
        (v for v in base.votes.values() if v.date.first <= on and not v.partial),
        key=lambda v: (v.date.first, v.symbol),
    )
    return tuple(
        divided for vote in reversed(votes) if (divided := division(bloc, vote))
    )


def unity(divisions: tuple[Division, ...]) -> float | None:
    """The mean share of the largest group, in (0, 1]; None without a roll call."""
    return sum(each.share for each in divisions) / len(divisions) if divisions else None
