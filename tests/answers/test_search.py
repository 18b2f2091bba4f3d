"""What a search and a source show: every page fits on a phone and leads on, and asks
for itself by its custom id, whatever was typed.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.answers.document import Answer
from bot.answers.page_ids import LONGEST
from bot.answers.page_json import page_as_json
from bot.answers.publisher import publisher
from bot.answers.screen import seen, size
from bot.answers.search import Asked, searched
from bot.answers.texts import Texts
from bot.commands.explore.search import SEARCH, SOURCE
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.knowledge.text import length
from bot.names.index import NameIndex, names_of
from bot.search.find import Indexes
from bot.search.sources import Publishers, key_of
from tests.search.test_question import HOSTILE
from tests.support.bases import FOREIGN_TODAY, SHIPPED_WORDS, TODAY, foreign

GOLDEN = Path(__file__).parent / "golden" / "search.json"
MOST = 24
"""Lines of a phone's screen that a page may take."""
TYPED = (
    "who expelled diplomats in 2022",
    "sanctions on russia",
    "how did india vote",
    "germany",
    "zzzz",
    "sanctons",
    "recognised crimea since 2014",
)


LONG = (
    "sanctions russia against belarus by european union since invasion ukraine",
    "expelled russian diplomats imposed sanctions russia over invasion ukraine",
)
"""Questions with as many words as a custom id holds, all of which are found."""


class Asking:
    """Asks one base, with one index."""

    def __init__(self, base: Base, names: NameIndex) -> None:
        self.base, self.names = base, names
        self.texts = Texts("en", names.display)
        self.indexes, self.publishers = Indexes(), Publishers()

    def page(self, asked: Asked, page: int = 1) -> Answer:
        return searched(
            asked,
            self.base,
            self.texts,
            names=self.names,
            indexes=self.indexes,
            page=page,
        )

    def source(self, name: str, page: int = 1) -> Answer:
        return publisher(
            key_of(name),
            self.base,
            self.texts,
            on=TODAY,
            publishers=self.publishers,
            page=page,
        )


@pytest.fixture(scope="session")
def asking(base: Base, names: NameIndex) -> Asking:
    return Asking(base, names)


def all_asked(base: Base) -> Iterator[Asked]:
    for text in TYPED:
        yield Asked(text, TODAY)
        for side in base.conflict.sides:
            yield Asked(text, TODAY, side=side.id, region="150")
    for deed in base.conflict.deeds:
        yield Asked("", TODAY, deed=deed)


def pages(asking: Asking) -> Iterator[Answer]:
    """The first pages of each question, and its last."""
    for asked in all_asked(asking.base):
        for page in (1, 2, 999):
            yield asking.page(asked, page)
    for number, name in enumerate(asking.publishers.names(asking.base)[::53]):
        for page in (1,) if number % 3 else (1, 2, 999):
            yield asking.source(name, page)


def ids_of(answer: Answer) -> list[str]:
    options = [each for menu in answer.menus for each in menu.options]
    return [each.id for each in (*answer.actions, *options)]


def test_every_page_fits_on_a_phone_and_leads_on(asking: Asking) -> None:
    for answer in pages(asking):
        assert size(answer).lines <= MOST, answer.title
        assert answer.lead
        assert ids_of(answer), answer.title
        assert all(length(each) <= LONGEST for each in ids_of(answer))
        for menu in answer.menus:
            options = [each.id for each in menu.options]
            assert 0 < len(options) == len(set(options)) <= 25


def test_every_fact_that_is_shown_has_its_day_and_is_cited(asking: Asking) -> None:
    for asked in all_asked(asking.base):
        answer = asking.page(asked)
        if not answer.citations:
            assert answer.title == "Nothing found"
            continue
        for section in answer.sections:
            for line in section.lines:
                assert line.cites, seen(line)
                assert any(str(year) in line.label for year in range(1945, 2027))


def test_the_pages_of_a_question_show_all_that_is_found_once(asking: Asking) -> None:
    asked = Asked("expelled diplomats", TODAY)
    shown: list[str] = []
    answer = Answer("")
    for page in range(1, 100):
        answer = asking.page(asked, page)
        shown += [seen(line).split("[")[0] for line in answer.sections[0].lines]
        if not any(each.label == "Next" and each.enabled for each in answer.actions):
            break
    assert len(shown) == len(set(shown))
    assert answer.lead
    assert answer.lead.text.startswith(f"{len(shown)} facts")


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:8]))
def test_whatever_is_typed_fits_into_a_custom_id_that_asks_the_same(
    text: str, asking: Asking
) -> None:
    for narrowed in ({}, {"side": "ukraine", "deed": "security-agreement"}):
        asked = Asked(text, TODAY, since=TODAY, region="150", **narrowed).fitting()
        page_id = asked.page_id("999")
        assert length(page_id) <= LONGEST
        page_id.encode()
        match = re.fullmatch(SEARCH, page_id)
        assert match
        assert match["text"] == asked.text
        assert asked.fitting() == asked
        assert asking.page(asked).lead


