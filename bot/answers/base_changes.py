"""Two editions of a base beside each other: the changelog of its data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answers import base_words
from bot.answers.document import Answer, Line, Section
from bot.answers.headline import brief
from bot.answers.page_json import VERSION
from bot.answers.paging import page_of
from bot.answers.sentences import called, level_name
from bot.answers.texts import Texts
from bot.knowledge.base_changes import ActorFact, BaseChanges
from bot.knowledge.documents import Vote
from bot.knowledge.facts import Base

ROWS = 12
"""Changes on a page."""
_CLAIM = 120


@dataclass(frozen=True, slots=True)
class Relevelled:
    """An actor whose level on one and the same day differs between two bases."""

    code: str
    before: str
    after: str


def relevelled(before: dict[str, str], after: dict[str, str]) -> tuple[Relevelled, ...]:
    """Those of both bases whose level is another one."""
    return tuple(
        Relevelled(code, before[code], level)
        for code, level in after.items()
        if code in before and before[code] != level
    )


def _facts(rows: Iterable[ActorFact], base: Base, texts: Texts) -> list[Line]:
    return [
        Line.labelled(
            f"{called(row.code, texts)}:", brief(row.fact, _CLAIM, base, texts)
        )
        for row in rows
    ]


def _votes(rows: Iterable[Vote], texts: Texts) -> list[Line]:
    return [
        Line.labelled(f"{texts.date(row.date)}:", base_words.vote_short(row, texts))
        for row in rows
    ]


def _parts(
    found: BaseChanges,
    levels: Sequence[Relevelled],
    before: Base,
    after: Base,
    texts: Texts,
) -> list[Section]:
    """Every kind of difference with all of its lines; none that is empty."""
    moved = [
        Line.labelled(
            f"{called(each.code, texts)}:",
            texts(
                "{before} → {now}",
                before=level_name(each.before, before, texts),
                now=level_name(each.after, after, texts),
            ),
        )
        for each in levels
    ]
    changed = (ActorFact(each.code, each.after) for each in found.changed)
    named = {
        texts("Levels that differ today"): moved,
        texts("Actors added"): [
            Line(called(code, texts)) for code in found.actors_added
        ],
        texts("Actors taken out"): [
            Line(called(code, texts)) for code in found.actors_gone
        ],
        texts("Facts added"): _facts(found.added, after, texts),
        texts("Facts changed"): _facts(changed, after, texts),
        texts("Facts taken out"): _facts(found.gone, before, texts),
        texts("Votes added"): _votes(found.votes_added, texts),
        texts("Votes changed"): _votes(found.votes_changed, texts),
        texts("Votes taken out"): _votes(found.votes_gone, texts),
    }
    return [Section(name, tuple(lines)) for name, lines in named.items() if lines]


@dataclass(frozen=True, slots=True)
class _Row:
    heading: str
    line: Line


def _sections(rows: Sequence[_Row]) -> list[Section]:
    """Rows under their headings again."""
    under: dict[str, list[Line]] = {}
    for row in rows:
        under.setdefault(row.heading, []).append(row.line)
    return [Section(heading, tuple(lines)) for heading, lines in under.items()]


def base_changes(
    found: BaseChanges,
    levels: Sequence[Relevelled],
    before: Base,
    after: Base,
    texts: Texts,
    *,
    page: int = 1,
) -> Answer:
    """All differences, page by page, each kind with how many there are of it; and on
    the first page how many there are of the kinds that follow on others.
    """
    parts = _parts(found, levels, before, after, texts)
    rows = [
        _Row(texts("{what} ({n})", what=part.heading, n=len(part.lines)), each)
        for part in parts
        for each in part.lines
    ]
    shown = page_of(rows, page, size=ROWS)
    here, others = _sections(shown.rows), parts if shown.number == 1 else []
    further = tuple(
        Line.labelled(texts("{what}:", what=part.heading), str(len(part.lines)))
        for part in others[len(here) :]
    )
    if not rows:
        further = (Line(texts("Both editions say the same.")),)
    lead = texts(
        "From {before} to {after}", before=before.revision, after=after.revision
    )
    return Answer(
        texts("What changed between two editions"),
        lead=Line(lead),
        sections=(*here, *([Section("", further)] if further else [])),
        notes=(shown.note(texts),) if shown.count > 1 else (),
    )


def _fact_as_json(row: ActorFact, texts: Texts) -> dict[str, Any]:
    fact = row.fact
    return {
        "code": row.code,
        "name": texts.name(row.code),
        "ref": fact.ref,
        "kind": fact.kind,
        "toward": fact.toward,
        "deed": fact.deed,
        "date": str(fact.date),
        "until": str(fact.until) if fact.until else None,
        "text": fact.text,
        "sources": [source.url for source in fact.sources],
    }


def _votes_as_json(votes: Iterable[Vote]) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "title": each.title, "date": str(each.date)} for each in votes
    ]


def base_changes_as_json(
    found: BaseChanges,
    levels: Sequence[Relevelled],
    before: Base,
    after: Base,
    texts: Texts,
) -> dict[str, Any]:
    """All of it as plain data, in the order of the page."""

    def told(row: ActorFact) -> dict[str, Any]:
        return _fact_as_json(row, texts)

    return {
        "version": VERSION,
        "before": before.revision,
        "after": after.revision,
        "levels": [
            {"code": each.code, "before": each.before, "after": each.after}
            for each in levels
        ],
        "actors": {
            "added": list(found.actors_added),
            "gone": list(found.actors_gone),
        },
        "facts": {
            "added": [told(each) for each in found.added],
            "changed": [
                {
                    "before": told(ActorFact(each.code, each.before)),
                    "after": told(ActorFact(each.code, each.after)),
                }
                for each in found.changed
            ],
            "gone": [told(each) for each in found.gone],
        },
        "votes": {
            "added": _votes_as_json(found.votes_added),
            "changed": _votes_as_json(found.votes_changed),
            "gone": _votes_as_json(found.votes_gone),
        },
    }
