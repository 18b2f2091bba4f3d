"""Which code is mutated, and which tests must notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Room:
    """Code and its tests; paths are relative to the root and name files or folders.

    ``options`` are pytest's and choose among the tests; ``without`` are files of tests
    that take longer than they tell here.
    """

    name: str
    code: tuple[str, ...]
    tests: tuple[str, ...]
    options: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def files(self, root: Path) -> Iterator[str]:
        """Every Python file of the code, relative to ``root``, in alphabetical order.

        Raises FileNotFoundError if a path of the table is not there any more.
        """
        for path in self.code:
            yield from _below(root, path, "*.py")

    def test_files(self, root: Path) -> Iterator[str]:
        """Every file of the tests, each once, as ``files`` gives those of the code."""
        found = (
            file for path in self.tests for file in _below(root, path, "test_*.py")
        )
        yield from dict.fromkeys(file for file in found if file not in self.without)

    def shares(self, test: str, other: Room, root: Path) -> bool:
        """Whether a test file of another room is run in the same way for this one."""
        return self.options == other.options and test in self.test_files(root)


def _below(root: Path, path: str, pattern: str) -> list[str]:
    """A file, or the files below a folder that are named so, in alphabetical order."""
    if not (root / path).exists():
        raise FileNotFoundError(root / path)
    found = [root / path] if (root / path).is_file() else (root / path).rglob(pattern)
    return sorted(each.relative_to(root).as_posix() for each in found)


_JOURNEYS = ("tests/journeys/test_ask.py", "tests/journeys/test_explore.py")
_EVERYTHING = (
    "tests/answers/test_catalogues.py",
    "tests/answers/test_english.py",
    "tests/answers/test_every_actor.py",
    "tests/answers/test_foreign.py",
    "tests/answers/test_languages.py",
    "tests/answers/test_screens.py",
)
"""They say all of every actor, in every language or of another base: a fault in a line
that any of them reaches would need minutes to be tried.
"""
_STORE = (
    "tests/store/test_reader.py",
    "tests/store/test_view_cache.py",
    "tests/store/test_views.py",
    "tests/store/test_writer.py",
)
"""All but test_isolation, whose one test takes a minute, and one more a mutant."""
_ONE_WAY = ("-k", "not http or https")
"""Journeys are the same on both ways in, and slow: one of them is enough here."""
_SQLITE = ("-k", "not postgresql")
"""A trial that is cut off could not stop its PostgreSQL."""

ROOMS = (
    Room("alignment", ("bot/alignment",), ("tests/alignment",)),
    Room(
        "answers",
        ("bot/answers",),
        ("tests/answers", *_JOURNEYS),
        _ONE_WAY,
        _EVERYTHING,
    ),
    Room(
        "permissions",
        ("bot/ui/permissions.py", "bot/ui/cooldown.py", "bot/ui/refusals.py"),
        (
            "tests/ui/test_permissions.py",
            "tests/ui/test_cooldown.py",
            "tests/ui/test_refusals.py",
            "tests/journeys/test_permissions.py",
            "tests/journeys/test_refusals.py",
            "tests/journeys/test_cooldown.py",
            "tests/journeys/test_entry.py",
            "tests/journeys/test_lists.py",
            "tests/journeys/test_suggest.py",
        ),
        _ONE_WAY,
    ),
    Room("readers", ("bot/store/reader.py", "bot/store/views.py"), _STORE, _SQLITE),
    Room(
        "renderer",
        ("bot/ui/render.py", "bot/ui/limits.py"),
        (
            "tests/ui/test_discord_numbers.py",
            "tests/ui/test_layout.py",
            "tests/ui/test_limits.py",
            "tests/ui/test_render.py",
            "tests/ui/test_accessibility.py",
            *_JOURNEYS,
        ),
        _ONE_WAY,
    ),
    Room(
        "replies",
        ("bot/ui/replies.py", "bot/ui/routes.py"),
        (
            "tests/ui/test_reply_cache.py",
            "tests/ui/test_reply_rules.py",
            "tests/ui/test_routes.py",
            *_JOURNEYS,
            "tests/journeys/test_entry.py",
        ),
        _ONE_WAY,
    ),
)
