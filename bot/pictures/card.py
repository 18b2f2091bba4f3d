"""A card as a picture for sharing: flag, level, sentence, bars, votes, day, address."""

from __future__ import annotations

from bot.alignment.assessment import Assessment
from bot.answers.base_words import once, pillar_name
from bot.answers.card import plain_card, votes_in_words
from bot.answers.card_words import pillar_in_words
from bot.answers.palette import UNKNOWN_COLOUR, colour_of, ink_on, side_colour
from bot.answers.sentences import BAR, filled, level_name
from bot.answers.texts import Texts
from bot.knowledge.facts import Base
from bot.pictures.flags.drawing import flag_svg
from bot.pictures.lettering import PHONE, Block, PictureFrame, advance, lines_of
from bot.pictures.sheet import Theme

WIDTH, HEIGHT = 1200, 630
"""Pixels, as link previews show pictures (https://ogp.me, and the sites that read it).
"""
_EDGE, _FLAG = 60, 128
_NAME, _LEVEL = 60.0, 38.0
_SENTENCE = ((40.0, 2), (36.0, 3), (34.0, 4))
"""Sizes of the sentence's letters and lines that it may take then, largest first."""


def _level(
    words: str, colour: str, start: float, top: float, page: PictureFrame
) -> str:
    """The level's name on its colour."""
    width = advance(words, _LEVEL, bold=True) + 36
    return (
        f'<rect x="{page.x(start, width):.1f}" y="{top:.1f}" width="{width:.1f}" '
        f'height="56" rx="12" fill="{colour}"/>'
        + page.text(
            start + width / 2,
            top + 42,
            words,
            _LEVEL,
            ink_on(colour),
            bold=True,
            anchor="middle",
        )
    )


def _sentence(words: str, top: float, page: PictureFrame) -> Block:
    """The card's first sentence, in the largest letters in which it fits."""
    room = WIDTH - 2.0 * _EDGE
    lines, size = list[str](), PHONE.small
    for size, most in _SENTENCE:
        lines = lines_of(words, size, room, most=most)
        if not lines or not lines[-1].endswith("…"):
            break
    return page.written(lines, top, size, page.colour("ink"), start=_EDGE)


def _bars(
    assessment: Assessment, top: float, base: Base, texts: Texts, page: PictureFrame
) -> Block:
    """A row for each pillar: its name, five blocks, and the same in words."""
    size, ink, faint = PHONE.small, page.colour("ink"), page.colour("faint")
    step = size * 1.38
    pillars = assessment.pillars
    names = [pillar_name(each.pillar, base.conflict, texts) for each in pillars]
    bar_at = _EDGE + 24 + max(advance(name, size) for name in names)
    words_at = bar_at + BAR * 58 + 16
    drawn: list[str] = []
    for number, (pillar, name) in enumerate(zip(pillars, names, strict=True)):
        y = top + step * number
        colour = side_colour(pillar.score)
        blocks = [colour] * filled(pillar.score)
        blocks += [page.colour("land")] * (BAR - len(blocks))
        drawn.append(page.text(_EDGE, y + size, name, size, ink))
        for block, fill in enumerate(blocks):
            x = page.x(bar_at + block * 58, 52)
            drawn.append(
                f'<rect x="{x:.1f}" y="{y + 8:.1f}" width="52" height="28" rx="5" '
                f'fill="{fill}" stroke="{faint}" stroke-opacity=".5"/>'
            )
        words = pillar_in_words(pillar, assessment, base, texts)
        words = "".join(lines_of(words, size, WIDTH - _EDGE - words_at, most=1))
        drawn.append(page.text(words_at, y + size, words, size, faint))
    return Block("".join(drawn), step * len(pillars) + 4)


def _votes(assessment: Assessment, base: Base, texts: Texts) -> str:
    """The votes in the fullest words that fit a line; empty without any."""
    if not assessment.record.total:
        return ""
    room = WIDTH - 2.0 * _EDGE
    ways = [
        f"{texts('Votes')}: {way}"
        for way in votes_in_words(assessment.record, base, texts)
    ]
    fitting = [way for way in ways if advance(way, PHONE.small) <= room]
    return fitting[0] if fitting else ways[-1]


def card_picture(
    assessment: Assessment,
    base: Base,
    texts: Texts,
    *,
    site: str = "",
    theme: Theme = "dark",
) -> str:
    """The card as SVG, 1,200 by 630 pixels; ``site`` is the address at which more can
    be read, empty for none.
    """
    page = PictureFrame(PHONE, theme, texts.locale)
    answer = plain_card(assessment, base, texts)
    colour = colour_of(assessment.level, base.conflict) or UNKNOWN_COLOUR
    flag = flag_svg(assessment.code, page.x(_EDGE, _FLAG), 40, _FLAG)
    start = _EDGE + (_FLAG + 30 if flag else 0)
    name = "".join(
        lines_of(
            texts.name(assessment.code), _NAME, WIDTH - _EDGE - start, most=1, bold=True
        )
    )
    level = level_name(assessment.level, base, texts)
    head = (
        f'<rect x="{page.x(0, 16):.1f}" width="16" height="{HEIGHT}" fill="{colour}"/>'
        + flag
        + page.text(start, 92, name, _NAME, page.colour("ink"), bold=True)
        + _level(level, colour, start, 116, page)
    )
    said = _sentence(answer.lead.text if answer.lead else "", 186, page)
    bars = _bars(assessment, 186 + said.height + 8, base, texts, page)
    below = 186 + said.height + 8 + bars.height
    faint = page.colour("faint")
    votes = _votes(assessment, base, texts)
    if votes and below + PHONE.small * 2.6 < HEIGHT:
        votes = "".join(lines_of(votes, PHONE.small, WIDTH - 2.0 * _EDGE, most=1))
        bars = Block(
            bars.svg
            + page.text(
                _EDGE, below + PHONE.small, votes, PHONE.small, page.colour("ink")
            ),
            bars.height,
        )
    foot = (
        f"{once('conflict.name', base.conflict, texts)} · {texts.date(assessment.on)}"
    )
    drawn = page.text(_EDGE, HEIGHT - 26, foot, PHONE.small, faint)
    if site and advance(foot + site, PHONE.small) < WIDTH - 2.2 * _EDGE:
        drawn += page.text(
            WIDTH - _EDGE, HEIGHT - 26, site, PHONE.small, faint, anchor="end"
        )
    title = f"{texts.name(assessment.code)} · {level}"
    return page.framed(head + said.svg + bars.svg + drawn, HEIGHT, title)
