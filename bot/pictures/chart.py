"""One actor's level over time as an SVG chart: the line, the levels as bands, and a
numbered mark for each turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from bot.alignment.over_time import Stop, changes
from bot.alignment.rubric import PARTY
from bot.answers.stance import level_name
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.pictures.sheet import LEVELS, PAPER, Class, Theme
from bot.pictures.worldmap import FONT, WIDTH, patterns

HEIGHT = 700
_EDGE, _LEFT, _RIGHT, _TOP, _BOTTOM = 30, 244, 30, 120, 104
_REACH = 1.0


def _level_classes(base: Base, texts: Texts) -> list[Class]:
    return [
        Class(f"band{n}", level_name(level.id, base, texts), 0, *style)
        for n, (level, style) in enumerate(
            zip(base.conflict.levels, LEVELS, strict=True)
        )
    ]


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
    the font has.

    The score runs from the first side's -1 at the bottom to the second's +1 at the top,
    as everywhere.
    """
    paper = PAPER[theme]
    begin, end = stops[0].on, stops[-1].on
    span = max(1, (end - begin).days)
    width, height = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM

    def x(day: date) -> float:
        return _LEFT + width * (day - begin).days / span

    def y(score: float) -> float:
        return _TOP + height * (
            1 - (max(-_REACH, min(_REACH, score)) + _REACH) / (2 * _REACH)
        )

    classes = _level_classes(base, texts)
    edges = [level.from_ for level in base.conflict.levels] + [_REACH]
    drawn: list[str] = []
    for each, low, high in zip(classes, edges, edges[1:], strict=False):
        top, bottom = y(high), y(max(low, -_REACH))
        drawn.append(
            f'<rect x="{_LEFT}" y="{top:.1f}" width="{width}" '
            f'height="{bottom - top:.1f}" fill="url(#p-{each.id})" '
            f'fill-opacity=".34"/><text x="{_LEFT - 12}" '
            f'y="{(top + bottom) / 2 + 8:.1f}" font-size="26" '
            f'fill="{paper["ink"]}" text-anchor="end">{escape(each.label)}</text>'
        )
    step = 1 if end.year - begin.year <= 14 else 2
    for year in range(begin.year, end.year + 1, step):
        day = max(begin, date(year, 1, 1))
        drawn.append(
            f'<path d="M{x(day):.1f} {_TOP}V{_TOP + height}" '
            f'stroke="{paper["faint"]}" stroke-opacity=".35"/>'
            f'<text x="{x(day) + 4:.1f}" y="{_TOP + height + 32}" font-size="26" '
            f'fill="{paper["faint"]}">{year}</text>'
        )
    began = base.conflict.began.first
    if begin < began < end:
        drawn.append(
            f'<path d="M{x(began):.1f} {_TOP - 6}V{_TOP + height}" '
            f'stroke="{paper["ink"]}" stroke-width="2.5" '
            f'stroke-dasharray="8 6"/><text x="{x(began) - 8:.1f}" '
            f'y="{_TOP + height - 10}" font-size="25" '
            f'fill="{paper["ink"]}" text-anchor="end" stroke="{paper["paper"]}" '
            'stroke-width="5" '
            f'paint-order="stroke">{escape(texts("war begins"))}</text>'
        )
    line = f"M{x(stops[0].on):.1f} {y(stops[0].score):.1f}"
    line += "".join(f"H{x(stop.on):.1f}V{y(stop.score):.1f}" for stop in stops[1:])
    drawn.append(
        f'<path d="{line}" fill="none" stroke="{paper["paper"]}" stroke-width="10" '
        'stroke-linejoin="round"/>'
        f'<path d="{line}" fill="none" stroke="{paper["ink"]}" stroke-width="4.5" '
        'stroke-linejoin="round"/>'
    )
    right = -99.0
    for number, (_, stop) in enumerate(changes(stops), 1):
        px, py = x(stop.on), y(stop.score)
        # Marks that would cover each other stand beside each other.
        px = max(px, right + 34)
        right = px
        drawn.append(
            f'<circle cx="{px:.1f}" cy="{py:.1f}" r="16" fill="{paper["ink"]}" '
            f'stroke="{paper["paper"]}" '
            f'stroke-width="3"/><text x="{px:.1f}" y="{py + 7:.1f}" font-size="20" '
            'font-weight="700" '
            f'fill="{paper["paper"]}" text-anchor="middle">{number}</text>'
        )
    last = stops[-1]
    party = f" ({level_name(PARTY, base, texts)})" if last.level == PARTY else ""
    subtitle = (
        f"{base.conflict.name} · {texts.date(begin)} – {texts.date(end)} · "
        f"{last.score:+.2f}{party}"
    )
    styles = patterns(classes, paper["paper"]).replace("SCALE", "1")
    footer = label or texts(
        "Ally's base, by its published method. The numbers are the turns listed "
        "below the picture."
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="{FONT}" '
        f'role="img"><title>{escape(name)}</title><defs>{styles}</defs>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{paper["paper"]}"/>'
        f'<text x="{_EDGE}" y="50" font-size="41" font-weight="700" '
        f'fill="{paper["ink"]}">{escape(name)}</text>'
        f'<text x="{_EDGE}" y="92" font-size="29" '
        f'fill="{paper["faint"]}">{escape(subtitle)}</text>'
        f"{''.join(drawn)}"
        f'<text x="{_EDGE}" y="{HEIGHT - 20}" font-size="23.5" '
        f'fill="{paper["faint"]}">{escape(footer)}</text></svg>'
    )
