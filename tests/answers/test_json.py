"""The JSON contract, held by files: ``python -m tests.answers.test_json`` writes them
anew.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.alignment.rubric import assess
from bot.answers.as_json import as_json
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.names.index import NameIndex, names_of
from tests.support.bases import FOREIGN_TODAY, TODAY, foreign

GOLDEN = Path(__file__).parent / "golden"
ACTORS = ("orchard", "meadow", "NZ")
DAY = date(2003, 4, 5)


def printed(code: str, base: Base, names: NameIndex) -> str:
    """The JSON of one actor of the small base; its revision hangs on the files' bytes
    and is left out.
    """
    base = replace(base, revision="revision")
    found = as_json(assess(code, base, on=DAY), base, Texts("en", names.display))
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("code", ACTORS)
def test_the_json_of_an_actor_is_the_published_one_to_the_letter(
    code: str, lighthouse: Base, lighthouse_names: NameIndex
) -> None:
    golden = (GOLDEN / f"{code}.json").read_text(encoding="utf-8")
    assert printed(code, lighthouse, lighthouse_names) == golden


def test_the_golden_files_have_every_kind_of_fact_and_a_scored_forecast() -> None:
    rows = [json.loads((GOLDEN / f"{each}.json").read_text("utf-8")) for each in ACTORS]
    kinds = {fact["kind"] for row in rows for fact in row["facts"]}
    assert kinds == {"event", "vote", "bloc", "measure"}
    assert all(row["forecasts"] for row in rows)
    assert len({row["level"] for row in rows}) > 1


def test_every_fact_of_everybody_is_cited_in_the_json(
    base: Base, names: NameIndex
) -> None:
    texts = Texts("en", names.display)
    for code in base.countries:
        row = as_json(assess(code, base, on=TODAY), base, texts)
        numbers = {c["number"] for c in row["citations"]}
        assert all(
            f["citations"] and set(f["citations"]) <= numbers for f in row["facts"]
        )
        json.dumps(row)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        small = read_base(foreign(Path(folder)), FOREIGN_TODAY)
    GOLDEN.mkdir(exist_ok=True)
    for each in ACTORS:
        text = printed(each, small, names_of(small))
        (GOLDEN / f"{each}.json").write_text(text, encoding="utf-8")
