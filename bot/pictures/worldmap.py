"""A sheet as an SVG map of the world."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import TYPE_CHECKING, cast

from bot.pictures.clip import Point, clipped
from bot.pictures.lettering import PHONE, Block, Format, PictureFrame, advance
from bot.pictures.sheet import PAPER, Class, Pattern, Sheet, Theme

if TYPE_CHECKING:
    from bot.pictures.derive import Borders

_SMALL = 26.0
"""Square pixels below which a state is drawn as a dot."""
_WIDE = 3_500.0
"""Units: a shape wider than this would make a region's map show half the world."""


@cache
def borders() -> Borders:
    """The derived borders; see ``derive``."""
    return cast(
        "Borders",
        json.loads(files("bot.pictures").joinpath("borders.json").read_text("utf-8")),
    )


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle in the map's units, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def has(self, x: float, y: float) -> bool:
        """Whether a point lies in it or on its edge."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def covers(self, other: Rectangle) -> bool:
        """Whether it has all of another box."""
        return self.has(other.left, other.top) and self.has(other.right, other.bottom)

    def apart(self, other: Rectangle) -> bool:
        """Whether the two have no point in common."""
        beside = other.left > self.right or other.right < self.left
        return beside or other.top > self.bottom or other.bottom < self.top

    def grown(self, by: float) -> Rectangle:
        """A box with so much more on each side."""
        return Rectangle(
            self.left - by, self.top - by, self.right + by, self.bottom + by
        )


WORLD = Rectangle(0.0, -2_900.0, 12_000.0, 2_180.0)


@dataclass(frozen=True, slots=True)
class Centre:
    """The middle of a code's largest piece, its area in square units, and its box; see
    ``derive``.
    """

    x: int
    y: int
    area: int
    box: Rectangle


@cache
def centres() -> dict[str, Centre]:
    """Each code's centre."""
    listed = borders()["centres"]
    return {
        code: Centre(x, y, area, Rectangle(*box))
        for code, (x, y, area, *box) in listed.items()
    }


@dataclass(frozen=True, slots=True)
class Piece:
    """One closed ring of a shape, with its SVG path."""

    box: Rectangle
    path: str
    points: tuple[Point, ...]


def _piece(path: str) -> Piece:
    numbers = [int(number) for number in re.findall(r"-?\d+", path)]
    xs, ys = list(accumulate(numbers[::2])), list(accumulate(numbers[1::2]))
    points = tuple(zip(xs, ys, strict=True))
    return Piece(Rectangle(min(xs), min(ys), max(xs), max(ys)), path, points)


@cache
def _pieces() -> dict[str, tuple[Piece, ...]]:
    """Each code's pieces, so that what lies outside a view need not be drawn; those of
    no code under the empty one.
    """
    paths = {**borders()["shapes"], "": borders()["other"]}
    return {
        code: tuple(_piece(f"{part}z") for part in path.split("z")[:-1])
        for code, path in paths.items()
    }


def _seen(code: str, view: Rectangle) -> str:
    """The part of a code's shape that may be seen in a view, as an SVG path."""
    parts: list[str] = []
    for piece in _pieces()[code]:
        if view.apart(piece.box):
            continue
        if view.covers(piece.box):
            parts.append(piece.path)
            continue
        ring = clipped(clipped(piece.points, 0, view.right, 1), 0, view.left, -1)
        ring = clipped(clipped(ring, 1, view.bottom, 1), 1, view.top, -1)
        if len(ring) > 2:
            parts.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in ring) + "z")
    return "".join(parts)


