"""Names in long lists: by region, in the alphabet of the reader's language, with flags,
and a menu that opens one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from bot.answers import page_ids
from bot.answers.document import Action, Line, Menu
from bot.answers.sentences import HELD, OWN
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.names.alphabet import sort_key
from bot.names.index import flag
from bot.names.regions import name_of, within

PER_PAGE = 25
"""Names on a page: as many as a menu has choices."""
CONTINENTS = ("002", "009", "019", "142", "150")
"""The regions by which lists are grouped: Africa, Oceania, the Americas, Asia and
Europe, by their UN M49 codes.
"""
CELLS = 12
"""Marks of a stacked bar: what fits on a line of a phone."""


class Placed(NamedTuple):
    """An actor and the continent in which it lies, empty for one in none."""

    region: str
    code: str


def stacked(counts: Mapping[str, int], marks: Mapping[str, str]) -> str:
    """A stacked bar of 12 marks for counts by key, in their order: whoever is counted
    has at least one mark. Empty where nobody is counted.
    """
    counted = {key: count for key, count in counts.items() if count}
    total = sum(counted.values())
    if not total:
        return ""
    exact = {key: count * CELLS / total for key, count in counted.items()}
    cells = {key: max(1, int(share)) for key, share in exact.items()}
    while sum(cells.values()) < CELLS:
        short = max(cells, key=lambda key: exact[key] - cells[key])
        cells[short] += 1
    while sum(cells.values()) > max(CELLS, len(cells)):
        long = max(cells, key=lambda key: (cells[key] > 1, cells[key] - exact[key]))
        cells[long] -= 1
    return "".join(marks[key] * cells[key] for key in cells)


def continent_of(code: str) -> str:
    """The continent's UN M49 code; empty for an actor that lies in none."""
    return next((each for each in CONTINENTS if code in within(each)), "")


def by_region(codes: Iterable[str], texts: Texts) -> list[Placed]:
    """Actors by continent, both in the alphabet of the reader's language; those in no
    continent come last.
    """
    placed = [Placed(continent_of(code), code) for code in texts.alphabetical(codes)]

    def place(each: Placed) -> tuple[bool, object]:
        name = name_of(each.region, texts.locale) if each.region else ""
        return not each.region, sort_key(name, texts.locale)

    return sorted(placed, key=place)


def named(code: str, base: Base, texts: Texts, mark: str = "") -> str:
    """A mark, a flag and a name, and before them that a server added something."""
    own = OWN if code in base.added else ""
    parts = (own, mark, flag(code), texts.name(code))
    return HELD.join(part for part in parts if part)


def by_region_in_line(codes: Iterable[str], base: Base, texts: Texts) -> str:
    """Names by continent in one row, for few."""
    groups = [
        (region, [named(each.code, base, texts) for each in group])
        for region, group in groupby(
            by_region(codes, texts), key=lambda each: each.region
        )
    ]
    if len(groups) == 1:
        return texts.row(groups[0][1])
    return " · ".join(
        texts(
            "{region}: {names}", region=region_name(region, texts), names=texts.row(n)
        )
        for region, n in groups
    )


def region_name(region: str, texts: Texts) -> str:
    """A continent in the reader's language; *Elsewhere* for none."""
    return name_of(region, texts.locale) if region else texts("Elsewhere")


def region_lines(
    rows: Sequence[Placed],
    everybody: Sequence[Placed],
    base: Base,
    texts: Texts,
    *,
    mark: Callable[[str], str] = lambda _: "",
) -> tuple[Line, ...]:
    """A line for each continent of a page's rows, with how many of ``everybody`` lie
    there; ``mark`` gives what stands before a code's flag.
    """
    total = Counter(each.region for each in everybody)
    lines: list[Line] = []
    for region, group in groupby(rows, key=lambda each: each.region):
        names = texts.row(
            named(each.code, base, texts, mark(each.code)) for each in group
        )
        where = texts(
            "{region} ({n}):", region=region_name(region, texts), n=total[region]
        )
        lines.append(Line.labelled(where, names))
    return tuple(lines)


def counts_by_region(codes: Collection[str], texts: Texts) -> str:
    """How many lie in each continent, in one line."""
    rows = by_region(codes, texts)
    return texts.row(
        texts("{region} {n}", region=region_name(region, texts), n=len(list(group)))
        for region, group in groupby(rows, key=lambda each: each.region)
    )


def open_menu(
    codes: Iterable[str],
    on: date,
    texts: Texts,
    level: Callable[[str], str] = lambda _: "",
) -> Menu:
    """A menu that opens one of at most 25 actors; ``level`` gives what stands behind a
    code's name.
    """
    options = [
        Action(
            page_ids.card(code, on),
            ": ".join(part for part in (texts.name(code), level(code)) if part),
            flag(code),
        )
        for code in list(dict.fromkeys(codes))[:PER_PAGE]
    ]
    return Menu("menu:open", texts("Open one of them"), page_ids.that_fit(options))
