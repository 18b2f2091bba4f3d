"""Checks of days: none is in the future, and nothing ends before it begins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from bot.knowledge.dates import PartialDate
from bot.knowledge.deed_checks import Report
from bot.knowledge.documents import Source
from bot.knowledge.yaml import Path as Steps


def _check_not_future(report: Report, steps: Steps, thing: object, today: date) -> None:
    for attribute in ("date", "since", "reviewed"):
        when: PartialDate | None = getattr(thing, attribute, None)
        if when and when.first > today:
            report((*steps, attribute), "future", f"{when} is in the future", "")


def _check_order(report: Report, steps: Steps, thing: object) -> None:
    start: PartialDate | None = getattr(thing, "date", None) or getattr(
        thing, "since", None
    )
    until: PartialDate | None = getattr(thing, "until", None)
    if start and until and until.last < start.first:
        message = f"ends on {until}, before it begins on {start}"
        report((*steps, "until"), "order", message, "")


def _sources_of(thing: object) -> list[tuple[str | int, Source]]:
    """The sources of a document or of a part of it, each with its place."""
    sources = cast(
        "tuple[Source, ...] | Mapping[str, Source]", getattr(thing, "sources", ())
    )
    if isinstance(sources, tuple):
        return list(enumerate(sources))
    return list(sources.items())


def check_dates(report: Report, steps: Steps, thing: object, today: date) -> None:
    """The days of a document, or of a part of it at this path, and of its sources."""
    _check_not_future(report, steps, thing, today)
    _check_order(report, steps, thing)
    for key, source in _sources_of(thing):
        if source.published and source.published.first > today:
            message = f"{source.published} is in the future"
            report((*steps, "sources", key, "published"), "future", message, "")
