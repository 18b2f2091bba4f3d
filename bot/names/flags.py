"""Flags as people type or paste them: the emoji, or its name."""

from __future__ import annotations

import re

FLAG_BASE = 0x1F1E6
"""The code point of the regional indicator A; the other letters follow."""
_NAME = re.compile(r":?flag_([a-z]{2}):?\Z")


def code_of_flag(text: str) -> str | None:
    """The two letters that a flag stands for, whoever they belong to; None for other
    text.
    """
    letters = [ord(c) - FLAG_BASE for c in text if c not in "\ufe0f\u200d \t"]
    if len(letters) == 2 and all(0 <= n < 26 for n in letters):
        return "".join(chr(ord("A") + n) for n in letters)
    name = _NAME.match(text.strip().casefold())
    return name[1].upper() if name else None
