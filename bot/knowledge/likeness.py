"""How alike two texts are, counted in slips of the finger or in letters that both have.

A matrix's column is the bits of one number, so that a letter takes a few additions
(Hyyrö 2003, *A bit-vector algorithm for computing Levenshtein and Damerau edit
distances*; Hyyrö 2004, *Bit-parallel LCS-length computation revisited*). RapidFuzz has
the same measures; it was left for its weight, 12 MiB.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

_WHOLE = 100.0
"""How alike two texts are that are the same."""


class Likely(NamedTuple):
    """A text that is like another, and how much: from 0 to 100."""

    text: str
    score: float


def _places(text: str) -> Mapping[str, int]:
    """The places at which each letter stands, as bits; the first is the lowest."""
    places: dict[str, int] = {}
    for place, letter in enumerate(text):
        places[letter] = places.get(letter, 0) | 1 << place
    return places


def slips(text: str, other: str) -> int:
    """How many letters are another, missing, too many or exchanged with the next, where
    none is touched twice (optimal string alignment).
    """
    if not text:
        return len(other)
    whole, last = (1 << len(text)) - 1, 1 << (len(text) - 1)
    places = _places(text)
    more, fewer, same, before, count = whole, 0, 0, 0, len(text)
    for letter in other:
        here = places.get(letter, 0)
        exchanged = ((~same & here) << 1) & before
        same = ((((here & more) + more) ^ more) | here | fewer | exchanged) & whole
        right = (fewer | ~(same | more)) & whole
        left = same & more
        count += bool(right & last) - bool(left & last)
        right = (right << 1 | 1) & whole
        more = (left << 1 | ~(same | right)) & whole
        fewer = right & same
        before = here
    return count


def _in_common(places: Mapping[str, int], length: int, other: str) -> int:
    """Letters of the longest row that two texts have in the same order; the first one
    by its letters' places and its length.
    """
    whole = (1 << length) - 1
    row = whole
    for letter in other:
        met = row & places.get(letter, 0)
        row = ((row + met) | (row - met)) & whole
    return length - row.bit_count()


def _alike(apart: int, together: int) -> float:
    """How alike two texts are, from 0 to 100: the share of the letters of both that
    they have in common, where so many stand in only one of them.
    """
    return _WHOLE - _WHOLE * apart / together if together else _WHOLE


def most_alike(
    text: str, others: Iterable[str], least: float, most: int
) -> list[Likely]:
    """At most so many of some texts that are at least so much like one, the most alike
    first and else in their order.
    """
    places, length = _places(text), len(text)
    found: list[Likely] = []
    for other in others:
        together = length + len(other)
        # What one text is longer by, it has alone.
        if _alike(abs(length - len(other)), together) < least:
            continue
        common = _in_common(places, length, other)
        score = _alike(together - 2 * common, together)
        if score >= least:
            found.append(Likely(other, score))
    return sorted(found, key=lambda each: -each.score)[:most]


def likeness_of_words(text: str, other: str) -> float:
    """How alike two texts are whatever the order of their words, and however often one
    is said; 100 where one has all words of the other, 0 for a text without words.
    """
    words, others = set(text.split()), set(other.split())
    if not words or not others:
        return 0.0
    shared, mine, theirs = words & others, words - others, others - words
    if shared and not (mine and theirs):
        return _WHOLE
    common, one, two = (" ".join(sorted(each)) for each in (shared, mine, theirs))
    gap = bool(common)
    with_one = len(common) + gap + len(one)
    with_two = len(common) + gap + len(two)
    apart = len(one) + len(two) - 2 * _in_common(_places(one), len(one), two)
    score = _alike(apart, with_one + with_two)
    if not common:
        return score
    return max(
        score,
        _alike(gap + len(one), len(common) + with_one),
        _alike(gap + len(two), len(common) + with_two),
    )
