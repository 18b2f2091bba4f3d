"""Letters in pictures: read on a phone, in every language, within the picture."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageStat

from bot.alignment.over_time import course
from bot.alignment.rubric import assess
from bot.answers.palette import luminance
from bot.answers.ranking import ranked
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.names.index import LOCALES, NameIndex
from bot.pictures.bars import bars
from bot.pictures.card import HEIGHT, WIDTH, card_picture
from bot.pictures.chart import beside, chart
from bot.pictures.flags.drawing import flag_svg
from bot.pictures.lettering import PHONE, WIDE, Format, PictureFrame, advance, lines_of
from bot.pictures.paint import font_files, png_of
from bot.pictures.sheet import PAPER, Theme
from bot.pictures.world import picture
from bot.pictures.worldmap import draw
from tests.support.bases import TODAY

MANY = ("en", "de", "ru", "el", "ar", "hi", "th", "zh_Hans", "zh_Hant", "ja", "ko")
"""A language for each script that is drawn, and a long one."""
JOINED = ("ar", "fa", "hi")
"""Languages whose letters join or stack: one by one they are wider than a word."""
TEXT_CONTRAST, SHAPE_CONTRAST, LAND_CONTRAST = 4.5, 3.0, 1.2
"""WCAG 2.2 asks for the first of words (1.4.3) and for the second of shapes that must
be told from what is beside them (1.4.11). Land of which nothing is said need not be: it
is only not to be lost in the sea.
"""
PHONE_WIDTH, LEAST = 390, 11.0
"""Points of a phone's screen, and of the smallest letters on it."""


def drawn(base: Base, texts: Texts, form: Format) -> Iterator[str]:
    """A picture of each kind."""
    yield draw(picture("levels", base, texts, on=TODAY).sheet, "dark", form)
    yield draw(picture("vote:es-11-1", base, texts, on=TODAY).sheet, "light", form)
    yield draw(picture("levels", base, texts, on=TODAY, region="150").sheet)
    yield chart(texts.name("AM"), course("AM", base, end=TODAY), base, texts, form=form)
    ranking = base.conflict.rankings[0]
    yield bars(ranking, ranked(ranking, base, TODAY), base, texts, on=TODAY, form=form)
    for code in ("VC", "AM", "KP"):
        yield card_picture(assess(code, base, on=TODAY), base, texts, site="a.example")


@cache
def _letters() -> tuple[tuple[set[int], float, Any, Any], ...]:
    """Of each font its letters, its units, its widths and its names of glyphs."""
    found: list[tuple[set[int], float, Any, Any]] = []
    for path in font_files():
        font: Any = TTFont(path)
        cmap = font.getBestCmap()
        found.append((set(cmap), font["head"].unitsPerEm, font["hmtx"].metrics, cmap))
    return tuple(found)


@cache
def _real_share(letter: str) -> float:
    """How wide a letter is by its font, of its own size; 0 for one that none has."""
    for letters, units, metrics, cmap in _letters():
        if ord(letter) in letters:
            return metrics[cmap[ord(letter)]][0] / units
    return 0.0


def real_advance(words: str, size: float) -> float:
    """How wide words are by the fonts' own widths, letter by letter."""
    return sum(map(_real_share, words)) * size


Pictures = Callable[[str, Format], tuple[str, ...]]


@pytest.fixture(scope="session")
def pictures(base: Base, names: NameIndex) -> Pictures:
    """A picture of each kind in a language and a format, drawn once for all tests."""

    @cache
    def of(locale: str, form: Format) -> tuple[str, ...]:
        return tuple(drawn(base, Texts(locale, names.display), form))

    return of


@pytest.mark.parametrize("locale", MANY)
def test_no_letter_is_smaller_than_11_points_on_a_phone(
    pictures: Pictures, locale: str
) -> None:
    for svg in pictures(locale, PHONE):
        width = float(re.findall(r'<svg [^>]*?width="(\d+)"', svg)[0])
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)]
        assert sizes
        assert min(sizes) * PHONE_WIDTH / width >= LEAST


@pytest.mark.parametrize("form", [PHONE, WIDE])
@pytest.mark.parametrize("locale", MANY)
def test_no_word_leaves_the_picture(
    pictures: Pictures, locale: str, form: Format
) -> None:
    for svg in pictures(locale, form):
        picture_of = fromstring(svg)
        width, height = (float(picture_of.attrib[key]) for key in ("width", "height"))
        for text in picture_of.iter("{http://www.w3.org/2000/svg}text"):
            words = text.text or ""
            wide = real_advance(words, float(text.attrib["font-size"]))
            anchor = text.attrib.get("text-anchor", "start")
            part = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
            begin, y = float(text.attrib["x"]) - wide * part, text.attrib["y"]
            assert begin >= -1, words
            assert begin + wide <= width + 1, words
            assert 0 < float(y) < height, words


@pytest.mark.parametrize("locale", LOCALES)
def test_every_name_of_every_language_can_be_set(
    base: Base, names: NameIndex, locale: str
) -> None:
    have = set[int]().union(*(letters for letters, *_ in _letters()))
    texts = Texts(locale, names.display)
    said = [*map(texts.name, base.countries), texts.date(TODAY), texts.month(TODAY)]
    lacking = {letter for words in said for letter in words if ord(letter) not in have}
    assert not lacking


