"""Pictures: small enough, complete, and saying in words what they show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alignment.over_time import course, standings
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.knowledge.text import length
from bot.names.index import LOCALES, NameIndex
from bot.pictures.chart import chart
from bot.pictures.clip import Point, clipped
from bot.pictures.derive import area
from bot.pictures.paint import png_of
from bot.pictures.sheet import TONES, Look, Theme
from bot.pictures.world import picture, shows
from bot.pictures.worldmap import borders, draw
from bot.ui import limits
from bot.ui.render import texts_of
from tests.support.bases import TODAY

LIMIT = 300 * 1024


@pytest.fixture(scope="module")
def texts(names: NameIndex) -> Texts:
    return Texts("en", names.display)


DARK_AND_LIGHT: tuple[Theme, ...] = ("dark", "light")
MAPS = [
    ("levels", ""),
    ("levels", "150"),
    ("levels", "143"),
    ("levels", "009"),
    ("levels", "021"),
    ("vote:es-11-1", ""),
    ("bloc:sco", "142"),
    ("measure:sanctions-on-russia", ""),
    ("levels", "054"),
]
COURSES = ["AM", "UA", "TV", "SY"]


def in_a_theme(rows: Sequence[Any]) -> list[Any]:
    """Each row in dark or light by turns; in the other one in the whole run alone, for
    half of a minute goes into drawing.
    """
    return [
        pytest.param(row, theme, marks=pytest.mark.whole if (n + m) % 2 else ())
        for n, row in enumerate(rows)
        for m, theme in enumerate(DARK_AND_LIGHT)
    ]


@pytest.mark.parametrize(("shown", "theme"), in_a_theme(MAPS))
def test_a_map_is_under_300_kib_and_its_words_are_complete(
    base: Base, texts: Texts, shown: tuple[str, str], theme: Theme
) -> None:
    show, region = shown
    if show.startswith("measure:") and show[8:] not in base.measures:
        show = f"measure:{next(iter(base.measures))}"
    found = picture(show, base, texts, on=TODAY, region=region)
    png = png_of(draw(found.sheet, theme))
    assert png.startswith(b"\x89PNG")
    assert len(png) < LIMIT
    for each in found.sheet.classes:
        if each.count:
            assert each.label in found.answer.described
            assert str(each.count) in found.answer.described


def test_every_map_that_is_offered_can_be_drawn_and_its_legend_counts_its_codes(
    base: Base, texts: Texts
) -> None:
    for show, _ in shows(base, texts):
        found = picture(show, base, texts, on=TODAY)
        counts = {each.id: each.count for each in found.sheet.classes}
        of = list(found.sheet.of.values())
        assert counts == {key: of.count(key) for key in counts}, show
        assert set(of) <= set(counts), show
        assert sum(counts.values()) == len(base.countries), show


def test_the_legend_of_levels_and_of_a_roll_call_are_the_datas_own(
    base: Base, texts: Texts
) -> None:
    levels = picture("levels", base, texts, on=TODAY).sheet
    found = [s.level for s in standings(base, on=TODAY)]
    assert {c.id: c.count for c in levels.classes} == {
        level: found.count(level) for level in set(found)
    }
    vote = base.votes["es-11-1"]
    rolled = {
        c.id: c.count
        for c in picture("vote:es-11-1", base, texts, on=TODAY).sheet.classes
    }
    tally = vote.tally
    assert rolled == {
        "yes": tally.yes,
        "no": tally.no,
        "abstain": tally.abstain,
        "absent": tally.absent,
        "none": 10,
    }


def test_every_member_of_the_united_nations_is_drawn_or_dotted(
    base: Base, texts: Texts
) -> None:
    members = {
        code
        for ballot in ("yes", "no", "abstain", "absent")
        for code in base.votes["es-11-1"].roll(ballot)
    }
    assert len(members) == 193
    svg = draw(picture("levels", base, texts, on=TODAY).sheet)
    shapes, centres = borders()["shapes"], borders()["centres"]
    dots = {
        (int(x), int(y))
        for x, y in re.findall(r'<circle cx="(-?\d+)" cy="(-?\d+)"', svg)
    }
    for code in members:
        x, y, area = centres[code][:3]
        large = area * (1152 / 12_000) ** 2 >= 26
        assert (code in shapes and large) or (x, y) in dots, code
    for code in base.countries:
        assert code in centres, code


def test_absent_no_data_and_neutral_look_and_read_differently(
    base: Base, texts: Texts
) -> None:
    sheets = [
        picture(show, base, texts, on=date(2022, 3, 2)).sheet
        for show in ("levels", "vote:es-11-1")
    ]
    for sheet in sheets:
        looks = [(each.colour, each.pattern) for each in sheet.classes]
        assert len(set(looks)) == len(looks)
        assert len({each.pattern for each in sheet.classes}) >= min(5, len(looks)) - 1
    names = {each.id: each.label for sheet in sheets for each in sheet.classes}
    assert (
        len(
            {
                names[key]
                for key in ("neutral", "unknown", "absent", "none")
                if key in names
            }
        )
        >= 3
    )


def test_each_level_looks_as_its_tone_does_whatever_its_id_is(
    base: Base, texts: Texts
) -> None:
    sheet = picture("levels", base, texts, on=TODAY).sheet
    looks = {each.id: Look(each.colour, each.pattern) for each in sheet.classes}
    for level in base.conflict.levels:
        assert level.tone
        assert looks[level.id] == TONES[level.tone]
    assert len(set(TONES.values())) == len(TONES)
    assert len({look.pattern for look in TONES.values()}) == len(TONES)


def test_a_map_names_its_source_and_says_what_the_base_says_of_borders(
    base: Base, texts: Texts
) -> None:
    for show, source in (
        ("levels", "Ally's base, by its published method"),
        ("vote:es-11-1", base.votes["es-11-1"].sources[0].publisher),
        ("bloc:eu", "sources cited under the picture"),
    ):
        sheet = picture(show, base, texts, on=TODAY).sheet
        assert sheet.subtitle.endswith(f" · {source}")
        assert sheet.footer == base.conflict.borders
        drawn = " ".join(re.findall(r">([^<>]+)</text>", draw(sheet)))
        assert escape(sheet.footer) in drawn


def test_a_map_that_there_is_not_is_a_key_error(base: Base, texts: Texts) -> None:
    for show in ("", "level", "vote:nothing", "bloc:", "measure:x", "nothing:eu"):
        with pytest.raises(KeyError):
            picture(show, base, texts, on=TODAY)


def whole_area(ring: Sequence[Point]) -> float:
    return area(ring) if ring else 0.0


@given(
    ring=st.lists(
        st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=3, max_size=9
    ),
    axis=st.sampled_from([0, 1]),
    edge=st.integers(-60, 60),
)
def test_the_two_parts_of_a_cut_ring_lie_on_their_sides_and_make_the_whole(
    ring: list[Point], axis: Literal[0, 1], edge: int
) -> None:
    below, above = clipped(ring, axis, edge, 1), clipped(ring, axis, edge, -1)
    assert all(point[axis] <= edge + 1e-9 for point in below)
    assert all(point[axis] >= edge - 1e-9 for point in above)
    for point in ring:
        assert point in below or point in above
    corners = [(0, 0), (40, 0), (40, 40), (0, 40)]
    parts = [clipped(corners, axis, edge, sign) for sign in (-1, 1)]
    assert sum(map(whole_area, parts)) == pytest.approx(1600)


def test_crimea_is_drawn_with_ukraine() -> None:
    from bot.pictures.derive import MERIDIAN, project

    x, y = project(34.1 - MERIDIAN, 45.3)

    def holds(code: str) -> bool:
        inside = False
        for part in borders()["shapes"][code].split("z")[:-1]:
            numbers = [int(n) for n in re.findall(r"-?\d+", part)]
            px, py = 0, 0
            ring: list[tuple[int, int]] = []
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                px, py = px + dx, py + dy
                ring.append((px, py))
            for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
                if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                    inside = not inside
        return inside

    assert holds("UA")
    assert not holds("RU")


@pytest.mark.parametrize(("code", "theme"), in_a_theme(COURSES))
def test_a_timeline_is_under_300_kib(
    base: Base, texts: Texts, code: str, theme: Theme
) -> None:
    stops = course(code, base, end=TODAY)
    png = png_of(chart(texts.name(code), stops, base, texts, theme=theme))
    assert png.startswith(b"\x89PNG")
    assert len(png) < LIMIT


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_of_a_picture_fit_one_message_in_every_language(
    base: Base, names: NameIndex, locale: str
) -> None:
    reader = Texts(locale, names.display)
    for show in ("levels", "vote:es-11-1", "bloc:eu"):
        answer = picture(show, base, reader, on=TODAY).answer
        assert sum(map(length, texts_of(answer, 100_000))) <= limits.TEXT_TOTAL


def test_hostile_names_cannot_break_the_drawing(base: Base, texts: Texts) -> None:
    stops = course("BY", base, end=TODAY)
    assert png_of(chart("<script>\"&'</svg>", stops, base, texts)).startswith(
        b"\x89PNG"
    )
