"""Regions of the world, to filter by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from bot.names._regions import REGIONS
from bot.names.folding import fold
from bot.names.territories import territories_of

ALL_REGIONS = tuple(REGIONS)
"""The codes of all regions, in the order of the world."""


def name_of(region: str, locale: str = "en") -> str:
    """A region's name in a locale, from CLDR."""
    return territories_of(locale).get(region, region)


@cache
def in_english() -> Mapping[str, tuple[str, ...]]:
    """By its code, each region's English name: by it a region is found in every
    language.
    """
    return MappingProxyType({region: (name_of(region),) for region in REGIONS})


def called_exactly(name: str) -> str | None:
    """The region whose English name this is, folded."""
    return _codes().get(name)


@cache
def _codes() -> dict[str, str]:
    return {fold(name_of(region)): region for region in REGIONS}


@cache
def within(region: str) -> frozenset[str]:
    """The codes in a region; KeyError if there is no such region."""
    return frozenset(REGIONS[region])
