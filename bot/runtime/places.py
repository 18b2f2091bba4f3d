"""Where Ally finds the shipped base, and where it may keep what it can make again."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped_data() -> Path:
    """The base inside the installed package, or beside it in a checkout."""
    inside = _PACKAGE / "_data"
    return inside if inside.is_dir() else _PACKAGE.parent / "data"


def cache_folder() -> Path:
    """The folder for compiled forms of other bases than the shipped one: in Ally's
    state (ALLY_STATE), or where this machine's users keep such files.
    """
    state = os.environ.get("ALLY_STATE")
    if state:
        return Path(state) / "compiled"
    from platformdirs import user_cache_path

    return user_cache_path("ally", appauthor=False)


def deploy_file(name: str) -> Path:
    """A file for running Ally as a service, inside the installed package or beside it
    in a checkout; it may not be there.
    """
    inside = _PACKAGE / "_deploy" / name
    return inside if inside.is_file() else _PACKAGE.parent / "deploy" / name
