"""Every kind of page of the small base, held by a file: ``python -m
tests.answers.test_pages`` writes it anew. What changes there is what readers will see.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, cast

from bot.alignment.rubric import assess
from bot.answers import behind
from bot.answers.document import Answer
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.names.index import NameIndex, names_of
from tests.answers.test_foreign import of_a_server, of_an_actor, of_many, of_the_bot
from tests.support.bases import FOREIGN_TODAY, foreign

GOLDEN = Path(__file__).parent / "golden" / "pages.txt"
BLANKS: tuple[Any, ...] = (None, "", [], (), {}, False)
EACH = 7
"""Of pages about actors one in so many is held."""


def without_blanks(value: Any) -> Any:
    """The same without keys that say nothing."""
    if isinstance(value, dict):
        named = cast("dict[str, Any]", value)
        kept = {key: without_blanks(each) for key, each in named.items()}
        return {key: each for key, each in kept.items() if each not in BLANKS}
    if isinstance(value, list | tuple):
        return [without_blanks(each) for each in cast("Sequence[Any]", value)]
    return value


def told(answer: Answer) -> Iterator[str]:
    """What a page says and leads to, a line each. A citation is its number and address:
    sources are the base's.
    """
    row = asdict(answer)
    for key, value in row.items():
        if key not in {"sections", "actions", "citations"} and value not in BLANKS:
            yield f"{key}: {without_blanks(value)}"
    for section in row["sections"]:
        yield f"## {section['heading']}"
        yield from (str(without_blanks(line)) for line in section["lines"])
    yield from (f"> {without_blanks(action)}" for action in row["actions"])
    yield from (f"[{each.number}] {each.source.url}" for each in answer.citations)


def pages(base: Base, names: NameIndex) -> Iterator[Answer]:
    """Every kind of page, on each of a few days; those behind a card on the last."""
    texts = Texts("en", names.display)
    for of in (of_an_actor, of_many):
        yield from islice(of(base, texts), None, None, EACH)
    for of in (of_the_bot, of_a_server):
        yield from of(base, texts)
    for code in base.countries:
        found = assess(code, base, on=FOREIGN_TODAY)
        for page in (behind.sources, behind.earlier, behind.foretold):
            yield page(found, base, texts, page=1)


def printed(base: Base, names: NameIndex) -> str:
    """All these pages, each once."""
    blocks = dict.fromkeys("\n".join(told(each)) for each in pages(base, names))
    return "\n\n".join(blocks) + "\n"


def test_every_kind_of_page_says_and_leads_to_what_was_agreed(
    lighthouse: Base, lighthouse_names: NameIndex
) -> None:
    assert printed(lighthouse, lighthouse_names) == GOLDEN.read_text(encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        small = read_base(foreign(Path(folder)), FOREIGN_TODAY)
    GOLDEN.write_text(printed(small, names_of(small)), encoding="utf-8")
