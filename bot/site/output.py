"""The site in a folder: only what is new is written and drawn, and what is gone is
removed.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, cast

from bot.pictures.paint import png_of
from bot.site.build import (
    SiteFile,
    SitePicture,
    Wanted,
    files,
    in_language,
    pictures,
)

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


class _Folder:
    """The folder while the site is made."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._before = folder, _recorded(folder)
        self.now: dict[str, str] = {}
        self.written = 0

    def is_new(self, path: str, digest: str) -> bool:
        """Note a file; whether it is to be written."""
        self.now[path] = digest
        return self._before.get(path) != digest or not (self._folder / path).is_file()

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

    def record(self) -> None:
        """Note what the site was made of."""
        text = json.dumps(self.now, indent=0, sort_keys=True)
        _write(self._folder, RECORD, text.encode())

    def size(self) -> int:
        """Bytes of all its files."""
        return sum((self._folder / path).stat().st_size for path in self.now)


def _drawn(picture: SitePicture) -> SiteFile:
    return SiteFile(picture.path, png_of(picture.svg))


def _draw(wanted: Iterable[SitePicture], folder: _Folder, workers: int) -> None:
    """Draw the pictures that are new; resvg holds the interpreter's lock, so each
    processor has a process.
    """
    new = [
        each for each in wanted if folder.is_new(each.path, _digest(each.svg.encode()))
    ]
    if not new:
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(new)), mp_context=context) as pool:
        for file in pool.map(_drawn, new, chunksize=4):
            folder.write(file.path, file.content)


class _Language:
    """What a process makes files of; it has it from the process that began it."""

    wanted: ClassVar[Wanted]

    @classmethod
    def begin(cls, wanted: Wanted) -> None:
        """Take it over."""
        cls.wanted = wanted

    @classmethod
    def files(cls, language: str) -> list[SiteFile]:
        """The files of one language."""
        return list(in_language(cls.wanted, language))


def _files(wanted: Wanted, workers: int) -> Iterator[SiteFile]:
    """Every file but the pictures, of several languages at once where a process can
    begin with all that another has read.
    """
    processes = min(workers, len(wanted.languages))
    if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from files(wanted)
        return
    # Worked out once, for every process.
    assert wanted.edition.levels
    with ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("fork"),
        initializer=_Language.begin,
        initargs=(wanted,),
    ) as pool:
        yield from files(wanted, pool.map(_Language.files, wanted.languages))


def make(wanted: Wanted, out: Path, *, workers: int) -> Made:
    """Make the site, or make it anew: what has not changed is left as it is.

    NotASiteError for a folder with other files in it; OSError as from any write.
    """
    folder = _Folder(out)
    for file in _files(wanted, workers):
        if folder.is_new(file.path, _digest(file.content)):
            folder.write(file.path, file.content)
    _draw(pictures(wanted), folder, workers)
    removed = folder.remove_gone()
    folder.record()
    return Made(len(folder.now), folder.written, removed, folder.size())
