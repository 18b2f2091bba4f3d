"""``ally run`` and ``ally serve``: the bot itself, over the gateway or over HTTP."""

from __future__ import annotations

import argparse
import logging

from bot.cli.common import (
    CommandError,
    clock_of,
    data_folder,
    read_as_set,
    settings_and_data,
)
from bot.runtime.exit_code import ExitCode
from bot.runtime.settings import ENV_FILE

log = logging.getLogger("bot")


def run(args: argparse.Namespace) -> ExitCode:
    """``ally run``: over Discord's gateway."""
    return _hosted(args, http=False)


def serve(args: argparse.Namespace) -> ExitCode:
    """``ally serve``: over HTTP."""
    return _hosted(args, http=True)


def _hosted(args: argparse.Namespace, *, http: bool) -> ExitCode:
    settings = settings_and_data(args)
    if settings.discord_token is None:
        folder = f"({ENV_FILE} is a folder here.)\n" if ENV_FILE.is_dir() else ""
        raise CommandError(
            f"There is no bot token. {folder}Make a bot at "
            "https://discord.com/developers/applications, copy its token,\n"
            "and set DISCORD_TOKEN=… in the environment or in a file .env (see "
            ".env.example and docs/hosting.md).\n"
            "To try Ally without Discord: ally ask brazil, or ally demo.",
            ExitCode.CONFIG,
        )
    base = read_as_set(args, settings)
    from bot.service import gateway
    from bot.service import http as endpoint

    service = endpoint if http else gateway
    try:
        return ExitCode(
            service.serve(settings, base, data_folder(args), clock_of(args))
        )
    except Exception:
        log.critical("a mistake of Ally's own ended it", exc_info=True)
        raise
