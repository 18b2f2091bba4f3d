"""``ally base``: makes, fetches and chooses editions of the knowledge base."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

from bot import __version__
from bot.answers.catalogues import compiled
from bot.cli.common import (
    CommandError,
    base_in,
    clock_of,
    folder_of,
    read_as_set,
    settings_and_data,
)
from bot.cli.files import write_whole
from bot.cli.output import one_line, say, write
from bot.knowledge import edition
from bot.knowledge.edition import EditionKnownError, EditionRefusedError, Manifest
from bot.knowledge.files import CATALOGUES
from bot.runtime.edition_source import EditionSource, EditionUnreachableError
from bot.runtime.edition_source import fetch as fetched
from bot.runtime.editions import Editions, editions_of
from bot.runtime.exit_code import ExitCode
from bot.runtime.settings import Settings

_SECRET_BYTES = 4096
"""A file of a secret key that is larger is none."""
_NO_KEY = (
    "Set ALLY_BASE_KEY to the public key of whoever makes the editions; it has 64 "
    "hexadecimal digits."
)
_OWN_FILES = "ALLY_DATA or --data names a base of files, which no edition replaces."


def key(args: argparse.Namespace) -> ExitCode:
    """``ally base key FILE``: a new secret key, or the one that is there already."""
    file = Path(args.file)
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        say(f"{file} is there already and was left as it is.")
    else:
        with os.fdopen(handle, "w", encoding="ascii") as secret:
            secret.write(edition.new_secret() + "\n")
        say(f"Wrote {file}. Keep it to yourself: whoever has it can sign editions.")
    write(f"ALLY_BASE_KEY={_public(_secret_in(file))}")
    return ExitCode.OK


def _secret_in(file: Path) -> str:
    with file.open("rb") as opened:
        return opened.read(_SECRET_BYTES).decode("ascii", "replace").strip()


def _public(secret: str) -> str:
    try:
        return edition.public_key(secret)
    except ValueError as error:
        msg = f"The file holds no secret key: {error}."
        raise CommandError(msg) from error


def build(args: argparse.Namespace) -> ExitCode:
    """``ally base build [PATH] FILE --key FILE``: a signed edition of a base."""
    secret = _secret_in(Path(args.key))
    _public(secret)
    now = clock_of(args).now()
    folder, out = folder_of(args), Path(args.out)
    base = base_in(folder, now.date())
    try:
        data = edition.written(
            base,
            _catalogues(folder / CATALOGUES),
            number=int(f"{now:%Y%m%d%H%M}"),
            made=now.date(),
            secret=secret,
        )
    except ValueError as error:
        raise CommandError(f"{error}.") from error
    write_whole(out, data)
    manifest = edition.manifest_in(data, _public(secret))
    say(f"Wrote {out}: {_told(manifest)}, {len(data):,} bytes.")
    return ExitCode.OK


def _catalogues(folder: Path) -> Mapping[str, bytes]:
    """A base's catalogues, compiled; the compiled ones of a package as they are."""
    catalogues = {path.stem: path.read_bytes() for path in folder.glob("*.mo")}
    for path in sorted(folder.glob("*.po")):
        try:
            catalogues[path.stem] = compiled(path)
        except ValueError as error:
            raise CommandError(f"{path}: {error}") from error
    return catalogues


def _told(manifest: Manifest) -> str:
    return (
        f"edition {manifest.number} of {manifest.name}, revision {manifest.revision}, "
        f"made on {manifest.made.isoformat()}"
    )


def fetch(args: argparse.Namespace) -> ExitCode:
    """``ally base fetch [URL]``: UNAVAILABLE if nothing could be got there, FAILED if
    it was refused; OK for a newer one, and where there is none.
    """
    settings = settings_and_data(args)
    editions = _editions(settings)
    url = args.url or settings.ally_base_url
    if not url:
        msg = "Name the address of an edition, or set ALLY_BASE_URL."
        raise CommandError(msg, ExitCode.USAGE)
    source = EditionSource(
        url, editions.key, f"Ally/{__version__}", this_machine=args.this_machine
    )
    today = clock_of(args).today()
    try:
        manifest = asyncio.run(
            fetched(editions, source, today, allow_older=args.allow_older)
        )
    except EditionKnownError as error:
        say(f"There is no newer edition: {error}.")
        return ExitCode.OK
    except EditionUnreachableError as error:
        msg = f"No edition could be got there: {error}. Nothing has changed."
        raise CommandError(msg, ExitCode.UNAVAILABLE) from error
    except EditionRefusedError as error:
        msg = f"The edition was not taken: {error}. Nothing has changed."
        raise CommandError(msg) from error
    say(_answers(args, settings, str(manifest.number), _told(manifest)))
    return ExitCode.OK


def _answers(
    args: argparse.Namespace, settings: Settings, number: str, told: str
) -> str:
    """Which base answers once the edition of this number was chosen, ``told`` in
    words.
    """
    if read_as_set(args, settings).edition == number:
        return f"From now on answers {told}."
    return (
        f"It was chosen: {told}. But the base that came with Ally {__version__} is "
        "newer, and answers."
    )


def _editions(settings: Settings) -> Editions:
    """The operator's folder of editions, or CommandError that says what is missing."""
    editions = editions_of(settings)
    if editions is None:
        raise CommandError(
            _OWN_FILES if settings.ally_data else _NO_KEY, ExitCode.CONFIG
        )
    return editions


def show(args: argparse.Namespace) -> ExitCode:
    """``ally base list``: the editions that are here, newest first."""
    settings = settings_and_data(args)
    editions = editions_of(settings)
    if editions is None:
        write(_OWN_FILES if settings.ally_data else f"No edition is in use. {_NO_KEY}")
        return ExitCode.OK
    choice = editions.choice()
    roles = {choice.before: "the one before", choice.current: "answers"}
    for manifest in editions.installed():
        role = roles.get(manifest.key, "not in use")
        write(one_line(f"{_told(manifest)}: {role}"))
    role = roles.get("", "answers if there is no edition")
    write(f"the base that came with Ally {__version__}: {role}")
    return ExitCode.OK


def back(args: argparse.Namespace) -> ExitCode:
    """``ally base back``: the one before answers again."""
    settings = settings_and_data(args)
    try:
        chosen = _editions(settings).back()
    except EditionRefusedError as error:
        msg = f"There is no going back: {error}."
        raise CommandError(msg) from error
    number = chosen.partition("-")[0]
    name = f"edition {number}" if chosen else "the base that came with Ally"
    say(_answers(args, settings, number, name))
    return ExitCode.OK