def _mark(pattern: Pattern, dark: str) -> str:
    """What a pattern draws over its ground, in a tile of 12 or, for stripes, 16
    pixels.
    """

    def stroke(path: str, opacity: str) -> str:
        return (
            f'<path d="{path}" stroke="{dark}" stroke-opacity="{opacity}" '
            'stroke-width="2"/>'
        )

    def dot(at: int, radius: str) -> str:
        return (
            f'<circle cx="{at}" cy="{at}" r="{radius}" fill="{dark}" '
            'fill-opacity=".6"/>'
        )

    return {
        "plain": "",
        "wide-stripes": stroke("M-2 12L12-2M22 36L36 22", ".5"),
        "stripes": stroke("M-2 10L10-2M6 18L18 6", ".55"),
        "dense-stripes": stroke("M-2 6L6-2M-2 14L14-2M6 14L14 6", ".6"),
        "wide-dots": dot(12, "1.9"),
        "dots": dot(6, "1.9"),
        "dense-dots": dot(3, "1.7") + dot(9, "1.7"),
        "cross": stroke("M0 6H12M6 0V12", ".6"),
        "hollow": "",
    }[pattern]


_TILES: dict[Pattern, int] = {"stripes": 16, "wide-stripes": 24, "wide-dots": 24}
"""Pixels of a pattern's tile where they are not 12."""


def patterns(classes: Iterable[Class], paper: str) -> str:
    """A pattern for each class, in picture pixels; what is not plain shows the ground
    through its marks.
    """
    drawn: list[str] = []
    for each in classes:
        size = _TILES.get(each.pattern, 12)
        opacity = 0.3 if each.pattern == "hollow" else 1
        fill = (
            f'<rect width="{size}" height="{size}" fill="{each.colour}" '
            f'fill-opacity="{opacity}"/>'
        )
        drawn.append(
            f'<pattern id="p-{each.id}" width="{size}" height="{size}" '
            'patternUnits="userSpaceOnUse" '
            f'patternTransform="scale(SCALE)">{fill}{_mark(each.pattern, paper)}'
            "</pattern>"
        )
    return "".join(drawn)


def _view(focus: Collection[str]) -> Rectangle:
    """The part of the map to show: all of it, or these codes with a margin."""
    boxes = [centres()[code].box for code in focus if code in centres()]
    narrow = [box for box in boxes if box.width < _WIDE] or boxes
    if not narrow:
        return WORLD
    x0, y0 = min(b.left for b in narrow), min(b.top for b in narrow)
    x1, y1 = max(b.right for b in narrow), max(b.bottom for b in narrow)
    margin = max(40.0, 0.05 * max(x1 - x0, y1 - y0))
    x0, y0, x1, y1 = x0 - margin, y0 - margin, x1 + margin, y1 + margin
    width, height = max(x1 - x0, (y1 - y0) * 1.6), max(y1 - y0, (x1 - x0) * 0.42)
    left, top = (x0 + x1 - width) / 2, (y0 + y1 - height) / 2
    return Rectangle(left, top, left + width, top + height)


def _legend(sheet: Sheet, top: float, page: PictureFrame) -> Block:
    """The classes with a sample of each, in rows."""
    form, ink = page.form, page.colour("ink")
    box, row = form.small, form.small * 1.6
    start, y = float(form.edge), top
    drawn: list[str] = []
    for each in sheet.classes:
        label = f"{each.label}: {each.count}"
        width = box + 10 + advance(label, form.small)
        if start + width > form.width - form.edge and start > form.edge:
            start, y = float(form.edge), y + row
        words = page.text(start + box + 10, y + box * 0.86, label, form.small, ink)
        drawn.append(
            f'<rect x="{page.x(start, box):.1f}" y="{y:.1f}" width="{box:g}" '
            f'height="{box:g}" rx="4" fill="url(#l-{each.id})" stroke="{ink}" '
            f'stroke-opacity=".6"/>{words}'
        )
        start += width + 22
    return Block("".join(drawn), y - top + row)


