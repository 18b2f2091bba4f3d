"""``ally setup``: each step asks what a flag does not say, and tells what it did."""

from __future__ import annotations

import argparse
import asyncio
import base64
import binascii
import getpass
import sys
import webbrowser
from pathlib import Path

from pydantic import SecretStr

from bot.cli.common import CommandError
from bot.cli.doctor.application import ask_about_application
from bot.cli.output import one_line, write
from bot.cli.reasons import reason
from bot.cli.setup.env_file import token_in, write_token
from bot.cli.setup.service import offer_service
from bot.cli.setup.test_answer import send_test_answer
from bot.runtime.exit_code import ExitCode
from bot.runtime.install_link import install_link
from bot.runtime.outages import OUTAGES
from bot.runtime.settings import bot_token

PORTAL = "https://discord.com/developers/applications"
_LONGEST = 200
"""Characters of a token file's first line; tokens have about 70."""


def setup(args: argparse.Namespace) -> ExitCode:
    """``ally setup``: token, check, settings, install link, service, test answer."""
    if args.offline and args.channel is not None:
        msg = (
            "Nothing was changed: a test answer goes through Discord, which --offline "
            "does not ask. Leave out --channel or --offline."
        )
        raise CommandError(msg, ExitCode.USAGE)
    asked = sys.stdin.isatty() and args.token_file is None
    token = _token(args, asked=asked)
    application = _application_of(token)
    if not args.offline:
        application = asyncio.run(_checked(token))
    _keep(args, token, asked=asked)
    if application is not None:
        _show_link(application, opens=asked and not args.no_browser)
    offer_service(args.service, Path(args.env), asked=asked)
    channel = args.channel
    if channel is None and asked and not args.offline:
        channel = _asked_channel()
    if channel is not None:
        asyncio.run(send_test_answer(args, token, channel))
    write("Next: `ally doctor` looks whether all is well, `ally run` starts the bot.")
    return ExitCode.OK


def _token(args: argparse.Namespace, *, asked: bool) -> str:
    """The token, from where the command line says or typed unseen."""
    if asked:
        write(f"1. Make an application at {PORTAL}.")
        write("2. There, under Bot, press Reset Token and copy the token.")
        text = getpass.getpass("3. Paste it here; it is not shown: ")
    elif args.token_file is None:
        msg = "Nobody is there to ask. Give the token by --token-file FILE, or -."
        raise CommandError(msg, ExitCode.USAGE)
    elif args.token_file == "-":  # noqa: S105  # Standard input.
        text = sys.stdin.readline(_LONGEST)
    else:
        with Path(args.token_file).open(encoding="utf-8", errors="replace") as file:
            text = file.readline(_LONGEST)
    try:
        token = bot_token(SecretStr(text.strip()))
    except ValueError as error:
        raise CommandError(f"Nothing was changed: {error}.", ExitCode.CONFIG) from None
    if token is None:
        msg = "Nothing was changed: there is no token."
        raise CommandError(msg, ExitCode.CONFIG)
    return token.get_secret_value()


def _application_of(token: str) -> int | None:
    """The application's id, which is the first part of its token; None for another."""
    head = token.partition(".")[0]
    try:
        text = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return int(text) if text.isdecimal() else None


async def _checked(token: str) -> int:
    """The application's id as Discord says it; CommandError if it does not know the
    token, or cannot be reached.
    """
    try:
        reply = await ask_about_application(token)
    except (*OUTAGES, ValueError) as error:
        raise CommandError(
            f"Nothing was changed: Discord cannot be reached ({reason(error)}). "
            "Look at the network, or add --offline.",
            ExitCode.UNAVAILABLE,
        ) from None
    if reply.status == 401:
        raise CommandError(
            "Nothing was changed: Discord does not accept this token. Press Reset "
            f"Token at {PORTAL}, under Bot, and copy the new one.",
            ExitCode.CONFIG,
        )
    number = str(reply.application.get("id", ""))
    if reply.status != 200 or not number.isdecimal():
        raise CommandError(
            f"Nothing was changed: Discord answered with status {reply.status}. Try "
            "again later.",
            ExitCode.UNAVAILABLE,
        )
    name = one_line(str(reply.application.get("name", "")))[:40]
    write(f"Discord knows the token: it is the bot of the application {name}.")
    return int(number)


def _keep(args: argparse.Namespace, token: str, *, asked: bool) -> None:
    """Write the token into the settings; another one there is never lost unasked."""
    path = Path(args.env)
    before = token_in(path)
    if before and before != token and not args.replace:
        question = f"{path} has another token. Replace it? [y/N] "
        if not asked or input(question).strip().lower() not in {"y", "yes"}:
            msg = f"Nothing was changed: {path} has another token; add --replace."
            raise CommandError(msg)
    write_token(path, token)
    write(f"Wrote the token to {path}, which only you can read.")


def _show_link(application: int, *, opens: bool) -> None:
    """Print the install link, and open it where there is a browser with a window."""
    link = install_link(application)
    write(f"Add the bot to a server:\n  {link}")
    if not opens:
        return
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    # One of this very class would take the terminal over, as lynx does.
    if type(browser) is not webbrowser.GenericBrowser:
        browser.open(link)


def _asked_channel() -> int | None:
    """The channel for a test answer; None for none."""
    text = input(
        "Once it is added: a channel's id for a test answer (Enter for none): "
    ).strip()
    if text.isascii() and text.isdecimal() and len(text) < 20:
        return int(text)
    if text:
        write("That is no channel's id, so no test answer is sent.")
    return None
