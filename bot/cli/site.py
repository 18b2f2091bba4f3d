"""``ally site``: the answers as a static site."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from bot.answers.texts import Texts, languages
from bot.cli.common import CommandError, clock_of, read
from bot.cli.context import Context
from bot.cli.output import quoted, say
from bot.names.index import names_of
from bot.runtime.exit_code import ExitCode
from bot.runtime.settings import site_address


def _languages(text: str | None) -> Sequence[str]:
    """The languages that are asked for; all that there are texts in if none is."""
    known = languages()
    if not text:
        return known
    wanted = [each.strip().replace("-", "_") for each in text.split(",")]
    unknown = [each for each in wanted if each not in known]
    if unknown:
        msg = (
            f"There are no texts in {quoted(unknown[0])}; there are {', '.join(known)}."
        )
        raise CommandError(msg, ExitCode.USAGE)
    return tuple(dict.fromkeys(wanted))


def _address(text: str | None) -> str:
    try:
        return site_address(text) or ""
    except ValueError as error:
        raise CommandError(f"--url: {error}", ExitCode.USAGE) from error


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
