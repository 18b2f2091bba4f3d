"""Pages behind a card: its sources, what no longer counts, and what was forecast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.alignment.assessment import Assessment
from bot.answers import base_words, card, page_ids, sentences, stance, web_pages
from bot.answers.card_deeds import best_source
from bot.answers.cited import source_line, weak_note
from bot.answers.document import Answer, Citations, Line, Section
from bot.answers.paging import Page, page_of
from bot.answers.texts import Texts
from bot.knowledge.facts import Base

PER_PAGE = 8
"""Sources or facts on a page."""


def sources(assessment: Assessment, base: Base, texts: Texts, *, page: int) -> Answer:
    """The sources of a card, with its numbers."""
    found = card.with_own(assessment, base, texts)
    shown = page_of(found.citations, page, size=PER_PAGE)
    lines = [source_line(cited, texts) for cited in shown.rows]
    if not lines:
        lines = [Line(texts("No entry yet."))]
    notes = [shown.note(texts)] if shown.count > 1 else []
    if any(cited.source.weak for cited in shown.rows):
        notes.append(weak_note(texts))
    return Answer(
        found.title,
        level=found.level,
        sections=(Section(texts("Sources"), tuple(lines)),),
        citations=found.citations,
        notes=tuple(notes),
        on=assessment.on,
        actions=shown.turns(
            page_ids.of_actor("sources", assessment.code, assessment.on, "{page}"),
            texts,
        ),
        linked=True,
        web=web_pages.actor(assessment.code, base, texts),
    )


def earlier(assessment: Assessment, base: Base, texts: Texts, *, page: int) -> Answer:
    """What ended or lapsed by the day, the newest end first."""
    cites = Citations()
    shown = page_of(assessment.past, page, size=PER_PAGE)
    lines: list[Line] = []
    for fact in shown.rows:
        lapsed = fact.lapsed(assessment.on)
        label = texts("lapsed") if lapsed else texts("ended")
        cited = cites.cite([best_source(fact.sources)])
        text = sentences.shortened(sentences.fact(fact, texts), 300)
        lines.append(Line.labelled(label, text, cites=cited))
    if not lines:
        lines = [Line(texts("Nothing has ended or lapsed by that day."))]
    return _cited_list(
        assessment,
        base,
        texts,
        heading=texts("Earlier, no longer counted"),
        lines=lines,
        cites=cites,
        shown=shown,
        kind="earlier",
    )


def foretold(assessment: Assessment, base: Base, texts: Texts, *, page: int) -> Answer:
    """Every claim about the actor that was forecast, scored by that day."""
    cites = Citations()
    shown = page_of(assessment.forecasts, page, size=PER_PAGE // 2)
    lines = [
        stance.forecast_line(each, base.conflict, cites, texts) for each in shown.rows
    ]
    if not lines:
        lines = [Line(texts("No forecast names this actor."))]
    return _cited_list(
        assessment,
        base,
        texts,
        heading=texts("Forecast"),
        lines=lines,
        cites=cites,
        shown=shown,
        kind="forecast",
    )


def _cited_list(
    assessment: Assessment,
    base: Base,
    texts: Texts,
    *,
    heading: str,
    lines: Sequence[Line],
    cites: Citations,
    shown: Page[Any],
    kind: str,
) -> Answer:
    """A page of lines about an actor, each with its sources; ``kind`` is the page's in
    the ids of its turns.
    """
    notes = [shown.note(texts)] if shown.count > 1 else []
    return Answer(
        stance.title(assessment, base, texts),
        level=assessment.level,
        sections=(Section(heading, tuple(lines)),),
        citations=cites.listed(),
        notes=(*notes, *base_words.facts_as_written(texts)),
        on=assessment.on,
        actions=shown.turns(
            page_ids.of_actor(kind, assessment.code, assessment.on, "{page}"), texts
        ),
        linked=True,
        web=web_pages.actor(assessment.code, base, texts),
    )
