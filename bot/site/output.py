"""The site in a folder: only what is new is written and drawn, and what is gone is
removed.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from math import ceil
from pathlib import Path
from typing import ClassVar, NamedTuple, TypeVar, cast

from bot.pictures.paint import png_of
from bot.site.build import (
    Language,
    Share,
    SiteFile,
    SitePicture,
    Wanted,
    outside,
    sitemap,
)

_Thing = TypeVar("_Thing")
Told = Callable[[str, int, int], None]
"""Is told how far it is: of what, how much is done, and of how much."""
_PARTS = 8
"""Tasks for each process."""
_FEW = 8
"""Pictures that are drawn sooner than a new process has begun."""
RECORD = ".ally-site.json"
"""Which files are the site's, with a digest of what each was made of."""


class NotASiteError(Exception):
    """The folder has files that are not a site's."""


@dataclass(frozen=True, slots=True)
class Made:
    """How many files a site has, how many of them were written, and removed, and the
    bytes of all.
    """

    files: int
    written: int
    removed: int
    size: int


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _recorded(folder: Path) -> dict[str, str]:
    """What the folder's site was made of. NotASiteError for a folder with something
    else in it.
    """
    try:
        record: object = json.loads((folder / RECORD).read_text("utf-8"))
    except FileNotFoundError:
        if folder.exists() and any(folder.iterdir()):
            msg = f"{folder} has files in it that are not a site of Ally's."
            raise NotASiteError(msg) from None
        return {}
    except ValueError:
        record = None
    if not isinstance(record, dict):
        msg = f"{folder / RECORD} cannot be read; empty the folder."
        raise NotASiteError(msg)
    known = cast("Mapping[object, object]", record)
    return {str(path): str(digest) for path, digest in known.items()}


def _write(folder: Path, path: str, content: bytes) -> None:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


class _Piece(NamedTuple):
    """A file or picture of the site, with a digest of what it is made of."""

    path: str
    digest: str
    new: SiteFile | SitePicture | None
    """What is to be written; None if the folder has it already."""


