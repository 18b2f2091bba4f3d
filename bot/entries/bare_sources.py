"""Sources of which only the address was typed, and how they are filled in from what
their pages say of themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from bot.entries.page_metadata import PageMetadata
from bot.knowledge.addresses import shown_host

MOST = 3
"""Pages that are read for one form."""


def bare_addresses(text: str) -> tuple[str, ...]:
    """The addresses that stand alone in a field of sources, at most MOST."""
    return tuple(block[0] for block in _blocks(text) if _is_bare(block))[:MOST]


def filled_in(text: str, pages: Mapping[str, PageMetadata]) -> str:
    """The field with what was read below each address that stood alone; a page without
    a title is left for people to describe.
    """
    blocks: list[str] = []
    for block in _blocks(text):
        page = pages.get(block[0]) if _is_bare(block) else None
        lines = block
        if page is not None and page.title:
            lines = [*block, page.publisher or shown_host(block[0]), page.title]
            lines += [page.published.isoformat()] if page.published else []
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _blocks(text: str) -> list[list[str]]:
    lines = (line.strip() for line in text.splitlines())
    return [list(block) for filled, block in groupby(lines, key=bool) if filled]


def _is_bare(block: list[str]) -> bool:
    return len(block) == 1 and block[0].startswith("https://")
