"""CLDR's names of territories, from a table made when the package was built: reading
them out of CLDR itself would load all else that it says of every language, 24 MiB.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

PACKAGED = Path(__file__).resolve().parents[1] / "_compiled" / "territories.jsonl"
"""The table: on each line a locale and its names by code."""


def _from_cldr(locale: str) -> Mapping[str, str]:
    from babel import Locale

    return cast("Mapping[str, str]", Locale.parse(locale).territories)


def table(locales: Sequence[str]) -> str:
    """The table of some locales, as CLDR has them now."""
    lines = [
        json.dumps([locale, dict(_from_cldr(locale))], ensure_ascii=False)
        for locale in locales
    ]
    return "\n".join(lines) + "\n"


@cache
def _lines() -> dict[str, bytes]:
    """The line of each locale of the packaged table; nothing where there is none, as in
    a checkout that was never built.
    """
    try:
        lines = PACKAGED.read_bytes().splitlines()
    except OSError:
        return {}
    return {line.split(b'"', 2)[1].decode(): line for line in lines}


@lru_cache(maxsize=8)
def territories_of(locale: str) -> Mapping[str, str]:
    """CLDR's names of territories in one locale, by code."""
    line = _lines().get(locale)
    if line is None:
        return _from_cldr(locale)
    names: dict[str, str] = json.loads(line)[1]
    return names
