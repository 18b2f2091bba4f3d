"""``ally compare``, ``where``, ``bloc``, ``vote``, ``forecast``, ``timeline`` and
``map``: the bot's other pages.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.alignment.cohesion import among
from bot.answers.document import Answer
from bot.cli.common import CommandError
from bot.cli.context import Context
from bot.cli.output import say, write_json
from bot.names import regions
from bot.names.blocs import bloc_called
from bot.runtime.exit_code import ExitCode

if TYPE_CHECKING:
    from bot.pictures.lettering import Format


def print_page(answer: Answer, context: Context, args: argparse.Namespace) -> ExitCode:
    """Print a page as text or JSON."""
    if args.json:
        from bot.answers.page_json import page_as_json

        write_json(page_as_json(answer, context.base))
    else:
        from bot.cli.terminal import printer_of_output, show

        show(answer, printer_of_output(), context.base.conflict)
    return ExitCode.OK


def _blocs(context: Context) -> list[tuple[str, str]]:
    return [(bloc.id, bloc.name) for bloc in context.base.blocs.values()]


def _region(context: Context, args: argparse.Namespace) -> str:
    areas = [(key, regions.name_of(key)) for key in regions.suggest("")]
    return context.option(args.region, areas, "regions") if args.region else ""


def _bloc(context: Context, args: argparse.Namespace) -> str:
    return context.option(args.bloc, _blocs(context), "blocs") if args.bloc else ""


def compare(args: argparse.Namespace) -> ExitCode:
    """``ally compare NAME NAME…``."""
    from bot.answers.compare import MOST, comparison

    context = Context.of(args)
    codes = list(dict.fromkeys(context.actor(name) for name in args.name))
    if not 2 <= len(codes) <= MOST:
        msg = f"Name two to {MOST} different countries."
        raise CommandError(msg, ExitCode.USAGE)
    on = context.day(args.on)
    page = comparison(codes, context.base, context.texts, on=on)
    return print_page(page, context, args)


def where(args: argparse.Namespace) -> ExitCode:
    """``ally where [SIDE]``."""
    from bot.alignment.over_time import moved, standings
    from bot.answers import where as pages

    context = Context.of(args)
    if getattr(args, "as"):
        return _ranking(context, args)
    if args.svg or args.png:
        msg = "Only a ranking is drawn: ally where --as aid --png FILE"
        raise CommandError(msg, ExitCode.USAGE)
    base, texts, on = context.base, context.texts, context.day(args.on)
    sides = pages.sides(base, texts)
    side = "all"
    if args.side:
        side = context.option(args.side, sides, "sides and levels")
    region, bloc = _region(context, args), _bloc(context, args)
    codes = among(base, region, bloc, on)
    words = pages.filters(region, bloc, "en", base)
    if not args.since:
        levels = standings(base, on=on, codes=codes)
        page = pages.where(levels, side, base, texts, on=on, among=words)
        return print_page(page, context, args)
    since = context.since(args.since, on)
    wanted = pages.levels_of(side, base)
    moves = moved(base, since=since, on=on, codes=codes)
    page = pages.movers(
        [move for move in moves if move.after in wanted],
        base,
        texts,
        since=since,
        on=on,
        page=args.page,
        key="",
        among=words,
    )
    return print_page(page, context, args)


def bloc(args: argparse.Namespace) -> ExitCode:
    """``ally bloc NAME``."""
    from bot.answers.bloc import bloc as bloc_page

    context = Context.of(args)
    called = bloc_called(args.name, context.base)
    key = called or context.option(args.name, _blocs(context), "blocs")
    on = context.day(args.on)
    page = bloc_page(key, context.base, context.texts, on=on, page=args.page)
    return print_page(page, context, args)


def vote(args: argparse.Namespace) -> ExitCode:
    """``ally vote RESOLUTION``."""
    from bot.answers.vote import roll, roll_calls, searched
    from bot.answers.where import filters

    context = Context.of(args)
    base = context.base
    options = roll_calls(base, context.texts)
    key = context.option(args.resolution, options, "roll calls", searched(base))
    roll_call = base.votes[key]
    region, group = _region(context, args), _bloc(context, args)
    day = roll_call.date.first
    codes = among(base, region, group, day) if region or group else None
    words = filters(region, group, "en", base)
    page = roll(roll_call, base, context.texts, among=codes, words=words)
    return print_page(page, context, args)


def forecast(args: argparse.Namespace) -> ExitCode:
    """``ally forecast [NAME]``."""
    from bot.answers.forecast import forecast as forecast_page
    from bot.answers.forecast import ordered

    context = Context.of(args)
    forecasts = ordered(context.base)
    if not forecasts:
        msg = "This base has no forecast."
        raise CommandError(msg)
    options = [
        (each.id, f"{each.source.publisher}, {each.date}: {each.source.title}")
        for each in forecasts
    ]
    key = forecasts[0].id
    if args.name:
        key = context.option(args.name, options, "forecasts")
    page = forecast_page(
        context.base.forecasts[key],
        context.base,
        context.texts,
        on=context.day(args.on),
        page=args.page,
        key="",
    )
    return print_page(page, context, args)


def theme_of(args: argparse.Namespace) -> Literal["light", "dark"]:
    """For which ground a picture is wanted."""
    return "light" if args.light else "dark"


def _form(args: argparse.Namespace) -> Format:
    from bot.pictures.lettering import PHONE, WIDE

    return WIDE if args.wide else PHONE


def keep_picture(svg: Callable[[], str], args: argparse.Namespace) -> None:
    """Write a picture where the command line says."""
    if args.svg:
        Path(args.svg).write_text(svg(), encoding="utf-8")
        say(f"Wrote {args.svg}")
    if args.png:
        from bot.pictures.paint import png_of

        Path(args.png).write_bytes(png_of(svg()))
        say(f"Wrote {args.png}")


def _ranking(context: Context, args: argparse.Namespace) -> ExitCode:
    """``ally where --as RANKING``."""
    from bot.answers.ranking import SHOWN
    from bot.pictures.drawings import ranking_drawing

    base, texts = context.base, context.texts
    rankings = [(each.id, each.name) for each in base.conflict.rankings]
    drawing = ranking_drawing(
        context.option(getattr(args, "as"), rankings, "rankings"),
        base,
        texts,
        on=context.day(args.on),
        most=SHOWN,
        theme=theme_of(args),
        form=_form(args),
    )
    keep_picture(drawing.svg, args)
    return print_page(drawing.answer, context, args)


def timeline(args: argparse.Namespace) -> ExitCode:
    """``ally timeline NAME``."""
    from bot.pictures.drawings import timeline_drawing

    context = Context.of(args)
    drawing = timeline_drawing(
        context.actor(" ".join(args.name)),
        context.base,
        context.texts,
        on=context.day(args.on),
        theme=theme_of(args),
        form=_form(args),
    )
    keep_picture(drawing.svg, args)
    return print_page(drawing.answer, context, args)


def world_map(args: argparse.Namespace) -> ExitCode:
    """``ally map [WHAT]``."""
    from bot.pictures.drawings import MapQuestion, map_drawing
    from bot.pictures.world import shows

    context = Context.of(args)
    base, texts = context.base, context.texts
    show = "levels"
    if args.show:
        show = context.option(args.show, shows(base, texts), "maps")
    wanted = MapQuestion(
        show, context.day(args.on), _region(context, args), theme_of(args)
    )
    drawing = map_drawing(wanted, base, texts, _form(args))
    keep_picture(drawing.svg, args)
    return print_page(drawing.answer, context, args)
