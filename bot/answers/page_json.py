"""The JSON of pages (``ally compare --json`` and its like): an Answer as plain data,
described in docs/json.md.
"""

from __future__ import annotations

from typing import Any

from bot.answers.document import Answer, Citation, Line
from bot.knowledge.facts import Base

VERSION = 1


def citation_as_json(citation: Citation) -> dict[str, Any]:
    """A numbered source; ``published`` is as exact as the source, or None."""
    source = citation.source
    return {
        "number": citation.number,
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "published": str(source.published) if source.published else None,
        "official": source.official,
        "weak": source.weak,
    }


def line_as_json(line: Line) -> dict[str, Any]:
    """A line; ``bar`` is 0 to 5 marks or None."""
    return {
        "label": line.label,
        "bar": line.bar,
        "side": line.side,
        "text": line.text,
        "citations": list(line.cites),
    }


def page_as_json(answer: Answer, base: Base) -> dict[str, Any]:
    """A page as plain data: what it says, in its order, and nothing for Discord alone.

    ``bar`` is 0 to 5 marks or None; ``level`` and ``on`` are None where the page names
    none.
    """
    return {
        "version": VERSION,
        "title": answer.title,
        "level": answer.level or None,
        "on": answer.on.isoformat() if answer.on else None,
        "lead": line_as_json(answer.lead) if answer.lead else None,
        "sections": [
            {
                "heading": section.heading,
                "lines": [line_as_json(line) for line in section.lines],
            }
            for section in answer.sections
        ],
        "citations": [citation_as_json(each) for each in answer.citations],
        "notes": list(answer.notes),
        "remarks": [line_as_json(line) for line in answer.remarks],
        "described": answer.described or None,
        "revision": base.revision,
    }
