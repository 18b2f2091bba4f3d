"""Sources as people type them into a form, and as a form shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from bot.knowledge.dates import parse_when
from bot.knowledge.plain import PlainObject

_GRADES = ("official", "quality", "weak")
"""Words that may stand on a line of their own, for how good a source is."""


def _source(lines: Iterable[str]) -> PlainObject:
    """One source's lines: link, publisher, title and perhaps a date."""
    source: PlainObject = {}
    for line in lines:
        when = parse_when(line)
        if "://" in line and "url" not in source:
            source["url"] = line
        elif when and "published" not in source and "title" in source:
            source["published"] = str(when)
        elif line.casefold() in _GRADES:
            source["grade"] = line.casefold()
        elif "publisher" not in source:
            source["publisher"] = line
        elif "title" not in source:
            source["title"] = line
        else:
            source["title"] = f"{source['title']} {line}"
    return source


def sources_from(text: str) -> list[PlainObject]:
    """Sources as people type them, a blank line between two; work is linear in the
    text.
    """
    lines = (line.strip() for line in text.splitlines())
    blocks = groupby(lines, key=bool)
    return [_source(block) for filled, block in blocks if filled]


def sources_text(sources: Iterable[Mapping[str, object]]) -> str:
    """Sources as a form shows them, the inverse of ``sources_from``."""
    blocks: list[str] = []
    for source in sources:
        lines = [str(source[key]) for key in ("url", "publisher", "title")]
        lines += [str(source["published"])] if source.get("published") else []
        lines += [str(source["grade"])] if source.get("grade") in _GRADES else []
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
