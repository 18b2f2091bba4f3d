"""``ally completion``: what makes a shell complete verbs, options and files."""

from __future__ import annotations

import argparse
import sys

import shtab

from bot.cli.main import parser
from bot.cli.parser import Parser
from bot.runtime.exit_code import ExitCode

_COMPLETED = {
    "FILE": shtab.FILE,
    "PAGE": shtab.FILE,
    "PATH": shtab.DIRECTORY,
    "FOLDER": shtab.DIRECTORY,
}


class _CompletedParser(Parser):
    """The parser, with what a shell lists for files and folders."""

    def _add_action(self, action: argparse.Action) -> argparse.Action:
        """Add one, as the parser does."""
        super()._add_action(action)
        kind = _COMPLETED.get(str(action.metavar))
        if kind is not None:
            action.complete = kind  # pyright: ignore[reportAttributeAccessIssue]
        return action


def completion(args: argparse.Namespace) -> ExitCode:
    """``ally completion SHELL``: a script of fixed words, made from the parser, so that
    a press of Tab starts no Python.
    """
    script = shtab.complete(parser(_CompletedParser), shell=args.shell)
    sys.stdout.write(script.rstrip("\n") + "\n")
    return ExitCode.OK
