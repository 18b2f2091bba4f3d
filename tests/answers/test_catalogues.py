"""Each language that Ally speaks is whole, fits the screen, and is taken by Discord."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import cycle
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from bot.alignment.rubric import assess
from bot.answers.card import plain_card
from bot.answers.card_fullness import LARGEST, USUAL
from bot.answers.document import Answer
from bot.answers.screen import size
from bot.answers.texts import CATALOGUES, Texts
from bot.cli.catalogue_check import Status, most_of, status_of
from bot.cli.i18n import PROGRAM, TEMPLATE
from bot.commands.command_messages import MESSAGES
from bot.commands.command_texts import DESCRIPTION, MENU_NAME, NAME, CommandTexts
from bot.knowledge.facts import Base
from bot.knowledge.text import length
from bot.names.index import NameIndex
from tests.answers.test_card import KEEP_BOTH
from tests.support import pseudo
from tests.support.bases import DATA, TODAY

LANGUAGES = sorted(path.stem for path in CATALOGUES.glob("*.po"))
OF_BASE = DATA / "locales"
MOST_CARDS = 0.7
"""Share of the cards that take no more than the usual screen, the note that facts are
in English included."""
UNKNOWN_TO_DISCORD = {"ar", "be"}


def read(path: Path, locale: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale)


@pytest.fixture(scope="session")
def pseudo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the catalogues of the made-up language."""
    folder = tmp_path_factory.mktemp("pseudo")
    pseudo.write(folder / "program", folder / "base")
    return folder


@pytest.fixture
def in_pseudo(
    pseudo_folder: Path, names: NameIndex, monkeypatch: pytest.MonkeyPatch
) -> Texts:
    """The words of the made-up language."""
    monkeypatch.setattr("bot.answers.texts.CATALOGUES", pseudo_folder / "program")
    return Texts(pseudo.LOCALE, names.display, pseudo_folder / "base")


def test_program_and_base_speak_the_same_languages() -> None:
    assert sorted(path.stem for path in OF_BASE.glob("*.po")) == LANGUAGES


@pytest.mark.parametrize("place", ["program", "base"])
def test_every_catalogue_has_every_message_and_no_mistake(place: str) -> None:
    folder, template = (
        (CATALOGUES, PROGRAM) if place == "program" else (OF_BASE, TEMPLATE)
    )
    wanted = read(folder / template)
    for each in LANGUAGES:
        found = status_of(
            read(folder / f"{each}.po", each),
            wanted,
            each,
            program=place == "program",
        )
        missing = [str(message.id) for message in found.missing]
        assert (each, missing, [*map(str, found.mistakes)]) == (each, [], [])


def assert_fit(cards: Mapping[str, Answer]) -> None:
    """Every card fits the screen, and most the usual one."""
    sizes = {code: size(shown) for code, shown in cards.items()}
    assert not {code: n for code, n in sizes.items() if not n.within(LARGEST)}
    usual = [code for code, taken in sizes.items() if taken.within(USUAL)]
    assert len(usual) >= MOST_CARDS * len(cards)


OTHERS = [each for each in LANGUAGES if each not in KEEP_BOTH]
"""Languages of which no other test composes all cards."""


@pytest.mark.parametrize(
    "language",
    [*KEEP_BOTH, *(pytest.param(each, marks=pytest.mark.whole) for each in OTHERS)],
)
def test_every_card_fits_the_screen_and_most_the_usual_one(
    language: str, cards_in: Callable[[str], Mapping[str, Answer]]
) -> None:
    assert_fit(cards_in(language))


def test_every_actors_card_fits_in_one_of_the_other_languages_by_turns(
    base: Base, names: NameIndex
) -> None:
    spoken = [Texts(each, names.display, base.catalogues) for each in OTHERS]
    assert_fit(
        {
            code: plain_card(assess(code, base, on=TODAY), base, texts)
            for code, texts in zip(base.countries, cycle(spoken), strict=False)
        }
    )


def test_cards_fit_in_a_language_that_is_a_third_longer_than_english(
    in_pseudo: Texts, base: Base
) -> None:
    assert_fit(
        {
            code: plain_card(assess(code, base, on=TODAY), base, in_pseudo)
            for code in base.countries
        }
    )


def assert_taken(locale: str, base: Base, names: NameIndex) -> None:
    """Discord takes what every command says in a language."""
    texts = CommandTexts(base, names)
    refused: list[str] = []
    for key in MESSAGES:
        said = texts.in_locale(key, locale) or "x"
        is_name = key.startswith(("command.", "option.")) and key.endswith(".name")
        if is_name:
            taken = bool(NAME.fullmatch(said)) and said == said.lower()
        else:
            most = MENU_NAME if key.startswith("menu.") else DESCRIPTION
            taken = length(said) <= most
        if not taken:
            refused.append(f"{key}: {said}")
    assert refused == []


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - UNKNOWN_TO_DISCORD))
def test_discord_takes_every_text_of_every_command(
    language: str, base: Base, names: NameIndex
) -> None:
    assert_taken(language, base, names)


def test_discord_takes_texts_that_are_a_third_longer_than_english(
    in_pseudo: Texts, base: Base, names: NameIndex
) -> None:
    assert_taken(in_pseudo.locale, base, names)


@pytest.mark.parametrize("language", sorted(UNKNOWN_TO_DISCORD))
def test_a_language_that_discord_does_not_know_has_no_names_of_commands(
    language: str, base: Base, names: NameIndex
) -> None:
    texts = CommandTexts(base, names)
    named = [
        key for key in MESSAGES if key.endswith(".name") and not key.startswith("menu.")
    ]
    assert named
    assert not [key for key in named if texts.in_locale(key, language) is not None]


