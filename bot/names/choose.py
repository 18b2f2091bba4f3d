"""What somebody typed among a list of choices, where a list was offered and words came
back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.text import nearest
from bot.names.index import NameLookup, fold

Choice = tuple[str, str]
"""A key and its words."""
_ALIKE = 3
"""Options that are offered for being spelt alike."""


def meant(text: str, options: Sequence[Choice]) -> tuple[str, ...]:
    """The keys that a text may mean: the key or words themselves alone, else those in
    which it stands by itself (*ES-11/1* does not in *ES-11/10*), else all that contain
    it.
    """
    wanted = fold(text)
    exact = tuple(
        key
        for key, words in options
        if text == key or wanted in {fold(key), fold(words)}
    )
    if exact or not wanted:
        return exact
    return _alone(wanted, options) or containing(text, options)


def _alone(wanted: str, options: Sequence[Choice]) -> tuple[str, ...]:
    """The keys in which a folded text stands with no letter or digit beside it."""
    by_itself = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    return tuple(
        key for key, words in options if by_itself.search(f"{fold(key)} {fold(words)}")
    )


def containing(text: str, options: Sequence[Choice]) -> tuple[str, ...]:
    """The keys whose key or words contain a text: those in which it stands by itself
    first, and each part in the list's order; all of them for none.
    """
    wanted = fold(text)
    alone = _alone(wanted, options) if wanted else ()
    others = tuple(
        key
        for key, words in options
        if key not in alone and wanted in f"{fold(key)} {fold(words)}"
    )
    return alone + others


@dataclass(frozen=True, slots=True)
class Selection:
    """What a text selects among named things: one of them, or some to ask about."""

    key: str | None
    """What was surely meant; None if somebody has to be asked."""
    near: tuple[str, ...] = ()
    """Keys to offer where nothing was surely meant, best first; perhaps none."""


def select(text: str, options: Sequence[Choice]) -> Selection:
    """What a text selects among options: the one whose key or words it is or stands in,
    else those to ask about. What is only spelt alike is offered and never taken.
    """
    matches = meant(text, options)
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
