"""Entries that a server wrote before there were deeds, in either database: read,
edited, exported, imported again and undone, and kept as they were written.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.alignment.rubric import assess
from bot.entries.from_form import Draft, fields_of, read
from bot.entries.import_plan import plan
from bot.entries.overlay import exported, overlaid
from bot.entries.records import Change
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.store.database import Store
from bot.store.reader import EntryReader
from bot.store.writer import EntryWriter, Quotas
from tests.support.bases import TODAY

SOURCE = {
    "publisher": "Gazette",
    "title": "Thing",
    "url": "https://example.org/1",
    "weak": True,
}
OLD: dict[str, Any] = {
    "id": "thing",
    "date": "2024-01-05",
    "toward": "russia",
    "pillar": "military",
    "weight": "major",
    "claim": "It sent shells.",
    "sources": [SOURCE],
}
LEVEL: dict[str, Any] = {
    "level": "neutral",
    "date": "2024-01-05",
    "reason": "We see it so.",
    "sources": [SOURCE],
}


async def written_before(store: Store) -> None:
    changes = [Change("event", "FJ", OLD), Change("level", "FJ", LEVEL)]
    await EntryWriter(store, Quotas()).publish(1, changes, author=7, verb="add")


@pytest.mark.asyncio
async def test_an_old_entry_is_read_as_the_nearest_deed(
    store: Store, base: Base
) -> None:
    await written_before(store)
    laid = overlaid(base, await EntryReader(store).all_entries(1), "r")
    (fact,) = [fact for fact in laid.facts("FJ") if fact.own]
    assert (fact.deed, fact.toward, fact.sources[0].grade) == (
        "arms",
        "russia",
        "weak",
    )
    day = date(2024, 6, 1)
    assert assess("FJ", laid, on=day).score < assess("FJ", base, on=day).score
    override = laid.countries["FJ"].override
    assert override is not None
    assert override.sources[0].weak


@pytest.mark.asyncio
async def test_an_old_entry_is_edited_and_undone_and_its_revision_stays(
    store: Store, base: Base, names: NameIndex
) -> None:
    await written_before(store)
    reader, writer = EntryReader(store), EntryWriter(store, Quotas())
    laid = overlaid(base, await reader.all_entries(1), "r")
    fields = {**fields_of("event", OLD), "claim": "It sent many shells."}
    body, findings = read(
        Draft("event", "FJ", fields, "thing"), laid, TODAY, names.exact
    )
    assert findings == []
    assert body is not None
    assert (body["deed"], body["claim"]) == ("arms", "It sent many shells.")
    change = Change("event", "FJ", body, 1, 1)
    await writer.publish(1, [change], author=7, verb="edit")
    first, second = await reader.history(1, 1)
    assert (first.body, second.body) == (OLD, body)
    back = Change("event", "FJ", first.body, 1, 2)
    await writer.publish(1, [back], author=7, verb="undo")
    laid = overlaid(base, await reader.all_entries(1), "r")
    (fact,) = [fact for fact in laid.facts("FJ") if fact.own]
    assert (fact.text, fact.deed) == ("It sent shells.", "arms")


@pytest.mark.asyncio
async def test_an_export_is_in_the_new_form_and_comes_back_as_no_change(
    store: Store, base: Base, names: NameIndex
) -> None:
    await written_before(store)
    entries = await EntryReader(store).all_entries(1)
    text = exported(["FJ"], base, entries, TODAY)
    assert "deed: arms" in text
    assert "pillar" not in text
    again = plan("x.yaml", text.encode(), base, entries, TODAY, names.exact)
    made, problems = again
    assert problems == []
    assert made is not None
    assert (made.changes, made.same) == ((), 2)


def test_a_file_exported_before_there_were_deeds_is_brought_in(
    base: Base, names: NameIndex
) -> None:
    text = (
        "code: FJ\nkind: state\nnames: {short: Fiji}\nreviewed: 2024-02-02\nevents:\n"
        "  - {id: thing, date: 2024-01-05, toward: russia, pillar: military, weight: "
        "major, claim: It sent shells., sources: [{publisher: G, title: T, url: "
        "'https://example.org/1', weak: true}]}\n"
    )
    made, problems = plan("x.yaml", text.encode(), base, (), TODAY, names.exact)
    assert problems == []
    assert made is not None
    (change,) = made.changes
    assert change.body["deed"] == "arms"
    assert change.body["sources"][0]["grade"] == "weak"
