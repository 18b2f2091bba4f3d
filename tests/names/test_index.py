from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.facts import Base
from bot.names.flags import code_of_flag
from bot.names.index import NameIndex, flag, fold, names_of
from bot.names.locales import LOCALES, cldr_locale
from bot.names.newest import newest_first
from bot.names.server_names import ServerNames
from tests.support.bases import shipped

SURE = """
belarus BY|BY BY|by BY|blr BY|BELARUS BY|Republic of Belarus BY|byelorussia BY
White Russia BY|🇧🇾 BY|:flag_by: BY
Беларусь BY|Белоруссия BY|weißrussland BY|weissrussland BY|belorus BY|belar BY
armenia AM|🇦🇲 AM|Հայաստան AM
kazakhstan KZ|Қазақстан KZ|khazakstan KZ|kyrgyzstan KG|tajikistan TJ|cuba CU|Kuba CU
россия RU|Moscow RU|the Kremlin RU
Kyiv UA|Kiev UA|ukrane UA|uk GB|U.K. GB|Great Britain GB|usa US|U.S.A. US|america US
drc CD|D.R.C. CD|dprk KP
south korea KR|north korea KP|niger NE|nigeria NG|guinea GN|Guinea-Bissau GW
equatorial guinea GQ|papua new guinea PG
dominica DM|dominican republic DO|netherlands NL|holland NL|côte d'ivoire CI
Cote d’Ivoire CI|ivory coast CI|burma MM
swaziland SZ|Eswatini SZ|turkey TR|Türkiye TR|turkiye TR|czech republic CZ|czechia CZ
the gambia GM|gambia GM|chad TD
georgia GE|samoa WS|ireland IE|china CN|中国 CN|taiwan TW|kosovo XK|palestine PS
vatican VA|holy see VA|st lucia LC
Saint Kitts & Nevis KN|trinidad and tobago TT|bosnia BA|macedonia MK|north macedonia MK
timor-leste TL|east timor TL
cape verde CV|laos LA|vietnam VN|viet nam VN|syria SY|iran IR|iraq IQ|dnr donetsk-pr
DPR donetsk-pr|lnr luhansk-pr
abkhazia abkhazia|south ossetia south-ossetia|transnistria transnistria|pmr transnistria
mali ML|malawi MW|malta MT
sudan SD|south sudan SS|oman OM|om OM|no NO|norway NO|mexiko MX|Deutschland DE|España ES
日本 JP|مصر EG|ایران IR
"""
PAIRS = [
    pair.rsplit(" ", 1)
    for line in SURE.split("\n")
    for pair in line.split("|")
    if pair and not pair.endswith("?")
]


@pytest.mark.parametrize(("typed", "code"), PAIRS, ids=[p[0] for p in PAIRS])
def test_what_people_type_becomes_the_country_they_mean(
    names: NameIndex, typed: str, code: str
) -> None:
    found = names.resolve(typed)
    assert found.matches[:1] == (code,)
    assert found.sure


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("korea", {"KR", "KP"}),
        ("congo", {"CD", "CG"}),
        ("separatists", {"donetsk-pr", "luhansk-pr"}),
        ("the separatists", {"donetsk-pr", "luhansk-pr"}),
        ("dnr/lnr", {"donetsk-pr", "luhansk-pr"}),
        ("austr", {"AU", "AT"}),
        ("england", {"GB"}),
    ],
)
def test_a_name_that_may_mean_several_asks(
    names: NameIndex, typed: str, codes: set[str]
) -> None:
    found = names.resolve(typed)
    assert not found.sure
    assert codes <= set(found.matches)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "asdfgh",
        "pizza",
        "my cat",
        "wakanda",
        "narnia",
        "mordor",
        "greenland",
        "hong kong",
        "puerto rico",
        "nato",
        "eu",
        "texas",
        "🙂",
        "🇪🇺",
        "crimea",
        "\u202e",
        "northland",
        "gaza",
        "prussia",
        "hello",
        "123",
        "zz",
        "atlantis",
        "a" * 5000,
    ],
)
def test_nonsense_finds_nothing(names: NameIndex, typed: str) -> None:
    found = names.resolve(typed)
    assert found.matches == ()
    assert not found.sure


@pytest.mark.parametrize(
    "lead",
    [
        *("the ", "so-called ", "la ", "le ", "les ", "el ", "los ", "il ", "gli "),
        *("die ", "der ", "l'", "L’", "d'", "gl'", "dell’", "all'"),
        *("Republic of ", "the Republic of ", "Republiken ", "Republikken "),
        *("Republiek ", "Republika e ", "República ", "República de ", "República da "),
        *("República do ", "République de ", "la République du ", "République d'"),
        *("Republik ", "die Republik ", "Republika ", "Repubblica di "),
        *("республика ", "республіка ", "рэспубліка "),
    ],
)
def test_words_before_a_name_are_no_part_of_it(lead: str, names: NameIndex) -> None:
    resolution = names.resolve(f"{lead}Armenia")
    assert (resolution.matches, resolution.sure) == (("AM",), True)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_display_name_is_understood(
    base: Base, names: NameIndex, locale: str
) -> None:
    for code in base.countries:
        shown = names.display(code, locale)
        found = names.resolve(shown, locale)
        assert code in found.matches, (shown, found)


@settings(max_examples=300)
@given(st.text(max_size=120))
def test_no_text_makes_the_index_fail(text: str) -> None:
    base_names = _shared()
    assert len(base_names.suggest(text)) <= 25
    assert len(base_names.resolve(text).matches) <= 5


@cache
def _shared() -> NameIndex:
    return names_of(shipped())


def test_the_empty_box_offers_whom_the_newest_facts_are_about(
    base: Base, names: NameIndex
) -> None:
    offered = names.suggest("")
    assert offered == newest_first(base)
    assert len(offered) == 25
    kinds = {base.countries[code].kind for code in offered}
    assert kinds <= {"state", "observer"}


@pytest.mark.parametrize(
    ("typed", "first"),
    [("bel", "BY"), ("neth", "NL"), ("kaz", "KZ"), ("беларусь", "BY"), ("uk", "GB")],
)
def test_autocomplete_puts_the_best_first(
    names: NameIndex, typed: str, first: str
) -> None:
    found = names.suggest(typed)
    assert first in found[:2]
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("typed", "offered", "code"),
    [
        ("fas", True, "BF"),
        ("fa", False, "BF"),
        ("cuva", True, "CU"),
        ("pru", False, "PE"),
    ],
)
def test_autocomplete_finds_later_words_from_three_letters_and_slips_from_four(
    typed: str, offered: bool, code: str, names: NameIndex
) -> None:
    assert (code in names.suggest(typed)) is offered


def test_flags_and_discord_locales() -> None:
    assert [code_of_flag(text) for text in ("🇦🇿", "🇿🇦", "🇦", "🇦🈀")] == [
        "AZ",
        "ZA",
        None,
        None,
    ]
    assert flag("BY") == "🇧🇾"
    assert flag("donetsk-pr") == ""
    assert cldr_locale("pt-BR") == "pt_BR"
    assert cldr_locale("no") == "nb"
    assert cldr_locale("zh-CN") == "zh_Hans"


@given(st.text(max_size=50))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once or len(once) >= 50


def test_every_name_is_begun_by_each_of_its_beginnings_and_nonsense_by_none(
    base: Base, names: NameIndex
) -> None:
    own = ServerNames(names, base)
    for country in base.countries.values():
        name = country.names.short
        for lookup in (names, own):
            assert all(lookup.begins(name[:n]) for n in range(1, len(name) + 1)), name
            assert not lookup.begins(f"{name} qq")
