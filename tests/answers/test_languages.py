"""What a language brings with it: its direction, its lists and numbers, the names of
its commands, and from where a word comes that its catalogue lacks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.alignment.assessment import Assessment
from bot.alignment.forecasts import claims
from bot.alignment.over_time import Stop, course
from bot.alignment.rubric import assess
from bot.answers import catalogues, page_ids
from bot.answers.base_words import messages
from bot.answers.behind import earlier
from bot.answers.card import plain_card
from bot.answers.card_words import described
from bot.answers.compare import comparison
from bot.answers.country_brief import country_brief
from bot.answers.direction import (
    END,
    FIRST_STRONG,
    FROM_THE_LEFT,
    FROM_THE_RIGHT,
    closed,
    enclosed,
    isolated,
    laid_out,
)
from bot.answers.document import Answer, Citations, Line
from bot.answers.evidence import evidence, votes
from bot.answers.finding_words import finding_text
from bot.answers.forecast import forecast, ordered
from bot.answers.headline import sentences_of
from bot.answers.pages import page_of
from bot.answers.search import Asked, searched
from bot.answers.sentences import in_a_row, told_in_a_row
from bot.answers.stance import forecast_line
from bot.answers.texts import Texts, languages
from bot.answers.timeline import timeline, turns
from bot.answers.vote import roll, roll_call
from bot.cli.main import main
from bot.knowledge.facts import Base
from bot.knowledge.text import length
from bot.names.index import NameIndex, names_of
from bot.search.find import Indexes
from bot.ui import limits
from bot.ui.render import escape, texts_of
from tests.support.bases import TODAY
from tests.support.catalogues import po


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program's catalogues are looked for."""
    monkeypatch.setattr("bot.answers.texts.CATALOGUES", tmp_path)
    catalogues.forget()
    return tmp_path


def written(folder: Path, language: str, *rows: tuple[str, str, str]) -> None:
    text = po(*rows).replace('msgctxt ""\n', "")
    (folder / f"{language}.po").write_text(text, encoding="utf-8")


def test_a_variety_takes_from_its_language_what_it_lacks(folder: Path) -> None:
    written(folder, "es", ("", "Back", "Atrás"), ("", "Next", "Siguiente"))
    written(folder, "es_419", ("", "Back", "Volver"))
    latin, spain = Texts("es_419"), Texts("es")
    assert (latin("Back"), latin("Next"), latin("Why")) == (
        "Volver",
        "Siguiente",
        "Why",
    )
    assert (spain("Back"), spain("Next")) == ("Atrás", "Siguiente")


def test_a_command_in_a_sentence_has_the_name_that_discord_shows(
    folder: Path,
) -> None:
    written(
        folder,
        "uk",
        ("command.entry.name", "entry", "запис"),
        ("command.entry.add.name", "add", "додати"),
        ("option.country.name", "country", "країна"),
        ("", "Try {what} or /entry add.", "Спробуйте {what} або /entry add."),
    )
    texts = Texts("uk")
    # What fills a placeholder is somebody's text and stays.
    assert texts("Try {what} or /entry add.", what="/entry add") == (
        "Спробуйте /entry add або /запис додати."
    )
    for typed, named in {
        "/entry add country:": "/запис додати країна:",
        "/entry country:": "/запис країна:",
        "… country:": "… країна:",
        "/entry for": "/запис for",
        "/map shows": "/map shows",
        "and/or": "and/or",
    }.items():
        assert texts.commands(typed) == named
    assert Texts("en").commands("/entry add") == "/entry add"


def test_lists_sentences_shares_and_numbers_are_the_languages(folder: Path) -> None:
    written(
        folder,
        "ja",
        ("row.comma", ", ", "、"),
        ("row.sentence", "{text}.", "{text}。"),
    )
    assert Texts("ja").row(["日本", "中国"]) == "日本、中国"
    assert Texts("ja").sentence("制裁") == "制裁。"
    assert Texts("en").sentence("it votes") == "It votes."
    assert Texts("tr").capital("izin") == "İzin"
    assert Texts("de").capital("öl") == "Öl"
    assert Texts("fr").percent(0.5) == "50\N{NO-BREAK SPACE}%"
    assert Texts("en").percent(0.5) == "50%"
    assert Texts("de").number(1234567) == "1.234.567"
    assert Texts("de").number(0.5, 2) == "0,50"
    assert Texts("en").number(1234.5, 2) == "1,234.50"


