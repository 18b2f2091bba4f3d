"""Right-to-left text beside left-to-right: each part isolated, so that names, numbers
and bars stand in their order (Unicode Standard Annex 9, section 2.4).
"""

from __future__ import annotations

import re

FIRST_STRONG = "\N{FIRST STRONG ISOLATE}"
END = "\N{POP DIRECTIONAL ISOLATE}"
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks that Unicode keeps for scripts written from right to left
(DerivedBidiClass.txt).
"""


def runs_right_to_left(text: str) -> bool:
    """Whether any letter of a text is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def isolated(text: str) -> str:
    """The text, isolated from what stands beside it if it runs from right to left; its
    first letter then decides in which direction it is laid out.
    """
    if not runs_right_to_left(text):
        return text
    return f"{FIRST_STRONG}{text}{END}"


def enclosed(value: object) -> object:
    """What fills a placeholder of a right-to-left sentence, isolated from it."""
    return f"{FIRST_STRONG}{value}{END}" if isinstance(value, str) else value


def closed(text: str) -> str:
    """The text without its isolates if they are not one inside the other, as nobody's
    but Ally's own may be.
    """
    if FIRST_STRONG not in text and END not in text:
        return text
    depth = 0
    for char in text:
        if char == FIRST_STRONG:
            depth += 1
        elif char == END:
            depth -= 1
        if depth < 0:
            break
    if not depth:
        return text
    return text.replace(FIRST_STRONG, "").replace(END, "")
