"""What a typed phrase is made of: words before a name, and several names in a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.names.folding import fold

_LEADS = (
    "the ",
    "so called ",
    "la ",
    "le ",
    "les ",
    "el ",
    "los ",
    "il ",
    "gli ",
    "die ",
    "der ",
    "republic of ",
    "republiken ",
    "republikken ",
    "republiek ",
    "republika e ",
    "република ",
    "republique de ",
    "republique du ",
    "republique d",
    "republica de ",
    "republica da ",
    "republica do ",
    "republica ",
    "republik ",
    "republika ",
    "repubblica di ",
    "республика ",
    "республіка ",
    "рэспубліка ",
)
"""Articles and the like before a name, as ``fold`` leaves them, the longer first."""
_MOST_LEADS = 3
_ELIDED = re.compile(r"\s*(?:l|d|gl|dell|all)[’'`](?=\w)", re.IGNORECASE)
"""French and Italian write the article and the name as one word."""
_BETWEEN = frozenset(
    "the and or vs versus against with between both y e o et ou und oder ve i и или й "
    "і та або чи против проти и da och og en".split()
)
"""Words between two names, as ``fold`` leaves them."""
_ABBREVIATIONS = frozenset(
    "us usa uk uae drc prc rok roc dnr lnr dpr lpr dprk ksa".split()
)
"""What is read as a name among others; a short code (is, no, it) is a word there."""
_LONGEST = 6
"""Words of the longest name that is looked for among several."""


def without_lead(text: str) -> Iterator[str]:
    """A text as ``fold`` leaves it, without the first word that is no part of a name,
    then without the next; nothing where it begins with a name.
    """
    bare = fold(_ELIDED.sub("", text, count=1))
    query = fold(text)
    if bare != query:
        yield bare
    for _ in range(_MOST_LEADS):
        lead = next((lead for lead in _LEADS if query.startswith(lead)), None)
        if lead is None or query == lead.strip():
            return
        query = fold(query.removeprefix(lead))
        yield query


def names_in_row(query: str, exact: Callable[[str], str | None]) -> tuple[str, ...]:
    """The codes of two to five actors that a folded text names one after another, with
    nothing else; empty if it does not.
    """
    words = query.split()
    codes: dict[str, None] = {}
    at = 0
    while at < len(words):
        length = _length_of_name(words[at : at + _LONGEST], exact)
        if length:
            codes[exact(" ".join(words[at : at + length])) or ""] = None
        elif words[at] not in _BETWEEN:
            return ()
        at += length or 1
    return tuple(codes) if 2 <= len(codes) <= 5 else ()


def _length_of_name(words: list[str], exact: Callable[[str], str | None]) -> int:
    """How many words the longest name has with which they begin; 0 for none."""
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length])
        if may_stand_among_others(name) and exact(name):
            return length
    return 0


def may_stand_among_others(name: str) -> bool:
    """Whether a folded name is read as one where it stands among other words."""
    return len(name) > 3 or not name.isascii() or name in _ABBREVIATIONS
