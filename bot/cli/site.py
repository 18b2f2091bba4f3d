"""``ally site``: the answers as a static site."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from pathlib import Path

from bot.answers.texts import Texts, languages
from bot.cli.common import CommandError, clock_of, read
from bot.cli.context import Context, texts_called
from bot.cli.output import say
from bot.names.index import names_of
from bot.runtime.exit_code import ExitCode
from bot.runtime.settings import site_address

PAUSE_SECONDS = 5.0
"""Between two lines about how far it is."""


def _languages(text: str | None) -> Sequence[str]:
    """The languages that are asked for; all that there are texts in if none is."""
    if not text:
        return languages()
    return tuple(dict.fromkeys(map(texts_called, text.split(","))))


def _address(text: str | None) -> str:
    try:
        return site_address(text) or ""
    except ValueError as error:
        raise CommandError(f"--url: {error}", ExitCode.USAGE) from error


class _Progress:
    """Says every few seconds how far it is."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Of what, how much is done, and of how much."""
        now = time.monotonic()
        if done < total and now - self._said >= PAUSE_SECONDS:
            say(f"{what}: {100 * done // total} %")
            self._said = now


def site(args: argparse.Namespace) -> ExitCode:
    """``ally site OUT``."""
    from bot.site.build import Wanted
    from bot.site.document import Edition
    from bot.site.output import NotASiteError, make

    wanted, url = _languages(args.languages), _address(args.url)
    base = read(args)
    names = names_of(base)

    def texts_in(language: str) -> Texts:
        return Texts(language, names.display, base.catalogues)

    context = Context(base, names, texts_in("en"), clock_of(args).today())
    edition = Edition(base, context.day(args.on))
    try:
        made = make(
            Wanted(edition, wanted, url, texts_in),
            Path(args.path),
            workers=os.cpu_count() or 1,
            told=_Progress(),
        )
    except NotASiteError as error:
        raise CommandError(str(error), ExitCode.USAGE) from error
    say(
        f"{args.path}: {made.files} files, {made.size / 2**20:.1f} MiB; "
        f"{made.written} written, {made.removed} removed."
    )
    if not url:
        say("Without --url there are no pictures for previews of links, no sitemap.")
    return ExitCode.OK
