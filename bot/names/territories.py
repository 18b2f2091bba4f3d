"""CLDR's names of territories, from a table beside this file: reading them out of CLDR
itself would load all else that it says of every language, 24 MiB.

``python -m tests.support.cldr_tables`` makes the table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from bot.names.locales import varieties

FILE = Path(__file__).with_name("territories.jsonl")
"""On each line a locale and its names by code."""
_NONE: Mapping[str, str] = MappingProxyType({})


@cache
def _lines() -> dict[str, bytes]:
    """The line of each locale of the table."""
    lines = FILE.read_bytes().splitlines()
    return {line.split(b'"', 2)[1].decode(): line for line in lines}


@lru_cache(maxsize=8)
def territories_of(locale: str) -> Mapping[str, str]:
    """CLDR's names of territories by code, in a locale or in what it is a variety of;
    none for a language that is not in the table.
    """
    for name in varieties(locale):
        if line := _lines().get(name):
            names: dict[str, str] = json.loads(line)[1]
            return names
    return _NONE
