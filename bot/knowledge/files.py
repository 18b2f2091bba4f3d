"""The files of a base: where they are, and one digest of all that stands in them."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

FOLDERS = ("countries", "blocs", "votes", "measures", "forecasts")
CATALOGUES = "locales"
"""The folder of a base in which its catalogues are."""
REVISION = 12
"""Hexadecimal digits of the digest that name a revision of a base."""


class BaseFile(NamedTuple):
    """A file of a base: its name relative to the root, its kind and where it is."""

    name: str
    kind: str
    path: Path


def files_of(root: Path) -> list[BaseFile]:
    """Every file of a base, ``conflict.yaml`` first."""
    files = [BaseFile("conflict.yaml", "conflict", root / "conflict.yaml")]
    for folder in FOLDERS:
        files += [
            BaseFile(f"{folder}/{path.name}", folder, path)
            for path in sorted((root / folder).glob("*.yaml"), key=attrgetter("name"))
        ]
    return files


class Digest:
    """A digest of files in their order: of their names, sizes and contents (SHA-256).

    Two bases with the same digest are the same.
    """

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, name: str, raw: bytes) -> None:
        """Take one more file in."""
        self._hash.update(f"{name}\0{len(raw)}\0".encode() + raw)

    def text(self) -> str:
        """The digest of all files so far, 64 hexadecimal digits."""
        return self._hash.hexdigest()


def digest_of(paths: Iterable[tuple[str, Path]]) -> str:
    """The digest of files by name; OSError for one that cannot be read."""
    digest = Digest()
    for name, path in paths:
        # Unbuffered, which takes half the time for hundreds of small files.
        with path.open("rb", buffering=0) as file:
            digest.add(name, file.readall())
    return digest.text()


@contextmanager
def without_collecting() -> Generator[None]:
    """Reading makes many small objects that all stay: the collector would walk them
    again and again for nothing.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
