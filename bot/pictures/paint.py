"""SVG to PNG. resvg holds the interpreter's lock while it draws: see ``cache``."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _fonts() -> list[str]:
    import font_roboto

    folder = Path(font_roboto.__file__).parent / "files"
    return [str(folder / f"Roboto-{weight}.ttf") for weight in ("Regular", "Bold")]


def png_of(svg: str) -> bytes:
    """The picture at the size that the SVG names; texts are set in Roboto, whatever
    fonts the machine has.
    """
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=_fonts(),
            sans_serif_family="Roboto",
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
