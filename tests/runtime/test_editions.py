"""The editions in a folder: one answers, whatever happens to the folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.knowledge.dates import PartialDate
from bot.knowledge.edition import (
    EditionKnownError,
    EditionRefusedError,
    public_key,
    written,
)
from bot.knowledge.facts import Base
from bot.knowledge.reader import read_base
from bot.runtime.editions import LOOK_EVERY, Editions, editions_of, newer_of
from bot.runtime.reload import changes
from bot.runtime.settings import Settings
from tests.support.bases import FOREIGN_TODAY, foreign
from tests.support.clocks import noon

SECRET = "11" * 32
KEY = public_key(SECRET)
MO = b"\xde\x12\x04\x95 not looked at here"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return foreign(tmp_path / "foreign")


@pytest.fixture
def small(root: Path) -> Base:
    return read_base(root, FOREIGN_TODAY)


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    return Editions(tmp_path / "state" / "editions", KEY)


def numbered(base: Base, number: int, secret: str = SECRET) -> bytes:
    base = replace(base, revision=f"{number:012d}")
    return written(base, {"uk": MO}, number=number, made=FOREIGN_TODAY, secret=secret)


def put(editions: Editions, base: Base, *numbers: int) -> None:
    for number in numbers:
        editions.install(numbered(base, number), FOREIGN_TODAY)


def answering(editions: Editions) -> str:
    base = editions.opened(FOREIGN_TODAY)
    return base.edition if base else ""


def here(editions: Editions) -> list[int]:
    return [each.number for each in editions.installed()]


def test_without_any_the_base_that_came_with_the_program_answers(
    editions: Editions,
) -> None:
    assert editions.opened(FOREIGN_TODAY) is None
    assert editions.installed() == []
    assert not editions.folder.exists(), "looking writes nothing"


def test_the_newest_answers_with_its_catalogues_and_the_last_two_are_kept(
    editions: Editions, small: Base
) -> None:
    put(editions, small, 1, 2, 3)
    base = editions.opened(FOREIGN_TODAY)
    assert base
    assert base == replace(small, revision="000000000003")
    assert base.edition == "3"
    assert base.catalogues
    assert (base.catalogues / "uk.mo").read_bytes() == MO
    assert here(editions) == [3, 2]
    folders = [path for path in editions.folder.iterdir() if path.is_dir()]
    assert len(folders) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_may_use_what_is_kept(editions: Editions, small: Base) -> None:
    put(editions, small, 1)
    editions.take_turn(noon())
    for path in (editions.folder, *editions.folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_going_back_leads_to_the_one_before_and_once_more_forward(
    editions: Editions, small: Base
) -> None:
    put(editions, small, 1, 2)
    assert editions.back().startswith("1-")
    assert answering(editions) == "1"
    assert editions.back().startswith("2-")
    assert answering(editions) == "2"


def test_going_back_from_the_first_leads_to_the_programs_own_base(
    editions: Editions, small: Base
) -> None:
    put(editions, small, 1)
    assert editions.back() == ""
    assert answering(editions) == ""
    editions.back()
    assert answering(editions) == "1"


def test_there_is_no_going_back_where_nothing_was_fetched_or_it_is_gone(
    editions: Editions, small: Base
) -> None:
    with pytest.raises(EditionRefusedError, match="no edition was fetched"):
        editions.back()
    put(editions, small, 1, 2)
    shutil.rmtree(next(editions.folder.glob("1-*")))
    with pytest.raises(EditionRefusedError, match="not here any more"):
        editions.back()
    assert answering(editions) == "2"


def test_older_ones_are_refused_even_after_going_back(
    editions: Editions, small: Base
) -> None:
    put(editions, small, 5, 7)
    editions.back()
    with pytest.raises(EditionRefusedError, match="older than 7"):
        put(editions, small, 6)
    with pytest.raises(EditionKnownError):
        put(editions, small, 7)
    assert answering(editions) == "5", "what was left does not come back by itself"
    put(editions, small, 8)
    assert answering(editions) == "8"


def test_an_older_one_is_taken_by_whoever_says_so(
    editions: Editions, small: Base
) -> None:
    put(editions, small, 7)
    editions.install(numbered(small, 3), FOREIGN_TODAY, allow_older=True)
    assert answering(editions) == "3"
    with pytest.raises(EditionRefusedError, match="older than 7"):
        put(editions, small, 4)


def forged(base: Base) -> bytes:
    return numbered(base, 9, "22" * 32)


def truncated(base: Base) -> bytes:
    return numbered(base, 9)[:-100]


def damaged(base: Base) -> bytes:
    data = bytearray(numbered(base, 9))
    data[-50] ^= 1
    return bytes(data)


def with_problems(base: Base) -> bytes:
    return numbered(replace(base, votes={}), 9)


REFUSED = (forged, truncated, damaged, with_problems)


@pytest.mark.parametrize("bad", REFUSED)
def test_what_is_refused_changes_nothing(
    editions: Editions, small: Base, bad: Callable[[Base], bytes]
) -> None:
    put(editions, small, 1, 2)
    before = {path: path.stat().st_mtime_ns for path in editions.folder.rglob("*")}
    with pytest.raises(EditionRefusedError):
        editions.install(bad(small), FOREIGN_TODAY)
    assert {
        path: path.stat().st_mtime_ns for path in editions.folder.rglob("*")
    } == before
    assert answering(editions) == "2"


@pytest.mark.parametrize("bad", REFUSED)
def test_an_edition_that_was_changed_on_the_disk_is_not_believed(
    editions: Editions,
    small: Base,
    bad: Callable[[Base], bytes],
    caplog: pytest.LogCaptureFixture,
) -> None:
    put(editions, small, 1, 2)
    next(editions.folder.glob("2-*/edition")).write_bytes(bad(small))
    assert answering(editions) == "1", "the one before steps in"
    assert "cannot be used" in caplog.text
    next(editions.folder.glob("1-*/edition")).write_bytes(b"")
    assert answering(editions) == "", "and else the program's own base"
    editions.install(numbered(small, 2), FOREIGN_TODAY, allow_older=True)
    assert answering(editions) == "2", "it can be got again"


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b'{"current": 1}', b"[]"])
def test_a_damaged_choice_is_no_choice_and_is_mended_by_the_next(
    editions: Editions, small: Base, text: bytes
) -> None:
    put(editions, small, 1)
    (editions.folder / "chosen.json").write_bytes(text)
    assert answering(editions) == ""
    put(editions, small, 2)
    assert answering(editions) == "2"


KILLED = """
import os, shutil, sys
from datetime import date
from pathlib import Path
from bot.runtime.editions import Editions

