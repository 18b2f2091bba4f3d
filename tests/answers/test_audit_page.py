"""The state of a base as a page and as tables."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from bot.answers.audit import audit, audit_as_markdown, rule_name
from bot.answers.document import Answer
from bot.answers.texts import Texts
from bot.knowledge.audit import audit as state_of
from bot.knowledge.facts import Base
from bot.knowledge.findings import RULES
from bot.knowledge.reader import read_base
from bot.names.index import names_of
from tests.support.bases import FOREIGN_TODAY, SHIPPED_WORDS, foreign
from tests.support.egg_conflict import act, egg_base, roll


def shown(base: Base) -> tuple[Answer, str]:
    texts = Texts("en", names_of(base).display)
    found = state_of(base)
    tables = audit_as_markdown(found, base.conflict, texts)
    return audit(found, base.conflict, texts), tables


def lines_of(page: Answer) -> list[tuple[str, str]]:
    return [(line.label, line.text) for part in page.sections for line in part.lines]


def test_page_and_tables_say_the_same(base: Base) -> None:
    page, tables = shown(base)
    state, deeds, found = page.sections
    for line in (*state.lines, *found.lines):
        assert f"| {line.label} | {line.text} |" in tables
    for line in deeds.lines:
        (row,) = (
            row for row in tables.splitlines() if row.startswith(f"| {line.label} |")
        )
        assert row.endswith(f"| {line.text.partition(':')[0]} |")


def test_rows_of_a_table_have_as_many_cells_as_its_head(base: Base) -> None:
    for table in shown(base)[1].split("\n\n"):
        cells = {row.count(" | ") for row in table.splitlines()}
        assert len(cells) == 1


def test_another_base_is_told_in_its_own_words(tmp_path: Path) -> None:
    page, tables = shown(read_base(foreign(tmp_path), FOREIGN_TODAY))
    said = " ".join([tables, *(f"{a} {b}" for a, b in lines_of(page))]).casefold()
    assert not SHIPPED_WORDS.findall(said)


def test_a_base_without_facts_has_dashes_and_no_division_by_nothing() -> None:
    page = dict(lines_of(shown(egg_base())[0]))
    assert page["Newest fact"] == "–"
    assert page["Facts beside votes"].startswith("0: – with an official source")


def test_of_many_actors_the_first_are_named_and_the_others_counted(base: Base) -> None:
    texts = Texts("en", names_of(base).display)
    many = ("UY", "TR", "SE", "PL", "NO", "MT", "IE", "AT")
    found = dataclasses.replace(state_of(base), weak_alone=many)
    page = dict(lines_of(audit(found, base.conflict, texts)))
    assert page["Strongest deeds on weak pages alone"] == (
        "8 (Austria, Ireland, Malta, Norway, Poland, Sweden and 2 more)"
    )


def test_few_actors_are_all_named() -> None:
    rolls = [roll("1722-01-01", LP="yes")]
    events = [act("toast", f"1721-0{n}-01") for n in (1, 2, 3)]
    page = dict(lines_of(shown(egg_base(events, rolls=rolls))[0]))
    few = page["Fewer than 3 facts beside votes"]
    assert few.startswith("3 (")
    assert "more" not in few


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_its_words(rule: str) -> None:
    assert rule_name(rule, Texts("en"))[0].isupper()
