"""Names that are spelt nearly as what was typed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from bot.knowledge.likeness import slips

_MOST = 5
"""Actors that are offered."""


@cache
def everyday_words() -> frozenset[str]:
    """Words that are spelt nearly as a name and mean something else."""
    text = Path(__file__).with_name("everyday.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


class Alike(NamedTuple):
    """Codes of actors, best first, and whether no question is needed."""

    codes: tuple[str, ...]
    sure: bool


def _most_slips(length: int) -> int:
    """How many letters of a word may be wrong, missing, too many or exchanged."""
    return 1 + (length > 6) + (length > 11)


@lru_cache(maxsize=16384)
def _letters(name: str) -> int:
    """Which letters a name has, as bits that some share. A slip changes two at most, so
    that most names need not be compared letter by letter.
    """
    letters = 0
    for letter in name:
        letters |= 1 << (ord(letter) % 64)
    return letters


def _is_same_word(word: str, name: str) -> bool:
    """Whether so few slips leave no doubt in a word of this length: letters exchanged
    or left out rarely make another word, one letter for another or added often does.
    """
    count = slips(word, name)
    if count != 1:
        is_long = len(name) > 9 and not name.startswith(word)
        return not count or (count == 2 and is_long)
    is_left_out = len(word) < len(name)
    is_exchanged = Counter(word) == Counter(name)
    longer = max(len(word), len(name))
    return longer > (4 if is_left_out or is_exchanged else 6)


def _is_surely(query: str, name: str, count: int) -> bool:
    """Whether a text is a name with slips: word by word, so that "republic" does not
    make two names alike; or written together what is two words, or the other way.
    """
    words, others = query.split(), name.split()
    if len(words) != len(others):
        return count == 1 and len(query) > 6
    return all(map(_is_same_word, words, others))


def spelt_alike(
    query: str, names: Sequence[str], code_of: Callable[[str], str | None]
) -> Alike | None:
    """The actors with a name, among sorted ones, that is a few slips of the finger from
    a folded text; None if there are none or the text is a word of its own. It is sure
    if one actor is nearer than all others and the text long enough.
    """
    if query in everyday_words():
        return None
    most = _most_slips(len(query))
    # A guess that begins with another letter is rarely what was meant, and costs most
    # of the time.
    begin = bisect_left(names, query[0])
    end = bisect_left(names, chr(ord(query[0]) + 1))
    letters = _letters(query)
    near = [
        name
        for name in names[begin:end]
        if len(name) > 3
        and abs(len(name) - len(query)) <= most
        and (_letters(name) ^ letters).bit_count() <= 2 * most
    ]
    counted = ((name, slips(query, name)) for name in near)
    likely = [(name, count) for name, count in counted if count <= most]
    alike = sorted(likely, key=itemgetter(1))[: 2 * _MOST]
    if not alike:
        return None
    slips_of: dict[str, int] = {}
    for name, count in alike:
        slips_of.setdefault(code_of(name) or "", count)
    codes = tuple(slips_of)[:_MOST]
    least = slips_of[codes[0]]
    if len(codes) > 1 and slips_of[codes[1]] == least:
        return Alike(codes, sure=False)
    nearest = (name for name, count in alike if count == least)
    return Alike(codes, any(_is_surely(query, name, least) for name in nearest))
