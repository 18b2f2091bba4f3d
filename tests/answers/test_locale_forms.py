"""Days, numbers and lists are written as CLDR has them, without Babel."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from bot.answers import locale_forms
from bot.answers.locale_forms import forms_of
from bot.answers.texts import Texts, direction_of, language_name, languages
from bot.knowledge.dates import PartialDate, parse_when
from bot.names.locales import LOCALES
from tests.support.cldr_tables import tables, written_pattern

DAYS = [date(2019, 12, 20) + timedelta(days=11 * n) for n in range(110)] + [
    date(1, 1, 1),
    date(999, 12, 31),
    date(9999, 12, 31),
]
NUMBERS = [0, 1, -1, 5, 999, 1000, 9999, 12_345, -1_234_567, 10**12]
FRACTIONS = [0.5, 1.5, 2.5, 0.25, 0.345, 1234.565, -0.05, 2.675, 99.995, 1e6 / 3]
BLOCKED = """
import sys
sys.modules["babel"] = None
from bot.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(params=[each for each in LOCALES if each != "en"])
def locale(request: pytest.FixtureRequest) -> str:
    return request.param


def test_every_day_and_month_is_written_as_babel_writes_it(locale: str) -> None:
    texts = Texts(locale)
    for day in DAYS:
        assert texts.date(day) == format_date(day, "medium", locale=locale)
        assert texts.long_date(day) == format_date(day, "long", locale=locale)
        pattern = written_pattern(Locale.parse(locale))
        assert texts.written_date(day) == format_date(day, pattern, locale=locale)
        assert texts.month(day) == format_skeleton("yMMM", day, locale=locale)


@pytest.mark.parametrize("locale", languages())
def test_a_day_is_typed_as_the_language_writes_it_and_read_again(locale: str) -> None:
    texts = Texts(locale)
    for number in range(1, 13):
        day = date(2014, number, 20)
        written = texts.written_date(day)
        if locale != "en":
            assert format_date(day, "long", locale=locale).startswith(written)
        assert parse_when(written) == PartialDate(2014, number, 20), written


def test_every_number_is_written_as_babel_writes_it(locale: str) -> None:
    texts = Texts(locale)
    for number in NUMBERS:
        assert texts.number(number) == format_decimal(
            number, format="#,##0", locale=locale
        )
    for number in FRACTIONS:
        for places in (1, 2):
            pattern = f"#,##0.{'0' * places}"
            wanted = format_decimal(number, format=pattern, locale=locale)
            assert texts.number(number, places) == wanted, number


def test_every_share_is_written_as_babel_writes_it(locale: str) -> None:
    texts = Texts(locale)
    for thousandth in range(0, 1001, 5):
        share = thousandth / 1000
        assert texts.percent(share) == format_percent(share, locale=locale), share


def test_a_list_of_any_length_is_joined_as_babel_joins_it(locale: str) -> None:
    texts = Texts(locale)
    for length in range(7):
        parts = [f"part {{{n}}}" for n in range(length)]
        assert texts.listed(parts) == format_list(parts, locale=locale), length


def test_english_long_days_are_written_as_babel_writes_them() -> None:
    for day in DAYS:
        assert Texts("en").long_date(day) == format_date(day, "long", locale="en")
        assert Texts("en").written_date(day) == format_date(
            day, "d MMMM y", locale="en"
        )


def test_a_language_calls_itself_as_babel_has_it_and_runs_the_same_way(
    locale: str,
) -> None:
    named = Locale.parse(locale).get_display_name(locale)
    assert named
    assert language_name(locale) == named[:1].upper() + named[1:]
    assert direction_of(locale) == Locale.parse(locale).text_direction


def test_the_table_is_what_would_be_made_now() -> None:
    made = tables()[locale_forms.FILE.name]
    assert locale_forms.FILE.read_text("utf-8") == made, (
        "run: python -m tests.support.cldr_tables"
    )


def test_every_language_that_has_texts_has_forms() -> None:
    assert [each for each in languages() if forms_of(each) is None] == []


def test_a_language_without_forms_is_english_until_it_has_a_catalogue(
    tmp_path: Path,
) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    assert Texts("sw", None, tmp_path / "none").locale == "en"
    words = 'msgctxt "a"\nmsgid "A"\nmsgstr "Swahili A"\n'
    (tmp_path / "sw.po").write_text(head + words)
    swahili = Texts("sw", None, tmp_path)
    assert (swahili.locale, swahili.of_base("a", "A")) == ("sw", "Swahili A")
    assert swahili.date(date(2022, 2, 24)) == "Feb 24, 2022"


@pytest.mark.parametrize("language", ["en", "uk", "ar", "ja"])
def test_ally_answers_in_every_language_without_babel(language: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, "ask", "belarus", "--lang", language],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert Texts(language).date(date(2022, 2, 24))
    assert "🇧🇾" in done.stdout


def test_what_needs_babel_says_how_to_get_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, "i18n", "status"],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode not in {0, 1}
    assert "[i18n]" in done.stderr
    assert "Traceback" not in done.stderr