class _Folder:
    """The folder while the site is made."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._before = folder, _recorded(folder)
        self.now: dict[str, str] = {}
        self.written = 0

    def compared(self, made: SiteFile | SitePicture) -> _Piece:
        """A file or picture beside what the folder has of it."""
        digest = _digest(_made_of(made))
        is_there = (
            self._before.get(made.path) == digest
            and (self._folder / made.path).is_file()
        )
        return _Piece(made.path, digest, None if is_there else made)

    def take(self, pieces: Iterable[_Piece]) -> list[SitePicture]:
        """Note all pieces and write the files that are new; the pictures that are yet
        to be drawn.
        """
        pictures: list[SitePicture] = []
        for path, digest, new in pieces:
            self.now[path] = digest
            if isinstance(new, SiteFile):
                self.write(path, new.content)
            elif new:
                pictures.append(new)
        return pictures

    def write(self, path: str, content: bytes) -> None:
        """Write a file that is new."""
        _write(self._folder, path, content)
        self.written += 1

    def remove_gone(self) -> int:
        """Remove the files of the last time that the site no longer has."""
        gone = [path for path in self._before if path not in self.now]
        for path in gone:
            place = (self._folder / path).resolve()
            # Only what lies in the folder, whatever its record says.
            if place.is_relative_to(self._folder.resolve()):
                place.unlink(missing_ok=True)
        return len(gone)

    def begin(self) -> None:
        """Mark a new folder as a site's: where the work is broken off, it can be begun
        again.
        """
        if not (self._folder / RECORD).exists():
            _write(self._folder, RECORD, b"{}")

    def record(self) -> None:
        """Note what the site was made of."""
        text = json.dumps(self.now, indent=0, sort_keys=True)
        _write(self._folder, RECORD, text.encode())

    def size(self) -> int:
        """Bytes of all its files."""
        return sum((self._folder / path).stat().st_size for path in self.now)


def _made_of(made: SiteFile | SitePicture) -> bytes:
    return made.content if isinstance(made, SiteFile) else made.svg.encode()


def _drawn(picture: SitePicture) -> SiteFile:
    return SiteFile(picture.path, png_of(picture.svg))


class _Task(NamedTuple):
    """A share of what there is in one language."""

    language: str
    share: Share


class _Work:
    """What a process makes pieces of: all that the one that began it has read."""

    _one: ClassVar[_Work]

    def __init__(self, wanted: Wanted, folder: _Folder) -> None:
        self._wanted, self._folder = wanted, folder
        self._language: Language | None = None
        self._name = ""

    @classmethod
    def begin(cls, wanted: Wanted, folder: _Folder) -> None:
        """Take it over."""
        cls._one = cls(wanted, folder)

    def _in(self, name: str) -> Language:
        if self._language is None or name != self._name:
            self._language, self._name = Language(self._wanted, name), name
        return self._language

    def pieces(self, task: _Task) -> list[_Piece]:
        """The pieces of one task."""
        language = self._in(task.language)
        made = chain(language.files(task.share), language.pictures(task.share))
        return [self._folder.compared(each) for each in made]

    @classmethod
    def done(cls, task: _Task) -> list[_Piece]:
        """The pieces of one task, in a process that has begun."""
        return cls._one.pieces(task)


def _tasks(wanted: Wanted, workers: int) -> list[_Task]:
    """All that there is to make, in so many parts that nobody waits long at the end for
    another.
    """
    every = ceil(workers * _PARTS / len(wanted.languages))
    return [
        _Task(language, Share(first, every))
        for language in wanted.languages
        for first in range(every)
    ]


def _counted(
    things: Iterable[_Thing], what: str, total: int, told: Told
) -> Iterator[_Thing]:
    """Things as they come, each told of once it has been taken in."""
    for number, each in enumerate(things, 1):
        yield each
        told(what, number, total)


def _draw(
    pictures: Sequence[SitePicture], folder: _Folder, pool: Executor, told: Told
) -> None:
    """Draw pictures in processes; resvg holds the interpreter's lock, so that threads
    would not do.
    """
    drawn = pool.map(_drawn, pictures, chunksize=4)
    for file in _counted(drawn, "pictures", len(pictures), told):
        folder.write(file.path, file.content)


def _side_by_side(wanted: Wanted, folder: _Folder, workers: int, told: Told) -> None:
    """Make everything in processes that begin with all that this one has read."""
    # Worked out once, for every process.
    assert wanted.edition.levels
    with ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("fork"),
        initializer=_Work.begin,
        initargs=(wanted, folder),
    ) as pool:
        tasks = _tasks(wanted, workers)
        made = _counted(pool.map(_Work.done, tasks), "pages", len(tasks), told)
        _draw(folder.take(chain.from_iterable(made)), folder, pool, told)


def _one_by_one(wanted: Wanted, folder: _Folder, workers: int, told: Told) -> None:
    """Make everything in this process; many pictures are drawn in new ones, which need
    nothing but the drawings.
    """
    work, tasks = _Work(wanted, folder), _tasks(wanted, 1)
    made = _counted(map(work.pieces, tasks), "pages", len(tasks), told)
    pictures = folder.take(chain.from_iterable(made))
    if workers > 1 and len(pictures) > _FEW:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            _draw(pictures, folder, pool, told)
        return
    for file in _counted(map(_drawn, pictures), "pictures", len(pictures), told):
        folder.write(file.path, file.content)


def _untold(_what: str, _done: int, _total: int) -> None:
    """Nobody is told."""


def make(wanted: Wanted, out: Path, *, workers: int, told: Told = _untold) -> Made:
    """Make the site, or make it anew: what has not changed is left as it is.

    What every page needs is written first, the record of all last. Several processes
    work at it where one can begin as a copy of another. NotASiteError for a folder with
    other files in it; OSError as from any write.
    """
    folder = _Folder(out)
    folder.begin()
    folder.take(map(folder.compared, outside(wanted)))
    shared = set(folder.now)
    if workers > 1 and "fork" in multiprocessing.get_all_start_methods():
        _side_by_side(wanted, folder, workers, told)
    else:
        _one_by_one(wanted, folder, workers, told)
    folder.take(map(folder.compared, sitemap(wanted, folder.now.keys() - shared)))
    removed = folder.remove_gone()
    folder.record()
    return Made(len(folder.now), folder.written, removed, folder.size())
