"""``ally compare``, ``where``, ``bloc``, ``vote``, ``forecast``, ``timeline``, ``map``:
pages for the terminal.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.texts import Texts
from bot.knowledge.dates import parse_when
from bot.knowledge.facts import Base
from bot.names.choose import meant
from bot.names.index import NameIndex

if TYPE_CHECKING:
    from bot.answers.document import Answer

OK, FAILED, USAGE = 0, 1, 2


class NotUnderstoodError(Exception):
    """An argument names nothing; the message says what would."""

    def __init__(self, message: str, status: int = FAILED) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class PageContext:
    """A base with its names and words, and the day."""

    base: Base
    names: NameIndex
    texts: Texts
    today: date

    def day(self, text: str | None) -> date:
        """The past day that a text means; today without one."""
        if not text:
            return self.today
        when = parse_when(text)
        if when is None or when.first > self.today:
            raise NotUnderstoodError(
                f"{text!r} is not a past date; write 2022, 2022-03 or 2022-03-02.",
                USAGE,
            )
        return min(when.last, self.today)

    def code(self, text: str) -> str:
        """The actor that a text surely means."""
        found = self.names.resolve(text)
        if not found.sure:
            near = ", ".join(self.names.display(code) for code in found.matches)
            hint = f" Did you mean: {near}?" if near else ""
            raise NotUnderstoodError(f"{text!r} is not quite a name I know.{hint}")
        return found.matches[0]

    def one_of(
        self, text: str | None, options: Sequence[tuple[str, str]], what: str
    ) -> str:
        """The key that a text means among options; empty for no text."""
        if not text:
            return ""
        near = meant(text, options)
        if len(near) != 1:
            shown = [
                f"  {key}  {words}" for key, words in options if not near or key in near
            ]
            raise NotUnderstoodError(
                "\n".join([f"{text!r} is not one of the {what}:", *shown])
            )
        return near[0]


def _filters(context: PageContext, args: argparse.Namespace) -> tuple[str, str]:
    from bot.names import regions

    areas = [(key, regions.name_of(key)) for key in regions.suggest("")]
    blocs = [(bloc.id, bloc.name) for bloc in context.base.blocs.values()]
    return context.one_of(args.region, areas, "regions"), context.one_of(
        args.bloc, blocs, "blocs"
    )


def compare(context: PageContext, args: argparse.Namespace) -> Answer:
    """``ally compare NAME NAME…``."""
    from bot.answers.compare import MOST, comparison

    codes = list(dict.fromkeys(context.code(name) for name in args.name))
    if not 2 <= len(codes) <= MOST:
        raise NotUnderstoodError(f"Name two to {MOST} different countries.", USAGE)
    return comparison(codes, context.base, context.texts, on=context.day(args.on))


def where(context: PageContext, args: argparse.Namespace) -> Answer:
    """``ally where [SIDE]``."""
    from bot.alignment.cohesion import among
    from bot.alignment.over_time import moved, standings
    from bot.answers import where

    base, texts, on = context.base, context.texts, context.day(args.on)
    side = (
        context.one_of(args.side, where.sides(base, texts), "sides and levels") or "all"
    )
    region, bloc = _filters(context, args)
    codes = among(base, region, bloc, on)
    words = where.filters(region, bloc, texts, "en", base)
    if not args.since:
        return where.where(
            standings(base, on=on, codes=codes), side, base, texts, on=on, among=words
        )
    since = context.day(args.since)
    wanted = where.levels_of(side, base)
    found = [
        move
        for move in moved(base, since=since, on=on, codes=codes)
        if move.after in wanted
    ]
    return where.movers(
        found, base, texts, since=since, on=on, page=args.page, key="", among=words
    )


def bloc(context: PageContext, args: argparse.Namespace) -> Answer:
    """``ally bloc NAME``."""
    from bot.answers.bloc import bloc as page

    options = [(each.id, each.name) for each in context.base.blocs.values()]
    key = context.one_of(args.name, options, "blocs")
    return page(
        key, context.base, context.texts, on=context.day(args.on), page=args.page
    )


def _votes(base: Base) -> list[tuple[str, str]]:
    return [
        (vote.id, f"{vote.symbol} · {vote.date} · {vote.title}")
        for vote in base.votes.values()
    ]


def vote(context: PageContext, args: argparse.Namespace) -> Answer:
    """``ally vote RESOLUTION``."""
    from bot.alignment.cohesion import among
    from bot.answers import where
    from bot.answers.vote import roll

    base = context.base
    found = base.votes[context.one_of(args.resolution, _votes(base), "roll calls")]
    region, group = _filters(context, args)
    codes = among(base, region, group, found.date.first) if region or group else None
    words = where.filters(region, group, context.texts, "en", base)
    return roll(found, base, context.texts, among=codes, words=words)


def forecast(context: PageContext, args: argparse.Namespace) -> Answer:
    """``ally forecast [NAME]``."""
    from bot.answers import forecast as forecasts

    listed = forecasts.ordered(context.base)
    if not listed:
        raise NotUnderstoodError("This base has no forecast.")
    options = [
        (f.id, f"{f.source.publisher}, {f.date}: {f.source.title}") for f in listed
    ]
    key = context.one_of(args.name, options, "forecasts") or listed[0].id
    on = context.day(args.on)
    return forecasts.forecast(
        context.base.forecasts[key],
        context.base,
        context.texts,
        on=on,
        page=args.page,
        key="",
    )


def _keep(svg: Callable[[], str], args: argparse.Namespace) -> None:
    """Write a picture where the command line says."""
    if args.svg:
        Path(args.svg).write_text(svg(), encoding="utf-8")
        sys.stderr.write(f"Wrote {args.svg}\n")
    if args.png:
        from bot.pictures.paint import png_of

        Path(args.png).write_bytes(png_of(svg()))
        sys.stderr.write(f"Wrote {args.png}\n")


def timeline(context: PageContext, args: argparse.Namespace) -> Answer:
    """``ally timeline NAME``."""
    from bot.alignment.over_time import course
    from bot.answers.timeline import timeline as page
    from bot.pictures.chart import chart

    code = context.code(" ".join(args.name))
    stops = course(code, context.base, end=context.day(args.on))
    theme = "light" if args.light else "dark"
    _keep(
        lambda: chart(
            context.names.display(code), stops, context.base, context.texts, theme=theme
        ),
        args,
    )
    return page(code, stops, context.base, context.texts)


def map_(context: PageContext, args: argparse.Namespace) -> Answer:
    """``ally map [WHAT]``."""
    from bot.pictures.world import picture, shows
    from bot.pictures.worldmap import draw

    show = (
        context.one_of(args.show, shows(context.base, context.texts), "maps")
        or "levels"
    )
    region, _ = _filters(context, args)
    found = picture(
        show,
        context.base,
        context.texts,
        context.texts,
        on=context.day(args.on),
        region=region,
    )
    _keep(lambda: draw(found.sheet, "light" if args.light else "dark"), args)
    return found.answer


Verb = Callable[
    [str, Callable[[PageContext, argparse.Namespace], "Answer"], str, str],
    argparse.ArgumentParser,
]


def add_verbs(verb: Verb) -> None:
    """Add the verbs and their options to the command line; ``verb`` makes one."""

    def option(parser: argparse.ArgumentParser, *names: str) -> None:
        helps = {
            "on": ("DATE", "a past day: 2022, 2022-03, 2022-03-02"),
            "region": ("REGION", "only there, e.g. Europe"),
            "bloc": ("BLOC", "only its members, e.g. csto"),
            "since": ("DATE", "who has changed since this day"),
            "svg": ("FILE", "write the picture as SVG"),
            "png": ("FILE", "write the picture as PNG"),
        }
        for name in names:
            metavar, about = helps[name]
            parser.add_argument(f"--{name}", metavar=metavar, help=about)

    made = verb(
        "compare",
        compare,
        "put two to four countries side by side",
        "ally compare belarus armenia",
    )
    made.add_argument(
        "name",
        nargs="+",
        metavar="NAME",
        help="names, codes or flags; quote what has blanks",
    )
    option(made, "on")
    made = verb(
        "where",
        where,
        "list who is on which side",
        "ally where neutral --region africa --since 2024",
    )
    made.add_argument(
        "side",
        nargs="?",
        metavar="SIDE",
        help="a side or level: russia, ally-ukraine, neutral …",
    )
    option(made, "on", "since", "region", "bloc")
    made.add_argument("--page", type=int, default=1, help="of those who changed")
    made = verb(
        "bloc", bloc, "show a bloc's members and how united it votes", "ally bloc csto"
    )
    made.add_argument("name", metavar="NAME")
    made.add_argument("--page", type=int, default=1)
    option(made, "on")
    made = verb(
        "vote",
        vote,
        "show a roll call and who broke with their bloc",
        "ally vote ES-11/1 --bloc brics",
    )
    made.add_argument("resolution", metavar="RESOLUTION", help="symbol, title or date")
    option(made, "region", "bloc")
    made = verb(
        "forecast",
        forecast,
        "score a forecast against what happened",
        "ally forecast --on 2022-12-31",
    )
    made.add_argument("name", nargs="?", metavar="NAME")
    made.add_argument("--page", type=int, default=1)
    option(made, "on")
    made = verb(
        "timeline",
        timeline,
        "show a level over time",
        "ally timeline armenia --png armenia.png",
    )
    made.add_argument("name", nargs="+", metavar="NAME")
    made.add_argument("--light", action="store_true", help="for light grounds")
    option(made, "on", "svg", "png")
    made = verb(
        "map",
        map_,
        "draw a world map of levels, a vote, a bloc or a measure",
        "ally map ES-11/1 --svg map.svg",
    )
    made.add_argument(
        "show",
        nargs="?",
        metavar="WHAT",
        help="levels, or a vote, bloc or measure by its name or id",
    )
    made.add_argument("--light", action="store_true", help="for light grounds")
    made.set_defaults(bloc=None)
    option(made, "on", "region", "svg", "png")
