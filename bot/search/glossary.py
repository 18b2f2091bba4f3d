"""What a reader's words mean in English, in which the facts are written: the names of
sides, levels and kinds of deed in the reader's language.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.search.words import UNSAID, stem, words_of

_HIRAGANA = re.compile("[\u3040-\u309f]")
"""Letters of Japanese endings and particles, which tell nothing."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_SHORTEST = 4
"""Letters that two forms of a word begin with alike, at least."""
_ALIKE = 0.6
"""And what of the longer one these are: *санкції*, *санкціями*; not *Handel, Handlung*.
"""
_HALF = 0.5
"""What of a name must be asked for."""
_AS_GOOD = 0.8
"""A name that fits so nearly as well as the best one may be meant too."""
_MOST = 6
"""Names that a question is read as at most."""


class Name(NamedTuple):
    """A name in the reader's language, and its English words."""

    reader: str
    english: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """The telling words of a name, and the English ones, folded."""

    telling: frozenset[str]
    english: tuple[str, ...]


class _Match(NamedTuple):
    """How well a name fits (0 to 1), and the places of the words that fit."""

    worth: float
    places: frozenset[int]
    english: tuple[str, ...]


def _is_telling(word: str) -> bool:
    if _UNSPACED.fullmatch(word):
        return not _HIRAGANA.search(word)
    return len(word) >= _SHORTEST


def _said(text: str) -> tuple[str, ...]:
    return tuple(word for word in words_of(text) if word not in UNSAID)


def _is_form(word: str, other: str) -> bool:
    """Whether two words with the same first letters are forms of one."""
    longest = max(len(word), len(other))
    wanted = max(_SHORTEST, math.ceil(_ALIKE * longest))
    return word == other or word[:wanted] == other[:wanted]


class Glossary:
    """Names in one language. ``read`` takes about as long for many names as for few."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._entries: list[_Entry] = []
        self._places: dict[str, dict[str, set[int]]] = {}
        """By the first letters of words, the words, and which entries have each."""
        for name in names:
            telling = frozenset(filter(_is_telling, words_of(name.reader)))
            if not telling:
                continue
            for word in telling:
                begins = self._places.setdefault(word[:_SHORTEST], {})
                begins.setdefault(word, set()).add(len(self._entries))
            self._entries.append(_Entry(telling, _said(name.english)))

    def _entries_of(self, word: str) -> Iterator[tuple[int, str]]:
        """Which entries have a form of a word, and the form."""
        for form, entries in self._places.get(word[:_SHORTEST], {}).items():
            if _is_form(word, form):
                for entry in entries:
                    yield entry, form

    def _matches(self, words: Mapping[int, str]) -> list[_Match]:
        """Every name of which at least half is among some words, the best first; of
        those that fit as well, in the order in which they were given.
        """
        places: dict[int, set[int]] = {}
        forms: dict[int, set[str]] = {}
        for place, word in words.items():
            for entry, form in self._entries_of(word):
                places.setdefault(entry, set()).add(place)
                forms.setdefault(entry, set()).add(form)
        found: list[_Match] = []
        for key in sorted(places):
            entry = self._entries[key]
            recall = len(forms[key]) / len(entry.telling)
            if recall >= _HALF:
                precision = len(places[key]) / len(words)
                worth = 2 * recall * precision / (recall + precision)
                found.append(_Match(worth, frozenset(places[key]), entry.english))
        return sorted(found, key=lambda each: -each.worth)

    def read(self, words: Sequence[str]) -> dict[int, tuple[str, ...]]:
        """By the place of each folded word that is part of a name, the English words in
        its stead: all of a name's at its first word, none at the others, nor at the
        short words between.
        """
        left = {place: word for place, word in enumerate(words) if _is_telling(word)}
        read: dict[int, tuple[str, ...]] = {}
        for _ in range(_MOST):
            matches = self._matches(left)
            if not matches:
                break
            best = matches[0]
            first, last = min(best.places), max(best.places)
            parts = {p for p in range(first, last) if p not in left} | best.places
            read |= dict.fromkeys(parts, ())
            read[first] = _common(matches)
            left = {p: word for p, word in left.items() if p not in best.places}
        return read


def _common(matches: Sequence[_Match]) -> tuple[str, ...]:
    """What the best name and those that fit nearly as well have in common; the best
    one's words where that is nothing.
    """
    best = matches[0]
    shared = best.english
    for each in matches[1:]:
        if each.worth >= _AS_GOOD * best.worth and each.places & best.places:
            stems = set(map(stem, each.english))
            shared = tuple(word for word in shared if stem(word) in stems)
    return shared or best.english


NOTHING = Glossary(())
"""For readers of English."""