def test_every_face_has_the_blank_that_its_words_have_between_them() -> None:
    for letters, *_ in _letters():
        assert {0x20, 0xA0} <= letters


@pytest.mark.parametrize("locale", [each for each in LOCALES if each not in JOINED])
def test_words_are_not_wider_than_they_are_taken_for(
    base: Base, names: NameIndex, locale: str
) -> None:
    texts = Texts(locale, names.display)
    for code in base.countries:
        name = texts.name(code)
        assert real_advance(name, 100) <= advance(name, 100) * 1.08, name


@pytest.mark.parametrize(
    ("words", "most", "lines"),
    [
        ("", 3, []),
        ("one", 3, ["one"]),
        ("one two", 3, ["one", "two"]),
        ("one two three", 2, ["one", "two…"]),
        ("漢字漢字漢字", 3, ["漢字漢", "字漢字"]),
        ("incomprehensibly", 1, ["inco…"]),
    ],
)
def test_words_are_broken_where_the_room_ends(
    words: str, most: int, lines: list[str]
) -> None:
    assert lines_of(words, 10, 32, most=most) == lines


@pytest.mark.parametrize("many", [0, 1, 2, 7, 30])
def test_marks_stand_beside_each_other_in_order_between_the_ends(many: int) -> None:
    for places in ([90.0] * many, [0.0] * many, [100.0 * n / 30 for n in range(many)]):
        moved = beside(places, 10, 0, 100)
        assert len(moved) == many
        assert all(-0.001 <= place <= 100.001 for place in moved)
        apart = min(10, 100 / max(1, many - 1))
        for one, other in pairwise(moved):
            assert other - one >= apart - 0.001


def contrast(one: str, other: str) -> float:
    """Two colours' contrast, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", PAPER)
def test_words_on_paper_have_the_contrast_that_wcag_asks_for(theme: Theme) -> None:
    paper = PAPER[theme]
    for words in ("ink", "faint"):
        for ground in ("paper", "sea"):
            assert contrast(paper[words], paper[ground]) >= TEXT_CONTRAST


@pytest.mark.parametrize("theme", PAPER)
def test_the_ring_around_an_actor_and_the_land_are_seen(theme: Theme) -> None:
    paper = PAPER[theme]
    for ground in ("sea", "land"):
        assert contrast(paper["mark"], paper[ground]) >= SHAPE_CONTRAST
    assert contrast(paper["land"], paper["sea"]) >= LAND_CONTRAST


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_card_has_the_size_that_link_previews_show(base: Base, theme: Any) -> None:
    texts = Texts("en", lambda code, _: code)
    png = png_of(card_picture(assess("BY", base, on=TODAY), base, texts, theme=theme))
    assert png.startswith(b"\x89PNG")
    size = (int.from_bytes(png[16:20]), int.from_bytes(png[20:24]))
    assert size == (WIDTH, HEIGHT) == (1200, 630)


def test_every_card_fits_its_picture(base: Base, names: NameIndex) -> None:
    texts = Texts("en", names.display)
    for code in base.countries:
        svg = card_picture(assess(code, base, on=TODAY), base, texts, site="a.example")
        ys = sorted({float(y) for y in re.findall(r'<text [^>]*? y="([\d.]+)"', svg)})
        assert ys[-1] < HEIGHT
        for one, other in pairwise(ys):
            assert other - one >= 28, (code, one, other)


def test_every_state_has_a_flag_and_no_other_actor(base: Base) -> None:
    for code in base.countries:
        assert bool(flag_svg(code, 0, 0, 10)) is (len(code) == 2), code


def test_flags_in_one_picture_share_no_id(base: Base) -> None:
    svg = "".join(flag_svg(code, 0, 0, 10) for code in base.countries)
    ids = re.findall(r' id="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(ids)


def test_what_no_picture_can_show_breaks_none(base: Base) -> None:
    texts = Texts("en", lambda _code, _: "\x00<a>\u202e]]>&\ud800"[:-1])
    stops = course("AM", base, end=TODAY)
    assert png_of(chart(texts.name("AM"), stops, base, texts)).startswith(b"\x89PNG")
    found = assess("AM", base, on=TODAY)
    assert png_of(card_picture(found, base, texts)).startswith(b"\x89PNG")


def _right_edge(words: str, width: int) -> Image.Image:
    """The last pixels of an Arabic line."""
    page = PictureFrame(PHONE, "dark", "ar")
    line = page.text(page.form.edge, 60, words, page.form.body, "#fff")
    png = png_of(page.framed(line, 80, ""))
    image = Image.open(io.BytesIO(png)).convert("L")
    return image.crop((image.width - width, 0, image.width, 80))


@pytest.mark.parametrize("more", [" Ally", " · 26/11/2026", "؛ Natural Earth", " «1»"])
def test_arabic_letters_are_the_same_beside_other_ones(more: str) -> None:
    words = "حرب روسيا على أوكرانيا الأرقام"
    both = (_right_edge(f"{words}{more}", 380), _right_edge(words, 380))
    # Letters that stand a part of a pixel aside have other edges.
    assert ImageStat.Stat(ImageChops.difference(*both)).mean[0] < 1
    assert ImageStat.Stat(both[1]).stddev[0] > 20
