"""Flags to draw.

They are derived by ``python -m bot.pictures.flags FOLDER``.

``FOLDER`` is ``flags`` of the npm package circle-flags 2.8.3 (MIT, see LICENSE.md):
round, and simplified so that they can be told at the size of a letter.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import cast

SIDE = 512
"""Units of a flag's width and height."""


@cache
def _flags() -> dict[str, str]:
    path = files("bot.pictures.flags").joinpath("flags.json")
    return cast("dict[str, str]", json.loads(path.read_text("utf-8")))


def flag_svg(code: str, x: float, y: float, size: float) -> str:
    """An actor's flag so large, its upper left corner at a place; empty for an actor
    without one.
    """
    drawn = _flags().get(code)
    if drawn is None:
        return ""
    # Ids are one picture's: each flag has its own.
    drawn = drawn.replace("ID-", f"flag-{code}-")
    return (
        f'<svg x="{x:.1f}" y="{y:.1f}" width="{size:.1f}" height="{size:.1f}" '
        f'viewBox="0 0 {SIDE} {SIDE}">{drawn}</svg>'
    )
