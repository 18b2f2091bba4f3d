"""Levels' colours: told apart by everybody, and read on every ground."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest

from bot.answers.palette import (
    MARKS,
    PARTY_COLOUR,
    PARTY_MARK,
    TONES,
    UNKNOWN_COLOUR,
    UNKNOWN_MARK,
    ink_on,
    luminance,
)

Matrix = tuple[tuple[float, ...], ...]
SEEN: dict[str, Matrix] = {
    "everybody else": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""How linear red, green and blue are seen without one kind of cone: Machado, Oliveira,
Fernandes (2009), severity 1.
"""
APART, NEVER_ONE = 15.0, 7.0
"""The least difference, in CIE 1976 Lab, of levels beside each other on the scale, and
of any two; 2.3 is just noticed.
"""


def _linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def _times(matrix: Matrix, vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


_TO_XYZ = (
    (0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505),
    (0.2126, 0.7152, 0.0722),
    (0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089),
)


def _lab(colour: str, seen: Matrix) -> tuple[float, float, float]:
    rgb = [min(1.0, max(0.0, each)) for each in _times(seen, _linear(colour))]
    x, y, z = (
        each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116
        for each in _times(_TO_XYZ, rgb)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str, seen: Matrix) -> float:
    return math.dist(_lab(one, seen), _lab(other, seen))


@pytest.mark.parametrize("who", SEEN)
def test_levels_beside_each_other_are_told_apart_by(who: str) -> None:
    for one, other in pairwise(TONES.values()):
        assert difference(one, other, SEEN[who]) >= APART, (one, other)


@pytest.mark.parametrize("who", SEEN)
def test_no_two_levels_look_the_same_to(who: str) -> None:
    everything = [*TONES.values(), PARTY_COLOUR, UNKNOWN_COLOUR]
    for one, other in combinations(everything, 2):
        assert difference(one, other, SEEN[who]) >= NEVER_ONE, (one, other)


def test_words_on_a_level_s_colour_have_the_contrast_that_wcag_asks_for() -> None:
    for colour in (*TONES.values(), PARTY_COLOUR, UNKNOWN_COLOUR):
        light = [luminance(each) + 0.05 for each in (colour, ink_on(colour))]
        assert max(light) / min(light) >= 4.5, colour


def test_every_level_has_a_mark_of_its_own_in_text() -> None:
    assert len({*MARKS.values(), PARTY_MARK, UNKNOWN_MARK}) == len(MARKS) + 2
