"""Days as people type them into a form: a day, or the first and the last of a span."""

from __future__ import annotations

import re

from bot.knowledge.dates import parse_when

_UNTIL = (
    "to|until|till|bis|jusqu[’']?(?:a|au|en)?|jusqu['’]?à|à|au|a|al|hasta|até|fino al?|"
    "до|по|да|do|până la|la|إلى|حتى|-"
)
_SPAN = re.compile(
    rf" (?:{_UNTIL}|/) | ?(?:–|—|\.\.\.?|…|至|到|から|[～〜~]) ?"
    r"|(?<=\d{4})/(?=\d{4})|(?<=\d-\d\d)/(?=\d{4})"
)
"""Between a day and that of its end, in the languages that Ally speaks."""
_FROM = re.compile(r"(?:from|von|vom|od|від|з|с|de|du|dal|din|من) (?=\d)")
"""Before a day that another one follows."""
_MARKS = re.compile("[\u200e\u200f\u061c\u2066-\u2069]")
"""Unseen marks of direction."""


def when_of(text: str) -> str:
    """A day as people type it in the base's form; what cannot be read stays as it is,
    for the checker to refuse.
    """
    when = parse_when(text)
    return str(when) if when else text


def span_of(text: str) -> dict[str, str]:
    """The keys ``date`` and, of a span, ``until`` of a document."""
    # Single blanks first: a pattern that has to skip many is quadratic in them.
    typed = " ".join(_MARKS.sub("", text).split())
    first, *until = _SPAN.split(typed, maxsplit=1)
    if not until:
        return {"date": when_of(typed)}
    begin = _FROM.sub("", first, count=1)
    return {"date": when_of(begin), "until": when_of(until[0].removesuffix("まで"))}
