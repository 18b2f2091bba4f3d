"""What blocs are called: the base's names and abbreviations of them, and nothing near.

A bloc's id is no name: ``cow`` is a word, and stands for a coalition in the base alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.knowledge.facts import Base
from bot.names.folding import fold

_Called = tuple[tuple[str, tuple[str, ...]], ...]
"""For each bloc its id and what it is called."""
_SHORTEST = 2
"""Letters from which the beginning of a name is completed."""


def _called(base: Base) -> _Called:
    return tuple((bloc.id, (bloc.name, *bloc.aliases)) for bloc in base.blocs.values())


@lru_cache(maxsize=4)
def _by_name(called: _Called) -> Mapping[str, str]:
    """The id of the bloc that each folded name means; what two are called means
    neither.
    """
    ids: dict[str, set[str]] = {}
    for key, names in called:
        for name in names:
            ids.setdefault(fold(name), set()).add(key)
    return {name: min(keys) for name, keys in ids.items() if name and len(keys) == 1}


def other_names(base: Base) -> Mapping[str, tuple[str, ...]]:
    """By its id, each bloc's own name and its aliases, in whichever language."""
    return dict(_called(base))


def bloc_called(text: str, base: Base) -> str | None:
    """The id of the bloc that is called exactly so, with or without an article."""
    ids, query = _by_name(_called(base)), fold(text)
    return ids.get(query) or ids.get(query.removeprefix("the "))


def blocs_begun(text: str, base: Base) -> tuple[str, ...]:
    """The ids of the blocs that have a name which begins so, in the base's order; none
    for less than two letters.
    """
    query = fold(text)
    if len(query) < _SHORTEST:
        return ()
    names = _by_name(_called(base)).items()
    begun = {key for name, key in names if name.startswith(query)}
    return tuple(key for key in base.blocs if key in begun)
