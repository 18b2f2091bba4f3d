from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args

import pytest

from bot.answers.texts import Texts, languages
from bot.entries.from_form import Draft, fields_of, read
from bot.entries.ids import code_for, slug
from bot.entries.import_plan import plan
from bot.entries.overlay import overlaid
from bot.entries.records import Body, Change, Entry, EntryKind, body_of, event_of
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from tests.support.bases import TODAY

FACT = {
    "claim": "The government of Cuba closed a consulate.",
    "date": "2 March 2024",
    "toward": "russia",
    "deed": "formal",
    "source": "https://example.org/x\nGazette\nConsulate\nclosed\n2024-03-03\nweak",
}


def test_a_form_that_is_right_is_the_same_after_a_round_trip(
    base: Base, names: NameIndex
) -> None:
    body, findings = read(Draft("event", "CU", FACT), base, TODAY, names.exact)
    assert findings == []
    assert body is not None
    assert body["sources"][0]["title"] == "Consulate closed"
    assert body["sources"][0]["grade"] == "weak"
    again = Draft("event", "CU", fields_of("event", body), body["id"])
    assert read(again, base, TODAY, names.exact)[0] == body


EVERYTHING = """
code: CH
kind: state
names: {short: Switzerland}
reviewed: 2026-01-01
aliases: [Cheese land]
summary: Switzerland took over what the EU had decided.
summary_facts: [took-over]
override:
  level: neutral
  date: 2024-02
  reason: It says so itself.
  sources: [{publisher: Gazette, title: Level, url: https://example.org/level}]
events:
  - id: took-over
    date: 2024-02-23
    until: 2025-01
    toward: ukraine
    deed: sanctions
    scale: large
    part_of: sanctions-ru
    claim: Switzerland took over the EU's thirteenth package of sanctions.
    phrase: Took over the thirteenth package
    sources:
      - publisher: Gazette
        title: Thirteenth package
        url: https://example.org/package
        published: 2024-02-24
        grade: official
      - publisher: Herald
        title: Package
        url: https://example.org/herald
        grade: weak
---
code: landonia
kind: breakaway
names: {short: Landonia, official: Free State of Landonia}
reviewed: 2026-01-01
aliases: [Landy, Land of Onia]
"""
"""One of every kind of entry with every key that an import takes."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What an import brought, and what the server says with it."""

    changes: tuple[Change, ...]
    server: Base
    names: NameIndex

    def edited(self, change: Change, **fields: str) -> Body:
        """What an entry becomes by its form with some fields changed."""
        own = change.body["id"] if change.kind == "event" else ""
        fields = fields_of(change.kind, change.body) | fields
        draft = Draft(change.kind, change.subject, fields, own)
        body, findings = read(draft, self.server, TODAY, self.names.exact)
        assert findings == []
        assert body is not None
        return body


@pytest.fixture
def brought(base: Base, names: NameIndex) -> Brought:
    raw, empty = EVERYTHING.encode(), overlaid(base, (), "")
    planned, problems = plan("x.yaml", raw, empty, (), TODAY, names.exact)
    assert problems == []
    assert planned is not None
    at = datetime(2026, 1, 1, tzinfo=UTC)
    entries = [
        Entry(number, each.kind, each.subject, each.body, "published", 1, 1, at)
        for number, each in enumerate(planned.changes, 1)
    ]
    assert {each.kind for each in entries} == set(get_args(EntryKind))
    return Brought(planned.changes, overlaid(base, entries, "x"), names)


def test_an_edit_that_changes_nothing_loses_nothing_that_an_import_brought(
    brought: Brought,
) -> None:
    for change in brought.changes:
        match change.kind:
            case "alias":
                # Spelt as it is, it would be a name that there is already.
                changed = {"alias": "Cheese Land"}
                assert brought.edited(change, **changed) == changed
            case "actor":
                reviewed = {"reviewed": TODAY.isoformat()}
                assert brought.edited(change) == {**change.body, **reviewed}
            case _:
                assert brought.edited(change) == change.body


def test_a_phrase_goes_with_the_sentence_that_it_shortened(brought: Brought) -> None:
    event = next(each for each in brought.changes if each.kind == "event")
    body = brought.edited(event, claim="Switzerland did something else.")
    assert body["claim"] == "Switzerland did something else."
    changed = {"claim", "phrase"}
    assert event.body.keys() - body.keys() == {"phrase"}
    assert {k: v for k, v in body.items() if k not in changed} == {
        k: v for k, v in event.body.items() if k not in changed
    }


def test_an_official_name_goes_with_the_name_that_it_spelt_out(
    brought: Brought,
) -> None:
    actor = next(each for each in brought.changes if each.kind == "actor")
    assert brought.edited(actor, aliases="Landy")["names"] == actor.body["names"]
    renamed = brought.edited(actor, name="Ruritania")
    assert renamed["names"] == {"short": "Ruritania"}


@pytest.mark.parametrize("grade", ["official", "quality", "Weak"])
def test_how_good_a_source_is_stands_on_a_line_of_its_own(
    grade: str, base: Base, names: NameIndex
) -> None:
    source = FACT["source"].replace("weak", grade)
    draft = Draft("event", "CU", FACT | {"source": source})
    body, _ = read(draft, base, TODAY, names.exact)
    assert body is not None
    assert body["sources"][0]["grade"] == grade.casefold()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"summary": "x" * 401, "facts": ""}, "summary"),
        ({"summary": "", "facts": ""}, "summary"),
        ({"summary": "It did.", "facts": "nothing-such"}, "facts"),
    ],
)
def test_a_summary_with_a_fault_is_told_where(
    fields: dict[str, str], field: str, base: Base, names: NameIndex
) -> None:
    body, findings = read(Draft("summary", "CU", fields), base, TODAY, names.exact)
    assert body is None
    assert {finding.field for finding in findings} == {field}


