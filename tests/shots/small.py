"""Pictures made small enough to be kept."""

from __future__ import annotations

import io

from PIL import Image

COLOURS = (96, 48, 24)
"""Of a picture's palette: the most with which it is small enough."""
SMALLER = 0.65
"""What is left of the width of a picture that is too large with the fewest colours."""
LARGEST = 150_000
"""Bytes that a picture may take."""


def _saved(image: Image.Image, colours: int) -> bytes:
    out = io.BytesIO()
    few = image.quantize(
        colours,
        # Of many colours MAXCOVERAGE takes the mean with a picture's ground.
        method=Image.Quantize.FASTOCTREE,
        dither=Image.Dither.NONE,
    )
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def small(image: Image.Image, largest: int = LARGEST) -> bytes:
    """A picture as PNG with as many colours and pixels as make it at most ``largest``
    bytes, or as few as are tried.
    """
    for colours in COLOURS:
        found = _saved(image, colours)
        if len(found) <= largest:
            return found
    less = image.copy()
    size = (round(image.width * SMALLER), round(image.height * SMALLER))
    less.thumbnail(size, Image.Resampling.LANCZOS)
    return _saved(less, COLOURS[-1])
