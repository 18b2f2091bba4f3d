"""Small things that are done to words in many places: measuring, shortening, guessing
what was meant.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.knowledge.likeness import most_alike

LONGEST_GUESS = 60
"""Characters of a word for which a guess is made; no key, code or id is longer."""
_LAST_OF_BMP = "\uffff"
_LIKE = 60.0
"""How alike two words must be to be taken for each other, in percent (Indel ratio)."""


def length(text: str) -> int:
    """How long Discord may find a text: UTF-16 code units, so that an emoji outside the
    BMP counts two.
    """
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis, within ``limit`` units of ``length``;
    never half a character.
    """
    # No character is less than one unit: what is longer than this can never be kept.
    read = text[: limit + 1]
    if length(read) <= limit:
        return text
    head = read[: max(0, limit - 1)]
    if length(head) == len(head):
        return head.rstrip() + "…"
    kept, used = list[str](), 1
    for char in read:
        used += 1 + (char > _LAST_OF_BMP)
        if used > limit:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def between_marks(page: str, begin: str, end: str, content: str) -> str:
    """A page with ``content`` in place of what stands between two lines; ValueError for
    a page without them.
    """
    head, first, rest = page.partition(f"{begin}\n")
    _, second, tail = rest.partition(end)
    if not (first and second):
        msg = f"it has no lines {begin} and {end}"
        raise ValueError(msg)
    return f"{head}{begin}\n\n{content}\n{end}{tail}"


def nearest(word: str, known: Iterable[str], limit: int = 1) -> tuple[str, ...]:
    """Known words that a mistyped one resembles, the most alike first; work is linear
    in the known words.
    """
    if not 0 < len(word) <= LONGEST_GUESS:
        return ()
    alike = most_alike(word, sorted(known), _LIKE, limit)
    return tuple(each.text for each in alike)


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """A hint at the nearest known word in English, or nothing."""
    near = nearest(word, known) if isinstance(word, str) else ()
    return f"did you mean `{near[0]}`?" if near else ""
