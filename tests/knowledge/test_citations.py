"""Each place where a source is cited is found, and both who ask for publishers get the
same ones.
"""

from __future__ import annotations

from collections import Counter

from bot.knowledge.citations import citations_of
from bot.knowledge.facts import Base
from bot.search.sources import Publishers as Searched
from bot.site.facts import Publishers as Shown


def test_every_event_seat_part_roll_call_and_forecast_is_cited_as_often_as_it_says(
    base: Base,
) -> None:
    found = Counter(cited.kind for cited in citations_of(base))
    events = [e for country in base.countries.values() for e in country.events]
    seats = [seat for bloc in base.blocs.values() for seat in bloc.members]
    parts = [part for measure in base.measures.values() for part in measure.parts]
    assert found == {
        "event": sum(len(each.sources) for each in events),
        "bloc": sum(len(each.cite) for each in seats),
        "measure": sum(len(each.cite) for each in parts),
        "vote": sum(len(each.sources) for each in base.votes.values()),
        "forecast": len(base.forecasts),
    }


def test_the_site_has_a_page_of_every_publisher_that_a_search_finds(
    base: Base,
) -> None:
    shown, searched = Shown(base), set(Searched().names(base))
    only_forecasts = {each.source.publisher for each in base.forecasts.values()}
    assert set(shown.names) - only_forecasts <= searched
    pages = {cited.source for cited in citations_of(base)}
    assert sum(map(shown.pages, shown.names)) == len(pages)
