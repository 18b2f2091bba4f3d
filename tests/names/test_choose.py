"""What a text selects among things with names."""

from __future__ import annotations

import pytest

from bot.names.choose import Selection, containing, meant, select, select_actor
from bot.names.index import NameIndex

OPTIONS = (
    ("es-11-10", "A/RES/ES-11/10 · Support for lasting peace"),
    ("es-11-1", "A/RES/ES-11/1 · Aggression"),
    ("es-11-2", "A/RES/ES-11/2 · Consequences of the aggression"),
)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("es-11-1", ("es-11-1",)),
        ("ES-11/1", ("es-11-1",)),
        ("es-11/10", ("es-11-10",)),
        ("aggression", ("es-11-1", "es-11-2")),
        ("aggress", ("es-11-1", "es-11-2")),
        ("ES-11/", ("es-11-10", "es-11-1", "es-11-2")),
        ("", ()),
    ],
)
def test_a_text_means_what_it_stands_in_by_itself_before_what_contains_it(
    typed: str, keys: tuple[str, ...]
) -> None:
    assert meant(typed, OPTIONS) == keys
    assert select(typed, OPTIONS).key == (keys[0] if len(keys) == 1 else None)


def test_what_is_offered_has_what_stands_by_itself_first_and_everything_once() -> None:
    assert containing("ES-11/1", OPTIONS) == ("es-11-1", "es-11-10")
    assert containing("", OPTIONS) == ("es-11-10", "es-11-1", "es-11-2")


def test_what_is_offered_is_found_by_its_key_too() -> None:
    blocs = (("csto", "Collective Security Treaty"), ("gcc", "Gulf Cooperation"))
    assert containing("CSTO", blocs) == ("csto",)
    assert containing("gc", blocs) == ("gcc",)


@pytest.mark.parametrize(
    ("typed", "selection"),
    [
        ("Belarus", Selection("BY")),
        ("korea", Selection(None, ("KR", "KP"))),
        ("zzzzz", Selection(None)),
    ],
)
def test_an_actor_is_selected_only_where_one_was_surely_meant(
    typed: str, selection: Selection, names: NameIndex
) -> None:
    assert select_actor(typed, names) == selection


def test_words_that_are_not_shown_find_too_and_are_never_taken_for_the_name() -> None:
    shown = (("es-11-1", "Invasion 2022"), ("es-11-10", "Peace 2026"))
    also = {
        "es-11-1": ("A/RES/ES-11/1", "Assembly"),
        "es-11-10": ("A/RES/ES-11/10", "Assembly"),
    }
    assert meant("A/RES/ES-11/1", shown, also) == ("es-11-1",)
    assert meant("assembly", shown, also) == ("es-11-1", "es-11-10")
    assert meant("assembly", shown) == ()
    assert meant("invasion 2022", shown, {"es-11-10": ("Invasion 2022",)}) == (
        "es-11-1",
    )
    assert containing("ES-11/1", shown, also) == ("es-11-1", "es-11-10")


def test_a_whole_name_that_is_not_shown_is_taken_before_those_that_have_it() -> None:
    shown = (("002", "アフリカ"), ("015", "北アフリカ"))
    also = {"002": ("Africa",), "015": ("North Africa",)}
    assert meant("africa", shown, also) == ("002",)
    assert meant("north", shown, also) == ("015",)
