"""Names that stand in files beside this module, for the languages that are loaded when
first needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FILES = ("cldr_names.txt", "other_languages.txt")


class ListedNames(NamedTuple):
    """What one actor is called."""

    code: str
    names: tuple[str, ...]


def listed_names() -> Iterator[ListedNames]:
    """The names of every line of the files: a code, a colon, names between commas."""
    for file in FILES:
        text = Path(__file__).with_name(file).read_text("utf-8")
        for line in text.splitlines():
            if not line.startswith("#"):
                code, names = line.split(": ")
                yield ListedNames(code, tuple(names.split(", ")))