ARABIC = "بيلاروس"


def test_right_to_left_text_is_isolated_and_other_text_is_not() -> None:
    assert isolated(ARABIC) == f"{FROM_THE_RIGHT}{ARABIC}{END}"
    assert isolated("שלום") == f"{FROM_THE_RIGHT}שלום{END}"
    for text in ("Belarus", "Білорусь", "白俄罗斯", "🇧🇾", "5 of 5", ""):
        assert isolated(text) == text


def test_an_isolate_that_somebody_opened_does_not_reach_what_comes_after() -> None:
    for text in (f"a{FIRST_STRONG}b", f"a{END}b", f"{END}a{FIRST_STRONG}"):
        assert FIRST_STRONG not in escape(text)
        assert END not in escape(text)
    whole = f"a {FIRST_STRONG}b{END}"
    assert closed(whole) == whole


def test_what_is_isolated_twice_keeps_its_direction() -> None:
    named = f"{enclosed(ARABIC)} (12):"
    assert isolated(named) == f"{FROM_THE_RIGHT}{named}{END}"
    assert enclosed("26/11/2026") == f"{FIRST_STRONG}26/11/2026{END}"


def test_a_line_that_begins_in_a_right_to_left_script_is_laid_out_from_the_right() -> (
    None
):
    text = f"### 🇧🇾 {ARABIC}\nBelarus: {ARABIC}\n-# 20/02/2014: {ARABIC}."
    assert laid_out(text).split("\n") == [
        f"### {FROM_THE_RIGHT}🇧🇾 {ARABIC}{END}",
        f"Belarus: {ARABIC}",
        f"-# {FROM_THE_RIGHT}20/02/2014: {ARABIC}.{END}",
    ]
    assert laid_out("### 🇧🇾 Білорусь") == "### 🇧🇾 Білорусь"
    assert limits.directed("Білорусь", 5) == "Біло…"
    label = limits.directed(ARABIC * 9, 40)
    assert label.startswith(FROM_THE_RIGHT)
    assert label.endswith(f"…{END}")
    assert length(label) <= 40


def test_blanks_and_marks_of_a_languages_dates_reach_its_readers() -> None:
    day = date(2026, 11, 26)
    for locale in ("ar", "fr", "ru", "uk"):
        said = Texts(locale).date(day)
        assert said in escape(said)


def test_no_blank_stands_behind_a_full_width_stop() -> None:
    assert in_a_row(["一。", "二？", "", "Three.", "四。"]) == "一。二？Three. 四。"
    assert in_a_row(["One.", "Two."]) == "One. Two."
    assert sentences_of("制裁した。「はい。」と言った。") == (
        "制裁した。",
        "「はい。」と言った。",
    )
    assert sentences_of("هل فرض؟ فرض عقوبات.") == ("هل فرض؟", "فرض عقوبات.")


@pytest.mark.parametrize("locale", languages())
def test_each_of_several_sentences_has_one_end_and_the_languages_own(
    locale: str,
) -> None:
    texts = Texts(locale)
    stop = texts.sentence("一")[-1]
    said = told_in_a_row(["一", "", "二。", "三？", "four!", "five."], texts)
    gap = "" if stop == "。" else " "
    assert re.sub("[\u2066-\u2069]", "", said) == f"一{stop}{gap}二。三？four! five."


@pytest.mark.parametrize("locale", ["ja", "zh_Hans"])
def test_a_sentence_with_a_full_width_end_has_no_other(
    base: Base, names: NameIndex, locale: str
) -> None:
    texts = Texts(locale, names.display, base.catalogues)
    told = [
        forecast_line(claim.scored, base.conflict, Citations(), texts).text
        for forecast in base.forecasts.values()
        for claim in claims(forecast, base, on=TODAY)
        if claim.scored.because
    ]
    stops = course("BY", base, end=TODAY)
    told.append(timeline("BY", stops, base, texts).described)
    told.append(described(assess("BY", base, on=TODAY), base, texts))
    assert len(told) > 3
    for each in told:
        assert each.endswith("。"), each
        assert not re.search(r"[。）]\.|。 ", each), each


