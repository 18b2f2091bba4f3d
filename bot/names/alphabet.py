"""Names in the alphabet of a language, as Unicode's collation has it.

``alphabets.json`` has the letters of each language in order, from ICU 78 (CLDR 48). A
collation library was measured: pyuca (1.2) takes 0.2 s and 8 MB to load and knows no
language of its own order (Swedish å, Czech ch, Chinese by pinyin); PyICU has to be
compiled with ICU.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("alphabets.json")
_BEFORE_CONSONANT = re.compile("([เแโใไ])(.)")
"""Thai vowels that are written before the consonant after which they are read."""
_LONG_VOWEL = re.compile("(.)ー")
"""The Japanese mark that draws out the vowel before it, and is sorted as that vowel."""
_UNREAD = re.compile("[\u093c\u064b-\u0652]")
"""The dot of Hindi and the vowel points of Arabic, which no alphabet counts."""
_ALEF_MADDA = ("\u0622", "\u0627\u0627")
"""One Arabic letter that is sorted as two."""
_LONGEST = 3
"""Signs of the longest letter, such as Hungarian dzs."""

Key = tuple[tuple[int, int], ...]


@lru_cache(maxsize=1)
def _alphabets() -> Mapping[str, list[list[str]]]:
    return json.loads(FILE.read_text("utf-8"))


@lru_cache(maxsize=64)
def _ranks(locale: str) -> Mapping[str, int]:
    """The place of each letter in a language's alphabet; English for one without."""
    alphabets = _alphabets()
    groups = alphabets.get(locale) or alphabets["en"]
    return {letter: place for place, group in enumerate(groups) for letter in group}


def _rank(letter: str, ranks: Mapping[str, int]) -> tuple[int, int]:
    """A letter's place; of one that the alphabet does not have, that of its plain form,
    or after all others.
    """
    plain = unicodedata.normalize("NFKD", letter)[:1]
    for form in (letter, plain, plain.lower()):
        if form in ranks:
            return ranks[form], 0
    return len(ranks), ord(letter)


def _drawn_out(match: re.Match[str]) -> str:
    """A kana and the vowel in which its name ends."""
    name = unicodedata.name(match[1], "")
    if not name.startswith("KATAKANA LETTER") or name[-1] not in "AIUEO":
        return match[1]
    return match[1] + unicodedata.lookup(f"KATAKANA LETTER {name[-1]}")


def _as_read(text: str) -> str:
    """A name's signs in the order and form in which a language sorts them."""
    text = _UNREAD.sub("", unicodedata.normalize("NFC", text))
    text = _LONG_VOWEL.sub(_drawn_out, text.replace(*_ALEF_MADDA))
    return _BEFORE_CONSONANT.sub(r"\2\1", text)


@lru_cache(maxsize=8192)
def sort_key(text: str, locale: str) -> tuple[Key, str]:
    """By what names are sorted in a language: its letters first, accents and case only
    between names that are otherwise the same.
    """
    ranks, read = _ranks(locale), _as_read(text)
    key: list[tuple[int, int]] = []
    place = 0
    while place < len(read):
        for size in range(_LONGEST, 0, -1):
            letter = read[place : place + size]
            if size == 1 or letter in ranks:
                key.append(_rank(letter, ranks))
                place += len(letter)
                break
    return tuple(key), text
