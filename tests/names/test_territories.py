from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import pytest
from babel import Locale

from bot.knowledge.facts import Base
from bot.names import territories
from bot.names.index import LOCALES, names_of
from bot.names.territories import table, territories_of


@pytest.fixture(scope="module")
def text() -> str:
    return table(LOCALES)


@pytest.fixture
def forgotten() -> Iterator[None]:
    """What has been looked up by then is looked up anew, then and afterwards."""
    for function in (territories._lines, territories_of):
        function.cache_clear()
    yield
    for function in (territories._lines, territories_of):
        function.cache_clear()


@pytest.fixture(params=["packaged", "missing"])
def packaged(
    request: pytest.FixtureRequest,
    text: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    forgotten: None,
) -> bool:
    file = tmp_path / "territories.jsonl"
    if request.param == "packaged":
        file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(territories, "PACKAGED", file)
    return request.param == "packaged"


def in_cldr(locale: str) -> dict[str, str]:
    return dict(cast("Mapping[str, str]", Locale.parse(locale).territories))


@pytest.mark.usefixtures("packaged")
@pytest.mark.parametrize("locale", [*LOCALES, "sw"])
def test_names_are_those_of_cldr_with_the_table_and_without(locale: str) -> None:
    assert dict(territories_of(locale)) == in_cldr(locale)


def test_the_table_is_what_is_read_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, *, packaged: bool
) -> None:
    loaded: list[str] = []

    def from_cldr(locale: str) -> dict[str, str]:
        loaded.append(locale)
        return {}

    monkeypatch.setattr(territories, "_from_cldr", from_cldr)
    for locale in LOCALES:
        territories_of(locale)
    assert loaded == ([] if packaged else list(LOCALES))


@pytest.mark.usefixtures("forgotten")
def test_every_name_of_every_actor_finds_the_same_with_the_table_and_without(
    base: Base, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [
        (locale, name)
        for locale in LOCALES
        for code, name in in_cldr(locale).items()
        if code in base.countries
    ]
    assert len(said) > 7_000
    (tmp_path / "table").write_text(text, encoding="utf-8")
    found: list[list[tuple[str, ...]]] = []
    for name in ("missing", "table"):
        monkeypatch.setattr(territories, "PACKAGED", tmp_path / name)
        territories._lines.cache_clear()
        territories_of.cache_clear()
        index = names_of(base)
        index.warm()
        found.append([index.resolve(typed, at).matches for at, typed in said])
    assert found[0] == found[1]
