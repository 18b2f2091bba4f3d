"""Every kind of picture: what is drawn, and the Answer that says it in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.alignment.over_time import course
from bot.alignment.rubric import assess
from bot.answers.card_words import below_picture
from bot.answers.document import Answer
from bot.answers.ranking import ranked, ranking_called, ranking_page
from bot.answers.texts import Texts
from bot.answers.timeline import timeline
from bot.knowledge.facts import Base
from bot.pictures.bars import bars
from bot.pictures.card import card_picture
from bot.pictures.chart import chart
from bot.pictures.lettering import PHONE, Format
from bot.pictures.sheet import Theme
from bot.pictures.world import picture
from bot.pictures.worldmap import draw

BELOW = 3
"""Places of a ranking that are told again below its chart."""


class Drawing(NamedTuple):
    """A picture as SVG, to be made only where it is wanted, and all that it shows in
    words.
    """

    answer: Answer
    svg: Callable[[], str]


@dataclass(frozen=True, slots=True)
class MapQuestion:
    """Which map: what it shows, when, where, and whom it points out."""

    show: str
    on: date
    region: str = ""
    theme: Theme = "dark"
    mark: str = ""
    """The code of an actor, or nobody's."""


def timeline_drawing(
    code: str,
    base: Base,
    texts: Texts,
    *,
    on: date,
    theme: Theme = "dark",
) -> Drawing:
    """One actor's level over time up to a day."""
    stops = course(code, base, end=on)
    name = texts.name(code)
    return Drawing(
        timeline(code, stops, base, texts),
        lambda: chart(name, stops, base, texts, theme=theme),
    )


def map_drawing(
    wanted: MapQuestion, base: Base, texts: Texts, form: Format = PHONE
) -> Drawing:
    """A map; KeyError for one that there is not."""
    drawn = picture(
        wanted.show,
        base,
        texts,
        on=wanted.on,
        region=wanted.region,
        mark=wanted.mark,
    )
    return Drawing(drawn.answer, lambda: draw(drawn.sheet, wanted.theme, form))


def card_drawing(
    code: str,
    base: Base,
    texts: Texts,
    *,
    on: date,
    private: bool = False,
    hosted: bool = False,
    site: str = "",
    theme: Theme = "dark",
) -> Drawing:
    """One actor's card; KeyError for a code that the base does not have."""
    assessment = assess(code, base, on=on)
    return Drawing(
        below_picture(assessment, base, texts, private=private, hosted=hosted),
        lambda: card_picture(assessment, base, texts, site=site, theme=theme),
    )


def ranking_drawing(
    key: str,
    base: Base,
    texts: Texts,
    *,
    on: date,
    most: int = BELOW,
    theme: Theme = "dark",
    form: Format = PHONE,
) -> Drawing:
    """A ranking; KeyError for one that the base does not have."""
    ranking = ranking_called(key, base)
    rows = ranked(ranking, base, on)
    return Drawing(
        ranking_page(ranking, rows, base, texts, on=on, most=most),
        lambda: bars(ranking, rows, base, texts, on=on, theme=theme, form=form),
    )
