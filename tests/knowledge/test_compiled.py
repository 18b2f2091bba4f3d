from __future__ import annotations

import dataclasses
import hashlib
import os
import random
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.knowledge import compiled as rooms
from bot.knowledge.compiled import compiled, from_compiled, open_base, place_of
from bot.knowledge.facts import Base
from bot.knowledge.files import digest_of, files_of
from bot.knowledge.problems import BaseInvalidError
from bot.knowledge.reader import read_base
from tests.support.bases import DATA, FOREIGN_TODAY, TODAY, foreign

KINDS = ("countries", "blocs", "votes", "measures", "forecasts")


def shipped(_: Path) -> tuple[Path, date]:
    return DATA, TODAY


def unknown(folder: Path) -> tuple[Path, date]:
    return foreign(folder / "foreign"), FOREIGN_TODAY


BASES: dict[str, Callable[[Path], tuple[Path, date]]] = {
    "shipped": shipped,
    "foreign": unknown,
}


def digest(root: Path) -> str:
    return digest_of((file.name, file.path) for file in files_of(root))


@pytest.fixture
def nothing_packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "PACKAGED", tmp_path / "nothing")


@pytest.fixture
def root(tmp_path: Path, nothing_packaged: None) -> Path:
    return foreign(tmp_path / "foreign")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    folder.mkdir(mode=0o700)
    return folder


def opened(root: Path, folder: Path) -> Base:
    return open_base(root, FOREIGN_TODAY, lambda: folder)


def forged(root: Path) -> bytes:
    """A compiled form that claims to be of these files, and says something else."""
    base = read_base(root, FOREIGN_TODAY)
    conflict = dataclasses.replace(base.conflict, name="Forged")
    base = dataclasses.replace(base, conflict=conflict)
    return compiled(base, digest(root), FOREIGN_TODAY)


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o600)


@pytest.mark.parametrize("which", BASES)
def test_what_is_compiled_says_what_was_read_document_by_document_and_fact_by_fact(
    tmp_path: Path, which: str
) -> None:
    root, today = BASES[which](tmp_path)
    read = read_base(root, today)
    again = from_compiled(compiled(read, digest(root), today), digest(root), today)
    assert again is not None
    assert again.revision == read.revision
    assert again.conflict == read.conflict
    for kind in KINDS:
        before, after = getattr(read, kind), getattr(again, kind)
        assert list(before) == list(after)
        for key, document in before.items():
            assert after[key] == document
            assert type(after[key]) is type(document)
    for code in read.countries:
        assert again.facts(code) == read.facts(code)
    assert again.ballots == read.ballots
    assert again.updated == read.updated


