"""One actor's level over time as an SVG chart: the line, the levels as bands, and a
numbered mark for each turn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.alignment.over_time import Stop, changes
from bot.alignment.rubric import PARTY
from bot.answers.base_words import once
from bot.answers.sentences import level_name, level_tones
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.pictures.lettering import PHONE, Format, PictureFrame, advance
from bot.pictures.sheet import TONES, Class, Theme
from bot.pictures.worldmap import patterns

_BAND = 3.8
"""How high a level's band is, in sizes of the smallest letters: a mark in its middle
touches no name at its upper edge.
"""


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where days and levels lie in the picture, in pixels."""

    begin: date
    end: date
    levels: int
    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def x(self, day: date) -> float:
        """A day from left to right."""
        span = max(1, (self.end - self.begin).days)
        return self.left + self.width * (day - self.begin).days / span

    def y(self, place: int) -> float:
        """The middle of a level's band, by its place: the first side's is lowest."""
        return self.top + self.height * (1 - (place + 0.5) / self.levels)


def _classes(base: Base, texts: Texts) -> list[Class]:
    tones = level_tones(base.conflict)
    return [
        Class.looking(f"band{n}", level_name(level, base, texts), 0, TONES[tone])
        for n, (level, tone) in enumerate(tones.items())
    ]


def _bands(plot: _Plot, classes: Sequence[Class]) -> str:
    """The levels' bands, all equally high."""
    high = plot.height / plot.levels
    return "".join(
        f'<rect x="{plot.left}" y="{plot.y(place) - high / 2:.1f}" '
        f'width="{plot.width}" height="{high:.1f}" fill="url(#p-{each.id})" '
        'fill-opacity=".34"/>'
        for place, each in enumerate(classes)
    )


def _names(plot: _Plot, classes: Sequence[Class], page: PictureFrame) -> str:
    """The levels' names, each at the upper edge of its band."""
    size, high = page.form.small, plot.height / plot.levels
    ground = page.colour("paper")
    return "".join(
        page.text(
            plot.left + 10,
            plot.y(place) - high / 2 + size * 1.05,
            each.label,
            size,
            page.colour("ink"),
            fixed=True,
            halo=ground,
        )
        for place, each in enumerate(classes)
    )


def _places(stops: Sequence[Stop], base: Base) -> list[int | None]:
    """Which level's band each stop lies in: a belligerent's is its side's farthest, and
    of whom nothing is known has none.
    """
    levels = [level.id for level in base.conflict.levels]
    farthest = {PARTY: 0 if stops[-1].score < 0 else len(levels) - 1}
    places = {level: place for place, level in enumerate(levels)} | farthest
    return [places.get(stop.level) for stop in stops]


def _years(plot: _Plot, page: PictureFrame) -> str:
    """A line for each year, and a number at every so-manieth, as there is room."""
    size, faint = page.form.small, page.colour("faint")
    per_year = plot.width * 365 / max(365, (plot.end - plot.begin).days)
    step = math.ceil(advance("0000 ", size) / per_year)
    drawn: list[str] = []
    for year in range(plot.begin.year, plot.end.year + 1):
        x = plot.x(max(plot.begin, date(year, 1, 1)))
        drawn.append(
            f'<path d="M{x:.1f} {plot.top:.1f}V{plot.bottom:.1f}" stroke="{faint}" '
            'stroke-opacity=".35"/>'
        )
        fits = x + advance(str(year), size) <= page.form.width
        if fits and (year - plot.begin.year) % step == 0:
            y = plot.bottom + size * 1.1
            drawn.append(page.text(x + 2, y, str(year), size, faint, fixed=True))
    return "".join(drawn)


def _began(plot: _Plot, began: date, words: str, page: PictureFrame) -> str:
    """A dashed line on the day on which the question began; nothing outside of the
    course.
    """
    if not plot.begin < began < plot.end:
        return ""
    x, ink = plot.x(began), page.colour("ink")
    label = page.text(
        x - 10,
        plot.bottom - 12,
        words,
        page.form.small,
        ink,
        anchor="end",
        fixed=True,
        halo=page.colour("paper"),
    )
    return (
        f'<path d="M{x:.1f} {plot.top - 6:.1f}V{plot.bottom:.1f}" stroke="{ink}" '
        f'stroke-width="2.5" stroke-dasharray="8 6"/>{label}'
    )


