"""``ally i18n``, which needs Babel as nothing else does."""

from __future__ import annotations

import argparse

from bot.cli.common import CommandError
from bot.runtime.exit_code import ExitCode

_EXTRA = (
    "Catalogues are brought up to date and checked with Babel, which is an extra: "
    "pip install '.[i18n]' (or 'ally-bot[i18n]')."
)


def i18n(args: argparse.Namespace) -> ExitCode:
    """``ally i18n``. CommandError where there is no Babel."""
    try:
        from bot.cli.i18n import i18n as verb
    except ModuleNotFoundError as error:
        if error.name != "babel":
            raise
        raise CommandError(_EXTRA, ExitCode.CONFIG) from error
    return verb(args)
