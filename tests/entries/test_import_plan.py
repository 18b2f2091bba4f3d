from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.entries.import_plan import Plan, plan
from bot.entries.overlay import overlaid
from bot.entries.records import Entry
from bot.knowledge.facts import Base
from bot.knowledge.problems import Problem
from bot.knowledge.reader import MOST_PROBLEMS
from bot.knowledge.yaml import MAX_BYTES
from bot.names.index import NameIndex
from tests.support.bases import TODAY

CUBA = "code: CU\nkind: state\nnames: {short: Cuba}\nreviewed: 2024\n"
LAND = "code: actor-land\nkind: breakaway\nnames: {short: Landonia}\nreviewed: 2024\n"


def entry(number: int, kind: Any, subject: str, body: Any, state: Any) -> Entry:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Entry(number, kind, subject, body, state, 3, 1, at)


@pytest.fixture
def planned(base: Base, names: NameIndex) -> Any:
    def read(text: str, *entries: Entry) -> tuple[Plan | None, list[Problem]]:
        server = overlaid(base, entries, "x")
        raw = text.encode()
        return plan("x.yaml", raw, server, entries, TODAY, names.exact)

    return read


def test_an_alias_of_the_bases_actor_is_added_once(planned: Any) -> None:
    text = CUBA + "aliases: [Isle of cigars, Kuba]\n"
    found, problems = planned(text)
    assert problems == []
    assert [change.body for change in found.changes] == [{"alias": "Isle of cigars"}]
    assert found.same == 1
    there = entry(4, "alias", "CU", {"alias": "Isle of cigars"}, "published")
    found, _ = planned(text, there)
    assert (found.changes, found.same) == ((), 2)


def test_what_was_retired_is_published_again_over_its_last_revision(
    planned: Any,
) -> None:
    there = entry(4, "alias", "CU", {"alias": "Isle of cigars"}, "retired")
    found, _ = planned(CUBA + "aliases: [Isle of cigars]\n", there)
    (change,) = found.changes
    assert (change.number, change.revision, change.before) == (4, 3, None)


def test_a_new_actor_comes_with_its_kind_and_its_names(planned: Any) -> None:
    official = LAND.replace("Landonia}", "Landonia, official: Free Landonia}")
    found, problems = planned(official + "aliases: [Landy]\n")
    assert problems == []
    (change,) = found.changes
    assert (change.kind, change.subject) == ("actor", "actor-land")
    assert change.body == {
        "kind": "breakaway",
        "names": {"short": "Landonia", "official": "Free Landonia"},
        "reviewed": "2024",
        "aliases": ["Landy"],
    }


def test_a_name_that_is_an_entry_by_itself_is_not_made_part_of_the_actor(
    planned: Any,
) -> None:
    body = {"kind": "breakaway", "names": {"short": "Landonia"}, "reviewed": "2024"}
    there = [
        entry(4, "actor", "actor-land", body, "published"),
        entry(5, "alias", "actor-land", {"alias": "Landy"}, "published"),
    ]
    found, problems = planned(LAND + "aliases: [Landy, Onia]\n", *there)
    assert problems == []
    (change,) = found.changes
    assert (change.kind, change.number) == ("actor", 4)
    assert change.body["aliases"] == ["Onia"]


def test_a_file_that_is_too_large_is_refused_unread(planned: Any) -> None:
    found, (problem,) = planned("#" * (MAX_BYTES + 1))
    assert found is None
    assert problem.message == "the file has 1,048,577 bytes"
    assert problem.hint == "at most 1,048,576 are read"


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        (CUBA.replace("short: Cuba", "short: Kuba"), "names.short", 3),
        (CUBA + "aliases:\n- Belarus\n", "aliases[0]", 6),
        (CUBA + "aliases:\n- Cigaria\n- '...'\n", "aliases[1]", 7),
        (LAND.replace("actor-land", f"actor-{'x' * 30}"), "code", 1),
        (CUBA + "---\n" + CUBA, "code", 6),
        (LAND + "---\n" + LAND.replace("-land", "-other"), "names.short", 8),
        (CUBA + f"kind: {'9' * 5000}\n", "", 5),
        (CUBA + f"aliases: [{'9' * 5000}]\n", "", 5),
    ],
)
def test_a_problem_names_its_place(
    planned: Any, text: str, path: str, line: int
) -> None:
    found, problems = planned(text)
    assert found is None
    assert (problems[0].path, problems[0].line) == (path, line), problems
    assert {problem.file for problem in problems} == {"x.yaml"}


def test_a_name_that_is_not_the_bases_is_told_with_the_bases(planned: Any) -> None:
    found, (problem,) = planned(CUBA.replace("short: Cuba", "short: Kuba"))
    assert found is None
    assert problem.rule == "duplicate"
    assert problem.message == "the name is not the base's"
    assert problem.hint.startswith("the base calls CU 'Cuba'; ")


def test_an_event_of_the_base_is_not_changed_from_below(
    planned: Any, base: Base
) -> None:
    event = base.countries["BY"].events[0]
    text = CUBA.replace("CU", "BY").replace("Cuba", "Belarus") + (
        f"events:\n- id: {event.id}\n  date: 2024\n  toward: {event.toward}\n"
        f"  pillar: military\n  weight: minor\n  claim: Another.\n  sources:\n"
        "  - {publisher: P, title: T, url: 'https://example.org/'}\n"
    )
    _, problems = planned(text)
    assert {problem.rule for problem in problems} == {"duplicate"}
    assert problems[0].path == "events[0].id"


def test_a_file_of_documents_of_mistakes_is_given_up_when_there_are_too_many(
    base: Base, names: NameIndex
) -> None:
    one = "code: CU\nevents: [" + "1," * 1_700 + "]\n"
    raw = "---\n".join([one] * 300).encode()
    assert len(raw) < MAX_BYTES
    made, problems = plan("entries.yaml", raw, base, (), TODAY, names.exact)
    assert made is None
    assert len(problems) < 2 * MOST_PROBLEMS
    assert any(each.rule == "more" and not each.path for each in problems)


def test_problems_that_only_the_base_shows_are_bounded_too(
    base: Base, names: NameIndex
) -> None:
    one = "code: {0}\nkind: state\nnames: {{short: Land {0}}}\nreviewed: 2024\n"
    one += "aliases: [" + "RU," * 1_000 + "]\n"
    raw = "---\n".join(one.format(f"land-{n}") for n in range(300)).encode()
    made, problems = plan("entries.yaml", raw, base, (), TODAY, names.exact)
    assert made is None
    assert len(problems) < 3 * MOST_PROBLEMS
