"""One actor's level over time as an SVG chart: the line, the levels as bands, and a
numbered mark for each turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from bot.alignment.over_time import Stop, changes
from bot.alignment.rubric import PARTY
from bot.answers.base_words import once
from bot.answers.sentences import level_name, level_tones
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.pictures.sheet import PAPER, TONES, Class, Theme
from bot.pictures.worldmap import FONT, WIDTH, patterns

HEIGHT = 700
"""Pixels, as ``WIDTH``."""
_EDGE, _LEFT, _RIGHT, _TOP, _BOTTOM = 30, 244, 30, 120, 104
_YEARS = 14
"""A longer course names every second year only."""
_BESIDE = 34
"""Pixels from one mark to the next, at least, so that none covers another."""


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where days and levels lie in the picture, in pixels."""

    begin: date
    end: date
    levels: int
    width: int = WIDTH - _LEFT - _RIGHT
    height: int = HEIGHT - _TOP - _BOTTOM
    left: int = _LEFT
    top: int = _TOP

    @property
    def bottom(self) -> int:
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


def _bands(plot: _Plot, classes: Sequence[Class], ink: str) -> str:
    """The levels' bands with their names before them, all equally high."""
    high = plot.height / plot.levels
    drawn: list[str] = []
    for place, each in enumerate(classes):
        middle = plot.y(place)
        drawn.append(
            f'<rect x="{plot.left}" y="{middle - high / 2:.1f}" width="{plot.width}" '
            f'height="{high:.1f}" fill="url(#p-{each.id})" '
            f'fill-opacity=".34"/><text x="{plot.left - 12}" '
            f'y="{middle + 8:.1f}" font-size="26" '
            f'fill="{ink}" text-anchor="end">{escape(each.label)}</text>'
        )
    return "".join(drawn)


def _places(stops: Sequence[Stop], base: Base) -> list[int | None]:
    """Which level's band each stop lies in: a belligerent's is its side's farthest, and
    of whom nothing is known has none.
    """
    levels = [level.id for level in base.conflict.levels]
    farthest = {PARTY: 0 if stops[-1].score < 0 else len(levels) - 1}
    places = {level: place for place, level in enumerate(levels)} | farthest
    return [places.get(stop.level) for stop in stops]


def _years(plot: _Plot, faint: str) -> str:
    """A line and a number for each year, or for every second."""
    begin, end = plot.begin, plot.end
    step = 1 if end.year - begin.year <= _YEARS else 2
    drawn: list[str] = []
    for year in range(begin.year, end.year + 1, step):
        x = plot.x(max(begin, date(year, 1, 1)))
        drawn.append(
            f'<path d="M{x:.1f} {plot.top}V{plot.bottom}" '
            f'stroke="{faint}" stroke-opacity=".35"/>'
            f'<text x="{x + 4:.1f}" y="{plot.bottom + 32}" font-size="26" '
            f'fill="{faint}">{year}</text>'
        )
    return "".join(drawn)


def _began(plot: _Plot, began: date, words: str, ink: str, ground: str) -> str:
    """A dashed line on the day on which the question began; nothing outside of the
    course.
    """
    if not plot.begin < began < plot.end:
        return ""
    x = plot.x(began)
    return (
        f'<path d="M{x:.1f} {plot.top - 6}V{plot.bottom}" '
        f'stroke="{ink}" stroke-width="2.5" '
        f'stroke-dasharray="8 6"/><text x="{x - 8:.1f}" '
        f'y="{plot.bottom - 10}" font-size="25" '
        f'fill="{ink}" text-anchor="end" stroke="{ground}" '
        'stroke-width="5" '
        f'paint-order="stroke">{escape(words)}</text>'
    )


def _line(plot: _Plot, stops: Sequence[Stop], base: Base, ink: str, ground: str) -> str:
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
        f'<path d="{line}" fill="none" stroke="{ground}" stroke-width="10" '
        'stroke-linejoin="round"/>'
        f'<path d="{line}" fill="none" stroke="{ink}" stroke-width="4.5" '
        'stroke-linejoin="round"/>'
    )


def _marks(
    plot: _Plot, stops: Sequence[Stop], base: Base, ink: str, ground: str
) -> str:
    """A numbered mark for each turn; those that would cover each other stand beside
    each other.
    """
    drawn: list[str] = []
    right = float(-_BESIDE)
    turns = [stop for _, stop in changes(stops)]
    for number, (stop, place) in enumerate(
        zip(turns, _places(turns, base) if turns else [], strict=True), 1
    ):
        x = max(plot.x(stop.on), right + _BESIDE)
        y = plot.y(place or 0)
        right = x
        drawn.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="16" fill="{ink}" '
            f'stroke="{ground}" '
            f'stroke-width="3"/><text x="{x:.1f}" y="{y + 7:.1f}" font-size="20" '
            'font-weight="700" '
            f'fill="{ground}" text-anchor="middle">{number}</text>'
        )
    return "".join(drawn)


def chart(
    name: str,
    stops: Sequence[Stop],
    base: Base,
    texts: Texts,
    *,
    theme: Theme = "dark",
    label: str = "",
) -> str:
    """The course as SVG, 1,200 by 700 pixels; ``name`` is the actor's, in letters that
    the font has, and ``stops`` has at least one.

    The levels run from the first side's at the bottom to the second's at the top.
    """
    paper = PAPER[theme]
    ink, ground, faint = paper["ink"], paper["paper"], paper["faint"]
    last = stops[-1]
    plot = _Plot(stops[0].on, last.on, len(base.conflict.levels))
    classes = _classes(base, texts)
    drawn = (
        _bands(plot, classes, ink),
        _years(plot, faint),
        _began(
            plot,
            base.conflict.began.first,
            once("times.begins", base.conflict, texts),
            ink,
            ground,
        ),
        _line(plot, stops, base, ink, ground),
        _marks(plot, stops, base, ink, ground),
    )
    name_of_conflict = once("conflict.name", base.conflict, texts)
    subtitle = (
        f"{name_of_conflict} · {texts.date(plot.begin)} – {texts.date(plot.end)} · "
        f"{level_name(last.level, base, texts)}"
    )
    styles = patterns(classes, ground).replace("SCALE", "1")
    footer = label or texts(
        "Ally's base, by its published method. The numbers are the turns listed "
        "below the picture."
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="{FONT}" '
        f'role="img"><title>{escape(name)}</title><defs>{styles}</defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>'
        f'<text x="{_EDGE}" y="50" font-size="41" font-weight="700" '
        f'fill="{ink}">{escape(name)}</text>'
        f'<text x="{_EDGE}" y="92" font-size="29" '
        f'fill="{faint}">{escape(subtitle)}</text>'
        f"{''.join(drawn)}"
        f'<text x="{_EDGE}" y="{HEIGHT - 20}" font-size="23.5" '
        f'fill="{faint}">{escape(footer)}</text></svg>'
    )
