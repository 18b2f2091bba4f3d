"""The map of levels as a drawing in the page: each actor is a link that can be reached
with the keyboard, and says its name and level.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from bot.alignment.rubric import PARTY, UNKNOWN
from bot.answers import sentences, web_pages
from bot.answers.texts import Texts
from bot.knowledge.conflict import Conflict
from bot.pictures import sheet
from bot.pictures.sheet import Class, Look
from bot.pictures.worldmap import WORLD, borders, centres, patterns
from bot.site.document import Edition

_TILE = 20.0
"""Units of the map for a pixel of a pattern, whose tile of 12 takes a fiftieth of the
width.
"""
_SMALL = 2_600.0
"""Square units below which a state is drawn as a dot, too."""
_DOT = 46.0
"""Units of a dot's radius."""
_MARKS = "#1e1f22"
"""What patterns are drawn in, on light grounds and dark."""


def looks_of(conflict: Conflict) -> Mapping[str, Look]:
    """How each level looks on the map, from the first side to the second."""
    tones = sentences.level_tones(conflict)
    looks = {level: sheet.TONES[tone] for level, tone in tones.items()}
    return {**looks, PARTY: sheet.PARTY, UNKNOWN: sheet.UNKNOWN}


def _shape(code: str, level: str) -> Markup:
    """A shape, and a dot or diamond where it would be too small to see or press."""
    drawn = Markup("")
    path = borders()["shapes"].get(code)
    fill = Markup('fill="url(#p-{})"').format(level)
    if path:
        drawn += Markup('<path d="{}" {}/>').format(path, fill)
    centre = centres().get(code)
    if centre is None or (path and centre.area >= _SMALL):
        return drawn
    x, y, r = centre.x, centre.y, _DOT
    if len(code) == 2:
        return drawn + Markup('<circle cx="{}" cy="{}" r="{:g}" {}/>').format(
            x, y, r, fill
        )
    diamond = f"M{x} {y - r:g}L{x + r:g} {y}L{x} {y + r:g}L{x - r:g} {y}z"
    return drawn + Markup('<path d="{}" {}/>').format(diamond, fill)


def _area(code: str) -> float:
    centre = centres().get(code)
    return -float(centre.area) if centre else 0.0


def world(edition: Edition, texts: Texts, root: str) -> Markup:
    """The whole map; ``root`` leads from the page to the site's root. The largest are
    drawn first, so that no small one is hidden.
    """
    base = edition.base
    names = {
        level: sentences.level_name(level, base, texts)
        for level in sentences.level_order(base.conflict)
    }
    classes = [
        Class.looking(level, names[level], 0, look)
        for level, look in looks_of(base.conflict).items()
    ]
    tiles = Markup(patterns(classes, _MARKS).replace("SCALE", f"{_TILE:g}"))  # noqa: S704 - of colours and slugs alone
    nobody = [
        path for code, path in borders()["shapes"].items() if code not in edition.levels
    ]
    bare = "".join([borders()["other"], *nobody])
    parts = [Markup('<path class="bare" d="{}"/>').format(bare)]
    for code in sorted(edition.levels, key=lambda code: (_area(code), code)):
        level = edition.levels[code]
        if drawn := _shape(code, level):
            said = texts("{name}: {level}", name=texts.name(code), level=names[level])
            href = root + web_pages.actor(code, base, texts)
            parts.append(
                Markup('<a href="{}" aria-label="{}"><title>{}</title>{}</a>').format(
                    href, said, said, drawn
                )
            )
    head = Markup(
        '<svg class="world" viewBox="{:g} {:g} {:g} {:g}" role="group" '
        'aria-labelledby="map-title map-about"><title id="map-title">{}</title>'
        '<desc id="map-about">{}</desc><defs>{}</defs>'
    ).format(
        WORLD.left,
        WORLD.top,
        WORLD.width,
        WORLD.height,
        texts("Map of {date}", date=texts.date(edition.on)),
        texts("Every actor is a link to its page; the table below says the same."),
        tiles,
    )
    return head + Markup("").join(parts) + Markup("</svg>")