def test_parts_of_a_line_stand_in_order_in_a_right_to_left_language() -> None:
    line = Line("نص", label="عسكري", bar=3, side="روسيا", cites=(1,))
    (said,) = texts_of(Answer("", lead=line))
    parts = [f"{FROM_THE_RIGHT}{each}{END}" for each in ("عسكري", "روسيا", "نص")]
    label, side, text = map(said.index, parts)
    assert label < said.index("▰▰▰▱▱") < side < text < said.index("[1]")


def test_a_flag_moves_no_number_behind_it_in_a_right_to_left_language(
    base: Base, names: NameIndex
) -> None:
    # Its two signs are letters from the left: "CN [Russia] 3 of 5" would be one run.
    texts = Texts("ar", names.display, base.catalogues)
    said = "\n".join(texts_of(comparison(["CN", "IN"], base, texts, on=TODAY)))
    rows = [each for each in said.splitlines() if "روسيا\u2069 3 من 5" in each]
    assert len(rows) == 2
    for row in rows:
        for flag in ("🇨🇳", "🇮🇳"):
            assert f"{FROM_THE_RIGHT}{flag}{END}" in row


def test_what_fills_a_right_to_left_sentence_is_isolated(folder: Path) -> None:
    written(folder, "ar", ("", "{name}, {n}", "{n} {name}"))
    assert Texts("ar")("{name}, {n}", name="NATO", n=3) == (
        f"3 {FROM_THE_LEFT}NATO{END}"
    )
    assert Texts("uk")("{name}, {n}", name="NATO", n=3) == "NATO, 3"


def test_what_the_checks_found_is_told_in_the_readers_language(folder: Path) -> None:
    written(
        folder,
        "uk",
        ("", "at most {n}", "щонайбільше {n}"),
        ("", "{day} is in the future", "{day} ще попереду"),
        ("source.url", "address", "адреса"),
        ("", "an invite to a server is no source", "запрошення не джерело"),
    )
    texts = Texts("uk")
    for english, said in {
        "at most 60": "щонайбільше 60",
        "someday is in the future": "someday ще попереду",
        "url: an invite to a server is no source": "адреса: запрошення не джерело",
        "something that no catalogue has": "something that no catalogue has",
        "at most {n}": "щонайбільше {n}",
    }.items():
        assert finding_text(english, texts) == said
        if not english.startswith("url"):
            assert finding_text(english, Texts("en")) == english


@pytest.mark.parametrize(
    ("found", "english", "german"),
    [
        (
            "1999 is before the base's first day, 2014-02-20",
            "1999 is before the base's first day, Feb 20, 2014",
            "1999 liegt vor dem ersten Tag der Datenbasis, 20.02.2014",
        ),
        ("2031-03 is in the future", "Mar 2031 is in the future", ""),
        (
            "ends on 2024-01-02, before it begins on 2024-03-04",
            "ends on Jan 2, 2024, before it begins on Mar 4, 2024",
            "",
        ),
    ],
)
def test_days_of_what_the_checks_found_are_in_the_readers_form(
    found: str, english: str, german: str
) -> None:
    assert finding_text(found, Texts("en")) == english
    told = finding_text(found, Texts("de"))
    assert not re.search(r"\d{4}-\d\d", told)
    assert german in told


def test_a_number_with_a_sign_is_the_languages_and_zero_has_none() -> None:
    assert Texts("en").signed(-0.4, 2) == "\N{MINUS SIGN}0.40"
    assert Texts("en").signed(0.4, 2) == "+0.40"
    assert Texts("en").signed(-0.004, 2) == "0.00"
    assert Texts("uk").signed(-0.4, 2) == "\N{MINUS SIGN}0,40"
    # Its sign stands before the number where lines run from the right.
    said = f"{FROM_THE_LEFT}\N{MINUS SIGN}0.40{END}"
    assert Texts("ar").signed(-0.4, 2) == said


@pytest.mark.parametrize("language", languages())
def test_turning_back_a_page_and_going_back_have_two_names(language: str) -> None:
    texts = Texts(language)
    assert texts("Previous") != texts("Back")


