"""Actors in the order of a dated figure, such as military aid by share of GDP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers import page_ids
from bot.answers.base_words import ranking_about, ranking_name, ranking_unit
from bot.answers.document import Action, Answer, Citations, Line, Section
from bot.answers.sentences import called
from bot.answers.texts import Texts
from bot.knowledge.conflict import Ranking
from bot.knowledge.documents import Measure, Part
from bot.knowledge.facts import Base

SHOWN = 25
"""Actors that a ranking shows."""
_OPENED = 5
"""Actors that buttons below a ranking open."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An actor and the sum of its figures up to a day."""

    code: str
    figure: float


def ranking_called(key: str, base: Base) -> Ranking:
    """A ranking by its id; KeyError if there is none."""
    for each in base.conflict.rankings:
        if each.id == key:
            return each
    raise KeyError(key)


def _counted(ranking: Ranking, base: Base, on: date) -> list[tuple[Measure, Part]]:
    """The parts that have a figure and are over by a day."""
    measures = [base.measures[key] for key in ranking.measures]
    return [
        (measure, part)
        for measure in measures
        for part in measure.parts
        if part.figure is not None and part.date.last <= on
    ]


def ranked(ranking: Ranking, base: Base, on: date) -> tuple[Ranked, ...]:
    """Everybody with a figure, the largest sum first, of equal ones by code."""
    sums: dict[str, float] = {}
    for _, part in _counted(ranking, base, on):
        sums[part.code] = sums.get(part.code, 0.0) + (part.figure or 0.0)
    rows = [Ranked(code, round(figure, 6)) for code, figure in sums.items()]
    return tuple(sorted(rows, key=lambda row: (-row.figure, row.code)))


def decimal(value: float, texts: Texts) -> str:
    """A number with two places, as the reader's language writes it."""
    return texts.number(value, 2)


def with_unit(figure: str, ranking: Ranking, texts: Texts) -> str:
    """A figure and what it is."""
    unit = ranking_unit(ranking, texts)
    return f"{figure}{unit}" if unit.startswith("%") else f"{figure} {unit}"


def _row_lines(
    ranking: Ranking, rows: Sequence[Ranked], texts: Texts
) -> tuple[Line, ...]:
    return tuple(
        Line.labelled(
            f"{place} · {called(row.code, texts)}",
            decimal(row.figure, texts) + ("%" if ranking.unit[0] == "%" else ""),
        )
        for place, row in enumerate(rows, 1)
    )


def _described(title: str, rows: Sequence[Ranked], texts: Texts) -> str:
    """What a chart of a ranking shows, in words."""
    told = texts.row(
        f"{texts.name(row.code)} {decimal(row.figure, texts)}" for row in rows
    )
    return texts.sentence(f"{title}: {told}")


def ranking_page(
    ranking: Ranking,
    rows: Sequence[Ranked],
    base: Base,
    texts: Texts,
    *,
    on: date,
    most: int = SHOWN,
) -> Answer:
    """The ranking in words: the first ``most``, each with its figure, and the sources;
    its description has the first 25.
    """
    cites = Citations()
    for measure, part in _counted(ranking, base, on):
        cites.cite(measure.sources[key] for key in part.cite[:1])
    citations = cites.listed()
    title = f"{ranking_name(ranking, texts)} · {texts.date(on)}"
    lead = texts("No figure is known for this day.")
    if rows:
        most_given = with_unit(decimal(rows[0].figure, texts), ranking, texts)
        lead = texts(
            "{name} gave the most: {figure}.",
            name=texts.name(rows[0].code),
            figure=most_given,
        )
    lines = _row_lines(ranking, rows[:most], texts)
    more = len(rows) - most
    notes = [ranking_about(ranking, texts)]
    if more > 0:
        notes.append(texts.many("{n} actor more", "{n} actors more", more))
    return Answer(
        title,
        lead=Line(lead, cites=tuple(each.number for each in citations)),
        sections=(Section("", lines),) if lines else (),
        citations=citations,
        notes=tuple(notes),
        on=on,
        actions=tuple(
            Action(page_ids.card(row.code, on), called(row.code, texts))
            for row in rows[:_OPENED]
        ),
        linked=True,
        described=_described(title, rows[:SHOWN], texts),
    )
