"""What a fact is, and how what documents say becomes facts, each told once."""

from __future__ import annotations

import calendar
import dataclasses
from collections.abc import Iterable
from datetime import date
from typing import Literal

from bot.knowledge.conflict import Conflict
from bot.knowledge.dates import PartialDate
from bot.knowledge.documents import (
    Bloc,
    Country,
    Event,
    Measure,
    Part,
    Seat,
    Source,
    Vote,
)
from bot.knowledge.values import Ballot, Scale

FactKind = Literal["event", "vote", "bloc", "measure"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that speaks about an actor, whichever file it came from."""

    ref: str
    """An event's id, or vote:…, bloc:…, measure:…."""
    kind: FactKind
    toward: str
    """The id of the side that it favours, or neutral; of a ballot, the side that a yes
    favours.
    """
    deed: str | None
    """Its kind of deed; None for a ballot and for what is shown and not counted."""
    pillar: str
    """The id of the pillar that it stands under; empty where it has none."""
    scale: Scale = "usual"
    date: PartialDate
    until: PartialDate | None
    begins: date
    """The first day that it surely holds."""
    ends: date | None
    """The first day on which it no longer counts: it ended, or lapsed."""
    lapses: date | None
    """The day on which its kind of deed lapses; None for what holds until it ends."""
    text: str
    detail: str
    """A ballot, a seat's standing, or the words for a part in a measure."""
    phrase: str = ""
    """An event's own few words."""
    sources: tuple[Source, ...]
    own: bool = False
    """Whether a server added it; the shipped base knows nothing of it."""
    part_of: str | None = None
    """bloc:… or measure:… that tells the same deed and is told here."""
    detail_of: str | None = None
    """measure:… of this actor of which this is a detail; not counted while that holds.
    """
    short: str = ""
    """A roll call's short name."""
    body: str = ""
    """The id of the body that voted."""
    partial: bool = False
    """Whether its roll call is known in part only: shown, and not counted."""
    spoken_for: str = ""
    """Who cast this ballot, where that was not the government that ruled: shown, and
    not counted.
    """

    counts_until: date | None = None
    """The day from which a ballot is that of a government that was overthrown: shown,
    and not counted.
    """

    @property
    def in_record(self) -> bool:
        """Whether it may count as the actor's own ballot."""
        return not self.partial and not self.spoken_for

    def holds(self, on: date) -> bool:
        """Whether it counts on that day; on the day that it ceased, it does not."""
        return self.begins <= on and (self.ends is None or on < self.ends)

    def lapsed(self, on: date) -> bool:
        """Whether it has lapsed by that day, rather than ended."""
        return self.lapses is not None and self.ends == self.lapses <= on

    def called(self, ref: str) -> bool:
        """Whether this is the fact that ``ref`` names, or tells that one."""
        return ref in {self.ref, self.part_of}


def begins(when: PartialDate, sources: Iterable[Source]) -> date:
    """The first day that a fact surely holds.

    A month or year counts from its end, or from the day its source wrote of it if that
    is earlier.
    """
    if when.day is not None:
        return when.first
    known = [s.published.first for s in sources if s.published and s.published.day]
    return max(when.first, min([when.last, *known]))


def years_after(day: date, years: float) -> date:
    """The same day so many years later, to the nearest month; the month's last day
    where it has no such day.
    """
    months = day.month - 1 + round(years * 12)
    year, month = day.year + months // 12, months % 12 + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _fact(
    conflict: Conflict,
    *,
    ref: str,
    kind: FactKind,
    toward: str,
    deed: str | None,
    when: PartialDate,
    until: PartialDate | None,
    text: str,
    sources: tuple[Source, ...],
    detail: str = "",
    phrase: str = "",
    scale: Scale = "usual",
    own: bool = False,
) -> Fact:
    """A fact of any kind but a ballot, with the days that follow from its deed."""
    about = conflict.deeds[deed] if deed else None
    start = begins(when, sources)
    end = until.last if until else None
    lapses = None
    # A seat is held until it is given up, whatever its kind of deed does.
    if about and about.lapses_after_years and kind != "bloc":
        lapses = years_after(start, about.lapses_after_years)
        end = min(end, lapses) if end else lapses
    return Fact(
        ref=ref,
        kind=kind,
        toward=toward,
        deed=deed,
        pillar=about.pillar if about else "",
        scale=scale,
        date=when,
        until=until,
        begins=start,
        ends=end,
        lapses=lapses,
        text=text,
        detail=detail,
        phrase=phrase,
        sources=sources,
        own=own,
    )