folder, key, file, today = sys.argv[1:5]
new = Path(file).read_bytes()
left = [None]

def audit(event, _):
    if left[0] is None or event.partition(".")[0] not in {"open", "os", "shutil"}:
        return
    left[0] -= 1
    if left[0] < 0:
        os._exit(9)

sys.addaudithook(audit)
day = date.fromisoformat(today)
Editions(Path(folder), key).opened(day)  # What is imported late is imported now.
from bot.knowledge.reader import check_again

killed = 0
while True:
    place = Path(folder).with_name("copy")
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place)
    child = os.fork()
    if not child:
        left[0] = killed
        Editions(place, key).install(new, day)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    editions = Editions(place, key)
    answers = editions.opened(day).edition
    if status == 0:
        print("done", answers, killed)
        break
    editions.install(new, day, allow_older=True)
    print("killed", answers, editions.opened(day).edition)
    killed += 1
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_who_is_killed_at_any_moment_of_a_swap_leaves_the_old_or_the_new_one(
    editions: Editions, small: Base, tmp_path: Path
) -> None:
    put(editions, small, 1, 2)
    file = tmp_path / "new"
    file.write_bytes(numbered(small, 3))
    command = [sys.executable, "-c", KILLED, editions.folder, KEY, file]
    done = subprocess.run(
        [*command, FOREIGN_TODAY.isoformat()],
        check=True,
        capture_output=True,
        text=True,
    )
    *killed, last = [line.split() for line in done.stdout.splitlines()]
    assert last[:2] == ["done", "3"]
    assert {line[1] for line in killed} == {"2", "3"}, "before the swap, and after it"
    assert {line[2] for line in killed} == {"3"}, "what was left is no hindrance"
    assert len(killed) > 15