@pytest.mark.parametrize("which", BASES)
def test_a_base_is_compiled_when_it_is_first_opened_and_read_from_that_ever_after(
    tmp_path: Path,
    kept: Path,
    which: str,
    nothing_packaged: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root, today = BASES[which](tmp_path)
    first = open_base(root, today, lambda: kept)
    monkeypatch.setattr("bot.knowledge.reader.read_base", None)
    second = open_base(root, today, lambda: kept)
    assert second == first
    assert list(kept.iterdir()) == [place_of(root, kept)]
    assert stat.S_IMODE(place_of(root, kept).stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_every_folder_that_is_made_for_it_is_its_owners_alone(
    root: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "state" / "compiled"
    opened(root, folder)
    assert place_of(root, folder).is_file()
    for made in (folder, folder.parent):
        assert stat.S_IMODE(made.stat().st_mode) == 0o700, made


def test_what_is_packaged_is_used_without_looking_for_another_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = root.parent / "packaged.json"
    put(packaged, forged(root))
    monkeypatch.setattr(rooms, "PACKAGED", packaged)
    asked: list[None] = []
    base = open_base(root, FOREIGN_TODAY, lambda: asked.append(None) or root)
    assert base.conflict.name == "Forged"
    assert not asked


@pytest.mark.parametrize("which", range(6))
def test_one_byte_of_any_kind_of_file_that_changes_is_noticed(
    root: Path, kept: Path, which: int
) -> None:
    folders = ["", *KINDS]
    opened(root, kept)
    put(place_of(root, kept), forged(root))
    assert opened(root, kept).conflict.name == "Forged", "the forgery is believed"
    file = next(
        file.path
        for file in files_of(root)
        if file.name.rpartition("/")[0] == folders[which]
    )
    before, status = file.read_bytes(), file.stat()
    file.write_bytes(before.replace(b": ", b":  ", 1)[:-1])
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_size == status.st_size, "neither size nor time tells"
    assert opened(root, kept).conflict.name != "Forged"


@pytest.mark.parametrize("how", ["added", "removed", "renamed"])
def test_a_file_that_comes_goes_or_is_renamed_is_noticed(
    root: Path, kept: Path, how: str
) -> None:
    put(place_of(root, kept), forged(root))
    file = next(f.path for f in files_of(root) if f.kind == "forecasts")
    if how == "added":
        text = file.read_text(encoding="utf-8").replace(file.stem, "another")
        (file.parent / "another.yaml").write_text(text, encoding="utf-8")
    elif how == "renamed":
        file.rename(file.parent / "another.yaml")
    else:
        file.unlink()
    assert from_compiled(forged_bytes(root, kept), digest(root), FOREIGN_TODAY) is None


def forged_bytes(root: Path, folder: Path) -> bytes:
    return place_of(root, folder).read_bytes()


def test_no_byte_of_a_compiled_form_can_change_unnoticed(root: Path) -> None:
    sources = digest(root)
    data = compiled(read_base(root, FOREIGN_TODAY), sources, FOREIGN_TODAY)
    dice = random.Random(1)
    places = [*range(400), *dice.sample(range(len(data)), 600), len(data) - 1]
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << dice.randrange(8)
        found = from_compiled(bytes(changed), sources, FOREIGN_TODAY)
        assert found is None, place
    for length in [*range(200), *dice.sample(range(len(data)), 200), len(data) - 1]:
        assert from_compiled(data[:length], sources, FOREIGN_TODAY) is None
    assert from_compiled(data + b" ", sources, FOREIGN_TODAY) is None
    assert from_compiled(data, sources, FOREIGN_TODAY) is not None


def sealed(rest: bytes) -> bytes:
    return hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\xff\xfe\n\xff",
        sealed(b""),
        sealed(b"{}\n{}"),
        sealed(b"\xff\n\xff"),
        sealed(b"[" * 100_000),
        sealed(b'{"sources": 1}\n'),
        sealed(b"\x80\x04N."),
    ],
)
def test_what_is_no_compiled_form_is_read_anew_and_replaced(
    root: Path, kept: Path, data: bytes
) -> None:
    put(place_of(root, kept), data)
    base = opened(root, kept)
    assert base == read_base(root, FOREIGN_TODAY)
    assert place_of(root, kept).read_bytes() == compiled(
        base, digest(root), FOREIGN_TODAY
    )


def test_a_whole_form_whose_documents_are_not_ours_is_read_anew(root: Path) -> None:
    sources = digest(root)
    data = compiled(read_base(root, FOREIGN_TODAY), sources, FOREIGN_TODAY)
    _, head, documents = data.split(b"\n")
    for body in (b"{}", b"[]", b'{"conflict": {}}', b"[" * 100_000, b"\xff"):
        other = sealed(head + b"\n" + body)
        assert from_compiled(other, sources, FOREIGN_TODAY) is None
    wrong = sealed(head + b"\n" + documents.replace(b'"year":1995', b'"year":0', 1))
    assert from_compiled(wrong, sources, FOREIGN_TODAY) is None


def test_another_programs_form_is_not_used(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = compiled(read_base(root, FOREIGN_TODAY), digest(root), FOREIGN_TODAY)
    assert from_compiled(data, digest(root), FOREIGN_TODAY) is not None
    monkeypatch.setattr(rooms, "_program", lambda: "another")
    assert from_compiled(data, digest(root), FOREIGN_TODAY) is None


def test_a_form_that_was_checked_on_a_later_day_is_not_used(root: Path) -> None:
    data = compiled(read_base(root, FOREIGN_TODAY), digest(root), FOREIGN_TODAY)
    day = timedelta(days=1)
    assert from_compiled(data, digest(root), FOREIGN_TODAY + day) is not None
    assert from_compiled(data, digest(root), FOREIGN_TODAY - day) is None


def writable_by_group(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.chmod(0o620)


def writable_by_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.chmod(0o602)


def folder_writable_by_all(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.chmod(0o703)


def owned_by_another(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    another = path.stat().st_uid + 1
    monkeypatch.setattr(os, "geteuid", lambda: another)


def linked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = path.parent / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def folder_linked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = path.parent.parent / "elsewhere"
    path.parent.rename(elsewhere)
    path.parent.symlink_to(elsewhere)


UNSAFE = (
    writable_by_group,
    writable_by_all,
    folder_writable_by_all,
    owned_by_another,
    linked,
    folder_linked,
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
@pytest.mark.parametrize("unsafe", UNSAFE)
def test_what_somebody_else_could_have_written_is_never_believed(
    root: Path,
    kept: Path,
    unsafe: Callable[[Path, pytest.MonkeyPatch], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = place_of(root, kept)
    put(place, forged(root))
    assert opened(root, kept).conflict.name == "Forged", "a safe place is believed"
    unsafe(place, monkeypatch)
    assert opened(root, kept).conflict.name != "Forged"


def test_a_form_beside_somebodys_files_is_never_looked_at(
    root: Path, kept: Path
) -> None:
    for name in ("base.json", "_compiled/base.json", place_of(root, kept).name):
        put(root / name, forged(root))
    assert opened(root, kept).conflict.name != "Forged"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes as files")
def test_a_pipe_in_place_of_the_file_keeps_nobody_waiting(
    root: Path, kept: Path
) -> None:
    os.mkfifo(place_of(root, kept), 0o600)
    assert opened(root, kept).conflict.name != "Forged"


def test_where_nothing_can_be_written_a_base_is_read_each_time(root: Path) -> None:
    in_the_way = root.parent / "file"
    in_the_way.write_text("", encoding="utf-8")
    for _ in range(2):
        assert opened(root, in_the_way / "folder") == read_base(root, FOREIGN_TODAY)


def test_a_base_with_problems_is_refused_and_not_kept(root: Path, kept: Path) -> None:
    (root / "conflict.yaml").write_text("id: nothing\n", encoding="utf-8")
    with pytest.raises(BaseInvalidError):
        opened(root, kept)
    assert not list(kept.iterdir())


def test_a_base_that_is_not_there_is_refused(tmp_path: Path, kept: Path) -> None:
    with pytest.raises(BaseInvalidError):
        opened(tmp_path / "missing", kept)


WITHOUT = """
import sys
from datetime import date
from pathlib import Path
for name in ("pydantic", "pydantic_core", "yaml", "babel", "rich"):
    sys.modules[name] = None
from bot.knowledge.compiled import open_base
root, folder = map(Path, sys.argv[1:3])
print(open_base(root, date.fromisoformat(sys.argv[3]), lambda: folder).revision)
"""


def test_a_compiled_form_is_read_without_pydantic_and_without_yaml(
    root: Path, kept: Path
) -> None:
    base = opened(root, kept)
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, root, kept, FOREIGN_TODAY.isoformat()],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout.strip()) == (0, base.revision), done.stderr
