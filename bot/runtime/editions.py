"""The editions of the base that were fetched: the one that answers and the one before
it, in a folder of Ally's state.

Each edition is a folder of its own with the very file that was fetched, so that its
signature is checked whenever it is opened, and with its catalogues. A small file,
``chosen.json``, names the one that answers. It is replaced at once and whole: whoever
is killed in between leaves either the old choice or the new one, never half of one.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from filelock import FileLock, Timeout

from bot.knowledge.edition import (
    HEAD_BYTES,
    MAX_PACKED,
    Edition,
    EditionKnownError,
    EditionRefusedError,
    Manifest,
    manifest_in,
    read_edition,
)
from bot.knowledge.facts import Base
from bot.knowledge.files import CATALOGUES
from bot.knowledge.folders import make_private_folder

if TYPE_CHECKING:
    from bot.runtime.settings import Settings

log = logging.getLogger(__name__)

FOLDER = "editions"
"""Where they are in Ally's state."""
LOOK_EVERY = timedelta(hours=23)
"""How long one look for a newer edition is enough for all who share a folder."""
_LOCK_SECONDS = 10.0
_OWNER_ONLY = 0o600
_FILE, _CHOICE, _LOOKED = "edition", "chosen.json", "looked"
_PARTIAL = ".partial"
_MOST_BYTES = HEAD_BYTES + MAX_PACKED + 1
"""One byte more than an edition has at most, which tells that a file is none."""


class EditionChoice(msgspec.Struct, frozen=True):
    """Which edition answers; the keys of editions, empty for the base that came with
    the program.
    """

    current: str = ""
    before: str = ""
    """The one before it, to which one can go back."""
    highest: int = 0
    """The highest number that was ever chosen: older ones are not taken."""


def _synced(path: Path) -> None:
    """Have a folder's entries on the disk; Windows does that by itself."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(path: Path, data: bytes) -> None:
    """A new file for its owner alone, on the disk when this returns."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, _OWNER_ONLY), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def editions_of(settings: Settings) -> Editions | None:
    """The folder of editions that an operator uses; None without a key, or with a base
    of the operator's own files.
    """
    if settings.ally_base_key is None or settings.ally_data is not None:
        return None
    return Editions(settings.ally_state / FOLDER, settings.ally_base_key)


def newer_of(edition: Base, own: Base) -> Base:
    """Which of two bases answers: an edition, or the base that came with the program
    where that is about the same and was reviewed later, as after an upgrade.
    """
    is_same = edition.conflict.id == own.conflict.id
    return own if is_same and own.updated > edition.updated else edition


