"""What the doctor sees of the base's editions: the one that answers, and whether a
newer one is to be had.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot import __version__
from bot.cli.doctor.finding import SECONDS, Finding
from bot.knowledge.edition import EditionRefusedError
from bot.knowledge.facts import Base
from bot.runtime.edition_source import EditionSource, EditionUnreachableError
from bot.runtime.editions import Editions, editions_of
from bot.runtime.settings import Settings


async def findings(settings: Settings, base: Base | None, on: date) -> list[Finding]:
    """What is seen while ``base`` answers, None for none; nothing for an operator who
    uses no editions.
    """
    editions = editions_of(settings)
    if editions is None:
        return []
    try:
        finding = _chosen(editions, base, on)
    except OSError as error:
        advice = "look at the folder's owner and permissions"
        return [Finding("edition", "wrong", f"cannot be read: {error}", advice)]
    if finding.grade == "wrong" or not settings.ally_base_url:
        return [finding]
    source = EditionSource(
        settings.ally_base_url, editions.key, f"Ally/{__version__}", seconds=SECONDS
    )
    return [await _compared(finding, editions, source)]


def _chosen(editions: Editions, base: Base | None, on: date) -> Finding:
    """Which edition answers, and why another than the chosen one does."""
    current = editions.choice().current
    if not current:
        return Finding("edition", "ok", "none; the base that came with Ally answers")
    number = current.partition("-")[0]
    answers = "the base that came with Ally"
    if base and base.edition:
        answers = f"edition {base.edition}"
    try:
        editions.read(current, on)
    except (OSError, EditionRefusedError) as error:
        why = "it is not here" if isinstance(error, OSError) else str(error)
        seen = f"{number} cannot be used: {why}; {answers} answers"
        advice = "get a newer one (ally base fetch), or ally base back"
        return Finding("edition", "wrong", seen, advice)
    if base and base.edition != number:
        seen = f"{number} is older than {answers}, which answers"
        return Finding("edition", "ok", seen)
    return Finding("edition", "ok", f"{number} answers")


async def _compared(
    finding: Finding, editions: Editions, source: EditionSource
) -> Finding:
    """The same with what is to be had at ALLY_BASE_URL."""
    try:
        newest = await source.newest()
    except (EditionUnreachableError, EditionRefusedError) as error:
        seen = f"{finding.seen}; what is at ALLY_BASE_URL cannot be taken: {error}"
        advice = "look at ALLY_BASE_URL and ALLY_BASE_KEY, and at the network"
        return Finding("edition", "note", seen, advice)
    if newest.number > editions.choice().highest:
        seen = f"{finding.seen}; {newest.number} is to be had"
        return Finding("edition", "note", seen, "ally base fetch")
    return replace(finding, seen=f"{finding.seen}; none newer is to be had")
