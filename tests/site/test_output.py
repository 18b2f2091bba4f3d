"""The site in a folder: made anew, nothing is written twice and nothing is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.knowledge.reader import read_base
from bot.site.build import Wanted
from bot.site.output import RECORD, NotASiteError, make
from tests.cli.running import ran
from tests.site.sites import wanted
from tests.support.bases import FOREIGN_TODAY, country, event, foreign, write


def small(folder: Path, *, url: str = "") -> Wanted:
    """A site of the lighthouse's base as it is in a folder."""
    return wanted(read_base(folder, FOREIGN_TODAY), FOREIGN_TODAY, url=url)


def written(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and path.name != RECORD
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return foreign(tmp_path / "data")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_made_again_without_a_change_nothing_is_written(data: Path, out: Path) -> None:
    first = make(small(data), out, workers=1)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    again = make(small(data), out, workers=1)
    assert first.written == first.files == again.files == len(written(out))
    assert (again.written, again.removed) == (0, 0)
    assert before == {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_broken_off_has_its_style_and_is_made_whole_the_next_time(
    data: Path, out: Path, tmp_path: Path, workers: int
) -> None:
    def interrupted(_what: str, done: int, total: int) -> None:
        if done < total:
            raise KeyboardInterrupt

    begun = wanted(
        read_base(data, FOREIGN_TODAY), FOREIGN_TODAY, url="", languages=("en", "de")
    )
    with pytest.raises(KeyboardInterrupt):
        make(begun, out, workers=workers, told=interrupted)
    assert {"style.css", "site.js", "index.html"} <= written(out).keys()
    make(begun, out, workers=workers)
    make(begun, tmp_path / "fresh", workers=workers)
    assert written(out) == written(tmp_path / "fresh")


@pytest.mark.parametrize("pause", [0, 3600])
def test_how_far_it_is_is_told_now_and_then(
    data: Path, out: Path, monkeypatch: pytest.MonkeyPatch, pause: float
) -> None:
    monkeypatch.setattr("bot.cli.site.PAUSE_SECONDS", pause)
    status, told = made_by_the_command_line(data, str(out), "--lang", "en,de")
    assert status == 0
    shares = re.findall(r"^pages: (\d+) %$", told, re.MULTILINE)
    assert bool(shares) == (not pause)
    assert [*map(int, shares)] == sorted(map(int, shares))
    assert f"{out}: " in told


def test_made_again_after_a_change_it_is_what_a_new_one_would_be(
    data: Path, out: Path, tmp_path: Path
) -> None:
    make(small(data), out, workers=1)
    events = "events:" + event("new", "2001", "ashford", deed="toll")
    text = country("hillside", "Hillside", events, "2004-05-01")
    write(data, "countries/hillside.yaml", text)
    untouched = out / "en/actor/orchard.html"
    before = untouched.stat().st_mtime_ns
    again = make(small(data), out, workers=1)
    assert again.written > 0
    assert untouched.stat().st_mtime_ns == before
    fresh = tmp_path / "fresh"
    make(small(data), fresh, workers=1)
    assert written(out) == written(fresh)


def test_several_processes_make_of_several_languages_what_one_makes(
    data: Path, tmp_path: Path
) -> None:
    base = read_base(data, FOREIGN_TODAY)
    made = {
        workers: make(
            wanted(base, FOREIGN_TODAY, url="", languages=("en", "uk", "de")),
            tmp_path / str(workers),
            workers=workers,
        )
        for workers in (1, 2)
    }
    assert made[1] == made[2]
    assert written(tmp_path / "1") == written(tmp_path / "2")


def test_pages_that_are_gone_are_removed(data: Path, out: Path) -> None:
    make(small(data), out, workers=1)
    (data / "measures/toll.yaml").unlink()
    made = make(small(data), out, workers=1)
    assert made.removed > 0
    assert not (out / "en/measure/toll.html").exists()


def test_a_page_that_somebody_removed_is_written_again(data: Path, out: Path) -> None:
    make(small(data), out, workers=1)
    (out / "en/index.html").unlink()
    assert make(small(data), out, workers=1).written == 1
    assert (out / "en/index.html").is_file()


def test_each_actor_has_a_picture_where_the_site_has_an_address(
    data: Path, out: Path
) -> None:
    site = small(data, url="https://ally.example.org")
    make(site, out, workers=2)
    drawn = {path.stem: path.read_bytes() for path in (out / "en/actor").glob("*.png")}
    assert set(drawn) == {code.lower() for code in site.edition.base.countries}
    assert all(png.startswith(b"\x89PNG") for png in drawn.values())
    assert make(site, out, workers=2).written == 0


@pytest.mark.parametrize(
    "before", [{"keep.txt": "mine"}, {RECORD: "[]"}, {RECORD: "{"}]
)
def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(
    before: dict[str, str], data: Path, out: Path
) -> None:
    for name, text in before.items():
        write(out, name, text)
    with pytest.raises(NotASiteError):
        make(small(data), out, workers=1)
    assert {path.name: path.read_text() for path in out.iterdir()} == before


def test_nothing_outside_the_folder_is_removed_whatever_its_record_says(
    data: Path, out: Path, tmp_path: Path
) -> None:
    write(tmp_path, "mine.txt", "mine")
    write(out, RECORD, json.dumps({"../mine.txt": "x", str(tmp_path / "mine.txt"): ""}))
    make(small(data), out, workers=1)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def made_by_the_command_line(data: Path, *words: str) -> tuple[int, str]:
    done = ran("--data", str(data), "site", *words)
    return done.status, done.err


def test_the_command_line_says_what_it_made(data: Path, out: Path) -> None:
    status, said = made_by_the_command_line(data, str(out), "--on", "2004-06-01")
    assert status == 0
    assert f"{len(written(out))} files" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--url", "http://ally.example.org"], "https://"),
        (["--url", "https://ally.example.org/?a=b"], "https://"),
        (["--url", "https://localhost"], "everybody can open"),
        (["--url", "nowhere"], "https://"),
        (["--lang", "en,xx"], "no texts in 'xx'"),
    ],
)
def test_what_cannot_be_made_is_refused_before_anything_is_written(
    words: list[str], said: str, data: Path, out: Path
) -> None:
    status, told = made_by_the_command_line(data, str(out), *words)
    assert status == 2
    assert said in told
    assert not out.exists()
