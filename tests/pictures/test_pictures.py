"""Pictures: small enough, complete, and saying in words what they show."""

from __future__ import annotations

import re
from datetime import date
from typing import cast

import pytest

from bot.alignment.over_time import course, standings
from bot.answers.texts import Texts
from bot.commands.explore.replies import alternative
from bot.knowledge.facts import Base
from bot.names.index import LOCALES, NameIndex
from bot.pictures.chart import chart
from bot.pictures.paint import png_of
from bot.pictures.sheet import Theme
from bot.pictures.world import picture, shows
from bot.pictures.worldmap import borders, draw
from bot.ui import limits
from bot.ui.render import texts_of
from tests.support.bases import TODAY

LIMIT = 300 * 1024


@pytest.fixture(scope="module")
def texts(names: NameIndex) -> Texts:
    return Texts("en", names.display)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize(
    ("show", "region"),
    [
        ("levels", ""),
        ("levels", "150"),
        ("levels", "143"),
        ("levels", "009"),
        ("levels", "021"),
        ("vote:es-11-1", ""),
        ("bloc:sco", "142"),
        ("measure:sanctions-on-russia", ""),
        ("levels", "054"),
    ],
)
def test_a_map_is_under_300_kib_and_its_words_are_complete(
    base: Base, texts: Texts, show: str, region: str, theme: Theme
) -> None:
    if show.startswith("measure:") and show[8:] not in base.measures:
        show = f"measure:{next(iter(base.measures))}"
    found = picture(show, base, texts, texts, on=TODAY, region=region)
    png = png_of(draw(found.sheet, theme))
    assert png.startswith(b"\x89PNG")
    assert len(png) < LIMIT
    said = "\n".join(
        line.text for section in found.answer.sections for line in section.lines
    )
    for code in found.sheet.of:
        assert texts.name(code) in said
    assert len(alternative(found.answer)) > 20


def test_every_map_that_is_offered_can_be_drawn_and_its_legend_counts_its_codes(
    base: Base, texts: Texts
) -> None:
    for show, _ in shows(base, texts):
        found = picture(show, base, texts, texts, on=TODAY)
        counts = {each.id: each.count for each in found.sheet.classes}
        of = list(found.sheet.of.values())
        assert counts == {key: of.count(key) for key in counts}, show
        assert set(of) <= set(counts), show
        assert sum(counts.values()) == len(base.countries), show


def test_the_legend_of_levels_and_of_a_roll_call_are_the_datas_own(
    base: Base, texts: Texts
) -> None:
    levels = picture("levels", base, texts, texts, on=TODAY).sheet
    found = [s.level for s in standings(base, on=TODAY)]
    assert {c.id: c.count for c in levels.classes} == {
        level: found.count(level) for level in set(found)
    }
    vote = base.votes["es-11-1"]
    rolled = {
        c.id: c.count
        for c in picture("vote:es-11-1", base, texts, texts, on=TODAY).sheet.classes
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
    svg = draw(picture("levels", base, texts, texts, on=TODAY).sheet)
    shapes, centres = (
        borders()["shapes"],
        cast("dict[str, list[int]]", borders()["centres"]),
    )
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
        picture(show, base, texts, texts, on=date(2022, 3, 2)).sheet
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


def test_crimea_is_drawn_with_ukraine() -> None:
    from bot.pictures.derive import MERIDIAN, project

    x, y = project(34.1 - MERIDIAN, 45.3)

    def holds(code: str) -> bool:
        inside = False
        for part in cast("str", borders()["shapes"][code]).split("z")[:-1]:
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


@pytest.mark.parametrize("code", ["AM", "UA", "TV", "SY"])
def test_a_timeline_is_under_300_kib(base: Base, texts: Texts, code: str) -> None:
    stops = course(code, base, end=TODAY)
    for theme in ("dark", "light"):
        png = png_of(chart(texts.name(code), stops, base, texts, theme=theme))
        assert png.startswith(b"\x89PNG")
        assert len(png) < LIMIT


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_of_a_picture_fit_one_message_in_every_language(
    base: Base, names: NameIndex, locale: str
) -> None:
    reader, plain = Texts(locale, names.display), Texts("en", names.display)
    for show in ("levels", "vote:es-11-1", "bloc:eu"):
        answer = picture(show, base, reader, plain, on=TODAY).answer
        assert sum(map(limits.length, texts_of(answer, 100_000))) <= limits.TEXT_TOTAL


def test_hostile_names_cannot_break_the_drawing(base: Base, texts: Texts) -> None:
    stops = course("BY", base, end=TODAY)
    assert png_of(chart("<script>\"&'</svg>", stops, base, texts)).startswith(
        b"\x89PNG"
    )
