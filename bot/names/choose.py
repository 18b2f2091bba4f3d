"""What somebody typed among a list of choices, where a list was offered and words came
back.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.names.index import fold

Choice = tuple[str, str]
"""A key and its words."""


def meant(text: str, options: Sequence[Choice]) -> tuple[str, ...]:
    """The keys that a text may mean: the key or words themselves alone, else all that
    contain it.
    """
    wanted = fold(text)
    exact = tuple(
        key
        for key, words in options
        if text == key or wanted in {fold(key), fold(words)}
    )
    return exact or containing(text, options) if wanted else exact


def containing(text: str, options: Sequence[Choice]) -> tuple[str, ...]:
    """The keys whose key or words contain a text, in the list's order; all of them for
    none.
    """
    wanted = fold(text)
    return tuple(
        key for key, words in options if wanted in f"{fold(key)} {fold(words)}"
    )