def test_one_look_is_enough_for_all_who_share_the_folder(editions: Editions) -> None:
    other = Editions(editions.folder, KEY)
    minute = timedelta(minutes=1)
    assert editions.take_turn(noon())
    assert not other.take_turn(noon())
    assert not editions.take_turn(noon() + LOOK_EVERY - minute)
    assert other.take_turn(noon() + LOOK_EVERY)
    assert other.take_turn(noon()), "a clock that was set back stops nothing"
    (editions.folder / "looked").write_text("no time")
    assert editions.take_turn(noon())


def test_editions_need_a_key_and_take_no_place_of_somebodys_own_files(
    root: Path, tmp_path: Path
) -> None:
    whole = {"ally_base_key": KEY, "ally_state": tmp_path}
    used = editions_of(Settings.model_construct(None, **whole))
    assert used
    assert used.folder == tmp_path / "editions"
    assert editions_of(Settings.model_construct(None, **whole, ally_data=root)) is None
    assert editions_of(Settings.model_construct(ally_state=tmp_path)) is None


def test_a_running_process_takes_up_whichever_edition_is_chosen(
    editions: Editions, small: Base, root: Path
) -> None:
    look = changes(root, lambda: FOREIGN_TODAY, editions)

    def seen() -> str | None:
        fresh = look()
        return fresh[0].edition if fresh else None

    assert seen() is None
    put(editions, small, 1)
    assert (seen(), seen()) == ("1", None)
    put(editions, small, 2)
    assert (seen(), seen()) == ("2", None)
    editions.back()
    assert (seen(), seen()) == ("1", None)
    put(editions, small, 3)
    assert seen() == "3"
    editions.install(numbered(small, 1), FOREIGN_TODAY, allow_older=True)
    assert seen() == "1"


def test_a_running_process_goes_back_to_the_programs_own_base(
    editions: Editions, small: Base, root: Path
) -> None:
    put(editions, small, 1)
    look = changes(root, lambda: FOREIGN_TODAY, editions)
    assert look() is None
    editions.back()
    fresh = look()
    assert fresh
    assert fresh[0] == small
    assert fresh[0].edition == ""
    assert look() is None


def test_a_running_process_keeps_its_base_where_the_edition_cannot_be_read(
    editions: Editions, small: Base, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(editions, small, 1)
    look = changes(root, lambda: FOREIGN_TODAY, editions)
    put(editions, small, 2)
    next(editions.folder.glob("2-*/edition")).write_bytes(b"")
    assert look() is None
    assert "the old base goes on serving" in caplog.text
    put(editions, small, 3)
    assert look()


def reviewed(base: Base, days: int) -> Base:
    """The same base, whose newest review is so many days later."""
    day = base.updated + timedelta(days=days)
    countries = {
        code: replace(each, reviewed=PartialDate.parse(day.isoformat()))
        for code, each in base.countries.items()
    }
    return replace(base, countries=countries)


def test_of_an_edition_and_the_programs_own_base_the_newer_answers(
    small: Base,
) -> None:
    edition = replace(small, edition="1")
    assert newer_of(edition, reviewed(small, 1)).edition == ""
    assert newer_of(edition, small).edition == "1", "of the same day the edition"
    assert newer_of(edition, reviewed(small, -1)).edition == "1"
    conflict = replace(small.conflict, id="another-war")
    other = replace(reviewed(small, 1), conflict=conflict)
    assert newer_of(edition, other).edition == "1", "it is about something else"


def test_a_running_process_takes_no_edition_older_than_the_programs_own_base(
    editions: Editions, small: Base, root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    look = changes(root, lambda: FOREIGN_TODAY, editions)
    put(editions, reviewed(small, -1), 1)
    fresh = look()
    assert fresh
    assert fresh[0].edition == ""
    assert "newer than edition 1" in caplog.text
    put(editions, small, 2)
    fresh = look()
    assert fresh
    assert fresh[0].edition == "2"
