"""Events that a server has added."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.entries.records import Entry


def own_event(
    number: int,
    code: str,
    key: str,
    claim: str,
    *,
    toward: str = "russia",
    day: str = "2024-01-05",
    part_of: str | None = None,
) -> Entry:
    """An event that a server has published."""
    source = {
        "publisher": "Quokka Post",
        "title": "Page",
        "url": "https://www.quokka.example.org/1",
    }
    body = {
        "id": key,
        "date": day,
        "toward": toward,
        "deed": "trade",
        "claim": claim,
        "sources": [source],
        **({"part_of": part_of} if part_of else {}),
    }
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return Entry(number, "event", code, body, "published", 1, 1, at)
