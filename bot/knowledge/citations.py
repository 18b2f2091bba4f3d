"""Every place of a base where a source is cited: what readers ask of publishers and
websites is gathered from this alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from bot.knowledge.documents import Source
from bot.knowledge.facts import Base

CitedBy: TypeAlias = Literal["event", "bloc", "measure", "vote", "forecast"]


class Citation(NamedTuple):
    """A source, and what rests on it."""

    kind: CitedBy
    key: str
    """A document's id; of an event the actor's code, a colon and its own id."""
    source: Source


def citations_of(base: Base) -> Iterator[Citation]:
    """Every citation, once for each event, seat, part, roll call and forecast."""
    for country in base.countries.values():
        for event in country.events:
            key = f"{country.code}:{event.id}"
            yield from (Citation("event", key, source) for source in event.sources)
    yield from _in_lists(base)
    for vote in base.votes.values():
        yield from (Citation("vote", vote.id, source) for source in vote.sources)
    for forecast in base.forecasts.values():
        yield Citation("forecast", forecast.id, forecast.source)


def _in_lists(base: Base) -> Iterator[Citation]:
    for bloc in base.blocs.values():
        for seat in bloc.members:
            for each in seat.cite:
                yield Citation("bloc", bloc.id, bloc.sources[each])
    for measure in base.measures.values():
        for part in measure.parts:
            for each in part.cite:
                yield Citation("measure", measure.id, measure.sources[each])
