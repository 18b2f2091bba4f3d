"""A sheet as an SVG map of the world."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any, cast
from xml.sax.saxutils import escape

from bot.pictures.sheet import PAPER, Class, Sheet, Theme

WIDTH = 1200
"""Pixels: a phone shows 400 of its own points at three pixels each."""
_HEAD, _ROW, _FOOT, _EDGE = 112, 50, 64, 24
_SMALL = 26.0
"""Square pixels below which a state is drawn as a dot."""
_WIDE = 3_500
"""Units: a shape wider than this would make a region's map show half the world."""
FONT = "Roboto"


@cache
def borders() -> dict[str, Any]:
    """The derived borders; see ``derive``."""
    return cast(
        "dict[str, Any]",
        json.loads(files("bot.pictures").joinpath("borders.json").read_text("utf-8")),
    )


Box = tuple[float, float, float, float]
Point = tuple[float, float]


@cache
def _pieces() -> dict[str, tuple[tuple[Box, str, tuple[Point, ...]], ...]]:
    """Each code's paths with the box and the points of each, so that what lies outside
    a view need not be drawn.
    """
    found: dict[str, tuple[tuple[Box, str, tuple[Point, ...]], ...]] = {}
    for code, path in {**borders()["shapes"], "": borders()["other"]}.items():
        pieces: list[tuple[Box, str, tuple[Point, ...]]] = []
        for part in path.split("z")[:-1]:
            numbers = [int(n) for n in re.findall(r"-?\d+", part)]
            xs, ys = list(accumulate(numbers[::2])), list(accumulate(numbers[1::2]))
            box = (min(xs), min(ys), max(xs), max(ys))
            pieces.append((box, part + "z", tuple(zip(xs, ys, strict=True))))
        found[code] = tuple(pieces)
    return found


def _cut(points: Sequence[Point], axis: int, edge: float, sign: int) -> list[Point]:
    """The part of a ring on one side of an upright or level line (Sutherland and
    Hodgman).
    """
    found: list[Point] = []
    for a, b in zip(points, [*points[1:], *points[:1]], strict=True):
        inside, next_inside = sign * (a[axis] - edge) <= 0, sign * (b[axis] - edge) <= 0
        if inside:
            found.append(a)
        if inside != next_inside:
            share = (edge - a[axis]) / (b[axis] - a[axis])
            found.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
    return found


def _seen(code: str, view: Box) -> str:
    """The part of a code's shape that may be seen in a view (left, top, right,
    bottom).
    """
    left, top, right, bottom = view
    parts: list[str] = []
    for (x0, y0, x1, y1), path, points in _pieces()[code]:
        if x0 > right or x1 < left or y0 > bottom or y1 < top:
            continue
        if x0 >= left and x1 <= right and y0 >= top and y1 <= bottom:
            parts.append(path)
            continue
        ring = _cut(
            _cut(_cut(_cut(points, 0, right, 1), 0, left, -1), 1, bottom, 1), 1, top, -1
        )
        if len(ring) > 2:
            parts.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in ring) + "z")
    return "".join(parts)


def patterns(classes: Iterable[Class], paper: str) -> str:
    """A pattern for each class, in picture pixels; what is not plain shows the ground
    through its marks.
    """
    drawn: list[str] = []
    for each in classes:
        c, dark = each.colour, paper
        mark = {
            "plain": "",
            "stripes": f'<path d="M-2 10L10-2M6 18L18 6" stroke="{dark}" '
            'stroke-opacity=".55" stroke-width="2"/>',
            "dense-stripes": '<path d="M-2 6L6-2M-2 14L14-2M6 14L14 6" '
            f'stroke="{dark}" stroke-opacity=".6" '
            'stroke-width="2"/>',
            "dots": f'<circle cx="6" cy="6" r="1.9" fill="{dark}" fill-opacity=".6"/>',
            "dense-dots": f'<circle cx="3" cy="3" r="1.7" fill="{dark}" '
            'fill-opacity=".6"/>'
            f'<circle cx="9" cy="9" r="1.7" fill="{dark}" fill-opacity=".6"/>',
            "cross": f'<path d="M0 6H12M6 0V12" stroke="{dark}" stroke-opacity=".6" '
            'stroke-width="2"/>',
            "hollow": "",
        }[each.pattern]
        size = 16 if each.pattern == "stripes" else 12
        opacity = 0.3 if each.pattern == "hollow" else 1
        fill = (
            f'<rect width="{size}" height="{size}" fill="{c}" '
            f'fill-opacity="{opacity}"/>'
        )
        drawn.append(
            f'<pattern id="p-{each.id}" width="{size}" height="{size}" '
            'patternUnits="userSpaceOnUse" '
            f'patternTransform="scale(SCALE)">{fill}{mark}</pattern>'
        )
    return "".join(drawn)


def _view(
    sheet: Sheet, centres: dict[str, list[int]]
) -> tuple[float, float, float, float]:
    """The part of the map to show, in units: left, top, width, height."""
    boxes = [centres[code] for code in sheet.focus if code in centres]
    narrow = [box for box in boxes if box[5] - box[3] < _WIDE] or boxes
    if not narrow:
        return 0.0, -2_900.0, 12_000.0, 5_080.0
    x0, y0 = min(b[3] for b in narrow), min(b[4] for b in narrow)
    x1, y1 = max(b[5] for b in narrow), max(b[6] for b in narrow)
    margin = max(40.0, 0.05 * max(x1 - x0, y1 - y0))
    x0, y0, x1, y1 = x0 - margin, y0 - margin, x1 + margin, y1 + margin
    width, height = max(x1 - x0, (y1 - y0) * 1.6), max(y1 - y0, (x1 - x0) * 0.42)
    return (x0 + x1 - width) / 2, (y0 + y1 - height) / 2, width, height


