"""``ally i18n``: catalogues brought up to date, and what they lack."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.answers.base_words import Keyed, messages
from bot.answers.texts import CATALOGUES
from bot.cli.catalogue_check import Status, named, status_of
from bot.cli.common import CommandError, base_in, clock_of, folder_of
from bot.cli.files import write_whole
from bot.cli.output import say, write
from bot.knowledge.files import CATALOGUES as OF_BASE
from bot.runtime.exit_code import ExitCode

TEMPLATE = "base.pot"
"""The file of a base's template, beside its catalogues."""
PROGRAM = "ally.pot"
"""The file of the program's template."""
WIDTH = 100
_SHOWN_MISSING = 20


_NOT_KEPT = re.compile(
    rb'^"(?:Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|'
    rb"Language-Team|Generated-By):.*\n",
    re.MULTILINE,
)
"""Lines of a header that change with every writing, or say nothing."""


def _written(catalogue: Catalog, *, header: bool) -> bytes:
    file = BytesIO()
    write_po(
        file,
        catalogue,
        sort_output=False,
        omit_header=not header,
        include_lineno=False,
        width=WIDTH,
    )
    return _NOT_KEPT.sub(b"", file.getvalue())


def _catalogue_of(texts: Iterable[Keyed]) -> Catalog:
    catalogue = Catalog(charset="utf-8")
    for key, text in texts:
        catalogue.add(text, context=key)
    for message in catalogue:
        # Braces of a base's text are its own: nothing is filled into it.
        message.flags.discard("python-brace-format")
    return catalogue


def template(texts: Iterable[Keyed]) -> bytes:
    """The template of a base's texts: the English text of each key, in their order and
    without dates, so that it only changes with a text.
    """
    return _written(_catalogue_of(texts), header=False)


def _updated(path: Path, fresh: bytes, language: str) -> bytes:
    """A language's catalogue with every message of a template: translations stay, what
    is new is empty, and what is gone stands at the end as a comment. CommandError for
    a language or file that cannot be read.
    """
    try:
        locale = Locale.parse(language)
        catalogue = Catalog(
            locale=locale,
            header_comment="",
            project="ally",
            version="1",
            charset="utf-8",
            fuzzy=False,
        )
        if path.exists():
            catalogue = _read(path, language)
        catalogue.update(read_po(BytesIO(fresh)), no_fuzzy_matching=True)
    except (UnknownLocaleError, ValueError) as error:
        raise CommandError(f"{language!r} is no language of CLDR") from error
    return _written(catalogue, header=True)


def _read(path: Path, locale: str | None = None) -> Catalog:
    """A catalogue or template. CommandError for one that cannot be read."""
    try:
        with path.open("rb") as file:
            return read_po(file, locale=locale, abort_invalid=True)
    except (PoFileError, UnknownLocaleError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error


def _folders(args: argparse.Namespace) -> tuple[Path, ...]:
    """The folders of catalogues that are asked about, each with its template."""
    folders = {"program": CATALOGUES, "base": folder_of(args) / OF_BASE}
    return tuple(folders[each] for each in (args.only or tuple(folders)))


def _template_in(folder: Path) -> Path:
    return folder / (PROGRAM if folder == CATALOGUES else TEMPLATE)


def _languages(args: argparse.Namespace, folder: Path) -> list[str]:
    """The languages that are asked for, else those that there are catalogues of."""
    return args.language or sorted(path.stem for path in folder.glob("*.po"))


def _update(args: argparse.Namespace) -> ExitCode:
    for folder in _folders(args):
        path = _template_in(folder)
        if folder != CATALOGUES:
            base = base_in(folder_of(args), clock_of(args).today())
            folder.mkdir(exist_ok=True)
            write_whole(path, template(messages(base)))
        fresh = path.read_bytes()
        for language in _languages(args, folder):
            catalogue = folder / f"{language}.po"
            write_whole(catalogue, _updated(catalogue, fresh, language))
            say(f"{catalogue} is up to date.")
    return ExitCode.OK


def _told(path: Path, status: Status) -> None:
    """A line for a catalogue, and one for each mistake and for the first missing."""
    done = status.messages - len(status.missing)
    write(f"{path}: {done} of {status.messages} translated")
    for mistake in status.mistakes:
        write(f"  {mistake}")
    shown = status.missing[:_SHOWN_MISSING]
    for message in shown:
        write(f"  missing: {named(message)}")
    if more := len(status.missing) - len(shown):
        write(f"  … and {more} more are missing")


def _status(args: argparse.Namespace) -> ExitCode:
    complete = True
    for folder in _folders(args):
        wanted = _read(_template_in(folder))
        languages = _languages(args, folder)
        if not languages:
            write(f"{folder}: no catalogues")
        for language in languages:
            path = folder / f"{language}.po"
            if not path.exists():
                raise CommandError(
                    f"{path} does not exist: ally i18n update {language}"
                )
            status = status_of(
                _read(path, language), wanted, language, program=folder == CATALOGUES
            )
            _told(path, status)
            complete = complete and not (status.missing or status.mistakes)
    return ExitCode.OK if complete else ExitCode.FAILED


def i18n(args: argparse.Namespace) -> ExitCode:
    """``ally i18n update|status [--only WHICH] [--base FOLDER] [LANGUAGE …]``."""
    return _update(args) if args.action == "update" else _status(args)
