"""What is read aloud: ``python -m tests.ui.test_accessibility`` writes its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.alignment.rubric import assess
from bot.answers import page_ids
from bot.answers.card import card
from bot.answers.card_buttons import with_buttons
from bot.answers.document import Answer
from bot.answers.evidence import evidence
from bot.answers.pages import page_of
from bot.answers.texts import Texts
from bot.commands.explore.pictures import with_picture
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.names.index import NameIndex, names_of
from bot.pictures.drawings import (
    Drawing,
    MapQuestion,
    card_drawing,
    map_drawing,
    ranking_drawing,
    timeline_drawing,
)
from bot.ui.render import prepare
from tests.support.bases import DATA, TODAY
from tests.support.read_aloud import read_aloud

PAGE = DATA.parent / "docs" / "accessibility.md"
BEGIN, END = "<!-- answers: generated -->", "<!-- end of answers -->"

Shown = Callable[[Base, Texts], Answer | Drawing]


def _card(code: str) -> Shown:
    def shown(base: Base, texts: Texts) -> Answer:
        found = assess(code, base, on=TODAY)
        answer = card(found, base, texts, today=TODAY)
        return with_buttons(answer, found, texts, private=False, hosted=True)

    return shown


def _page(page_id: str) -> Shown:
    return lambda base, texts: page_of(page_id, base, texts)


ANSWERS: dict[str, Shown] = {
    "/ally country:belarus": _card("BY"),
    "/ally country:armenia": _card("AM"),
    "/ally country:belarus, then Why": lambda base, texts: evidence(
        assess("BY", base, on=TODAY), base, texts, page=1
    ),
    "/ally country:armenia picture:True": lambda base, texts: card_drawing(
        "AM", base, texts, on=TODAY
    ),
    "/where side:Leans to Ukraine": _page(
        page_ids.where("leans-ukraine", "", "", TODAY)
    ),
    "/where as:aid": lambda base, texts: ranking_drawing("aid", base, texts, on=TODAY),
    "/vote resolution:ES-11/1": _page(page_ids.roll("es-11-1", "", "")),
    "/bloc name:CSTO": _page(page_ids.bloc("csto", TODAY)),
    "/compare first:belarus second:armenia": _page(
        page_ids.compare(["BY", "AM"], TODAY)
    ),
    "/map": lambda base, texts: map_drawing(MapQuestion("levels", TODAY), base, texts),
    "/timeline country:armenia": lambda base, texts: timeline_drawing(
        "AM", base, texts, on=TODAY
    ),
    "/forecast": _page(page_ids.forecast("express-2022-01-26", TODAY)),
}


def components_of(shown: Answer | Drawing, base: Base) -> list[dict[str, Any]]:
    if isinstance(shown, Answer):
        return prepare(shown, base.conflict).to_components()
    view, _ = with_picture(shown.answer, b"", "picture.png", base.conflict)
    return view.to_components()


def spoken(name: str, base: Base, texts: Texts) -> list[str]:
    return list(read_aloud(components_of(ANSWERS[name](base, texts), base)))


def _sections(base: Base, texts: Texts) -> Iterator[str]:
    for name in ANSWERS:
        yield f"## {name}"
        yield ""
        yield "```text"
        yield from spoken(name, base, texts)
        yield "```"
        yield ""


def written(page: str, base: Base, names: NameIndex) -> str:
    said = "\n".join(_sections(base, Texts("en", names.display)))
    around = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    return around.sub(lambda _: f"{BEGIN}\n\n{said}\n{END}", page)


def test_the_page_says_what_is_read_aloud(base: Base, names: NameIndex) -> None:
    page = PAGE.read_text(encoding="utf-8")
    fresh = written(page, base, names)
    assert page == fresh, "python -m tests.ui.test_accessibility"


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_begins_with_a_heading_or_a_described_picture_and_leads_on(
    base: Base, names: NameIndex, name: str
) -> None:
    said = spoken(name, base, Texts("en", names.display))
    assert said[0].startswith(("Heading: ", "Image: "))
    assert any(line.startswith("Heading: ") for line in said)
    assert any(line.startswith(("Button: ", "Menu: ")) for line in said)


@pytest.mark.parametrize("name", ANSWERS)
def test_nothing_is_read_that_only_eyes_understand(
    base: Base, names: NameIndex, name: str
) -> None:
    said = "\n".join(spoken(name, base, Texts("en", names.display)))
    assert "(no description)" not in said
    for sign in ("▰", "▱", "█", "░", "**", "](", "-# "):
        assert sign not in said


@pytest.mark.parametrize("name", ANSWERS)
def test_a_picture_s_description_says_more_than_its_title(
    base: Base, names: NameIndex, name: str
) -> None:
    said = spoken(name, base, Texts("en", names.display))
    for line in said:
        if line.startswith("Image: "):
            assert len(line) > 120


if __name__ == "__main__":
    shipped = read_base(DATA, TODAY)
    text = written(PAGE.read_text(encoding="utf-8"), shipped, names_of(shipped))
    PAGE.write_text(text, encoding="utf-8")
