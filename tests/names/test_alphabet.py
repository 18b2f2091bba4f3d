"""Names stand in the alphabet of the reader's language."""

from __future__ import annotations

import pytest

from bot.knowledge.facts import Base
from bot.names.alphabet import sort_key
from bot.names.index import LOCALES, NameIndex
from tests.support.alphabets import NODE, sorted_by_icu


@pytest.mark.parametrize(
    ("locale", "names"),
    [
        ("en", ["Åland", "Albania", "Côte d'Ivoire", "Croatia", "Türkiye", "Tuvalu"]),
        ("sv", ["Zambia", "Åland", "Österrike"]),
        ("cs", ["Honduras", "Chile", "Indie"]),
        ("es", ["Nicaragua", "Níger", "Ñandú", "Omán"]),
        ("hu", ["Cuba", "Csád", "Dánia"]),
        ("uk", ["Гаїті", "Ґренада", "Данія", "Египет", "Єгипет"]),
        ("zh_Hans", ["阿富汗", "巴西", "德国", "中国"]),
        ("ja", ["スイス", "スウェーデン", "スーダン"]),
        ("th", ["กัมพูชา", "เกาหลีใต้", "คิวบา"]),
    ],
)
def test_names_stand_in_the_alphabet_of_their_language(
    locale: str, names: list[str]
) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=lambda name: sort_key(name, locale)) == names


@pytest.mark.skipif(not NODE, reason="Node.js, which has ICU, is not installed")
def test_every_actors_name_stands_where_icu_has_it(
    base: Base, names: NameIndex
) -> None:
    shown = {
        locale: [names.display(code, locale) for code in base.countries]
        for locale in LOCALES
    }
    for locale, wanted in sorted_by_icu(shown).items():
        mine = sorted(shown[locale], key=lambda name: sort_key(name, locale))
        assert mine == wanted, locale


def test_what_an_alphabet_does_not_have_comes_after_it_or_as_its_plain_letter() -> None:
    names = ["Ḿexico", "Malta", "Nepal", "漢"]
    ordered = sorted(names, key=lambda name: sort_key(name, "de"))
    assert ordered == ["Malta", "Ḿexico", "Nepal", "漢"]
    assert sort_key("", "de") < sort_key("a", "de")
    assert sorted(["xー", "ー"], key=lambda name: sort_key(name, "ja"))
