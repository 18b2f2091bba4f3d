from __future__ import annotations

from pathlib import Path

import pytest

from bot.names import territories
from bot.names.locales import LOCALES, spelled, varieties
from bot.names.territories import territories_of
from tests.support.cldr_tables import tables, territories_in


@pytest.mark.parametrize("locale", LOCALES)
def test_every_territory_is_called_as_cldr_calls_it(locale: str) -> None:
    assert dict(territories_of(locale)) == dict(territories_in(locale))


def test_the_table_is_what_would_be_made_now() -> None:
    made = tables()[territories.FILE.name]
    assert territories.FILE.read_text("utf-8") == made, (
        "run: python -m tests.support.cldr_tables"
    )


@pytest.mark.parametrize(
    ("locale", "other"),
    [
        ("uk_UA", "uk"),
        ("zh_TW", "zh_Hant"),
        ("zh_Hans_CN", "zh_Hans"),
        ("zh", "zh_Hans"),
        ("pt_PT", "pt_BR"),
        ("es_419", "es_419"),
        ("es_MX", "es"),
        ("no", "nb"),
    ],
)
def test_a_variety_that_is_not_in_the_table_has_the_names_of_what_stands_for_it(
    locale: str, other: str
) -> None:
    assert territories_of(locale)["BY"] == territories_of(other)["BY"]


def test_a_language_that_is_not_in_the_table_has_no_names() -> None:
    assert dict(territories_of("sw")) == {}


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("uk", "uk"),
        ("UK_ua", "uk_UA"),
        ("ZH_hANS_cn", "zh_Hans_CN"),
        ("es_419", "es_419"),
        ("nonsense", None),
        ("C", None),
        ("../uk", None),
        ("uk\n", None),
        ("", None),
    ],
)
def test_a_locale_is_spelt_as_cldr_spells_it_or_is_none(
    text: str, locale: str | None
) -> None:
    assert spelled(text) == locale


def test_what_may_stand_for_a_locale_comes_nearest_first() -> None:
    assert [*varieties("zh_Hans_CN")] == ["zh_Hans_CN", "zh_Hans", "zh", "zh_Hans"]
    assert [*varieties("zh_TW")] == ["zh_TW", "zh_Hant", "zh", "zh_Hans"]
    assert [*varieties("pt_PT")] == ["pt_PT", "pt", "pt_BR"]


def test_the_table_is_not_read_again_for_every_locale(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    territories_of("uk")
    territories_of.cache_clear()
    monkeypatch.setattr(territories, "FILE", Path("gone"))
    assert territories_of("uk")["BY"] == "Білорусь"