@pytest.mark.parametrize("text", LONG)
def test_a_long_question_is_narrowed_only_where_the_ids_of_that_fit(
    text: str, asking: Asking
) -> None:
    asked = Asked(text, TODAY).fitting()
    assert length(asked.page_id("999")) == LONGEST - 1
    answer = asking.page(asked)
    options = [each for menu in answer.menus for each in menu.options]
    ids = [each.id for each in (*answer.actions, *options)]
    assert len(ids) > 1
    assert max(map(length, ids)) <= LONGEST


def test_a_long_question_keeps_the_words_that_tell_most(asking: Asking) -> None:
    text = "what are all of the states that have been expelling the diplomats of " * 2
    asked = Asked(f"{text} since 2022", TODAY).fitting()
    assert "diplomats" in asked.text
    kept = Asked("who was it that did the things " * 3 + "since 2022", TODAY).fitting()
    assert kept.text.endswith("since 2022")


def test_the_title_of_every_publisher_leads_back_to_it(asking: Asking) -> None:
    for name in asking.publishers.names(asking.base):
        key = key_of(name)
        page_id = f"source:{TODAY.isoformat()}:999:{key}"
        assert length(page_id) <= LONGEST, name
        match = re.fullmatch(SOURCE, page_id)
        assert match
        assert match["key"] == key


def test_a_mistyped_word_is_said_to_have_been_read_otherwise(asking: Asking) -> None:
    answer = asking.page(Asked("sanctons", TODAY))
    assert any(note.startswith("Searched for: sanction") for note in answer.notes)
    assert not any(
        note.startswith("Searched for")
        for note in asking.page(Asked("sanctions", TODAY)).notes
    )


def test_a_filter_can_be_taken_away_where_nothing_is_found(asking: Asking) -> None:
    asked = Asked("himars", TODAY, region="002")
    answer = asking.page(asked)
    assert answer.title == "Nothing found"
    assert asked.wider().page_id() in ids_of(answer)


def golden_pages(asking: Asking) -> list[dict[str, Any]]:
    """Pages of the small base as JSON; its revision hangs on the files' bytes."""
    answers = [
        asking.page(Asked("crew", FOREIGN_TODAY)),
        asking.page(Asked("how did orchard vote in 1996", FOREIGN_TODAY)),
        asking.page(Asked("nothing at all", FOREIGN_TODAY, side="ashford")),
        asking.source("Gazette"),
        asking.source("example.org"),
    ]
    base = replace(asking.base, revision="revision")
    return [page_as_json(each, base) for each in answers]


def printed(asking: Asking) -> str:
    return json.dumps(golden_pages(asking), ensure_ascii=False, indent=1) + "\n"


def test_the_json_is_the_published_one_to_the_letter(
    lighthouse: Base, lighthouse_names: NameIndex
) -> None:
    found = printed(Asking(lighthouse, lighthouse_names))
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_another_base_is_searched_without_a_word_of_the_shipped_one(
    lighthouse: Base, lighthouse_names: NameIndex
) -> None:
    asking = Asking(lighthouse, lighthouse_names)
    for answer in pages_of_the_foreign(asking):
        said = [answer.title, *map(str, answer.sections), *answer.notes]
        labels = [o.label for menu in answer.menus for o in menu.options]
        assert not SHIPPED_WORDS.findall(" ".join([*said, *labels]))


def pages_of_the_foreign(asking: Asking) -> Iterator[Answer]:
    for text in ("", "toll", "lamp", "orchard", "xyzzy"):
        for deed in ("", *asking.base.conflict.deeds):
            yield asking.page(Asked(text, FOREIGN_TODAY, deed=deed))
    for name in asking.publishers.names(asking.base):
        yield asking.source(name)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        small = read_base(foreign(Path(folder)), FOREIGN_TODAY)
    GOLDEN.write_text(printed(Asking(small, names_of(small))), encoding="utf-8")