def test_a_draft_and_an_entry_of_the_first_edition_get_the_nearest_deed(
    base: Base, names: NameIndex
) -> None:
    old = {key: text for key, text in FACT.items() if key != "deed"}
    draft = Draft("event", "CU", {**old, "worth": "military/major"})
    body, findings = read(draft, base, TODAY, names.exact)
    assert (findings, body and body["deed"]) == ([], "arms")
    first = {**body_of(base.countries["CU"].events[0]), "pillar": "economic"}
    first = {**first, "weight": "major", "claim": "It imposed sanctions."}
    del first["deed"]
    assert fields_of("event", first)["deed"] == "sanctions"
    assert event_of(first).deed == "sanctions"


@pytest.mark.parametrize(
    ("typed", "date", "until"),
    [
        ("2022 to 2023", "2022", "2023"),
        ("2 March 2022   until \n Mar 2023", "2022-03-02", "2023-03"),
        ("2022-03-02 – 2023", "2022-03-02", "2023"),
        ("2022–2023", "2022", "2023"),
        ("2022..2023-05-01", "2022", "2023-05-01"),
        ("2022-03-02/2023-01-31", "2022-03-02", "2023-01-31"),
        ("24/02/2022 / 28/03/2022", "2022-02-24", "2022-03-28"),
        ("24.02.2022 - 2023", "2022-02-24", "2023"),
        ("2022 bis März 2023", "2022", "2023-03"),
        ("od 2022 do 2023", "2022", "2023"),
        ("2 березня 2022 до 2023", "2022-03-02", "2023"),
        ("2 de marzo de 2022 a 2023", "2022-03-02", "2023"),
        ("2022年から2023年まで", "2022", "2023"),
    ],
)
def test_a_span_has_a_beginning_and_an_end(
    typed: str, date: str, until: str, base: Base, names: NameIndex
) -> None:
    draft = Draft("event", "CU", {**FACT, "date": typed})
    body, findings = read(draft, base, TODAY, names.exact)
    assert findings == []
    assert body is not None
    assert (body["date"], body["until"]) == (date, until)


@pytest.mark.parametrize("locale", languages())
def test_a_span_is_read_as_each_language_writes_it(
    locale: str, base: Base, names: NameIndex
) -> None:
    typed = Texts(locale)("{since} to {until}", since="2022-03-02", until="2023-01")
    draft = Draft("event", "CU", {**FACT, "date": typed})
    body, findings = read(draft, base, TODAY, names.exact)
    assert findings == []
    assert body is not None
    assert (body["date"], body["until"]) == ("2022-03-02", "2023-01")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("date", "2022 to"),
        ("claim", ""),
        ("date", "soon"),
        ("date", "9" * 5000),
        ("toward", "nobody"),
        ("date", "2022 to 2023 to 2024"),
        ("deed", "x/y"),
        ("source", "Gazette"),
        ("source", "https://discord.com/Invite/x\nP\nT"),
        ("source", "https://10.0.0.1/\nP\nT"),
        ("source", "https://exa\u202emple.org/\nP\nT"),
    ],
)
def test_a_finding_is_in_the_field_that_is_wrong(
    field: str, typed: str, base: Base, names: NameIndex
) -> None:
    draft = Draft("event", "CU", {**FACT, field: typed})
    body, findings = read(draft, base, TODAY, names.exact)
    assert body is None
    assert {finding.field for finding in findings} == {field}
    assert all(len(finding.message) < 300 for finding in findings)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "Belarus", "kind": "state"}, "name"),
        ({"name": "Landonia", "kind": "state", "aliases": "Landy, Cuba"}, "aliases"),
        ({"name": "Landonia", "kind": "state", "aliases": "a," * 11}, "aliases"),
        ({"name": "L" * 61, "kind": "state"}, "name"),
        ({"name": "Landonia", "kind": "empire"}, "kind"),
    ],
)
def test_an_actor_with_a_fault_is_told_where(
    fields: dict[str, str], field: str, base: Base, names: NameIndex
) -> None:
    draft = Draft("actor", "landonia", fields)
    body, findings = read(draft, base, TODAY, names.exact)
    assert body is None
    assert field in {finding.field for finding in findings}


@pytest.mark.parametrize(
    ("code", "name", "told"),
    [
        ("BY", "Landonia", "there is an actor BY already"),
        ("landonia", "🙂", "“🙂” has no letters"),
        (f"land{'x' * 27}", "Landonia", "a code has at most 30 characters"),
    ],
)
def test_an_actor_that_cannot_be_is_told_why(
    code: str, name: str, told: str, base: Base, names: NameIndex
) -> None:
    draft = Draft("actor", code, {"name": name, "kind": "state"})
    body, findings = read(draft, base, TODAY, names.exact)
    assert body is None
    assert told in {finding.message for finding in findings}


def test_an_id_and_a_code_are_unlike_those_taken() -> None:
    assert slug("The Sea of Mud 7", ["the-sea-mud-7"]) == "the-sea-mud-7-2"
    assert slug("中国") == "entry"
    assert code_for("Land", ["actor-land", "actor-land-2"]) == "actor-land-3"
    assert code_for("🙂", ()) == "actor-new"
    # Cut where a word ends, it would end with a hyphen, as no code does.
    assert code_for(f"{'land' * 7}a and more", ()) == f"{'land' * 7}a"
