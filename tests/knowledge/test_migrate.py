"""Files of the first edition: told apart, rewritten, and nothing of them lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.canonical import SCHEMA_OF, canonical
from bot.knowledge.conflict import Conflict
from bot.knowledge.migrate import is_first_edition, migrated, nearest
from bot.knowledge.plain import object_in
from bot.knowledge.reader import adapter, inspect, read_document
from bot.knowledge.yaml import decode, load
from tests.support.bases import DATA

PATTERN = object_in(load(decode((DATA / "conflict.yaml").read_bytes()))[0])

SOURCE = {"publisher": "G", "title": "T", "url": "https://example.org/x", "weak": True}
EVENT: dict[str, Any] = {
    "id": "tanks",
    "date": "2023-01-25",
    "toward": "ukraine",
    "pillar": "military",
    "weight": "major",
    "claim": "It promised tanks.",
    "sources": [SOURCE],
}
COUNTRY: dict[str, Any] = {
    "code": "BL",
    "kind": "state",
    "names": {"short": "Blefuscu"},
    "reviewed": "2023-06-01",
    "events": [EVENT],
}
LIST: dict[str, Any] = {
    "name": "List",
    "pillar": "economic",
    "toward": "ukraine",
    "weight": "major",
    "reviewed": "2023-06-01",
    "sources": {"a": SOURCE},
}
MEASURE: dict[str, Any] = {
    **LIST,
    "id": "sanctions",
    "name": "Sanctions since 2022",
    "parts": [
        {"code": "BL", "date": "2022-03", "detail": "Adopted them.", "cite": ["a"]},
        {
            "code": "LI",
            "date": "2022-03",
            "detail": "Refused to adopt the sanctions.",
            "cite": ["a"],
            "toward": "russia",
            "weight": "notable",
        },
    ],
}
BLOC: dict[str, Any] = {
    **LIST,
    "id": "league",
    "pillar": "military",
    "members": [
        {"code": "BL", "standing": "member", "cite": ["a"]},
        {"code": "LI", "standing": "left", "cite": ["a"], "until": "2008"},
    ],
}
CONFLICT: dict[str, Any] = {
    **{
        key: PATTERN[key]
        for key in ("id", "name", "question", "reviewed", "naming", "standings")
    },
    **{key: PATTERN[key] for key in ("pillars", "party", "unknown")},
    "began": "1720-01-01",
    "parties": ["LI", "BL"],
    "sides": [
        {"id": "big", "name": "Big", "sign": -1, "code": "LI"},
        {"id": "little", "name": "Little", "sign": 1, "code": "BL"},
    ],
    "weights": {"major": {"points": 0.5, "reason": "So."}},
    "ballots": {},
    "recency": {},
    "known": {},
    "levels": [
        {"id": f"level-{n}", "name": f"Level {n}", "from": n / 5, "reason": "So."}
        for n in range(-2, 3)
    ],
}
for number, each in enumerate(CONFLICT["levels"]):
    each["id"] = f"level-{number}"
FILES = {
    "countries": COUNTRY,
    "measures": MEASURE,
    "blocs": BLOC,
    "conflict": CONFLICT,
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_the_first_edition_is_rewritten_into_one_that_reads(
    kind: str,
) -> None:
    old = FILES[kind]
    assert is_first_edition(kind, old)
    new = migrated(kind, old, PATTERN)
    assert not is_first_edition(kind, new)
    document = adapter(kind).validate_python(new)
    assert canonical(document, kind)
    # Once migrated, always migrated.
    assert migrated(kind, new, PATTERN) == new


def as_now(kind: str, old: object) -> dict[str, Any]:
    """A document of the first edition in the form of this one."""
    return cast("dict[str, Any]", migrated(kind, old, PATTERN))


def test_a_file_of_the_first_edition_is_told_in_one_clear_line() -> None:
    text = "code: BL\nevents: [{id: a, pillar: military, weight: major}]\n"
    read = read_document("a.yaml", "countries", text.encode())
    assert read.document is None
    (problem,) = read.problems
    assert problem.rule == "first-edition"
    assert "first edition" in problem.message
    assert "ally fmt --migrate" in problem.hint


@pytest.mark.parametrize(
    "hostile", [None, 7, [], {"events": 3}, {"sources": [1]}, {"source": []}]
)
def test_whatever_a_file_holds_it_can_be_asked_for_its_edition(hostile: Any) -> None:
    assert not is_first_edition("countries", hostile)


def test_what_a_fact_said_is_kept_beside_its_deed() -> None:
    event = as_now("countries", COUNTRY)["events"][0]
    kept = ("id", "date", "toward", "claim")
    assert {key: event[key] for key in kept} == {key: EVENT[key] for key in kept}
    assert event["deed"] == "arms"
    assert event["sources"][0]["grade"] == "weak"


def test_a_part_that_differs_from_its_measure_gets_a_deed_of_its_own() -> None:
    new = as_now("measures", MEASURE)
    assert new["deed"] == "sanctions"
    mine, other = new["parts"]
    assert "deed" not in mine
    assert (other["toward"], other["deed"]) == ("russia", "sanctions-refused")


def test_a_seat_without_a_day_holds_from_the_day_its_source_was_written() -> None:
    old = {**BLOC, "sources": {"a": {**SOURCE, "published": "2021-05-05"}}}
    dated, ended = as_now("blocs", old)["members"]
    assert dated["since"] == "2021-05-05"
    assert "source" in dated["note"]
    assert ended["since"] <= ended["until"]


def test_a_conflict_keeps_its_own_sides_and_levels_under_the_new_rules() -> None:
    new = adapter("conflict").validate_python(as_now("conflict", CONFLICT))
    assert isinstance(new, Conflict)
    levels = [level.id for level in new.levels]
    assert levels == [f"level-{n}" for n in range(5)]
    assert [level.toward for level in new.levels] == [
        "big",
        "big",
        "neutral",
        "little",
        "little",
    ]
    assert {rule.level for rule in new.rules} <= set(levels)


@pytest.mark.parametrize(
    ("pillar", "weight", "toward", "words", "deed"),
    [
        ("military", "decisive", "russia", "Its troops fought in Kursk.", "troops"),
        ("military", "decisive", "russia", "It let its territory be used", "territory"),
        ("military", "notable", "russia", "It refused to send tanks.", "arms-refused"),
        ("diplomatic", "major", "russia", "It recognised the land.", "recognition"),
        ("diplomatic", "notable", "ukraine", "It expelled diplomats.", "expulsion"),
        ("diplomatic", "minor", "ukraine", "It voiced its concern.", "words"),
        ("economic", "major", "ukraine", "It imposed sanctions.", "sanctions"),
        ("economic", "notable", "russia", "It buys more gas.", "energy"),
        ("diplomatic", "notable", "neutral", "It offered to mediate.", "mediation"),
        ("economic", "minor", "neutral", "It was mentioned.", None),
    ],
)
def test_a_pillar_and_a_weight_become_the_deed_nearest_to_them(
    pillar: str, weight: str, toward: str, words: str, deed: str | None
) -> None:
    found = nearest(pillar, weight, toward, words)
    assert (found.deed if found else None) == deed


@pytest.mark.parametrize("pillar", ["military", "diplomatic", "economic"])
@pytest.mark.parametrize("weight", ["decisive", "major", "notable", "minor"])
@pytest.mark.parametrize("toward", ["russia", "ukraine"])
def test_every_pillar_and_weight_has_a_deed_of_that_pillar(
    pillar: str, weight: str, toward: str
) -> None:
    found = nearest(pillar, weight, toward, "Something happened.")
    assert found is not None
    deed = object_in(object_in(PATTERN["deeds"])[found.deed])
    assert deed["pillar"] == pillar


def test_a_whole_base_of_the_first_edition_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "conflict.yaml").write_text("id: a\nweights: {}\n", encoding="utf-8")
    base, problems = inspect(tmp_path, date(2026, 1, 1))
    assert base is None
    assert [problem.rule for problem in problems] == ["first-edition"]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                (
                    "pillar weight toward claim sources source events override parts "
                    "members cite since until levels sides weak official weights"
                ).split()
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(kind=st.sampled_from(["countries", *SCHEMA_OF]), document=values)
def test_no_document_however_odd_makes_the_migration_fail(
    kind: str, document: Any
) -> None:
    new = migrated(kind, document, PATTERN)
    assert not is_first_edition(kind, document) or new != document


def test_a_long_claim_costs_no_more_than_its_beginning() -> None:
    words = "refused " * 200_000
    assert nearest("economic", "notable", "russia", words) is not None
