"""Where the base is kept: loads it with its name index, and notices when its files
change or another edition was chosen.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.knowledge.edition import EditionRefusedError
from bot.knowledge.facts import Base
from bot.knowledge.files import CATALOGUES, files_of
from bot.knowledge.reader import inspect
from bot.names.index import NameIndex, names_of
from bot.runtime.editions import Editions, newer_of

log = logging.getLogger(__name__)


_Stamp = tuple[tuple[str, int, int], ...]
"""Names of files, when each was written, and how large it is."""


def _stamp(files: Iterable[tuple[str, Path]]) -> _Stamp:
    stamps: list[tuple[str, int, int]] = []
    for name, path in files:
        try:
            stat = path.stat()
        except OSError:
            continue
        stamps.append((name, stat.st_mtime_ns, stat.st_size))
    return tuple(stamps)


def _of_documents(root: Path) -> _Stamp:
    return _stamp((name, path) for name, _, path in files_of(root))


def _of_catalogues(root: Path) -> _Stamp:
    return _stamp(
        (path.name, path) for path in sorted((root / CATALOGUES).glob("*.[mp]o"))
    )


@dataclass(frozen=True, slots=True)
class BaseChange:
    """A base that answered until now, and the one that answers from now on."""

    before: Base
    after: Base


BaseListener = Callable[[BaseChange], Awaitable[None]]
"""Is told in every process of every base that takes the place of another: of changed
files as of an edition that arrived. What only one process shall do needs a lease.
"""


def described(base: Base) -> str:
    """A base in the words of the log: its edition, if it is one, and its revision."""
    edition = f"edition {base.edition}, " if base.edition else ""
    return f"{edition}revision {base.revision}"


def _of_files(root: Path, today: date) -> Base | None:
    """The base under ``root``; None, after lines in the log, if it has problems."""
    base, problems = inspect(root, today)
    if base is None:
        log.error(
            "the changed base has %d problem(s); the old one goes on serving",
            len(problems),
        )
        for problem in problems[:20]:
            log.error("%s", problem)
    return base


def _of_edition(editions: Editions, key: str, today: date) -> Base | None:
    """The base of an edition; None, after a line in the log, if it cannot be used."""
    try:
        return editions.read(key, today).base
    except (OSError, EditionRefusedError) as error:
        log.error(  # noqa: TRY400 - what went wrong was said in words
            "the edition %s cannot be used: %s; the old base goes on serving",
            key,
            error,
        )
        return None


def _newest(edition: Base | None, root: Path, today: date) -> Base | None:
    """The edition's base, or that under ``root`` where it is newer, which the log then
    says.
    """
    own = inspect(root, today)[0] if edition else None
    if edition is None or own is None or newer_of(edition, own) is edition:
        return edition
    log.warning(
        "the base that came with Ally answers: it is newer than edition %s",
        edition.edition,
    )
    return own


def changes(
    root: Path, today: Callable[[], date], editions: Editions | None = None
) -> Callable[[], tuple[Base, NameIndex] | None]:
    """A function that returns a fresh base when another edition was chosen, or where
    none is in use the files under ``root`` have changed, its catalogues among them, and
    all is right with it; None otherwise. Of an edition and the files the newer answers.
    ``today`` tells the day after which no fact may be.
    """
    seen, spoken = _of_documents(root), _of_catalogues(root)
    wording = ""
    chosen = editions.choice().current if editions else ""

    def fresh() -> Base | None:
        nonlocal seen, spoken, wording, chosen
        before, chosen = chosen, editions.choice().current if editions else ""
        if editions and chosen:
            if chosen == before:
                return None
            return _newest(_of_edition(editions, chosen, today()), root, today())
        documents, catalogues = _of_documents(root), _of_catalogues(root)
        if (documents, catalogues, chosen) == (seen, spoken, before):
            return None
        if catalogues != spoken:
            wording = f"{hash(catalogues):x}"
        seen, spoken = documents, catalogues
        base = _of_files(root, today())
        return replace(base, wording=wording) if base else None

    def look() -> tuple[Base, NameIndex] | None:
        base = fresh()
        if base is None:
            return None
        names = names_of(base)
        names.warm()
        return base, names

    return look
