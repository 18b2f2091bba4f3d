"""Regions of the world, to filter by."""

from __future__ import annotations

from functools import cache

from bot.names._regions import REGIONS
from bot.names.folding import fold
from bot.names.territories import territories_of


def name_of(region: str, locale: str = "en") -> str:
    """A region's name in a locale, from CLDR."""
    return territories_of(locale).get(region, region)


def suggest(text: str, locale: str = "en") -> tuple[str, ...]:
    """Regions whose name holds the text, in the order of the world."""
    wanted = fold(text)
    return tuple(
        r
        for r in REGIONS
        if wanted in fold(name_of(r, locale)) or wanted in fold(name_of(r))
    )


def called_exactly(name: str) -> str | None:
    """The region whose English name this is, folded."""
    return _codes().get(name)


@cache
def _codes() -> dict[str, str]:
    return {fold(name_of(region)): region for region in REGIONS}


def within(region: str) -> frozenset[str]:
    """The codes in a region; KeyError if there is no such region."""
    return frozenset(REGIONS[region])
