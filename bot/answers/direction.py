"""Right-to-left text beside left-to-right: each part isolated, so that names, numbers
and bars stand in their order (Unicode Standard Annex 9, section 2.4).
"""

from __future__ import annotations

import re

FIRST_STRONG = "\N{FIRST STRONG ISOLATE}"
FROM_THE_LEFT = "\N{LEFT-TO-RIGHT ISOLATE}"
FROM_THE_RIGHT = "\N{RIGHT-TO-LEFT ISOLATE}"
END = "\N{POP DIRECTIONAL ISOLATE}"
ISOLATES = frozenset({FIRST_STRONG, FROM_THE_LEFT, FROM_THE_RIGHT})
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks that Unicode keeps for scripts written from right to left
(DerivedBidiClass.txt).
"""
_BLOCK = re.compile(r"(?:#{1,3} |-# |- |> )*")
"""What Discord reads at a line's beginning alone."""


def runs_right_to_left(text: str) -> bool:
    """Whether any letter of a text is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def _between(text: str) -> str:
    """A text isolated in the direction of its first letter; that of what a first strong
    isolate has inside of another isolate would not count.
    """
    first = next(filter(str.isalpha, text), "")
    begin = FIRST_STRONG
    if first:
        begin = FROM_THE_RIGHT if runs_right_to_left(first) else FROM_THE_LEFT
    return f"{begin}{text}{END}"


def isolated(text: str) -> str:
    """The text, isolated from what stands beside it if it runs from right to left."""
    return _between(text) if runs_right_to_left(text) else text


def laid_out(text: str) -> str:
    """A text with each line whose first letter is one of a right-to-left script laid
    out from the right, on a screen that lays lines out from the left as well: marks,
    numbers and full stops then stand where a reader of the script looks for them.
    """
    if not runs_right_to_left(text):
        return text
    return "\n".join(map(_from_the_right, text.split("\n")))


def _from_the_right(line: str) -> str:
    first = next(filter(str.isalpha, line), "")
    if not runs_right_to_left(first):
        return line
    start = _BLOCK.match(line)
    front = start.group() if start else ""
    return f"{front}{FROM_THE_RIGHT}{line[len(front) :]}{END}"


def enclosed(value: object) -> object:
    """What fills a placeholder of a right-to-left sentence, isolated from it."""
    return _between(value) if isinstance(value, str) else value


def closed(text: str) -> str:
    """The text without its isolates if they are not one inside the other, as nobody's
    but Ally's own may be.
    """
    if END not in text and ISOLATES.isdisjoint(text):
        return text
    depth = 0
    for char in text:
        if char in ISOLATES:
            depth += 1
        elif char == END:
            depth -= 1
        if depth < 0:
            break
    if not depth:
        return text
    return "".join(char for char in text if char not in ISOLATES and char != END)