def _dot(code: str, look: Class, scale: float, theme: Theme) -> str:
    """A small state as a circle, an actor without a shape as a diamond."""
    centre, r = centres()[code], 5.5 / scale
    x, y = centre.x, centre.y
    opacity = ' fill-opacity=".3"' if look.pattern == "hollow" else ""
    ring = f'stroke="{PAPER[theme]["ink"]}" stroke-width="{1.4 / scale:.1f}"'
    style = f'fill="{look.colour}"{opacity} {ring}'
    if len(code) == 2:
        return f'<circle cx="{x}" cy="{y}" r="{r:.1f}" {style}/>'
    diamond = (
        f"M{x} {y - r * 1.3:.1f}L{x + r * 1.3:.1f} {y}L{x} "
        f"{y + r * 1.3:.1f}L{x - r * 1.3:.1f} {y}z"
    )
    return f'<path d="{diamond}" {style}/>'


def _dots(sheet: Sheet, view: Rectangle, scale: float, theme: Theme) -> str:
    """Everybody in view who would be too small to see as a shape."""
    looks = {each.id: each for each in sheet.classes}
    drawn: list[str] = []
    for code, kind in sheet.of.items():
        centre = centres().get(code)
        if centre is None or not view.has(centre.x, centre.y):
            continue
        if centre.area * scale * scale < _SMALL:
            drawn.append(_dot(code, looks[kind], scale, theme))
    return "".join(drawn)


def _marked(code: str, scale: float, theme: Theme) -> str:
    """A ring around a code; nothing for a code without a place."""
    centre = centres().get(code)
    if centre is None:
        return ""
    half = max(centre.box.width, centre.box.height) / 2
    radius = max(16 / scale, half + 10 / scale)
    return (
        f'<circle cx="{centre.x}" cy="{centre.y}" r="{radius:.1f}" fill="none" '
        f'stroke="{PAPER[theme]["mark"]}" '
        f'stroke-width="{3 / scale:.1f}"/>'
    )


def _land(sheet: Sheet, view: Rectangle, theme: Theme) -> str:
    """Every shape in view, filled as its class is, the rest as bare land."""
    bare = PAPER[theme]["land"]
    drawn = [f'<path d="{_seen("", view)}" fill="{bare}"/>']
    for code in borders()["shapes"]:
        kind = sheet.of.get(code)
        fill = f"url(#p-{kind})" if kind else bare
        if path := _seen(code, view):
            drawn.append(f'<path d="{path}" fill="{fill}"/>')
    return "".join(drawn)


def draw(sheet: Sheet, theme: Theme = "dark", form: Format = PHONE) -> str:
    """The map as SVG: every code of the sheet is a shape or, where that would be small,
    a dot.
    """
    page = PictureFrame(form, theme, sheet.locale)
    view = _view(sheet.focus)
    scale = page.room / view.width
    pixels = view.height * scale
    head = page.heading(sheet.title, sheet.subtitle)
    legend = _legend(sheet, head.height + pixels + 16, page)
    foot = page.footing(sheet.footer, head.height + pixels + 16 + legend.height)
    # A little more than is shown, so that the cut itself lies outside.
    land = _land(sheet, view.grown(0.02 * view.width), theme)
    dots = _dots(sheet, view, scale, theme) + _marked(sheet.mark, scale, theme)
    styles = patterns(sheet.classes, page.colour("paper"))
    # A tile that is a thousandth of a pixel too small is resampled, at twice the cost.
    on_map = styles.replace("SCALE", f"{1 / scale:.6f}")
    in_legend = styles.replace("SCALE", "1").replace('id="p-', 'id="l-')
    world = (
        f'<svg x="{form.edge}" y="{head.height:.1f}" width="{page.room}" '
        f'height="{pixels:.1f}" viewBox="{view.left:.1f} {view.top:.1f} '
        f'{view.width:.1f} {view.height:.1f}">'
        f'<g stroke="{page.colour("line")}" stroke-width="{0.9 / scale:.1f}" '
        f'stroke-linejoin="round" fill-rule="evenodd">{land}</g>{dots}</svg>'
    )
    return page.framed(
        head.svg + world + legend.svg + foot.svg,
        head.height + pixels + 16 + legend.height + foot.height,
        sheet.title,
        sheet.subtitle,
        on_map + in_legend,
    )