def _text(
    x: float, y: float, words: str, size: float, colour: str, *, bold: bool = False
) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" '
        f'fill="{colour}"{weight}>{escape(words)}</text>'
    )


def _legend(sheet: Sheet, top: float, theme: Theme) -> tuple[str, float]:
    """The classes with a sample of each, in rows; returns the drawing and its
    height.
    """
    ink = PAPER[theme]["ink"]
    x, y, drawn = float(_EDGE), top, list[str]()
    for each in sheet.classes:
        label = f"{each.label}: {each.count}"
        width = 54 + 15.4 * len(label)
        if x + width > WIDTH - _EDGE and x > _EDGE:
            x, y = float(_EDGE), y + _ROW
        drawn.append(
            f'<rect x="{x:g}" y="{y:g}" width="34" height="34" rx="4" '
            f'fill="url(#l-{each.id})" stroke="{ink}" '
            f'stroke-opacity=".6"/>{_text(x + 44, y + 28, label, 31, ink)}'
        )
        x += width + 18
    return "".join(drawn), y - top + _ROW


def draw(sheet: Sheet, theme: Theme = "dark") -> str:
    """The map as SVG, 1,200 pixels wide: every code of the sheet is a shape or, where
    that would be small, a dot.
    """
    data = borders()
    shapes, centres = (
        cast("dict[str, str]", data["shapes"]),
        cast("dict[str, list[int]]", data["centres"]),
    )
    paper = PAPER[theme]
    left, top, width, height = _view(sheet, centres)
    scale = (WIDTH - 2 * _EDGE) / width
    pixels = height * scale
    legend, legend_height = _legend(sheet, _HEAD + pixels + 16, theme)
    total = _HEAD + pixels + 16 + legend_height + _FOOT
    land, dots = list[str](), list[str]()
    # A little more than is shown, so that the cut itself lies outside.
    more = 0.02 * width
    view = (left - more, top - more, left + width + more, top + height + more)
    for code in shapes:
        kind = sheet.of.get(code)
        fill = f"url(#p-{kind})" if kind else paper["land"]
        if path := _seen(code, view):
            land.append(f'<path d="{path}" fill="{fill}"/>')
    radius = 5.5 / scale
    for code, kind in sheet.of.items():
        place = centres.get(code)
        if place is None or not (
            left <= place[0] <= left + width and top <= place[1] <= top + height
        ):
            continue
        if place[2] * scale * scale < _SMALL:
            colour = next(each.colour for each in sheet.classes if each.id == kind)
            hollow = (
                next(each.pattern for each in sheet.classes if each.id == kind)
                == "hollow"
            )
            opacity = ' fill-opacity=".3"' if hollow else ""
            ring = f'stroke="{paper["ink"]}" stroke-width="{1.4 / scale:.1f}"'
            x, y, r = place[0], place[1], radius
            if len(code) == 2:
                dots.append(
                    f'<circle cx="{x}" cy="{y}" r="{r:.1f}" '
                    f'fill="{colour}"{opacity} {ring}/>'
                )
            else:
                diamond = (
                    f"M{x} {y - r * 1.3:.1f}L{x + r * 1.3:.1f} {y}L{x} "
                    f"{y + r * 1.3:.1f}L{x - r * 1.3:.1f} {y}z"
                )
                dots.append(f'<path d="{diamond}" fill="{colour}"{opacity} {ring}/>')
    marked = centres.get(sheet.mark)
    if marked:
        far = max(
            16 / scale,
            max(marked[5] - marked[3], marked[6] - marked[4]) / 2 + 10 / scale,
        )
        dots.append(
            f'<circle cx="{marked[0]}" cy="{marked[1]}" r="{far:.1f}" fill="none" '
            f'stroke="{paper["mark"]}" '
            f'stroke-width="{3 / scale:.1f}"/>'
        )
    styles = patterns(sheet.classes, paper["paper"])
    on_map = styles.replace("SCALE", f"{1 / scale:.3f}")
    in_legend = styles.replace("SCALE", "1").replace('id="p-', 'id="l-')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{total:.0f}" '
        f'viewBox="0 0 {WIDTH} {total:.0f}" font-family="{FONT}" role="img">'
        f"<title>{escape(sheet.title)}</title><desc>{escape(sheet.subtitle)}</desc>"
        f"<defs>{on_map}{in_legend}</defs>"
        f'<rect width="{WIDTH}" height="{total:.0f}" fill="{paper["paper"]}"/>'
        + _text(_EDGE, 48, sheet.title, 41, paper["ink"], bold=True)
        + _text(_EDGE, 92, sheet.subtitle, 30, paper["faint"])
        + f'<svg x="{_EDGE}" y="{_HEAD}" width="{WIDTH - 2 * _EDGE}" '
        f'height="{pixels:.1f}" '
        f'viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}">'
        f'<g stroke="{paper["line"]}" stroke-width="{0.9 / scale:.1f}" '
        'stroke-linejoin="round" fill-rule="evenodd">'
        f'<path d="{_seen("", view)}" '
        f'fill="{paper["land"]}"/>{"".join(land)}</g>{"".join(dots)}</svg>'
        + legend
        + _text(_EDGE, total - 22, sheet.footer, 23.5, paper["faint"])
        + "</svg>"
    )
