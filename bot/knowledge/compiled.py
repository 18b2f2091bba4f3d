"""The compiled form of a base: checked documents as JSON, which are read in a twentieth
of the time that their YAML takes, without YAML and without pydantic.

A compiled form is one file: a line with the digest of all that follows, a line that
says what it was made of and by, and the documents. It is used only if it is whole, and
made of just these files by just this program's code; else it is as good as none. It
lies inside the package, made when that was built, or in a folder that nobody
but its owner can write to. One that lies beside somebody's YAML is never looked at.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Self

import msgspec

from bot import __version__
from bot.knowledge.conflict import Conflict
from bot.knowledge.documents import Bloc, Country, Forecast, Measure, Vote
from bot.knowledge.facts import Base
from bot.knowledge.files import (
    CATALOGUES,
    REVISION,
    Digest,
    digest_of,
    files_of,
    without_collecting,
)
from bot.knowledge.folders import make_private_folder

PACKAGED = Path(__file__).resolve().parents[1] / "_compiled" / "base.json"
"""The compiled form of the shipped base, made when the package was built."""
MAX_BYTES = 256 * 2**20
"""A compiled form that is larger is not read; the shipped base's has 2 MB."""
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


class _Head(msgspec.Struct, frozen=True):
    """What a compiled form was made of and by."""

    sources: str
    """The digest of the base's files."""
    program: str
    """The digest of the code that read and checked them."""
    checked: date
    """The day on which they were checked: no fact is later."""


class Documents(msgspec.Struct, frozen=True):
    """The documents of a base, by code or id."""

    conflict: Conflict
    countries: dict[str, Country]
    blocs: dict[str, Bloc]
    votes: dict[str, Vote]
    measures: dict[str, Measure]
    forecasts: dict[str, Forecast]

    @classmethod
    def of(cls, base: Base) -> Self:
        """Those of a base."""
        return cls(
            conflict=base.conflict,
            countries=base.countries,
            blocs=base.blocs,
            votes=base.votes,
            measures=base.measures,
            forecasts=base.forecasts,
        )

    def base(self, revision: str) -> Base:
        """The base that they are, without catalogues."""
        return Base(
            conflict=self.conflict,
            countries=self.countries,
            blocs=self.blocs,
            votes=self.votes,
            measures=self.measures,
            forecasts=self.forecasts,
            revision=revision,
        )


@cache
def _program() -> str:
    """The digest of this room's code: another program may read or check otherwise."""
    digest = Digest()
    digest.add("version", __version__.encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.add(module.name, module.read_bytes())
    return digest.text()


def _seal(rest: bytes | memoryview) -> bytes:
    return hashlib.sha256(rest).hexdigest().encode()


def compiled(base: Base, sources: str, checked: date) -> bytes:
    """The compiled form of a base that was read from files with the digest ``sources``
    and checked on a day.
    """
    body = msgspec.json.encode(Documents.of(base))
    head = msgspec.json.encode(_Head(sources, _program(), checked))
    rest = head + b"\n" + body
    return _seal(rest) + b"\n" + rest


def from_compiled(data: bytes, sources: str, today: date) -> Base | None:
    """The base of a compiled form; None unless it is whole, of this program, of files
    with the digest ``sources``, and checked by ``today``.
    """
    # Views, for copies of millions of bytes take a while.
    rest_at = data.find(b"\n") + 1
    rest = memoryview(data)[rest_at:]
    if not rest_at or data[: rest_at - 1] != _seal(rest):
        return None
    body_at = data.find(b"\n", rest_at) + 1 or len(data)
    try:
        head = msgspec.json.decode(data[rest_at:body_at], type=_Head)
        is_of_these = head.sources == sources and head.program == _program()
        if not is_of_these or head.checked > today:
            return None
        with without_collecting():
            read = msgspec.json.decode(rest[body_at - rest_at :], type=Documents)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return read.base(sources[:REVISION])


def _is_ours(status: os.stat_result) -> bool:
    """Whether nobody but this user can have written a file or folder.

    Windows tells neither: there a user's folders are closed to others by themselves.
    """
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_MAY_WRITE


def _packaged() -> bytes:
    """What was compiled when the package was built: as safe as the program itself."""
    try:
        return PACKAGED.read_bytes()
    except OSError:
        return b""


def _contents(path: Path) -> bytes:
    """A file that only this user can have written, in a folder of the same kind;
    nothing if there is none.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        if not _is_ours(path.parent.lstat()):
            return b""
        with os.fdopen(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            is_file = stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES
            return file.read() if is_file and _is_ours(status) else b""
    except OSError:
        return b""


def _keep(path: Path, data: bytes) -> None:
    """Write a file for this user alone, whole or not at all; where that cannot be, the
    next process reads the base again.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        make_private_folder(path.parent)
        if not _is_ours(path.parent.lstat()):
            return
        with os.fdopen(os.open(partial, flags, 0o600), "wb") as file:
            file.write(data)
        partial.replace(path)
    except OSError:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def place_of(root: Path, folder: Path) -> Path:
    """Where in a folder the compiled form of a base is kept: one file for each root."""
    name = hashlib.sha256(os.fsencode(root.absolute())).hexdigest()[:16]
    return folder / f"base-{name}.json"


def open_base(
    root: Path, today: date, folder: Callable[[], Path] | None = None
) -> Base:
    """The base under ``root``: from its compiled form if there is one, else read, and
    compiled into the folder that ``folder`` tells for the next process.

    BaseInvalidError with every problem if anything is wrong.
    """
    sources = _sources_of(root)
    base = from_compiled(_packaged(), sources, today)
    place = place_of(root, folder()) if folder and base is None else None
    if place:
        base = from_compiled(_contents(place), sources, today)
    if base is not None:
        return replace(base, catalogues=root / CATALOGUES)
    from bot.knowledge.reader import read_base

    base = read_base(root, today)
    # The files may have changed since they were counted.
    if place and sources.startswith(base.revision):
        _keep(place, compiled(base, sources, today))
    return base


def _sources_of(root: Path) -> str:
    """The digest of a base's files; empty if one of them cannot be read."""
    try:
        return digest_of((file.name, file.path) for file in files_of(root))
    except OSError:
        return ""
