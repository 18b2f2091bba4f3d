"""What somebody typed among a list of choices, where a list was offered and words came
back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from bot.knowledge.text import nearest
from bot.names.index import NameLookup, fold

Choice = tuple[str, str]
"""A key and its words."""
Also = Mapping[str, tuple[str, ...]]
"""More names by which an option is found, by its key."""
_NOTHING: Also = MappingProxyType({})
_FOLDED = 8192
"""Options' words that are remembered folded, at about 300 bytes each."""
_ALIKE = 3
"""Options that are offered for being spelt alike."""


_folded = lru_cache(_FOLDED)(fold)
"""An option's words as they are compared; the same ones come with each key press."""


def meant(
    text: str, options: Sequence[Choice], also: Also = _NOTHING
) -> tuple[str, ...]:
    """The keys that a text may mean: the key or words themselves alone, else those that
    ``also`` calls so, else those in which it stands by itself (*ES-11/1* does not in
    *ES-11/10*), else all that contain it. What ``also`` has is not shown.
    """
    wanted = fold(text)
    exact = tuple(
        key
        for key, words in options
        if text == key or wanted in {_folded(key), _folded(words)}
    )
    if exact or not wanted:
        return exact
    called = tuple(
        key for key, _ in options if wanted in map(_folded, also.get(key, ()))
    )
    if called:
        return called
    return _alone(wanted, options, also) or containing(text, options, also)


def by_itself(wanted: str) -> re.Pattern[str]:
    """Finds a folded text where no letter or digit stands beside it."""
    return re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")


def _alone(wanted: str, options: Sequence[Choice], also: Also) -> tuple[str, ...]:
    """The keys in which a folded text stands by itself."""
    alone = by_itself(wanted)
    return tuple(option[0] for option in options if alone.search(_read(option, also)))


def _read(option: Choice, also: Also) -> str:
    """All words by which an option is found, folded."""
    key, words = option
    return " ".join(map(_folded, (key, words, *also.get(key, ()))))


def containing(
    text: str, options: Sequence[Choice], also: Also = _NOTHING
) -> tuple[str, ...]:
    """The keys whose key or words contain a text: those in which it stands by itself
    first, and each part in the list's order; all of them for none. ``also`` as in
    `meant`.
    """
    wanted = fold(text)
    if not wanted:
        return tuple(key for key, _ in options)
    alone = _alone(wanted, options, also)
    others = tuple(
        option[0]
        for option in options
        if option[0] not in alone and wanted in _read(option, also)
    )
    return alone + others


@dataclass(frozen=True, slots=True)
class Selection:
    """What a text selects among named things: one of them, or some to ask about."""

    key: str | None
    """What was surely meant; None if somebody has to be asked."""
    near: tuple[str, ...] = ()
    """Keys to offer where nothing was surely meant, best first; perhaps none."""


def select(text: str, options: Sequence[Choice], also: Also = _NOTHING) -> Selection:
    """What a text selects among options: the one whose key or words it is or stands in,
    else those to ask about. What is only spelt alike is offered and never taken.
    ``also`` as in `meant`.
    """
    matches = meant(text, options, also)
    if len(matches) == 1:
        return Selection(matches[0])
    return Selection(None, matches or _spelt_alike(text, options))


def _spelt_alike(text: str, options: Sequence[Choice]) -> tuple[str, ...]:
    key_of = {fold(words): key for key, words in reversed(options)}
    key_of |= {fold(key): key for key, _ in options}
    alike = nearest(fold(text), key_of, limit=_ALIKE)
    return tuple(dict.fromkeys(key_of[name] for name in alike))


def select_actor(text: str, names: NameLookup, locale: str = "en") -> Selection:
    """The code of the actor that a text selects, or up to five to ask about."""
    resolution = names.resolve(text, locale)
    if resolution.sure:
        return Selection(resolution.matches[0])
    return Selection(None, resolution.matches)
