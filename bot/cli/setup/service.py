"""How the bot is to go on running: the unit of systemd, or compose."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast, get_args

from bot.cli.common import CommandError
from bot.cli.output import write
from bot.runtime.exit_code import ExitCode
from bot.runtime.places import deploy_file

Service = Literal["systemd", "compose"]
_UNIT = "ally.service"
_STEPS = """Wrote {unit}. To let it run from now on:
  sudo python3 -m venv /opt/ally && sudo /opt/ally/bin/pip install WHEEL-OR-COPY
  sudo install -m 600 {env} /etc/ally.env
  sudo install -m 644 {unit} /etc/systemd/system/ally.service
  sudo systemctl enable --now ally"""


def offer_service(service: Service | None, env: Path, *, asked: bool) -> None:
    """Write or name what a service takes; asks for one where somebody is there."""
    if service is None and asked:
        typed = input("Run it by systemd or compose? (Enter for neither): ").strip()
        if typed in get_args(Service):
            service = cast("Service", typed)
        elif typed:
            write("That is neither, so nothing was written for it.")
    if service == "systemd":
        _write_unit(env)
    elif service == "compose":
        _name_compose(env)


def _write_unit(env: Path) -> None:
    target, text = Path(_UNIT), deploy_file(_UNIT).read_bytes()
    if target.exists() and target.read_bytes() != text:
        msg = f"{target} is there already and differs; move it away first."
        raise CommandError(msg)
    target.write_bytes(text)
    write(_STEPS.format(unit=target, env=env))


def _name_compose(env: Path) -> None:
    file = deploy_file("compose.yaml")
    wanted = file.parent.parent / ".env"
    if not file.is_file():
        msg = "Compose builds from the source: run this in a copy of the repository."
        raise CommandError(msg, ExitCode.CONFIG)
    if env.resolve() != wanted.resolve():
        write(f"Compose reads {wanted}; copy {env} there.")
    write(f"To let it run from now on:\n  docker compose -f {file} up -d")
