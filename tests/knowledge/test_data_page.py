"""The page on writing facts: what it calls good is, and what it calls bad is found."""

from __future__ import annotations

import shutil
from pathlib import Path
from textwrap import dedent

import pytest

from bot.knowledge.canonical import canonical
from bot.knowledge.facts import Base
from bot.knowledge.findings import findings
from bot.knowledge.reader import read_base, read_text
from tests.support.bases import DATA, TODAY

PAGE = DATA.parent / "docs" / "data.md"
LISTED = """\
  - code: LP
    date: 2022-03-04
    detail: Took over the EU's sanctions.
    cite: [{source}]
"""


def shown(word: str) -> str:
    """The file that stands under a word that ends with a colon."""
    page = PAGE.read_text(encoding="utf-8")
    _, after = page.split(f"\n{word}:", 1)
    _, block = after.split("\n\n    ", 1)
    lines = f"    {block}".splitlines(keepends=True)
    end = next(n for n, line in enumerate(lines) if line[:1] not in {" ", "\n"})
    return dedent("".join(lines[:end])).strip() + "\n"


@pytest.fixture
def laputa(tmp_path: Path) -> Path:
    """A copy of the base in which Laputa is on the list of sanctions."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    path = folder / "measures" / "sanctions-ru.yaml"
    text = path.read_text(encoding="utf-8")
    source = text.split("sources:\n  ", 1)[1].split(":", 1)[0]
    path.write_text(text + LISTED.format(source=source), encoding="utf-8")
    return folder


def with_file(folder: Path, text: str) -> Base:
    (folder / "countries" / "laputa.yaml").write_text(text, encoding="utf-8")
    return read_base(folder, TODAY)


def found(base: Base) -> list[str]:
    return [f"{f.rule} {f.ref}" for f in findings(base, TODAY) if f.code == "LP"]


def test_the_good_file_is_read_and_nothing_is_found_in_it(laputa: Path) -> None:
    base = with_file(laputa, shown("Good"))
    assert found(base) == []
    facts = {fact.ref: fact for fact in base.facts("LP")}
    assert facts["joined-the-sanctions"].part_of == "measure:sanctions-ru"
    assert facts["loan-blocked"].ends


def test_the_good_file_is_in_its_canonical_form() -> None:
    text = shown("Good")
    read = read_text("laputa.yaml", "countries", text)
    assert read.problems == []
    assert read.document
    assert canonical(read.document, "countries") == text


def test_what_the_page_says_of_the_bad_file_is_found_in_it(laputa: Path) -> None:
    base = with_file(laputa, shown("Bad"))
    assert found(base) == ["no-end event-1", "old event-1", "told-twice sanctions"]
