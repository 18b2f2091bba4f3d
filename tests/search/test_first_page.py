"""What readers ask in whole sentences, and what the first ten facts must tell of; facts
come and go, so that none is named here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.search.find import Indexes
from bot.search.index import Index, Item
from bot.search.question import read_question
from bot.search.words import stem
from tests.search.test_questions import said
from tests.support.bases import TODAY

FIRST = 10
"""Facts of the first two pages."""
WRONG = 2
"""Of these, how many may tell of something else."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the first facts must say, as a pattern, and be."""

    typed: str
    says: str = ""
    deeds: tuple[str, ...] = ()
    """Any of these; any at all for none."""
    toward: str = ""
    year: int = 0

    def is_met(self, item: Item) -> bool:
        """Whether a fact is what was asked for."""
        return (
            bool(re.search(self.says, said(item)))
            and (not self.deeds or item.deed in self.deeds)
            and self.toward in {"", item.what.toward}
            and self.year in {0, item.date.year}
        )


TANKS = r"(?<!anti-)(?<!fuel )\btanks?\b"
WANTED = (
    Wanted("who sent tanks", TANKS),
    Wanted("which countries delivered tanks?", TANKS),
    Wanted("who gave missiles", "[Mm]issile"),
    Wanted("who sent F-16s", "F-16"),
    Wanted("f16s", "F-16"),
    Wanted("who gave anti tank weapons", "anti-tank"),
    Wanted("who sent fighter jets", r"\bjets?\b|fighter"),
    Wanted("who gave generators", "generator"),
    Wanted("who delivered howitzers", "howitzer"),
    Wanted("who supplied ammunition", "[Aa]mmunition|shells|rounds"),
    Wanted("who provides drones", "[Dd]rone"),
    Wanted("who gave air defence systems", "[Aa]ir.defence|Patriot|HAWK"),
    Wanted("who donated helicopters", "[Hh]elicopter"),
    Wanted("who gave weapons to russia", deeds=("arms",), toward="russia"),
    Wanted("arms for russia", deeds=("arms",), toward="russia"),
    Wanted("who gave money to ukraine", deeds=("aid",), toward="ukraine"),
    Wanted("who expelled diplomats in 2022", deeds=("expulsion",), year=2022),
    Wanted("who closed airspace", "[Aa]irspace", deeds=("ban",)),
    Wanted("who banned russian ships from ports", "[Pp]ort|[Ss]hip", deeds=("ban",)),
    Wanted("who trains Ukrainian soldiers", "[Tt]rain"),
    Wanted("who took in refugees", "[Rr]efugee"),
    Wanted("who buys russian oil", "[Oo]il|fuel|crude"),
    Wanted("who froze russian assets", "[Ff]r[eo]e?z|assets"),
    Wanted("who refused to send weapons", deeds=("arms-refused",)),
    Wanted("who offered to mediate", deeds=("mediation",)),
    Wanted("who left the ICC", "ICC|Criminal Court"),
)
VERBS = ("sent", "gave", "sends", "delivered", "supplied", "provides", "donated")
THINGS = ("tanks", "missiles", "generators", "howitzers", "weapons", "F-16s", "aid")


@pytest.fixture(scope="module")
def indexes() -> Indexes:
    return Indexes()


def found(
    typed: str, base: Base, names: NameIndex, indexes: Indexes
) -> tuple[Item, ...]:
    return indexes.find(read_question(typed, names, base, TODAY), base)


def test_there_are_at_least_twenty_questions() -> None:
    assert len({each.typed for each in WANTED}) >= 20


@pytest.mark.parametrize("wanted", WANTED, ids=lambda each: each.typed)
def test_the_first_facts_tell_of_what_was_asked_for(
    wanted: Wanted, base: Base, names: NameIndex, indexes: Indexes
) -> None:
    first = found(wanted.typed, base, names, indexes)[:FIRST]
    right = [item for item in first if wanted.is_met(item)]
    assert len(right) > 2
    assert len(first) - len(right) <= WRONG, [said(each) for each in first]


@pytest.mark.parametrize("thing", THINGS)
def test_it_does_not_matter_by_which_verb_of_giving_a_thing_is_asked_for(
    thing: str, base: Base, names: NameIndex, indexes: Indexes
) -> None:
    alone = {each.key for each in found(thing, base, names, indexes)}
    assert alone
    for verb in VERBS:
        typed = f"who {verb} {thing}"
        asked = {each.key for each in found(typed, base, names, indexes)}
        assert len(asked ^ alone) <= len(alone) / 10, verb


def test_all_that_say_tanks_are_found_and_not_every_gift_of_arms(
    base: Base, names: NameIndex, indexes: Indexes
) -> None:
    tanks = found("who sent tanks", base, names, indexes)
    assert all(re.search(r"(?<!anti-)\btanks?\b", said(each)) for each in tanks)
    everything = found("", base, names, indexes)
    say = {each.key for each in everything if re.search(TANKS, said(each))}
    assert say <= {each.key for each in tanks}
    assert len({each.code for each in tanks}) > 15


def test_where_few_have_all_that_was_asked_for_those_follow_that_have_much_of_it(
    base: Base, names: NameIndex, indexes: Indexes
) -> None:
    jets = found("fighter jets summit", base, names, indexes)
    assert len(jets) > 5
    assert all(re.search(r"(?i)\bjets?\b|fighter", said(each)) for each in jets)


@pytest.mark.parametrize(
    ("typed", "deed"), [("spies", "expulsion"), ("flight ban", "ban")]
)
def test_a_word_that_hardly_a_fact_says_and_a_phrase_find_all_acts_of_their_kind(
    typed: str, deed: str, base: Base, names: NameIndex, indexes: Indexes
) -> None:
    acts = [each for each in found("", base, names, indexes) if each.deed == deed]
    found_acts = {each.key for each in found(typed, base, names, indexes)}
    assert {each.key for each in acts} <= found_acts
    assert any(typed not in said(each) for each in acts)


def test_a_word_of_a_kind_of_deed_is_not_read_as_another_that_is_spelt_so(
    base: Base, names: NameIndex, indexes: Indexes
) -> None:
    for deed in base.conflict.deeds.values():
        for word in deed.words:
            question = read_question(word, names, base, TODAY)
            assert indexes.respelt(question, base) == question, word


def test_a_verb_of_giving_lifts_what_says_one_and_names_no_kind_of_deed(
    base: Base, names: NameIndex, indexes: Indexes
) -> None:
    giving = re.compile(r"(?i)\b(g[ai]ve|sen[dt]|suppl|deliver|donat|provid)")
    for thing in ("tanks", "missiles", "drones"):
        asked = found(f"who sent {thing}", base, names, indexes)[:FIRST]
        alone = found(thing, base, names, indexes)[:FIRST]
        counts = [
            sum(bool(giving.search(said(each))) for each in items)
            for items in (asked, alone)
        ]
        assert counts[0] > counts[1], thing
    index = Index(base, [])
    assert not index.gains([stem("sent")])
    assert index.gains([stem("drones")])
