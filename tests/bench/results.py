"""What long measurements leave for the page: a JSON file each under build/bench."""

from __future__ import annotations

import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent.parent / "build" / "bench"
"""Ignored by git."""


def machine() -> str:
    """The machine, the Python and the system, in a few words."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {python}, "
        f"{platform.system()}; load before it began {load:.1f}"
    )


def today() -> str:
    """The day in words."""
    now = datetime.now(UTC)
    return f"{now.day} {now:%B %Y}"


def keep(name: str, found: dict[str, Any], *, silent: bool = False) -> None:
    """Keep a measurement under its name, and print it unless ``silent``."""
    text = json.dumps(found, indent=1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    if not silent:
        sys.stdout.write(text + "\n")


def kept(name: str) -> dict[str, Any] | None:
    """The newest measurement of a name, if there is one."""
    path = FOLDER / f"{name}.json"
    if not path.is_file():
        return None
    return json.loads(path.read_text(encoding="utf-8"))
