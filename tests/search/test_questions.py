"""What readers type, and what must come first: ballots as they are asked for, acts by
their kinds, names in many languages, days.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.search.find import Indexes
from bot.search.index import Item
from bot.search.question import read_question
from tests.support.bases import TODAY


@dataclass(frozen=True, slots=True)
class First:
    """What the first of the facts that are found must be; anything for nothing."""

    typed: str
    code: str = ""
    deed: str = ""
    year: int = 0
    says: str = ""
    """What stands in its sentence or its list's name."""
    every: bool = False
    """Whether the first five must be so."""


FIRST = (
    First("who expelled diplomats in 2022", deed="expulsion", year=2022, every=True),
    First("persona non grata", deed="expulsion", every=True),
    First("expulsion of diplomats since 2023", deed="expulsion"),
    First("recognised Crimea", code="NI", says="Crimea"),
    First("who recognized crimea?", code="NI", says="Crimea"),
    First("sanctions on russia", deed="sanctions", every=True),
    First("who refused sanctions", deed="sanctions-refused"),
    First("did serbia refuse sanctions", code="RS", deed="sanctions-refused"),
    First("swiss sanctions", code="CH", deed="sanctions"),
    First("who sanctions russia in asia", deed="sanctions", every=True),
    First("North Korean troops", code="KP", says="Kursk"),
    First("germany leopard tanks", code="DE", says="Leopard"),
    First("deutschland leopard", code="DE", says="Leopard"),
    First("F-16", says="F-16", every=True),
    First("F16 netherlands", code="NL", says="F-16"),
    First("poland mig 29", code="PL", says="MiG-29"),
    First("slovakia MiG-29", code="SK", says="MiG-29"),
    First("himars", code="US", says="HIMARS"),
    First("patriot germany", code="DE", says="Patriot"),
    First("turkey mediation", code="TR", deed="mediation"),
    First("🇹🇷 mediation", code="TR", deed="mediation"),
    First("iran drones", code="IR", says="drone"),
    First("oreshnik belarus", code="BY", says="Oreshnik"),
    First("closed airspace", deed="ban", says="airspace", every=True),
    First("india oil", code="IN", says="oil"),
    First("ICC arrest warrant Putin", says="warrant", every=True),
    First("mongolia putin arrest", code="MN", says="arrest"),
    First("hungary veto", code="HU", deed="blocked"),
    First("hungary blocked since 2025", code="HU", says="blocked"),
    First("last year slovakia blocked", code="SK", year=2025, says="blocked"),
    First("prisoner exchange emirates", code="AE", says="prisoner"),
    First("saudi arabia talks", code="SA", says="talks"),
    First("how did india vote on annexation", code="IN", year=2022, says="annexation"),
    First("brazil vote october 2022", code="BR", year=2022, says="Ukraine"),
    First("ES-11/1", year=2022, says="Aggression against Ukraine"),
    First("refugees hosted poland", code="PL", says="Refugees"),
    First("lavrov eritrea", code="ER", says="Lavrov"),
    First("kim putin defence treaty", code="KP", deed="defence-pact"),
    First("kim putin defense treaty", code="KP", deed="defence-pact"),
    First("niger broke relations", code="NE", deed="relations-broken"),
    First("south africa naval exercise", code="ZA", says="Naval exercises"),
    First("armenia csto leaving", code="AM", says="CSTO"),
    First("syria recognised donetsk", code="SY", deed="recognition"),
    First("genocide icj intervention", says="International Court of Justice"),
    First("vatican cardinal zuppi", code="VA", says="Zuppi"),
    First("us aid paused", code="US", says="paused"),
    First("japan froze assets", code="JP", says="froze"),
    First("belarus in 2021", code="BY", year=2021),
    First("Білорусь 2024", code="BY", year=2024),
    First("白俄罗斯", code="BY"),
)


def said(item: Item) -> str:
    what = item.what
    title = getattr(what, "title", "")
    return f"{title} {getattr(what, 'text', '')} {getattr(what, 'detail', '')}"


@pytest.fixture(scope="module")
def indexes() -> Indexes:
    return Indexes()


def test_there_are_at_least_forty_questions() -> None:
    assert len({each.typed for each in FIRST}) >= 40


@pytest.mark.parametrize("first", FIRST, ids=lambda each: each.typed)
def test_what_a_reader_types_finds_first_what_is_meant(
    first: First, base: Base, names: NameIndex, indexes: Indexes
) -> None:
    question = read_question(first.typed, names, base, TODAY)
    found = indexes.find(question, base)[: 5 if first.every else 1]
    assert found
    for item in found:
        assert first.code in {"", item.code}
        assert first.deed in {"", item.deed}
        assert first.year in {0, item.date.year}
        assert first.says.casefold() in said(item).casefold()
