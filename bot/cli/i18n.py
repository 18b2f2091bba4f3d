"""``ally i18n``: the template of a base's texts, and catalogues brought up to date."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.answers.base_words import Keyed, messages
from bot.answers.texts import CATALOGUES
from bot.cli.common import CommandError, base_in, clock_of, folder_of
from bot.cli.output import say
from bot.knowledge.files import CATALOGUES as OF_BASE
from bot.runtime.exit_code import ExitCode

TEMPLATE = "base.pot"
"""The file of a base's template, beside its catalogues."""
PROGRAM = "ally.pot"
"""The file of the program's template."""
WIDTH = 100


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
    return file.getvalue()


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
            with path.open("rb") as file:
                catalogue = read_po(file, locale=locale, abort_invalid=True)
        catalogue.update(read_po(BytesIO(fresh)), no_fuzzy_matching=True)
    except (UnknownLocaleError, ValueError) as error:
        raise CommandError(f"{language!r} is no language of CLDR") from error
    except PoFileError as error:
        raise CommandError(f"{path}: {error}") from error
    return _written(catalogue, header=True)


def i18n(args: argparse.Namespace) -> ExitCode:
    """``ally i18n [--program] [--base FOLDER] [LANGUAGE …]``."""
    if args.program:
        folder = CATALOGUES
        fresh = (folder / PROGRAM).read_bytes()
    else:
        base = base_in(folder_of(args), clock_of(args).today())
        folder = folder_of(args) / OF_BASE
        folder.mkdir(exist_ok=True)
        fresh = template(messages(base))
        (folder / TEMPLATE).write_bytes(fresh)
    for language in args.language:
        path = folder / f"{language}.po"
        path.write_bytes(_updated(path, fresh, language))
        say(f"{path} is up to date.")
    return ExitCode.OK
