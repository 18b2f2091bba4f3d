"""Dates and lists in English as CLDR writes them, without loading CLDR: that would take
a sixth of the time of one question on the command line.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def month(when: date) -> str:
    """The month and year: Feb 2020 (CLDR's skeleton yMMM)."""
    return f"{_MONTHS[when.month - 1]} {when.year}"


def day(when: date) -> str:
    """The day: Feb 24, 2020 (CLDR's medium form)."""
    return f"{_MONTHS[when.month - 1]} {when.day}, {when.year}"


def listed(parts: Sequence[str]) -> str:
    """Phrases in a row: a, b, and c (CLDR's standard list)."""
    *before, last = parts or ("",)
    if len(before) < 2:
        return " and ".join((*before, last))
    return f"{', '.join(before)}, and {last}"
