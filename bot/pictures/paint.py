"""SVG to PNG, in a process of its own: resvg holds the interpreter's lock while it
draws.
"""

from __future__ import annotations

import os
from functools import cache
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread


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


def attend() -> None:
    """In the drawing process: end with the one that started it, however that ended."""
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(0)

    Thread(target=wait, daemon=True, name="attend").start()