def _line(plot: _Plot, stops: Sequence[Stop], base: Base, page: PictureFrame) -> str:
    """The levels as steps, with a margin of the ground around them; nothing for the
    days on which none is known.
    """
    line = ""
    for stop, place in zip(stops, _places(stops, base), strict=True):
        if place is None:
            continue
        x, y = plot.x(stop.on), plot.y(place)
        line += f"H{x:.1f}V{y:.1f}" if line else f"M{x:.1f} {y:.1f}"
    return (
        f'<path d="{line}" fill="none" stroke="{page.colour("paper")}" '
        'stroke-width="12" stroke-linejoin="round"/>'
        f'<path d="{line}" fill="none" stroke="{page.colour("ink")}" '
        'stroke-width="6" stroke-linejoin="round"/>'
    )


def beside(
    places: Sequence[float], apart: float, left: float, right: float
) -> list[float]:
    """Places in order moved so that they are at least so far apart, between two ends;
    closer where there are too many for that.
    """
    apart = min(apart, (right - left) / max(1, len(places) - 1))
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + apart if moved else left))
    edge = right
    for n in reversed(range(len(moved))):
        moved[n] = min(moved[n], edge)
        edge = moved[n] - apart
    return moved


def _marks(plot: _Plot, stops: Sequence[Stop], base: Base, page: PictureFrame) -> str:
    """A numbered mark for each turn; those that would cover each other stand beside
    each other.
    """
    size, ink = page.form.small, page.colour("ink")
    ground, radius = page.colour("paper"), page.form.small * 0.72
    turns = [stop for _, stop in changes(stops)]
    if not turns:
        return ""
    xs = beside(
        [plot.x(stop.on) for stop in turns],
        2 * radius + 3,
        plot.left,
        plot.left + plot.width,
    )
    drawn: list[str] = []
    for number, (x, place) in enumerate(zip(xs, _places(turns, base), strict=True), 1):
        y = plot.y(place or 0)
        label = page.text(
            x,
            y + size * 0.35,
            str(number),
            size,
            ground,
            bold=True,
            anchor="middle",
            fixed=True,
        )
        drawn.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{ink}" '
            f'stroke="{ground}" stroke-width="3"/>{label}'
        )
    return "".join(drawn)


def chart(
    name: str,
    stops: Sequence[Stop],
    base: Base,
    texts: Texts,
    *,
    theme: Theme = "dark",
    form: Format = PHONE,
) -> str:
    """The course as SVG; ``name`` is the actor's, and ``stops`` has at least one.

    The levels run from the first side's at the bottom to the second's at the top, days
    from left to right in every language.
    """
    page = PictureFrame(form, theme, texts.locale)
    last = stops[-1]
    subtitle = (
        f"{once('conflict.name', base.conflict, texts)} · {texts.date(stops[0].on)} – "
        f"{texts.date(last.on)} · {level_name(last.level, base, texts)}"
    )
    head = page.heading(name, subtitle)
    levels = len(base.conflict.levels)
    plot = _Plot(
        stops[0].on,
        last.on,
        levels,
        left=form.edge,
        top=head.height + 8,
        width=page.room,
        height=levels * _BAND * form.small,
    )
    classes = _classes(base, texts)
    drawn = (
        _bands(plot, classes),
        _years(plot, page),
        _began(
            plot,
            base.conflict.began.first,
            once("times.begins", base.conflict, texts),
            page,
        ),
        _line(plot, stops, base, page),
        _names(plot, classes, page),
        _marks(plot, stops, base, page),
    )
    footer = texts(
        "Ally's base, by its published method. The numbers mark changes of level."
    )
    foot = page.footing(footer, plot.bottom + form.small * 1.5)
    return page.framed(
        f"{head.svg}{''.join(drawn)}{foot.svg}",
        plot.bottom + form.small * 1.5 + foot.height,
        name,
        subtitle,
        patterns(classes, page.colour("paper")).replace("SCALE", "1"),
    )
