"""The file of settings: one line is set, all others stay, and only its owner reads
it.
"""

from __future__ import annotations

from pathlib import Path

from dotenv import dotenv_values, set_key

from bot.store.files import whole_or_nothing

TOKEN = "DISCORD_TOKEN"  # noqa: S105  # The setting's name.


def token_in(path: Path) -> str:
    """The token that the file has; empty without one, or without a file."""
    if not path.is_file():
        return ""
    return dotenv_values(path, interpolate=False).get(TOKEN) or ""


def write_token(path: Path, token: str) -> None:
    """Set the token, whole or not at all; the file is its owner's alone afterwards.

    A link is followed, so that the file it leads to is the one that is written.
    """
    path = path.resolve()
    before = path.read_bytes() if path.is_file() else b""
    with whole_or_nothing(path) as partial:
        partial.write_bytes(before)
        set_key(partial, TOKEN, token, quote_mode="never")
        # The library may have put another file there, with other permissions.
        partial.chmod(0o600)
