"""What /about says of the method, with and without a public page of it."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.about import about
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from tests.support.bases import TODAY

PAGE = "https://example.org/method"


def test_a_base_with_a_public_page_of_its_method_links_to_it(base: Base) -> None:
    known = replace(base, conflict=replace(base.conflict, method=PAGE))
    page = about(known, Texts("en"), version="1", today=TODAY)
    line = next(each for each in page.sections[0].lines if each.label == "Method")
    assert [each.source.url for each in page.citations] == [PAGE]
    assert line.cites == (1,)


def test_without_a_public_page_the_method_is_one_press_away(base: Base) -> None:
    assert base.conflict.method is None
    page = about(base, Texts("en"), version="1", today=TODAY)
    assert page.citations == ()
    assert [each.id for each in page.actions] == ["ally:method:-:-:1"]