PAGES: dict[str, Callable[[Base, Texts], Answer]] = {
    "why": lambda base, texts: evidence(_senegal(base), base, texts, page=1),
    "votes": lambda base, texts: votes(_senegal(base), base, texts, page=1),
    "earlier": lambda base, texts: earlier(_senegal(base), base, texts, page=1),
    "timeline": lambda base, texts: timeline("SN", _course(base), base, texts),
    "turns": lambda base, texts: turns("SN", _course(base), base, texts, page=1),
    "brief": lambda base, texts: country_brief("SN", base, texts, on=TODAY),
    "forecast": lambda base, texts: forecast(
        ordered(base)[0], base, texts, on=TODAY, page=1
    ),
    "changes": lambda base, texts: page_of(
        page_ids.changes("all", "", "", date(2026, 1, 1), TODAY), base, texts
    ),
    "ended": lambda base, texts: page_of(
        page_ids.changes("ended", "", "", date(2026, 1, 1), TODAY), base, texts
    ),
    "since": lambda base, texts: page_of(
        page_ids.movers("all", "", "", date(2022, 1, 1), TODAY, 1), base, texts
    ),
    "search": lambda base, texts: searched(
        Asked("tanks", TODAY), base, texts, names=names_of(base), indexes=Indexes()
    ),
    "vote": lambda base, texts: roll(
        roll_call(base.votes["es-11-1"], base, texts), base, texts
    ),
}


def _senegal(base: Base) -> Assessment:
    return assess("SN", base, on=TODAY)


def _course(base: Base) -> tuple[Stop, ...]:
    return course("SN", base, begin=base.first_day, end=TODAY)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_facts_says_once_in_which_language_they_are(
    base: Base, names: NameIndex, page: str
) -> None:
    def notes(language: str) -> tuple[str, ...]:
        texts = Texts(language, names.display, base.catalogues)
        return PAGES[page](base, texts).notes

    assert notes("de").count("Fakten auf Englisch.") == 1
    assert not [note for note in notes("en") if "English" in note]


@pytest.mark.parametrize("page", ["changes", "since"])
def test_an_arrow_points_at_the_later_level_where_lines_run_from_the_right(
    base: Base, names: NameIndex, page: str
) -> None:
    texts = Texts("ar", names.display, base.catalogues)
    said = "\n".join(texts_of(PAGES[page](base, texts)))
    assert "←" in said
    assert "→" not in said


def test_a_reader_is_told_once_that_facts_are_in_english(
    base: Base, names: NameIndex, tmp_path: Path
) -> None:
    told = {each.key: each.text for each in messages(base)}
    rows = [
        ("note.facts", told["note.facts"], "Факти англійською."),
        ("note.summary", told["note.summary"], "Підсумок перекладено."),
        ("note.translated", told["note.translated"], "Перекладено."),
        ("summary.BY", told["summary.BY"], "Про Білорусь."),
    ]
    (tmp_path / "uk.po").write_text(po(*rows), encoding="utf-8")
    catalogues.forget()
    texts = Texts("uk", names.display, tmp_path)

    def card(code: str, words: Texts) -> Answer:
        return plain_card(assess(code, base, on=TODAY), base, words)

    translated, written_in_english = card("BY", texts), card("PL", texts)
    assert translated.lead is not None
    assert translated.lead.text == "Про Білорусь."
    assert any("Перекладено" in note for note in translated.notes)
    assert any("Факти англійською" in note for note in written_in_english.notes)
    assert len(card("BY", Texts("en", names.display, tmp_path)).notes) == 1


@pytest.mark.parametrize(
    ("given", "environment", "language"),
    [
        ([], {}, "English"),
        ([], {"LANG": "uk_UA.UTF-8"}, "Ukrainian"),
        ([], {"LANG": "uk_UA.UTF-8", "LC_ALL": "C"}, "English"),
        ([], {"LANG": "C", "LC_ALL": "uk"}, "Ukrainian"),
        ([], {"LANG": "sv_SE.UTF-8"}, "English"),
        (["--lang", "uk"], {"LANG": "C"}, "Ukrainian"),
        (["--lang", "en"], {"LANG": "uk_UA"}, "English"),
        (["--json"], {"LANG": "uk_UA"}, "English"),
    ],
)
def test_the_terminal_speaks_the_language_that_is_asked_for_or_its_own(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    given: list[str],
    environment: dict[str, str],
    language: str,
) -> None:
    written(folder, "uk", ("sure.high", "high", "висока"))
    monkeypatch.setattr("bot.cli.context.languages", lambda: ("en", "uk"))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["ask", "belarus", *given]) == 0
    said = capsys.readouterr().out
    if "--json" in given:
        said = json.loads(said)["name"]
    assert ("Білорусь" in said) == (language == "Ukrainian")
