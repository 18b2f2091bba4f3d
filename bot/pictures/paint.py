"""SVG to PNG. resvg holds the interpreter's lock while it draws: see ``cache``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from bot.pictures.lettering import FONT

_FILES = (
    "sans.ttf",
    "sans-bold.ttf",
    "arabic.ttf",
    "armenian.ttf",
    "georgian.ttf",
    "hebrew.ttf",
    "devanagari.ttf",
    "thai.ttf",
    "han.otf",
    "hangul.otf",
)
"""Subsets of Noto Sans, made by ``subset``; a letter is looked for in this order."""


@cache
def font_files() -> list[str]:
    """The paths of the fonts that come with Ally."""
    folder = files("bot.pictures").joinpath("fonts")
    return [str(folder.joinpath(name)) for name in _FILES]


def png_of(svg: str) -> bytes:
    """The picture at the size that the SVG names; texts are set in Noto Sans, whatever
    fonts the machine has.
    """
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=font_files(),
            sans_serif_family=FONT,
        )
    )


def ready() -> bool:
    """Load what drawing needs, so that the first picture does not wait for it."""
    return bool(
        png_of(
            '<svg xmlns="http://www.w3.org/2000/svg" width="8" '
            'height="8"><text>a</text></svg>'
        )
    )
