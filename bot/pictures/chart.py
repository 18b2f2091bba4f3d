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
from bot.answers.sentences import level_name, level_tones
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.pictures.sheet import PAPER, TONES, Class, Theme
from bot.pictures.worldmap import FONT, WIDTH, patterns

HEIGHT = 700
"""Pixels, as ``WIDTH``."""
_EDGE, _LEFT, _RIGHT, _TOP, _BOTTOM = 30, 244, 30, 120, 104
_REACH = 1.0
"""The scores shown: from minus this to plus this."""
_YEARS = 14
"""A longer course names every second year only."""
_BESIDE = 34
"""Pixels from one mark to the next, at least, so that none covers another."""


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where days and scores lie in the picture, in pixels."""

    begin: date
    end: date
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

    def y(self, score: float) -> float:
        """A score in [-1, 1] from bottom to top; others at the edge."""
        within = max(-_REACH, min(_REACH, score))
        return self.top + self.height * (1 - (within + _REACH) / (2 * _REACH))


def _classes(base: Base, texts: Texts) -> list[Class]:
    tones = level_tones(base.conflict)
    return [
        Class.looking(f"band{n}", level_name(level, base, texts), 0, TONES[tone])
        for n, (level, tone) in enumerate(tones.items())
    ]


def _bands(plot: _Plot, classes: Sequence[Class], base: Base, ink: str) -> str:
    """The levels' bands with their names before them."""
    edges = [level.from_ for level in base.conflict.levels] + [_REACH]
    drawn: list[str] = []
    for each, low, high in zip(classes, edges, edges[1:], strict=False):
        top, bottom = plot.y(high), plot.y(low)
        drawn.append(
            f'<rect x="{plot.left}" y="{top:.1f}" width="{plot.width}" '
            f'height="{bottom - top:.1f}" fill="url(#p-{each.id})" '
            f'fill-opacity=".34"/><text x="{plot.left - 12}" '
            f'y="{(top + bottom) / 2 + 8:.1f}" font-size="26" '
            f'fill="{ink}" text-anchor="end">{escape(each.label)}</text>'
        )
    return "".join(drawn)


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


def _line(plot: _Plot, stops: Sequence[Stop], ink: str, ground: str) -> str:
    """The scores as steps, with a margin of the ground around them."""
    line = f"M{plot.x(stops[0].on):.1f} {plot.y(stops[0].score):.1f}"
    line += "".join(
        f"H{plot.x(stop.on):.1f}V{plot.y(stop.score):.1f}" for stop in stops[1:]
    )
    return (
        f'<path d="{line}" fill="none" stroke="{ground}" stroke-width="10" '
        'stroke-linejoin="round"/>'
        f'<path d="{line}" fill="none" stroke="{ink}" stroke-width="4.5" '
        'stroke-linejoin="round"/>'
    )


def _marks(plot: _Plot, stops: Sequence[Stop], ink: str, ground: str) -> str:
    """A numbered mark for each turn; those that would cover each other stand beside
    each other.
    """
    drawn: list[str] = []
    right = float(-_BESIDE)
    for number, (_, stop) in enumerate(changes(stops), 1):
        x, y = max(plot.x(stop.on), right + _BESIDE), plot.y(stop.score)
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

    The score runs from the first side's -1 at the bottom to the second's +1 at the top,
    as everywhere.
    """
    paper = PAPER[theme]
    ink, ground, faint = paper["ink"], paper["paper"], paper["faint"]
    plot, last = _Plot(stops[0].on, stops[-1].on), stops[-1]
    classes = _classes(base, texts)
    drawn = (
        _bands(plot, classes, base, ink),
        _years(plot, faint),
        _began(plot, base.conflict.began.first, texts("war begins"), ink, ground),
        _line(plot, stops, ink, ground),
        _marks(plot, stops, ink, ground),
    )
    party = f" ({level_name(PARTY, base, texts)})" if last.level == PARTY else ""
    subtitle = (
        f"{base.conflict.name} · {texts.date(plot.begin)} – {texts.date(plot.end)} · "
        f"{last.score:+.2f}{party}"
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
