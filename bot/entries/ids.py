"""Ids of new facts and codes of new actors, made of what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

from bot.knowledge.values import CODE
from bot.names.index import fold

CODE_LENGTH = 30
"""Characters of an actor's code."""
_WORD = re.compile(r"[a-z0-9]+")


def _untaken(wanted: str, taken: Iterable[str], limit: int) -> str:
    """The wanted id, or the first with a number after it that is free."""
    used = set(taken)
    if wanted not in used:
        return wanted
    numbered = (f"{wanted[:limit]}-{number}" for number in count(2))
    return next(each for each in numbered if each not in used)


def slug(
    text: str, taken: Iterable[str] = (), *, otherwise: str = "entry", limit: int = 48
) -> str:
    """An id of a text's first words, unlike those taken."""
    words = [
        word for word in _WORD.findall(fold(text)) if len(word) > 2 or word.isdigit()
    ]
    wanted = ""
    for word in words[:7]:
        if len(wanted) + len(word) + 1 > limit:
            break
        wanted = f"{wanted}-{word}" if wanted else word
    return _untaken(wanted or otherwise, taken, limit)


def code_for(name: str, taken: Iterable[str]) -> str:
    """A code for a new actor, made of its name: five letters at least, as the base's
    own.
    """
    wanted = "-".join(_WORD.findall(fold(name)))[:CODE_LENGTH].strip("-")
    if not wanted:
        wanted = "actor-new"
    if not re.match(CODE, wanted):
        wanted = f"actor-{wanted}"[:CODE_LENGTH].strip("-")
    return _untaken(wanted, taken, CODE_LENGTH - 3)