class Editions:
    """The editions in one folder, signed by the owner of one public key (64
    hexadecimal digits).
    """

    def __init__(self, folder: Path, key: str) -> None:
        self.folder, self.key = folder, key

    @contextmanager
    def _alone(self) -> Generator[None]:
        """What changes the folder is done by one process at a time."""
        make_private_folder(self.folder)
        try:
            with FileLock(
                self.folder / "lock", timeout=_LOCK_SECONDS, mode=_OWNER_ONLY
            ):
                yield
        except Timeout:
            msg = "another process is changing the editions; try again"
            raise EditionRefusedError(msg) from None

    def choice(self) -> EditionChoice:
        """Which edition answers: the base that came with the program if none was chosen
        yet, or the file that says so is damaged. OSError if it cannot be read.
        """
        try:
            return msgspec.json.decode(
                (self.folder / _CHOICE).read_bytes(), type=EditionChoice
            )
        except FileNotFoundError:
            return EditionChoice()
        except (msgspec.MsgspecError, UnicodeDecodeError):
            log.warning("%s is damaged; no edition is in use", self.folder / _CHOICE)
            return EditionChoice()

    def _choose(self, choice: EditionChoice) -> None:
        partial = self.folder / f"{_CHOICE}{_PARTIAL}"
        _write(partial, msgspec.json.encode(choice))
        partial.replace(self.folder / _CHOICE)
        _synced(self.folder)

    def installed(self) -> list[Manifest]:
        """The manifests of the editions that are here and signed, newest first."""
        manifests: list[Manifest] = []
        for path in self.folder.glob(f"*/{_FILE}"):
            if path.parent.name.endswith(_PARTIAL):
                continue
            try:
                with path.open("rb") as file:
                    manifest = manifest_in(file.read(HEAD_BYTES), self.key)
            except (OSError, EditionRefusedError):
                continue
            if manifest.key == path.parent.name:
                manifests.append(manifest)
        return sorted(manifests, key=lambda each: each.number, reverse=True)

    def opened(self, today: date) -> Base | None:
        """The base of the edition that was chosen, or of the one before where that
        cannot be opened, which the log then says; None where there is neither. Which
        answers, it or the base that came with the program, says ``newer_of``. OSError
        as ``choice``.
        """
        choice = self.choice()
        for key in (choice.current, choice.before):
            if not key:
                return None
            try:
                return self.read(key, today).base
            except (OSError, EditionRefusedError) as error:
                log.error(  # noqa: TRY400 - what went wrong was said in words
                    "the edition %s cannot be used: %s", key, error
                )
        return None

    def read(self, key: str, today: date) -> Edition:
        """An edition by its key, its base with its catalogues; EditionRefusedError or
        OSError for one that cannot be used.
        """
        folder = self.folder / key
        with (folder / _FILE).open("rb") as file:
            edition = read_edition(file.read(_MOST_BYTES), self.key, today)
        if edition.manifest.key != key:
            msg = "it is another edition than its folder says"
            raise EditionRefusedError(msg)
        base = replace(edition.base, catalogues=folder / CATALOGUES)
        return replace(edition, base=base)

    def _opens(self, key: str, today: date) -> bool:
        try:
            self.read(key, today)
        except (OSError, EditionRefusedError):
            return False
        return True

    def refuse_older(self, manifest: Manifest) -> None:
        """EditionRefusedError unless an edition is newer than every one before, and
        EditionKnownError if it is the newest of them.
        """
        highest = self.choice().highest
        if manifest.number == highest:
            msg = f"{highest} was here already"
            raise EditionKnownError(msg)
        if manifest.number < highest:
            msg = f"it is older than {highest}, which was here already"
            raise EditionRefusedError(msg)

    def install(
        self, data: bytes, today: date, *, allow_older: bool = False
    ) -> Manifest:
        """Let an edition answer, and keep the one that answered until now.

        EditionRefusedError, with nothing changed, for one that is not signed, damaged,
        older than one before, or whose base has problems; OSError if it cannot be
        written.
        """
        from bot.knowledge.reader import check_again

        edition = read_edition(data, self.key, today)
        problems = check_again(edition.base, edition.manifest.made)
        if problems:
            msg = f"its base has {len(problems)} problem(s), the first: {problems[0]}"
            raise EditionRefusedError(msg)
        with self._alone():
            if not allow_older:
                self.refuse_older(edition.manifest)
            choice, key = self.choice(), edition.manifest.key
            if key != choice.current or not self._opens(key, today):
                self._lay_out(edition, data)
            if key != choice.current:
                highest = max(choice.highest, edition.manifest.number)
                self._choose(EditionChoice(key, choice.current, highest))
            self._clear_away()
        return edition.manifest

    def _lay_out(self, edition: Edition, data: bytes) -> None:
        """Write an edition's folder: it is there whole or not at all."""
        place = self.folder / edition.manifest.key
        partial = place.with_name(place.name + _PARTIAL)
        for left_over in (partial, place):
            if left_over.exists():
                shutil.rmtree(left_over)
        catalogues = partial / CATALOGUES
        make_private_folder(catalogues)
        for language, catalogue in edition.catalogues.items():
            _write(catalogues / f"{language}.mo", catalogue)
        _write(partial / _FILE, data)
        _synced(catalogues)
        _synced(partial)
        partial.replace(place)
        _synced(self.folder)

    def _clear_away(self) -> None:
        """Delete all editions but the one that answers and the one before it."""
        choice = self.choice()
        for path in self.folder.iterdir():
            if path.is_dir() and path.name not in {choice.current, choice.before}:
                shutil.rmtree(path, ignore_errors=True)

    def back(self) -> str:
        """Let the one before answer again; its key, empty for the base that came with
        the program. Once more leads forward again.

        EditionRefusedError if there is none before, or it can no longer be opened.
        """
        with self._alone():
            choice = self.choice()
            if not choice.current and not choice.before:
                msg = "no edition was fetched yet"
                raise EditionRefusedError(msg)
            if choice.before and choice.before not in {
                each.key for each in self.installed()
            }:
                msg = f"the edition {choice.before} is not here any more"
                raise EditionRefusedError(msg)
            self._choose(EditionChoice(choice.before, choice.current, choice.highest))
        return choice.before

    def take_turn(self, now: datetime) -> bool:
        """Whether a look for a newer edition is due, and the caller the one to do it:
        one of all processes that share the folder, once in ``LOOK_EVERY``.
        """
        mark = self.folder / _LOOKED
        with self._alone():
            try:
                last = datetime.fromisoformat(mark.read_text(encoding="ascii"))
                passed = now - last
            except (OSError, ValueError, TypeError):
                passed = LOOK_EVERY
            # What was done in the future was done by a clock that has been set back.
            if timedelta(0) <= passed < LOOK_EVERY:
                return False
            _write(mark, now.isoformat().encode())
        return True
