"""The sources of a page, one press behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.answers import page_ids, sentences
from bot.answers.document import Action, Answer, Citation, Line, Section
from bot.answers.paging import page_of
from bot.answers.texts import Texts
from bot.knowledge.values import Grade

PER_PAGE = 8
"""Sources on a page."""


def grade_names(texts: Texts) -> Mapping[Grade, str]:
    """Each grade of a source in words."""
    return {
        "official": texts.keyed("source.official", "official"),
        "quality": texts.keyed("source.quality", "well-known press"),
        "plain": texts.keyed("source.plain", "other"),
        "weak": texts.keyed("source.weak", "⚠ weak"),
    }


def source_line(cited: Citation, texts: Texts) -> Line:
    """Publisher, title, date and grade of a source, with its number as the link."""
    source = cited.source
    parts = [source.title, grade_names(texts)[source.grade]]
    if source.published:
        parts.insert(1, texts.date(source.published))
    return Line.labelled(
        sentences.shortened(source.publisher, 60),
        " · ".join(sentences.shortened(part) for part in parts),
        cites=(cited.number,),
    )


def weak_note(texts: Texts) -> str:
    """What the mark at a weak source means."""
    return texts("⚠ marks a weak source: state media, an aggregator or a copy.")


def sources_button(page_id: str, texts: Texts) -> Action:
    """Leads from a page to its sources."""
    return Action(page_ids.sources(page_id), texts("Sources"))


def sources_of(page: Answer, page_id: str, texts: Texts, *, number: int) -> Answer:
    """The sources of another page with its numbers, and what its curators remark."""
    shown = page_of(page.citations, number, size=PER_PAGE)
    lines = [source_line(cited, texts) for cited in shown.rows]
    if not lines:
        lines = [Line(texts("No entry yet."))]
    sections = [Section(texts("Sources"), tuple(lines))]
    if page.remarks:
        sections.append(Section(texts("Remarks"), page.remarks))
    notes = [shown.note(texts)] if shown.count > 1 else []
    if any(cited.source.weak for cited in shown.rows):
        notes.append(weak_note(texts))
    back = Action(page_id, texts("Back"), "↩️")
    turns = shown.turns(page_ids.sources(page_id, "{page}"), texts)
    return replace(
        page,
        lead=None,
        sections=tuple(sections),
        notes=tuple(notes),
        actions=page_ids.that_fit((*turns, back)),
        menus=(),
        linked=True,
        described="",
    )
