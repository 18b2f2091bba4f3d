from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.alignment.rubric import assess
from bot.entries.overlay import (
    exported,
    overlaid,
    own_document,
    previewed,
    replacement,
)
from bot.entries.records import Change, Entry
from bot.knowledge.facts import Base
from tests.support.bases import TODAY

LAND = {"kind": "state", "names": {"short": "Landonia"}, "reviewed": "2024-01-01"}


def body(key: str = "thing") -> dict[str, Any]:
    source = {"publisher": "P", "title": "T", "url": "https://example.org/1"}
    return {
        "id": key,
        "date": "2024-01-05",
        "toward": "russia",
        "pillar": "economic",
        "weight": "minor",
        "claim": "A thing happened.",
        "sources": [source],
    }


def entry(number: int, kind: Any, content: Any, subject: str = "CU") -> Entry:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return Entry(number, kind, subject, content, "published", 1, 1, at)


def test_the_base_below_is_not_changed(base: Base) -> None:
    before = base.countries["CU"]
    server = overlaid(base, [entry(1, "event", body())], "r")
    assert base.countries["CU"] is before
    assert server.countries["CU"].events[-1].id == "thing"
    assert server.added["CU"].numbers == {"thing": 1}
    assert server.countries["BY"] is base.countries["BY"]


def test_of_whom_a_server_says_nothing_the_facts_are_those_of_the_base_below(
    base: Base,
) -> None:
    server = overlaid(base, [entry(1, "event", body())], "r")
    assert server.facts("BY") is base.facts("BY")
    assert server.owner("BY") is base
    assert server.owner("CU") is server
    assert {fact.ref for fact in server.facts("CU")} > {
        fact.ref for fact in base.facts("CU")
    }
    with pytest.raises(KeyError):
        server.owner("nobody")


def test_an_id_that_the_base_has_taken_since_loses_nothing(base: Base) -> None:
    taken = base.countries["BY"].events[0].id
    said = entry(3, "event", body(taken), "BY")
    ids = [e.id for e in overlaid(base, [said], "r").countries["BY"].events]
    assert len(ids) == len(set(ids)) == len(base.countries["BY"].events) + 1
    assert ids[-1].endswith("-entry-3")


def test_what_can_no_longer_be_read_silences_nothing_else(base: Base) -> None:
    entries = [
        entry(1, "event", {"id": "old"}),
        entry(2, "level", {"level": "gone"}),
        entry(3, "event", body()),
        entry(4, "alias", {"alias": "x"}, "nobody"),
        entry(5, "actor", {"kind": "gone"}, "landonia"),
    ]
    server = overlaid(base, entries, "r")
    assert set(server.added) == {"CU"}
    assert set(server.added["CU"].numbers.values()) == {3}


@pytest.mark.parametrize("gone", [{"deed": "gone"}, {"toward": "gone"}])
def test_an_act_of_a_kind_or_side_that_the_base_no_longer_has_is_left_out(
    base: Base, gone: dict[str, str]
) -> None:
    entries = [entry(1, "event", body("old") | gone), entry(2, "event", body())]
    server = overlaid(base, entries, "r")
    assert set(server.added["CU"].numbers.values()) == {2}
    assert assess("CU", server, on=TODAY).level


def test_a_summary_speaks_from_the_day_on_which_it_was_written(base: Base) -> None:
    content = {"summary": "It leans.", "summary_facts": ["thing"]}
    entries = [entry(1, "event", body()), entry(2, "summary", content)]
    country = overlaid(base, entries, "r").countries["CU"]
    newest = max(date(2026, 11, 1), base.countries["CU"].reviewed.first)
    assert country.reviewed.first == newest
    assert country.summary == "It leans."


def test_a_preview_is_what_publishing_shows(base: Base) -> None:
    preview = previewed(base, Change("event", "CU", body()), TODAY)
    published = overlaid(base, [entry(0, "event", body())], "r")
    assert preview.countries["CU"] == published.countries["CU"]
    actor = previewed(base, Change("actor", "landonia", LAND), TODAY)
    assert actor.added["landonia"].actor
    assert "landonia" not in base.countries


def test_a_document_of_ones_own_holds_the_entries_alone(base: Base) -> None:
    entries = [entry(1, "event", body()), entry(2, "actor", LAND, "landonia")]
    assert [e.id for e in own_document("CU", base, entries, TODAY).events] == ["thing"]
    assert own_document("landonia", base, entries, TODAY).names.short == "Landonia"
    assert "id: thing" in replacement("CU", base, entries, TODAY)
    with pytest.raises(KeyError):
        own_document("nobody", base, entries, TODAY)


def test_an_entry_that_cannot_be_read_keeps_no_other_from_being_exported(
    base: Base,
) -> None:
    entries = [
        entry(1, "event", body()),
        entry(2, "event", {"id": "from-another-edition"}),
        entry(3, "level", {"level": "gone", "date": "2024-01-01", "reason": "R."}),
    ]
    document = own_document("CU", base, entries, TODAY)
    assert [event.id for event in document.events] == ["thing"]
    assert document.override is None
    assert "thing" in exported(["CU"], base, entries, TODAY)
