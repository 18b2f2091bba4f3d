"""How names are compared: without case, accents, signs and invisible characters."""

from __future__ import annotations

import re
import unicodedata

MAX_QUERY = 100
"""Characters of a typed name that are read; no name is longer."""
_DROPPED = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670'’ʼ`.]")
"""Accents of Latin, Greek and Cyrillic, vowel points of Arabic, and signs inside words;
Indic vowels are letters.
"""
_LETTERS = {"L", "N", "M"}


def _folded_sign(char: str) -> str:
    """A letter as it is, nothing for an invisible character, a blank for the rest."""
    kind = unicodedata.category(char)
    if kind[0] in _LETTERS:
        return char
    return "" if kind in {"Cf", "Cc"} else " "


def _is_plain(text: str) -> bool:
    return text.isascii() and text.replace(" ", "").isalnum()


def _plain(text: str) -> str:
    """A name without accents and signs."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = (
        text.replace("ı", "i").replace("&", " and ").replace("ø", "o").replace("ł", "l")
    )
    text = _DROPPED.sub("", text)
    return text if _is_plain(text) else "".join(map(_folded_sign, text))


def fold(text: str) -> str:
    """Text as names are compared: no case, accents, punctuation or invisible
    characters.
    """
    text = text[:MAX_QUERY]
    # Most names are plain, and every process folds thousands before it answers.
    text = text.casefold() if _is_plain(text) else _plain(text)
    text = " ".join(text.split())
    return "saint " + text[3:] if text.startswith("st ") else text