# What the check of catalogues finds: each with a translation that is wrong in one way.
ROWS = {
    "whole": ("", "Hello, {name}: /entry add ⚠", "Вітаю, {name}: /entry add ⚠", ""),
    "another placeholder": ("", "Hello, {name}", "Вітаю, {ім'я}", "placeholders"),
    "a placeholder too few": ("", "Hello, {name}", "Вітаю", "placeholders"),
    "an open brace": ("", "Hello, {name}", "Вітаю, {name", "brace"),
    "another command": ("", "See /entry add", "Див. /запис додати", "/entry add"),
    "a mark left out": ("", "⚠ weak", "слабке", "⚠"),
    "a mark of direction": ("", "weak", "слаб\u200fке", "invisible"),
    "a blank behind": ("", "weak", "слабке ", "blank"),
    "a line break": ("", "weak", "слаб\nке", "line break"),
    "a name of two words": ("command.map.name", "map", "дві карти", "one word"),
    "a name in capitals": ("option.on.name", "on", "День", "one word"),
    "a long description": ("command.map.description", "A map", "к" * 101, "at most"),
    "a long menu": ("menu.mentions.name", "Where?", "к" * 33, "at most"),
    "nothing": ("", "weak", "", "missing"),
    "fuzzy": ("", "weak", "слабке", "fuzzy"),
}


def status_with(
    context: str, english: str, said: str | tuple[str, ...], *, fuzzy: bool
) -> Status:
    template, catalogue = Catalog(), Catalog(locale="uk")
    for each, words in ((template, None), (catalogue, said)):
        each.add(
            english if isinstance(said, str) else (english, english),
            words,
            context=context or None,
            flags=["fuzzy"] if fuzzy and words else [],
        )
    return status_of(catalogue, template, "uk", program=True)


@pytest.mark.parametrize("row", ROWS)
def test_a_mistake_of_a_translation_is_found(row: str) -> None:
    context, english, said, what = ROWS[row]
    status = status_with(context, english, said, fuzzy=row == "fuzzy")
    found = [each.what for each in status.mistakes]
    found += ["missing"] * len(status.missing)
    assert len(found) == bool(what)
    assert all(what in each for each in found)


@pytest.mark.parametrize(
    ("language", "said", "right"),
    [
        ("ar", "{before} ← {now}", True),
        ("ar", "{before} → {now}", False),
        ("uk", "{before} → {now}", True),
        ("uk", "{before} ← {now}", False),
    ],
)
def test_an_arrow_points_the_way_in_which_the_language_runs(
    language: str, said: str, right: bool
) -> None:
    template, catalogue = Catalog(), Catalog(locale=language)
    template.add("{before} → {now}")
    catalogue.add("{before} → {now}", said)
    found = status_of(catalogue, template, language, program=True)
    assert (found.mistakes == ()) is right


def test_a_plural_form_leaves_out_its_number_only_where_it_stands_for_one() -> None:
    # In Ukrainian the first form is for 21 as well; in Polish it is for 1 alone.
    forms = ("Один запис", "{n} записи", "{n} записів")
    assert status_with("", "{n} entries", forms, fuzzy=False).mistakes
    template, polish = Catalog(), Catalog(locale="pl")
    template.add(("One entry", "{n} entries"))
    polish.add(("One entry", "{n} entries"), ("Jeden", "{n} wpisy", "{n} wpisów"))
    assert status_of(polish, template, "pl", program=True).mistakes == ()


def test_another_plural_rule_is_found() -> None:
    template, catalogue = Catalog(), Catalog(locale="de")
    found = status_of(catalogue, template, "uk", program=True).mistakes
    assert [each.message for each in found] == ["Plural-Forms"]
    assert get_plural("uk").plural_expr in found[0].what


def test_two_commands_may_not_have_one_name() -> None:
    template, catalogue = Catalog(), Catalog(locale="uk")
    for key, said in (
        ("command.map.name", "карта"),
        ("command.ally.name", "карта"),
        ("command.entry.name", "запис"),
        ("command.entry.add.name", "карта"),
    ):
        template.add(key, context=key)
        catalogue.add(key, said, context=key)
    found = status_of(catalogue, template, "uk", program=True).mistakes
    assert [each.message for each in found] == ["command.ally.name"]


def test_what_is_gone_from_the_template_is_found() -> None:
    catalogue = Catalog(locale="uk")
    catalogue.add("Gone", "Нема")
    found = status_of(catalogue, Catalog(), "uk", program=True).mistakes
    assert [each.message for each in found] == ["“Gone”"]


def test_summaries_are_translated_all_or_not_at_all() -> None:
    template, catalogue = Catalog(), Catalog(locale="uk")
    for code in ("BY", "CU"):
        template.add(f"Summary of {code}", context=f"summary.{code}")
    assert not status_of(catalogue, template, "uk", program=False).missing
    catalogue.add("Summary of BY", "Про BY", context="summary.BY")
    assert len(status_of(catalogue, template, "uk", program=False).missing) == 1


def test_english_loads_neither_catalogues_nor_babel() -> None:
    code = (
        "import sys; from bot.answers.texts import Texts; "
        "Texts('en')('Which day?'); "
        "print([m for m in sys.modules if m.split('.')[0] == 'babel'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout.replace("'", '"')) == []


@pytest.mark.parametrize(
    ("key", "most"),
    [
        ("measure.arms.name", 100),
        ("measure.arms.phrase", 100),
        ("vote.es-11-1.short", 100),
        ("measure.arms.scope", 400),
        ("rule.lean.sentence", 0),
    ],
)
def test_only_what_stands_in_a_menu_has_a_menus_limit(key: str, most: int) -> None:
    assert most_of(Message("Names 29 of about 40 states.", context=key)) == most
