"""What /about and /help say: on one screen, with a way on."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers.about import about
from bot.answers.help import help_page
from bot.answers.screen import size
from bot.answers.texts import Texts
from bot.commands.command_texts import MESSAGES
from bot.knowledge.facts import Base
from bot.names.index import NameIndex
from bot.names.newest import newest_first
from tests.support.bases import TODAY

ROWS = 24
"""Lines of text on a phone 390 px wide and 844 px high, without buttons."""

PAGE = "https://example.org/method"


def test_a_base_with_a_public_page_of_its_method_links_to_it(base: Base) -> None:
    known = replace(base, conflict=replace(base.conflict, method=PAGE))
    page = about(known, Texts("en"), version="1", today=TODAY)
    line = next(
        each for each in page.sections[0].lines if each.label == "How a level is found"
    )
    assert [each.source.url for each in page.citations] == [PAGE]
    assert line.cites == (1,)


def test_without_a_public_page_the_method_is_one_press_away(base: Base) -> None:
    assert base.conflict.method is None
    page = about(base, Texts("en"), version="1", today=TODAY)
    assert page.citations == ()
    assert [each.id for each in page.actions] == ["ally:method:-:-:1"]


def test_about_names_the_edition_of_the_base_that_answers(base: Base) -> None:
    page = about(base, Texts("en"), version="1", today=TODAY)
    line = next(
        each for each in page.sections[0].lines if each.label == "Edition of the facts"
    )
    assert base.revision in line.text


def test_about_names_the_number_of_an_edition_that_was_fetched(base: Base) -> None:
    fetched = replace(base, edition="202611261200")
    page = about(fetched, Texts("en"), version="1", today=TODAY)
    line = next(
        each for each in page.sections[0].lines if each.label == "Edition of the facts"
    )
    assert "202611261200" in line.text
    assert base.revision in line.text


def test_about_and_help_fit_on_one_screen(base: Base, names: NameIndex) -> None:
    base = replace(base, edition="202611261200")
    for locale in ("en", "de", "ru", "ja"):
        texts = Texts(locale, names.display)
        known = replace(base, conflict=replace(base.conflict, method=PAGE))
        for page in (
            about(known, texts, version="1.12.3", today=TODAY),
            help_page(base, texts, TODAY),
        ):
            assert size(page).lines + len(page.citations) <= ROWS, page.title


def test_help_names_every_command_of_readers(base: Base) -> None:
    lines = help_page(base, Texts("en"), TODAY).sections[0].lines
    named = set(re.findall(r"/([a-z]+)", " ".join(each.label for each in lines)))
    shown = {
        key.split(".")[1]
        for key in MESSAGES
        if re.fullmatch(r"command\.[a-z]+\.name", key)
    }
    assert shown - named == {"help", "following"}


def test_without_examples_of_its_own_help_asks_about_whom_the_news_is(
    base: Base,
) -> None:
    silent = replace(base, conflict=replace(base.conflict, examples=()))
    page = help_page(silent, Texts("en"), TODAY)
    parties = base.conflict.parties
    newest = next(code for code in newest_first(base) if code not in parties)
    assert page.actions[0].id == f"ally:ask:{newest}:-:1"