def of_event(event: Event, conflict: Conflict, *, own: bool = False) -> Fact:
    """An event as a fact, alone: whatever list tells it too."""
    return _fact(
        conflict,
        ref=event.id,
        kind="event",
        toward=event.toward,
        deed=event.deed,
        when=event.date,
        until=event.until,
        text=event.claim,
        phrase=event.phrase or "",
        sources=event.sources,
        scale=event.scale,
        own=own,
    )


def of_ballot(vote: Vote, country: Country, ballot: Ballot, conflict: Conflict) -> Fact:
    """What an actor did in a roll call, as a fact."""
    spoken_for = vote.spoken_for.get(country.code)
    cast_on, since = begins(vote.date, vote.sources), country.ballots_since
    counts_until = since.first if since and cast_on < since.first else None
    return Fact(
        ref=f"vote:{vote.id}",
        kind="vote",
        toward=vote.toward,
        deed=None,
        pillar=conflict.record.pillar,
        date=vote.date,
        until=None,
        begins=cast_on,
        ends=None,
        lapses=None,
        text=vote.title,
        detail=ballot,
        sources=vote.sources + (spoken_for.sources if spoken_for else ()),
        short=vote.short,
        body=vote.body or "",
        partial=vote.partial,
        spoken_for=spoken_for.reason if spoken_for else "",
        counts_until=counts_until,
    )


def of_seat(bloc: Bloc, seat: Seat, conflict: Conflict) -> Fact:
    """A seat in a bloc as a fact."""
    return _fact(
        conflict,
        ref=f"bloc:{bloc.id}",
        kind="bloc",
        toward=bloc.toward,
        deed=bloc.deed,
        when=seat.since,
        until=seat.until,
        text=bloc.name,
        detail=seat.standing,
        sources=tuple(bloc.sources[key] for key in seat.cite),
    )


def of_part(measure: Measure, part: Part, conflict: Conflict) -> Fact:
    """A part in a measure as a fact."""
    fact = _fact(
        conflict,
        ref=f"measure:{measure.id}",
        kind="measure",
        toward=part.toward or measure.toward,
        deed=part.deed or measure.deed,
        when=part.date,
        until=part.until,
        text=measure.name,
        detail=part.detail,
        sources=tuple(measure.sources[key] for key in part.cite),
        scale=part.scale,
    )
    detail_of = f"measure:{measure.part_of}" if measure.part_of else None
    return dataclasses.replace(fact, detail_of=detail_of)


def _merged(event: Event, own: Fact, listed: Fact, conflict: Conflict) -> Fact:
    """One deed that an event and a list both tell: the event's sentence and date, and
    the sources of both.
    """
    addresses = {source.url for source in own.sources}
    more = tuple(s for s in listed.sources if s.url not in addresses)
    told = _fact(
        conflict,
        ref=own.ref,
        kind="event",
        toward=own.toward,
        deed=own.deed or listed.deed,
        when=event.date,
        until=event.until or listed.until,
        text=own.text,
        phrase=own.phrase,
        sources=own.sources,
        scale=listed.scale if event.scale == "usual" else event.scale,
        own=own.own,
    )
    return dataclasses.replace(
        told,
        sources=own.sources + more,
        part_of=listed.ref,
        detail_of=listed.detail_of,
    )


def told_once(
    events: Iterable[tuple[Event, Fact]], listed: list[Fact], conflict: Conflict
) -> list[Fact]:
    """The facts of events and lists, a deed that both tell once.

    An event takes the place of the part that it names: of several, the one whose day
    is nearest.
    """
    told: set[int] = set()
    facts: list[Fact] = []
    for event, own in events:
        named = {f"measure:{event.part_of}", f"bloc:{event.part_of}"}
        parts = [
            (abs((fact.begins - own.begins).days), place)
            for place, fact in enumerate(listed)
            if event.part_of and fact.ref in named and fact.toward == own.toward
        ]
        if not parts:
            facts.append(own)
            continue
        _, place = min(parts)
        facts.append(_merged(event, own, listed[place], conflict))
        told.add(place)
    return facts + [fact for place, fact in enumerate(listed) if place not in told]
