"""A ranking as an SVG chart: a flag, a name, a bar and a figure for each actor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answers.base_words import ranking_about, ranking_name
from bot.answers.palette import side_colour
from bot.answers.ranking import SHOWN, Ranked, decimal, with_unit
from bot.answers.texts import Texts
from bot.knowledge.conflict import Ranking
from bot.knowledge.facts import Base
from bot.pictures.flags.drawing import flag_svg
from bot.pictures.lettering import PHONE, Block, Format, PictureFrame, advance, lines_of
from bot.pictures.sheet import Theme

_NAMES = 0.36
"""The most that names take of a picture's width."""


def _rows(
    rows: Sequence[Ranked], top: float, colour: str, page: PictureFrame, texts: Texts
) -> Block:
    """Each actor in a row, its bar as long as its figure."""
    form, ink = page.form, page.colour("ink")
    size, step = form.small, form.small * 1.5
    if not rows:
        return Block("", 0.0)
    names = [
        "".join(lines_of(texts.name(row.code), size, _NAMES * page.room, most=1))
        for row in rows
    ]
    figures = [decimal(row.figure, texts) for row in rows]
    flag = size * 1.1
    name_at = form.edge + flag + 12
    bar_at = name_at + max(advance(name, size) for name in names) + 16
    longest = form.width - form.edge - bar_at - 12
    longest -= max(advance(figure, size) for figure in figures)
    most = rows[0].figure
    drawn: list[str] = []
    for number, (row, name, figure) in enumerate(
        zip(rows, names, figures, strict=True)
    ):
        y = top + step * number
        length = max(2.0, longest * row.figure / most)
        drawn.append(
            flag_svg(row.code, page.x(form.edge, flag), y + size * 0.08, flag)
            + page.text(name_at, y + size, name, size, ink)
            + f'<rect x="{page.x(bar_at, length):.1f}" y="{y + size * 0.2:.1f}" '
            f'width="{length:.1f}" height="{size:.1f}" rx="4" '
            f'fill="{colour}"/>'
            + page.text(bar_at + length + 12, y + size, figure, size, ink)
        )
    return Block("".join(drawn), step * len(rows) + 14)


def bars(
    ranking: Ranking,
    rows: Sequence[Ranked],
    base: Base,
    texts: Texts,
    *,
    on: date,
    theme: Theme = "dark",
    form: Format = PHONE,
) -> str:
    """The first 25 of a ranking as SVG."""
    page = PictureFrame(form, theme, texts.locale)
    title = ranking_name(ranking, texts)
    unit = with_unit("", ranking, texts).strip()
    subtitle = f"{unit} · {texts.date(on)}"
    head = page.heading(title, subtitle)
    toward = base.measures[ranking.measures[0]].toward
    colour = side_colour(base.conflict.sign(toward))
    drawn = _rows(rows[:SHOWN], head.height + 6, colour, page, texts)
    below = head.height + 6 + drawn.height
    foot = page.footing(ranking_about(ranking, texts), below)
    return page.framed(
        head.svg + drawn.svg + foot.svg, below + foot.height, title, subtitle
    )
