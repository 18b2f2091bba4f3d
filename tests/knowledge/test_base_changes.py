"""Two states of a base compared."""

from __future__ import annotations

from typing import Any

from bot.knowledge.base_changes import BaseChanges, base_changes, facts_by_key
from bot.knowledge.facts import Base
from tests.support.egg_conflict import act, egg_base, measure, roll

FIRST: Any = act("fleet", "1721-05-05", key="ships")
SECOND: Any = act("toast", "1722-05-05", key="toast")
LIST: Any = measure("levy", "embargo", {"code": "LP", "date": "1723-01-01"})
TWICE: Any = measure(
    "levy",
    "embargo",
    {"code": "LP", "date": "1723-01-01"},
    {"code": "LP", "date": "1725-01-01"},
)
VOTE: Any = roll("1722-01-01", LP="yes")


def refs(found: BaseChanges) -> dict[str, list[str]]:
    return {
        "added": [each.fact.ref for each in found.added],
        "changed": [each.after.ref for each in found.changed],
        "gone": [each.fact.ref for each in found.gone],
        "votes": [
            each.id
            for votes in (found.votes_added, found.votes_changed, found.votes_gone)
            for each in votes
        ],
    }


NOTHING: dict[str, list[str]] = {"added": [], "changed": [], "gone": [], "votes": []}


def test_a_base_does_not_differ_from_itself(base: Base) -> None:
    assert base_changes(base, base) == BaseChanges((), (), (), (), (), (), (), ())


def test_what_is_added_one_way_is_gone_the_other_way() -> None:
    old, new = egg_base([FIRST]), egg_base([FIRST, SECOND], measures=[LIST])
    there, back = refs(base_changes(old, new)), refs(base_changes(new, old))
    assert there == NOTHING | {"added": ["measure:levy", "toast"]}
    assert back == NOTHING | {"gone": ["measure:levy", "toast"]}


def test_a_corrected_sentence_or_day_is_a_change_and_no_new_fact() -> None:
    old = egg_base([FIRST])
    for corrected in (
        FIRST | {"claim": "Ships sailed."},
        FIRST | {"date": "1721-06-06"},
    ):
        found = refs(base_changes(old, egg_base([corrected])))
        assert found == NOTHING | {"changed": ["ships"]}


def test_a_second_part_of_one_actor_in_one_list_is_added_alone() -> None:
    old, new = egg_base(measures=[LIST]), egg_base(measures=[TWICE])
    found = base_changes(old, new)
    assert [each.fact.begins.year for each in found.added] == [1725]
    assert not found.changed


def test_a_roll_call_is_one_change_and_not_one_for_each_ballot() -> None:
    old, new = egg_base([FIRST]), egg_base([FIRST], rolls=[VOTE])
    other = egg_base([FIRST], rolls=[roll("1722-01-01", LP="no")])
    for before, after in ((old, new), (new, old), (new, other)):
        found = refs(base_changes(before, after))
        assert found == NOTHING | {"votes": ["roll-1722-01-01"]}


def test_every_fact_but_ballots_has_a_key_of_its_own(base: Base) -> None:
    facts = facts_by_key(base)
    told = [
        fact
        for code in base.countries
        for fact in base.facts(code)
        if fact.kind != "vote"
    ]
    assert len(facts) == len(told) > 1_000
