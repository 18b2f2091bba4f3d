"""What the verbs share: carrying one out, the base in use, and the settings."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from bot.cli.output import say
from bot.knowledge.files import without_collecting
from bot.knowledge.problems import AllyError
from bot.runtime.clock import SYSTEM_CLOCK, Clock
from bot.runtime.exit_code import ExitCode

if TYPE_CHECKING:
    from datetime import date

    from bot.knowledge.facts import Base
    from bot.runtime.editions import Editions
    from bot.runtime.settings import Settings

_SHOWN_PROBLEMS = 30
_LASTING = {"run", "serve", "demo"}
"""Verbs that go on until they are told to stop; the others leave little to collect."""


class CommandError(AllyError):
    """A verb cannot go on; the message says why, and what to do."""

    def __init__(self, message: str, status: ExitCode = ExitCode.FAILED) -> None:
        super().__init__(message)
        self.status = status


def function_of(target: str) -> Callable[[argparse.Namespace], ExitCode]:
    """The function of this room that ``module:function`` names."""
    module, _, name = target.partition(":")
    function = getattr(import_module(f"bot.cli.{module}"), name)
    return cast("Callable[[argparse.Namespace], ExitCode]", function)


def carry_out(args: argparse.Namespace, clock: Clock | None = None) -> ExitCode:
    """Run the verb by a clock, the machine's if none is given.

    Whatever goes wrong is said in words; ``python -X dev -m bot …`` shows where a fault
    of Ally's own lies.
    """
    _be_lenient()
    args.clock = clock or SYSTEM_CLOCK
    try:
        with nullcontext() if args.verb in _LASTING else without_collecting():
            status = function_of(args.does)(args)
        sys.stdout.flush()
    except CommandError as error:
        say(str(error))
        return error.status
    except BrokenPipeError:
        _let_go_of_output()
        return ExitCode.OK
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except OSError as error:
        _let_go_of_output()
        where = f"{error.filename}: " if error.filename else ""
        say(f"{where}{error.strerror or 'it cannot be read or written'}")
        return ExitCode.FAILED
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        say(
            f"Ally made a mistake of its own ({type(error).__name__}). Please report "
            f"it with what you typed; `python -X dev -m bot {args.verb} …` shows more."
        )
        return ExitCode.SOFTWARE
    return status


def _be_lenient() -> None:
    """A character that an old terminal lacks, or that no UTF-8 has, is replaced."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def _let_go_of_output() -> None:
    """Nobody reads on, or nothing more fits: what is still to be written goes nowhere,
    so that the end of the process is quiet.
    """
    stdout: TextIO = sys.stdout
    try:
        number = stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def clock_of(args: argparse.Namespace) -> Clock:
    """The one clock of this run."""
    return cast("Clock", args.clock)


def data_folder(args: argparse.Namespace) -> Path:
    """The folder of the base in use: that of the command line, of ALLY_DATA, or the one
    that came with the program.
    """
    chosen = args.data or os.environ.get("ALLY_DATA")
    if chosen:
        return Path(chosen)
    from bot.runtime.places import shipped_data

    return shipped_data()


def folder_of(args: argparse.Namespace) -> Path:
    """The folder that a verb names, or that of the base in use."""
    return Path(args.path) if args.path else data_folder(args)


def read(args: argparse.Namespace) -> Base:
    """The base in use, or CommandError with its first problems: of the folder that was
    chosen, else the newer of the edition and of the one that came with the program.
    """
    today, folder = clock_of(args).today(), data_folder(args)
    if args.data or os.environ.get("ALLY_DATA"):
        return base_in(folder, today)
    return _newest(_editions_of_environment(), folder, today)


def _newest(editions: Editions | None, folder: Path, today: date) -> Base:
    """The edition's base or that of the folder, whichever answers; errors as
    ``base_in``.
    """
    edition = editions.opened(today) if editions else None
    if edition is None:
        return base_in(folder, today)
    from bot.runtime.editions import newer_of

    try:
        return newer_of(edition, base_in(folder, today))
    except CommandError:
        # Something is wrong with what came with the program; the edition is whole.
        return edition


def _editions_of_environment() -> Editions | None:
    """The editions that were fetched; None without ALLY_BASE_KEY in the environment.

    Verbs that only answer read no settings, which takes longer than their answers.
    """
    key = os.environ.get("ALLY_BASE_KEY")
    if not key:
        return None
    from bot.runtime.editions import FOLDER, Editions

    return Editions(Path(os.environ.get("ALLY_STATE") or ".ally") / FOLDER, key)


def read_as_set(args: argparse.Namespace, settings: Settings) -> Base:
    """The base in use where the settings were read, in ``.env`` too; errors as
    ``read``.
    """
    from bot.runtime.editions import editions_of

    today = clock_of(args).today()
    return _newest(editions_of(settings), data_folder(args), today)


def base_in(folder: Path, today: date) -> Base:
    """The base in a folder, or CommandError with its first problems."""
    from bot.knowledge.compiled import open_base
    from bot.knowledge.problems import REST_WAITS, BaseInvalidError, rest_waits
    from bot.runtime.places import cache_folder

    try:
        return open_base(folder, today, cache_folder)
    except BaseInvalidError as error:
        problems = error.problems
        shown = "".join(f"\n  {problem}" for problem in problems[:_SHOWN_PROBLEMS])
        rest = f"\n{REST_WAITS}" if rest_waits(problems) else ""
        raise CommandError(
            f"The knowledge base in {folder} has {len(problems)} problem(s):{shown}"
            f"{rest}",
            ExitCode.CONFIG,
        ) from error


def settings_and_data(args: argparse.Namespace) -> Settings:
    """The settings, with the folder of the command line in place of ALLY_DATA, and the
    other way round; CommandError with every mistake in them.
    """
    settings = settings_of_environment()
    if args.data:
        return settings.model_copy(update={"ally_data": Path(args.data)})
    args.data = settings.ally_data
    return settings


def settings_of_environment() -> Settings:
    """The settings, or CommandError with every mistake in them."""
    from bot.runtime.settings import SettingsError, read_settings

    try:
        return read_settings()
    except SettingsError as error:
        lines = "".join(f"\n  {line}" for line in str(error).splitlines())
        raise CommandError(
            f"These settings are wrong (see .env.example):{lines}", ExitCode.CONFIG
        ) from error
