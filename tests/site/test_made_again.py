"""Whatever has changed, a site that is made again is the one that a new folder gets:
nothing that was kept from the last time is served on.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.answers import catalogues
from bot.site import layout
from bot.site.output import RECORD
from tests.cli.running import ran
from tests.support.bases import country, event, foreign, write

DAY, NEXT_DAY = "2004-06-01", "2004-06-02"
MARK = "Wrecker"
"""A word that only what was changed has."""


@dataclass(frozen=True)
class Made:
    """A base, and the site that was made of it."""

    data: Path
    out: Path

    def make(self, out: Path, day: str = DAY, *more: str) -> dict[str, bytes]:
        """Make it as the command line does; what is in the folder then."""
        words = ["--lang", "en", "--on", day, *more]
        done = ran("--data", str(self.data), "site", str(out), *words)
        assert done.status == 0, done.err
        return {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in out.rglob("*")
            if path.is_file() and path.name != RECORD
        }


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The lighthouse's site, made once; tests change copies."""
    root = tmp_path_factory.mktemp("before")
    made = Made(foreign(root / "data"), root / "out")
    made.make(made.out)
    return made


@pytest.fixture
def site(before: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A copy; in one process, for `test_output` holds that several make the same."""
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    made = Made(tmp_path / "data", tmp_path / "out")
    shutil.copytree(before.data, made.data)
    shutil.copytree(before.out, made.out)
    return made


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def change_country(site: Made) -> None:
    events = "events:" + event("new", "2001", "ashford", deed="toll")
    text = country("hillside", MARK, events, "2004-05-01")
    write(site.data, "countries/hillside.yaml", text)


def change_bloc(site: Made) -> None:
    replaced(site.data / "blocs/market.yaml", "Market day", MARK)


def change_vote(site: Made) -> None:
    path = site.data / "votes/lamp-8.yaml"
    replaced(path, "tally: {yes: 3, no: 2", "tally: {yes: 2, no: 3")
    replaced(path, "yes: [brightwater, meadow, NZ]", "yes: [brightwater, NZ]")
    replaced(path, "no: [ashford, orchard]", "no: [ashford, orchard, meadow]")
    replaced(path, "Minutes 8", MARK)


def change_measure(site: Made) -> None:
    replaced(site.data / "measures/toll.yaml", "Half a crown", MARK)


def change_source(site: Made) -> None:
    replaced(
        site.data / "measures/toll.yaml", "publisher: Gazette", f"publisher: {MARK}"
    )


def change_forecast(site: Made) -> None:
    path = site.data / "forecasts/almanac.yaml"
    replaced(path, "Orchard will lend its boats", MARK)


def change_conflict(site: Made) -> None:
    path = site.data / "conflict.yaml"
    replaced(path, "name: With Ashford", f"name: {MARK}")
    replaced(path, "points: 1, at_most: 1", "points: 0.9, at_most: 1")


def change_catalogue(site: Made) -> None:
    rows = [("bloc.market.name", "Market day", MARK)]
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    said = "\n".join(
        f"msgctxt {json.dumps(key)}\nmsgid {json.dumps(text)}\nmsgstr {json.dumps(new)}"
        for key, text, new in rows
    )
    write(site.data, "locales/uk.po", head + said + "\n")


CHANGES: tuple[Callable[[Made], None], ...] = (
    change_country,
    change_bloc,
    change_vote,
    change_measure,
    change_source,
    change_forecast,
    change_conflict,
)


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_it_is_what_a_new_folder_gets(
    change: Callable[[Made], None], site: Made, tmp_path: Path
) -> None:
    change(site)
    again = site.make(site.out)
    assert any(MARK.encode() in content for content in again.values())
    assert again == site.make(tmp_path / "fresh")


@pytest.mark.parametrize(
    ("part", "before_which"),
    [
        ("templates/layout.html", "<footer>"),
        ("templates/parts.html", "<summary>"),
        ("assets/style.css", "body"),
    ],
)
def test_after_a_change_of_its_looks_it_is_what_a_new_folder_gets(
    part: str,
    before_which: str,
    site: Made,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = tmp_path / "site"
    for folder in ("templates", "assets"):
        shutil.copytree(layout.HERE / folder, looks / folder)
    monkeypatch.setattr(layout, "HERE", looks)
    site.make(site.out)
    replaced(looks / part, before_which, f"{MARK} {before_which}")
    again = site.make(site.out)
    assert any(MARK.encode() in content for content in again.values())
    assert again == site.make(tmp_path / "fresh")


def test_on_another_day_it_is_what_a_new_folder_gets(
    site: Made, tmp_path: Path
) -> None:
    again = site.make(site.out, NEXT_DAY)
    assert b"Jun 2, 2004" in again["en/index.html"]
    assert again == site.make(tmp_path / "fresh", NEXT_DAY)


def test_in_other_words_it_is_what_a_new_folder_gets(
    site: Made, tmp_path: Path
) -> None:
    site.make(site.out, DAY, "--lang", "uk")
    change_catalogue(site)
    # A new process has read none.
    catalogues.forget()
    again = site.make(site.out, DAY, "--lang", "uk")
    assert MARK.encode() in again["uk/bloc/market.html"]
    assert again == site.make(tmp_path / "fresh", DAY, "--lang", "uk")


def test_pictures_are_what_a_new_folder_gets(site: Made, tmp_path: Path) -> None:
    """Those of one language and two changes, for pictures are dear."""
    address = ("--url", "https://ally.example.org")
    first = site.make(site.out, DAY, *address)
    change_country(site)
    again = site.make(site.out, NEXT_DAY, *address)
    assert again == site.make(tmp_path / "fresh", NEXT_DAY, *address)
    changed = {path for path in again if path.endswith(".png")} - {
        path for path, content in first.items() if again.get(path) == content
    }
    assert "en/actor/hillside.png" in changed
