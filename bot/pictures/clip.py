"""Rings of points, and what of them lies on one side of a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Point = tuple[float, float]


def clipped(
    ring: Sequence[Point], axis: Literal[0, 1], edge: float, sign: Literal[-1, 1]
) -> list[Point]:
    """The part of a ring below (``sign`` 1) or above (-1) ``edge`` on an axis, 0 for x
    and 1 for y; empty for none (Sutherland and Hodgman, 1974).
    """
    kept: list[Point] = []
    for a, b in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        inside, next_inside = sign * (a[axis] - edge) <= 0, sign * (b[axis] - edge) <= 0
        if inside:
            kept.append(a)
        if inside != next_inside:
            share = (edge - a[axis]) / (b[axis] - a[axis])
            kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
    return kept
