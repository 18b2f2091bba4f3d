"""What the doctor says about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SECONDS = 8
"""How long a look at something far away may take."""

Grade = Literal["ok", "note", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: how it went, what was seen, and what to do if it did not go well."""

    name: str
    grade: Grade
    seen: str
    advice: str = ""
